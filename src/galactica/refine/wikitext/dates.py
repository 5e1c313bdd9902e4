"""Dates that templates and parser functions are given: an ISO or an English date, and the forms they ask it in.

No clock is read: what a page says of "today" is not written. What months are called, and how a date is written, says
`values`.
"""

from __future__ import annotations

import re

from galactica.values.dates import Date
from galactica.values.days import possible
from galactica.values.months import month_name, month_named, short_english

_ISO = re.compile(r"\s*(\d{3,4})-(\d{1,2})(?:-(\d{1,2}))?(?![\d-])")
_WORDS = re.compile(r"\s*(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{3,4})\b")
_NUMBER = re.compile(r"\s*(\d{1,4})\s*(?:\.|er|年|月|日|년|월|일|г\.?|г)?\s*\Z")


def figures(text: str) -> int:
    """A positive number of at most four digits, with or without the sign of a year, month or day; else 0."""
    match = _NUMBER.match(text)
    return int(match[1]) if match else 0


def parsed(text: str) -> Date | None:
    """An ISO or an English date at the front of a text, as it stands there; None where it is neither."""
    match = _ISO.match(text)
    if match:
        return Date(year=int(match[1]), month=int(match[2]), day=int(match[3] or 0))
    match = _WORDS.match(text)
    month = short_english().get(match[2][:3].lower(), 0) if match else 0
    if match and month:
        return Date(year=int(match[4]), month=month, day=int(match[1] or match[3] or 0))
    return None


def formatted(text: str, style: str, language: str) -> str:
    """`{{#formatdate:date|style}}`: a date in the order that the style names; as given where it is no date."""
    when = parsed(text)
    style = style.strip().lower()
    if when is None:
        match = re.match(r"\s*(?:(\d{1,2})\s+([^\W\d_]{3,12})|([^\W\d_]{3,12})\s+(\d{1,2}))\s*\Z", text)
        month = month_named((match[2] or match[3]) if match else "", language)
        if not match or not month:
            return text.strip()
        day, name = int(match[1] or match[4]), month_name(month, language)
        return f"{name} {day}" if style == "mdy" else f"{day} {name}" if style == "dmy" else text.strip()
    if not possible(when) or not when.day:
        return text.strip()
    name = month_name(when.month, language)
    iso = f"{when.year:04}-{when.month:02}-{when.day:02}"
    styles = {
        "mdy": f"{name} {when.day}, {when.year}",
        "dmy": f"{when.day} {name} {when.year}",
        "ymd": f"{when.year} {name} {when.day}",
        "iso 8601": iso,
        "iso8601": iso,
    }
    return styles.get(style, text.strip())


def formatted_time(pattern: str, moment: str, language: str) -> str:
    """`{{#time:pattern|moment}}` for a stated moment; "" for "now", and for patterns that need a time of day."""
    when = parsed(moment)
    if when is None or not when.day or re.search(r"[hHgGisaAeTPOcrU]", re.sub(r'"[^"]*"|xg|xn', "", pattern)):
        return ""
    if not 1 <= when.month <= 12:
        return ""
    name = month_name(when.month, language)
    values = {
        "Y": str(when.year), "y": f"{when.year % 100:02}", "F": name, "M": name[:3], "n": str(when.month),
        "m": f"{when.month:02}", "j": str(when.day), "d": f"{when.day:02}",
    }  # fmt: skip
    out = re.sub(
        r'"([^"]*)"|xg|xn|[YyFMnmjd]', lambda m: m[1] if m[1] is not None else values.get(m[0], values["F"]), pattern
    )
    return out[:200]
