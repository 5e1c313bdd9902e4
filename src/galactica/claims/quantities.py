"""Amounts of cells: "312,696 km2 (120,733 sq mi)" is 312696 square kilometres, as exact as it is written.

Rule: one number in the style of the article's language, its scale, a unit that measures what the property does, and
nothing else but the same in another unit. A range, two numbers, words that are not known: not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from galactica.claims.cell_words import as_read, cell_words
from galactica.claims.unit_signs import unit_at
from galactica.codes.han import unspaced
from galactica.model.claim import ESTIMATED
from galactica.model.document import Qualifier
from galactica.values.numerals import style_of
from galactica.values.units import in_other_unit, known_units
from galactica.values.written import any_of, scales, words_anywhere

LONGEST_AMOUNT = 200
"""Characters of a cell that is read as an amount."""

MOST_POWER = 60
"""Powers of ten of a number that is read; the universe weighs 10^53 kg."""

TOLERANCE = 0.06
"""How much the same in another unit may differ, as a share: both are rounded."""

_DIGITS = (
    r"\d{1,3}(?:(?P<mark>[,.' ’])\d{3})(?:(?P=mark)\d{3})*(?:[.,]\d+)?(?![\d]|[.,]\d)|\d+(?:[.,]\d+)?(?![\d]|[.,]\d)"
)
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?P<number>{_DIGITS})(?:\s?[×x·*]\s?10\^?(?P<power>[-⁻]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}))?"
)
_SUPERSCRIPTS = {ord(sign): str(digit) for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {ord("⁻"): "-"}
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
    match = _NUMBER.match(plain, at)
    if match is None:
        return None, "no-number"
    read, fault = _amount(text, plain, match, measures, language, unit)
    if read is None:
        return None, fault
    rest, fault = _behind(text, plain, read, measures, language)
    if fault:
        return None, fault
    loose = about is not None or rest
    found = (Qualifier(property=ESTIMATED, kind="text"),) if loose else ()
    return Quantity(
        value=read.value, unit=read.unit, start=match.start(), end=read.end, bounds=read.bounds, qualifiers=found
    ), ""


def same_again(text: str, read: Quantity, measures: str, language: str) -> bool:
    """Whether a bracket behind an amount says the same in another unit: "120,733 sq mi"."""
    plain = as_read(text)
    match = _NUMBER.match(plain)
    other, _ = _amount(text, plain, match, measures, language, "") if match and read.unit else (None, "")
    if other is None or other.unit == read.unit:
        return False
    return _near(other, float(read.value), read.unit) and not plain[other.end :].strip()


def decimal_of(written: str, language: str) -> Decimal | None:
    """A written number in the style of a language; None where it is none, or may be two."""
    style = style_of(language)
    plain = written.replace("’", "'").replace(" ", "_")
    groups = {"_", "'", style.group.replace("\xa0", "_").replace("\u202f", "_")}
    marks = set(re.findall(r"[^\d]", plain))
    if language in ("", "und") and len(marks) == 1 and re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):
        return None
    mark = style.decimal
    if marks <= {".", ","} and mark == "," and re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.\d{1,2}", plain):
        mark, groups = ".", {","}  # English figures in a text that is not
    whole, _, fine = plain.rpartition(mark) if plain.count(mark) == 1 else (plain, "", "")
    if not whole:
        whole, fine = plain, ""
    if set(re.findall(r"[^\d]", whole)) - groups or (fine and not fine.isdecimal()):
        return None
    if re.search(r"[^\d]", whole) and not re.fullmatch(r"\d{1,3}(?:([^\d])\d{3})(?:\1\d{3})*", whole):
        return None
    digits = re.sub(r"[^\d]", "", whole)
    if len(digits) > 30 or len(fine) > 30:
        return None
    try:
        return Decimal(f"{digits}.{fine}" if fine else digits)
    except InvalidOperation:
        return None


def written_decimal(number: Decimal) -> str:
    """A number in the form of statements: no exponent, no zeros in front."""
    return f"{number:f}" if number else "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    value: str
    number: Decimal
    unit: str
    end: int
    bounds: tuple[str, ...] = ()


def _amount(
    text: str, plain: str, match: re.Match[str], measures: str, language: str, unit: str
) -> tuple[_Read | None, str]:
    number = decimal_of(match["number"], language)
    if number is None:
        return None, "number"
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    scale, end = Decimal(1), match.end()
    if match["power"]:
        power = int(match["power"].translate(_SUPERSCRIPTS))
        if abs(power) > MOST_POWER:
            return None, "scale"
        scale = Decimal(1).scaleb(power)
    while found := _scales().match(plain, end):
        scale *= Decimal(int(scales()[found[1]]))
        end = found.end()
        if scale > Decimal(10) ** MOST_POWER:
            return None, "scale"
    sign = -1 if match["sign"] == "-" else 1
    bounds = (number - step / 2, number + step / 2) if scale != 1 and not match["power"] else ()
    value = sign * number * scale
    named, end = _measured(text, plain, end, measures)
    if not named and measures != "count":
        named = _PER.get(unit, unit) if measures == "density" else unit
        if not named or known_units()[named].measures != measures:
            return None, "no-unit"
    if measures == "count" and value != value.to_integral_value():
        return None, "no-whole-number"
    shown = [written_decimal((sign * each * scale).normalize()) for each in bounds]
    value = (
        value.quantize(Decimal(1))
        if value == value.to_integral_value() and scale != 1 and value < 10**MOST_POWER
        else value
    )
    return _Read(
        value=written_decimal(value), number=value, unit=named, end=end, bounds=tuple(sorted(shown, key=Decimal))
    ), ""


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


def _behind(text: str, plain: str, read: _Read, measures: str, language: str) -> tuple[bool, str]:
    """(whether more is meant, fault) by what stands behind an amount: the same in other units, or nothing."""
    at, more = read.end, False
    while plain[at:].strip():
        if plus := re.match(r"\s?\+|\s?(?:多|余|以上|左右|上下)", plain[at:]):
            at, more = at + plus.end(), True
            continue
        joint = _JOINT.match(plain, at)
        number = _NUMBER.match(plain, joint.end() if joint else at + len(plain[at:]) - len(plain[at:].lstrip()))
        if number is None:
            return more, "words-behind"
        other, fault = _amount(text, plain, number, measures, language, "")
        if other is None or not other.unit or other.unit == read.unit or measures == "count":
            return more, "several-numbers" if fault != "no-unit" else "number-behind"
        if not _near(other, float(read.number), read.unit):
            return more, "units-differ"
        at = other.end
    return more, ""


def _near(other: _Read, value: float, unit: str) -> bool:
    """Whether another amount is this one, as far as both are rounded."""
    same = in_other_unit(float(other.number), other.unit, unit)
    return same is not None and abs(same - value) <= TOLERANCE * max(abs(same), abs(value))


@cache
def _scales() -> re.Pattern[str]:
    each = [
        re.escape(word) + ("" if unspaced(word) or not word[-1].isalnum() else r"(?!\w)")
        for word in sorted(scales(), key=lambda word: (-len(word), word))
    ]
    return re.compile(rf"\s?({'|'.join(each)})")


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
