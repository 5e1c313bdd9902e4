"""Numbers in the files of a static edition: varints, packed bits, lists of articles with how much each counts.

docs/formats/static.md, "Numbers" and "Lists", is normative. Everything that is read here comes from elsewhere: what is
too short, too long or out of range raises `ValueError`, and nothing is made that is larger than a small multiple of the
bytes given.

A list names articles by number, ascending, each with a *level*: how much the word counts for the article, on a
logarithmic scale of 16 steps for each doubling. Numbers are kept by Elias–Fano (P. Elias, JACM 21(2), 1974; R. Fano,
MIT Project MAC memo 61, 1971): the low bits side by side, the high ones in unary, 2 + log2(all / listed) bits each.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import numpy as np
import numpy.typing as npt

STEPS = 16
"""Levels for each doubling."""

ONE = 128
"""Level of 1.0; levels are 1 to 255, so what counts spans 2^-8 to 2^8."""

Numbers = npt.NDArray[np.int64]


def leb128(value: int) -> bytes:
    """A number ≥ 0 as LEB128 (as in DWARF 5 §7.6): seven bits a byte, the lowest first."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


class Bytes:
    """Bytes that are read from their beginning on.

    Attributes:
        raw: all of them.
        at: how many were read.
    """

    def __init__(self, raw: bytes, at: int = 0) -> None:
        self.raw, self.at = raw, at

    def number(self) -> int:
        """The next leb128, below 2^49.

        Raises:
            ValueError: there is none.
        """
        value = shift = 0
        while True:
            if self.at >= len(self.raw) or shift > 42:
                raise ValueError("a number is cut off or too long")
            byte = self.raw[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def take(self, size: int) -> bytes:
        """The next `size` bytes; ValueError where there are fewer."""
        if size > len(self.raw) - self.at:
            raise ValueError("it is cut off")
        self.at += size
        return self.raw[self.at - size : self.at]

    @property
    def ended(self) -> bool:
        """Whether everything was read."""
        return self.at == len(self.raw)


def levels_of(values: npt.NDArray[np.float64]) -> Numbers:
    """The levels of `float64 [n]`, all > 0: `int64 [n]`, 1 to 255, the nearest on the scale."""
    return np.searchsorted(_borders(), values, side="right").astype(np.int64) + 1


@cache
def _borders() -> npt.NDArray[np.float64]:
    """Where each level but the first begins, half a step below it: by decimal arithmetic, which is the same on every
    machine, as logarithms are not."""
    return np.array([float(Decimal(2) ** (Decimal(2 * (level - ONE) - 1) / (2 * STEPS))) for level in range(2, 256)])


def values_of_levels(levels: Numbers) -> npt.NDArray[np.float64]:
    """What levels count: `float64 [n]`."""
    return np.exp2((levels - ONE) / STEPS)


def low_bits(articles: int, listed: int) -> int:
    """How many low bits of each number stand by themselves in a list of `listed` of `articles`."""
    return max(0, (articles // listed).bit_length() - 1)


def encode_list(numbers: Numbers, levels: Numbers, articles: int) -> bytes:
    """A list as bytes.

    Args:
        numbers: of articles, ascending, `int64 [n]`, n ≥ 1, below `articles`.
        levels: of each, 1 to 255.
    """
    listed = len(numbers)
    least = int(levels.min())
    width = (int(levels.max()) - least).bit_length()
    low = low_bits(articles, listed)
    parts = [leb128(listed), bytes((least, width))]
    if width:
        parts.append(_packed(levels - least, width))
    if low:
        parts.append(_packed(numbers & (1 << low) - 1, low))
    bits = np.zeros(listed + (articles - 1 >> low) + 1, np.uint8)
    bits[(numbers >> low) + np.arange(listed)] = 1
    parts.append(np.packbits(bits, bitorder="little").tobytes())
    return b"".join(parts)


def decode_list(raw: bytes, articles: int) -> tuple[Numbers, Numbers]:
    """(numbers, levels) of a list, as `encode_list` has them.

    Raises:
        ValueError: it is none.
    """
    reader = Bytes(raw)
    listed = reader.number()
    if not 1 <= listed <= articles or listed > 8 * len(raw):
        raise ValueError("a list counts wrong")
    least, width = reader.take(2)
    if width > 8 or least < 1 or least + (1 << width) - 1 > 510:
        raise ValueError("a list has levels that are none")
    low = low_bits(articles, listed)
    levels = least + (_unpacked(reader, listed, width) if width else np.zeros(listed, np.int64))
    lows = _unpacked(reader, listed, low) if low else np.zeros(listed, np.int64)
    size = listed + (articles - 1 >> low) + 1
    bits = np.unpackbits(np.frombuffer(reader.take(size + 7 >> 3), np.uint8), bitorder="little")
    ones = np.flatnonzero(bits)
    if not reader.ended or len(ones) != listed:
        raise ValueError("a list is not as long as it says")
    numbers = (ones - np.arange(listed) << low) + lows
    if int(numbers[-1]) >= articles or int(levels.max()) > 255 or bool((np.diff(numbers) <= 0).any()):
        raise ValueError("a list is out of order")
    return numbers, levels


def _packed(values: Numbers, width: int) -> bytes:
    """Numbers side by side, `width` bits each, the lowest bit first."""
    bits = (values[:, None] >> np.arange(width) & 1).astype(np.uint8)
    return np.packbits(bits.ravel(), bitorder="little").tobytes()


def _unpacked(reader: Bytes, count: int, width: int) -> Numbers:
    raw = reader.take(count * width + 7 >> 3)
    bits = np.unpackbits(np.frombuffer(raw, np.uint8), bitorder="little", count=count * width)
    return bits.reshape(count, width).astype(np.int64) @ (1 << np.arange(width, dtype=np.int64))


def front_coded(previous: bytes, key: bytes) -> bytes:
    """A key behind another: how many bytes they share, how many follow, those."""
    shared = 0
    for one, other in zip(previous, key, strict=False):
        if one != other:
            break
        shared += 1
    return leb128(shared) + leb128(len(key) - shared) + key[shared:]


def next_key(reader: Bytes, previous: bytes) -> bytes:
    """The key behind `previous`; ValueError where it is cut off."""
    shared, more = reader.number(), reader.number()
    if shared > len(previous):
        raise ValueError("a key shares more than there is")
    return previous[:shared] + reader.take(more)


def text_bytes(values: Sequence[str]) -> bytes:
    """Texts one after the other: how many bytes of UTF-8, those."""
    return b"".join(leb128(len(raw)) + raw for raw in (value.encode("utf-8", "replace") for value in values))
