"""What there is to check of editions, volumes and folders of parity: pieces of sets, and files that a list names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from galactica.edition import bag
from galactica.edition.info import read_bounded
from galactica.errors import EditionError
from galactica.preserve.chosen import stated_sums, sum_of
from galactica.preserve.described import ProtectedSet
from galactica.preserve.finding import is_edition, known_sets
from galactica.preserve.kept import SUMS
from galactica.preserve.places import ShardPlace
from galactica.preserve.table import PieceTable

MAX_MANIFEST = 64 * 2**20
INDEXES = ("index", "index/meaning")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrubDamage:
    """Something that is not what it should be.

    Attributes:
        folder: of the edition, volume or parity.
        where: the file, by its path in the folder, or the first of them.
        shard, piece: of the set; -1 for a file that is in none.
        start, length: bytes, in the file or the shard.
        what: for a person.
    """

    folder: str
    where: str
    shard: int
    piece: int
    start: int
    length: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrubCheck:
    """One thing to look at: its size, and what looks."""

    size: int
    look: Callable[[], ScrubDamage | None]


def checks_of(folders: Sequence[Path]) -> tuple[list[ScrubCheck], list[str], Callable[[], None]]:
    """What is to be looked at, the folders of sets, and what lets go of their files."""
    sets = known_sets(folders)
    checks: list[ScrubCheck] = []
    covered: dict[Path, set[str]] = {}
    wrong = cache(_is_wrong)  # a file with many wrong pieces is read once for its own hash, not once for each
    for each in sets:
        pieces = each.described
        for place in each.places:
            if is_edition(place.folder) and not _is_of(place.folder, pieces.root):
                continue  # another edition came to stand where the parity was made for one
            names = covered.setdefault(place.folder, set())
            names.update(
                stretch.path.relative_to(place.folder).as_posix()
                for shard in place.shards
                for stretch in place.stretches(shard)
            )
            known_sums = {file.path: file.sha256 for file in pieces.files}
            for shard in place.shards:
                for index in range(pieces.pieces):
                    size = pieces.piece_bytes(index)
                    at = index * pieces.piece
                    look = _piece_check(place, each.table, known_sums, shard, index, at, size, wrong)
                    checks.append(ScrubCheck(size=size, look=look))
            checks += _length_checks(place, each.described)
    for folder in dict.fromkeys([*folders, *covered]):
        sums = _sums(folder)
        if not sums and folder not in covered:
            for each in sets:
                each.close()
            raise EditionError(
                f"{folder} is no edition, no volume and no parity, or nothing of it can be checked.",
                "Name a folder that galactica build or galactica protect made.",
            )
        if is_edition(folder):
            checks += [ScrubCheck(size=0, look=_index_check(folder, index)) for index in INDEXES]
            checks.append(ScrubCheck(size=0, look=_tag_manifest_check(folder)))
        for name, digest in sums.items():
            if name not in covered.get(folder, ()):
                checks.append(ScrubCheck(size=_size(folder / name), look=_file_check(folder, name, digest)))

    def close() -> None:
        for each in sets:
            each.close()

    return checks, [str(folder) for folder in covered], close


def _index_check(edition: Path, index: str) -> Callable[[], ScrubDamage | None]:
    """An index whose manifest does not vouch for itself; one that is not there, or not finished, is no damage."""

    def look() -> ScrubDamage | None:
        where = f"{index}/{bag.INDEX_MANIFEST}"
        if not (edition / where).is_file() or bag.is_index_sound(edition / index):
            return None
        size = _size(edition / where)
        return ScrubDamage(folder=str(edition), where=where, shard=-1, piece=-1, start=0, length=size, what="changed")

    return look


def _tag_manifest_check(edition: Path) -> Callable[[], ScrubDamage | None]:
    """The list that no other list names: a line that is none any more would leave its file unchecked."""

    def look() -> ScrubDamage | None:
        where, what = bag.TAG_MANIFEST, "missing"
        if (edition / where).is_file():
            fault = next(bag.tag_manifest_faults(edition), None)
            if fault is None:
                return None
            what = fault.what
        size = _size(edition / where)
        return ScrubDamage(folder=str(edition), where=where, shard=-1, piece=-1, start=0, length=size, what=what)

    return look


def _length_checks(place: ShardPlace, described: ProtectedSet) -> list[ScrubCheck]:
    """Files that are longer than they should be: their pieces do not say so. Files of no bytes must be there."""
    sizes: dict[Path, int] = {}
    if is_edition(place.folder):
        sizes = {place.folder / file.path: file.size for file in described.files}
    else:
        for shard in place.shards:
            sizes |= {stretch.path: stretch.length for stretch in place.stretches(shard)}
    return [ScrubCheck(size=0, look=_length_check(place.folder, path, size)) for path, size in sizes.items()]


def _length_check(folder: Path, path: Path, size: int) -> Callable[[], ScrubDamage | None]:
    def look() -> ScrubDamage | None:
        there = _size(path)
        if there <= size and (size or path.is_file()):
            return None
        what = "longer than it should be" if there > size else "missing"
        where = path.relative_to(folder).as_posix()
        length = max(0, there - size)
        return ScrubDamage(folder=str(folder), where=where, shard=-1, piece=-1, start=size, length=length, what=what)

    return look


def _is_of(edition: Path, root: str) -> bool:
    """Whether an edition has a root, or does not say any more which it has."""
    try:
        stated = json.loads(read_bounded(edition / "data" / "edition.json", MAX_MANIFEST))["root"]
    except (OSError, ValueError, KeyError, TypeError):
        return True
    return bool(stated == root)


def _sums(folder: Path) -> dict[str, str]:
    """SHA-256 of files as the folder's own lists state them."""
    if is_edition(folder):
        found = dict(stated_sums(folder))
        for index in INDEXES:
            try:
                stated = json.loads(read_bounded(folder / index / "manifest.json", MAX_MANIFEST))["files"]
                found |= {f"{index}/{name}": str(digest) for name, digest in stated.items()}
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
        return {name: digest for name, digest in found.items() if _inside(name)}
    return sums_of(folder)


def sums_of(folder: Path) -> dict[str, str]:
    """Path → SHA-256 (hex), as the SHA256SUMS of a volume says; what is no line of one is left out."""
    try:
        text = (folder / SUMS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    lines = (line.partition("  ") for line in text.splitlines())
    return {name: digest for digest, _, name in lines if len(digest) == 64 and name and _inside(name)}


def _inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/") and "\0" not in name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _piece_check(
    place: ShardPlace,
    table: PieceTable,
    sums: Mapping[str, str],
    shard: int,
    index: int,
    at: int,
    size: int,
    is_wrong: Callable[[Path, str | None], bool],
) -> Callable[[], ScrubDamage | None]:
    def look() -> ScrubDamage | None:
        piece = np.zeros(size, dtype=np.uint8)
        read = place.read(shard, at, piece)
        if table.is_right(shard, index, piece):
            return None
        inside = [s.path for s in place.stretches(shard) if s.at < at + size and s.at + s.length > at]
        names = [path.relative_to(place.folder).as_posix() for path in inside]
        wrong = [name for name in names if is_wrong(place.folder / name, sums.get(name.removeprefix("files/")))]
        where = next(iter((*wrong, *names)), "")
        what = "changed" if read else "missing, too short or unreadable"
        return ScrubDamage(
            folder=str(place.folder), where=where, shard=shard, piece=index, start=at, length=size, what=what
        )

    return look


def _is_wrong(path: Path, digest: str | None) -> bool:
    """Whether a file that shares a piece with others is the one that is wrong; of parts of files no hash is known."""
    try:
        return digest is not None and sum_of(path)[0] != digest
    except OSError:
        return True


def _file_check(folder: Path, name: str, digest: str) -> Callable[[], ScrubDamage | None]:
    def look() -> ScrubDamage | None:
        made = hashlib.sha256()
        what = "changed"
        try:
            with (folder / name).open("rb", buffering=0) as file:
                while chunk := file.read(_CHUNK):
                    made.update(chunk)
        except OSError as error:
            what = "missing" if isinstance(error, FileNotFoundError) else f"unreadable ({error.strerror})"
        else:
            if made.hexdigest() == digest:
                return None
        length = _size(folder / name)
        return ScrubDamage(folder=str(folder), where=name, shard=-1, piece=-1, start=0, length=length, what=what)

    return look
