"""What stands in brackets behind a value: of which time it is, whether it was counted or estimated, who says so.

A bracket is taken out of a cell before its value is read, and read by itself. What of it is not understood is kept in
its own words, because it may narrow the value ("excluding islands").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from galactica.claims.cell_words import as_read, words_inside
from galactica.claims.times import spoken_time
from galactica.model.claim import DISPUTED, PLANNED, REPORTED
from galactica.model.document import Qualifier

LONGEST_REMARK = 120
"""Characters of a bracket that are kept."""

FIRST_YEAR, LAST_YEAR = 1700, 2100
"""A mere number in brackets that is taken for a year; others are numbers of a catalogue as often."""

METHOD = "determination method"
REMARK = "remark"
POINT_IN_TIME, START_TIME, END_TIME = "point in time", "start time", "end time"
"""Properties of qualifiers, Wikidata's words for P459, P585, P580, P582."""

_BRACKET = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_ORDINAL = re.compile(r"(?:ranked |rank )?(?:\d{1,3}(?:st|nd|rd|th|\.|º|ª|e|位)?|#\d{1,4}|第\d{1,4}[位名]?)")
_NOTE = re.compile(r"(?:note|nb|n|a|b|c|注|註)?\s?\d{0,3}|citation needed|update|ref\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What brackets of a cell say.

    Attributes:
        time: EDTF, when the value holds; "" where they do not say.
        qualifiers: what else narrows the value.
    """

    time: str = ""
    qualifiers: tuple[Qualifier, ...] = ()


def bracket_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(start, end) of the brackets in a stretch, with their signs; those that are not closed are none."""
    for match in _BRACKET.finditer(text, start, end):
        yield match.span()


def without_brackets(text: str, start: int, end: int) -> tuple[str, list[str]]:
    """A stretch with blanks where brackets are, exactly as long, and what stands in each of them."""
    bare = text[start:end]
    inside = []
    for _ in range(2):  # one in another
        for low, high in bracket_spans(bare, 0, len(bare)):
            inside.append(bare[low + 1 : high - 1].strip())
            bare = bare[:low] + " " * (high - low) + bare[high:]
    return bare, inside


def remarks_in(inside: list[str]) -> Remarks:
    """What the brackets of a cell say of its value."""
    time = ""
    found: list[Qualifier] = []
    for each in inside:
        plain = as_read(each)
        if not plain or _ORDINAL.fullmatch(plain) or _NOTE.fullmatch(plain):
            continue
        said = spoken_time(each) if not plain.isdecimal() or FIRST_YEAR <= int(plain) <= LAST_YEAR else ""
        if _aged().search(plain) and not said:
            continue
        time = time or said
        found += limits(plain)
        method = next((kind for kind in ("census", "estimate") if words_inside(kind).search(plain)), "")
        if method:
            found.append(Qualifier(property=METHOD, kind="text", value=method))
        elif not said:
            found.append(Qualifier(property=REMARK, kind="text", value=each[:LONGEST_REMARK]))
    return Remarks(time=time, qualifiers=tuple(dict.fromkeys(found)))


@cache
def _aged() -> re.Pattern[str]:
    """How old somebody is or was: "aged 42", "73歳"."""
    words = words_inside("aged").pattern
    return re.compile(rf"\A(?:(?:{words})\W*\d{{1,3}}\W*|(?:\w+\s)?\d{{1,3}}[\s–-]*(?:{words}).*)\Z")


def limits(plain: str) -> list[Qualifier]:
    """The qualifiers that words make by which a claim is no plain one."""
    kinds = (("planned", PLANNED), ("reported", REPORTED), ("disputed", DISPUTED))
    return [Qualifier(property=name, kind="text") for kind, name in kinds if words_inside(kind).search(plain)]
