"""Asking for something first over a link that takes minutes or days, and answering: request, respond.

The clock, the machine's random bytes and the state that is kept between runs come in here.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import InputError, UsageError
from galactica.faults import stopped
from galactica.library.broadcasting import BroadcastOptions
from galactica.placing import check_place, placed
from galactica.progress import Report, silent
from galactica.spread.late.desk import LateDesk, Note
from galactica.spread.late.held import HeldBlocks, held_in
from galactica.spread.late.posting import send_report
from galactica.spread.late.report import LONGEST_WISH, MOST_WISHES, LateReport, report_bytes
from galactica.spread.packets.announcement import Announcement
from galactica.spread.packets.broadcasting import ReleaseOnAir, release_on_air, travelling
from galactica.spread.packets.datagrams import udp_address
from galactica.spread.packets.layout import SentObject
from galactica.spread.packets.part_place import RECEIVING
from galactica.spread.release.document import Release

STATE = "reports.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRequest:
    """A request that was made.

    Attributes:
        report: its bytes.
        number: of the report.
        done, blocks: blocks that are here, and of the release.
        wishes: what is wanted first.
    """

    report: bytes
    number: int
    done: int
    blocks: int
    wishes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Responded:
    """What was sent.

    Attributes:
        on_air: the release.
        packets, bytes: that were sent.
        taken, ignored: reports that changed something, and others.
    """

    on_air: ReleaseOnAir
    packets: int
    bytes: int
    taken: int
    ignored: int


def request(
    out: Path,
    wishes: Sequence[str] = (),
    *,
    place: Path | None = None,
    udp: str = "",
    key: bytes = b"",
    replace: bool = False,
) -> LateRequest:
    """Make a report on what is received to `out`, with wishes; write it to a file or send it, and wait for nothing.

    Args:
        out: the edition that is being received; its folder `OUT.receiving` is read, and nothing of it changed but the
            number of the last report.
        wishes: topics or titles that are wanted first.
        place: file to write, its name ending in `.report`.
        udp: HOST:PORT to send it to.
        key: 1 to 64 bytes that the sender knows; b"": none.
        replace: replace the file.

    Raises:
        UsageError: neither or both of `place` and `udp` are named; too many wishes, or too long ones.
        InputError: nothing is being received there.
        MissingError: the machine's refusals.
    """
    if (place is None) is not bool(udp):
        raise UsageError("A report goes to a file or to an address.", "Name one of --out FILE and --udp HOST:PORT.")
    told = tuple(dict.fromkeys(wish.strip() for wish in wishes if wish.strip()))
    if len(told) > MOST_WISHES or any(len(wish.encode()) > LONGEST_WISH for wish in told):
        raise UsageError(
            "These are too many wishes, or one is too long.", f"At most {MOST_WISHES}, each of {LONGEST_WISH} bytes."
        )
    if place is not None:
        check_place(place, force="--force", replace=replace)
    address = udp_address(udp) if udp else None
    folder = out.with_name(out.name + RECEIVING)
    try:
        held = _newest(held_in(folder, _travels))
        if held is None:
            raise InputError(
                f"Nothing is being received to {out}.", "Begin with galactica receive; this asks for what it lacks."
            )
        reporter, number = _numbered(folder / STATE)
        report = LateReport(
            release=held.release,
            reporter=reporter,
            number=number,
            newest=held.newest,
            held=held.symbols,
            wishes=told,
        )
        raw = report_bytes(report, key=key)
        if place is not None:
            with placed(place, force="--force", replace=replace) as file:
                file.write(raw)
        elif address is not None:
            send_report(raw, address)
    except OSError as error:
        raise stopped("Asking", error, place or out) from error
    done = sum(each is None for each in held.symbols)
    return LateRequest(report=raw, number=number, done=done, blocks=len(held.symbols), wishes=told)


def respond(
    what: Path,
    *,
    udp: str = "",
    out: Path | None = None,
    listen: str = "",
    reports: Path | None = None,
    options: BroadcastOptions | None = None,
    for_all: int = 4,
    key: bytes = b"",
    most: int = 0,
    report: Report = silent,
    note: Note = lambda said: None,
) -> Responded:
    """Send the newest release of a publication without end, and heed reports whenever some come.

    Args:
        what: a publication.
        udp: HOST:PORT that packets are sent to.
        out: a new folder for files of packets, in place of `udp`.
        listen: HOST:PORT at which reports are heard.
        reports: folder that reports are put into.
        options: length of packets, redundancy, rate.
        for_all: one packet in so many is for those who do not report; 0: none.
        key: that reporters know.
        most: bytes to send; 0: without end, over UDP alone.
        report: stages "check" (B), "topics" (packs) and "send" (packets).
        note: is told of reports.

    Raises:
        UsageError: neither or both of `udp` and `out` are named; something stands at `out`.
        EditionError: nothing is published there, or it is damaged.
        LimitError, MissingError: the machine's refusals.
    """
    options = options or BroadcastOptions()
    if (out is None) is not bool(udp):
        raise UsageError("Packets go to a folder or to an address.", "Name one of --out DIR and --udp HOST:PORT.")
    if out is not None and (not most or os.path.lexists(out)):
        raise UsageError(
            "Files of packets are made in a new folder, and have an end.", "Name a new --out and add --bytes: 4GB."
        )
    try:
        air = release_on_air(what, packet_bytes=options.packet, plan=options.plan, report=report)
        with ExitStack() as stack:
            desk = LateDesk(what, air, for_all=for_all, key=key, clock=time.monotonic, report=report, note=note)
            desk.listen(listen, reports, stack)
            if out is None:
                desk.over(udp, rate=options.rate, hops=options.hops, most=most, sleep=time.sleep)
            else:
                desk.into(out, most)
            return Responded(on_air=air, packets=desk.packets, bytes=desk.bytes, taken=desk.taken, ignored=desk.ignored)
    except OSError as error:
        raise stopped("Sending", error, out or what) from error


def _travels(announcement: Announcement) -> Sequence[SentObject]:
    """What the release of a folder has: it was judged before it was put there."""
    return travelling(Release.from_bytes(announcement.document))


def _newest(found: Sequence[HeldBlocks]) -> HeldBlocks | None:
    """The release that is received: the one of which least is done was begun last."""
    return min(found, key=lambda each: each.whole, default=None)


def _numbered(state: Path) -> tuple[bytes, int]:
    """(who reports, number of the next report), from what is kept beside what is received."""
    try:
        kept = json.loads(state.read_text(encoding="ascii"))
        reporter, number = bytes.fromhex(kept["reporter"]), int(kept["number"])
        if len(reporter) != 8 or not 0 < number < 1 << 32:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        reporter, number = os.urandom(8), 1
    with whole(state) as part:
        part.write_text(json.dumps({"reporter": reporter.hex(), "number": number + 1}) + "\n", encoding="ascii")
    return reporter, number
