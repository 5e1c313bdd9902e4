"""What goes round and round: objects in blocks, blocks as packets with redundancy, in the order in which they are sent.

Two ways of sending:

1. `Load`: as `galactica broadcast` sends (docs/formats/packet.md, "Blocks" and "Order"): objects whole behind each
   other in blocks, the first small, each closed when it has a quarter of all before it; of each block its own symbols
   and some repair symbols; then rounds of a small part of every block. Any k symbols of a block restore it, and a
   further cycle brings new ones. A block's objects can be read when it is restored.
2. `Load(plain=True)`: without any code, the same packets over and over; an object can be read when all of it arrived.

A block's place in a cycle is a few `Segment`s, so that a plan reckons with some hundred of them and no packet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from galactica.errors import UsageError
from galactica.spread.packets.layout import LEAST_SYMBOLS, MAX_BLOCK_BYTES, MAX_BLOCK_SYMBOLS, SHARE
from galactica.spread.packets.packet import OVERHEAD
from galactica.spread.packets.schedule import (
    FIRST,
    LARGE,
    MAX_OVERTURE,
    OPENING,
    ROUND,
    WHOLE,
    CarouselPlan,
    extra,
    in_a_round,
    used_symbols,
)

Places = NDArray[np.int64]

LARGEST = 1 << 50
"""Bytes that are planned for."""
MOST_BLOCKS = 20_000
"""Blocks of a cycle: a plan over them takes seconds."""
MOST_OBJECTS = 1 << 20
"""Objects of a release."""

ANNOUNCED = 50
"""Bytes that the announcement takes for an object, packed: mostly its hash; 47 and 49 on releases of 1,096 and 256
objects (2026-11-29)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Some of a block's symbols, sent evenly between two places of a cycle, in packets."""

    begin: float
    end: float
    symbols: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBlock:
    """A block, and when its symbols are sent.

    Attributes:
        sources: symbols that restore it.
        period: different symbols that it has; then the first is sent again.
        segments: of a cycle, in order.
    """

    sources: int
    period: int
    segments: tuple[Segment, ...]

    @property
    def in_turn(self) -> bool:
        """Whether each segment begins where the one before has ended."""
        return all(one.end <= other.begin + 1 for one, other in pairwise(self.segments))

    @property
    def each(self) -> int:
        """Symbols that a cycle sends."""
        return sum(segment.symbols for segment in self.segments)


@dataclass(frozen=True, kw_only=True)
class Load:
    """What is sent.

    Attributes:
        size: bytes of all objects.
        object: bytes of one; packs have about 256 KiB.
        packet: bytes of a packet.
        frame: bytes that the link adds to each: of UDP and IPv4 28.
        redundancy: repair symbols for each symbol of a block; three standard deviations more are sent.
        rounds: symbols that the rounds send for each symbol of a block.
        plain: without any code.
    """

    size: int
    object: int = 262_144
    packet: int = 1400
    frame: int = 28
    redundancy: float = 0.12
    rounds: float = 0.25
    plain: bool = False

    def __post_init__(self) -> None:
        checks = (
            (1 <= self.size <= LARGEST, "Nothing, or more than a petabyte, is to be sent.", "Give a size: 300MB."),
            (1 <= self.object <= LARGEST, "An object has a byte at least.", "Give its size: 256kB."),
            (80 <= self.packet <= 8192, f"A packet of {self.packet} bytes is none.", "Give 80 to 8,192 bytes."),
            (0 <= self.frame <= 10_000, f"A frame of {self.frame} bytes is none.", "Give 0 to 10,000 bytes."),
            (0 <= self.redundancy <= 4, f"A redundancy of {self.redundancy:g} is none.", "Give 0 to 400%."),
            (0 <= self.rounds <= 4, f"Rounds of {self.rounds:g} are none.", "Give 0 to 400%."),
            (
                self.size / max(1, self.object) <= (MOST_BLOCKS if self.plain else MOST_OBJECTS),
                "These are too many objects to plan for.",
                "Give larger ones: --object 1MB.",
            ),
            (
                self.size / MAX_BLOCK_SYMBOLS <= MOST_BLOCKS * max(self.symbol, 1),
                "These are too many blocks to plan for.",
                "Give larger packets.",
            ),
        )
        for holds, problem, remedy in checks:
            if not holds:
                raise UsageError(problem, remedy)

    @property
    def symbol(self) -> int:
        """Bytes of an object in one packet."""
        return (self.packet - OVERHEAD) // 2 * 2

    @property
    def wire(self) -> int:
        """Bytes of a packet on the link."""
        return self.packet + self.frame

    @cached_property
    def sources(self) -> int:
        """Symbols without redundancy."""
        return sum(self.sizes)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Symbols of each block, in order."""
        most = min(MAX_BLOCK_SYMBOLS, MAX_BLOCK_BYTES // self.symbol) * self.symbol
        found: list[int] = []
        before = size = 0
        for at in range(0, self.size, self.object):
            left = min(self.object, self.size - at)
            if size and (self.plain or size + left > most):
                found.append(size)
                before, size = before + size, 0
            while left > most:
                found.append(most)
                before, left = before + most, left - most
            size += left
            if size >= max(LEAST_SYMBOLS * self.symbol, min(before // SHARE, most)):
                found.append(size)
                before, size = before + size, 0
        return tuple(-(-each // self.symbol) for each in ([*found, size] if size else found))

    @cached_property
    def announced(self) -> int:
        """Symbols of the announcement."""
        return max(1, -(-(600 + ANNOUNCED * -(-self.size // self.object)) // self.symbol))

    @cached_property
    def announcement(self) -> SentBlock:
        """The announcement: nothing can be read before it is there."""
        first = Segment(begin=0, end=self._opening, symbols=self._opening)
        later = Segment(begin=self._opening, end=self.cycle, symbols=self._data // self._every)
        return SentBlock(sources=self.announced, period=used_symbols(self.announced), segments=(first, later))

    @cached_property
    def cycle(self) -> int:
        """Packets of a cycle."""
        return self._opening + self._data + self._data // self._every

    @cached_property
    def blocks(self) -> tuple[SentBlock, ...]:
        """In order."""
        passes = self._passes
        begins = np.concatenate([[0], np.cumsum(passes)])
        turns = np.array([in_a_round(size) for size in self.sizes])
        before = np.concatenate([[0], np.cumsum(turns)])
        mixed = self._mixed(begins)
        found = []
        for at, size in enumerate(self.sizes):
            first = mixed[at] if at < len(mixed) else [(int(begins[at]), int(begins[at + 1]), passes[at])]
            later = [(int(begins[-1] + turn * before[-1] + before[at]), int(turns[at])) for turn in range(self._rounds)]
            parts = [*first, *((begin, begin + length, length) for begin, length in later)]
            segments = tuple(Segment(begin=self._place(a), end=self._place(b), symbols=n) for a, b, n in parts if n)
            found.append(SentBlock(sources=size, period=size if self.plain else used_symbols(size), segments=segments))
        return tuple(found)

    @property
    def _share(self) -> int:
        return round(self.redundancy * WHOLE)

    @property
    def _opening(self) -> int:
        return self.announced + extra(self.announced, max(OPENING, self._share))

    @property
    def _rounds(self) -> int:
        return 0 if self.plain else -(-round(self.rounds * WHOLE) * ROUND // WHOLE)

    @property
    def _again(self) -> int:
        """Further symbols of the first block, which is sent twice where it is a small part."""
        return self.sizes[0] if not self.plain and self.sizes[0] * FIRST < sum(self.sizes) else 0

    @cached_property
    def _passes(self) -> list[int]:
        """Symbols of each block in the pass."""
        found = [size + (0 if self.plain else extra(size, self._share)) for size in self.sizes]
        found[0] += self._again
        return found

    @cached_property
    def _data(self) -> int:
        """Packets of a cycle that are of objects."""
        return sum(self._passes) + self._rounds * sum(map(in_a_round, self.sizes))

    @property
    def _every(self) -> int:
        return max(4, self._data // (CarouselPlan().announcements * self.announced))

    def _place(self, data: float) -> float:
        """Where in a cycle so many packets of objects have been sent."""
        return self._opening + data * (1 + 1 / self._every)

    def _mixed(self, begins: Places) -> list[list[tuple[int, int, int]]]:
        """(begin, end, symbols) of the blocks before the first large one: their repair symbols come later."""
        keys: list[NDArray[np.float64]] = []
        for at, size in enumerate(self.sizes):
            if self.plain or size >= LARGE or begins[at + 1] * self.symbol > MAX_OVERTURE:
                break
            again = 0 if at else self._again
            repairs = self._passes[at] - size - again
            keys.append(begins[at] + np.arange(size, dtype=float))
            keys.append(begins[at + 1] + np.arange(repairs) * 2.0 * self._passes[at] // max(1, repairs))
            keys.append(begins[at + 1] + np.arange(again) * float(MAX_OVERTURE) // (self.symbol * max(1, again)))
        if not keys:
            return []
        order = np.empty(sum(map(len, keys)), np.int64)
        order[np.argsort(np.concatenate(keys), kind="stable")] = np.arange(len(order))
        found, at = [], 0
        for number in range(0, len(keys), 3):
            parts = []
            for key in keys[number : number + 3]:
                if len(key):
                    parts.append((int(order[at]), int(order[at + len(key) - 1]) + 1, len(key)))
                at += len(key)
            found.append(parts)
        return found
