"""Text as numbers and dates are looked for in it, and the words they are written with: of the languages, and units."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import by_language

LONGEST = 400
"""Characters of a text that are looked at."""


def plain(text: str) -> str:
    """A text half as wide, in lower case, simplified, with plain digits and Western marks for minus and space."""
    text = folded(fold_han(unicodedata.normalize("NFKC", text[:LONGEST])))
    digits = {ord(c): str(unicodedata.digit(c)) for c in set(text) if not c.isascii() and c.isdecimal()}
    text = _han_numbers(text.translate(digits))
    return re.sub("[\u00a0\u2009\u202f]", " ", text.replace("−", "-").replace("–", "-").replace("—", "-"))


_MOST_MAGNITUDE = {"十": 10, "百": 100, "千": 1000}

_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}

_LONE = frozenset("一零千百")

_HAN_RUN = re.compile("[零〇一二三四五六七八九两兩十百千]+")


def _han_numbers(text: str) -> str:
    """Numbers in Han characters as digits: 一千二百 is 1200, 二〇一五 is 2015; a lone 一 stays."""
    return _HAN_RUN.sub(lambda match: match[0] if match[0] in _LONE else _han(match[0]), text)


def _han(run: str) -> str:
    if all(c in _HAN_DIGITS for c in run):
        return "".join(str(_HAN_DIGITS[c]) for c in run)
    total, digit = 0, 0
    for c in run:
        if c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
        else:
            total += (digit or 1) * _MOST_MAGNITUDE[c]
            digit = 0
    return str(total + digit)


@cache
def table() -> dict[str, dict[str, str]]:
    """How units are written: `values.toml`."""
    return tomllib.loads(files(__package__).joinpath("values.toml").read_text("utf-8"))


@cache
def spoken(head: str, name: str) -> tuple[str, ...]:
    """The words of every language under a name of a head of their files, folded."""
    every = (word for entry in by_language(head).values() for word in entry.get(name, "").split())
    return tuple(folded(fold_han(word)).replace("_", " ") for word in every)


@cache
def scales() -> dict[str, float]:
    """A word for a large number, as it stands in its language's file → the number."""
    return {
        word: float(number)
        for entry in by_language("numbers").values()
        for number, words in entry.get("scales", {}).items()
        for word in words.split()
    }
