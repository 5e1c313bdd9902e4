"""What arrives becomes an edition: first a part that can be read, again when there is more, at last the whole.

Everything lies in `OUT.receiving/` beside the edition: symbols, objects, records. Whatever ends the work, the same
command goes on. At OUT stands what arrived so far, as an edition with `partial.json`, and is replaced by the next in
one step between two names; what stands there and is no such part is never touched.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.codes.lock import locked
from galactica.edition.partial import PartialHeader
from galactica.errors import InputError
from galactica.faults import stopped
from galactica.progress import Report, silent
from galactica.spread.assembly.assembling import assemble
from galactica.spread.assembly.part import assemble_part
from galactica.spread.assembly.store import RecordStore
from galactica.spread.packets.chosen import ChosenRelease, Decide, ReleaseChoice
from galactica.spread.packets.events import (
    AllArrived,
    Announced,
    BlockSpoiled,
    FalseSymbols,
    ObjectArrived,
    ReceiverEvent,
    Refused,
)
from galactica.spread.packets.layout import SentObject
from galactica.spread.packets.part_place import (
    RECEIVING,
    RECORDS,
    check_out,
    check_receiving,
    clear_received,
    cleared_if_refused,
    part_at,
    put_back,
    put_in_place,
    root_at,
)
from galactica.spread.packets.receiver import Receiver
from galactica.spread.release.document import ReleaseObject
from galactica.spread.release.pack import check_object

SHARES = (1, 2, 5, 10, 20, 50)
"""Per cent of the bytes of a release at which an edition is made of what has arrived."""

FLUSH = 2.0
"""Seconds after which what was received is written, so that a loss of power costs no more."""

Note = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedEdition:
    """What came of receiving.

    Attributes:
        chosen: the release; None where none was announced that is taken.
        whole: whether the edition is whole.
        articles, of: articles that can be read, and of the release; 0 where nothing was put together.
        arrived, bytes: of the release's objects.
        packets, dropped: that came; that were damaged, or of no release that is listened to.
        false: symbols that somebody else had put among those of the release, and that were found.
    """

    chosen: ChosenRelease | None
    whole: bool
    articles: int
    of: int
    arrived: int
    bytes: int
    packets: int
    dropped: int
    false: int


class Reception:
    """Receives an edition to `out`; `receive_edition` is its use.

    Args:
        decide: says whether a release is taken.
        seed: 16 bytes or more that no sender knows.
        clock: of the machine, in seconds.
    """

    def __init__(
        self,
        out: Path,
        decide: Decide,
        *,
        seed: bytes,
        clock: Callable[[], float],
        shares: Sequence[int] = SHARES,
        workers: int = 0,
        report: Report = silent,
        note: Note = lambda said: None,
    ) -> None:
        self._out, self._work = out, out.with_name(out.name + RECEIVING)
        self._choice = ReleaseChoice(decide)
        self._receiver = Receiver(self._work, self._choice, seed)
        self._clock, self._workers, self._report, self._note = clock, workers, report, note
        self._shares = sorted({each for each in shares if 0 < each < 100})
        self._store: RecordStore | None = None
        self._stated: dict[bytes, ReleaseObject] = {}
        self._part: PartialHeader | None = None
        self._packets = self._false = self._parted = self._arrived = 0
        self.whole = False

    def run(self, packets: Iterable[bytes | None]) -> ReceivedEdition:
        """Take in packets until the edition is whole, or there are no more; None is a moment without any."""
        put_back(self._out, self._work)
        try:
            for event in self._receiver.resume():
                self._heed(event)
            self._make_part()
            flushed = self._clock()
            for raw in packets if not self.whole else ():
                if raw is None:
                    self._tell()
                else:
                    self._packets += 1
                    for event in self._receiver.receive(raw):
                        self._heed(event)
                    if self._packets % 256 == 0:
                        self._tell()
                        self._make_part()
                if self.whole:
                    break
                if self._clock() - flushed > FLUSH:
                    self._receiver.flush()
                    flushed = self._clock()
            self._receiver.flush()
            return self._finish()
        finally:
            self._receiver.flush()
            if self._store is not None:
                self._store.close()

    def _heed(self, event: ReceiverEvent) -> None:
        if isinstance(event, Announced):
            self._begin()
        elif isinstance(event, ObjectArrived):
            self._put(event.object)
        elif isinstance(event, AllArrived):
            chosen = self._choice.chosen
            self.whole = chosen is not None and chosen.announcement.release == event.release
        elif isinstance(event, FalseSymbols):
            self._false += event.count
        elif isinstance(event, BlockSpoiled):
            self._note("Somebody sends false packets among these: a block of them begins anew.")
        elif isinstance(event, Refused):
            self._note(f"Not taken: {event.why.told}")

    def _begin(self) -> None:
        """A release was taken: open the store of its records, and take in what is here of it."""
        chosen = self._choice.chosen
        assert chosen is not None
        if self._store is not None and self._store.root == chosen.release.root:
            return
        for said in chosen.trusted.said:
            self._note(said)
        check_out(self._out, chosen.release.root, self._work / RECORDS)
        if root_at(self._out) == chosen.release.root:
            self.whole, self._arrived = True, chosen.release.bytes
            return
        if self._store is not None:
            self._note(f"Release {chosen.release.number} is received from now on.")
            self._store.close()
        self._store = RecordStore.of(self._work / RECORDS / chosen.release.called, chosen.release)
        self._stated = {bytes.fromhex(each.hash): each for each in chosen.release.objects}
        self._part = part_at(self._out)  # of an earlier run
        self._parted = self._part.arrived if self._part is not None else 0
        for digest, each in self._stated.items():
            if self._receiver.objects.has(SentObject(hash=digest, size=each.size)):
                self._put(SentObject(hash=digest, size=each.size))
        self._arrived = self._store.bytes_of_objects()

    def _put(self, sent: SentObject) -> None:
        """Take the records of an object into the store, where it is one of the release that is received."""
        stated = self._stated.get(sent.hash)
        if self._store is None or stated is None or stated.hash in self._store.objects():
            return
        self._store.put_object(check_object(self._receiver.objects.path(sent.hash).read_bytes(), stated))
        self._arrived += stated.size

    def _tell(self) -> None:
        chosen = self._choice.chosen
        if chosen is not None:
            symbols = sum(each.held * each.layout.symbol for each in self._receiver.channels.values())
            self._report("receive", min(self._arrived + symbols, chosen.release.bytes), chosen.release.bytes, "B")

    def _make_part(self, *, now: bool = False) -> None:
        """Put together what arrived, where there is a share more of it, or the person asks for it."""
        chosen = self._choice.chosen
        if chosen is None or self._store is None or self.whole:
            return
        share = 100 * self._arrived // max(1, chosen.release.bytes)
        due = next((each for each in reversed(self._shares) if each <= share), 0)
        if self._arrived > self._parted and (now or due > 100 * self._parted // max(1, chosen.release.bytes)):
            self._receiver.flush()
            self._parted = self._arrived
            try:
                self._part = assemble_part(
                    self._store,
                    chosen.release,
                    self._out,
                    work=self._work / "making",
                    beside=dict(chosen.announcement.files),
                    workers=self._workers,
                    replace=self._replace if os.path.lexists(self._out) else None,
                    report=self._report,
                )
            except InputError:  # no article of it can be read yet
                return
            here, count = self._part.articles
            self._note(f"{share} % arrived: {here:,} of {count:,} articles can be read in {self._out}.")

    def _finish(self) -> ReceivedEdition:
        chosen = self._choice.chosen
        if not self.whole:
            self._make_part(now=True)
        elif chosen is not None and self._store is not None and root_at(self._out) != chosen.release.root:
            assemble(
                self._store,
                chosen.release,
                self._out,
                work=self._work / "making",
                beside=dict(chosen.announcement.files),
                workers=self._workers,
                replace=self._replace if os.path.lexists(self._out) else None,
                report=self._report,
            )
        here = chosen.release.count("articles") if chosen is not None else 0
        return ReceivedEdition(
            chosen=chosen,
            whole=self.whole,
            articles=here if self.whole else self._part.articles[0] if self._part is not None else 0,
            of=here,
            arrived=self._arrived,
            bytes=chosen.release.bytes if chosen is not None else 0,
            packets=self._packets,
            dropped=self._receiver.dropped,
            false=self._false,
        )

    def _replace(self, made: Path, out: Path) -> None:
        put_in_place(made, out, self._work)


def receive_edition(
    out: Path,
    packets: Iterable[bytes | None],
    decide: Decide,
    *,
    seed: bytes,
    clock: Callable[[], float],
    shares: Sequence[int] = SHARES,
    workers: int = 0,
    report: Report = silent,
    note: Note = lambda said: None,
) -> ReceivedEdition:
    """Receive an edition; goes on where an earlier run was ended.

    Args:
        out: the edition to make; a part of it may stand there already.
        packets: what came, in any order, damaged, of others; None where nothing came for a moment.
        decide: says whether a release is taken.
        seed: 16 bytes or more that no sender knows.
        clock: of the machine, in seconds.
        shares: per cent at which an edition is made of what has arrived.
        report: stages "receive" (B), and those of putting together.
        note: is told what the person should know.

    Raises:
        UsageError: something else stands at `out`, or another process receives there.
        EditionError: what arrived does not give the root.
        LimitError, MissingError: the machine's refusals.
    """
    out = out.absolute()
    work = out.with_name(out.name + RECEIVING)
    check_receiving(out)
    try:
        work.mkdir(exist_ok=True)
        with locked(work / "lock", f"Another process is receiving to {out}."), cleared_if_refused(work):
            found = Reception(
                out, decide, seed=seed, clock=clock, shares=shares, workers=workers, report=report, note=note
            ).run(packets)
            if found.whole:
                clear_received(out, work)
    except OSError as error:
        raise stopped("Receiving", error, out) from error
    return found
