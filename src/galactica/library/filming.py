"""Sending an edition as a film of QR codes or as sound, and receiving one by pictures, recordings or a camera."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path

from galactica.collection.opened import Library
from galactica.errors import LimitError, MissingError, UsageError
from galactica.faults import stopped
from galactica.library.broadcasting import (
    Broadcasted,
    BroadcastOptions,
    ReceivedEdition,
    index_received,
    published_for,
    receive,
)
from galactica.library.settings import Settings
from galactica.progress import Report, silent
from galactica.spread.film.camera import CameraSession, CameraState
from galactica.spread.film.frames import MAX_PACKETS, FrameGrid, grid_of
from galactica.spread.film.receiving import FilmTally, filmed_packets, heard_packets
from galactica.spread.film.writing import FilmOptions, check_film, write_film, write_sound
from galactica.spread.packets.broadcasting import release_on_air
from galactica.spread.packets.part_place import check_receiving
from galactica.spread.packets.receiving import Note
from galactica.spread.packets.schedule import CarouselPlan

__all__ = [
    "CameraSession",
    "CameraState",
    "FilmOptions",
    "FilmTally",
    "FrameGrid",
    "broadcast_film",
    "camera_session",
    "empty_library",
    "grid_of",
    "receive_filmed",
]

FILM_CYCLES = 2
"""Cycles of a film, where the person names no number: who has missed a block's symbols in one meets others in the next,
and not yet the same again."""

SOUND_CYCLES = 1
"""Cycles of sound: it takes minutes, and can be played again."""

ANNOUNCEMENTS = 4
"""How often a cycle of a film announces the release, besides its opening: a film is short, and begins again."""


def film_plan(options: BroadcastOptions) -> CarouselPlan:
    """What a carousel sends as a film or as sound: passes one after the other, without the rounds behind them that are
    made for large releases and would be most of a small one.

    Raises:
        UsageError: a share is beyond its bounds.
    """
    return replace(options.plan, announcements=ANNOUNCEMENTS, rounds=0)


def broadcast_film(
    what: Path,
    *,
    out: Path | None = None,
    wav: Path | None = None,
    options: BroadcastOptions | None = None,
    film: FilmOptions | None = None,
    report: Report = silent,
    note: Note = lambda said: None,
) -> Broadcasted:
    """Write the edition or publication at `what` as a film of QR codes, or as sound.

    Args:
        what: an edition, which nobody vouches for then, or a publication, of which the newest release is sent.
        out: by its ending a page (.html), an animation (.png, .apng), or a folder of pictures.
        wav: WAV file, in place of `out`.
        options: packets, redundancy, cycles (0: the usual number) and policy; there are no rounds.
        film: codes, speed, kind of sound.
        report: stages "check" (B), "film" (frames) or "sound" (packets), and for an edition those of publishing.
        note: is told what the person should know.

    Raises:
        UsageError: neither or both of `out` and `wav` are named, or something stands there.
        EditionError: there is nothing to send, or it is damaged.
        LimitError: it is too much for a film.
        MissingError: segno is not installed, or the machine refuses.
    """
    options, film = options or BroadcastOptions(), film or FilmOptions()
    if (out is None) is (wav is None):
        raise UsageError("Packets are shown or sounded.", "Name one of --qr OUT and --wav FILE.")
    plan = film_plan(options)
    check_film(out, wav, options.packet, film)
    try:
        with published_for(what, options, report, note) as folder:
            air = release_on_air(folder, packet_bytes=options.packet, plan=plan, report=report)
            cycles = options.cycles or (SOUND_CYCLES if wav is not None else FILM_CYCLES)
            count = cycles * air.carousel.schedule.packets
            if count > MAX_PACKETS:
                raise LimitError(
                    f"{count:,} packets are too many for a film or for sound; at most {MAX_PACKETS:,} are written.",
                    "Broadcast a smaller edition, or over another link: --out or --udp.",
                )
            packets = [sent.packet for sent in islice(air.carousel.packets(), count)]
            if wav is not None:
                made = write_sound(packets, wav, film, report=report)
            else:
                assert out is not None
                made = write_film(packets, out, film, title=air.release.title or what.name, report=report)
    except OSError as error:
        raise stopped("Filming", error, out or wav or what) from error
    return Broadcasted(
        on_air=air,
        packets=count,
        bytes=made.bytes,
        files=made.files,
        cycle=cycles,
        index=0,
        frames=made.frames,
        seconds=made.seconds,
    )


def receive_filmed(
    out: Path,
    *,
    frames: Sequence[Path] = (),
    wavs: Sequence[Path] = (),
    tally: FilmTally | None = None,
    root: str = "",
    older: bool = False,
    shares: Sequence[int] = (),
    settings: Settings | None = None,
    workers: int = 0,
    report: Report = silent,
    note: Note = lambda said: None,
) -> ReceivedEdition:
    """Receive an edition from pictures, videos and recordings; goes on where an earlier run was ended, and with others.

    Args:
        out: the edition to make.
        frames: folders of pictures, pictures, animations, videos.
        wavs: WAV files.
        tally: is told what was seen and heard.
        root, older, shares, settings, workers, report, note: as for `receive`; there are the stages "pictures" and
            "sound", too.

    Raises:
        InputError: there is nothing at one of the places.
        MissingError: zxing-cpp, Pillow or OpenCV is needed and not installed.
        UsageError, EditionError, LimitError: as `receive`.
    """
    counted = tally or FilmTally()

    def packets() -> Iterator[bytes | None]:
        for place in frames:
            yield from filmed_packets(place, counted, report=report)
            yield None
        for place in wavs:
            yield from heard_packets(place, counted, report=report)
            yield None

    return receive(
        out,
        packets=packets(),
        root=root,
        older=older,
        shares=shares,
        settings=settings,
        workers=workers,
        report=report,
        note=note,
    )


def camera_session(
    out: Path,
    *,
    root: str = "",
    older: bool = False,
    settings: Settings | None = None,
    workers: int = 0,
    encoder: str = "",
    note: Note = lambda said: None,
    received: Callable[[ReceivedEdition], None] = lambda found: None,
) -> CameraSession:
    """A session that receives an edition to `out` by a browser's camera, for the page that does so; not begun yet.

    Args:
        root, older, settings, workers, note: as for `receive`.
        encoder: makes the index of meaning; "": there is none.
        received: called once, in the session's thread, with what came of it.

    Raises:
        UsageError: something else stands at `out`.
    """
    check_receiving(out)

    def receiving(session: CameraSession) -> None:
        found = receive(
            out,
            packets=session.packets(),
            root=root,
            older=older,
            shares=(),
            settings=settings,
            workers=workers,
            report=session.report,
            note=note,
            chosen=session.called,
        )
        if found.whole and encoder:
            try:
                index_received(out, encoder=encoder, workers=workers, report=session.report, note=note)
            except (MissingError, LimitError) as error:
                note(error.told)  # it can be read and searched by words
        received(found)

    return CameraSession(receiving)


def empty_library() -> Library:
    """A library without editions: what a reading room shows before the first is there."""
    return Library((), (), (), ExitStack())
