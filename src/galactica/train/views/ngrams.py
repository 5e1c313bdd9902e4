"""Runs of words of a text as numbers, at the speed of numpy: what is compared with evaluation sets.

A *word* is a run of letters and digits, by their base and in small letters: case, accents, width and whatever stands
between words make no difference. In scripts that write no spaces (Han, kana, Thai, Lao, Khmer, Burmese) each letter is
a word of its own, and a run is twice as long (1.8 letters count for a word in Chinese, `joining.quality`): a run of
`2n` words of which at least half are such letters, or of `n` words of which less than half are.

Places are code points of the text as it is given: folding changes no length. Two runs are equal where their 64-bit
hashes are; a collision would cut out a passage without need, and no more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

AT_ONCE = 2**20
"""Code points that are looked at together: 40 MB of arrays."""

OVERLAP = 2**13
"""Code points that two such stretches share, so that no run is lost between them: a run of 52 words of 150 letters."""

_SEPARATOR, _WORD, _ALONE, _IGNORED = range(4)
_UNSPACED = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF)),
    *((0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)
"""Scripts without spaces, as in `joining.tokens`."""

_LAST = 0x3FFFF
"""No letter stands above it."""

_UNFOLDED = ((0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, _LAST))
"""Han and Hangul have neither case nor accents: their letters stand for themselves."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that it has an inverse modulo 2^64."""

_SPREAD = np.uint64(0xD6E8FEB86659FD93)
"""Odd: brings what is in the lower bits of a sum into the upper ones, by which runs are looked up."""

_INVERSE = np.uint64(pow(int(_BASE), -1, 2**64))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumberedWords:
    """The words of a text.

    Attributes:
        starts, ends: int64 [n], code points, half-open.
        hashes: uint64 [n].
        alone: bool [n], which are letters of a script without spaces.
    """

    starts: Places
    ends: Places
    hashes: Hashes
    alone: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts)


def numbered_words(text: str) -> NumberedWords:
    """The words of a text of at most `AT_ONCE + OVERLAP` code points."""
    points = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), _LAST + 1)
    folded, kind = _tables()
    kinds = kind[points]
    positions = None
    if (kinds == _IGNORED).any():
        positions = np.flatnonzero(kinds != _IGNORED)
        points, kinds = points[positions], kinds[positions]
    within = kinds == _WORD
    beside = within[:-1] & within[1:]
    begins, finishes = kinds != _SEPARATOR, kinds != _SEPARATOR
    begins[1:] &= ~beside
    finishes[:-1] &= ~beside
    starts, ends = np.flatnonzero(begins), np.flatnonzero(finishes) + 1
    powers, inverses = _powers()
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum(folded[points] * powers[: len(points)], out=sums[1:])
    hashes = _mixed((sums[ends] - sums[starts]) * inverses[starts] + (ends - starts).astype(np.uint64))
    alone = kinds[starts] == _ALONE
    if positions is not None:
        starts, ends = positions[starts], positions[ends - 1] + 1
    return NumberedWords(starts=starts, ends=ends, hashes=hashes, alone=alone)


class WordRuns:
    """The runs of the words of a text, of whatever length is asked for."""

    def __init__(self, words: NumberedWords) -> None:
        self._count = len(words)
        self._sums = np.zeros(len(words) + 1, np.uint64)
        np.cumsum(words.hashes * _powers()[0][: len(words)], out=self._sums[1:])
        self._letters: Places | None = None
        if words.alone.any():
            self._letters = np.zeros(len(words) + 1, np.int64)
            np.cumsum(words.alone, out=self._letters[1:])

    def of(self, length: int, *, alone: bool) -> tuple[Places, Hashes]:
        """The runs of `length` words.

        Args:
            alone: runs of which at least half are letters of scripts without spaces; else the others.

        Returns:
            Number of the first word of each, and a hash of it, which no run of another length or kind has but by
            chance.
        """
        count = self._count - length + 1
        if count <= 0 or (alone and self._letters is None):
            return np.empty(0, np.int64), np.empty(0, np.uint64)
        firsts = np.arange(count)
        found = (self._sums[length:] - self._sums[:count]) * _powers()[1][:count]
        if self._letters is not None:
            chosen = (2 * (self._letters[length:] - self._letters[:count]) >= length) == alone
            firsts, found = firsts[chosen], found[chosen]
        return firsts, (found + np.uint64(2 * length + alone)) * _SPREAD


def text_stretches(text: str) -> Iterator[tuple[int, str]]:
    """A text in parts that can be looked at together: (first code point, part); each shares `OVERLAP` with the next."""
    start = 0
    while True:
        yield start, text[start : start + AT_ONCE + OVERLAP]
        start += AT_ONCE
        if start + OVERLAP >= len(text):
            return


def _mixed(values: Hashes) -> Hashes:
    """Each number as another that looks like chance (the finaliser of SplitMix64; Steele, Lea, Flood, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse modulo 2^64, for each place of a stretch."""
    count = AT_ONCE + OVERLAP + 1

    def powers(base: np.uint64) -> Hashes:
        out = np.full(count, base, np.uint64)
        out[0] = 1
        return np.cumprod(out)

    return powers(_BASE), powers(_INVERSE)


@cache
def _tables() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]:
    """What each code point is folded to, as a number that looks like chance, and what it is; the last stands for all
    above."""
    folded = np.arange(_LAST + 2, dtype=np.uint64)
    kind = np.zeros(_LAST + 2, np.uint8)
    unspaced = np.zeros(_LAST + 2, np.bool_)
    for first, last in _UNSPACED:
        unspaced[first : last + 1] = True
    plain = np.zeros(_LAST + 2, np.bool_)
    for first, last in _UNFOLDED:
        plain[first : last + 1] = True
        kind[first : last + 1] = _ALONE if first != 0xAC00 else _WORD
    for code in np.flatnonzero(~plain)[:-1].tolist():
        category = unicodedata.category(chr(code))
        if category[0] in "LN":
            kind[code] = _ALONE if unspaced[code] and category[1] != "d" else _WORD
            base = unicodedata.normalize("NFKD", chr(code).lower())[0].lower()
            folded[code] = ord(base[0])
        elif category[0] == "M" or category == "Cf":
            kind[code] = _IGNORED
    return _mixed(folded + np.uint64(1)), kind
