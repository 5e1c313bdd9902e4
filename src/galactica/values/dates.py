"""Dates and years as they are written, with what is said of each and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import by_language
from galactica.values.written import plain, spoken

MOST = 12
"""Amounts, and dates, that are taken from one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """What is said of a time; 0 for what is not. `year` is negative before Christ; `span` is 1, 10 or 100 years."""

    year: int = 0
    month: int = 0
    day: int = 0
    span: int = 1


def dates(text: str) -> list[Date]:
    """The dates in a text, in order, the most exact reading of each."""
    written = plain(text)
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


def other_years(question: str, told: str) -> bool:
    """Whether a question names a year and a text names others, none of them that one and not on both sides of it."""
    asked = {date.year for date in dates(question) if date.year and date.span == 1}
    named = [date for date in dates(told) if date.year]
    if not asked or not named:
        return False
    if any(same_date(Date(year=year), each) for year in asked for each in named):
        return False
    years = [each.year for each in named]
    return not any(min(years) <= year <= max(years) for year in asked)


def whole_date(text: str, start: int, end: int) -> tuple[int, int] | None:
    """(start, end) of the date that a stretch is part of: day, month and year as they stand together."""
    low = max(0, start - 40)
    near = folded(fold_han(text[low : end + 40]))
    for match in _whole().finditer(near):
        first, last = low + match.start(), low + match.end()
        if first <= start and end <= last:
            return first, last
    return None


def inner_date(text: str, start: int, end: int) -> tuple[int, int] | None:
    """(start, end) of the one date in a stretch that says much else; None where it says little else, or several."""
    near = folded(fold_han(text[start:end]))
    found = [match.span() for match in _whole().finditer(near)]
    if len(found) != 1:
        return None
    first, last = found[0]
    rest = near[:first] + " " + near[last:]
    others = sum(map(str.isalpha, rest)) if unspaced(near) else len(_PLAIN_WORD.findall(rest))
    return (start + first, start + last) if others > MOST_BESIDE else None


MOST_BESIDE = 2
"""Words, or letters of a script without spaces, beside a date that may be part of it ("about", "late")."""

_PLAIN_WORD = re.compile(r"[^\W\d_]+")


@cache
def _whole() -> re.Pattern[str]:
    """A day of a month, with its year where that follows, in the languages whose months are known."""
    month = "|".join(sorted(map(re.escape, month_numbers()), key=lambda name: (-len(name), name)))
    before = "|".join(sorted(map(re.escape, spoken("dates", "before_christ")), key=lambda word: (-len(word), word)))
    of = r"\s*(?:of|de|del|din|،|,|\.)?\s*"
    year = rf"(?<!\d)\d{{3,4}}(?!\d)(?:\s*(?:{before})(?!\w))?"
    return re.compile(
        r"(?:(?:公元)?前\s?\d{1,4}|公元\s?\d{1,4}|(?<!\d)\d{3,4})\s?年(?!代)(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?"
        rf"|(?<![\d/])\d{{1,2}}(?:[/–-]\d{{1,2}})?(?:st|nd|rd|th|\.)?{of}(?:{month})(?!\w)\.?(?:{of}{year})?"
        rf"|(?<!\w)(?:{month})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+{year})?"
        rf"|(?<!\w)(?:{month})\.?{of}{year}"
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


@cache
def month_names() -> frozenset[str]:
    """Months in the languages that are known, folded."""
    return frozenset(month_numbers())


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, month_numbers()), key=lambda name: (-len(name), name)))
    before = "|".join(sorted(map(re.escape, spoken("dates", "before_christ")), key=lambda w: (-len(w), w)))
    century = "|".join(sorted(map(re.escape, spoken("dates", "century")), key=lambda w: (-len(w), w)))
    year = rf"(?P<bc>(?:公元前|前)\s*)?(?P<year>\d{{1,4}})(?P<era>\s*(?:{before})(?!\w))?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º|er)?"
    of = r"\s*(?:of|de|del|din|،|,|\.)?\s*"
    named = rf"(?<!\w)(?P<month>{month})\.?"
    sources = (
        r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})(?!\d)",
        rf"{year}\s*年\s*(?P<number>\d{{1,2}})\s*月(?:\s*(?P<day>\d{{1,2}})\s*[日号])?",
        r"ngay\s*(?P<day>\d{1,2})\s*thang\s*(?P<number>\d{1,2})(?:\s*nam\s*(?P<year>\d{1,4}))?",
        rf"(?<!\d){day}{of}{named}{of}(?<!\d)(?P<year>\d{{3,4}})(?!\d)(?P<era>\s*(?:{before})(?!\w))?",
        rf"{named}\s*(?<!\d){day},?\s+(?P<year>\d{{3,4}})(?!\d)(?P<era>\s*(?:{before})(?!\w))?",
        rf"{named}{of}(?<!\d)(?P<year>\d{{3,4}})(?!\d)",
        rf"(?<!\d){day}{of}{named}(?!\w)",
        rf"{named}\s*(?<!\d){day}(?!\d)",
        r"(?<!\d)(?P<number>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?",
        rf"(?<!\d)(?P<century>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:{century})(?P<era>\s*(?:{before})(?!\w))?",
        rf"(?<!\w)(?:{century})\s*(?P<century>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<decade>\d{3}0)['’]?s(?!\w)|(?<!\d)(?P<decade_>\d{3}0)\s*年代",
        rf"{year}\s*年",
        rf"(?<![\d.,])(?P<year>\d{{1,4}})(?P<era>\s*(?:{before})(?!\w))",
        r"(?<![\d.,$£€])(?P<year>1\d{3}|20\d{2})(?![\d]|[.,]\d)",
    )
    return tuple(re.compile(source) for source in sources)


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    sign = -1 if parts.get("era") or parts.get("bc") else 1
    if parts.get("century"):
        number = int(parts["century"])
        return Date(year=sign * (100 * (number - 1) + 1), span=100) if 1 <= number <= 30 else None
    decade = parts.get("decade") or parts.get("decade_")
    if decade:
        return Date(year=int(decade), span=10)
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
    return year // span


@cache
def month_numbers() -> dict[str, int]:
    """Name of a month in any known language, folded → its number."""
    read = [entry for entry in by_language("dates").values() if entry.get("read")]
    lists = [entry[key].split() for key in ("months", "also") for entry in read if key in entry]
    return {folded(name).replace("_", " "): at for names in lists for at, name in enumerate(names, 1)}
