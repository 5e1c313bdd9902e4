"""The words of a text as numbers: what is compared and counted, at the speed of numpy.

A token is a run of letters, digits and marks; in scripts that write no spaces (Han, kana, Thai, Lao, Khmer, Burmese)
each letter with its marks is one, because a dictionary would be needed to cut words. Text is composed (NFC) and
case-folded before it is cut. Two tokens are equal where their hashes are, which is taken for granted where pairs are
proposed and n-grams counted; what is said of a pair in the end is compared letter by letter (`duplicates.comparing`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

LONGEST_TOKEN = 64
"""Letters of a token that its hash looks at: longer ones are addresses or noise; their length is in the hash too."""

_SEPARATOR, _WORD, _ALONE, _MARK, _MARK_ALONE = range(5)
_UNSPACED = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF)),
    *((0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)
"""Scripts without spaces, as `codes.segment` has them, with their extensions."""

_LAST_LETTER = 0x3FFFF
"""No letter stands above it; only tags, variation selectors and what is privately agreed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TextTokens:
    """The tokens of a text, in order.

    Attributes:
        text: the folded text that the places are in.
        starts, ends: int64 [n], code points of `text`, half-open.
        hashes: uint64 [n].
        alone: how many of them are single letters of a script without spaces.
    """

    text: str
    starts: Places
    ends: Places
    hashes: Hashes
    alone: int

    def __len__(self) -> int:
        return len(self.starts)

    def words(self) -> list[str]:
        """The tokens themselves."""
        text = self.text
        return [text[a:b] for a, b in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


def comparable_text(text: str) -> str:
    """Text composed and case-folded."""
    text = text.casefold()
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def tokens_of(text: str) -> TextTokens:
    """The tokens of a text.

    Source: 1.5 ms for 15,000 letters of English where a regular expression and Python's sets take 4 ms, 2026-11-29.
    """
    text = comparable_text(text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds()[np.minimum(codes, _LAST_LETTER + 1)]
    before = np.empty_like(kinds)
    before[:1], before[1:] = _SEPARATOR, kinds[:-1]
    apart = (before == _SEPARATOR) | (before == _ALONE) | (before == _MARK_ALONE)
    begins = (kinds == _ALONE) | ((kinds == _WORD) & apart) | ((kinds >= _MARK) & (before == _SEPARATOR))
    starts = np.flatnonzero(begins)
    gaps = np.append(np.flatnonzero(kinds == _SEPARATOR), len(codes))
    ends = np.minimum(np.append(starts[1:], len(codes)), gaps[np.searchsorted(gaps, starts)])
    return TextTokens(
        text=text,
        starts=starts,
        ends=ends,
        hashes=_hashes(codes, starts, ends - starts),
        alone=int(np.count_nonzero(kinds[starts] == _ALONE)),
    )


def shingles_of(hashes: Hashes, size: int) -> Hashes:
    """Hashes of each run of `size` tokens, in order; of a text that is shorter, none."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    found = hashes[:count].copy()
    for place in range(1, size):
        found = found * _FACTOR + hashes[place : place + count]
    return mixed(found)


def mixed(values: Hashes) -> Hashes:
    """Each 64-bit number as another that looks like chance.

    Source: the finaliser of SplitMix64 (Steele, Lea, Flood, 2014).
    """
    values = (values ^ (values >> _S30)) * _M1
    values = (values ^ (values >> _S27)) * _M2
    return values ^ (values >> _S31)


_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def _hashes(codes: npt.NDArray[np.uint32], starts: Places, lengths: Places) -> Hashes:
    """A hash of each token: a polynomial over its letters, one letter of all tokens at a time."""
    found = lengths.astype(np.uint64)
    going = np.arange(len(starts))
    for place in range(LONGEST_TOKEN):
        going = going[lengths[going] > place]
        if not len(going):
            break
        found[going] = found[going] * _FACTOR + codes[starts[going] + place]
    return mixed(found)


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """What each code point is to a token; the last stands for all above."""
    found = np.zeros(_LAST_LETTER + 2, dtype=np.uint8)
    unspaced = np.zeros(_LAST_LETTER + 2, dtype=bool)
    for first, last in _UNSPACED:
        unspaced[first : last + 1] = True
    for code in range(_LAST_LETTER + 1):
        category = unicodedata.category(chr(code))
        if category[0] in "LN":
            found[code] = _ALONE if unspaced[code] and category[1] != "d" else _WORD
        elif category[0] == "M" or code in (0x200C, 0x200D):
            found[code] = _MARK_ALONE if unspaced[code] else _MARK
    return found
