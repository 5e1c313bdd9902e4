"""The verb that sends an edition one way: broadcast."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.filming import (
    CodesOfFrame,
    FramesASecond,
    Replacing,
    ShownAs,
    SoundedAs,
    WayOfSounding,
    check_one_way,
    film_sent,
    film_told,
)
from galactica.cli.options import AsJson, ConfigFolder, Quiet
from galactica.cli.progress import duration_words, reporting
from galactica.cli.terminal import one_line, size, tell_note, write, write_json
from galactica.errors import UsageError
from galactica.model.said import counted

_RATE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)([kMG]?)")
_TIMES = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}
MIN_RATE, MAX_RATE = 100, 10**11
"""Bits a second that can be asked for."""


@verb
def broadcast_verb(
    what: Annotated[
        Path, typer.Argument(metavar="EDITION|PUBLICATION", help="What is sent, the newest release of it.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the packets as files, to be carried.")
    ] = None,
    udp: Annotated[
        str, typer.Option("--udp", metavar="HOST:PORT", help="Send them there: to a machine or to a group (multicast).")
    ] = "",
    qr: ShownAs = None,
    wav: SoundedAs = None,
    grid: CodesOfFrame = "2x1",
    fps: FramesASecond = 10,
    sound: WayOfSounding = "room",
    force: Replacing = False,
    rate: Annotated[
        str, typer.Option("--rate", metavar="BITS/S", help="Over UDP: 9600, 64k, 10M; headers of IP and UDP count.")
    ] = "10M",
    redundancy: Annotated[
        float,
        typer.Option(
            "--redundancy",
            metavar="PERCENT",
            min=0,
            max=400,
            help="Repair symbols in per cent: p / (1 - p) where a share p is lost, so 11.1 where 10 % are.",
        ),
    ] = 12.0,
    packet: Annotated[
        int, typer.Option("--packet", metavar="BYTES", min=80, max=8192, help="Length of packets, as the link has it.")
    ] = 1400,
    cycles: Annotated[
        int,
        typer.Option(
            "--cycles",
            metavar="N",
            min=0,
            help="How often it is sent. Default: once as files and sound, twice as a film, without end over UDP.",
        ),
    ] = 0,
    rounds: Annotated[
        float | None,
        typer.Option(
            "--rounds",
            metavar="PERCENT",
            min=0,
            max=400,
            help="What a cycle sends at its end of all blocks in turn, for those who lost more than was thought. "
            "Default: 25 over UDP, none as files.",
        ),
    ] = None,
    hops: Annotated[
        int, typer.Option("--hops", metavar="N", min=0, max=255, help="Routers that packets to a group may pass.")
    ] = 1,
    policy: Annotated[
        Path | None,
        typer.Option("--policy", metavar="FILE", help="In which order an edition travels that is not published yet."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(
            "--state", metavar="FILE", help="Where a sender over UDP keeps its place. Default: by the settings."
        ),
    ] = None,
    config: ConfigFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Send an edition one way, to whoever listens, in packets of which any are as good as any other.

    Nothing is asked of receivers: they may lose packets, begin in the middle, be switched off for hours. What matters
    most comes first, and can be read when a hundredth has arrived. Stopped at any moment, the same command goes on
    where it was.
    """
    from galactica import library
    from galactica.library import BroadcastOptions

    options = BroadcastOptions(
        packet=packet,
        redundancy=redundancy,
        rounds=(25.0 if udp else 0.0) if rounds is None else rounds,
        cycles=cycles,
        rate=rate_of(rate),
        hops=hops,
        policy=policy,
    )
    check_one_way(sum((out is not None, bool(udp), qr is not None, wav is not None)))
    if qr is not None or wav is not None:
        sent = film_sent(what, qr, wav, options, grid=grid, fps=fps, sound=sound, force=force, quiet=quiet)
        if as_json:
            from galactica.wire.broadcasting import broadcast_document

            write_json(broadcast_document(sent))
        else:
            film_told(sent, qr, wav)
        return 0
    with reporting(quiet) as report:
        sent = library.broadcast(
            what,
            out=out,
            udp=udp,
            options=options,
            state=state,
            settings=open_settings(config),
            report=report,
            note=tell_note,
        )
    if as_json:
        from galactica.wire.broadcasting import broadcast_document

        write_json(broadcast_document(sent))
        return 0
    release, cycle = sent.on_air.release, sent.on_air.carousel.schedule.packets
    where = f"{out}: {counted(sent.files, 'file')}, " if out is not None else f"{udp}: "
    write(one_line(f"{where}{counted(sent.packets, 'packet')}, {size(sent.bytes)}"))
    length = cycle * (sent.on_air.carousel.packet_bytes + 28) * 8
    at_rate = f", {duration_words(length / options.rate)} at {rate}" if udp else ""
    write(one_line(f"“{release.title}”, number {release.number}: {cycle:,} packets a cycle{at_rate}"))
    write(f"Root: {release.root}")
    return 0


def rate_of(text: str) -> int:
    """Bits a second of what a person writes: 9600, 64k, 2.5M.

    Raises:
        UsageError: it is no rate, or beyond its bounds.
    """
    found = _RATE.fullmatch(text)
    rate = round(float(found[1]) * _TIMES[found[2]]) if found else 0
    if not MIN_RATE <= rate <= MAX_RATE:
        raise UsageError(f"{text!r} is no rate in bits a second.", "Write it like 9600, 64k or 2.5M.")
    return rate
