"""A release in a publication, as a carousel; and the carousel as files, for whoever carries them.

Before the first packet every object that travels is compared with its hash: what is sent false is found by every
receiver and by none before. Files are written whole, each with as many packets as the one before, so that a sender
that was killed goes on with the first that is missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import EditionError, LimitError, UsageError
from galactica.progress import Report, silent
from galactica.spread.packets.announcement import Announcement
from galactica.spread.packets.carousel import Carousel
from galactica.spread.packets.container import framed
from galactica.spread.packets.layout import SentObject
from galactica.spread.packets.schedule import CarouselPlan
from galactica.spread.release.document import LEAVES, PACK, Release
from galactica.spread.release.objects import object_path
from galactica.spread.release.publication import published_releases
from galactica.spread.trust.chain import follow_roots
from galactica.spread.trust.folder import METADATA, read_roots, read_signatures
from galactica.spread.trust.releases import check_release

FILE_BYTES = 16 * 2**20
"""Bytes of a file of packets, about: small enough to be copied again where it was damaged."""

ENDING = ".packets"
STATE = "broadcast.json"
"""What is written in a folder of files of packets: of what, and how."""

_README = """\
This folder holds an encyclopedia as packets: pieces of which any are as good as any other, as long as enough are there.

Receive it with:     galactica receive OUT.edition --from THIS-FOLDER
Copy as many of the files as you can, in any order; from several copies put together, too. What was damaged is left out.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseOnAir:
    """A release and the packets of it.

    Attributes:
        release: what is sent.
        signed: names of the files that vouch for it.
        carousel: makes its packets.
    """

    release: Release
    signed: tuple[str, ...]
    carousel: Carousel


def travelling(release: Release) -> tuple[SentObject, ...]:
    """What travels of a release: its packs and leaves, in their order. Deltas do not: a receiver may have no
    edition."""
    return tuple(
        SentObject(hash=bytes.fromhex(each.hash), size=each.size)
        for each in release.objects
        if each.kind in (PACK, LEAVES)
    )


def release_on_air(
    folder: Path,
    *,
    packet_bytes: int,
    plan: CarouselPlan,
    plainly: bool = False,
    scratch: Path | None = None,
    report: Report = silent,
) -> ReleaseOnAir:
    """The newest release of the publication `folder` as a carousel.

    Args:
        packet_bytes: length of packets.
        plainly, scratch: as for `Carousel`.
        report: stage "check" (B).

    Raises:
        EditionError: there is no release, or an object of it is missing or damaged.
        ProofError: the publication has keys, and too few of them have signed it.
        UsageError: packets are never so long or so short.
        LimitError: it is too large to be announced, or for packets of this length.
    """
    found = [(Release.from_bytes(raw), raw, place) for place, raw in published_releases(folder)]
    if not found:
        raise EditionError(f"Nothing is published in {folder}.", "Publish an edition there: galactica publish.")
    release, document, place = max(found, key=lambda each: (each[0].number, each[0].root))
    objects = travelling(release)
    paths = [folder / object_path(each.hash.hex()) for each in objects]
    _check(objects, paths, report)
    signatures = {f"release.json.{keyid}.minisig": each for keyid, each in read_signatures(place).items()}
    roots = read_roots(folder / METADATA)
    if roots:  # what too few have signed is taken by nobody, and would be sent for nothing
        check_release(document, signatures, follow_roots(roots))
    files = [*sorted(signatures.items()), *((f"{version}.root.json", roots[version]) for version in sorted(roots))]

    def read(number: int, start: int, size: int) -> bytes:
        with paths[number].open("rb") as file:
            file.seek(start)
            return file.read(size)

    announcement = Announcement(document=document, files=tuple(files))
    try:
        carousel = Carousel(
            announcement, objects, read, packet_bytes=packet_bytes, plan=plan, plainly=plainly, scratch=scratch
        )
    except ValueError as error:
        raise LimitError(
            f"The release cannot be sent in packets of {packet_bytes} bytes: {error}.", "Choose another --packet."
        ) from error
    return ReleaseOnAir(release=release, signed=tuple(sorted(signatures)), carousel=carousel)


def _check(objects: tuple[SentObject, ...], paths: list[Path], report: Report) -> None:
    """Raise EditionError where an object is missing or damaged."""
    total, done = sum(each.size for each in objects), 0
    for each, path in zip(objects, paths, strict=True):
        report("check", done, total, "B")
        try:
            with path.open("rb") as file:
                right = hashlib.file_digest(file, "sha256").digest() == each.hash
        except FileNotFoundError:
            right = False
        if not right:
            raise EditionError(
                f"The object {each.hash.hex()[:16]}… of the release is missing or damaged.", "Publish it again."
            )
        done += each.size
    report("check", total, total, "B")


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketsWritten:
    """What came of `write_packets`.

    Attributes:
        files: that the folder has.
        packets, bytes: in all of them; bytes with the lengths before the packets.
    """

    files: int
    packets: int
    bytes: int


def write_packets(carousel: Carousel, out: Path, *, cycles: int, report: Report = silent) -> PacketsWritten:
    """Write the packets of some cycles as files; goes on where an earlier run was ended.

    Args:
        out: the folder; made if missing. It must be empty, or of the same packets.
        report: stage "send" (packets).

    Raises:
        UsageError: something else lies there.
        OSError: it cannot be written.
    """
    total = cycles * carousel.schedule.packets
    size = len(carousel.packet(-1, 0)) + 2
    each = max(1, FILE_BYTES // size)
    count = -(-total // each)
    _settle(carousel, out, cycles)
    for number in range(count):
        path = out / f"{number:06d}{ENDING}"
        if path.exists():
            continue
        cycle, index = divmod(number * each, carousel.schedule.packets)
        packets = islice(carousel.packets(cycle, index), min(each, total - number * each))
        with whole(path, durable=True) as part, part.open("wb") as file:
            for done, sent in enumerate(packets, number * each):
                if done % 1000 == 0:
                    report("send", done, total, "packets")
                file.write(framed(sent.packet))
    report("send", total, total, "packets")
    return PacketsWritten(files=count, packets=total, bytes=total * size)


def _settle(carousel: Carousel, out: Path, cycles: int) -> None:
    """Say in the folder what is written there, or see that it is the same."""
    about = {
        "release": carousel.release.hex(),
        "symbol": carousel.layout.symbol,
        "cycles": cycles,
        **asdict(carousel.plan),
    }
    text = json.dumps(about, sort_keys=True, indent=1) + "\n"
    out.mkdir(parents=True, exist_ok=True)
    state = out / STATE
    if state.exists():
        if state.read_bytes() != text.encode():
            raise UsageError(f"{out} has packets of another broadcast.", "Name another folder.")
        return
    if any(out.iterdir()):
        raise UsageError(f"{out} is not empty.", "Name a folder of its own for the packets.")
    for name, written in (("README.txt", _README), (STATE, text)):
        with whole(out / name, durable=True) as part:
            part.write_text(written, encoding="ascii", newline="\n")


def packet_files(place: Path) -> Iterator[Path]:
    """The files of packets at a place, in order: itself, or those of a folder.

    Raises:
        UsageError: there are none.
    """
    if place.is_file():
        yield place
        return
    found = sorted(place.glob(f"*{ENDING}")) if place.is_dir() else []
    if not found:
        raise UsageError(f"There are no files of packets (*{ENDING}) at {place}.", "Name a folder of them, or a file.")
    yield from found
