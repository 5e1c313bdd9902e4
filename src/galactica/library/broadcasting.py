"""Sending an edition one way, to whoever listens, and receiving one.

The clock, the settings folder and the machine's random bytes come in here; below, everything is bytes in, events out.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from galactica.errors import UsageError
from galactica.faults import stopped
from galactica.library.settings import Settings
from galactica.progress import Report, silent
from galactica.spread.assembly.assembling import add_codes
from galactica.spread.packets.broadcasting import (
    PacketsWritten,
    ReleaseOnAir,
    packet_files,
    release_on_air,
    write_packets,
)
from galactica.spread.packets.carousel import Carousel, Sent
from galactica.spread.packets.container import packets_in
from galactica.spread.packets.datagrams import received_datagrams, send_datagrams, udp_address
from galactica.spread.packets.receiving import SHARES, Note, ReceivedEdition, receive_edition
from galactica.spread.packets.schedule import WHOLE, CarouselPlan
from galactica.spread.packets.sender_place import SenderPlace
from galactica.spread.release.publishing import publish_edition
from galactica.spread.trust.deciding import TrustedRelease, decide
from galactica.spread.trust.store import TrustStore

__all__ = ["BroadcastOptions", "Broadcasted", "ReceivedEdition", "broadcast", "index_received", "receive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastOptions:
    """How an edition is sent.

    Attributes:
        packet: bytes of a packet, 80 to 8,192.
        redundancy: repair symbols of a pass, in per cent of the source symbols; p / (1 - p) where a share p is lost.
        rounds: what a cycle sends behind its pass, in per cent.
        cycles: how many; 0: without end, over UDP alone.
        rate: bits a second over UDP, headers among them.
        hops: routers that packets to a group may pass.
        policy: file that says in which order an edition travels that is not published yet; None: the usual order.
    """

    packet: int = 1400
    redundancy: float = 12.0
    rounds: float = 25.0
    cycles: int = 0
    rate: int = 10_000_000
    hops: int = 1
    policy: Path | None = None

    @property
    def plan(self) -> CarouselPlan:
        """As a carousel takes it.

        Raises:
            UsageError: a share is beyond its bounds.
        """
        per_cent = WHOLE / 100
        try:
            return CarouselPlan(redundancy=round(per_cent * self.redundancy), rounds=round(per_cent * self.rounds))
        except (ValueError, OverflowError) as error:
            raise UsageError(f"It cannot be sent so: {error}.", "Ask for 0 to 400 per cent.") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasted:
    """What was sent.

    Attributes:
        on_air: the release, and its carousel.
        packets: that were sent by this run, or that the folder has.
        bytes: of them.
        files: that the folder has; 0 over UDP.
        cycle, index: where the next run goes on.
        frames: of a film.
        seconds: that a film, or sound, plays once.
    """

    on_air: ReleaseOnAir
    packets: int
    bytes: int
    files: int
    cycle: int
    index: int
    frames: int = 0
    seconds: float = 0.0


def broadcast(
    what: Path,
    *,
    out: Path | None = None,
    udp: str = "",
    options: BroadcastOptions | None = None,
    state: Path | None = None,
    settings: Settings | None = None,
    report: Report = silent,
    note: Note = lambda said: None,
) -> Broadcasted:
    """Send the edition or publication at `what`, as files of packets or over UDP; goes on where an earlier run was
    ended.

    Args:
        what: an edition, which nobody vouches for then, or a publication, of which the newest release is sent.
        out: folder for files of packets.
        udp: HOST:PORT that packets are sent to, in place of `out`.
        state: file in which the place of a sender over UDP is kept; None: one beside the settings.
        settings: the person's; None: the usual ones.
        report: stages "check" (B) and "send" (packets), and for an edition those of publishing.
        note: is told what the person should know.

    Raises:
        UsageError: neither or both of `out` and `udp` are named; something else lies at `out`.
        EditionError: there is nothing to send, or it is damaged.
        LimitError, MissingError: the machine's refusals.
    """
    options = options or BroadcastOptions()
    if (out is None) is not bool(udp):
        raise UsageError("Packets go to a folder or to an address.", "Name one of --out DIR and --udp HOST:PORT.")
    plan = options.plan
    address = udp_address(udp) if udp else None
    try:
        with published_for(what, options, report, note) as folder, _scratch(out) as scratch:
            air = release_on_air(folder, packet_bytes=options.packet, plan=plan, scratch=scratch, report=report)
            if address is None:
                assert out is not None
                made = write_packets(air.carousel, out, cycles=options.cycles or 1, report=report)
                return _written(air, made)
            kept = SenderPlace(state or _state_file(air.carousel, settings or Settings.default()), air.carousel)
            total = options.cycles * air.carousel.schedule.packets or None

            def told(sent: Sent) -> None:
                kept.after(sent, time.monotonic())
                if kept.packets % 256 == 0:
                    report("send", kept.packets, total, "packets")

            packets: Iterator[Sent] = air.carousel.packets(kept.cycle, kept.index)
            try:
                send_datagrams(
                    islice(packets, total),
                    address,
                    rate=options.rate,
                    hops=options.hops,
                    clock=time.monotonic,
                    sleep=time.sleep,
                    sent=told,
                )
            finally:
                kept.save()
            return Broadcasted(
                on_air=air, packets=kept.packets, bytes=kept.bytes, files=0, cycle=kept.cycle, index=kept.index
            )
    except OSError as error:
        raise stopped("Sending", error, out or what) from error


def receive(
    out: Path,
    *,
    places: Sequence[Path] = (),
    udp: str = "",
    packets: Iterable[bytes | None] | None = None,
    seconds: float | None = None,
    root: str = "",
    older: bool = False,
    shares: Sequence[int] | None = None,
    settings: Settings | None = None,
    workers: int = 0,
    report: Report = silent,
    note: Note = lambda said: None,
    chosen: Callable[[str], None] = lambda title: None,
) -> ReceivedEdition:
    """Receive an edition, and make of what has arrived one that can be read; goes on where an earlier run was ended.

    Args:
        out: the edition to make. A part of it may stand there, which is replaced when there is more.
        places: files of packets, or folders of them. Without them and `udp`, what was received before is put together.
        udp: HOST:PORT that packets come to; HOST is an address of this machine, or of a group.
        packets: packets that come another way, and None at a moment without any, in place of both.
        seconds: how long to listen; None: until it is whole.
        root: root of the edition as the person knows it; "": whom this machine trusts decides.
        older: one that is older than what was taken before is taken, too.
        shares: per cent at which an edition is made of what has arrived; None: over UDP `SHARES`, of files only at the
            end.
        settings: the person's; None: the usual ones.
        report, note: as for `broadcast`; stages are "receive" (B), and those of putting together.
        chosen: is told what a release that is taken is called.

    Raises:
        UsageError: something else stands at `out`; both places and an address are named; there are no packets.
        EditionError: what arrived does not give the root.
        LimitError, MissingError: the machine's refusals.
    """
    if places and udp:
        raise UsageError("Packets come from files or from an address.", "Name one of --from and --udp.")
    store = TrustStore((settings or Settings.default()).path.parent / "trust")

    def decided(raw: bytes, signatures: Mapping[str, bytes], roots: Mapping[int, bytes]) -> TrustedRelease:
        trusted = decide(raw, signatures, roots, store=store, named_root=root, older=older)
        chosen(trusted.head.title)
        return trusted

    files = [file for place in places for file in packet_files(place)]  # said before anything is made
    found = receive_edition(
        out,
        packets if packets is not None else _listened(udp, seconds, time.monotonic) if udp else _read(files),
        decided,
        seed=os.urandom(32),
        clock=time.monotonic,
        shares=shares if shares is not None else SHARES if udp else (),
        workers=workers,
        report=report,
        note=note,
    )
    if found.whole and found.chosen is not None:
        found.chosen.trusted.remember(store)
    return found


def index_received(
    out: Path, *, encoder: str, workers: int, report: Report = silent, note: Note = lambda said: None
) -> None:
    """Make the index of meaning of an edition that was received whole; it can be read and searched meanwhile.

    Raises:
        MissingError, LimitError: the machine's refusals.
    """
    add_codes(out, encoder=encoder, workers=workers, report=report, note=note)


@contextmanager
def published_for(what: Path, options: BroadcastOptions, report: Report, note: Note) -> Iterator[Path]:
    """The publication to send of: `what`, or one that is made of the edition there and lasts as long as it is sent."""
    if not (what / "data" / "edition.json").exists():
        if options.policy is not None:
            raise UsageError(
                f"{what} is published already, in an order of its own.", "Leave --policy out, or name an edition."
            )
        yield what
        return
    note("Nobody vouches for this edition: it is sent unsigned. Publish it with your keys, and send what is published.")
    with tempfile.TemporaryDirectory(prefix="galactica-") as place:
        publish_edition(what, Path(place), policy=options.policy, report=report)
        yield Path(place)


@contextmanager
def _scratch(out: Path | None) -> Iterator[Path]:
    """A folder for repair symbols, for as long as they are sent: beside the files of packets, or where the system has
    such folders. What a run that was killed left beside the files is taken away."""
    if out is None:
        with tempfile.TemporaryDirectory(prefix="galactica-") as name:
            yield Path(name)
        return
    place = out.with_name(out.name + ".sending")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _written(air: ReleaseOnAir, made: PacketsWritten) -> Broadcasted:
    cycle, index = divmod(made.packets, air.carousel.schedule.packets)
    return Broadcasted(on_air=air, packets=made.packets, bytes=made.bytes, files=made.files, cycle=cycle, index=index)


def _state_file(carousel: Carousel, settings: Settings) -> Path:
    return settings.path.parent / "broadcast" / f"{carousel.release.hex()}-{carousel.layout.symbol}.json"


def _listened(udp: str, seconds: float | None, clock: Callable[[], float]) -> Iterator[bytes | None]:
    """What comes to an address, for so many seconds."""
    until = None if seconds is None else clock() + seconds
    for packet in received_datagrams(udp_address(udp), wait=0.5):
        yield packet
        if until is not None and clock() > until:
            return


def _read(files: Sequence[Path]) -> Iterator[bytes]:
    """The packets of files, one behind another."""
    for file in files:
        yield from packets_in(file)
