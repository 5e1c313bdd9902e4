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
from collections.abc import Sequence
from functools import lru_cache
from hashlib import shake_128
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from galactica.codes.han import narrowed, spread
from galactica.codes.letters import unaccented

LONGEST = 20_000
"""Characters of a text that are looked at; a passage has a tenth of that at most."""

LONGEST_WORD = 60
"""Letters of a word that count."""

BEGINNING = 5
"""Letters that words of one stem mostly share."""

PIECE = 4
"""Letters of the overlapping pieces of a word; less than `BEGINNING`, so that words with a beginning have pieces."""

TOGETHER = 256
"""Words whose vectors are made together: their pieces' patterns take 7 MB at most."""

KEPT = 16_384
"""Strings whose patterns are kept, 4 MB: half of the pieces of a passage's unlearned words were met just before."""

MARKS = "\u0300-\u036f\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
"""Character class of what goes on with a word but begins none, letters of the same scripts among them."""

WORD = re.compile(rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*")
"""A word in a folded text."""

_GROUPED = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")  # the comma first: it is looked for six times as fast as a digit
_BLANKED = bytes(byte if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))


def words(text: str) -> list[str]:
    """The words of a text, in order; a word longer than `LONGEST_WORD` is cut there."""
    text = ungrouped(text[:LONGEST])
    found = plain_words(text) if text.isascii() else WORD.findall(spread(narrowed(unaccented(text))))
    return [word[:LONGEST_WORD] for word in found] if len(text) > LONGEST_WORD else found


def plain_words(text: str) -> list[str]:
    """The words of a text in ASCII, in lower case."""
    # Three passes at memory speed instead of a regular expression: 74,000 passages a second against 27,000.
    return text.lower().encode("ascii").translate(_BLANKED).decode("ascii").split()


def ungrouped(text: str) -> str:
    """The text without the commas in numbers: 1,200 is 1200."""
    return _GROUPED.sub("", text) if "," in text else text


def pieces(word: str) -> list[str]:
    """The overlapping pieces of `PIECE` letters of a word with its borders marked; none of a short word."""
    if len(word) <= PIECE:
        return []
    bordered = f"<{word}>"
    return [bordered[i : i + PIECE] for i in range(len(bordered) - PIECE + 1)]


def letter_signs(letters: str, dimensions: int) -> NDArray[np.float32]:
    """The pattern of a string: ±1/√d each, from SHAKE128 of its UTF-8 form (FIPS 202): `float32 [dimensions]`."""
    pattern: NDArray[np.float32] = all_letter_signs([letters], dimensions)[0]
    return pattern


def all_letter_signs(several: Sequence[str], dimensions: int) -> NDArray[np.float32]:
    """The same of several strings: `float32 [strings, dimensions]`."""
    return np.divide(_signs(several, dimensions), np.float32(np.sqrt(dimensions)), dtype=np.float32)


def unlearned(
    several: Sequence[str], dimensions: int, whole: float, beginning: float, inside: float
) -> NDArray[np.float32]:
    """The vectors of words that no table knows: `float32 [words, dimensions]`.

    Each has length 1, whatever the three shares are, or is zeros where all that apply to it are.

    Args:
        whole, beginning, inside: how much the word, its first letters, and its pieces count.
    """
    out = np.empty((len(several), dimensions), np.float32)
    for start in range(0, len(several), TOGETHER):
        some = several[start : start + TOGETHER]
        vectors = out[start : start + TOGETHER]
        np.multiply(_signs(some, dimensions), np.float32(whole), out=vectors)
        begun = [number for number, word in enumerate(some) if len(word) >= BEGINNING]
        if begun:
            vectors[begun] += np.float32(beginning) * _signs([some[n][:BEGINNING] + "-" for n in begun], dimensions)
            parts = [pieces(some[number]) for number in begun]
            counts = np.array([len(each) for each in parts])
            pattern = _signs([part for each in parts for part in each], dimensions)
            sums = np.empty((len(begun), dimensions), np.int16)
            ends = np.cumsum(counts).tolist()
            for row, (low, high) in enumerate(pairwise([0, *ends])):  # a third of the time of `reduceat`
                np.add.reduce(pattern[low:high], axis=0, dtype=np.int16, out=sums[row])
            vectors[begun] += sums * (np.float32(inside) / np.sqrt(counts, dtype=np.float32))[:, None]
        lengths = np.sqrt(np.add.reduce(vectors * vectors, axis=1, keepdims=True))
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return out


def _signs(strings: Sequence[str], dimensions: int) -> NDArray[np.int8]:
    """The patterns of strings as ±1: `int8 [strings, dimensions]`."""
    bits = b"".join([_bits(each, dimensions // 8) for each in strings])
    plus = np.unpackbits(np.frombuffer(bits, np.uint8)).reshape(len(strings), dimensions).view(np.int8)
    return 2 * plus - 1


@lru_cache(maxsize=KEPT)
def _bits(letters: str, size: int) -> bytes:
    """`size` bytes of the pattern of a string."""
    return shake_128(letters.encode("utf-8", "replace")).digest(size)
