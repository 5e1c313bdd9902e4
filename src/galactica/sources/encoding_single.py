"""Which encoding of one byte a letter a text is written in, where it does not say: by the letters of languages.

Every byte is some letter or sign in each of them, so nothing fails when a text is read in a wrong one: "Łódź" becomes
"£ódŸ". So a text is read in each, and its letters beyond ASCII are held against those of the languages that are written
in it (`encoding_letters.toml`). What no such language has counts against it, and so do signs and capitals inside of
words. Where two readings are as good, the one in which more small words of a language stand wins, then the likelier
encoding. What fits no language stays unknown.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from galactica.languages.tables import facts
from galactica.sources.encoding_sample import telling_bytes

SAMPLE = 4096
"""Bytes that are looked at, twice as many where the first are nearly all ASCII."""

FAULT = 3
"""What a letter or sign that does not belong there counts, beside one that does."""

ENOUGH, ENOUGH_FREQUENT = 0.85, 0.7
"""How well a reading must fit of 1, the best there is: letters of Latin, of other scripts."""

CAPITALS = 0.2
"""What it counts against a text in a script of its own that most of it is in capitals, as misread small letters are."""

EXPECTED = 0.66
"""Share of the thirteen most frequent letters of a language in running text; tables of names have some less."""

DENSE = 4
"""Where more than one in so many characters is not ASCII, and signs are as many as letters, it is none of these
encodings: a few words of Chinese or Korean in theirs look so."""

_HIGH = re.compile("[^\x00-\x7f]")
_INSIDE = re.compile("(?<=[^\\W\\d_])[^\x00-\x7f\\w\u2019\u2018\u00b7\u00ad\u2010-\u2014\u2026\xa0](?=[^\\W\\d_])")
"""A sign between two letters, but for apostrophes, hyphens and dashes."""

_BEFORE = re.compile("[^\x00-\x7f\\w\\s](?=[^\\W\\d_])")
"""A sign right before a letter: of some categories that is odd too."""

_WORD = re.compile(r"[^\W\d_]+")
_ORDINAL = re.compile("(?<=[a-z])[ªº]")
_SIGNS = frozenset("ªºµ")
_MIXED = re.compile("[a-zA-Z][\u0370-\u0e7f]|[\u0370-\u0e7f][a-zA-Z]")
"""Letters of two scripts in one word."""

_DRAWN = re.compile("[\u2500-\u259f\x80-\x9f\ufffd]")
"""Lines and blocks of old terminals, control signs, and what is no letter at all."""


def single_byte(raw: bytes) -> str:
    """The codec of a text, or of one that starts so; "" where no language fits any of them, or all bytes are ASCII."""
    raw = telling_bytes(raw, SAMPLE)
    if raw.isascii():
        return ""
    readings: list[tuple[float, int, str, str, str]] = []
    for order, (codec, tags) in enumerate(_codecs()):
        text = raw.decode(codec, "replace")
        letters, faults = _letters_of(text), _faults(text)
        capital = sum(map(str.isupper, _HIGH.findall(text))) * 2 > letters.total()
        for tag in tags:
            odd = len(_odd()[tag].findall(text.lower())) if tag in _odd() else 0
            fit = _fit(letters, faults + odd, tag) - (CAPITALS if capital and tag in _frequent() else 0.0)
            if fit >= (ENOUGH_FREQUENT if tag in _frequent() else ENOUGH):
                readings.append((round(fit, 3), -order, codec, tag, text))
    best = max((fit for fit, *_ in readings), default=0.0)
    equal = [(order, codec, tag, text) for fit, order, codec, tag, text in readings if fit == best]
    if len({text for *_, text in equal}) > 1:
        equal.sort(key=lambda each: (_small_words(each[3], each[2]), each[0]), reverse=True)
    return equal[0][1] if equal and not _of_signs(equal[0][3]) else ""


def _of_signs(text: str) -> bool:
    """Whether much of a text is not ASCII, and of that as many are signs as letters."""
    high = len(_HIGH.findall(text))
    return high * DENSE > len(text) and _letters_of(text).total() * 2 <= high


def _letters_of(text: str) -> Counter[str]:
    """How often each letter beyond ASCII stands in a text, in lower case."""
    return Counter(
        each
        for each in "".join(_HIGH.findall(text)).lower()
        if each > "\x7f" and each not in _SIGNS and (each.isalpha() or _is_mark(each))
    )


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) == "Mn"


def _faults(text: str) -> int:
    """Signs and capitals that stand where no language has them."""
    found = len(_INSIDE.findall(text)) + len(_DRAWN.findall(text)) + len(_ORDINAL.findall(text))
    found += len(_MIXED.findall(text))
    found += sum(unicodedata.category(each) in ("Sc", "Sk", "Sm", "So", "No") for each in _BEFORE.findall(text))
    for word in _WORD.findall(text):
        if not word.isascii() and not word.isupper():
            found += sum(one.islower() and two.isupper() and not (one + two).isascii() for one, two in pairwise(word))
    return found


def _fit(letters: Counter[str], faults: int, tag: str) -> float:
    """How well letters are those of a language; 1 where all are."""
    own, often = _letters()[tag], _frequent().get(tag)
    count = letters.total()
    if not count:
        return 0.0 if often or faults else 1.0
    foreign = sum(found for letter, found in letters.items() if letter not in own)
    if often is None:
        return (count - foreign - FAULT * (foreign + faults)) / count
    frequent = sum(found for letter, found in letters.items() if letter in often)
    return min(1.0, frequent / count / EXPECTED) - FAULT * (foreign + faults) / count


def _small_words(text: str, tag: str) -> int:
    """How many of the small words of a language, of two letters or more and not all ASCII, stand in a text."""
    return len(_accented(tag).intersection(_WORD.findall(text.lower())))


@cache
def _accented(tag: str) -> frozenset[str]:
    words = facts(tag).get("guess", {}).get("words", "").split()
    return frozenset(word for word in words if len(word) > 1 and not word.isascii())


@cache
def _table() -> dict[str, Any]:
    text = resources.files("galactica.sources").joinpath("encoding_letters.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _codecs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (codec, tuple(tags.split())) for codec, _, tags in (row.partition(":") for row in _table()["readings"])
    )


@cache
def _odd() -> dict[str, re.Pattern[str]]:
    return {tag: re.compile(pattern) for tag, pattern in _table()["odd"].items()}


@cache
def _letters() -> dict[str, frozenset[str]]:
    return {tag: frozenset(letters) for tag, letters in _table()["letters"].items()}


@cache
def _frequent() -> dict[str, frozenset[str]]:
    return {tag: frozenset(letters) for tag, letters in _table()["frequent"].items()}
