"""The table of templates: every rule carries examples, and every example holds on the wiki it is of."""

from __future__ import annotations

import pytest

from galactica.model import Site
from galactica.refine.wikitext import ConvertedPage, wikitext_to_html
from galactica.refine.wikitext.table import TemplateRule
from galactica.refine.wikitext.templates import rule_for, rules

EXAMPLES = [example for rule in rules() for example in rule.examples]


def on_wiki(text: str, wiki: str) -> ConvertedPage:
    language, _, project = wiki.partition(".")
    site = Site(language=language, project=project or "wikipedia")
    return wikitext_to_html(text, title="Example", site=site, language=language)


def test_every_rule_has_an_example() -> None:
    assert all(rule.examples for rule in rules())


@pytest.mark.parametrize(("before", "after", "wiki"), EXAMPLES)
def test_an_example_of_the_table_holds(before: str, after: str, wiki: str) -> None:
    assert on_wiki(before, wiki).html == after


def test_a_name_belongs_to_one_rule_of_a_wiki_only() -> None:
    seen: dict[tuple[str, str], TemplateRule] = {}
    for rule in rules():
        for name in rule.names:
            for wiki in rule.wikis or ("",):
                assert seen.setdefault((name, wiki), rule) is rule, (name, wiki)


def test_what_prints_nothing_says_why() -> None:
    assert all(rule.why for rule in rules() if rule.silent is not None)


def test_the_longest_beginning_wins_and_exact_names_come_first() -> None:
    infobox = rule_for("infobox settlement")
    assert infobox is not None
    assert infobox.do == "infobox"
    assert rule_for("infobox codelist") is not None
    assert rule_for("infobox codelist") is not infobox
    assert rule_for("no such thing at all") is None


def test_a_name_means_what_it_means_on_its_own_wiki() -> None:
    french, russian = rule_for("s", "fr"), rule_for("s", "ru")
    assert french is not None
    assert russian is not None
    assert french is not russian
    assert rule_for("s", "en") is None
    assert rule_for("w", "en") is not rule_for("w", "en", "wikinews")


def test_a_name_of_one_letter_has_no_meaning_for_all_wikis() -> None:
    for rule in rules():
        if not rule.wikis:
            assert not [name for name in rule.names if len(name) == 1 and "a" <= name <= "z"], rule.names[0]
