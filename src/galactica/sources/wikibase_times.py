"""Points in time as Wikibase writes them → EDTF level 1 (ISO 8601-2), and the words that say what a date does not.

Rules:
1. Years before Christ: Wikibase's JSON has no year 0 ("-0044" is 44 BC), EDTF has one ("-0043"), as has RDF.
2. A day in the Julian calendar becomes the same day in the Gregorian, which is EDTF's; its text keeps what was written.
   Of a month or a year the number stays: it is a name there, and no day is lost that was known.
3. Decades and centuries are EDTF's unspecified digits ("195X", "19XX"), millennia an interval; coarser precision has no
   EDTF of level 1, the year stands and the text says how exact it is. A century begins with 1: 2000 is of the 20th.
4. "before" and "after" (how many units earlier or later it may be) make an interval.

Standards: Wikibase JSON "time" (mediawiki.org/wiki/Wikibase/DataModel/JSON); EDTF, Library of Congress, 2019.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

JULIAN = "Q1985786"
"""Wikidata's number of the proleptic Julian calendar; the Gregorian is Q1985727."""

DAY, MONTH, YEAR, DECADE, CENTURY, MILLENNIUM = 11, 10, 9, 8, 7, 6

_TIME = re.compile(r"([+-]?)(\d{1,16})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})?)?")
_COARSE = ("billion years", "hundred million years", "ten million years", "million years", "100,000 years",
           "10,000 years")  # fmt: skip
MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
MOST_AROUND = 10_000
"""Units before or after: more is no statement about a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time.

    Attributes:
        edtf: EDTF level 1; "" where the source's words are no time.
        shown: in English words: "31 October 1517 (Julian)", "20th century", "44 BC".
        exact: whether `edtf` says all that the source does; else `shown` is to be kept beside it.
    """

    edtf: str
    shown: str
    exact: bool


@lru_cache(maxsize=20_000)  # most references were retrieved on the same days
def moment(
    time: str, precision: int, calendar_model: str = "", before: int = 0, after: int = 0, *, year_zero: bool = False
) -> Moment:
    """What Wikibase says of a time.

    Args:
        time: "+1952-03-11T00:00:00Z"; what is not known is 00.
        precision: 0 (a billion years) to 14 (a second); 11 is a day.
        calendar_model: number or address of the calendar; the Gregorian unless it is the Julian.
        before, after: units of the precision that it may be earlier or later.
        year_zero: whether the year before 1 is 0, as in RDF, and not -1.
    """
    match = _TIME.fullmatch(time)
    if match is None:
        return Moment(edtf="", shown=time[:100], exact=False)
    year = int(match[2]) * (-1 if match[1] == "-" else 1)
    if year < 0 and not year_zero:
        year += 1
    month, day = int(match[3]), int(match[4])
    finer = DAY < precision <= 14
    precision = min(precision, DAY) if 0 <= precision <= 14 else DAY
    if not 1 <= month <= 12:
        precision = min(precision, YEAR)
    julian = calendar_model.rpartition("/")[2] == JULIAN
    impossible = precision == DAY and not 1 <= day <= days_of_month(year, month, julian=julian)
    precision = MONTH if impossible else precision
    around = before or after
    if around and 0 <= before <= MOST_AROUND and 0 <= after <= MOST_AROUND and precision == YEAR:
        first, last = year - before, year + after
        words = f"{_year_words(first)} to {_year_words(last)}"
        return Moment(edtf=f"{_year(first)}/{_year(last)}", shown=words, exact=not julian)
    edtf, shown, exact = _at(year, month, day, precision, julian=julian)
    if around:
        shown, exact = f"{shown} ({before} earlier or {after} later)", False
    if julian and precision >= MONTH:
        shown, exact = f"{shown} (Julian)", False
    if impossible and day:
        shown, exact = f"{shown} (day {day})", False
    if finer:
        shown, exact = f"{shown} ({time})", False
    return Moment(edtf=edtf, shown=shown, exact=exact and not (julian and precision >= MONTH))


def _at(year: int, month: int, day: int, precision: int, *, julian: bool) -> tuple[str, str, bool]:
    """(EDTF, words, whether the first says all)."""
    if precision == DAY:
        shown = f"{day} {MONTHS[month]} {_year_words(year)}"
        if julian:
            year, month, day = gregorian(year, month, day)
        return f"{_year(year)}-{month:02}-{day:02}", shown, True
    if precision == MONTH:
        return f"{_year(year)}-{month:02}", f"{MONTHS[month]} {_year_words(year)}", True
    if precision == YEAR:
        return _year(year), _year_words(year), True
    era = " BC" if year <= 0 else ""
    count = year if year > 0 else 1 - year
    if precision == DECADE:
        words = f"{count // 10 * 10}s{era}"
        if 0 < year <= 9999:
            return f"{_year(year)[:-1]}X", words, True
        first = count // 10 * 10
        return (f"{_year(-8 - first)}/{_year(1 - max(first, 1))}" if era else _year(year)), words, False
    if precision in (CENTURY, MILLENNIUM):
        size = 100 if precision == CENTURY else 1000
        number = (count - 1) // size + 1
        words = f"{_ordinal(number)} {'century' if size == 100 else 'millennium'}{era}"
        first, last = (number - 1) * size + 1, number * size
        if era:
            first, last = 1 - last, 1 - first
        if size == 100 and abs(first) <= 9999:
            return f"{_year(first if year > 0 else last)[:-2]}XX", words, False
        return f"{_year(first)}/{_year(last)}", words, False
    if era:
        year -= 1  # what is so coarse is not moved by a year
    return _year(year), f"about {count:,}{era} (to {_COARSE[precision]})", False


def _year(year: int) -> str:
    """A year in EDTF: four digits, or "Y" before more."""
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}" if abs(year) <= 9999 else f"Y{year}"


def _year_words(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BC"


def _ordinal(number: int) -> str:
    tens = number % 100
    ending = "th" if 10 < tens < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def days_of_month(year: int, month: int, *, julian: bool = False) -> int:
    """Days of a month; years count as in ISO 8601, 0 is 1 BC."""
    if month == 2:
        leap = year % 4 == 0 and (julian or year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """The Gregorian date of a Julian one, by the number of the day; division rounds down, so any year will do.

    Source: Richards, in the Explanatory Supplement to the Astronomical Almanac (2013), §15.11.
    """
    shift = (14 - month) // 12
    y, m = year + 4800 - shift, month + 12 * shift - 3
    a = day + (153 * m + 2) // 5 + 365 * y + y // 4 - 39
    b = (4 * a + 3) // 146097
    c = a - 146097 * b // 4
    d = (4 * c + 3) // 1461
    e = c - 1461 * d // 4
    m = (5 * e + 2) // 153
    return 100 * b + d - 4800 + m // 10, m + 3 - 12 * (m // 10), e - (153 * m + 2) // 5 + 1
