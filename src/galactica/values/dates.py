"""Dates and years as they are written, with what is said of each and no more.

"1990" has no month, "June 5" no year, "the 1990s" only a decade. A day in digits with points is read day first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.values.months import month_numbers, month_pattern
from galactica.values.units import MONEY
from galactica.values.written import MOST, any_of, as_looked_through, words_anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """What is said of a time; 0 for what is not. `year` is negative before Christ; `span` is 1, 10 or 100 years."""

    year: int = 0
    month: int = 0
    day: int = 0
    span: int = 1


def dates(text: str) -> list[Date]:
    """The dates in a text, in order, the most exact reading of each."""
    written = as_looked_through(text)
    taken = [False] * (len(written) + 1)
    found: list[tuple[int, Date]] = []
    for pattern in _date_patterns():
        for match in pattern.finditer(written):
            if len(found) >= MOST or any(taken[match.start() : match.end()]):
                continue
            date = _date(match)
            if date is not None:
                found.append((match.start(), date))
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    return [date for _, date in sorted(found, key=lambda pair: pair[0])]


def whole_date(text: str, start: int, end: int) -> tuple[int, int] | None:
    """(start, end) of the date that a stretch is part of: day, month and year as they stand together."""
    low = max(0, start - 40)
    near = ((low + first, low + last) for first, last in date_stretches(text[low : end + 40]))
    return next(((first, last) for first, last in near if first <= start and end <= last), None)


def inner_date(text: str, start: int, end: int) -> tuple[int, int] | None:
    """(start, end) of the one date in a stretch that says much else; None where it says little else, or several."""
    near = folded(fold_han(text[start:end]))
    found = list(date_stretches(text[start:end]))
    if len(found) != 1:
        return None
    first, last = found[0]
    rest = near[:first] + " " + near[last:]
    others = sum(map(str.isalpha, rest)) if unspaced(near) else len(_PLAIN_WORD.findall(rest))
    return (start + first, start + last) if others > MOST_BESIDE else None


MOST_BESIDE = 2
"""Words, or letters of a script without spaces, beside a date that may be part of it ("about", "late")."""

_PLAIN_WORD = re.compile(r"[^\W\d_]+")

OF = r"\s*(?:of|de|del|din|nam|،|,|\.)?\s*"
"""What stands between the day, the month and the year, as the inside of a regular expression over folded text."""

_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"


def date_stretches(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the days and months that a text names, each with the year beside it, and of Chinese years."""
    for match in _whole().finditer(folded(fold_han(text))):
        yield match.span()


@cache
def _whole() -> re.Pattern[str]:
    """A day of a month, with its year where that follows, in the languages whose months are known, or in digits."""
    month, before = month_pattern(), any_of(words_anywhere("dates", "before_christ"))
    year = rf"(?<!\d)\d{{3,4}}(?!\d)(?:\s*(?:{before})(?!\w))?"
    return re.compile(
        rf"(?<![\d-])\d{{4}}-{_MONTH}-{_DAY}(?![\d-])|(?<![\d.]){_DAY}\.{_MONTH}\.\d{{4}}(?!\d)"
        r"|(?:(?:公元)?前\s?\d{1,4}|公元\s?\d{1,4}|(?<!\d)\d{3,4})\s?年(?!代)(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?"
        rf"|(?<![\d/])\d{{1,2}}(?:[/–-]\d{{1,2}})?(?:st|nd|rd|th|\.)?{OF}(?:{month})(?!\w)\.?(?:{OF}{year})?"
        rf"|(?<!\w)(?:{month})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+{year})?"
        rf"|(?<!\w)(?:{month})\.?{OF}{year}"
    )


def same_date(one: Date, other: Date) -> bool:
    """Whether two dates can be the same; a coarser one is the same as any finer one in it."""
    if one.year and other.year:
        span = max(one.span, other.span)
        if _start(one.year, span) != _start(other.year, span):
            return False
    for mine, others in ((one.month, other.month), (one.day, other.day)):
        if mine and others and mine != others:
            return False
    return True


_SIGNS = "".join(sorted(MONEY))


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    month, before = month_pattern(), any_of(words_anywhere("dates", "before_christ"))
    century = any_of(words_anywhere("dates", "century"))
    before_it = r"(?P<bc>(?:公元前|前)\s*)?"
    year = rf"{before_it}(?P<year>\d{{1,4}})(?P<era>\s*(?:{before})(?!\w))?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º|er)?"
    named = rf"(?<!\w)(?P<month>{month})\.?"
    sources = (
        r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})(?!\d)",
        rf"{year}\s*年\s*(?P<number>\d{{1,2}})\s*月(?:\s*(?P<day>\d{{1,2}})\s*[日号])?",
        r"ngay\s*(?P<day>\d{1,2})\s*thang\s*(?P<number>\d{1,2})(?:\s*nam\s*(?P<year>\d{1,4}))?",
        rf"(?<!\d){day}{OF}{named}{OF}(?<!\d)(?P<year>\d{{3,4}})(?!\d)(?P<era>\s*(?:{before})(?!\w))?",
        rf"{named}\s*(?<!\d){day},?\s+(?P<year>\d{{3,4}})(?!\d)(?P<era>\s*(?:{before})(?!\w))?",
        rf"{named}{OF}(?<!\d)(?P<year>\d{{3,4}})(?!\d)",
        rf"(?<!\d){day}{OF}{named}(?!\w)",
        rf"{named}\s*(?<!\d){day}(?!\d)",
        r"(?<!\d)(?P<number>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?",
        rf"(?<!\d){before_it}(?P<century>\d{{1,2}})\s*世纪\s*(?P<tens>\d)0\s*年代",
        rf"(?<!\d){before_it}(?P<century>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:{century})(?P<era>\s*(?:{before})(?!\w))?",
        rf"(?<!\w)(?:{century})\s*(?P<century>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<decade>\d{{3}}0)['’]?s(?!\w)|(?<!\d){before_it}(?P<decade_>\d{{2,3}}0)\s*年代",
        rf"{year}\s*年(?!代)",
        rf"(?<![\d.,])(?P<year>\d{{1,4}})(?P<era>\s*(?:{before})(?!\w))",
        rf"(?<![\d.,{_SIGNS}])(?P<year>1\d{{3}}|20\d{{2}})(?![\d]|[.,]\d)",
    )
    return tuple(re.compile(source) for source in sources)


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    sign = -1 if parts.get("era") or parts.get("bc") else 1
    if parts.get("century"):
        number = int(parts["century"])
        if parts.get("tens") and 1 <= number <= 30:
            return Date(year=sign * (100 * (number - 1) + 10 * int(parts["tens"])), span=10)
        return Date(year=sign * (100 * (number - 1) + 1), span=100) if 1 <= number <= 30 else None
    decade = parts.get("decade") or parts.get("decade_")
    if decade:
        return Date(year=sign * int(decade), span=10)
    named = parts.get("month")
    month = month_numbers()[named] if named else int(parts.get("number") or 0)
    day, year = int(parts.get("day") or 0), sign * int(parts.get("year") or 0)
    if month > 12 or day > 31:
        return None
    return Date(year=year, month=month, day=day)


def _start(year: int, span: int) -> int:
    """The decade or century that a year is in, as a number of its own; the year 1900 is in the 19th century."""
    if span == 100:
        return (year - 1) // 100 if year > 0 else -((-year - 1) // 100) - 1
    return year // span if year > 0 else -(-year // span) - 1
