"""Text as numbers and dates are looked for in it, and the words of the languages that they are written with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import by_language
from galactica.values.number_words import han_in_digits

LONGEST = 400
"""Characters of a text that are looked at."""

MOST = 12
"""Amounts, and dates, that are taken from one text."""


def as_looked_through(text: str) -> str:
    """A text half as wide, in lower case, simplified, with plain digits and Western marks for minus and space."""
    text = folded(fold_han(unicodedata.normalize("NFKC", text[:LONGEST])))
    digits = {ord(c): str(unicodedata.digit(c)) for c in set(text) if not c.isascii() and c.isdecimal()}
    text = han_in_digits(text.translate(digits))
    return re.sub("[\u00a0\u2009\u202f]", " ", text.replace("−", "-").replace("–", "-").replace("—", "-"))


@cache
def words_anywhere(head: str, name: str) -> tuple[str, ...]:
    """The words of every language under a name of a head of their files, folded."""
    every = (word for entry in by_language(head).values() for word in entry.get(name, "").split())
    return tuple(map(fold_word, every))


def fold_word(word: str) -> str:
    """A word of a file as texts are looked through for it: folded, "_" a blank."""
    return folded(fold_han(word)).replace("_", " ")


@cache
def scales() -> dict[str, float]:
    """A word for a large number, folded → the number."""
    return {
        fold_word(word): float(number)
        for entry in by_language("numbers").values()
        for number, words in entry.get("scales", {}).items()
        for word in words.split()
    }


def any_of(words: Iterable[str]) -> str:
    """Any of some words, the longest first, as the inside of a regular expression; a blank is any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered)
