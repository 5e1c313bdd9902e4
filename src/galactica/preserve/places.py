"""Where shards are read from: a volume has one, a copy of the edition all data shards, a parity folder the others.

A place says what it might have; whether it is right is told by the table of pieces alone. What cannot be read (a file
that is missing or too short, a sector that the disk refuses) is no error but a piece that is not there.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from galactica.codes.cauchy.mixing import Bytes
from galactica.faults import is_machines
from galactica.preserve.described import ProtectedSet
from galactica.preserve.extents import extents_of

PARITY_FILE = "parity.bin"
"""The one file of a volume that has a parity shard."""

FILES = "files"
"""The folder of a volume that has files of the edition."""

_MOST_OPEN = 64
"""Files that a place keeps open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStretch:
    """Bytes of a shard that lie in a file: where in the shard, where in the file, how many."""

    at: int
    path: Path
    start: int
    length: int


class ShardPlace:
    """A folder that shards are read from.

    Args:
        folder: for messages.
        shards: which stretches of which files each shard there has.

    Attributes:
        shards: numbers of the shards, ascending.
    """

    def __init__(self, folder: Path, shards: dict[int, tuple[FileStretch, ...]]) -> None:
        self.folder = folder
        self.shards = tuple(sorted(shards))
        self._stretches = shards
        self._open: dict[Path, int] = {}

    def stretches(self, shard: int) -> tuple[FileStretch, ...]:
        """Where a shard lies, in order."""
        return self._stretches[shard]

    def read(self, shard: int, at: int, into: Bytes) -> bool:
        """Read bytes of a shard.

        Args:
            at: offset in the shard.
            into: uint8, as many as are wanted; filled up with zeros where the shard ends or holds none.

        Returns:
            Whether all of them could be read. What could not is zeros.

        Raises:
            OSError: the machine is short of something, which says nothing of the folder.
        """
        whole, filled, end = True, at, at + len(into)
        for stretch in self._stretches[shard]:
            low, high = max(at, stretch.at), min(end, stretch.at + stretch.length)
            if low < high:
                into[filled - at : low - at] = 0
                if not self._fill(stretch.path, stretch.start + low - stretch.at, into[low - at : high - at]):
                    whole = False
                filled = high
        into[filled - at :] = 0
        return whole

    def _fill(self, path: Path, offset: int, part: Bytes) -> bool:
        done = 0
        try:
            file = self._file(path)
            while done < len(part):
                count = _read_at(file, part.data[done:], offset + done)
                if not count:
                    break
                done += count
        except OSError as error:
            if is_machines(error) and error.errno != errno.EIO:
                raise
        part[done:] = 0
        return done == len(part)

    def _file(self, path: Path) -> int:
        file = self._open.pop(path, None)
        if file is None:
            if len(self._open) >= _MOST_OPEN:
                os.close(self._open.pop(next(iter(self._open))))
            file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
        self._open[path] = file
        return file

    def close(self) -> None:
        """Let go of the files."""
        for file in self._open.values():
            os.close(file)
        self._open.clear()

    def __enter__(self) -> ShardPlace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read_at(file: int, view: memoryview, offset: int) -> int:
    if hasattr(os, "preadv"):
        return os.preadv(file, [view], offset)
    os.lseek(file, offset, os.SEEK_SET)
    part = os.read(file, len(view))
    view[: len(part)] = part
    return len(part)


def edition_place(folder: Path, described: ProtectedSet) -> ShardPlace:
    """All data shards, as they lie in an edition's own files."""
    return ShardPlace(
        folder,
        {
            shard: tuple(
                FileStretch(at=each.at, path=folder / each.file.path, start=each.start, length=each.length)
                for each in extents_of(described, shard)
            )
            for shard in range(described.data)
        },
    )


def volume_place(folder: Path, described: ProtectedSet, shard: int) -> ShardPlace:
    """The one shard of a volume."""
    if shard >= described.data:
        stretches = (FileStretch(at=0, path=folder / PARITY_FILE, start=0, length=described.shard),)
        return ShardPlace(folder, {shard: stretches})
    return ShardPlace(
        folder,
        {
            shard: tuple(
                FileStretch(at=each.at, path=folder / FILES / each.name(shard), start=0, length=each.length)
                for each in extents_of(described, shard)
            )
        },
    )


def parity_place(folder: Path, described: ProtectedSet) -> ShardPlace:
    """All parity shards, a file each."""
    return ShardPlace(
        folder,
        {
            described.data + number: (
                FileStretch(at=0, path=parity_file(folder, number), start=0, length=described.shard),
            )
            for number in range(described.parity)
        },
    )


def parity_file(folder: Path, number: int) -> Path:
    """The file of a parity shard in a folder of parity, counted from 0."""
    return folder / f"parity-{number:03d}.bin"


def close_all(places: Iterable[ShardPlace]) -> None:
    """Let go of the files of several places."""
    for place in places:
        place.close()
