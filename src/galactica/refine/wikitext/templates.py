"""The table of templates that carry meaning: read from `templates.toml`, looked up by name, applied to arguments.

A rule says either what text comes out (`text`, a pattern) or which of the ways of doing (`do`) makes it. Patterns:
`{1/text}` is the first of these arguments that is not empty; what stands in `‹ ›` is left out where an argument in
it is empty. A rule without an example is refused when the table is read, and the tests run every example.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from galactica.refine.wikitext import infobox, makers, measures
from galactica.refine.wikitext.citation import citation
from galactica.refine.wikitext.language_names import COUNTRY_CODES
from galactica.refine.wikitext.page import Page

Given = dict[str, str]
Maker = Callable[[Page, Given, "Rule"], str]

_PIECE = re.compile(r"\{([^{}]+)\}|‹([^‹›]*)›")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table.

    Attributes:
        names: lower-case names; one that ends in "*" stands for all that begin so.
        text: a pattern, where `do` is "".
        do: the name of a way of doing in `_MAKERS`.
        label: a word that the way of doing needs ("Main article").
        examples: (wikitext, HTML) pairs, at least one.
    """

    names: tuple[str, ...]
    text: str = ""
    do: str = ""
    label: str = ""
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoboxRules:
    """The part of the table that says how infoboxes are read; see the comments in `templates.toml`."""

    captions: tuple[str, ...]
    setting: re.Pattern[str]
    plain: re.Pattern[str]
    under_picture: re.Pattern[str]
    pairs: tuple[tuple[str, tuple[str, ...]], ...]
    coordinate_sets: tuple[tuple[str, ...], ...]
    coordinates: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Table:
    rules: tuple[Rule, ...]
    exact: dict[str, Rule] = field(default_factory=dict)
    begins: dict[int, dict[str, Rule]] = field(default_factory=dict)
    infobox: InfoboxRules | None = None


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = tomllib.loads(files(__package__).joinpath("templates.toml").read_text("utf-8"))
    rules = tuple(_rule(row) for row in data["rule"])
    codes = next(rule for rule in rules if rule.do == "country")
    table = _Table(rules, infobox=_infobox(data["infobox"]))
    for rule in rules:
        for name in rule.names:
            if name.endswith("*") and len(name) > 2:
                table.begins.setdefault(len(name) - 1, {}).setdefault(name[:-1], rule)
            else:
                table.exact.setdefault(name, rule)
    for code in COUNTRY_CODES:
        table.exact.setdefault(code, codes)
    return table


def _rule(row: dict[str, object]) -> Rule:
    names, examples = row["names"], row.get("examples")
    text, do, label = str(row.get("text", "")), str(row.get("do", "")), str(row.get("label", ""))
    if not isinstance(names, list) or not isinstance(examples, list) or not examples:
        raise ValueError(f"a rule needs names and an example: {names}")
    if do and do not in _MAKERS:
        raise ValueError(f"no way of doing is called {do!r}")
    pairs = tuple((str(before), str(after)) for before, after in examples)
    return Rule(names=tuple(str(n).lower() for n in names), text=text, do=do, label=label, examples=pairs)


def _infobox(row: dict[str, object]) -> InfoboxRules:
    def strings(key: str) -> tuple[str, ...]:
        value = row[key]
        assert isinstance(value, list)
        return tuple(str(item) for item in value)

    sets = tuple(tuple(line.split()) for line in strings("coordinate_sets"))
    pairs = tuple((line.split()[0], tuple(line.split()[1:])) for line in strings("pairs"))
    return InfoboxRules(
        captions=strings("captions"),
        setting=re.compile("|".join(strings("settings")), re.IGNORECASE),
        plain=re.compile("|".join(strings("plain_values")), re.IGNORECASE),
        under_picture=re.compile("|".join(strings("under_picture")), re.IGNORECASE),
        pairs=pairs,
        coordinate_sets=sets,
        coordinates=frozenset(name for names in sets for name in names),
    )


def infobox_rules() -> InfoboxRules:
    """How infoboxes are read."""
    rules = _table().infobox
    assert rules is not None
    return rules


def rules() -> tuple[Rule, ...]:
    """The whole table, for those who check it."""
    return _table().rules


@lru_cache(maxsize=4096)
def rule_for(name: str) -> Rule | None:
    """The rule for a template's name (lower case, single spaces), the longest beginning after the exact names."""
    table = _table()
    rule = table.exact.get(name)
    if rule is not None:
        return rule
    for length in sorted(table.begins, reverse=True):
        rule = table.begins[length].get(name[:length])
        if rule is not None:
            return rule
    return None


def apply(page: Page, rule: Rule, name: str, given: Given) -> str:
    """The wikitext that a rule makes of arguments."""
    if rule.do in _BY_NAME or "{_name}" in rule.text:
        given = given | {"_name": name}
    if rule.do:
        return _MAKERS[rule.do](page, given, rule) if rule.do != "drop" else page.drop(name)
    return fill(rule.text, given) if rule.text else ""


def fill(pattern: str, given: Given) -> str:
    """A pattern with arguments in it."""

    def piece(match: re.Match[str]) -> str:
        if match[1] is not None:
            return _first(match[1], given)
        inner = match[2]
        if all(_first(names, given) for names in re.findall(r"\{([^{}]+)\}", inner)):
            return _PIECE.sub(piece, inner)
        return ""

    return _PIECE.sub(piece, pattern)


def _first(names: str, given: Given) -> str:
    for name in names.split("/"):
        value = given.get(name, "")
        if value:
            stripped = value.strip()
            if stripped:
                return stripped
    return ""


def _as_infobox(page: Page, given: Given, rule: Rule) -> str:
    return infobox.table(page, rule.names[0], given)


_MAKERS: dict[str, Maker] = {
    "drop": makers.nothing,
    "nothing": makers.nothing,
    "infobox": _as_infobox,
    "citation": citation,
    "convert": measures.convert,
    "coordinates": measures.coordinates,
    "date": measures.date_in_words,
    "date-span": measures.date_span,
    "age": measures.age,
    "list": makers.bullets,
    "inline-list": makers.inline_list,
    "block": makers.block,
    "hatnote": makers.hatnote,
    "language": makers.language,
    "language-by-name": makers.language_by_name,
    "note": makers.note,
    "note-list": makers.note_list,
    "named-note": makers.named_note,
    "short-note": makers.short_note,
    "short-citation": makers.short_citation,
    "quotation": makers.quotation,
    "phonetic": makers.phonetic,
    "respelling": makers.respelling,
    "value": measures.value,
    "fraction": measures.fraction,
    "chemistry": measures.chemistry,
    "picture-words": makers.picture_words,
    "last": makers.last,
    "interlanguage": makers.interlanguage,
    "table-cell": makers.table_cell,
    "columns": makers.columns,
    "address": makers.address,
    "own-name": makers.own_name,
    "country": makers.country,
    "ship": makers.ship,
    "chart": makers.chart,
}
"""Ways of doing; `templates.toml` names them."""

_BY_NAME = frozenset(("language-by-name", "own-name", "country", "ship"))
"""Those that read the template's own name, from the argument "_name"."""
