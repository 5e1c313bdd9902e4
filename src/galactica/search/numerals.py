"""Numbers and dates of a question as others may have written them: 1,200 and 1200, World War 2 and II, 1821-05-05.

Nothing is changed in the index: what may be written otherwise is asked for beside what was typed, at a lower weight
(`wording`). So "1200" also asks for "1,200", whose terms "1" and "200" lead to articles in which the string is then
looked for. Words for numbers are English; months are named in the languages of the library.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import pairwise

from galactica.search.analysis import STEMMED, analyser_for
from galactica.search.query import Instead, split_words
from galactica.values.months import read_months
from galactica.values.number_words import (
    HIGHEST_ROMAN,
    number_at,
    number_words,
    ordinal_ending,
    ordinals,
    roman,
    romans,
)
from galactica.values.numerals import MARKS

MOST_CHARACTERS = 1_000
"""Characters of a question in which numbers are looked for."""

_YEARS = range(1000, 2100)
_GROUPED = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{MARKS}]\d{{3}})+(?!\d|[.,]\d)")
_PLAIN = re.compile(r"(?<![\w.,/-])\d{4,9}(?![\w/-]|[.,]\d)")
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d])")
_ORDINAL = re.compile(r"(?<!\w)(\d{1,3})(st|nd|rd|th)(?!\w)", re.IGNORECASE)
_DECADE = re.compile(r"(?<!\w)(19)?(\d0)['’]?s(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<![\w-])([^\W\d_][^\W_]+)(?:['’]s)?[ -]([1-9]\d?)(?![\w/-]|[.,]\d)")
_ROMAN = re.compile(r"(?<![\w.])([^\W\d_]{2,})[ -](I(?=\s*(?:[,;:?!]|of\b|\Z))|[IVXLC]{2,7}|[VXL]|[ivx]{2,5})(?![\w.])")
_JOINED = re.compile(r"(?<!\w)([A-Za-z]{2,3})([1-9])(?!\w)")
_JOINED_ROMAN = re.compile(r"(?<!\w)([A-Z]{2,3}?)(III|II|IV|VI{1,3}|IX|I|V)(?!\w)")
_SLASHED = re.compile(r"\S*\d[/.:-]\d\S*")


def other_numbers(text: str, analysers: Iterable[str], common: Container[str] = ()) -> Iterator[Instead]:
    """What in a text may be written otherwise, in no order; the same may come twice.

    Args:
        text: as typed, without filters.
        analysers: names of those in the library, for the months.
        common: words after which a number counts something and is no name's ("what 4 states").
    """
    text = text[:MOST_CHARACTERS]
    yield from _dates(text, sorted(analysers))
    yield from _grouped(text)
    yield from _counted(text)
    yield from _numbered(text, common)


def other_keys(key: str) -> tuple[str, ...]:
    """A title's key with its number written otherwise: "world war 2" → "world war ii"; none where it has no number.

    Args:
        key: a `title_key`.
    """
    words = key.split(" ")
    found = []
    for at, word in enumerate(words):
        for other in _single(word, first=at == 0):
            found.append(" ".join([*words[:at], other, *words[at + 1 :]]))
    return tuple(found[:8]) if len(words) > 1 else ()


@cache
def months() -> dict[str, tuple[str, ...]]:
    """Name of an analyser → the twelve months of its language, of those whose months are read wherever they stand. Of
    the analysers that languages share only "marks" has some, Hindi's."""
    named = {analyser_for(tag): names for tag, names in read_months().items()}
    return {name: names for name, names in named.items() if name in STEMMED or name == "marks"}


@cache
def _in_digits() -> dict[str, str]:
    """Number in digits, from two on → English word."""
    return {str(number): word for word, number in number_words().items() if number > 1}


@cache
def _every_month() -> frozenset[str]:
    """The months, and the three letters that English shortens them to."""
    names = {name.lower() for several in months().values() for name in several}
    return frozenset(names | {name.lower()[:3] for name in months()["en"]})


def _dates(text: str, analysers: list[str]) -> Iterator[Instead]:
    """Dates in digits: the day without its zero and the month by name."""
    found = [(m[0], m[1], m[2], m[3]) for m in _ISO.finditer(text)]
    found += [(m[0], m[3], m[2], m[1]) for m in _DOTTED.finditer(text)]
    for typed, _, month, day in found:
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            names = [months()[name][int(month) - 1].lower() for name in analysers if name in months()]
            yield Instead(typed=tuple(split_words(typed)), said=(str(int(day)), *names))


def _grouped(text: str) -> Iterator[Instead]:
    """Large numbers with and without marks between the thousands."""
    for match in _GROUPED.finditer(text):
        yield Instead(typed=tuple(split_words(match[0])), said=(re.sub(r"\D", "", match[0]),))
    for match in _PLAIN.finditer(text):
        number = int(match[0])
        if number not in _YEARS or number % 100 == 0:  # any other is a year
            yield Instead(typed=(match[0],), said=(f"{number:,}",))


def _counted(text: str) -> Iterator[Instead]:
    """Ordinals, decades, and numbers that are words."""
    for match in _ORDINAL.finditer(text):
        number = int(match[1])
        words = [word for word, value in ordinals().items() if value == number > 0]
        yield Instead(typed=(match[0].lower(),), said=(match[1], *words))
    for match in _DECADE.finditer(text):
        if match[2] != "00":
            said = f"19{match[2]}s" if match[1] is None else f"{match[2]}s"
            yield Instead(typed=tuple(split_words(match[0].lower())), said=(said,))
    words = split_words(_SLASHED.sub(" ", text.lower()))
    numbers, placed, digits = number_words(), ordinals(), _in_digits()
    for at, (word, after) in enumerate(pairwise([*words, ""])):
        found = number_at(words, at) if word in numbers else None
        if found is not None and found[0] > 1:
            yield Instead(typed=tuple(words[at : at + found[1]]), said=(str(found[0]),))
        elif placed.get(word, 0) > 1:
            yield Instead(typed=(word,), said=(f"{placed[word]}{ordinal_ending(placed[word])}",))
        elif word in digits and after.isalpha() and after not in _every_month():
            yield Instead(typed=(word,), said=(digits[word],))


def _numbered(text: str, common: Container[str]) -> Iterator[Instead]:
    """Kings, wars and games that are numbered: in digits or in Roman numerals."""
    plain = text == text.lower()
    for match in _NUMBERED.finditer(text):
        before = match[1].lower()
        named = (plain or match[1][0].isupper()) and before not in common and before not in _every_month()
        if named and 2 <= int(match[2]) <= HIGHEST_ROMAN:
            yield Instead(typed=(match[2],), said=(roman(int(match[2])),))
    for match in _ROMAN.finditer(text):
        number = romans().get(match[2].lower(), 0)
        if number and (len(match[2]) > 1 or match[1][0].isupper()):
            yield Instead(typed=(match[2].lower(),), said=(str(number),))
    for match in _JOINED.finditer(text):
        yield Instead(typed=(match[0].lower(),), said=(match[1].lower() + roman(int(match[2])),))
    for match in _JOINED_ROMAN.finditer(text):
        yield Instead(typed=(match[0].lower(),), said=(f"{match[1].lower()}{romans()[match[2].lower()]}",))


def _single(word: str, *, first: bool) -> Iterator[str]:
    """The other ways to write one word of a title."""
    if word.isdecimal() and 1 <= int(word) <= 100:
        if not first and int(word) <= HIGHEST_ROMAN:
            yield roman(int(word))
        if word in _in_digits():
            yield _in_digits()[word]
    elif not first and word in romans():
        yield str(romans()[word])
    elif word in number_words():
        yield str(number_words()[word])
