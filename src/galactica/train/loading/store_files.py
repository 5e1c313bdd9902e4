"""The files of a store of tokens: how long they are, how they come to their place, how a chunk is held by its maker.

docs/formats/tokens.md is the format. A folder with another header, or with files that are too short, is replaced as a
whole; what lies in whole files is judged chunk by chunk (`store`).
"""

from __future__ import annotations

import contextlib
import mmap
import os
import shutil
import stat
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

try:
    import fcntl
except ImportError:  # a system without locks on bytes: two processes may make the same chunk, and write the same
    fcntl = None  # type: ignore[assignment]

HEADER, TOKENS, COUNTS, MADE, LOCK = "tokens.json", "tokens.bin", "counts.bin", "made.bin", "lock"


class StoreFiles:
    """The files in `folder`, which are put there where they are not.

    Args:
        header: the content of `tokens.json`.
        places: tokens that there is room for.
        documents, chunks: how many there are.
        kind: of a token.

    Attributes:
        tokens: `kind [places]`, mapped.
        counts: `uint32 [documents]`, mapped.
        made: `uint64 [chunks]`, mapped: what is said of each chunk, 0 where it was not made.

    Raises:
        OSError: the folder cannot be written to.
    """

    def __init__(
        self, folder: Path, header: bytes, *, places: int, documents: int, chunks: int, kind: np.dtype[Any]
    ) -> None:
        self.folder = folder
        self._header = header
        self._lengths = {TOKENS: places * kind.itemsize, COUNTS: 4 * documents, MADE: 8 * chunks, LOCK: 0}
        self._handles: dict[str, int] = {}
        self._end = weakref.finalize(self, _closed, self._handles)  # who forgets to close keeps no files open
        if not self._fits():
            self._begin()
        for name in self._lengths:
            self._handles[name] = os.open(folder / name, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        self.tokens: npt.NDArray[Any] = np.frombuffer(self._mapped(TOKENS), kind)
        self.counts: npt.NDArray[np.uint32] = np.frombuffer(self._mapped(COUNTS), "<u4")
        self.made: npt.NDArray[np.uint64] = np.frombuffer(self._mapped(MADE), "<u8")

    def put(self, name: str, raw: bytes, offset: int) -> None:
        """Write bytes into a file at an offset."""
        while raw:
            written = os.pwrite(self._handles[name], raw, offset)
            raw, offset = raw[written:], offset + written

    @contextlib.contextmanager
    def held(self, chunk: int) -> Iterator[bool]:
        """Hold the lock of a chunk; whether it was free. The system lets go of it when this process ends."""
        if fcntl is None:
            yield True
            return
        try:
            fcntl.lockf(self._handles[LOCK], fcntl.LOCK_EX | fcntl.LOCK_NB, 1, chunk)
        except (BlockingIOError, PermissionError):
            yield False
            return
        try:
            yield True
        finally:
            fcntl.lockf(self._handles[LOCK], fcntl.LOCK_UN, 1, chunk)

    def close(self) -> None:
        """Let go of the files."""
        self.tokens, self.counts = self.tokens[:0].copy(), self.counts[:0].copy()
        self.made = self.made[:0].copy()
        _closed(self._handles)

    def _mapped(self, name: str) -> mmap.mmap:
        return mmap.mmap(self._handles[name], self._lengths[name], access=mmap.ACCESS_READ)

    def _fits(self) -> bool:
        """Whether the folder holds these files, each as long as it must be, and nothing that leads elsewhere: a view
        may come from anybody, and what is named here is written to."""
        try:
            seen = {name: (self.folder / name).lstat() for name in (HEADER, *self._lengths)}
        except (FileNotFoundError, NotADirectoryError):
            return False
        return (
            not self.folder.is_symlink()
            and all(stat.S_ISREG(each.st_mode) and each.st_nlink == 1 for each in seen.values())
            and all(seen[name].st_size >= length for name, length in self._lengths.items())
            and seen[HEADER].st_size == len(self._header)
            and (self.folder / HEADER).read_bytes() == self._header
        )

    def _begin(self) -> None:
        """Put empty files at their place, all at once; another process may do the same, and those of one stay."""
        part = self.folder.with_name(f".{self.folder.name}.{os.getpid()}.part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            part.mkdir(parents=True)
            for name, length in self._lengths.items():
                with (part / name).open("wb") as file:
                    file.truncate(length)
            (part / HEADER).write_bytes(self._header)
            if os.path.lexists(self.folder) and not self._fits():
                shutil.rmtree(self.folder)
            with contextlib.suppress(OSError):  # another process was first
                part.rename(self.folder)
            if not self._fits():
                raise OSError(0, "another process replaces it")
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _closed(handles: dict[str, int]) -> None:
    """Close what is open, once."""
    while handles:
        os.close(handles.popitem()[1])
