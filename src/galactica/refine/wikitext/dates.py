"""Dates in words, in the page's language: 1950, 3, 12 → "March 12, 1950", "12 марта 1950", "1950年3月12日".

Rules: no clock (an age "today" is never written, an age at death is); a language whose months are not known here
gets the ISO form; years before 1 and impossible days come back as they were given. The proleptic Gregorian calendar.
Names and patterns stand in the languages' files, under `dates`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from galactica.languages import facts, primary
from galactica.values import numerals

_ENGLISH = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_ISO = re.compile(r"\s*(\d{3,4})-(\d{1,2})(?:-(\d{1,2}))?(?![\d-])")
_WORDS = re.compile(r"\s*(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{3,4})\b")
_NUMBER = re.compile(r"\s*(\d{1,4})\s*(?:\.|er|年|月|日|년|월|일|г\.?|г)?\s*\Z")


def number(text: str) -> int:
    """A positive number of at most four digits, or a month's English name; 0 where there is none."""
    match = _NUMBER.match(text)
    return int(match[1]) if match else _ENGLISH.get(text.strip()[:3].lower(), 0)


def figures(text: str) -> int:
    """A positive number of at most four digits, with or without the sign of a year, month or day; else 0."""
    match = _NUMBER.match(text)
    return int(match[1]) if match else 0


def month_named(text: str, language: str) -> int:
    """The number of a month from its name (or three letters of it), in the language or in English; else 0."""
    word = text.strip().rstrip(".").lower()
    names = {name.lower(): number for number, name in enumerate(_names(code_of(language)), 1)}
    if word in names:
        return names[word]
    if not 3 <= len(word) <= 12 or " " in word:
        return 0
    found = {
        value for name, value in names.items() if name.startswith(word) or (len(word) > 3 and name[:4] == word[:4])
    }
    if len(found) == 1:
        return found.pop()
    english = _ENGLISH.get(word[:3], 0)
    return english if english and _names("en")[english - 1].lower().startswith(word) else 0


def code_of(language: str) -> str:
    """The language whose names and patterns are taken."""
    code = primary(language)
    return str(facts(code).get("dates", {}).get("same", code))


@cache
def _names(code: str) -> tuple[str, ...]:
    """The months of a language; empty where they are not known, or only numbered."""
    return tuple(facts(code).get("dates", {}).get("months", "").split())


def _pattern(code: str, key: str) -> str:
    return str(facts(code).get("dates", {}).get(key, ""))


def in_words(year: int, month: int, day: int, language: str, *, day_first: bool = False) -> str:
    """A date in words; `month` and `day` may be 0 for "not known"."""
    code = code_of(language)
    if not 1 <= month <= 12:
        return numerals.in_digits(str(year), language)
    if code == "en":
        day_first = day_first or not day
        pattern = ("{d} {m} {y}" if day_first else "{m} {d}, {y}") if day else "{m} {y}"
    elif own := _pattern(code, "whole" if day else "month_year"):
        pattern = own
    elif _names(code):
        pattern = "{d} {m} {y}" if day else "{m} {y}"
    else:
        pattern = "{y4}-{n2}-{d2}" if day else "{y4}-{n2}"
    return _filled(pattern, year, month, day, language)


def day_in_words(month: int, day: int, language: str) -> str:
    """A day of a month without a year: "July 14", "14 juillet", "7月14日"."""
    code = code_of(language)
    pattern = _pattern(code, "day") or ("{d} {m}" if _names(code) else "{n2}-{d2}")
    return _filled(pattern, 0, month, day, language)


def _filled(pattern: str, year: int, month: int, day: int, language: str) -> str:
    code = code_of(language)
    names = _names(code)
    first = "1er" if day == 1 and code == "fr" else str(day)
    text = pattern.format(
        d=first, m=names[month - 1] if names else "", y=year, n=month, n2=f"{month:02}", d2=f"{day:02}", y4=f"{year:04}"
    )
    return numerals.in_digits(text, language)


def parsed(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of an ISO or an English date, 0 for what it does not say; None where it is neither."""
    match = _ISO.match(text)
    if match:
        return int(match[1]), int(match[2]), int(match[3] or 0)
    match = _WORDS.match(text)
    if match and match[2][:3].lower() in _ENGLISH:
        return int(match[4]), _ENGLISH[match[2][:3].lower()], int(match[1] or match[3] or 0)
    return None


def possible(when: tuple[int, int, int]) -> bool:
    """True for a date that can be, with 0 for a month or day that is not known."""
    year, month, day = when
    if not (0 < year < 10_000 and 0 <= month <= 12 and 0 <= day <= 31):
        return False
    if day and month:
        try:
            date(year, month, day)
        except ValueError:
            return False
    return bool(month) or not day


def years_between(first: tuple[int, int, int], second: tuple[int, int, int]) -> int | None:
    """Whole years from one date to another; None where they are no dates or in the wrong order."""
    try:
        one, two = date(*first), date(*second)
    except ValueError:
        return None
    years = two.year - one.year - ((two.month, two.day) < (one.month, one.day))
    return years if 0 <= years < 1000 else None


def formatted(text: str, style: str, language: str) -> str:
    """`{{#formatdate:date|style}}`: a date in the order that the style names; as given where it is no date."""
    when = parsed(text)
    style = style.strip().lower()
    if when is None:
        match = re.match(r"\s*(?:(\d{1,2})\s+([^\W\d_]{3,12})|([^\W\d_]{3,12})\s+(\d{1,2}))\s*\Z", text)
        month = month_named((match[2] or match[3]) if match else "", language)
        if not match or not month:
            return text.strip()
        day = int(match[1] or match[4])
        name = (_names(code_of(language)) or _names("en"))[month - 1]
        return f"{name} {day}" if style == "mdy" else f"{day} {name}" if style == "dmy" else text.strip()
    year, month, day = when
    if not possible(when) or not day:
        return text.strip()
    name = (_names(code_of(language)) or _names("en"))[month - 1]
    styles = {
        "mdy": f"{name} {day}, {year}",
        "dmy": f"{day} {name} {year}",
        "ymd": f"{year} {name} {day}",
        "iso 8601": f"{year:04}-{month:02}-{day:02}",
        "iso8601": f"{year:04}-{month:02}-{day:02}",
    }
    return styles.get(style, text.strip())


def formatted_time(pattern: str, moment: str, language: str) -> str:
    """`{{#time:pattern|moment}}` for a stated moment; "" for "now", and for patterns that need a time of day."""
    when = parsed(moment)
    if when is None or not when[2] or re.search(r"[hHgGisaAeTPOcrU]", re.sub(r'"[^"]*"|xg|xn', "", pattern)):
        return ""
    year, month, day = when
    names = _names(code_of(language)) or _names("en")
    if not 1 <= month <= 12:
        return ""
    values = {
        "Y": str(year), "y": f"{year % 100:02}", "F": names[month - 1], "M": names[month - 1][:3], "n": str(month),
        "m": f"{month:02}", "j": str(day), "d": f"{day:02}",
    }  # fmt: skip
    out = re.sub(
        r'"([^"]*)"|xg|xn|[YyFMnmjd]', lambda m: m[1] if m[1] is not None else values.get(m[0], values["F"]), pattern
    )
    return out[:200]


def named_month(month: int, language: str) -> str:
    """The name of a month (1 to 12) as it stands inside a date; in English where the language's are not known."""
    return (_names(code_of(language)) or _names("en"))[month - 1]
