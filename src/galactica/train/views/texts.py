"""The text of documents out of their edition: title, blank line, the projection of the body, less what is cut out.

A body is read with its row group, title and body alone, so that nothing else has to be unpacked. What is read is
compared with the SHA-256 that the view has of it: a damaged record cannot pass for the one that was chosen.
"""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from galactica.codes.cache import Cache
from galactica.edition import layout
from galactica.edition.damage import readable, reading
from galactica.edition.info import EditionHeader
from galactica.model.projection import project
from galactica.train.views.rows import TEXT_BYTES

KEPT_BYTES = 48_000_000
"""Bytes of row groups that are kept unpacked: some four of 8 MB, for readers that come back to where they were."""


SMALL_GROUP = 4_000_000
"""Bytes of a row group, unpacked, in some three milliseconds."""


def document_text(title: str, body: str) -> str:
    """The text of a document before anything is cut out."""
    return f"{title}\n\n{project(body)}"


def cut(text: str, cuts: Sequence[int]) -> str:
    """A text less the code points [start, end) of `cuts`, which are start, end, start, end … in order."""
    if not cuts:
        return text
    starts = (0, *cuts[1::2])
    ends = (*cuts[::2], len(text))
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def text_digest(raw: bytes) -> bytes:
    """What a view knows a document's text by."""
    return hashlib.sha256(raw).digest()[:TEXT_BYTES]


class StoredTexts:
    """Titles and bodies of an edition by row; raises EditionError where its files are damaged."""

    def __init__(self, path: Path, header: EditionHeader) -> None:
        self._path = path
        self._shard_starts = [0]
        for count in header.shards:
            self._shard_starts.append(self._shard_starts[-1] + count)
        self._layouts: dict[int, list[int]] = {}
        self._footers: dict[int, Any] = {}
        self._cache = Cache(KEPT_BYTES)

    def place(self, row: int) -> tuple[int, int, int, int]:
        """(shard, row group in it, first row of that group, row behind its last) of a row."""
        shard = bisect.bisect_right(self._shard_starts, row) - 1
        with readable(self._path), reading(self._name(shard)):
            borders = self._borders_of(shard)
            group = bisect.bisect_right(borders, row) - 1
            if group + 1 >= len(borders):
                raise IndexError("a row that no group has")
        return shard, group, borders[group], borders[group + 1]

    def group(self, shard: int, group: int) -> tuple[Any, Any]:
        """Titles and bodies of a row group, as Arrow arrays."""
        found: tuple[Any, Any] = self._cache.get((shard, group), lambda: self._read(shard, group), _weight)
        return found

    def is_small(self, shard: int, group: int) -> bool:
        """Whether a row group is unpacked about as soon as a page of it is found."""
        if shard not in self._footers:
            return False
        told = self._footers[shard].row_group(group)
        return bool(told.num_rows and told.total_byte_size <= SMALL_GROUP)

    def titles(self, shard: int, group: int) -> Any:  # noqa: ANN401  # pyarrow is untyped
        """Titles of a row group alone, as an Arrow array."""
        return self._cache.get((shard, group, "title"), lambda: self._column(shard, group, "title"), _bytes_of)

    def _read(self, shard: int, group: int) -> tuple[Any, Any]:
        with readable(self._path), reading(self._name(shard)), self._open(shard) as file:
            table = file.read_row_group(group, columns=["title", "body"], use_threads=False)
            return table.column("title").combine_chunks(), table.column("body").combine_chunks()

    def _column(self, shard: int, group: int, name: str) -> Any:  # noqa: ANN401  # pyarrow is untyped
        with readable(self._path), reading(self._name(shard)), self._open(shard) as file:
            return file.read_row_group(group, columns=[name], use_threads=False).column(name).combine_chunks()

    def _borders_of(self, shard: int) -> list[int]:
        if shard not in self._layouts:
            with self._open(shard) as file:
                counts = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
            borders = list(accumulate(counts, initial=self._shard_starts[shard]))
            if borders[-1] != self._shard_starts[shard + 1]:
                raise ValueError("other rows than are counted")
            self._layouts[shard] = borders
        return self._layouts[shard]

    def _open(self, shard: int) -> Any:  # noqa: ANN401  # pyarrow is untyped
        """Opened for each row group: no file stays open, so that a view can be handed to other processes. What its
        footer says is kept."""
        found = pq.ParquetFile(
            self._path / "data" / "articles" / layout.shard_name(shard),
            metadata=self._footers.get(shard),
            page_checksum_verification=True,
        )
        self._footers[shard] = found.metadata
        return found

    @staticmethod
    def _name(shard: int) -> str:
        return f"data/articles/{layout.shard_name(shard)}"


def _bytes_of(column: Any) -> int:  # noqa: ANN401  # pyarrow is untyped
    return int(column.nbytes)


def _weight(columns: tuple[Any, Any]) -> int:
    return int(columns[0].nbytes + columns[1].nbytes)
