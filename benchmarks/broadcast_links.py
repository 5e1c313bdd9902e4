"""Links that lose packets, and when a receiver behind one has what: counted, symbol by symbol, without their bytes.

A block is restored by any k of its symbols, so that counting says to the packet when a receiver has it;
`spread_broadcast` checks that against one that takes the bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure import symbols_of
from galactica.spread.packets.carousel import Carousel, announced_block
from galactica.spread.release.document import LEAVES, PACK, Release

CHUNK = 65_536


def random_loss(share: float, seed: int) -> Iterator[bool]:
    """Whether each packet arrives, where a share is lost, each by itself."""
    random = np.random.default_rng(seed)
    while True:
        yield from (random.random(CHUNK) >= share).tolist()


def bursty_loss(share: float, burst: float, seed: int) -> Iterator[bool]:
    """The same share, lost in bursts of so many packets on average (Gilbert's model: all is lost in the bad state)."""
    random = np.random.default_rng(seed)
    good = burst * (1 - share) / share
    while True:
        for arrives, mean in ((True, good), (False, burst)):
            yield from [arrives] * int(random.geometric(1 / mean))


def with_outages(arrives: Iterator[bool], outages: tuple[tuple[int, int], ...]) -> Iterator[bool]:
    """Nothing arrives in these stretches of packets, [from, to)."""
    for number, each in enumerate(arrives):
        yield each and not any(low <= number < high for low, high in outages)


@dataclass
class Reached:
    """When a receiver had what: packets that were sent until then.

    Attributes:
        announced: the announcement.
        first: an article and all that it names.
        parts: share of the objects' bytes → packets sent.
        received: of all packets that were sent until the end, those that arrived.
        sent: until everything was there.
        curve: (packets sent, bytes of objects that are here) at each step.
    """

    announced: int = 0
    first: int = 0
    parts: dict[float, int] = field(default_factory=dict)
    received: int = 0
    sent: int = 0
    curve: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])


PARTS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


class CountingReceiver:
    """Counts the symbols that come of a release."""

    def __init__(self, carousel: Carousel, release: Release) -> None:
        self._layout = carousel.layout
        head = announced_block(carousel.announced_bytes, carousel.layout.symbol)
        self._needs = {-1: head.symbols, **{block.number: block.symbols for block in carousel.layout.blocks}}
        self._seen: dict[int, NDArray[np.bool_]] = {}
        self._travels = [each for each in release.objects if each.kind in (PACK, LEAVES)]
        self._here: set[int] = set()
        self._pieces = [0] * len(carousel.layout.objects)
        for block in carousel.layout.blocks:
            for piece in block.pieces:
                self._pieces[piece.object] += 1
        self.bytes = 0

    def take(self, block: int, number: int) -> bool:
        """Whether this symbol completes its block."""
        need = self._needs.get(block)
        if need is None:
            return False
        seen = self._seen.setdefault(block, np.zeros(symbols_of(need), bool))
        if seen[number]:
            return False
        seen[number] = True
        if np.count_nonzero(seen) < need:
            return False
        del self._needs[block], self._seen[block]
        for piece in self._layout.blocks[block].pieces if block >= 0 else ():
            self._pieces[piece.object] -= 1
            if not self._pieces[piece.object]:
                self._here.add(piece.object)
                self.bytes += self._layout.objects[piece.object].size
        return True

    def reads(self) -> bool:
        """Whether an article can be read: its source and work are here."""
        named = {"sources", "works"}
        every = all(
            place in self._here
            for place, each in enumerate(self._travels)
            if named & {name for name, _ in each.records}
        )
        return every and any(dict(self._travels[place].records).get("articles") for place in self._here)


def reached(
    carousel: Carousel, release: Release, arrives: Iterator[bool], *, cycle: int = 0, index: int = 0, cycles: int = 12
) -> Reached:
    """Send until a receiver has everything.

    Args:
        cycle, index: where in the carousel it begins to listen.
        cycles: how many it waits at the most.
    """
    into, found = CountingReceiver(carousel, release), Reached()
    total = carousel.layout.size
    slots = islice(carousel.schedule.slots(cycle, index), cycles * carousel.schedule.packets)
    left = list(PARTS)
    for (_, _, slot), here in zip(slots, arrives, strict=False):
        found.sent += 1
        found.received += here
        if not here or not into.take(slot.block, slot.number):
            continue
        if slot.block < 0:
            found.announced = found.sent
        if found.announced and not found.first and into.reads():
            found.first = found.sent
        if found.announced and into.bytes > found.curve[-1][1]:
            found.curve += [(found.sent, found.curve[-1][1]), (found.sent, into.bytes)]
        while found.announced and left and into.bytes >= left[0] * total:
            found.parts[left.pop(0)] = found.sent
        if not left:
            break
    return found
