"""From an article's id to its row: a sorted array that is mapped, not read.

`index/ids` holds 8 bytes for each article and each alias that had a path: first all prefixes (the first 32 bits of the
id), then all rows, both little-endian unsigned, in the order of the prefixes, then of the rows. Several ids may share
their first 32 bits (one pair in about 600 entries of seven million), so whoever looks up confirms with the article.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

_ENTRY_BYTES = 8


def write_ids(path: Path, entries: Iterable[tuple[bytes, int]]) -> None:
    """Write the array. Memory: 8 bytes an entry.

    Args:
        path: the file to write.
        entries: (id of 16 bytes, row) pairs in any order.
    """
    packed = np.fromiter(((int.from_bytes(i[:4], "big") << 32) | row for i, row in entries), dtype=np.uint64)
    packed.sort()
    both = np.concatenate([packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)])
    both.astype("<u4").tofile(path)


class Ids:
    """The array, open for looking up.

    Raises:
        OSError: the file is missing.
        ValueError: its length is no multiple of an entry.
    """

    def __init__(self, path: Path) -> None:
        size = path.stat().st_size
        if size % _ENTRY_BYTES:
            raise ValueError("index/ids has a broken length")
        both: npt.NDArray[np.uint32] = np.memmap(path, dtype="<u4", mode="r") if size else np.zeros(0, np.uint32)
        self._prefix, self._row = both[: len(both) // 2], both[len(both) // 2 :]

    def rows(self, identity: bytes) -> list[int]:
        """Rows that may have this id (usually one, or none)."""
        wanted = np.uint32(int.from_bytes(identity[:4], "big"))
        low = int(np.searchsorted(self._prefix, wanted, side="left"))
        high = int(np.searchsorted(self._prefix, wanted, side="right"))
        return [int(row) for row in self._row[low:high]]
