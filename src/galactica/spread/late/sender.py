"""The sending side of a late session: packets out whenever the link takes one, reports in whenever one comes.

No socket, no clock. The same over UDP, in files that somebody carries, and in a simulator.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from galactica.codes.erasure import first_repair, is_point
from galactica.spread.late.order import FOR_ALL, LateOrder, Settled
from galactica.spread.late.report import LateReport, read_report
from galactica.spread.packets.carousel import Carousel
from galactica.spread.packets.packet import read_packet
from galactica.spread.packets.schedule import used_symbols

MOST_FOUND = 64
"""Objects that a wish can lead to: some 16 MB of packs."""
REMEMBERED = 256
"""Wishes whose objects are remembered."""

FindObjects = Callable[[str], Sequence[int]]
"""A wish, in a person's words → places of objects in the release's list, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTaken:
    """A report changed what is sent next.

    Attributes:
        report: what was told.
        found: (wish, objects it led to), of this report.
        settled: what is sent for it.
    """

    report: LateReport
    found: tuple[tuple[str, tuple[int, ...]], ...]
    settled: Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIgnored:
    """A report changed nothing.

    Attributes:
        why: damaged, of another key, of another release, repeated or late.
    """

    why: str


class LateSender:
    """Sends a release to whoever listens, and heeds reports.

    Args:
        carousel: of the release.
        find: leads from a wish to objects.
        key: that reporters know; b"": anybody may report.
        for_all: one packet in so many is for those who do not report; 0: none.
    """

    def __init__(self, carousel: Carousel, find: FindObjects, *, key: bytes = b"", for_all: int = FOR_ALL) -> None:
        self._carousel, self._find, self._key = carousel, find, key
        self._blocks = carousel.layout.blocks
        head = read_packet(carousel.packet(-1, 0))
        assert head is not None
        announced = -(-head.place // carousel.layout.symbol)
        self._found: OrderedDict[str, tuple[int, ...]] = OrderedDict()
        self.order = LateOrder(
            [block.symbols for block in self._blocks],
            [*(used_symbols(block.symbols) for block in self._blocks), used_symbols(announced)],
            self._base(),
            for_all=for_all,
        )

    def send(self) -> bytes:
        """The next packet; there always is one.

        Raises:
            OSError, ValueError: an object cannot be read, or is not as it was.
        """
        return self._carousel.packet(*self.order.next())

    def receive(self, raw: bytes) -> ReportTaken | ReportIgnored:
        """Take in what may be a report."""
        report = read_report(raw, key=self._key)
        if report is None:
            return ReportIgnored(why="it is no report, damaged, or of another key")
        if report.release != self._carousel.release:
            return ReportIgnored(why="it is of another release")
        found = tuple((wish, self._objects(wish)) for wish in report.wishes)
        blocks = [block for _, places in found for place in places for block in self._carousel.layout.blocks_of(place)]
        settled = self.order.settle(report.reporter, report.number, self._newest(report), report.held, blocks)
        if not settled.taken:
            return ReportIgnored(why="it came before")
        return ReportTaken(report=report, found=found, settled=settled)

    def _newest(self, report: LateReport) -> tuple[int, int] | None:
        """The newest packet as (block, number of its symbol); None where it is none that can be."""
        if report.newest is None or report.newest[0] >= len(self._blocks):
            return None
        block, point = report.newest
        sources = self._blocks[block].symbols
        if not is_point(sources, point):
            return None
        return block, point if point < sources else point - first_repair(sources) + sources

    def _objects(self, wish: str) -> tuple[int, ...]:
        """Objects that a wish leads to; each wish is looked for once."""
        if wish not in self._found:
            count = len(self._carousel.layout.objects)
            places = [place for place in self._find(wish)[:MOST_FOUND] if 0 <= place < count]
            self._found[wish] = tuple(places)
            if len(self._found) > REMEMBERED:
                self._found.popitem(last=False)
        return self._found[wish]

    def _base(self) -> Iterator[int]:
        for _, _, slot in self._carousel.schedule.slots(0, 0):
            yield slot.block
