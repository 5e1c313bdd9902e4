"""The words of a text, as encoders see them, and the vectors of words that no table knows.

A word is a run of letters, marks and digits in lower case, without accents, in simplified Han; scripts without spaces
are spread into overlapping n-grams first (`codes.han`), so that "北京大学" is 北京, 京大, 大学. "1,200" is one word.

A word that was never learned still has a vector: a fixed pattern of signs made from the letters of the word, of its
beginning and of its pieces. Two different words are as good as orthogonal, the same word is always the same, words that
share a stem are a little alike. So a name, a number or a whole language that an encoder never saw is still matched by
its letters, as an index of words would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import shake_128

import numpy as np
from numpy.typing import NDArray

from galactica.codes.han import narrowed, spread
from galactica.codes.letters import folded

LONGEST = 20_000
"""Characters of a text that are looked at; a passage has a tenth of that at most."""

LONGEST_WORD = 60
"""Letters of a word that count."""

BEGINNING = 5
"""Letters that words of one stem mostly share."""

PIECE = 4
"""Letters of the overlapping pieces of a word."""

MARKS = "\u0300-\u036f\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
"""Character class of what goes on with a word but begins none, letters of the same scripts among them."""

WORD = re.compile(rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*")
"""A word in a folded text."""

_GROUPED = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")  # the comma first: it is looked for six times as fast as a digit
_BLANKED = bytes(byte if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))


def words(text: str) -> list[str]:
    """The words of a text, in order; a word longer than `LONGEST_WORD` is cut there."""
    text = ungrouped(text[:LONGEST])
    if text.isascii():
        # Three passes at memory speed instead of a regular expression: 74,000 passages a second against 27,000.
        found = text.lower().encode("ascii").translate(_BLANKED).decode("ascii").split()
    else:
        found = WORD.findall(spread(narrowed(folded(text))))
    return [word[:LONGEST_WORD] for word in found] if len(text) > LONGEST_WORD else found


def ungrouped(text: str) -> str:
    """The text without the commas in numbers: 1,200 is 1200."""
    return _GROUPED.sub("", text) if "," in text else text


def pieces(word: str) -> list[str]:
    """The overlapping pieces of `PIECE` letters of a word with its borders marked; none of a short word."""
    if len(word) <= PIECE:
        return []
    bordered = f"<{word}>"
    return [bordered[i : i + PIECE] for i in range(len(bordered) - PIECE + 1)]


@lru_cache(maxsize=20_000)
def signs(letters: str, dimensions: int) -> NDArray[np.float32]:
    """The pattern of a string: ±1/√d each, from SHAKE128 of its UTF-8 form (FIPS 202): `float32 [dimensions]`."""
    bits = shake_128(letters.encode("utf-8", "replace")).digest(dimensions // 8)
    plus = np.unpackbits(np.frombuffer(bits, np.uint8)).astype(np.float32)
    return (2 * plus - 1) / np.float32(np.sqrt(dimensions))


def unlearned(word: str, dimensions: int, whole: float, beginning: float, inside: float) -> NDArray[np.float32]:
    """The vector of a word that no table knows: of length about 1, whatever the three shares are.

    Args:
        whole, beginning, inside: how much the word, its first letters, and its pieces count.
    """
    vector = whole * signs(word, dimensions)
    if len(word) >= BEGINNING:
        vector = vector + beginning * signs(word[:BEGINNING] + "-", dimensions)
    if parts := pieces(word):
        vector = vector + inside * _sum(parts, dimensions) / np.float32(np.sqrt(len(parts)))
    length = float(np.sqrt(np.add.reduce(vector * vector)))
    return (vector / length).astype(np.float32) if length else vector.astype(np.float32)


def _sum(parts: Iterable[str], dimensions: int) -> NDArray[np.float32]:
    return np.sum([signs(part, dimensions) for part in parts], axis=0, dtype=np.float32)  # type: ignore[no-any-return]
