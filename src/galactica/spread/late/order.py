"""Which symbol a sender that hears reports sends next. No bytes, no clock: it counts packets.

Rule 1. It never waits. Without reports it sends what a carousel sends, in the carousel's order, each block's symbols
anew from where it left off; so it is of use where nothing ever comes back.
Rule 2. A report says what had come when its newest packet was sent. What was sent since is on its way: it counts as
arrived, but for the share that is usually lost. So a report is as good after twenty minutes as at once.
Rule 3. Of what a reporter lacks then, wishes come first, and then blocks in their order.
Rule 4. Reporters take turns, and one packet in `FOR_ALL` goes on in the carousel's order: for those who do not report,
and so that whoever lies in reports takes nothing from them but time.
Rule 5. A report that is not newer than the reporter's last one changes nothing.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FOR_ALL = 4
"""One packet in so many is for everybody."""
MOST_REPORTERS = 64
"""Of whom is kept what they told; the one who was silent longest is forgotten for a new one."""
MARKS = 96
"""Places of a block's symbols in the order of sending that are kept; older ones are thinned out."""
USUAL_LOSS, MOST_LOSS = 0.1, 0.9
"""Share of packets taken for lost before a report says otherwise, and the most that is believed."""
ENOUGH = 200
"""Packets that a share of losses is reckoned from."""
PART = 64
"""What may have come all the same is sent again by one part in so many of a block."""
SPREAD = 2.0
"""Standard deviations of chance that are sent above what is lacking."""

Chosen = tuple[int, int]
"""(block, number of its symbol); -1 is the announcement."""


@dataclass(slots=True)
class _Marks:
    """When a block's symbols were sent: after `index` packets it was `count` symbols."""

    index: list[int] = field(default_factory=lambda: [0])
    count: list[int] = field(default_factory=lambda: [0])

    def add(self, index: int, count: int, sources: int) -> None:
        """Note that after so many packets it was so many symbols, where that is a stretch further on."""
        more = count - self.count[-1]
        if more >= max(1, sources // 32) or index - self.index[-1] > 4 * more + 64:
            self.index.append(index)
            self.count.append(count)
            if len(self.index) > MARKS:
                half = len(self.index) // 2
                self.index[1:half] = self.index[1:half:2]
                self.count[1:half] = self.count[1:half:2]

    def sent_until(self, index: int, count: int, now: int) -> float:
        """Symbols that were sent before so many packets, evenly between marks; `count` until `now`."""
        at = bisect_right(self.index, index)
        begin, sent = self.index[at - 1], self.count[at - 1]
        end, then = (self.index[at], self.count[at]) if at < len(self.index) else (max(now, begin + 1), count)
        return sent + (then - sent) * min(1.0, (index - begin) / (end - begin))

    def index_of(self, number: int) -> int:
        """Packets that had been sent when a symbol was, at the least."""
        return self.index[max(0, bisect_left(self.count, number + 1) - 1)]


@dataclass(slots=True)
class _Known:
    """What a reporter told."""

    number: int
    index: int
    held: tuple[int | None, ...]
    wished: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a report led to.

    Attributes:
        taken: whether it changed anything; else it was old.
        jobs: (block, symbols) that are sent for it, in order.
        loss: share of packets that is taken for lost from now on.
    """

    taken: bool
    jobs: tuple[tuple[int, int], ...] = ()
    loss: float = USUAL_LOSS


class LateOrder:
    """The order of sending.

    Args:
        sources: symbols of each block, in order.
        periods: different symbols that each block has, and -1: the announcement's, as the last.
        base: blocks in the carousel's order, without end; -1: the announcement.
        for_all: one packet in so many is for everybody; 0: none, there is but one receiver.

    Attributes:
        index: packets that were sent.
        counts: symbols that were sent of each block, the announcement's as the last.
        loss: share of packets that is taken for lost.
    """

    def __init__(
        self,
        sources: Sequence[int],
        periods: Sequence[int],
        base: Iterator[int],
        *,
        for_all: int = FOR_ALL,
    ) -> None:
        self._sources, self._periods = tuple(sources), tuple(periods)
        self._plain = base
        self._own = (-1, 0)
        self._for_all = for_all
        self.index = 0
        self.counts = [0] * len(self._periods)
        self.loss = USUAL_LOSS
        self._marks = [_Marks() for _ in self._sources]
        self._reporters: OrderedDict[bytes, _Known] = OrderedDict()
        self._jobs: dict[bytes, list[tuple[int, int]]] = {}

    def next(self) -> Chosen:
        """What is sent next."""
        block = self._next_block()
        number = self.counts[block]
        self.counts[block] += 1
        self.index += 1
        if block >= 0:
            self._marks[block].add(self.index, self.counts[block], self._sources[block])
        return block, number % self._periods[block]

    def settle(
        self,
        reporter: bytes,
        number: int,
        newest: tuple[int, int] | None,
        held: Sequence[int | None],
        wished: Sequence[int] = (),
    ) -> Settled:
        """Take a report in.

        Args:
            reporter: who.
            number: of the report.
            newest: (block, number of its symbol) of the newest packet that came, block -1 the announcement.
            held: symbols held of each block from the first on; None: it is done.
            wished: blocks that are wanted first, in order.
        """
        last = self._reporters.get(reporter)
        if last is not None and number <= last.number:
            return Settled(taken=False, loss=self.loss)
        if last is None and len(self._reporters) >= MOST_REPORTERS:
            forgotten, _ = self._reporters.popitem(last=False)
            self._jobs.pop(forgotten, None)
        index = 0
        if newest is not None and 0 <= newest[0] < len(self._sources) and newest[1] < self.counts[newest[0]]:
            index = self._marks[newest[0]].index_of(newest[1])
        told = tuple(held[: len(self._sources)])
        for block, symbols in enumerate(told):  # of a block that is done at least its own number of symbols had come
            if symbols is None and self.counts[block] >= self._sources[block]:
                index = max(index, self._marks[block].index_of(self._sources[block] - 1))
        index = max(index, last.index if last else 0)
        blocks = dict.fromkeys(each for each in wished if 0 <= each < len(self._sources))
        self._reporters[reporter] = _Known(number, index, told, tuple(blocks))
        self._reporters.move_to_end(reporter)
        self._learn(index, told)
        jobs = self._jobs_of(self._reporters[reporter])
        self._jobs[reporter] = [(block, self.counts[block] + more) for block, more in reversed(jobs)]
        return Settled(taken=True, jobs=tuple(jobs), loss=self.loss)

    def _next_block(self) -> int:
        if not self._reporters or (self._for_all and self.index % self._for_all == 0):
            return next(self._plain)
        for reporter in tuple(self._jobs):
            jobs = self._jobs.pop(reporter)
            while jobs and self.counts[jobs[-1][0]] >= jobs[-1][1]:
                jobs.pop()
            if jobs:
                self._jobs[reporter] = jobs  # behind the others: reporters take turns
                return jobs[-1][0]
        if self.counts[self._own[0]] >= self._own[1]:
            self._own = self._own_job()
        return next(self._plain) if self._own[0] < 0 else self._own[0]

    def _own_job(self) -> tuple[int, int]:
        """(block, symbols of it that are to have been sent): what is lacking first in order when no report asks for
        more; then a part of what nobody has told is done, in turn; block -1 where all is done."""
        for block in range(len(self._sources)):
            lacking = max(self._lacking(known, block) for known in self._reporters.values())
            if lacking > 0:
                return block, self.counts[block] + self._more(lacking)
        for step in range(1, len(self._sources) + 1):
            block = (self._own[0] + step) % len(self._sources)
            if any(block >= len(each.held) or each.held[block] is not None for each in self._reporters.values()):
                return block, self.counts[block] + -(-self._sources[block] // PART)
        return -1, self.counts[-1]

    def _more(self, lacking: float) -> int:
        """Symbols to send, so that so many arrive."""
        kept = 1 - self.loss
        return math.ceil(lacking / kept + SPREAD * math.sqrt(lacking * self.loss) / kept)

    def _lacking(self, known: _Known, block: int) -> float:
        """Symbols that are lacking of a block when all that is on its way has come, on average."""
        held = known.held[block] if block < len(known.held) else 0
        if held is None:
            return 0.0
        coming = self.counts[block] - self._sent_until(block, known.index)
        return self._sources[block] - held - coming * (1 - self.loss)

    def _sent_until(self, block: int, index: int) -> float:
        return self._marks[block].sent_until(index, self.counts[block], self.index)

    def _jobs_of(self, known: _Known) -> list[tuple[int, int]]:
        """(block, symbols to send) for what a reporter lacks: wishes, then what was sent before in its order."""
        begun = [block for block in range(len(self._sources)) if self.counts[block] and block not in known.wished]
        lacking = [(block, self._lacking(known, block)) for block in (*known.wished, *begun)]
        return [(block, self._more(symbols)) for block, symbols in lacking if symbols > 0]

    def _learn(self, index: int, held: Sequence[int | None]) -> None:
        """The share that is lost, from blocks that are not done."""
        sent = came = 0.0
        for block, symbols in enumerate(held):
            if symbols is not None:
                before = self._sent_until(block, index)
                sent, came = sent + before, came + min(symbols, before)
        if sent >= ENOUGH:
            self.loss = min(max(0.0, 1 - came / sent), MOST_LOSS)
