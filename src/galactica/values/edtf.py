"""A date in EDTF level 1 (ISO 8601-2:2019) as the days that it may be: `1843`, `1843-05`, `184X`, `1843~`, `1840/1845`.

Days are counted as if every month had 31 and every year 12 of them, so that no calendar has to be believed: only their
order and whether they meet is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from galactica.values.dates import Date
from galactica.values.days import possible

LONGEST_EDTF = 64
"""Characters; the longest form of level 1 is an interval of two whole dates."""

MOST_DIGITS = 12
"""Digits of a year: the age of the universe has eleven."""

A_MONTH, A_YEAR = 31, 372
"""Days, as they are counted here."""

FOREVER = 10 ** (MOST_DIGITS + 3)
"""A day later than any."""

_DATE = re.compile(
    r"(?P<year>Y-?\d{5,12}|-?(?:\d{4}|\d{3}X|\d{2}XX|\dXXX|XXXX))"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<mark>[?~%]?)"
)
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""Spring to winter → the month they begin with, on the northern half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that a date may be.

    Attributes:
        first, last: both may be it; `-FOREVER` and `FOREVER` where it is open.
        loose: whether it is said to be uncertain or about then.
        day: (year, month, day) where it is one day, else None.
    """

    first: int
    last: int
    loose: bool = False
    day: tuple[int, int, int] | None = None

    @property
    def width(self) -> int:
        """How many days it may be, less one."""
        return self.last - self.first

    @property
    def year(self) -> int:
        """Of the first day."""
        return self.first // A_YEAR


def read_edtf(text: str) -> Span | None:
    """The days of a date in EDTF level 1; None where it is not of that form.

    Examples:
        >>> read_edtf("1843-05").last - read_edtf("1843-05").first
        30
    """
    if len(text) > LONGEST_EDTF:
        return None
    first, slash, second = text.partition("/")
    if not slash:
        return _date(text)
    left, right = (_date(part) if part not in ("", "..") else None for part in (first, second))
    if (first not in ("", "..") and left is None) or (second not in ("", "..") and right is None):
        return None
    low, high = left.first if left else -FOREVER, right.last if right else FOREVER
    if low > high or not (left or right):
        return None
    return Span(first=low, last=high, loose=bool((left and left.loose) or (right and right.loose)))


def in_edtf(date: Date, *, about: bool = False, unsure: bool = False) -> str:
    """A date in EDTF level 1; "" for one without a year, or that never was.

    A year before Christ is one less than its number says (44 BC is -0043); a century is the hundred years that begin
    with its number less one (the 19th century: 18XX).

    Args:
        about: whether it is only near (~).
        unsure: whether it is doubted (?).
    """
    if not date.year or not -9_999 <= date.year <= 9_999:
        return ""
    mark = "%" if about and unsure else "~" if about else "?" if unsure else ""
    if date.span > 1:
        if date.year < 0:
            return ""
        digits = {10: 3, 100: 2}[date.span]
        return f"{date.year:04}"[:digits] + "X" * (4 - digits) + mark
    if date.year > 0 and not possible(date):
        return ""
    year = f"{date.year:04}" if date.year > 0 else f"-{-date.year - 1:04}" if date.year < -1 else "0000"
    month = f"-{date.month:02}" if date.month else ""
    day = f"-{date.day:02}" if date.day and date.month else ""
    return f"{year}{month}{day}{mark}"


def spans_meet(one: Span, other: Span) -> bool:
    """Whether two dates can be the same; one that is loose by its own width, or a year, on both sides."""
    return one.first - _slack(one) <= other.last + _slack(other) and other.first - _slack(other) <= one.last + _slack(
        one
    )


def two_calendars(one: Span, other: Span) -> bool:
    """Whether two days can be one in the Julian and in the Gregorian calendar: 10 to 13 days apart, by the century."""
    if one.day is None or other.day is None or max(one.year, other.year) > LAST_JULIAN:
        return False
    return abs(_julian_day(one.day) - _julian_day(other.day)) == _apart(min(one.day, other.day))


LAST_JULIAN = 1923
"""The year when the last country left the Julian calendar (Greece)."""


def _apart(day: tuple[int, int, int]) -> int:
    """Days between the calendars: 10 from 1582, one more with 1700, 1800, 1900."""
    year = day[0]
    return 0 if year < 1582 else 10 + sum(day >= (century, 2, 28) for century in (1700, 1800, 1900))


def _julian_day(day: tuple[int, int, int]) -> int:
    """The number of a day in the Gregorian calendar (Fliegel and Van Flandern, doi:10.1145/364096.364097)."""
    year, month, number = day
    a = (14 - month) // 12
    y, m = year + 4800 - a, month + 12 * a - 3
    return number + (153 * m + 2) // 5 + 365 * y + y // 4 - y // 100 + y // 400 - 32045


def _slack(span: Span) -> int:
    return max(A_YEAR, span.width) if span.loose else 0


def _date(text: str) -> Span | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    low, high = _years(match["year"])
    month, day, loose = match["month"], match["day"], bool(match["mark"])
    if low != high or month in (None, "XX"):
        if low != high and (month not in (None, "XX") or day not in (None, "XX")):
            return None
        return Span(first=low * A_YEAR, last=high * A_YEAR + A_YEAR - 1, loose=loose)
    number = int(month)
    if number in _SEASONS and day is None:
        start = low * A_YEAR + (_SEASONS[number] - 1) * A_MONTH
        return Span(first=start, last=start + 3 * A_MONTH - 1, loose=loose)
    if not 1 <= number <= 12:
        return None
    start = low * A_YEAR + (number - 1) * A_MONTH
    if day in (None, "XX"):
        return Span(first=start, last=start + A_MONTH - 1, loose=loose)
    if not 1 <= int(day) <= 31:
        return None
    at = start + int(day) - 1
    return Span(first=at, last=at, loose=loose, day=(low, number, int(day)))


def _years(text: str) -> tuple[int, int]:
    """The first and the last year of "1843", "184X", "-0043", "Y-170000"."""
    plain = text.removeprefix("Y")
    sign = -1 if plain.startswith("-") else 1
    digits = plain.lstrip("-")
    ends = sorted(sign * int(digits.replace("X", each)) for each in "09")
    return ends[0], ends[1]
