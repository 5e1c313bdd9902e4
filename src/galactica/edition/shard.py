"""One shard of an edition: a file of articles, and the files of passages and signals that go with it."""

from __future__ import annotations

import bisect
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes.cache import Cache
from galactica.codes.footer import Chunk, chunks_of
from galactica.edition import pages
from galactica.edition.damage import reading, verify_it
from galactica.errors import EditionError

_ZSTD = b"\x28\xb5\x2f\xfd"
"""How a zstd frame begins (RFC 8878 §3.1.1); a plain page would begin with a text of 4 GB."""


class Heads:
    """A row group without its bodies, in columns; reading one field of one row takes half a microsecond.

    Attributes:
        bytes: about how much memory it takes.
    """

    def __init__(self, table: pa.Table) -> None:
        whole = table.combine_chunks()
        self._columns = {name: whole[name].chunk(0) for name in whole.column_names}
        self._rows = int(table.num_rows)
        self.names = tuple(self._columns)
        self.bytes = table.get_total_buffer_size() + 200 * len(self.names)

    def __len__(self) -> int:
        return self._rows

    def fields(self, inside: int, names: Iterable[str]) -> dict[str, Any]:
        """Some fields of one row by name."""
        return {name: self._columns[name][inside].as_py() for name in names}


class Spans:
    """The passages of a row group.

    Attributes:
        bytes: about how much memory it takes.
    """

    def __init__(self, table: pa.Table, first: int, articles: int) -> None:
        rows = np.arange(first, first + articles + 1)
        self._borders = np.searchsorted(table["article"].to_numpy(), rows).astype(np.int32)
        self._starts = table["start"].to_numpy().astype(np.int32)
        self._ends = table["end"].to_numpy().astype(np.int32)
        self.bytes = self._borders.nbytes + self._starts.nbytes + self._ends.nbytes + 500

    def of(self, inside: int) -> tuple[list[int], list[int]]:
        """Starts and ends of the passages of one article, in order."""
        low, high = self._borders[inside], self._borders[inside + 1]
        return self._starts[low:high].tolist(), self._ends[low:high].tolist()


def passage_counts(file: Path, first: int, articles: int) -> npt.NDArray[np.int32]:
    """How many passages each article of a shard has, in row order; reads one column and keeps nothing open.

    Args:
        file: the shard's table of passages.
        first: row, in the edition, of the shard's first article.
        articles: how many the shard has.

    Raises:
        ValueError, OSError, pyarrow.ArrowException: the file is broken, or speaks of other articles.
    """
    with pq.ParquetFile(file) as parquet:
        column = parquet.read(columns=["article"], use_threads=False)["article"].cast(pa.int64())
    inside = column.to_numpy() - first
    if column.null_count or (len(inside) and (inside.min() < 0 or inside.max() >= articles)):
        raise ValueError(f"{file.name} names articles that are not in its shard")
    return np.bincount(inside, minlength=articles).astype(np.int32)


class Shard:
    """Open files of shard `number`; row groups of its three tables hold the same articles.

    Raises:
        EditionError: the number of articles is not the one that the edition states.
        DamageError: missing or broken files.
    """

    def __init__(self, data: Path, name: str, number: int, count: int) -> None:
        self.number = number
        self._articles_path = data / "articles" / name
        self._data, self._name = data, name
        with self._in("articles"):
            self._articles = pq.ParquetFile(self._articles_path)
        meta = self._articles.metadata
        if meta.num_rows != count:
            raise EditionError(
                f"{self._articles_path} holds {meta.num_rows} articles where {count} are stated",
                verify_it(data.parent),
            )
        self._counts = [meta.row_group(i).num_rows for i in range(meta.num_row_groups)]
        with self._in("articles"):
            self._small = [c for c in self._articles.schema_arrow.names if c != "body"]
            self._body_column = [meta.schema.column(i).path for i in range(meta.num_columns)].index("body")
        self._lock = threading.Lock()
        # A pyarrow reader that two threads use at once mixes up its read cache: wrong "damaged" errors, hangs and
        # crashes were all seen (pyarrow 26, 2026-11-23). One thread at a time reads through it.
        self._reading = threading.Lock()
        with self._in("articles"):
            self._file = os.open(self._articles_path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._passages: pq.ParquetFile | None = None
        self._chunks: list[Chunk] | None = None

    def group_of(self, inside: int) -> tuple[int, int]:
        """(row group, row in it) of the shard's article number `inside`."""
        for group, count in enumerate(self._counts):
            if inside < count:
                return group, inside
            inside -= count
        raise IndexError(inside)

    def rows_in(self, group: int) -> int:
        """How many articles a row group has."""
        return int(self._counts[group])

    def group(self, group: int) -> pa.Table:
        """A row group of articles with their bodies."""
        with self._reading, self._in("articles"):
            return self._articles.read_row_group(group)

    def heads(self, group: int, kept: Cache) -> Heads:
        """A row group of articles without their bodies."""
        return kept.get(("heads", self.number, group), lambda: self._heads(group), lambda heads: heads.bytes)

    def body(self, group: int, inside: int, kept: Cache, open_pages: Cache) -> str:
        """The body of one article, by its page where the file allows it."""
        found = kept.get(("pages", self.number, group), lambda: self._pages(group), lambda pages: 150 * len(pages))
        if found:
            page = found[bisect.bisect_right(found, inside, key=lambda page: page.first) - 1]
            with self._in("articles"):
                opened = open_pages.get((self.number, page.offset), lambda: self._open(page), lambda _: 1)
                return opened.value(inside - page.first).decode()
        with self._reading, self._in("articles"):
            column = self._articles.read_row_group(group, columns=["body"])["body"]
        return column[inside].as_py()  # type: ignore[no-any-return]  # pyarrow is untyped

    def spans(self, group: int, first: int, kept: Cache) -> Spans:
        """The passages of a row group.

        Args:
            first: row, in the edition, of the shard's first article.
        """
        return kept.get(("spans", self.number, group), lambda: self._spans(group, first), lambda spans: spans.bytes)

    def _heads(self, group: int) -> Heads:
        with self._reading, self._in("articles"):
            return Heads(self._articles.read_row_group(group, columns=self._small, use_threads=False))

    def _spans(self, group: int, first: int) -> Spans:
        with self._lock, self._in("passages"):
            if self._passages is None:
                self._passages = pq.ParquetFile(self._data / "passages" / self._name)
        with self._reading, self._in("passages"):
            table = self._passages.read_row_group(group, use_threads=False)
            return Spans(table, first + sum(self._counts[:group]), self._counts[group])

    def signals(self, column: str) -> pa.ChunkedArray:
        """A column of the signals of this shard, in row order."""
        with self._in("signals"):
            return pq.read_table(self._data / "signals" / self._name, columns=[column])[column]

    def _in(self, table: str) -> reading:
        return reading(f"data/{table}/{self._name}")

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._articles.close()
            if self._passages is not None:
                self._passages.close()
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    def __del__(self) -> None:
        if getattr(self, "_file", -1) >= 0:  # it may not have come to that
            os.close(self._file)

    def _read(self, offset: int, size: int) -> bytes:
        # Not by a memory map: what it touched would count as this process's memory, the system's own cache does not.
        if hasattr(os, "pread"):
            return os.pread(self._file, size, offset)
        with self._lock:
            os.lseek(self._file, offset, os.SEEK_SET)
            return os.read(self._file, size)

    def _pages(self, group: int) -> tuple[pages.DataPage, ...]:
        """Pages of the bodies of a group; none where they must be read through pyarrow."""
        try:
            if self._chunks is None:
                size = os.fstat(self._file).st_size
                self._chunks = chunks_of(self._read, size, self._body_column)
            chunk = self._chunks[group]
            if chunk.dictionary >= 0 or self._articles.schema.column(self._body_column).max_definition_level:
                return ()
            found = pages.pages_of(self._read, chunk.offset, chunk.length, chunk.values)
        except (pages.MalformedError, IndexError):
            return ()
        # Not by what the column says of its compression: asked for a number that it does not know, pyarrow 26 ends the
        # whole program (2026-11-28).
        packed = any(self._read(page.offset, 4) == _ZSTD for page in found)
        return found if packed or all(page.packed == page.unpacked for page in found) else ()

    def _open(self, page: pages.DataPage) -> pages.OpenPage:
        content = self._read(page.offset, page.packed)
        plain = page.packed == page.unpacked and not content.startswith(_ZSTD)
        return pages.OpenPage(content, page, "" if plain else "zstd")
