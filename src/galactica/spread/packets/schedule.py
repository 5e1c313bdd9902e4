"""In which order a carousel sends: known of every packet from its cycle and its place there, and of nothing else.

A cycle is

1. the opening: the announcement with repair symbols of its own;
2. the pass: each block, its source symbols and then some repair symbols. How many: the share that the sender chose, and
   three standard deviations more of what chance takes at that loss. Blocks below 4,096 symbols send theirs spread
   over the time in which twice their length is sent, so that a burst takes few of one;
3. the rounds: one part in 256 of each block's symbols in turn, of small ones more, so many times as the sender chose.
   Whoever lost somewhat more than the sender thought ends here, near the ideal of what is lost to him.

In between stands a symbol of the announcement, so often that it is sent whole so many times a cycle. A block's
symbols are numbered: its source symbols, then all its repair symbols; a cycle goes on where the one before ended, and
behind the last comes the first again. So cycles bring new symbols as long as there are any, and any k different ones
will do.

A receiver needs none of this.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure import first_repair, symbols_of
from galactica.spread.packets.layout import Layout

WHOLE = 10_000
"""Shares are counted in ten-thousandths: whole numbers are the same on every machine."""

SIGMAS, LARGEST_SIGMAS = 3, 2
"""Standard deviations of what chance takes that a pass sends more. One block in some 700 needs more than that, which it
gets at the end of the cycle; of the largest, which are most of a release, one in forty: they are near that end."""

LARGEST = 15_000
"""Source symbols from which on a block is one of the largest."""

LARGE = 4_096
"""Source symbols from which on a block is sent by itself."""

MAX_OVERTURE = 24 * 2**20
"""Bytes of the blocks that are sent through each other: the sender holds them all."""

MOST_REPAIRS = 4_096
"""Repair symbols of a small block that are sent before the first symbol comes again; of others three times the
source."""

ROUND = 256
"""A round sends one part in so many of a block."""

LEAST_ROUND = 8
"""Symbols of a block in a round, at the least."""

FIRST = 200
"""The first block is sent twice in the overture, where that is one part in so many of all: articles name what is in
it."""

OPENING = 2_500
"""Share of repair symbols of the announcement in the opening, at the least."""

MAX_REDUNDANCY = 4 * WHOLE
"""Four repair symbols for each source symbol: a loss of 80 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarouselPlan:
    """What a sender chooses. Shares in ten-thousandths.

    Attributes:
        redundancy: repair symbols of a pass, as a share of the source symbols: p / (1 - p) where a share p is lost.
        rounds: what the rounds behind a pass send, as a share of the source symbols.
        announcements: how often the announcement is sent in a cycle, besides the opening.
    """

    redundancy: int = 1_200
    rounds: int = 2_500
    announcements: int = 12

    def __post_init__(self) -> None:
        if not 0 <= self.redundancy <= MAX_REDUNDANCY or not 0 <= self.rounds <= MAX_REDUNDANCY:
            raise ValueError("the redundancy is a share from 0 to 400 %")
        if not 1 <= self.announcements <= 1000:
            raise ValueError("the announcement is sent 1 to 1,000 times a cycle")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSymbol:
    """What is sent as one packet.

    Attributes:
        block: its number; -1 for the announcement.
        number: of the symbol, source symbols first, then repair symbols.
    """

    block: int
    number: int


class SendingOrder:
    """The order of all packets of all cycles.

    Args:
        layout: of the release.
        announced: source symbols of the announcement.

    Attributes:
        packets: of a cycle.
    """

    def __init__(self, layout: Layout, announced: int, plan: CarouselPlan) -> None:
        self._blocks = layout.blocks
        self._announced = announced
        self._opening = announced + extra(announced, max(OPENING, plan.redundancy))
        passes = [block.symbols + extra(block.symbols, plan.redundancy) for block in layout.blocks]
        self._again = 0  # further symbols of the first block
        if layout.blocks[0].symbols * FIRST < sum(block.symbols for block in layout.blocks):
            self._again = layout.blocks[0].symbols
            passes[0] += self._again
        turns = [in_a_round(block.symbols) for block in layout.blocks]
        self._rounds = -(-plan.rounds * ROUND // WHOLE)
        self._passed = _summed(passes)
        self._turns = _summed(turns)
        self._each = [one + self._rounds * turn for one, turn in zip(passes, turns, strict=True)]
        self._overture = self._mixed(layout.symbol)
        data = int(self._passed[-1]) + self._rounds * int(self._turns[-1])
        self._every = max(4, data // (plan.announcements * announced))
        self._announcements = self._opening + data // self._every
        self.packets = self._opening + data + data // self._every

    def slot(self, cycle: int, index: int) -> SentSymbol:
        """What is sent at a place, 0 to `packets`, of a cycle."""
        at = index - self._opening
        if at < 0:
            return self._announcement(cycle, index)
        group, within = divmod(at, self._every + 1)
        if within == self._every:
            return self._announcement(cycle, self._opening + group)
        return self._data(cycle, group * self._every + within)

    def slots(self, cycle: int, index: int) -> Iterator[tuple[int, int, SentSymbol]]:
        """(cycle, index, what is sent) from there on, without end."""
        while True:
            for place in range(index, self.packets):
                yield cycle, place, self.slot(cycle, place)
            cycle, index = cycle + 1, 0

    def _announcement(self, cycle: int, number: int) -> SentSymbol:
        every = used_symbols(self._announced)
        return SentSymbol(block=-1, number=(cycle * self._announcements + number) % every)

    def _data(self, cycle: int, at: int) -> SentSymbol:
        if at < len(self._overture):
            block, within = self._overture[at].tolist()
        elif at < self._passed[-1]:
            block, within = _found(self._passed, at)
        else:
            turn, place = divmod(at - int(self._passed[-1]), int(self._turns[-1]))
            block, within = _found(self._turns, place)
            length = int(self._turns[block + 1] - self._turns[block])
            within += int(self._passed[block + 1] - self._passed[block]) + turn * length
        return SentSymbol(
            block=block, number=(cycle * self._each[block] + within) % used_symbols(self._blocks[block].symbols)
        )

    def _mixed(self, symbol: int) -> NDArray[np.int32]:
        """int32 [n, 2]: (block, place in its pass) of the blocks before the first large one, in the order of
        sending."""
        blocks: list[NDArray[np.int32]] = []
        times: list[NDArray[np.int64]] = []
        for block in self._blocks:
            start, end = int(self._passed[block.number]), int(self._passed[block.number + 1])
            if block.symbols >= LARGE or end * symbol > MAX_OVERTURE:
                break
            again = 0 if block.number else self._again
            length, repairs = end - start, end - start - block.symbols - again
            places = np.arange(length, dtype=np.int32)
            blocks.append(np.stack([np.full(length, block.number, np.int32), places], axis=1))
            behind = np.arange(repairs, dtype=np.int64)
            times += [start + places[: block.symbols].astype(np.int64), end + behind * 2 * length // max(1, repairs)]
            times.append(end + np.arange(again, dtype=np.int64) * MAX_OVERTURE // (symbol * max(1, again)))
        if not blocks:
            return np.empty((0, 2), np.int32)
        return np.concatenate(blocks)[np.argsort(np.concatenate(times), kind="stable")]


def extra(sources: int, share: int) -> int:
    """Repair symbols that a pass sends of a block: a share, and `SIGMAS` standard deviations of chance at that loss."""
    wanted = -(-sources * share // WHOLE)
    sigmas = SIGMAS if sources < LARGEST else LARGEST_SIGMAS
    return min(wanted + sigmas * _root(wanted), used_symbols(sources) - sources)


def in_a_round(sources: int) -> int:
    """Symbols of a block in a round: a share, and of a small block more, of which a burst takes a larger part."""
    return max(LEAST_ROUND, _root(sources) // 4, -(-sources // ROUND))


def used_symbols(sources: int) -> int:
    """Different symbols of a block that a carousel sends: making those at far points costs as much as all before
    them."""
    return min(symbols_of(sources), sources + max(3 * first_repair(sources), MOST_REPAIRS))


def _root(value: int) -> int:
    """The square root, rounded up."""
    root = math.isqrt(value)
    return root + (root * root < value)


def _summed(lengths: list[int]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.array(lengths, np.int64))])


def _found(ends: NDArray[np.int64], at: int) -> tuple[int, int]:
    """(which stretch, how far in it)."""
    place = int(np.searchsorted(ends, at, side="right")) - 1
    return place, at - int(ends[place])
