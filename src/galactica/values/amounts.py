"""Numbers with their units as they are written, each a range as wide as it is exact."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.values.number_words import number_words, ordinals
from galactica.values.written import MOST, plain, scales, spoken, table

if TYPE_CHECKING:
    import pint

ABOUT = 0.1
"""How much "about" allows on both sides, as a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with its unit: from `low` to `high`; `unit` is pint's name, or a word as written, or ""."""

    low: float
    high: float
    unit: str = ""


def amounts(text: str) -> list[Amount]:
    """The amounts in a text, in order; those that are parts of dates among them."""
    written = plain(text)
    found: list[Amount] = []
    last = 0
    for match in _NUMBER.finditer(written):
        if match.start() < last or len(found) >= MOST:
            continue
        amount, last = _amount(written, match)
        if amount is not None:
            found.append(amount)
    return found or [Amount(low=n, high=n) for n in _in_words(written)][:MOST]


def numbers(text: str) -> list[float]:
    """Every number in a text as it is written, without its scale and unit: what a checker looks for."""
    written = plain(text)
    found = [number for match in _NUMBER.finditer(written) if (number := _value(match[0])) is not None]
    return [*found, *_in_words(written)]


_ALONE = frozenset(("percent", *"$£€¥₹"))
"""Units that a bare number never means."""


def same_amount(one: Amount, other: Amount) -> bool | None:
    """Whether two amounts can both be right; None where their units cannot be compared, as a share and a number."""
    if one.unit != other.unit and any(unit in _ALONE for unit in (one.unit, other.unit)):
        return None
    if one.unit and one.unit == other.unit and (_rounds(one, other) or _rounds(other, one)):
        return True
    if one.unit != other.unit and one.unit and other.unit:
        factor = _factor(other.unit, one.unit)
        if factor is None:
            return None
        scale, shift = factor
        other = Amount(low=other.low * scale + shift, high=other.high * scale + shift, unit=one.unit)
        slack = 0.01 * max(abs(one.low), abs(one.high))  # a conversion is rounded once more
        one = Amount(low=one.low - slack, high=one.high + slack, unit=one.unit)
    if one.low == one.high or other.low == other.high:
        return one.low <= other.high and other.low <= one.high
    return one.low < other.high and other.low < one.high


def _rounds(one: Amount, other: Amount) -> bool:
    """Whether a whole number of a unit is another with decimals, rounded: 8,849 m and 8,848.86 m."""
    middle = (other.low + other.high) / 2
    if one.low != one.high or one.low != round(one.low) or other.high - other.low >= 1.0 or middle == round(middle):
        return False
    return abs(middle - one.low) <= HALF


HALF = 0.5
"""What rounding to a whole number may change."""


@cache
def unit_names() -> frozenset[str]:
    """Units and words for large numbers, folded; single letters are left out."""
    return frozenset(word for word in (*_units(), *_scales()) if len(word) > 1 or unspaced(word))


_MONEY = frozenset("$£€¥₹")

_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d+)?(?![\d])|(?<![\d.,])\d+(?:[.,]\d+)?|(?<![\d.,])\.\d+"
)

_GROUPS = re.compile(r"\d{1,3}(?:([ ,.'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")


def _value(written: str) -> float | None:
    """A number as written: 1,234.5 or 1.234,5 or 1 234; a single mark before three digits is between thousands."""
    grouped = _GROUPS.fullmatch(written)
    if grouped is not None:
        mark = grouped[1]
        whole, rest = written, ""
        for decimal in (".", ","):
            if decimal != mark and decimal in written:
                whole, _, rest = written.rpartition(decimal)
        digits = re.sub(r"\D", "", whole)
    else:
        digits, _, rest = written.replace(",", ".").partition(".")
        digits, rest = re.sub(r"\D", "", digits), re.sub(r"\D", "", rest)
    if len(digits) > 30 or len(rest) > 30:
        return None
    return float(f"{digits or 0}.{rest or 0}")


def _amount(plain: str, match: re.Match[str]) -> tuple[Amount | None, int]:
    """The amount that a number begins, and where it ends."""
    value = _value(match[0])
    end = match.end()
    if value is None:
        return None, end
    scaled = _scale_pattern().match(plain, end)
    if _THREE.fullmatch(match[0]) and scaled is not None and _scales()[scaled[1]] >= MILLION:
        return _scaled(plain, match, float(match[0]), 0.001)  # "1.419 billion" is no thousand of billions
    fine = match[0].rpartition(".")[2] if "." in match[0] and _GROUPS.fullmatch(match[0]) is None else ""
    fine = match[0].rpartition(",")[2] if "," in match[0] and not fine and _GROUPS.fullmatch(match[0]) is None else fine
    return _scaled(plain, match, value, 10.0 ** -len(fine) if fine else _step(value))


MILLION = 1e6
"""The least scale before which a point in a number is none between thousands."""

_THREE = re.compile(r"\d{1,3}\.\d{3}")


def _scaled(plain: str, match: re.Match[str], value: float, step: float) -> tuple[Amount | None, int]:
    """A number, exact to `step`, with its scale and unit, and where it ends."""
    scale, end = 1.0, match.end()
    for _ in range(2):
        found = _scale_pattern().match(plain, end)
        if found is None:
            break
        scale *= _scales()[found[1]]
        end = found.end()
    low, high = (value - step / 2) * scale, (value + step / 2) * scale
    if step == 1.0 and scale == 1.0:
        low = high = value
    before = plain[max(0, match.start() - 24) : match.start()].strip()
    unit = ""
    units = _unit_pattern().match(plain, end)
    if units is not None:
        unit, end = _units()[units[1].replace(" ", "_")], units.end()
    elif before.endswith("百分之"):
        unit = "percent"
    if not unit and before[-1:] in _MONEY:
        unit = before[-1]
    low, high = _loosened(before, plain[end : end + 3], low, high)
    return Amount(low=low, high=high, unit=unit), end


def _step(value: float) -> float:
    """How exact a whole number is: its last digit that is no zero, from a hundred on."""
    step = 1.0
    if value < 100:
        return step
    while value % (10 * step) == 0 and 10 * step <= value:
        step *= 10
    return step


def _loosened(before: str, after: str, low: float, high: float) -> tuple[float, float]:
    """A range as "about", "over" and "under" make it."""

    def stands(name: str) -> bool:
        return any(
            before.endswith(word) or (unspaced(word) and after.startswith(word)) for word in spoken("numbers", name)
        )

    if stands("about"):
        return low - ABOUT * abs(low), high + ABOUT * abs(high)
    if stands("least"):
        return low, math.inf
    if stands("most"):
        return -math.inf, high
    return low, high


def _in_words(plain: str) -> Iterator[float]:
    """Numbers in English words: "three", "twenty-five", "first"."""
    words = re.findall(r"[a-z]+", plain)
    at = 0
    while at < len(words):
        number = number_words().get(words[at])
        if number is None:
            number = ordinals().get(words[at])
        elif 20 <= number < 100 and at + 1 < len(words) and 1 <= number_words().get(words[at + 1], 0) <= 9:
            number += number_words()[words[at + 1]]
            at += 1
        if number is not None:
            yield float(number)
        at += 1


@cache
def _scales() -> dict[str, float]:
    return {folded(fold_han(word)): number for word, number in scales().items()}


@cache
def _units() -> dict[str, str]:
    return {folded(fold_han(word)): unit for unit, words in table()["units"].items() for word in words.split()}


@cache
def _scale_pattern() -> re.Pattern[str]:
    return following(_scales())


@cache
def _unit_pattern() -> re.Pattern[str]:
    return following([word.replace("_", " ") for word in _units()])


def following(words: object) -> re.Pattern[str]:
    """Any of some words right behind a number; those in scripts with spaces as whole words."""
    assert isinstance(words, (dict, list))
    each = [
        re.escape(word) + ("" if unspaced(word) or not word[-1].isalnum() else r"(?!\w)")
        for word in sorted(words, key=lambda word: (-len(word), word))
    ]
    return re.compile(rf"\s*-?\s*({'|'.join(each)})")


@lru_cache(maxsize=512)
def _factor(unit: str, into: str) -> tuple[float, float] | None:
    """(factor, shift) from one unit to another; None where that makes no sense, or pint is not there."""
    try:
        registry = _registry()
        zero = float(registry.Quantity(0.0, unit).to(into).magnitude)
        one = float(registry.Quantity(1.0, unit).to(into).magnitude)
    except Exception:  # pint has no base class for what can go wrong, and says nothing of what it imports
        return None
    return one - zero, zero


@cache
def _registry() -> pint.UnitRegistry[Any]:
    import pint  # here, because it takes a third of a second and few answers are compared

    return pint.UnitRegistry()
