"""Dates of cells, in EDTF level 1: "5 May 1813 (aged 42)" is 1813-05-05, "c. 384 BC" is -0383~, "the 1990s" is 199X.

Rule: a cell must have one date, and beside it nothing but what is known to leave it as it is: a line of its own before
it, small words, a place or remark behind a comma. Two dates, a span and words that move it ("before", "or later")
are not understood.
"""

from __future__ import annotations

import re
from functools import cache

from galactica.claims.cell_words import as_read, words_inside
from galactica.values.dates import Date, date_stretches, dates
from galactica.values.edtf import in_edtf
from galactica.values.written import any_of, words_anywhere

LONGEST_CELL = 300
"""Characters of a cell that is read as a date."""

LAST_YEAR = 2100
"""A year after which nothing is taken for one: most are numbers."""

MOST_BEHIND = 100
"""Characters behind a date that may be a place or a remark."""

_OPEN = re.compile(r"(?:-|~|/|–|—|to|until|bis|à|至|から)\s*(?:present|now|today|heute|presente|至今|今|現在)?\s*\Z")
_SPAN = re.compile(r"\s*(?:-|~|–|—|/|至|到)\s*")
_BEHIND = re.compile(r"[\s,;:.\n·•]|in |at |as |by |with |(?:a|in|en|à|w|в|im|nel|em)\s")
_MOVED = re.compile(r"\A\s*(?:or |and later|onward|or later|/|-|~|&|and |oder|ou |o |以前|以后|以後|より|から|頃まで)")
_AGO = re.compile(r"\A\s*[;,]?\s*\d{1,4} (?:years?|months?|days?)(?: and \d{1,2} (?:months?|days?))? ago")
_SHORT = re.compile(r"(?<![\d.,/-])([12]\d{3})\s?[-/]\s?(\d{2})(?![\d.,/-])")
_BARE = re.compile(r"(?:AD|A\.D\.|CE)\s?(\d{1,4})|(\d{1,4})\s?(?:AD|A\.D\.|CE|C\.E\.)|(\d{3,4})\s?年?")
_UNSURE = re.compile(r"\A\s*[?？]")


def date_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the dates and years that a text names, in order, without overlap."""
    plain = as_read(text[:LONGEST_CELL])
    taken = [*date_stretches(plain)]
    for match in _years().finditer(plain):
        if not any(low < match.end() and match.start() < high for low, high in taken):
            taken.append(match.span())
    return sorted(taken)


def date_at(text: str, start: int, end: int) -> str:
    """The date that a stretch is, in EDTF, with the words of about in front of it; "" where it is none."""
    plain = as_read(text)
    about = _about().search(plain[max(0, start - 16) : start]) is not None
    if not about and text[end : end + 1] in ("頃", "前"):
        return ""
    return date_said(plain[start:end], about=about, unsure=_UNSURE.match(plain[end:]) is not None)


def date_said(stretch: str, *, about: bool = False, unsure: bool = False, bare: bool = False) -> str:
    """The one date that a stretch says, in EDTF; "" where it says none, several, or one that cannot be.

    Args:
        about: whether words beside it say that it is only near.
        unsure: whether a mark behind it doubts it.
        bare: whether a number of up to four digits is a year, because what stands around it says so: "476", "AD 79".
    """
    year = _BARE.fullmatch(stretch.strip()) if bare else None
    found = [Date(year=int(year[year.lastindex or 0]))] if year is not None else dates(stretch)
    if len(found) != 1 or found[0].year > LAST_YEAR:
        return ""
    return in_edtf(found[0], about=about, unsure=unsure)


def single_date(text: str) -> tuple[str, int, int, str]:
    """(date, start, end, fault) of the one date that a cell without its brackets says; a fault where it says none."""
    if len(text) > LONGEST_CELL:
        return "", 0, 0, "long"
    found = date_spans(text)
    if not found:
        return "", 0, 0, "no-date"
    if len(found) > 1:
        return "", 0, 0, "several-dates"
    start, end = found[0]
    plain = as_read(text)
    before, behind = plain[:start].rsplit("\n", 1)[-1], plain[end:]
    before = _about().sub(" ", before + " ")
    before = _on().sub(" ", before)
    if any(letter.isalnum() for letter in before) or before.strip() not in ("", ",", ":", "*", "(", "†"):
        return "", 0, 0, "words-before"
    mark = _UNSURE.match(behind)
    behind = behind[mark.end() :] if mark else behind
    behind = _AGO.sub("", behind)
    if _MOVED.match(behind) or (behind and not _BEHIND.match(behind)) or len(behind) > MOST_BEHIND:
        return "", 0, 0, "words-behind"
    if any(map(str.isdigit, behind)):
        return "", 0, 0, "digits-behind"
    date = date_at(text, start, end)
    return (date, start, end, "") if date else ("", 0, 0, "no-such-date")


def spoken_time(text: str) -> str:
    """The time that a remark says a value is of: "2019", "31 December 2019", "1861-1865", "since 1990"; "" for none."""
    plain = as_read(text[:LONGEST_CELL])
    if short := _SHORT.search(plain):  # 1957-70
        last = short[1][:2] + short[2]
        beside = words_left(plain[: short.start()] + " " + plain[short.end() :]) <= MOST_WORDS_BESIDE
        return f"{short[1]}/{last}" if short[1] < last and beside else ""
    found = date_spans(text)
    if len(found) == 2 and _SPAN.fullmatch(plain[found[0][1] : found[1][0]]):
        first, last = (edtf_whole(text, *each) for each in found)
        return f"{first}/{last}" if first and last and first < last else ""
    if len(found) != 1:
        return ""
    start, end = found[0]
    date = edtf_whole(text, start, end)
    if not date:
        return ""
    if _OPEN.fullmatch(plain[end:].strip()) and plain[end:].strip():
        return f"{date}/.."
    if _since().search(plain[:start]):
        return f"{date}/.."
    return date if words_left(plain[:start] + " " + plain[end:]) <= MOST_WORDS_BESIDE else ""


MOST_WORDS_BESIDE = 4
"""Words of a remark beside its date: "census of", "as of", "est.", "National Statistics"."""


def edtf_whole(text: str, start: int, end: int) -> str:
    """A stretch as a date that is no span and not near; "" otherwise."""
    date = date_at(text, start, end)
    return date if date and date[-1] not in "~?%X" else ""


def words_left(plain: str) -> int:
    """How many words a text has."""
    return len(re.findall(r"[^\W\d_]+", plain))


@cache
def _years() -> re.Pattern[str]:
    """Years, decades and centuries by themselves, as date readers know them."""
    before, century = any_of(words_anywhere("dates", "before_christ")), any_of(words_anywhere("dates", "century"))
    return re.compile(
        rf"(?<![\w.,/-])\d{{1,4}}\s*(?:{before})(?!\w)|(?:公元)?前\s?\d{{1,4}}\s?年?"
        rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th|\.)?\s*(?:{century})(?:\s*(?:{before})(?!\w))?"
        r"|(?<!\d)\d{3}0['’]?s(?!\w)|(?<!\d)\d{3}0\s?年代|(?<![\d.,])\d{3,4}\s?年(?!代)"
        r"|(?<![\w.,/+])[12]\d{3}(?![\w]|[.,]\d)"
    )


@cache
def _about() -> re.Pattern[str]:
    words = any_of(word for word in words_anywhere("numbers", "about") if word not in ("some", "estimated"))
    return re.compile(rf"(?:(?<!\w)(?:{words}|um|vers|hacia)|[~≈])\s*\Z")


@cache
def _on() -> re.Pattern[str]:
    return words_inside("on")


@cache
def _since() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:since|seit|depuis|desde|dal|с|từ)\s*\Z|自\s*\Z")
