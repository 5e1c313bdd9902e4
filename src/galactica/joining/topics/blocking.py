"""Which pairs are worth comparing: those that share a key. Grows with n log n, in bounded memory.

Keys are numbers of 64 bits. They are kept in files by their first bits (`PARTS`), each is sorted by itself, and
the pairs
that it gives are kept in files by the pair's first record. A key that more than `MOST_SHARING` records have gives no
pairs: such a name says little, and whoever makes keys makes some of two things together. How many such keys there were
is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MOST_SHARING = 40
"""Records of one key: 780 pairs at the most."""

PARTS = 32
"""Files of keys, and of pairs."""

WAITING = 1 << 16
"""Keys that are held before they are written."""

_KEY = np.dtype([("key", "<u8"), ("row", "<u4")])
_PAIR = np.dtype([("low", "<u4"), ("high", "<u4")])

PairRows = NDArray[np.void]
"""Pairs of rows: a structured array of `low` and `high`, uint32, low < high."""


def shared_key(kind: str, *parts: str) -> int:
    """The key of what a record has in common with others."""
    text = "\x1f".join((kind, *parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


class SharedKeys:
    """Takes keys of records and gives the pairs that share one.

    Args:
        folder: an empty one, for its files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: list[tuple[int, int]] = []
        self._pairs: list[PairRows] = []
        self.crowded = 0
        self.keys = 0

    def add(self, row: int, keys: set[int]) -> None:
        """Take the keys of a record."""
        self._rows += [(key, row) for key in keys]
        self.keys += len(keys)
        if len(self._rows) >= WAITING:
            self._write_keys()

    def add_pairs(self, pairs: NDArray[np.int64]) -> None:
        """Take pairs that were found in another way: int64 [n, 2]."""
        if len(pairs):
            ordered = np.sort(pairs, axis=1)
            ordered = ordered[ordered[:, 0] < ordered[:, 1]]
            self._write_pairs(ordered[:, 0], ordered[:, 1])

    def pairs(self) -> Iterator[PairRows]:
        """All pairs, each once, in order; a part at a time."""
        self._write_keys()
        for part in range(PARTS):
            self._of_part(self._folder / f"keys-{part:02}")
        for part in range(PARTS):
            path = self._folder / f"pairs-{part:02}"
            if path.exists():
                yield np.unique(np.fromfile(path, _PAIR))

    def _write_keys(self) -> None:
        rows = np.array(self._rows, dtype=_KEY)
        self._rows = []
        spread_rows(rows, rows["key"] >> np.uint64(59), self._folder, "keys")

    def _of_part(self, path: Path) -> None:
        if not path.exists():
            return
        rows = np.unique(np.fromfile(path, _KEY))
        keys = rows["key"]
        starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
        sizes = np.diff(np.r_[starts, len(keys)])
        self.crowded += int((sizes > MOST_SHARING).sum())
        for size in range(2, MOST_SHARING + 1):
            several = rows["row"][starts[sizes == size][:, None] + np.arange(size)]
            if len(several):
                left, right = np.triu_indices(size, 1)
                self._write_pairs(several[:, left].ravel(), several[:, right].ravel())
        path.unlink()

    def _write_pairs(self, low: NDArray[np.generic], high: NDArray[np.generic]) -> None:
        pairs = np.empty(len(low), _PAIR)
        pairs["low"], pairs["high"] = low, high
        # rows of 2^12 lie together, so that a part is read nearly in order and parts are of one size
        spread_rows(pairs, (pairs["low"] >> np.uint32(12)) % np.uint32(PARTS), self._folder, "pairs")


def spread_rows(rows: NDArray[np.void], parts: NDArray[np.generic], folder: Path, name: str) -> None:
    """Add rows to files of a folder, by the number of their part."""
    for part in np.unique(parts):
        with (folder / f"{name}-{int(part):02}").open("ab") as file:
            file.write(rows[parts == part].tobytes())
