"""Right bytes written over wrong ones, and nothing else.

A piece that is right is written to the files of its place by sectors, and only those sectors that differ. Whatever
moment this is stopped at, each byte on the disk is one that was there before or one that the table says is right:
nothing that was right is lost. Files that are missing are made; one that is longer than it should be is cut.
"""

from __future__ import annotations

import os
from pathlib import Path

from galactica.codes.cauchy.mixing import Bytes
from galactica.errors import MissingError
from galactica.preserve.places import FileStretch, ShardPlace

SECTOR = 4096
"""Bytes: what disks write at once."""

_MOST_OPEN = 64


class Mender:
    """Writes pieces into a place.

    Args:
        place: where they go.

    Attributes:
        written: bytes.
        files: that were written to.
    """

    def __init__(self, place: ShardPlace) -> None:
        self._place = place
        self._open: dict[Path, int] = {}
        self.written = 0
        self.files: set[Path] = set()

    def mend(self, shard: int, at: int, piece: Bytes) -> None:
        """Write what differs of a piece that begins at byte `at` of its shard.

        Raises:
            MissingError: a file cannot be written to.
        """
        for stretch in self._place.stretches(shard):
            low, high = max(at, stretch.at), min(at + len(piece), stretch.at + stretch.length)
            if low < high:
                self._write(stretch, stretch.start + low - stretch.at, piece.data[low - at : high - at])

    def close(self) -> None:
        """Have everything on the disk, and let go of the files."""
        while self._open:
            _, file = self._open.popitem()
            os.fsync(file)
            os.close(file)

    def _write(self, stretch: FileStretch, offset: int, right: memoryview) -> None:
        try:
            file = self._file(stretch.path)
            for begin in range(0, len(right), SECTOR):
                part = right[begin : begin + SECTOR]
                if _there(file, offset + begin, len(part)) != part:
                    os.lseek(file, offset + begin, os.SEEK_SET)
                    _write_all(file, part)
                    self.written += len(part)
                    self.files.add(stretch.path)
        except OSError as error:
            raise MissingError(
                f"{stretch.path} cannot be repaired: {error.strerror or error}.",
                "Put the permissions or the disk right, or recover the edition to another place: galactica recover.",
            ) from error

    def _file(self, path: Path) -> int:
        file = self._open.pop(path, None)
        if file is None:
            if len(self._open) >= _MOST_OPEN:
                oldest = self._open.pop(next(iter(self._open)))
                os.fsync(oldest)
                os.close(oldest)
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
            file = os.open(path, flags, 0o644)
        self._open[path] = file
        return file


def _there(file: int, offset: int, count: int) -> bytes:
    try:
        os.lseek(file, offset, os.SEEK_SET)
        return os.read(file, count)
    except OSError:
        return b""  # a sector that cannot be read is written


def _write_all(file: int, part: memoryview) -> None:
    while len(part):
        part = part[os.write(file, part) :]


def cut_to(path: Path, size: int) -> bool:
    """Cut a file that is longer than it should be, or make one of no bytes; whether that was needed."""
    try:
        there = path.lstat().st_size
    except FileNotFoundError:
        if size:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return True
    if there <= size or path.is_symlink():
        return False
    os.truncate(path, size)
    return True
