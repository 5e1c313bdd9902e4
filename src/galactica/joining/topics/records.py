"""Records in a file, read by row: what is compared of every article does not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import msgspec
import numpy as np

from galactica.codes.cache import Cache
from galactica.joining.topics.thing import Thing

KEPT = 48 << 20
"""Bytes of records that are kept after they were read."""


class ThingFile:
    """Writes things one after the other, and reads any of them. Close it by leaving its `with` block."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._any = path.open("rb", buffering=0)  # of a record here and there no more than itself is read
        self._written = False
        self._ends = np.zeros(1024, np.int64)
        self._count = 0
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Thing)
        self._cache = Cache(KEPT)

    def __len__(self) -> int:
        return self._count

    def append(self, thing: Thing) -> None:
        """Write the next."""
        data = self._encoder.encode(thing)
        if not self._written:
            self._file.seek(0, 2)
            self._written = True
        self._file.write(data)
        if self._count + 1 >= len(self._ends):
            self._ends = np.concatenate([self._ends, np.zeros(len(self._ends), np.int64)])
        self._ends[self._count + 1] = self._ends[self._count] + len(data)
        self._count += 1

    def __getitem__(self, row: int) -> Thing:
        found: Thing = self._cache.get(row, lambda: self._read(row), lambda _: self._size(row) * 4)
        return found

    def __iter__(self) -> Iterator[Thing]:
        for row in range(self._count):
            self._settle()
            self._file.seek(int(self._ends[row]))
            yield self._decoder.decode(self._file.read(self._size(row)))

    def _size(self, row: int) -> int:
        return int(self._ends[row + 1] - self._ends[row])

    def _read(self, row: int) -> Thing:
        self._settle()
        self._any.seek(int(self._ends[row]))
        return self._decoder.decode(self._any.read(self._size(row)))

    def _settle(self) -> None:
        """Let what was written be read."""
        if self._written:
            self._file.flush()
            self._written = False

    def __enter__(self) -> ThingFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._any.close()
        self._file.close()
