"""Shards on their way to disk: a volume's files or its parity, written in order, and gone on with after a stop."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO

from galactica.codes.cauchy.mixing import Bytes
from galactica.preserve.places import FileStretch

_CHUNK = 1 << 20


class ShardWriter:
    """Writes one shard to the files that it lies in, from its beginning to its end.

    Args:
        stretches: where its bytes go, in order; what lies between them is not written.
        at: bytes of the shard that were written before, by a run that was stopped; what lies behind is cut off.

    Attributes:
        sums: SHA-256 (hex) of the files that are finished.
    """

    def __init__(self, stretches: tuple[FileStretch, ...], at: int = 0) -> None:
        self._stretches = stretches
        self._number = 0
        self._file: IO[bytes] | None = None
        self._digest = hashlib.sha256()
        self._at = 0
        self.sums: dict[Path, str] = {}
        self._go_on(at)

    def write(self, block: Bytes) -> None:
        """The next bytes of the shard."""
        view, low = block.data, self._at
        self._at += len(view)
        while self._number < len(self._stretches):
            stretch = self._stretches[self._number]
            begin, end = max(low, stretch.at), min(self._at, stretch.at + stretch.length)
            if begin < end:
                file = self._file or self._begin(stretch, 0)
                part = view[begin - low : end - low]
                file.write(part)
                self._digest.update(part)
            if end < stretch.at + stretch.length:
                return
            self._end(stretch)

    def sync(self) -> None:
        """Have what was written on the disk, so that it is there after a loss of power."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file that is being written."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self, stretch: FileStretch, size: int) -> IO[bytes]:
        stretch.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = stretch.path.open("r+b" if size else "wb")
        self._digest = hashlib.sha256()
        if size:
            left = size
            while left:
                chunk = self._file.read(min(_CHUNK, left))
                if not chunk:
                    raise OSError(f"{stretch.path} is shorter than it was")
                self._digest.update(chunk)
                left -= len(chunk)
            self._file.seek(size)
            self._file.truncate()
        return self._file

    def _end(self, stretch: FileStretch) -> None:
        self.sync()
        self.close()
        self.sums[stretch.path] = self._digest.hexdigest()
        self._number += 1

    def _go_on(self, at: int) -> None:
        self._at = at
        while self._number < len(self._stretches):
            stretch = self._stretches[self._number]
            size = min(stretch.length, at - stretch.at)
            if size <= 0:
                return
            self._begin(stretch, size)
            if size < stretch.length:
                return
            self._end(stretch)
