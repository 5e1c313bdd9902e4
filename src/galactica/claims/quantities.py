"""Amounts of cells: "312,696 km2 (120,733 sq mi)" is 312696 square kilometres, as exact as it is written.

Rule: one number in the style of the article's language, its scale, a unit that measures what the property does, and
nothing else but the same in another unit. A range, two numbers, words that are not known: not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from galactica.claims.amounts_read import NUMBER_SIGNS, AmountWords, WrittenAmount, amount_at, scale_finder
from galactica.claims.cell_words import as_read, cell_words
from galactica.claims.unit_signs import unit_at
from galactica.codes.han import unspaced
from galactica.model.claim import ESTIMATED
from galactica.model.document import Qualifier
from galactica.values.units import in_other_unit, known_units
from galactica.values.written import any_of, scales, words_anywhere

LONGEST_AMOUNT = 200
"""Characters of a cell that is read as an amount."""

TOLERANCE = 0.06
"""How much the same in another unit may differ, as a share: both are rounded."""

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")
_JOINT = re.compile(r"\s*(?:[/,;=|≈\n]|or\s)\s*")
_PER = {"kilometre**2": "/km2", "mile**2": "/sqmi", "hectare": "/ha", "acre": "/acre"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount as `Claim` has it, and where in the text it stands."""

    value: str
    unit: str
    start: int
    end: int
    bounds: tuple[str, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()


def amount_of_cell(text: str, measures: str, language: str, unit: str = "") -> tuple[Quantity | None, str]:
    """The amount that a cell without its brackets says, and "" or why there is none.

    Args:
        measures: what its unit must measure; "count" for a mere number.
        language: of the article, whose style of numbers is taken.
        unit: of the column or row, where the cell has none.
    """
    if len(text) > LONGEST_AMOUNT:
        return None, "long"
    plain = as_read(text)
    begin = len(plain) - len(plain.lstrip())
    about = _about().match(plain, begin)
    at = about.end() if about else begin
    if measures == "time" and (clock := _CLOCK.fullmatch(plain.strip())):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        total = str(hours * 3600 + minutes * 60 + seconds)
        return Quantity(value=total, unit="second", start=begin, end=len(plain.rstrip())), ""
    read, fault = _amount(text, plain, at, measures, language)
    if read is None:
        return None, fault
    named = read.unit
    if not named and measures != "count":
        named = _PER.get(unit, unit) if measures == "density" else unit
        if not named or known_units()[named].measures != measures:
            return None, "no-unit"
    rest, fault = _behind(text, plain, read, named, measures, language)
    if fault:
        return None, fault
    loose = about is not None or rest
    found = (Qualifier(property=ESTIMATED, kind="text"),) if loose else ()
    return Quantity(
        value=read.value, unit=named, start=read.start, end=read.end, bounds=read.bounds, qualifiers=found
    ), ""


def same_again(text: str, read: Quantity, measures: str, language: str) -> bool:
    """Whether a bracket behind an amount says the same in another unit: "120,733 sq mi"."""
    plain = as_read(text)
    other, _ = _amount(text, plain, 0, measures, language) if read.unit else (None, "")
    if other is None or other.unit in ("", read.unit):
        return False
    return _near(other, float(read.value), read.unit) and not plain[other.end :].strip()


def _amount(text: str, plain: str, at: int, measures: str, language: str) -> tuple[WrittenAmount | None, str]:
    """The amount that begins at a place of a cell, with a unit of the right kind or none."""
    read, fault = amount_at(plain, at, _words(language), lambda end: _measured(text, plain, end, measures))
    if read is not None and measures == "count" and read.number != read.number.to_integral_value():
        return None, "no-whole-number"
    return read, fault


@lru_cache(maxsize=512)
def _words(language: str) -> AmountWords:
    """What cells are read with: the words of every language, and the style of the article's."""
    return AmountWords(language=language, scales=_every_scale(), sizes=_sizes())


@cache
def _sizes() -> dict[str, int]:
    return {word: int(size) for word, size in scales().items()}


@cache
def _every_scale() -> re.Pattern[str]:
    return scale_finder(_sizes())


def _measured(text: str, plain: str, at: int, measures: str) -> tuple[str, int]:
    """(unit, end) of what stands behind a number, of the right kind; for counts what was counted is passed over."""
    counted = _counted().match(plain, at)
    if measures == "count":
        return "", counted.end() if counted else at
    if measures == "density":
        behind = counted.end() if counted else at
        slash = _each().match(plain, behind)
        area = unit_at(text, plain, slash.end()) if slash else None
        if area is not None and area[0].name in _PER:
            return _PER[area[0].name], area[1]
    found = unit_at(text, plain, at)
    return (found[0].name, found[1]) if found and found[0].measures == measures else ("", at)


def _behind(text: str, plain: str, read: WrittenAmount, unit: str, measures: str, language: str) -> tuple[bool, str]:
    """(whether more is meant, fault) by what stands behind an amount: the same in other units, or nothing."""
    at, more = read.end, False
    while plain[at:].strip():
        if plus := re.match(r"\s?\+|\s?(?:多|余|以上|左右|上下)", plain[at:]):
            at, more = at + plus.end(), True
            continue
        joint = _JOINT.match(plain, at)
        begin = joint.end() if joint else at + len(plain[at:]) - len(plain[at:].lstrip())
        if NUMBER_SIGNS.match(plain, begin) is None:
            return more, "words-behind"
        other, _ = _amount(text, plain, begin, measures, language)
        if other is not None and not other.unit and measures != "count":
            return more, "number-behind"
        if other is None or not other.unit or other.unit == unit or measures == "count":
            return more, "several-numbers"
        if not _near(other, float(read.number), unit):
            return more, "units-differ"
        at = other.end
    return more, ""


def _near(other: WrittenAmount, value: float, unit: str) -> bool:
    """Whether another amount is this one, as far as both are rounded."""
    same = in_other_unit(float(other.number), other.unit, unit)
    return same is not None and abs(same - value) <= TOLERANCE * max(abs(same), abs(value))


@cache
def _about() -> re.Pattern[str]:
    """Words in front of an amount by which it is no exact one."""
    words = [
        *words_anywhere("numbers", "about"),
        *words_anywhere("numbers", "least"),
        *words_anywhere("numbers", "most"),
    ]
    return re.compile(rf"(?:(?:{any_of([*words, 'approx.', 'approx', '~', '>', '<', '≥', '≤', 'c.', '±'])})\s*)+")


@cache
def _counted() -> re.Pattern[str]:
    words = cell_words("counted")
    apart = any_of(word for word in words if not unspaced(word))
    joined = any_of(word for word in words if unspaced(word))
    return re.compile(rf"\s?(?:(?:{apart})(?!\w)|(?:{joined}))")


@cache
def _each() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:/|(?:{any_of(cell_words('per'))})\s)\s?(?:a\s)?")
