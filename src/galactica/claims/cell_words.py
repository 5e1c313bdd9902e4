"""Words that cells have besides their values, and columns that are no property: `cells.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.values.written import any_of, fold_word


@cache
def cell_words(kind: str) -> frozenset[str]:
    """The words of a table of `cells.toml`, folded, with blanks, of every language."""
    table = tomllib.loads(files(__package__).joinpath("cells.toml").read_text("utf-8"))
    return frozenset(fold_word(word) for words in table[kind].values() for word in words.split())


@cache
def words_inside(kind: str) -> re.Pattern[str]:
    """Any of the words anywhere in a folded text; those of scripts with spaces as whole words."""
    words = cell_words(kind)
    apart = any_of(word for word in words if not unspaced(word))
    joined = any_of(word for word in words if unspaced(word))
    return re.compile("|".join(filter(None, (rf"(?<!\w)(?:{apart})(?!\w)" if apart else "", joined))))


def as_read(text: str) -> str:
    """A text as cells are looked through: folded, simplified, with plain digits; exactly as long."""
    text = folded(fold_han(text))
    return text if text.isascii() else text.translate(_digits())


@cache
def _digits() -> dict[int, str]:
    """Digits of other scripts, and marks for minus, dashes and spaces, as the usual ones; superscripts stay."""
    found = {0xA0: " ", 0x2009: " ", 0x202F: " ", 0x2007: " ", 0x2212: "-", 0x2013: "-", 0x2014: "-", 0x301C: "~"}
    found |= {0x66B: ".", 0x66C: ","}  # Arabic marks in numbers
    found |= {0xFF5E: "~", 0x223C: "~", 0x2248: "~"}
    for first in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0x1040):
        found |= {first + digit: str(digit) for digit in range(10)}
    return found
