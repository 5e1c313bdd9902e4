"""Every rule for templates, given every argument that it may have: nothing that was given is lost in silence.

A generator walks the rules. Each is called under each of its names with one to five numbered arguments and with named
ones, each argument with a mark of its own of the kind that belongs there. Each mark must then be seen by a reader, or
be counted as dropped under the template's or the argument's name, or be declared to print nothing: by the rule
(`silent`, with its reason), or here for what a way of doing takes from an argument without showing it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from galactica.model import Site
from galactica.refine.wikitext import FAILED, ConvertedPage, citation, lists, wikitext_to_html
from galactica.refine.wikitext.table import TemplateRule, rule_table
from galactica.refine.wikitext.templates import rules

WORDS = ("Alder words", "Birch words", "Cedar words", "Damson words", "Elder words")
ODD = "An argument that no template has"

# What a way of doing takes from an argument without showing it, and why.
DECLARED = {
    "elsewhere": (r"[1-9]", "the code of a language, and what the article is called there"),
    "hatnote": (r"l\d", "shown in the place of the title that it is the label of"),
    "language-by-name": (r"1", "the code of the language, where it is not the template's own name"),
    "ship": (r"[234]", "the number is in the address; how the name is set"),
    "ship-class": (r"3", "how the name is set"),
    "named-note": (r"\d|text|content|name", "a name leads to its note and is not shown"),
    "note": (r"name|nom|group|text", "a note's name is not shown; a named text comes before the first argument"),
    "note-list": (r"\d|group|refs", "which notes are listed, in how many columns"),
    "short-note": (r"\d", "more than three authors are 'et al.'"),
    "short-citation": (r"\d", "more than three authors are 'et al.'"),
    "citation": (r"[1-5]", "numbered arguments of references are remains of slips"),
    "term": (r"1", "the key of a term, where other words are shown"),
    "chess": (r"[1-5]", "pieces on a board"),
    "language": (r"1", "the code of the language"),
    "phonetic": (r"\d", "signs are joined"),
    "music": (r"1", "the name of a sign becomes the sign"),
    "aside": (r"2", "whether the sentence ends there"),
    "infobox": (r"\d", "infoboxes have named values"),
    "tree": (r"\d", "lines between the boxes"),
    "last": (r"1", "a colour, a size, a side"),
    "money": (r"[23]", "a power of ten is written as a word"),
}
NAMED = {
    "quotation": (*lists._SAID[:8], *lists._WHO[:8], *lists._FROM[:6]),
    "citation": tuple(sorted(citation._KEYS)),
    "note": ("text", "name", "group"),
    "hatnote": ("l1",),
    "songs": ("title1", "length1", "writer2", "title2", "headline", "total_length", "extra1"),
    "picture-words": ("caption", "caption1", "caption2", "footer", "header"),
    "infobox": ("population", "capital", "area", "founder"),
    "table-row": ("Title", "Director", "ShortSummary", "votes"),
    "match": ("date", "team1", "score", "team2", "goals1", "goals2", "stadium", "referee", "report"),
    "term": ("content", "term", "no"),
    "biography": (
        "Nome", "Cognome", "LuogoNascita", "GiornoMeseNascita", "AnnoNascita", "LuogoMorte", "AnnoMorte", "Attività",
        "Attività2", "Attività3", "Nazionalità", "PostNazionalità", "Pseudonimo", "PostCognome", "PreData",
        "Didascalia",
    ),
    "readings": ("c", "s", "t", "p", "l", "hangul", "rr"),
    "elsewhere": ("lt",),
    "block": ("title", "text", "content"),
    "list": ("title",),
    "columns": ("col1", "col2", "title"),
    "short-citation": ("p", "loc", "ps"),
    "short-note": ("p", "loc", "ps"),
    "as-of": ("alt",),
    "tree": ("ABC", "DEF"),
    "climate": ("location", "Jan high C", "source"),
    "place": ("name", "alt", "address", "directions", "phone", "hours", "price", "content"),
    "regions": ("region1name", "region1items", "region1description", "region2name"),
}  # fmt: skip
# Ways of doing whose arguments are numbers and dates; each has tests of its own with the values that are right.
MEASURED = frozenset(
    "convert convert-named coordinates value quantity number gaps percentage sum ordinal roman height duration date"
    " date-span age as-of fraction chemistry life centuries".split()
)


def conversion(text: str, wiki: str) -> ConvertedPage:
    language, _, project = wiki.partition(".")
    site = Site(language=language, project=project or "wikipedia")
    return wikitext_to_html(text, title="Page", site=site, language=language)


def seen(result: ConvertedPage) -> str:
    """What a reader sees, with the addresses of links."""
    shown = unquote(html.unescape(result.html)).replace("_", " ")
    return re.sub(r"<(?!a |abbr )[^<>]*>", "", shown).casefold()


def unaccounted(rule: TemplateRule, name: str, given: dict[str, str], wiki: str) -> list[str]:
    inside = "".join(f"|{key}={value}" for key, value in given.items())
    result = conversion(f"Before {{{{{name}{inside}}}}} behind.", wiki)
    counted = dict(result.dropped)
    assert FAILED not in counted
    if name in counted or any(key.startswith(name[:60]) and "|" not in key for key in counted):
        return []
    text = seen(result)
    silent, declared = rule.silent, re.compile(DECLARED.get(rule.do, ("(?!)", ""))[0])
    return [
        key
        for key, value in given.items()
        if value.casefold() not in text
        and f"{name[:60]}|{key[:30]}" not in counted
        and not (silent is not None and silent.fullmatch(key))
        and not declared.fullmatch(key)
        and not rule_table().settings.fullmatch(key)
    ]


def spelled(rule: TemplateRule) -> Iterator[tuple[str, str]]:
    """The names of a rule, each on the first wiki that it holds on."""
    wiki = rule.wikis[0].replace("*.", "en.") if rule.wikis else "en"
    for name in rule.names:
        yield name.replace("*", "x") if name.endswith("*") and len(name) > 2 else name, wiki


ASKED = [rule for rule in rules() if rule.do not in MEASURED]


@pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.names[0])
def test_numbered_arguments_are_shown_counted_or_declared(rule: TemplateRule) -> None:
    for name, wiki in spelled(rule):
        for count in (1, 2, 3, 5):
            given = {str(number): word for number, word in enumerate(WORDS[:count], 1)}
            assert not unaccounted(rule, name, given, wiki), (name, given)


@pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.names[0])
def test_named_arguments_are_shown_counted_or_declared(rule: TemplateRule) -> None:
    for name, wiki in list(spelled(rule))[:3]:
        for key in (ODD, *NAMED.get(rule.do, ())):
            given = {"1": WORDS[0], key: WORDS[1]}
            lost = [one for one in unaccounted(rule, name, given, wiki) if one == key]
            assert not lost, (name, key)


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.do in MEASURED], ids=lambda rule: rule.names[0])
def test_words_where_a_number_belongs_are_not_lost_either(rule: TemplateRule) -> None:
    for name, wiki in spelled(rule):
        for count in (1, 2, 3, 4):
            given = {str(number): word for number, word in enumerate(WORDS[:count], 1)}
            assert not unaccounted(rule, name, given, wiki), (name, given)


def test_what_is_declared_here_has_a_reason_and_a_way_of_doing() -> None:
    used = {rule.do for rule in rules()}
    assert set(DECLARED) <= used
    assert set(NAMED) <= used
