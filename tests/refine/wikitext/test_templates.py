"""The table of templates: every rule carries examples, and every example holds."""

from __future__ import annotations

import pytest

from galactica.refine.wikitext import to_html
from galactica.refine.wikitext.templates import rule_for, rules

EXAMPLES = [(before, after) for rule in rules() for before, after in rule.examples]


def test_every_rule_has_an_example() -> None:
    assert all(rule.examples for rule in rules())


@pytest.mark.parametrize(("before", "after"), EXAMPLES)
def test_an_example_of_the_table_holds(before: str, after: str) -> None:
    assert to_html(before, title="Example", site=None, language="en").html == after


def test_a_name_belongs_to_one_rule_only() -> None:
    seen: dict[str, int] = {}
    for number, rule in enumerate(rules()):
        for name in rule.names:
            assert seen.setdefault(name, number) == number, name


def test_the_longest_beginning_wins_and_exact_names_come_first() -> None:
    infobox = rule_for("infobox settlement")
    assert infobox is not None
    assert infobox.do == "infobox"
    assert rule_for("infobox codelist") is not None
    assert rule_for("infobox codelist") is not infobox
    assert rule_for("no such thing at all") is None
