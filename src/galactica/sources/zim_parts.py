"""The files that make up a ZIM, split or not, and their bytes as one row."""

from __future__ import annotations

import os
from bisect import bisect_right
from pathlib import Path
from typing import BinaryIO


def parts_of(path: Path) -> list[Path]:
    """The files that make up a ZIM: itself, or `.zimaa`, `.zimab` … as far as they go without a gap."""
    name = path.name
    stem = name[:-2] if name.endswith(".zimaa") else name
    if path.is_file() and stem == name:
        return [path]
    found = []
    for number in range(26 * 26):
        part = path.with_name(f"{stem}{chr(97 + number // 26)}{chr(97 + number % 26)}")
        if not part.is_file():
            break
        found.append(part)
    return found


class SplitFile:
    """A ZIM file, split or not, as one row of bytes."""

    def __init__(self, paths: list[Path]) -> None:
        self._files: list[BinaryIO] = [path.open("rb", buffering=0) for path in paths]
        self._starts = [0]
        for file in self._files:
            self._starts.append(self._starts[-1] + os.fstat(file.fileno()).st_size)
        self.size = self._starts[-1]

    def read(self, offset: int, length: int) -> bytes:
        """Bytes [offset, offset + length); fewer at the end. Not for use by two threads at once."""
        found = b""
        while length > 0 and 0 <= offset < self.size:
            part = bisect_right(self._starts, offset) - 1
            self._files[part].seek(offset - self._starts[part])
            got = self._files[part].read(min(length, self._starts[part + 1] - offset))
            if not got:
                break
            found, offset, length = found + got, offset + len(got), length - len(got)
        return found

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()
