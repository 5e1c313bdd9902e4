"""Numbers with their units as they are written, each a range as wide as it is exact.

"260" is 255 to 265, "1.7 million" 1.65 to 1.75 million, "about 300" a tenth more and less, "over 500" has no end.
Numbers below a hundred and those that end in no zero are exact.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from galactica.codes.han import unspaced
from galactica.values.number_words import number_at, ordinals
from galactica.values.numerals import NUMBER, decimal_places, read_in_any_style
from galactica.values.units import MONEY, SHARE, by_word, in_other_unit
from galactica.values.written import MOST, as_looked_through, scales, words_anywhere

ABOUT = 0.1
"""How much "about" allows on both sides, as a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with its unit: from `low` to `high`; `unit` is a name of `units`, a sign of money, or ""."""

    low: float
    high: float
    unit: str = ""


def amounts(text: str) -> list[Amount]:
    """The amounts in a text, in order; those that are parts of dates among them."""
    written = as_looked_through(text)
    found: list[Amount] = []
    last = 0
    for match in NUMBER.finditer(written):
        if match.start() < last or len(found) >= MOST:
            continue
        amount, last = _amount(written, match)
        if amount is not None:
            found.append(amount)
    return found or [Amount(low=n, high=n) for n in _in_words(written)][:MOST]


def numbers(text: str) -> list[float]:
    """Every number in a text as it is written, without its scale and unit: what a checker looks for."""
    written = as_looked_through(text)
    found = [number for match in NUMBER.finditer(written) if (number := read_in_any_style(match[0])) is not None]
    return [*found, *_in_words(written)]


CONVERSION = 0.01
"""What a conversion that somebody wrote beside a value may have been rounded by once more, as a share."""


def same_amount(one: Amount, other: Amount, *, slack: float = CONVERSION) -> bool | None:
    """Whether two amounts can both be right; None where their units cannot be compared, as a share and a number.

    Args:
        slack: what one may be off where its unit is another, as a share.
    """
    if one.unit != other.unit and not _ALONE.isdisjoint((one.unit, other.unit)):
        return None
    if one.unit and one.unit == other.unit and (_rounds(one, other) or _rounds(other, one)):
        return True
    if one.unit != other.unit and one.unit and other.unit:
        low, high = in_other_unit(other.low, other.unit, one.unit), in_other_unit(other.high, other.unit, one.unit)
        if low is None or high is None:
            return None
        other = Amount(low=low, high=high, unit=one.unit)
        off = slack * max(abs(one.low), abs(one.high))
        one = Amount(low=one.low - off, high=one.high + off, unit=one.unit)
    if one.low == one.high or other.low == other.high:
        return one.low <= other.high and other.low <= one.high
    return one.low < other.high and other.low < one.high


def _rounds(one: Amount, other: Amount) -> bool:
    """Whether a whole number of a unit is another with decimals, rounded: 8,849 m and 8,848.86 m."""
    middle = (other.low + other.high) / 2
    if one.low != one.high or one.low != round(one.low) or other.high - other.low >= 1.0 or middle == round(middle):
        return False
    return abs(middle - one.low) <= HALF


_ALONE = frozenset((SHARE, *MONEY))
"""Units that a bare number never means."""

HALF = 0.5
"""What rounding to a whole number may change."""


def _amount(plain: str, match: re.Match[str]) -> tuple[Amount | None, int]:
    """The amount that a number begins, and where it ends."""
    value = read_in_any_style(match[0])
    end = match.end()
    if value is None:
        return None, end
    scaled = _scale_pattern().match(plain, end)
    if _THREE.fullmatch(match[0]) and scaled is not None and scales()[scaled[1]] >= MILLION:
        return _scaled(plain, match, float(match[0]), 0.001)  # "1.419 billion" is no thousand of billions
    fine = decimal_places(match[0])
    return _scaled(plain, match, value, 10.0**-fine if fine else _step(value))


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
        scale *= scales()[found[1]]
        end = found.end()
    low, high = (value - step / 2) * scale, (value + step / 2) * scale
    if step == 1.0 and scale == 1.0:
        low = high = value
    before = plain[max(0, match.start() - 24) : match.start()].strip()
    unit = ""
    units = _unit_pattern().match(plain, end)
    if units is not None:
        unit, end = by_word()[units[1]], units.end()
    elif before.endswith("百分之"):
        unit = "percent"
    if not unit and before[-1:] in MONEY:
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
            before.endswith(word) or (unspaced(word) and after.startswith(word))
            for word in words_anywhere("numbers", name)
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
        number, used = number_at(words, at) or (ordinals().get(words[at]), 1)
        if number is not None:
            yield float(number)
        at += used


@cache
def _scale_pattern() -> re.Pattern[str]:
    return following(scales())


@cache
def _unit_pattern() -> re.Pattern[str]:
    return following(by_word())


def following(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words right behind a number; those in scripts with spaces as whole words."""
    each = [
        re.escape(word) + ("" if unspaced(word) or not word[-1].isalnum() else r"(?!\w)")
        for word in sorted(words, key=lambda word: (-len(word), word))
    ]
    return re.compile(rf"\s*-?\s*({'|'.join(each)})")
