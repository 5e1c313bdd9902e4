"""From an article's id to its row: a sorted array that is mapped, not read.

`index/ids` holds an entry for each article and each alias that had a path: first all prefixes (the first 32 bits of the
id), then all rows (16 bits in an edition of up to 65,536 articles, else 32), both little-endian unsigned, in the order
of the prefixes, then of the rows. Several ids may share
their first 32 bits (one pair in about 600 entries of seven million), so whoever looks up confirms with the article.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt


def row_type(articles: int) -> str:
    """How a row is written in an edition of that many articles: "<u2" or "<u4"."""
    return "<u2" if articles <= 1 << 16 else "<u4"


def write_ids(path: Path, entries: Iterable[tuple[bytes, int]], articles: int) -> None:
    """Write the array. Memory: 8 bytes an entry.

    Args:
        path: the file to write.
        entries: (id of 16 bytes, row) pairs in any order.
        articles: how many the edition has.
    """
    packed = np.fromiter(((int.from_bytes(i[:4], "big") << 32) | row for i, row in entries), dtype=np.uint64)
    packed.sort()
    with path.open("wb") as file:
        file.write((packed >> np.uint64(32)).astype("<u4").tobytes())
        file.write((packed & np.uint64(0xFFFFFFFF)).astype(row_type(articles)).tobytes())


class Ids:
    """The array, open for looking up.

    Raises:
        OSError: the file is missing.
        ValueError: its length is no multiple of an entry.
    """

    def __init__(self, path: Path, articles: int) -> None:
        kind = np.dtype(row_type(articles))
        count, rest = divmod(path.stat().st_size, 4 + kind.itemsize)
        if rest:
            raise ValueError("index/ids has a broken length")
        self._prefix: npt.NDArray[np.uint32] = np.zeros(0, np.uint32)
        self._row: npt.NDArray[np.unsignedinteger] = np.zeros(0, kind)
        if count:
            self._prefix = np.memmap(path, dtype="<u4", mode="r", shape=(count,))
            self._row = np.memmap(path, dtype=kind, mode="r", offset=4 * count, shape=(count,))

    def rows(self, identity: bytes) -> list[int]:
        """Rows that may have this id (usually one, or none)."""
        wanted = np.uint32(int.from_bytes(identity[:4], "big"))
        low = int(np.searchsorted(self._prefix, wanted, side="left"))
        found: list[int] = []
        while low < len(self._prefix) and self._prefix[low] == wanted:
            found.append(int(self._row[low]))
            low += 1
        return found

    def between(self, first: bytes, end: bytes | None) -> list[int]:
        """Rows of all entries whose ids may lie from `first` up to `end` (None: up to the last), by prefix."""
        low = int(np.searchsorted(self._prefix, np.uint32(int.from_bytes(first[:4], "big")), side="left"))
        high = len(self._prefix)
        if end is not None:
            high = int(np.searchsorted(self._prefix, np.uint32(int.from_bytes(end[:4], "big")), side="right"))
        return [int(row) for row in self._row[low:high]]
