"""The rows of an edition as they lie on disk: in which shard and row group each is, its fields, its body, its passages.

Rows are the articles' own order: shard after shard, row after row. Small columns are read by row group and the last
groups kept; bodies are read by page (`pages`), because unpacking a whole group for one article would cost 8 ms.
Nothing is compared with what the edition says of it here (`read` does). Several threads may use it at once.
"""

from __future__ import annotations

import bisect
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.codes.cache import Cache
from galactica.edition import layout
from galactica.edition.damage import readable, reading
from galactica.edition.info import EditionHeader
from galactica.edition.shard import Shard, passage_counts
from galactica.edition.table import Row
from galactica.errors import EditionError

_KEPT_HEADS = 24_000_000
"""Bytes of small columns: about 25,000 articles without their bodies."""

_KEPT_LISTS = 16_000_000
"""Bytes of passages, signals, and where pages of bodies lie: all of a million short articles, so that what is quick to
keep is not made again whenever heads of other articles are read (a title looked for there costs 59 ms, 68 with one
bound for both; 2026-11-30)."""

_KEPT_PAGES = 3


class StoredRows:
    """The rows of the edition in the folder `path`; its shards are opened when they are first asked for.

    Every method that takes a row raises IndexError where there is no such row, and EditionError where its shard is
    missing or damaged.
    """

    def __init__(self, path: Path, header: EditionHeader) -> None:
        self._path = path
        self._stamp = _stamp(path)
        self._counts = header.shards
        self._starts = [0]
        for count in header.shards:
            self._starts.append(self._starts[-1] + count)
        self._shards: dict[int, Shard] = {}
        self._lock = threading.Lock()
        self._heads = Cache(_KEPT_HEADS)
        self._lists = Cache(_KEPT_LISTS)
        self._pages = Cache(_KEPT_PAGES)

    def __len__(self) -> int:
        return self._starts[-1]

    def fields(self, row: int, names: Iterable[str]) -> Row:
        """Some fields of a row, its body not among them."""
        shard, group, inside = self._place(row)
        with readable(self._path):
            return shard.heads(group, self._heads).fields(inside, names)

    def whole(self, row: int) -> tuple[Row, str]:
        """All fields of a row but the body, and the body."""
        shard, group, inside = self._place(row)
        with readable(self._path):
            heads = shard.heads(group, self._heads)
            body = shard.body(group, inside, self._lists, self._pages)
            return heads.fields(inside, heads.names), body

    def body(self, row: int) -> str:
        """The body of a row."""
        shard, group, inside = self._place(row)
        with readable(self._path):
            return shard.body(group, inside, self._lists, self._pages)

    def scan(self, start: int, stop: int, *, body: bool) -> Iterator[tuple[int, Row]]:
        """Yield (row, fields) of rows start … stop-1, in order; one row group is in memory at a time.

        Args:
            body: whether the body is among the fields.
        """
        row, end = start, min(stop, len(self))
        while row < end:
            shard, group, inside = self._place(row)
            with readable(self._path):
                rows: Iterable[Row]
                if body:
                    rows = shard.group(group).slice(inside, end - row).to_pylist()
                else:
                    heads = shard.heads(group, self._heads)
                    last = min(len(heads), inside + end - row)
                    rows = (heads.fields(i, heads.names) for i in range(inside, last))
            for fields in rows:
                yield row, fields
                row += 1

    def spans(self, row: int) -> tuple[list[int], list[int]]:
        """Starts and ends of the passages of the article in `row`, in order."""
        shard, group, inside = self._place(row)
        with readable(self._path):
            return shard.spans(group, self._starts[shard.number], self._lists).of(inside)

    def passage_counts(self, shard: int) -> npt.NDArray[np.int32]:
        """How many passages each article of a shard has, in row order (`int32 [articles]`).

        Raises:
            EditionError: the shard's passages are missing, damaged, or of other articles.
        """
        file = self._path / "data" / "passages" / layout.shard_name(shard)
        with readable(self._path), reading(f"data/passages/{file.name}"):
            return passage_counts(file, self._starts[shard], self._counts[shard])

    def input(self, row: int) -> bytes:
        """Digest of what the article in `row` was made from (`INPUT_BYTES`)."""
        return self._signal("input", row)

    def leaf(self, row: int) -> bytes:
        """First bytes of the leaf hash that the article in `row` had when the edition was made."""
        return self._signal("leaf", row)

    def _signal(self, name: str, row: int) -> bytes:
        """One value of a column of signals; the column stays as Arrow has it, since lists of a shard of 18,000 short
        articles cost 6 ms to make and fourteen times the memory (2026-11-30)."""
        shard, _, _ = self._place(row)
        with readable(self._path):
            column: Any = self._lists.get(  # pyarrow is untyped
                (name, shard.number), lambda: shard.signals(name), lambda column: int(column.nbytes)
            )
            value: bytes = column[row - self._starts[shard.number]].as_py()
        return value

    def leaf_prefixes(self, shard: int) -> list[bytes]:
        """First bytes (`layout.LEAF_BYTES`) of each article's leaf hash in a shard, in row order."""
        with readable(self._path):
            return self._shard(shard).signals("leaf").to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped

    def shards(self) -> list[tuple[int, int]]:
        """(first row, number of rows) of each shard."""
        return list(zip(self._starts, self._counts, strict=False))

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            for shard in self._shards.values():
                shard.close()
            self._shards.clear()

    def _shard(self, number: int) -> Shard:
        with self._lock:
            shard = self._shards.get(number)
            if shard is None:
                if _stamp(self._path) != self._stamp:
                    raise EditionError(f"{self._path} was replaced by another edition meanwhile.", "Open it again.")
                name = layout.shard_name(number)
                shard = Shard(self._path / "data", name, number, self._counts[number])
                self._shards[number] = shard
            return shard

    def _place(self, row: int) -> tuple[Shard, int, int]:
        """(shard, row group in it, row in that group)."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        number = bisect.bisect_right(self._starts, row) - 1
        with readable(self._path):
            shard = self._shard(number)
            group, inside = shard.group_of(row - self._starts[number])
        return shard, group, inside


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What tells the edition that lies at a place from another that took its place; None where there is none."""
    try:
        seen = (path / "data" / "edition.json").stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino, seen.st_mtime_ns
