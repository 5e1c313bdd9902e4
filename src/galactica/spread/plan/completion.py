"""How much can be read when: the completion curve of what is sent one way, without simulating a single packet.

A moment is so many packets that were sent; each block has then been sent so far, and what `outcome` says of it is
added up: the share that can be read (mean, and where nine of ten receivers are), the chance that something can be
read, and the chance that all can. Blocks are taken to know nothing of each other.

A receiver that listens from the beginning. One that joins later gets as much in as much time, in another order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from galactica.errors import LimitError
from galactica.spread.plan.airtime import Airtime
from galactica.spread.plan.load import Load, SentBlock
from galactica.spread.plan.outcome import Tally, restored, tallied
from galactica.spread.plan.profile import LinkProfile

MOST_CYCLES = 400
"""Cycles that are looked at: what is not there after them, of a loss below 0.99, does not come."""
_CELLS = 2048
"""Cells into which the share is cut for its band: 0.05 % each."""
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """What can be read at a time.

    Attributes:
        time: seconds since the sender began.
        mean, low, high: share that can be read; nine of ten receivers have between `low` and `high`.
        some: chance that a block can be read.
        all: chance that all can.
    """

    time: float
    mean: float
    low: float
    high: float
    some: float
    all: float


class Completion:
    """The completion curve of a load on a link."""

    def __init__(self, link: LinkProfile, load: Load) -> None:
        self.link, self.load = link, load
        self.second = link.rate / (8 * load.wire)
        """Packets a second while the link is open."""
        self._air = Airtime(link)
        self._outages = sorted(
            (self._air.aired(each.begin) * self.second, self._air.aired(each.end) * self.second)
            for each in link.outages
        )

    def time(self, packets: float) -> float:
        """When the last of so many packets arrives, seconds.

        Raises:
            LimitError: not within a hundred years.
        """
        return self._air.at(packets / self.second) + self.link.delay

    def sent(self, time: float) -> float:
        """Packets that have arrived, or would have, until `time`."""
        return max(0.0, self._air.aired(time - self.link.delay) * self.second)

    def at(self, time: float) -> CurvePoint:
        """What can be read at a time, with its band."""
        packets = self.sent(time)
        known, chances = self._known(packets), self._restored(packets)
        low, high = self._band(known, chances)
        return CurvePoint(
            time=time,
            mean=known * self._mean(chances),
            low=low,
            high=high,
            some=known * _some(chances),
            all=known * _all(chances),
        )

    def when_all(self, chance: float) -> float:
        """When all can be read with that chance, seconds.

        Raises:
            LimitError: not within `MOST_CYCLES`.
        """
        return self.time(self.needed(lambda packets: self._known(packets) * self._all(packets) >= chance))

    def when_some(self, chance: float) -> float:
        """When a first block can be read with that chance, seconds."""
        return self.time(self.needed(lambda n: self._known(n) * _some(self._restored(n)) >= chance))

    def when_share(self, share: float) -> float:
        """When that share can be read on average, seconds."""
        return self.time(self.needed(lambda n: self._known(n) * self._mean(self._restored(n)) >= share - 1e-9))

    def needed(self, holds: Callable[[float], bool]) -> float:
        """The fewest packets with which something holds that goes on holding."""
        low, high = 0.0, float(self.load.cycle)
        while not holds(high):
            low, high = high, 2 * high
            if low >= MOST_CYCLES * self.load.cycle:
                raise LimitError(
                    f"After {MOST_CYCLES} cycles it is not there yet.", "Give more redundancy, or a better link."
                )
        while (middle := math.floor((low + high) / 2)) > low:
            low, high = (low, middle) if holds(middle) else (middle, high)
        return high

    def reached(self, block: SentBlock, symbols: float) -> float:
        """When so many different symbols of a block have been sent and no outage took them, seconds.

        Raises:
            LimitError: not within `MOST_CYCLES`, or it has not so many.
        """
        if symbols > block.period:
            raise LimitError("A block has not so many symbols.", "Give a better link.")
        if self._outages or not block.in_turn:
            return self.time(self.needed(lambda packets: sum(n for _, n, _ in self._tally(block, packets)) >= symbols))
        cycles, rest = divmod(symbols, block.each)
        place = 0.0
        for segment in block.segments if rest else ():
            if rest <= segment.symbols:
                place = segment.begin + rest / segment.symbols * (segment.end - segment.begin)
                break
            rest -= segment.symbols
        return self.time(cycles * self.load.cycle + place)

    def _known(self, packets: float) -> float:
        """Chance that the announcement is there."""
        return self._chance(self.load.announcement, packets)

    def _restored(self, packets: float) -> list[float]:
        return [self._chance(block, packets) for block in self.load.blocks]

    def _all(self, packets: float) -> float:
        """`_all` of every block, those first that were sent last."""
        found = 1.0
        for block in reversed(self.load.blocks):
            found *= self._chance(block, packets)
            if not found:
                break
        return found

    def _chance(self, block: SentBlock, packets: float) -> float:
        tally = self._tally(block, packets)
        return restored(tally, block.sources, self.link.loss, self.link.together)

    def _tally(self, block: SentBlock, packets: float) -> Tally:
        """How often its symbols were sent, but for those in an outage."""
        cycles, rest = divmod(packets, self.load.cycle)
        sent = int(cycles) * block.each + sum(
            _sent(segment.begin, segment.end, segment.symbols, rest) for segment in block.segments
        )
        if not (self._outages and self._outages[0][0] < packets) and (self.load.plain or not self.link.together):
            return tallied([(0, sent)], block.period)
        runs = self._runs(block, packets)
        if self.load.plain or sent > block.period or not self.link.together:
            return tallied(((begin, end) for begin, end, _ in runs), block.period)
        return tuple(sorted((1, end - begin, apart) for begin, end, apart in runs if end > begin))

    def _runs(self, block: SentBlock, packets: float) -> list[tuple[int, int, int]]:
        """Stretches of symbols [from, to) that were sent while nothing was out, counted through all cycles; and how far
        apart they are, in packets."""
        found: list[tuple[int, int, int]] = []
        number = 0
        for cycle in range(int(packets // self.load.cycle) + 1):
            start = cycle * self.load.cycle
            for segment in block.segments:
                begin, end = start + segment.begin, start + segment.end
                open_from, until = begin, min(end, packets)
                for out, back in [*self._outages, (math.inf, math.inf)]:
                    stop = min(out, until)
                    if open_from < stop:
                        a, b = (_sent(begin, end, segment.symbols, each) for each in (open_from, stop))
                        found.append((number + a, number + b, max(1, round((end - begin) / segment.symbols))))
                    open_from = max(open_from, back)
                number += segment.symbols
        return found

    def _mean(self, chances: Sequence[float]) -> float:
        shares = zip(self.load.blocks, chances, strict=True)
        return math.fsum(block.sources * chance for block, chance in shares) / self.load.sources

    def _band(self, known: float, chances: Sequence[float]) -> tuple[float, float]:
        """The shares below which one receiver in twenty is, and above which one in twenty is.

        The characteristic function of the share, smoothed by one cell, is brought back by a Fourier transform.
        """
        length = 2 * _CELLS
        turns = -2j * np.pi * np.arange(length // 2 + 1) / length
        logs, sure = np.zeros(len(turns), complex), 0
        alike = Counter(zip((block.sources for block in self.load.blocks), chances, strict=True))
        for (sources, chance), count in alike.items():
            if chance == 1.0:
                sure += sources * count
            elif chance:
                one = 1 - chance + chance * np.exp(turns * sources / self.load.sources * _CELLS)
                logs += count * np.log(np.where(np.abs(one) < 1e-300, 1e-300, one))
        if not logs.any():
            share = sure / self.load.sources
            return share * (known >= HIGH), share * (known > LOW)
        shift = _CELLS // 4 + sure / self.load.sources * _CELLS  # so that nothing goes round below 0
        sums = np.cumsum(np.clip(np.fft.irfft(np.exp(logs + turns * shift + 0.5 * turns**2), length), 0, None))
        sums = 1 - known + known * sums / sums[-1]
        low, high = ((float(np.searchsorted(sums, at)) - _CELLS // 4) / _CELLS for at in (LOW, HIGH))
        return min(max(low, 0.0), 1.0), max(min(high, 1.0), 0.0)


def _sent(begin: float, end: float, symbols: int, place: float) -> int:
    """Symbols of a segment that are sent before a place."""
    if place >= end:
        return symbols
    return max(0, math.floor((place - begin) / (end - begin) * symbols + 1e-9))


def _some(chances: Sequence[float]) -> float:
    return 1 - math.prod(1 - chance for chance in chances)


def _all(chances: Sequence[float]) -> float:
    return math.prod(chances)
