"""The day that a page's data name: ISO 8601 and the few other forms that sites write into them.

The day is the one that is written, in the page's own time zone. What could be read in two ways (03/04/2019) is none.

Source: ISO 8601; RFC 9110 5.6.7; EDTF level 0 for the result.
"""

from __future__ import annotations

import calendar
import re

from galactica.values.dates import dates

MAX_WRITTEN = 64
"""Characters of a date; longer ones are sentences."""

MAX_SHOWN = 160
"""Characters of a line that shows a date beside other things: author, section, reading time."""

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Years that a page may name as its own."""

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T\s_].*|Z)?", re.DOTALL)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?(?:[T\s].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?")
_DOTTED_IN = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_ISO_IN = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEAR = re.compile(r"[12]\d{3}")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})(?:/(\d{1,2}))?(?=/)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[T\s,].*)?", re.DOTALL)


def day_written(written: str) -> str:
    """ "2019-12-05", "2019-12" or "2019"; "" where it is no date, or could be two."""
    text = " ".join(written.split())[:MAX_WRITTEN]
    if not text:
        return ""
    for form in (_ISO, _SLASHED, _COMPACT):
        if found := form.fullmatch(text):
            return _checked(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    if found := _DOTTED.fullmatch(text):
        return _checked(int(found[3]), int(found[2]), int(found[1]))
    said = [each for each in dates(text) if each.span == 1 and each.month and each.day]
    return _checked(said[0].year, said[0].month, said[0].day) if len(said) == 1 else ""


def day_shown(text: str) -> str:
    """The only day that a short text shows ("Posted on 5 December 2019 by Ada"); "" where it shows none or two."""
    line = " ".join(text.split())
    if not line or len(line) > MAX_SHOWN or not _YEAR.search(line):
        return ""
    numbers = [_DOTTED_IN.findall(line), _ISO_IN.findall(line)]
    if found := {_checked(int(year), int(month), int(day)) for day, month, year in numbers[0]} - {""}:
        return found.pop() if len(found) == 1 else ""
    if found := {_checked(int(year), int(month), int(day)) for year, month, day in numbers[1]} - {""}:
        return found.pop() if len(found) == 1 else ""
    said = {(each.year, each.month, each.day) for each in dates(line) if each.span == 1 and each.month and each.day}
    return _checked(*said.pop()) if len(said) == 1 else ""


def day_in_address(url: str) -> str:
    """The day, or month, that stands in an address, as blogs and papers write it: /2019/12/05/; "" where none does."""
    found = _IN_ADDRESS.search(url)
    return _checked(int(found[1]), int(found[2]), int(found[3] or 0)) if found else ""


def _checked(year: int, month: int, day: int) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    if not month:
        return f"{year:04}" if not day else ""
    if month > 12:
        return ""
    if not day:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if day <= calendar.monthrange(year, month)[1] else ""
