"""A release as bundles or as CFDP file transfers, in files, and back into a publication.

What travels is what `galactica broadcast` sends: the announcement (the release's document, its signatures and roots,
in one piece) and its objects. Each is the payload of a bundle of its own, or a file transfer of class 1 of its own.
What comes back is put where its bytes say: an announcement makes a release's folder, everything else is an object under
its hash. Nothing is trusted by that: whoever makes an edition of it checks it as of any publication.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import EditionError, GalacticaError, UsageError
from galactica.progress import Report, silent
from galactica.spread.late.bundle import MOST_BYTES, Bundle, bundle_bytes, read_bundle
from galactica.spread.packets.announcement import Announcement, read_announcement
from galactica.spread.packets.broadcasting import travelling
from galactica.spread.release.document import Release
from galactica.spread.release.objects import keep_object, object_path
from galactica.spread.release.publication import RELEASE, SIGNATURE, published_releases, put_release, release_folder
from galactica.spread.trust.folder import METADATA, read_roots, read_signatures

_ROOT = re.compile(r"[1-9][0-9]{0,4}\.root\.json")
MOST_FILES = 1 << 20
"""Files of a folder that are read."""
LARGEST_STREAM = 256 << 20
"""Bytes of a file of PDUs: one object, and what is around it."""


class Wrapping(StrEnum):
    """Into what objects are wrapped; also how files end."""

    BUNDLE = "bundle"
    CFDP = "cfdp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwrapped:
    """What came of files.

    Attributes:
        objects, releases: that were put into the publication.
        refused: files that held nothing whole.
    """

    objects: int
    releases: int
    refused: int


def wrap_release(
    folder: Path, out: Path, into: Wrapping, *, to: str, source: str, created: int, report: Report = silent
) -> int:
    """Write the newest release of a publication as wrapped files into a new folder; how many.

    Args:
        folder: the publication.
        out: made; nothing may be there.
        into: bundles or CFDP.
        to, source: endpoints of bundles.
        created: of bundles, milliseconds since 2000-01-01 UTC.
        report: stage "wrap" (objects).

    Raises:
        EditionError: nothing is published there.
        UsageError: an endpoint is none.
        OSError: a file cannot be read or written.
    """
    try:
        bundle_bytes(Bundle(destination=to, source=source))
    except ValueError as error:
        raise UsageError(f"{error}.".capitalize(), "Name endpoints like dtn://mars/galactica or ipn:2.1.") from None
    out.mkdir()
    names, announcement = _travelling(folder)
    pieces: list[Callable[[], bytes]] = [announcement.to_bytes]
    pieces += [(folder / object_path(name)).read_bytes for name in names]
    for number, piece in enumerate(pieces):
        report("wrap", number, len(pieces), "objects")
        content = piece()
        if into == Wrapping.BUNDLE:
            raw = bundle_bytes(Bundle(destination=to, source=source, created=created, sequence=number, payload=content))
        else:
            raw = _transfer(content, number)
        with whole(out / f"{number:06d}.{into.value}") as part:
            part.write_bytes(raw)
    return len(pieces)


def unwrap_release(files: Sequence[Path], out: Path, *, report: Report = silent) -> Unwrapped:
    """Put what wrapped files hold into a publication, made if missing.

    Args:
        files: files, or folders of them; others than `*.bundle` and `*.cfdp` are passed over.
        out: the publication.
        report: stage "unwrap" (files).

    Raises:
        OSError: a file cannot be read or written.
        MissingError: a CFDP file, and no cfdp-py.
    """
    objects = releases = refused = 0
    found = [file for place in files for file in _wrapped(place)]
    for number, file in enumerate(found):
        report("unwrap", number, len(found), "files")
        contents = list(_contents(file))
        refused += not contents
        for content in contents:
            if _release(content, out):
                releases += 1
            else:
                keep_object(out, content)
                objects += 1
    return Unwrapped(objects=objects, releases=releases, refused=refused)


def _travelling(folder: Path) -> tuple[list[str], Announcement]:
    releases = [(Release.from_bytes(raw), raw, place) for place, raw in published_releases(folder)]
    if not releases:
        raise EditionError(f"Nothing is published in {folder}.", "Publish an edition there: galactica publish.")
    release, document, place = max(releases, key=lambda each: (each[0].number, each[0].root))
    roots = read_roots(folder / METADATA)
    beside = [*sorted(read_signatures(place).items())]
    beside += [(f"{version}.root.json", roots[version]) for version in sorted(roots)]
    return [each.hash.hex() for each in travelling(release)], Announcement(document=document, files=tuple(beside))


def _wrapped(place: Path) -> list[Path]:
    ends = tuple(f".{each.value}" for each in Wrapping)
    if place.is_dir():
        inside = sorted(place.iterdir())[:MOST_FILES]
        return [file for file in inside if file.name.endswith(ends) and file.is_file() and not file.is_symlink()]
    return [place]


def _contents(file: Path) -> Iterator[bytes]:
    """What a wrapped file holds, whole; nothing where it is damaged."""
    if file.suffix == f".{Wrapping.CFDP.value}":
        if file.stat().st_size <= LARGEST_STREAM:
            yield from _transferred(file.read_bytes())
    elif file.stat().st_size <= MOST_BYTES:
        bundle = read_bundle(file.read_bytes())
        if bundle is not None and bundle.payload:
            yield bundle.payload


def _transfer(content: bytes, number: int) -> bytes:
    """The PDUs of a transfer, class 1."""
    from galactica.spread.late.cfdp import CfdpSending

    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        name = hashlib.sha256(content).hexdigest()
        sending = CfdpSending(Path(file.name), name, number % (1 << 16), acknowledged=False)
        return b"".join(iter(sending.send, None))


def _transferred(raw: bytes) -> list[bytes]:
    """The files whose transfers are whole in these PDUs."""
    from galactica.spread.late.cfdp import CfdpReceiving, pdus

    found: list[bytes] = []
    with tempfile.TemporaryDirectory() as place:
        receiving = CfdpReceiving(Path(place), lambda name, file: found.append(file.read_bytes()))
        for each in pdus(raw):
            receiving.receive(each)
    return found


def _release(content: bytes, out: Path) -> bool:
    """Put an announcement into the publication; whether it is one."""
    try:
        announcement = read_announcement(content)
        release = Release.from_bytes(announcement.document)
    except (ValueError, GalacticaError):
        return False
    place = out / release_folder(release)
    files = dict(announcement.files)
    signed = {name: raw for name, raw in files.items() if SIGNATURE.fullmatch(name)}
    if place.is_dir():  # what is here stays: a stranger may have written another announcement of it
        if (place / RELEASE).read_bytes() != announcement.document:
            return False
        signed = {name: raw for name, raw in signed.items() if not (place / name).exists()}
    put_release(out, release, signed)
    metadata = out / METADATA
    for name, raw in files.items():
        if _ROOT.fullmatch(name) and not (metadata / name).exists():
            metadata.mkdir(parents=True, exist_ok=True)
            with whole(metadata / name) as part:
                part.write_bytes(raw)
    return True
