"""The verb that receives an edition one way: receive."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.filming import (
    ByCamera,
    CameraPort,
    FilmedPlaces,
    Recordings,
    check_one_way,
    received_by_camera,
    seen_told,
)
from galactica.cli.making import DAMAGED, NoMeaning
from galactica.cli.options import AsJson, ConfigFolder, EncoderName, Quiet
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, tell, tell_note, write, write_json
from galactica.errors import InputError, UsageError
from galactica.hints import word
from galactica.model.said import counted


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
    frames: FilmedPlaces = None,
    wav: Recordings = None,
    camera: ByCamera = False,
    port: CameraPort = None,
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
    when there is more, and by the whole. Packets come from files (--from), a network (--udp), pictures of QR codes
    (--frames), the browser's camera (--camera) or sound (--wav), in turn if need be; without any of these, what was
    received before is put together. Stopped at any moment, the same command goes on. Exit code 9 when the edition is
    not whole, 3 when nothing of it can be read.
    """
    from galactica import library

    settings = open_settings(config)
    check_one_way(sum((bool(source), bool(udp), bool(frames or wav), camera)))
    known, chosen = root_named(root), shares_of(at) if at else None
    if camera:
        found = received_by_camera(
            out,
            root=known,
            older=older,
            settings=settings,
            workers=workers,
            encoder="" if no_meaning else encoder or settings.encoder,
            port=port,
        )
    with reporting(quiet or camera) as report:
        if frames or wav:
            tally = library.FilmTally()
            found = library.receive_filmed(
                out,
                frames=frames or (),
                wavs=wav or (),
                tally=tally,
                root=known,
                older=older,
                shares=chosen or (),
                settings=settings,
                workers=workers,
                report=report,
                note=tell_note,
            )
            seen_told(tally)
        elif not camera:
            found = library.receive(
                out,
                places=source or (),
                udp=udp,
                seconds=seconds,
                root=known,
                older=older,
                shares=chosen,
                settings=settings,
                workers=workers,
                report=report,
                note=tell_note,
            )
        if found.whole and not no_meaning and not camera:
            library.index_received(
                out, encoder=encoder or settings.encoder, workers=workers, report=report, note=tell_note
            )
    code = 0 if found.whole else DAMAGED if found.articles else InputError.exit_code
    if as_json:
        from galactica.wire.broadcasting import received_document

        write_json(received_document(str(out), found))
        return code
    if found.chosen is None:
        write(f"Nothing is known yet of what is sent: {counted(found.packets, 'packet')}, no announcement.")
        tell("Give it more of the packets, or other ones; what came is kept, and the same command goes on.")
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
