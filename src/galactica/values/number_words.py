"""Numbers that are written in letters: English words, Roman numerals, Han characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from galactica.languages import facts

HIGHEST_ROMAN = 60
"""The highest number that is also looked for in Roman numerals: Super Bowls are near it, popes and kings below."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """A number from 1 to 3999 in Roman numerals, in lower case."""
    letters = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        letters += sign * count
    return letters


@cache
def romans() -> dict[str, int]:
    """Roman numeral in lower case → number, up to `HIGHEST_ROMAN`."""
    return {roman(number): number for number in range(1, HIGHEST_ROMAN + 1)}


@cache
def number_words() -> dict[str, int]:
    """English word → number: one to twenty, the tens, a hundred."""
    english = facts("en")["numbers"]
    tens = {word: 10 * number for number, word in enumerate(english["tens"].split(), 2)}
    return {word: number for number, word in enumerate(english["words"].split())} | tens


@cache
def ordinals() -> dict[str, int]:
    """English ordinal → number, first to twentieth."""
    return {word: number for number, word in enumerate(facts("en")["numbers"]["ordinals"].split())}


def number_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """(number, how many words it takes) where an English number begins at a word: "twenty", "five" is 25."""
    number = number_words().get(words[at])
    if number is None:
        return None
    unit = number_words().get(words[at + 1], 0) if at + 1 < len(words) else 0
    return (number + unit, 2) if 20 <= number < 100 and 1 <= unit <= 9 else (number, 1)


def in_a_row(text: str) -> bool:
    """Whether a text in lower case is an English ordinal and no other number: "fourth", "the 4th tooth"; a share ("a
    fifth", "two thirds") is none."""
    words = re.findall(r"[a-z]+|\d+(?:st|nd|rd|th)?", text)
    first = 1 if words[:1] == ["the"] else 0
    begins = words[first] if len(words) > first else ""
    if begins not in ordinals() and not re.fullmatch(r"\d+(?:st|nd|rd|th)", begins):
        return False
    return not any(word[0].isdigit() or word in number_words() for word in words[first + 1 :])


def ordinal_ending(number: int) -> str:
    """What stands behind the digits of an English ordinal: "st" of 21st, "th" of 11th."""
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_MAGNITUDES = {"十": 10, "百": 100, "千": 1000}

_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}

_LONE = frozenset("一零千百")

_HAN_RUN = re.compile("[零〇一二三四五六七八九两兩十百千]+")


def han_in_digits(text: str) -> str:
    """A text with its numbers in Han characters as digits: 一千二百 is 1200, 二〇一五 is 2015; a lone 一 stays."""
    return _HAN_RUN.sub(lambda match: match[0] if match[0] in _LONE else _han(match[0]), text)


def _han(run: str) -> str:
    if all(c in _HAN_DIGITS for c in run):
        return "".join(str(_HAN_DIGITS[c]) for c in run)
    total, digit = 0, 0
    for c in run:
        if c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
        else:
            total += (digit or 1) * _MAGNITUDES[c]
            digit = 0
    return str(total + digit)
