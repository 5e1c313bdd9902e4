"""The verbs for links that go one way: broadcast, receive."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.making import DAMAGED, NoMeaning
from galactica.cli.options import AsJson, ConfigFolder, EncoderName, Quiet
from galactica.cli.progress import duration_words, reporting
from galactica.cli.terminal import counted, one_line, size, tell, write, write_json
from galactica.errors import InputError, UsageError
from galactica.hints import word

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
            "--cycles", metavar="N", min=0, help="How often it is sent. Default: once as files, without end over UDP."
        ),
    ] = 0,
    rounds: Annotated[
        float,
        typer.Option(
            "--rounds",
            metavar="PERCENT",
            min=0,
            max=400,
            help="What a cycle sends at its end of all blocks in turn, for those who lost more than was thought.",
        ),
    ] = 25.0,
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
        rounds=rounds,
        cycles=cycles,
        rate=rate_of(rate),
        hops=hops,
        policy=policy,
    )
    with reporting(quiet) as report:
        sent = library.broadcast(
            what,
            out=out,
            udp=udp,
            options=options,
            state=state,
            settings=open_settings(config),
            report=report,
            note=tell,
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


@verb
def receive_verb(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The edition to make. A part of it may stand there.")],
    source: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="DIR|FILE", help="Files of packets, or a folder of them. Repeatable."),
    ] = None,
    udp: Annotated[
        str,
        typer.Option("--udp", metavar="HOST:PORT", help="Listen there; 0.0.0.0:PORT for all, or a group's address."),
    ] = "",
    root: Annotated[
        str, typer.Option("--root", metavar="ROOT", help="The root of the edition as you know it; no other is taken.")
    ] = "",
    older: Annotated[
        bool, typer.Option("--older", help="Take an edition that is older than what was taken before.")
    ] = False,
    seconds: Annotated[
        float | None,
        typer.Option("--for", metavar="SECONDS", min=1, help="How long to listen. Default: until it is whole."),
    ] = None,
    at: Annotated[
        str,
        typer.Option(
            "--at",
            metavar="PERCENT,…",
            help="When an edition is made of what has arrived. Default: of files at the end, over UDP 1,2,5,10,20,50.",
        ),
    ] = "",
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, max=256, help="Processes that put the edition together.")
    ] = 0,
    no_meaning: NoMeaning = False,
    encoder: EncoderName = "",
    config: ConfigFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Receive an edition that is broadcast, and read what has arrived of it so far.

    At OUT stands an edition of the articles that are here, to be read, searched and asked like any; it is replaced
    when there is more, and by the whole. Without --from and --udp, what was received before is put together. Stopped
    at any moment, the same command goes on. Exit code 9 when the edition is not whole, 3 when nothing of it can be
    read.
    """
    from galactica import library

    settings = open_settings(config)
    with reporting(quiet) as report:
        found = library.receive(
            out,
            places=source or (),
            udp=udp,
            seconds=seconds,
            root=root_named(root),
            older=older,
            shares=shares_of(at) if at else None,
            settings=settings,
            workers=workers,
            report=report,
            note=tell,
        )
        if found.whole and not no_meaning:
            library.index_received(out, encoder=encoder or settings.encoder, workers=workers, report=report, note=tell)
    code = 0 if found.whole else DAMAGED if found.articles else InputError.exit_code
    if as_json:
        from galactica.wire.broadcasting import received_document

        write_json(received_document(str(out), found))
        return code
    if found.chosen is None:
        write(f"Nothing is known yet of what is sent: {counted(found.packets, 'packet')}, no announcement.")
        return code
    head = found.chosen.trusted.head
    share = 100 * found.arrived / max(1, found.bytes)
    state = "whole" if found.whole else f"{share:.1f} % arrived"
    write(
        one_line(f"{out}: “{head.title}”, number {head.number}: {state}, {found.articles:,} of {found.of:,} articles")
    )
    if found.false:
        write(f"False packets among them, found and dropped: {found.false:,}.")
    if not found.whole:
        tell(
            f"The same command goes on with what comes; galactica receive {word(str(out))} puts together what is here."
        )
    write(f"Root: {head.root}")
    return code


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


def shares_of(text: str) -> tuple[int, ...]:
    """Per cent that a person writes with commas.

    Raises:
        UsageError: they are none.
    """
    try:
        found = tuple(int(each) for each in text.split(","))
        if not all(0 <= each <= 100 for each in found):
            raise ValueError
    except ValueError:
        raise UsageError(f"{text!r} is no list of per cent.", "Write it like 1,5,20,50.") from None
    return found


def root_named(text: str) -> str:
    """A root that a person writes.

    Raises:
        UsageError: it is none.
    """
    root = text.strip().lower()
    if root and not re.fullmatch("[0-9a-f]{64}", root):
        raise UsageError(f"{text!r} is no root.", "A root has 64 hexadecimal digits.")
    return root
