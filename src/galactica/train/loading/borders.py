"""Where the pieces of many texts begin, told from their bytes at once: the rule of `words`, in arrays.

A piece begins where the class of a code point changes, but not behind a space that stands alone before a letter, a
digit or a sign. What else the rule says is put right afterwards: English endings, digits and Han by their count. A text
with a run that is longer than its bound otherwise, which hardly one has, is cut by the regular expression.

Runs of Han are cut further, wherever no token of the vocabulary can lie across (`Joints`): what a byte-level BPE makes
of two sides that no token joins is what it makes of each. So the table meets words of one or two signs, which come
again, and not phrases, which do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.train.loading.words import (
    DIGITS,
    HAN,
    MOST_HAN,
    MOST_LETTERS,
    MOST_SIGNS,
    MOST_SPACES,
    SIGNS,
    SPACE,
    cut_pieces,
)

END = 0xFF
"""The byte that stands before the first text, behind each, and in none."""

PADDING = 32
"""Bytes behind the last that are looked at, and count for nothing."""

_LETTER, _DIGIT, _SIGN, _HAN, _SPACE, _END = range(1, 7)
_CLASS, _JOINED_BEFORE, _JOINED_BEHIND = 0x07, 0x08, 0x10
_LONGEST = np.array([0, MOST_LETTERS, 3, MOST_SIGNS, 3 * MOST_HAN, MOST_SPACES, 1, 0])
"""Bytes of a piece of each class above which it may be longer than its bound."""

_LEAST_PAIRS = 2**14
_PAIR_FACTORS = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)


@dataclass(frozen=True, slots=True, eq=False)
class Joints:
    """Between which signs a token may lie across; elsewhere surely none does.

    Attributes:
        classes: `uint8 [0x110000]`, the class of each code point, and whether it may be joined to whatever is before or
            behind it.
        pairs: `bool [a power of two]`, by a hash of two code points: whether they may be joined.
        none: nothing is known; every pair may be joined.
    """

    classes: npt.NDArray[np.uint8]
    pairs: npt.NDArray[np.bool_]
    none: bool

    @classmethod
    def of(cls, tokens: Sequence[bytes]) -> Joints:
        """What these tokens can lie across; where one begins or ends inside of a sign, any that could be meant."""
        classes = _class_table()
        firsts: list[int] = []
        seconds: list[int] = []
        none = False
        for token in tokens:
            for at in range(1, len(token)):
                if token[at] & 0xC0 != 0x80:
                    left, right = _last_sign(token[:at]), _first_sign(token[at:])
                    if left is None and right is None:
                        none = True
                    elif left is None and right is not None:
                        classes[right] |= _JOINED_BEFORE
                    elif right is None and left is not None:
                        classes[left] |= _JOINED_BEHIND
                    elif left is not None and right is not None and left >= 0x80 <= right:
                        firsts.append(left)
                        seconds.append(right)
        pairs = np.zeros(max(_LEAST_PAIRS, 1 << (64 * len(firsts)).bit_length()), bool)
        if firsts:
            pairs[_pair(np.array(firsts, np.uint32), np.array(seconds, np.uint32)) & np.uint32(len(pairs) - 1)] = True
        return cls(classes, pairs, none)

    def apart(self, points: npt.NDArray[np.uint32], told: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
        """Whether surely no token lies across each code point and the one before: `bool [n - 1]`.

        Args:
            points: `uint32 [n]`.
            told: `uint8 [n]`, what `classes` says of each.
        """
        if self.none:
            return np.zeros(max(len(points) - 1, 0), bool)
        joined = self.pairs.take(_pair(points[:-1], points[1:]) & np.uint32(len(self.pairs) - 1))
        joined |= (told[1:] & _JOINED_BEFORE) != 0
        joined |= (told[:-1] & _JOINED_BEHIND) != 0
        return ~joined


def unit_starts(data: npt.NDArray[np.uint8], size: int, joints: Joints) -> npt.NDArray[np.int64]:
    """Where the units begin that are looked up, ascending: pieces, and parts of pieces that no token lies across.

    Args:
        data: `END`, then texts in valid UTF-8, `END` behind each; then `PADDING` bytes of any kind.
        size: bytes without the padding.
    """
    kinds = _ASCII.take(data)
    leads = np.flatnonzero((data[:size] >= 0xC0) & (data[:size] < END))
    points, told = _wide(data, leads, kinds, joints)
    border = np.empty(size + PADDING, bool)
    border[0] = True
    np.not_equal(kinds[1:], kinds[:-1], out=border[1:])
    border[2:] &= ~((data[1:-1] == 0x20) & (kinds[:-2] != _SPACE) & (kinds[2:] <= _SIGN))
    border |= data == END
    border[size:] = False
    _endings(data, kinds, border, leads, points)
    starts = np.flatnonzero(border)
    lengths = np.diff(starts, append=size)
    sorts = kinds.take(starts + (lengths - 1))
    over = np.flatnonzero(lengths > _LONGEST.take(sorts))
    if len(over):
        _cut_long(data, size, border, starts[over], lengths[over], sorts[over])
    if len(leads):
        inside = (told[1:] & _CLASS == _HAN) & (told[:-1] & _CLASS == _HAN) & (leads[1:] == leads[:-1] + 3)
        border[leads[1:][inside & joints.apart(points, told)]] = True
    return np.flatnonzero(border)


def _wide(
    data: npt.NDArray[np.uint8], leads: npt.NDArray[np.int64], kinds: npt.NDArray[np.uint8], joints: Joints
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """The code points that begin at `leads`, and what `classes` says of them; writes their classes into `kinds`."""
    if not len(leads):
        return np.zeros(0, np.uint32), np.zeros(0, np.uint8)
    first, second, third = (data.take(leads + at).astype(np.uint32) for at in range(3))
    points = ((first & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F)).astype(np.uint32, copy=False)
    two = np.flatnonzero(first < 0xE0)
    points[two] = (first[two] & 0x1F) << 6 | (second[two] & 0x3F)
    four = np.flatnonzero(first >= 0xF0)
    if len(four):
        fourth = data.take(leads[four] + 3).astype(np.uint32) & 0x3F
        points[four] = (first[four] & 0x07) << 18 | (second[four] & 0x3F) << 12 | (third[four] & 0x3F) << 6 | fourth
    told = joints.classes.take(points)
    plain = told & _CLASS
    kinds[leads] = plain
    kinds[leads + 1] = plain
    three = np.flatnonzero(first >= 0xE0)
    kinds[leads[three] + 2] = plain[three]
    kinds[leads[four] + 3] = plain[four]
    return points, told


def _endings(
    data: npt.NDArray[np.uint8],
    kinds: npt.NDArray[np.uint8],
    border: npt.NDArray[np.bool_],
    leads: npt.NDArray[np.int64],
    points: npt.NDArray[np.uint32],
) -> None:
    """Put an apostrophe that begins a piece together with the English ending behind it."""
    plain = np.flatnonzero(data == 0x27)
    curled = leads[points == 0x2019]
    for places, width in ((plain, 1), (curled, 3)):
        found = places[border[places]]
        after = found + width
        found, after = found[kinds[after] == _LETTER], after[kinds[after] == _LETTER]
        if not len(found):
            continue
        size = _ONE.take(data[after])
        pair = data[after].astype(np.int64) << 8 | data[after + 1]
        size[(pair == _TWO[0]) | (pair == _TWO[1]) | (pair == _TWO[2])] = 2
        after, size = after[size > 0], size[size > 0]
        border[after] = False
        border[after + size] = True


def _cut_long(
    data: npt.NDArray[np.uint8],
    size: int,
    border: npt.NDArray[np.bool_],
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    sorts: npt.NDArray[np.uint8],
) -> None:
    """Cut pieces that may be longer than their bound."""
    wide = sorts == _HAN
    odd = starts[(sorts != _DIGIT) & ~wide]
    if wide.any() and len(fours := np.flatnonzero(data[:size] >= 0xF0)):
        odd = np.concatenate((odd, fours[data[fours] != END]))
    texts = np.flatnonzero(data[:size] == END)
    by_rule = np.zeros(len(texts), bool)
    by_rule[np.searchsorted(texts, odd) - 1] = True
    skipped = by_rule[np.searchsorted(texts, starts) - 1]
    digits = (sorts == _DIGIT) & ~skipped
    body = starts + (data[starts] == 0x20)
    for chosen, step in ((digits, 3), (wide & ~skipped, 3 * MOST_HAN)):
        begin, more = body[chosen], (starts[chosen] + lengths[chosen] - body[chosen] - 1) // step
        inside = np.arange(int(more.sum())) - np.repeat(np.cumsum(more) - more, more)
        border[np.repeat(begin, more) + step * (inside + 1)] = True
    for text in np.flatnonzero(by_rule).tolist():
        begin, end = int(texts[text]) + 1, int(texts[text + 1])
        pieces = cut_pieces(data[begin:end].tobytes().decode())
        border[begin:end] = False
        border[begin + np.cumsum([0, *(len(piece.encode()) for piece in pieces[:-1])])] = True


def _class_table() -> npt.NDArray[np.uint8]:
    """The class of each code point."""
    classes = np.full(0x110000, _LETTER, np.uint8)
    for sort, ranges in ((_DIGIT, DIGITS), (_SIGN, SIGNS), (_HAN, HAN), (_SPACE, SPACE)):
        for first, last in ranges:
            classes[first : last + 1] = sort
    return classes


def _pair(first: npt.NDArray[np.uint32], second: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    mixed: npt.NDArray[np.uint32] = first * _PAIR_FACTORS[0] ^ second * _PAIR_FACTORS[1]
    mixed ^= mixed >> np.uint32(15)
    return mixed


def _last_sign(raw: bytes) -> int | None:
    """The code point that ends bytes; None where they do not end with a whole one."""
    for size in range(1, min(4, len(raw)) + 1):
        try:
            return ord(raw[-size:].decode())
        except (UnicodeDecodeError, TypeError):
            continue
    return None


def _first_sign(raw: bytes) -> int | None:
    """The code point that begins bytes; None where they do not begin with a whole one."""
    for size in range(1, min(4, len(raw)) + 1):
        try:
            return ord(raw[:size].decode())
        except (UnicodeDecodeError, TypeError):
            continue
    return None


_ASCII = np.zeros(256, np.uint8)
_ASCII[:128] = _class_table()[:128]
_ASCII[END] = _END
_ONE = np.zeros(256, np.int64)
_ONE[list(b"stmd")] = 1
_TWO = [int.from_bytes(each, "big") for each in (b"re", b"ve", b"ll")]
