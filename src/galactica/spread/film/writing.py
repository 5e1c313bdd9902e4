"""Packets written down as a film or as sound: a page, an animation, a folder of pictures, a WAV file.

What is written has its name only when it is whole; a run that was ended leaves nothing that is taken for it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from galactica.errors import LimitError, UsageError
from galactica.placing import check_place, placed
from galactica.progress import Report, silent
from galactica.spread.film.envelope import MAX_PACKET
from galactica.spread.film.frames import FrameGrid, film_of
from galactica.spread.film.page import RATES, film_page
from galactica.spread.film.png import animated_png, png
from galactica.spread.film.sound.profile import PROFILES, RATE, ROOM, Profile
from galactica.spread.film.sound.sounding import Samples, groups_of, sounded_group
from galactica.spread.film.sound.wav import write_wav

PAGES = (".html", ".htm")
ANIMATIONS = (".png", ".apng")
"""Endings of names; what ends otherwise is a folder of pictures."""

SCALE = 7
"""Pixels of a module's side in pictures: two codes of version 27 fill a screen of 1920 by 1080."""

MAX_SECONDS = 6 * 3600
"""Seconds of sound in one file: 2 GB, half of what a WAV file can say of its own size."""

PART = ".filming"
"""How the folder ends that pictures are written to before it has its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOptions:
    """How packets are shown or sounded.

    Attributes:
        grid: codes of a frame.
        rate: frames a second, 1 to 30.
        sound: name of a profile.
        force: the option that replaces a file, for an error; "" for none.
        replace: it was given.
    """

    grid: FrameGrid = field(default_factory=FrameGrid)
    rate: int = 10
    sound: str = ROOM.name
    force: str = ""
    replace: bool = False

    @property
    def profile(self) -> Profile:
        """As sound is made by it.

        Raises:
            UsageError: there is none of that name.
        """
        found = PROFILES.get(self.sound)
        if found is None:
            raise UsageError(f"There is no way of sounding called {self.sound!r}.", f"Name one: {', '.join(PROFILES)}.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmWritten:
    """What was written.

    Attributes:
        files: 1, or pictures in the folder.
        frames: of the film; 0 of sound.
        seconds: that it plays once.
        bytes: of the files.
    """

    files: int
    frames: int
    seconds: float
    bytes: int


def check_film(out: Path | None, wav: Path | None, packet_bytes: int, options: FilmOptions) -> None:
    """See that what is asked for can be written, before anything is made.

    Raises:
        UsageError: something stands there; packets do not fit a code; a rate or a sound that there is not.
        MissingError: there is no folder to write in.
    """
    if packet_bytes > MAX_PACKET:
        raise UsageError(
            f"A packet of {packet_bytes:,} bytes fits no code and no frame of sound.",
            f"Say --packet {MAX_PACKET} or less.",
        )
    if not RATES[0] <= options.rate <= RATES[1]:
        raise UsageError(f"{options.rate} frames a second are not shown.", f"Say {RATES[0]} to {RATES[1]}.")
    assert options.profile
    for place in (out, wav):
        if place is None:
            continue
        if place is out and place.suffix.lower() not in (*PAGES, *ANIMATIONS) and place.is_dir():
            if any(place.iterdir()):
                raise UsageError(f"{place} is not empty.", "Name a folder of its own for the pictures.")
        else:
            check_place(place, force=options.force, replace=options.replace)


def write_film(
    packets: Sequence[bytes], out: Path, options: FilmOptions, *, title: str, report: Report = silent
) -> FilmWritten:
    """Write packets as a film: by the ending of `out` a page, an animated PNG, or a folder of PNG pictures.

    Args:
        title: what a page shows, for a person.
        report: stage "film" (frames).

    Raises:
        UsageError: there is no packet; something stands at `out`.
        LimitError: there are too many packets.
        MissingError: segno is not installed.
        OSError: it cannot be written.
    """
    film = film_of(packets, options.grid)
    kind = out.suffix.lower()
    seconds = film.count / options.rate

    def told() -> Iterator[bytes]:
        page = film_page(film, title=title, rate=options.rate)
        moving = animated_png(film.frames(), film.count, rate=options.rate, scale=SCALE)
        for number, piece in enumerate(page if kind in PAGES else moving):
            report("film", min(number, film.count), film.count, "frames")
            yield piece

    if kind in (*PAGES, *ANIMATIONS):
        size = 0
        with placed(out, force=options.force, replace=options.replace) as file:
            for piece in told():
                size += file.write(piece)
        report("film", film.count, film.count, "frames")
        return FilmWritten(files=1, frames=film.count, seconds=seconds, bytes=size)
    part = out.with_name(out.name + PART)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    size = 0
    for number, frame in enumerate(film.frames()):
        report("film", number, film.count, "frames")
        size += (part / f"{number:06d}.png").write_bytes(png(frame, scale=SCALE))
    if out.is_dir():
        out.rmdir()  # it was empty
    part.rename(out)
    report("film", film.count, film.count, "frames")
    return FilmWritten(files=film.count, frames=film.count, seconds=seconds, bytes=size)


def write_sound(packets: Sequence[bytes], out: Path, options: FilmOptions, *, report: Report = silent) -> FilmWritten:
    """Write packets as a WAV file.

    Args:
        report: stage "sound" (packets).

    Raises:
        UsageError: there is no packet; something stands at `out`.
        LimitError: it would sound for more than `MAX_SECONDS`.
        OSError: it cannot be written.
    """
    profile = options.profile
    groups = list(groups_of(packets))
    if not groups:
        raise UsageError("There is nothing to sound: no packet.", "Name an edition that has articles.")
    length = sum(profile.samples(sum(map(len, group))) for group in groups) / RATE
    if length > MAX_SECONDS:
        raise LimitError(
            f"It would sound for {length / 3600:,.0f} hours; at most {MAX_SECONDS // 3600} are written.",
            "Broadcast a smaller edition, or over another link: --qr, --out or --udp.",
        )

    def told() -> Iterator[Samples]:
        done = 0
        for group in groups:
            report("sound", done, len(packets), "packets")
            yield sounded_group(group, profile)
            done += len(group)

    with placed(out, force=options.force, replace=options.replace) as file:
        count = write_wav(file, told())
        size = file.tell()
    report("sound", len(packets), len(packets), "packets")
    return FilmWritten(files=1, frames=0, seconds=count / RATE, bytes=size)
