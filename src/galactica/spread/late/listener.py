"""The receiving side of a late session: packets in, events out, and a report now and then.

Rule 1. Nothing waits for a report, and none is asked for. One is due when something was wished for, when all is there,
and else every `every` seconds, if anything changed since the last.
Rule 2. Two reports are `gap` seconds apart at the least. One may be lost: wishes stand in each until they are
fulfilled, and what is held is told anew every time.

No socket, no clock: time is an argument, in seconds, and may stand still.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from galactica.spread.late.held import HeldBlocks, held_by
from galactica.spread.late.report import LONGEST_WISH, MOST_WISHES, LateReport, report_bytes
from galactica.spread.packets.events import Announced, ReceiverEvent
from galactica.spread.packets.packet import BLOCK, read_packet
from galactica.spread.packets.receiver import Receiver

GAP, EVERY = 60.0, 1800.0
"""Seconds between reports: at the least, and usually."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """How a receiver reports.

    Attributes:
        reporter: 8 bytes, drawn by chance once and kept.
        first: number of the first report; above every one that was sent before.
        gap, every: seconds.
        key: that the sender knows; b"": none.
    """

    reporter: bytes
    first: int = 1
    gap: float = GAP
    every: float = EVERY
    key: bytes = b""


class LateListener:
    """Receives one release by a `Receiver`, and reports on it.

    Args:
        receiver: takes packets in.
        reporting: how it reports.

    Attributes:
        wishes: what is wanted first, and not fulfilled yet.
    """

    def __init__(self, receiver: Receiver, reporting: Reporting) -> None:
        self._receiver, self._reporting = receiver, reporting
        self._newest: tuple[int, int] | None = None
        self._key: tuple[bytes, int] | None = None
        self._number = reporting.first
        self._last: float | None = None
        self._told: tuple[HeldBlocks, tuple[str, ...]] | None = None
        self.wishes: tuple[str, ...] = ()

    def receive(self, raw: bytes) -> Iterator[ReceiverEvent]:
        """Take in what may be a packet; what came of it. The iterator must be read to its end."""
        packet = read_packet(raw)
        if packet is not None and self._key == (packet.release, len(packet.symbol)) and packet.kind == BLOCK:
            self._newest = packet.place, packet.point
        for event in self._receiver.receive(raw):
            if isinstance(event, Announced):
                self._key = event.release, event.symbol
            yield event

    def wish(self, text: str) -> bool:
        """Want something first; whether there is room for it."""
        text = text.strip()
        if not text or len(text.encode()) > LONGEST_WISH or len(self.wishes) >= MOST_WISHES:
            return False
        self.wishes = (*(each for each in self.wishes if each != text), text)
        return True

    def fulfilled(self, text: str) -> None:
        """Want something no longer."""
        self.wishes = tuple(each for each in self.wishes if each != text)

    def due(self) -> float:
        """Seconds at which the next report is due, if nothing changes; infinity: never."""
        held = self.held
        if held is None or (held, self.wishes) == self._told:
            return float("inf")
        if self._last is None:
            return float("-inf")
        soon = held.whole or self._told is None or self.wishes != self._told[1]
        return self._last + (self._reporting.gap if soon else self._reporting.every)

    def report(self, now: float) -> bytes | None:
        """The report that is due by now; None where none is."""
        held = self.held
        if held is None or now < self.due():
            return None
        self._last, self._told = now, (held, self.wishes)
        self._number += 1
        return report_bytes(
            LateReport(
                release=held.release,
                reporter=self._reporting.reporter,
                number=self._number - 1,
                newest=held.newest,
                held=held.symbols,
                wishes=self.wishes,
            ),
            key=self._reporting.key,
        )

    @property
    def held(self) -> HeldBlocks | None:
        """What is held; None before a release was announced."""
        channel = self._receiver.channels.get(self._key) if self._key is not None else None
        return held_by(channel, self._newest) if channel is not None else None
