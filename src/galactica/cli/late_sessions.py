"""The verbs for links on which every word takes minutes or days: request, respond."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.broadcasting import rate_of
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, size, tell_note, write, write_json
from galactica.errors import InputError, UsageError
from galactica.model.said import counted

KeyFile = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="A file that both ends have: only who has it is heard. Up to 64 bytes."),
]


@verb
def request_verb(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The edition that galactica receive is receiving.")],
    wishes: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC]...", help="What is wanted first: titles, or words of them.")
    ] = None,
    place: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the report: NAME.report, to be carried.")
    ] = None,
    udp: Annotated[str, typer.Option("--udp", metavar="HOST:PORT", help="Send the report there.")] = "",
    key: KeyFile = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is one.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell a sender, however far, what of an edition is here and what is wanted first; nothing is waited for.

    One small report, in a datagram or a file. It may be lost, or come a day late: make another whenever you like.
    galactica respond heeds it.
    """
    from galactica import library

    made = library.request(out, wishes or (), place=place, udp=udp, key=_key(key), replace=force)
    if as_json:
        from galactica.wire.late_sessions import request_document

        write_json(request_document(made))
        return
    asked = f", wanted first: {', '.join(made.wishes)}" if made.wishes else ""
    where = f"{place}: " if place is not None else f"{udp}: "
    write(one_line(f"{where}report {made.number}, {size(len(made.report))}{asked}"))
    write(f"{made.done:,} of {counted(made.blocks, 'block')} are here.")


@verb
def respond_verb(
    what: Annotated[Path, typer.Argument(metavar="PUBLICATION", help="The newest release of it is sent.")],
    udp: Annotated[str, typer.Option("--udp", metavar="HOST:PORT", help="Send packets there.")] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write the packets as files, to be carried; a new folder."),
    ] = None,
    listen: Annotated[str, typer.Option("--listen", metavar="HOST:PORT", help="Hear reports there.")] = "",
    reports: Annotated[
        Path | None, typer.Option("--reports", metavar="DIR", help="Read reports that are put there: files *.report.")
    ] = None,
    rate: Annotated[str, typer.Option("--rate", metavar="BITS/S", help="Over UDP: 9600, 64k, 10M.")] = "10M",
    packet: Annotated[
        int, typer.Option("--packet", metavar="BYTES", min=80, max=8192, help="Length of packets, as the link has it.")
    ] = 1400,
    redundancy: Annotated[
        float,
        typer.Option(
            "--redundancy", metavar="PERCENT", min=0, max=400, help="As of broadcast, for who does not report."
        ),
    ] = 12.0,
    for_all: Annotated[
        int,
        typer.Option(
            "--for-all", metavar="N", min=0, max=1000, help="One packet in N for who does not report; 0: none."
        ),
    ] = 4,
    most: Annotated[str, typer.Option("--bytes", metavar="SIZE", help="Send so much: 4GB. Else without end.")] = "",
    key: KeyFile = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Send an edition as galactica broadcast does, and heed reports whenever some come: what is wanted, what lacks.

    It never waits for one, so it is of use where nothing comes back. What was sent since a report's newest packet
    counts as on its way. Whoever reports lies takes time from others and nothing else; with --key, only who has it is
    heard.
    """
    from galactica import library
    from galactica.library import BroadcastOptions

    options = BroadcastOptions(packet=packet, redundancy=redundancy, rate=rate_of(rate))
    with reporting(quiet) as report:
        sent = library.respond(
            what,
            udp=udp,
            out=out,
            listen=listen,
            reports=reports,
            options=options,
            for_all=for_all,
            key=_key(key),
            most=library.what_size(most) if most else 0,
            report=report,
            note=tell_note,
        )
    if as_json:
        from galactica.wire.late_sessions import respond_document

        write_json(respond_document(sent))
        return
    where = out if out is not None else udp
    write(
        one_line(
            f"{where}: {counted(sent.packets, 'packet')}, {size(sent.bytes)}; {counted(sent.taken, 'report')} heeded"
        )
    )


def _key(file: Path | None) -> bytes:
    """The key in a file, without the line's end."""
    if file is None:
        return b""
    try:
        with file.open("rb") as opened:
            found = opened.read(200).rstrip(b"\r\n")
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", "Name the file that both ends have.") from error
    if not 0 < len(found) <= 64:
        raise UsageError(f"{file} is no key.", "Give a file of 1 to 64 bytes.")
    return found
