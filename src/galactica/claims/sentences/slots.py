"""What may stand in a rule's slot: `{date:date_of_birth}` is any date of the language, and what it says is the value of
that property.

    {S}                 the subject, a name or a noun phrase, without the marks that end a clause
    {name:PROPERTY}     a name, {names:PROPERTY} several, {place:PROPERTY} a place with what it lies in behind commas
    {date:PROPERTY}     a date; {number:PROPERTY} a mere number
    {area:PROPERTY}     a number with a unit of area, and so with length, mass, density …
    {text:PROPERTY}     a stretch of text
    {NAME}              the expression of that name in the language's file, under `parts`

Without a property the slot is passed over. What names, dates and texts look like stands in the language's file too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from galactica.codes.han import fold_han
from galactica.values.months import months_of
from galactica.values.numerals import style_of
from galactica.values.units import by_word, known_units

MEASURED = frozenset(("area", "length", "mass", "volume", "density", "temperature", "speed", "massdensity"))
"""Kinds of slots that are an amount in a unit of that kind."""

_SLOT = re.compile(r"\{([A-Za-z]\w*)(?::(\w+))?\}")
_DEEPEST = 6
"""Parts that hold parts."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a group of a pattern is read as, and whose value that is."""

    kind: str
    property: str


def filled(source: str, code: str, data: dict[str, Any]) -> tuple[str, dict[str, Slot]]:
    """A rule's expression with its slots filled in, and the slots by the names of their groups."""
    slots: dict[str, Slot] = {}

    def one(match: re.Match[str]) -> str:
        kind, name = match[1], match[2]
        if kind == "S":
            return f"(?P<S>{_inside(name or 'S', code, data)})"
        inner = _inside(kind, code, data)
        if name is None:
            return f"(?:{inner})"
        group = f"v{len(slots)}"
        slots[group] = Slot(kind, name)
        return f"(?P<{group}>{inner})"

    return _SLOT.sub(one, source), slots


def _inside(kind: str, code: str, data: dict[str, Any]) -> str:
    parts: dict[str, str] = data.get("parts", {})
    if kind in parts:
        text = parts[kind]
        for _ in range(_DEEPEST):
            text = _SLOT.sub(lambda inner: f"(?:{_inside(inner[1], code, data)})", text)
        return text
    if kind in MEASURED:
        unit = any_unit(kind, code, tuple(data.get("units", {}).items()))
        return rf"(?:{parts.get('number', number_pattern(code))})(?:{scale_pattern(data)})?[\s-]?(?:{unit})"
    if kind == "number":
        return rf"{number_pattern(code)}(?:{scale_pattern(data)})?"
    if kind == "month":
        return "|".join(month_words(code))
    if kind == "year":
        return r"(?<![\d.,])\d{3,4}(?![\d%]|[.,]\d)"
    if kind == "day":
        return r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    if kind in ("person_noun", "thing_noun"):
        return any_noun(kind == "person_noun", data)
    raise KeyError(kind)


def any_noun(person: bool, data: dict[str, Any]) -> str:
    """Any noun of persons, or of places, buildings, bodies; what `{person_noun}` and `{thing_noun}` stand for."""
    kinds = data.get("kinds", {})
    lists = [kinds.get("person", "")] if person else [kinds.get(k, "") for k in ("place", "nature", "building", "org")]
    return "|".join(sorted({word for text in lists for word in text.split()}, key=lambda w: (-len(w), w)))


def month_words(code: str) -> tuple[str, ...]:
    """The months of a language as they are written, escaped, the longest first."""
    return tuple(re.escape(name) for name in sorted(months_of(code), key=lambda name: (-len(name), name)))


@cache
def number_pattern(code: str) -> str:
    """A number as the language writes it, as the inside of an expression."""
    style = style_of(code)
    also = "." if style.decimal == "," else ""
    groups = "".join(sorted({style.group, *also, " ", "\xa0", "\u202f", "\u2009"} - {style.decimal}))
    return (
        rf"(?<![\d.,$€£¥])(?:\d{{1,3}}(?:[{re.escape(groups)}]\d{{3}})+(?!\d)|\d{{1,15}})"
        rf"(?:[{re.escape(style.decimal)}]\d{{1,9}})?(?!\d|[.,]\d)"
    )


def scale_pattern(data: dict[str, Any]) -> str:
    """A word for a large number behind a number, with the blank before it."""
    words = sorted((w for each in data.get("scales", {}).values() for w in each.split()), key=lambda w: (-len(w), w))
    end = r"(?!\w)" if data.get("spaced", True) else ""
    return rf"\s?(?:{'|'.join(map(re.escape, words))}){end}" if words else "(?!)"


@cache
def any_unit(kind: str, code: str, own: tuple[tuple[str, str], ...]) -> str:
    """Any unit that measures `kind`, as the inside of an expression: words of the tables, and its file's own."""
    words = sorted(words_of_units(kind, own), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) + (r"(?!\w)" if word[-1].isascii() and word[-1].isalnum() else "") for word in words
    )


@cache
def words_of_units(kind: str, own: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Word → unit of `values/units.toml`, of those that measure `kind`."""
    table = known_units()
    found = {word: name for word, name in by_word().items() if table[name].measures == kind}
    for name, words in own:
        if table[name].measures == kind:
            found.update({fold_han(" ".join(word.split())): name for word in words.split("|")})
    return found
