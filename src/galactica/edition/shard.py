"""One shard of an edition: a file of articles, and the files of passages and signals that go with it."""

from __future__ import annotations

import mmap
import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.edition import pages
from galactica.edition.kept import Kept
from galactica.errors import EditionError

_CODECS = {"ZSTD": "zstd", "UNCOMPRESSED": ""}


class Shard:
    """Open files of shard `number`; row groups of its three tables hold the same articles.

    Raises:
        EditionError: the number of articles is not the one that the edition states.
        OSError, pyarrow.ArrowException: missing or broken files.
    """

    def __init__(self, data: Path, name: str, number: int, count: int) -> None:
        self.number = number
        self._articles_path = data / "articles" / name
        self._data, self._name = data, name
        self._articles = pq.ParquetFile(self._articles_path, memory_map=True)
        meta = self._articles.metadata
        if meta.num_rows != count:
            raise EditionError(
                f"{self._articles_path} holds {meta.num_rows} articles where {count} are stated",
                "Fetch or build the edition again.",
            )
        self._counts = [meta.row_group(i).num_rows for i in range(meta.num_row_groups)]
        names = [c for c in self._articles.schema_arrow.names if c != "body"]
        self._small = names
        self._body_column = [meta.schema.column(i).path for i in range(meta.num_columns)].index("body")
        self._lock = threading.Lock()
        # A pyarrow reader that two threads use at once mixes up its read cache: wrong "damaged" errors, hangs and
        # crashes were all seen (pyarrow 26, 2026-11-23). One thread at a time reads through it.
        self._reading = threading.Lock()
        self._map: mmap.mmap | None = None
        self._body_pages: dict[int, tuple[pages.Page, ...] | None] = {}
        self._passages: pq.ParquetFile | None = None

    def group_of(self, inside: int) -> tuple[int, int]:
        """(row group, row in it) of the shard's article number `inside`."""
        for group, count in enumerate(self._counts):
            if inside < count:
                return group, inside
            inside -= count
        raise IndexError(inside)

    def group(self, group: int, *, body: bool = True) -> pa.Table:
        """A row group of articles, whole or without bodies."""
        with self._reading:
            return self._articles.read_row_group(group, columns=None if body else self._small)

    def body(self, group: int, inside: int, kept: Kept) -> str:
        """The body of one article, by its page where the file allows it."""
        found = self._pages(group)
        if found is not None:
            low, high = 0, len(found) - 1
            while low < high:
                middle = (low + high + 1) // 2
                low, high = (middle, high) if found[middle].first <= inside else (low, middle - 1)
            page = found[low]
            try:
                values = kept.get((self.number, page.offset), lambda: self._unpack(group, page))
                return pages.value(values, inside - page.first).decode()
            except pages.MalformedError as error:
                raise OSError(f"{self._articles_path.name}: {error}") from error
        with self._reading:
            column = self._articles.read_row_group(group, columns=["body"])["body"]
        return column[inside].as_py()  # type: ignore[no-any-return]  # pyarrow is untyped

    def passages(self, group: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """(article row, start, end) of the passages of a row group: int64 [n], int32 [n], int32 [n], in order."""
        with self._lock:
            if self._passages is None:
                self._passages = pq.ParquetFile(self._data / "passages" / self._name, memory_map=True)
        with self._reading:
            table = self._passages.read_row_group(group)
        return table["article"].to_numpy(), table["start"].to_numpy(), table["end"].to_numpy()

    def signals(self, column: str) -> pa.ChunkedArray:
        """A column of the signals of this shard, in row order."""
        return pq.read_table(self._data / "signals" / self._name, columns=[column])[column]

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._articles.close()
            if self._passages is not None:
                self._passages.close()
            if self._map is not None:
                self._map.close()
                self._map = None

    def _mapped(self) -> mmap.mmap:
        with self._lock:
            if self._map is None:
                with self._articles_path.open("rb") as file:
                    self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return self._map

    def _pages(self, group: int) -> tuple[pages.Page, ...] | None:
        """Pages of the bodies of a group, or None where they must be read through pyarrow."""
        if group not in self._body_pages:
            column = self._articles.metadata.row_group(group).column(self._body_column)
            plain = (
                column.compression in _CODECS
                and column.dictionary_page_offset is None
                and self._articles.schema.column(self._body_column).max_definition_level == 0
            )
            found = None
            if plain:
                try:
                    found = pages.pages_of(
                        self._mapped(), column.data_page_offset, column.total_compressed_size, column.num_values
                    )
                except pages.MalformedError:
                    found = None
            self._body_pages[group] = found
        return self._body_pages[group]

    def _unpack(self, group: int, page: pages.Page) -> bytes | memoryview:
        name = _CODECS[self._articles.metadata.row_group(group).column(self._body_column).compression]
        return pages.unpack(self._mapped(), page, pa.Codec(name) if name else None)
