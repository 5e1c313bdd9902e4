"""What broadcast and receive do by films of QR codes, by sound, and by the browser's camera."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.progress import duration_words, reporting
from galactica.cli.terminal import one_line, size, tell, tell_note, write
from galactica.errors import UsageError
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import Broadcasted, BroadcastOptions, FilmTally, ReceivedEdition, Settings

ShownAs = Annotated[
    Path | None,
    typer.Option(
        "--qr",
        metavar="OUT",
        help="Write a film of QR codes: a page that plays it (.html), an animation (.png), or a folder of pictures.",
    ),
]
SoundedAs = Annotated[
    Path | None, typer.Option("--wav", metavar="FILE", help="Write the packets as sound, to be played.")
]
CodesOfFrame = Annotated[
    str, typer.Option("--grid", metavar="CxR", help="Codes of a frame: columns x rows, up to 4x4.")
]
FramesASecond = Annotated[int, typer.Option("--fps", metavar="N", min=1, max=30, help="Frames of a film a second.")]
WayOfSounding = Annotated[
    str, typer.Option("--sound", metavar="NAME", help="room: loudspeaker and microphone; cable: without echo, faster.")
]
Replacing = Annotated[bool, typer.Option("--force", help="Replace the file of a film or of sound, if it is one.")]
FilmedPlaces = Annotated[
    list[Path] | None,
    typer.Option(
        "--frames", metavar="DIR|FILE", help="Pictures of QR codes: a folder, a picture, a video. Repeatable."
    ),
]
Recordings = Annotated[
    list[Path] | None, typer.Option("--wav", metavar="FILE", help="A recording of the sound, as WAV. Repeatable.")
]
ByCamera = Annotated[
    bool, typer.Option("--camera", help="Receive by the camera of the browser: opens a page on this machine.")
]
CameraPort = Annotated[
    int | None,
    typer.Option("--port", "-p", metavar="PORT", min=0, max=65535, help="Of that page. Default: 8080, or a free one."),
]


def film_sent(
    what: Path,
    qr: Path | None,
    wav: Path | None,
    options: BroadcastOptions,
    *,
    grid: str,
    fps: int,
    sound: str,
    force: bool,
    quiet: bool,
) -> Broadcasted:
    """Write a film or sound, and say what to do with it."""
    from galactica import library
    from galactica.library import FilmOptions

    film = FilmOptions(grid=library.grid_of(grid), rate=fps, sound=sound, force="--force", replace=force)
    with reporting(quiet) as report:
        return library.broadcast_film(what, out=qr, wav=wav, options=options, film=film, report=report, note=tell_note)


def film_told(sent: Broadcasted, qr: Path | None, wav: Path | None) -> None:
    """Say what was written."""
    release = sent.on_air.release
    if qr is not None:
        frames = f"{counted(sent.frames, 'frame')}, {duration_words(sent.seconds)} once through"
        write(one_line(f"{qr}: {counted(sent.packets, 'packet')} in {frames}, {size(sent.bytes)}"))
        tell("Show it to the camera of: galactica receive OUT --camera")
    else:
        sound = f"{duration_words(sent.seconds)} of sound"
        write(one_line(f"{wav}: {counted(sent.packets, 'packet')} in {sound}, {size(sent.bytes)}"))
        tell("Record it where it is played, and: galactica receive OUT --wav RECORDING.wav")
    write(one_line(f"“{release.title}”, number {release.number}"))
    write(f"Root: {release.root}")


def seen_told(tally: FilmTally) -> None:
    """Say what was seen and heard, and what was not."""
    parts = [counted(tally.pictures, "picture")] if tally.pictures or not tally.seconds else []
    parts += [f"{duration_words(tally.seconds)} of sound"] if tally.seconds else []
    tell(
        f"{', '.join(parts)}: {counted(tally.codes, 'code')}, {counted(tally.packets, 'different packet')}"
        + (f"; {counted(tally.foreign, 'code')} of something else" if tally.foreign else "")
    )
    for file, why in tally.why:
        tell(one_line(f"Not read: {file}: {why}"))
    if tally.unread > len(tally.why):
        tell(f"… and {tally.unread - len(tally.why):,} more that were not read.")


def received_by_camera(
    out: Path, *, root: str, older: bool, settings: Settings, workers: int, encoder: str, port: int | None
) -> ReceivedEdition:
    """Open the page that receives, until Ctrl-C, and the edition there when it is whole; what came of it.

    Raises:
        GalacticaError: it could not go on.
    """
    from galactica import library
    from galactica.web.server import DEFAULT_PORT, serve_receiving

    came: list[ReceivedEdition] = []
    session = library.camera_session(
        out,
        root=root,
        older=older,
        settings=settings,
        workers=workers,
        encoder=encoder,
        note=tell_note,
        received=came.append,
    )

    def announce(address: str) -> None:
        if port is None and not address.endswith(f":{DEFAULT_PORT}/"):
            tell(f"Port {DEFAULT_PORT} is taken; another one that is free is used.")
        tell(f"Open {address} in a browser on this machine (Ctrl-C ends it)")
        sys.stderr.flush()

    try:
        serve_receiving(
            session, library.empty_library(), lambda: library.open_library(out), port=port, announce=announce
        )
    except KeyboardInterrupt:
        tell("Closed.")
    error = session.state().error
    if error is not None:
        raise error
    return came[0]


def check_one_way(ways: int) -> None:
    """Packets come one way, or go one way.

    Raises:
        UsageError: the person named several.
    """
    if ways > 1:
        raise UsageError("Packets take one way at a time.", "Name one of the ways: see --help.")
