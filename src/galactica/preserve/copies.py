"""Files of an edition that are damaged, mended from copies of the same bytes; and what a repair keeps account of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from galactica.codes.files import whole
from galactica.edition import record
from galactica.edition.info import read_statement
from galactica.errors import EditionError, MissingError
from galactica.preserve.chosen import stated_sums, sum_of
from galactica.preserve.mending import Mender, cut_to
from galactica.preserve.places import FileStretch, ShardPlace

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StillLost:
    """What could not be put right: a stretch of a file of a folder."""

    folder: str
    where: str
    start: int
    length: int


@dataclass(slots=True, kw_only=True)
class Repairing:
    """What a repair has done so far."""

    pieces: int = 0
    written: int = 0
    files: set[Path] = field(default_factory=set)
    lost: list[StillLost] = field(default_factory=list)
    checked: int = 0


def root_stated(edition: Path) -> str:
    """The root that an edition states and that its own form vouches for; "" where edition.json is damaged."""
    try:
        statement = read_statement(edition)
        heads = [(name, count, bytes.fromhex(head)) for name, count, head in statement.tables]
        own = record.root_of(heads, statement.format).hex()
    except (EditionError, ValueError):
        return ""
    return own if own == statement.root else ""


def from_copies(edition: Path, copies: Sequence[Path], done: Repairing) -> None:
    """Files of an edition that are not what its bag says, from copies that have them right; what is left is lost.

    A manifest that is damaged itself is taken from a copy with the same root, before all else.
    """
    root = root_stated(edition)
    alike = [copy for copy in copies if not root or root_stated(copy) == root]
    guards = ("tagmanifest-sha256.txt", "manifest-sha256.txt", "bagit.txt", "bag-info.txt")
    for copy in alike:
        if not _manifests_agree(edition) and _manifests_agree(copy):
            for name in guards:
                if sum_or_none(edition / name) != sum_or_none(copy / name):
                    overwrite(edition / name, (copy / name).read_bytes())
                    done.files.add(edition / name)
    looked = bool(done.checked)  # by the pieces of a set: the same bytes are not counted twice
    for name, digest in sorted(stated_sums(edition).items()):
        done.checked += 0 if looked else size_there(edition / name)
        if ".." in name.split("/") or name.startswith("/") or sum_or_none(edition / name) == digest:
            continue
        found = next((copy / name for copy in alike if sum_or_none(copy / name) == digest), None)
        if found is None:
            if not any(each.where == name for each in done.lost):
                done.lost.append(StillLost(folder=str(edition), where=name, start=0, length=size_there(edition / name)))
            continue
        copy_over(found, edition / name, done)
        done.lost = [each for each in done.lost if each.where != name or each.folder != str(edition)]
    named = {each.where for each in done.lost}
    for name in ("manifest-sha256.txt",) if _vouched_by_nothing(edition) else ():
        if name not in named:
            done.lost.append(StillLost(folder=str(edition), where=name, start=0, length=size_there(edition / name)))


def _vouched_by_nothing(edition: Path) -> bool:
    """Whether the manifests say so little that what lies there cannot be told right from wrong."""
    said = stated_sums(edition)
    return not said or ((edition / "tagmanifest-sha256.txt").exists() and not _manifests_agree(edition))


def copy_over(right: Path, wrong: Path, done: Repairing) -> None:
    """Write what differs of a file, sector by sector."""
    size = right.stat().st_size
    stretch = FileStretch(at=0, path=wrong, start=0, length=size)
    mender = Mender(ShardPlace(wrong.parent, {0: (stretch,)}))
    with right.open("rb", buffering=0) as file:
        at = 0
        while chunk := file.read(_CHUNK):
            mender.mend(0, at, np.frombuffer(chunk, dtype=np.uint8))
            at += len(chunk)
    mender.close()
    cut_to(wrong, size)
    done.pieces += 1
    done.written += mender.written
    done.files |= {wrong}


def sum_or_none(path: Path) -> str:
    """SHA-256 of a file, hex; "" where it cannot be read or is a link."""
    try:
        return "" if path.is_symlink() else sum_of(path)[0]
    except OSError:
        return ""


def size_there(path: Path) -> int:
    """Bytes of a file; 0 where it is not there or cannot be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def overwrite(path: Path, raw: bytes) -> None:
    """Write a small file anew, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path, durable=True) as part:
            part.write_bytes(raw)
    except OSError as error:
        raise MissingError(
            f"{path} cannot be repaired: {error.strerror or error}.", "Put the permissions or the disk right."
        ) from error


def _manifests_agree(edition: Path) -> bool:
    """Whether the tag manifest names what lies there, and so vouches for the manifest."""
    sums = stated_sums(edition)
    return sums.get("manifest-sha256.txt", "") == sum_or_none(edition / "manifest-sha256.txt") != ""
