"""A sender at work: packets to an address or into files, and reports from an address or a folder, as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import UsageError
from galactica.progress import Report
from galactica.spread.late.posting import ReportFolder, heard
from galactica.spread.late.sender import LateSender, ReportTaken
from galactica.spread.late.topics import TopicFinder
from galactica.spread.packets.broadcasting import ReleaseOnAir
from galactica.spread.packets.carousel import Sent
from galactica.spread.packets.container import framed
from galactica.spread.packets.datagrams import send_datagrams, udp_address
from galactica.spread.release.document import LEAVES, PACK
from galactica.spread.release.objects import object_path

POLL = 0.25
"""Seconds after which reports are looked for again."""
MOST_AT_ONCE = 8
"""Reports of a source that are heeded then: a flood of them must not keep the sender from sending."""
FILE_BYTES = 16 << 20
"""Bytes of a file of packets."""

Note = Callable[[str], None]


class LateDesk:
    """A sender, and where its reports come from.

    Args:
        folder: the publication.
        air: its release.
        for_all, key: as `LateSender` has them.
        clock: of the machine, in seconds.
        report, note: are told how far it is, and of reports.

    Attributes:
        packets, bytes: that were sent.
        taken, ignored: reports that changed something, and others.
    """

    def __init__(
        self,
        folder: Path,
        air: ReleaseOnAir,
        *,
        for_all: int,
        key: bytes,
        clock: Callable[[], float],
        report: Report,
        note: Note,
    ) -> None:
        self._clock = clock
        objects = [each for each in air.release.objects if each.kind in (PACK, LEAVES)]
        find = TopicFinder(
            objects, lambda at: (folder / object_path(objects[at].hash)).read_bytes(), air.release.format, report
        )
        self._sender = LateSender(air.carousel, find, key=key, for_all=for_all)
        self._report, self._note = report, note
        self._sources: list[Callable[[], Iterator[bytes]]] = []
        self.packets = self.bytes = self.taken = self.ignored = 0

    def listen(self, udp: str, folder: Path | None, stack: ExitStack) -> None:
        """Say where reports come from."""
        if folder is not None:
            if not folder.is_dir():
                raise UsageError(f"There is no folder {folder}.", "Make it: reports are put there.")
            self._sources.append(ReportFolder(folder).new)
        if udp:
            coming = heard(udp_address(udp), wait=0.001)
            stack.callback(coming.close)  # type: ignore[attr-defined]

            def waiting() -> Iterator[bytes]:
                while (raw := next(coming)) is not None:
                    yield raw

            self._sources.append(waiting)
        self._hear()

    def over(self, udp: str, *, rate: int, hops: int, most: int, sleep: Callable[[float], None]) -> None:
        """Send over UDP, `most` bytes; 0: without end."""
        send_datagrams(
            self._endless(most),
            udp_address(udp),
            rate=rate,
            hops=hops,
            clock=self._clock,
            sleep=sleep,
            sent=lambda sent: None,
        )

    def into(self, out: Path, most: int) -> None:
        """Write `most` bytes as files of packets."""
        out.mkdir()
        packets = self._endless(most)
        for number in range(1 << 20):
            content = bytearray()
            for sent in packets:
                content += framed(sent.packet)
                if len(content) >= FILE_BYTES:
                    break
            if not content:
                return
            with whole(out / f"{number:06d}.packets") as part:
                part.write_bytes(content)

    def _endless(self, most: int) -> Iterator[Sent]:
        looked = self._clock()
        while not most or self.bytes < most:
            if self._clock() - looked > POLL:
                self._hear()
                looked = self._clock()
            packet = self._sender.send()
            self.packets += 1
            self.bytes += len(packet)
            if self.packets % 256 == 0:
                self._report("send", self.packets, None, "packets")
            yield Sent(cycle=0, index=self.packets, packet=packet)

    def _hear(self) -> None:
        for source in self._sources:
            for raw in islice(source(), MOST_AT_ONCE):
                event = self._sender.receive(raw)
                if isinstance(event, ReportTaken):
                    self.taken += 1
                    self._note(_said(event))
                else:
                    self.ignored += 1


def _said(event: ReportTaken) -> str:
    """A report, for a person."""
    here = sum(each is None for each in event.report.held)
    more = sum(symbols for _, symbols in event.settled.jobs)
    told = (
        f"Report {event.report.number} of {event.report.reporter.hex()[:8]}: {here} of {len(event.report.held)} blocks"
    )
    told += f" are there; {more:,} packets are sent for it, at a loss of {event.settled.loss:.0%}."
    for wish, places in event.found:
        told += f" “{wish}” is in {len(places)} packs." if places else f" Nothing is called “{wish}”."
    return told
