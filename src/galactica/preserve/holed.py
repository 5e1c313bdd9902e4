"""Articles and other records out of Parquet files that have holes: every record whose bytes are all there, and no
other.

A hole is a stretch that could not be had. Nothing is read that touches one: of a row group the columns whose chunks
are whole, of bodies also single pages (`edition.pages`) where the chunk is not. An article is given only if its leaf
hash begins as the table `signals` says, where that is there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.edition import layout, record
from galactica.edition.info import EditionHeader
from galactica.edition.pages import MalformedError, OpenPage, leading_pages
from galactica.edition.problem import BROKEN, pass_on
from galactica.edition.table import Row, article_of
from galactica.model import Article

Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holed:
    """The files of an edition some of which have holes.

    Attributes:
        folder: where they lie.
        header: what edition.json says.
        holes: path → stretches that are not there.
    """

    folder: Path
    header: EditionHeader
    holes: Mapping[str, Stretches]

    def articles(self) -> Iterator[tuple[int, Article | None]]:
        """(row, article) of every row of the edition, in order; None for what cannot be had."""
        first = 0
        for number, count in enumerate(self.header.shards):
            for inside, article in enumerate(self.shard(number)):
                yield first + inside, article
            first += count

    def shard(self, number: int) -> list[Article | None]:
        """The articles of a shard, as many as it should have."""
        count = self.header.shards[number]
        name = layout.shard_name(number)
        expected = self.expected(number)
        found = [
            self._checked(fields, expected[inside] if expected else None)
            for inside, fields in enumerate(itertools.islice(self._rows(f"data/articles/{name}", "body"), count))
        ]
        return [*found, *[None] * (count - len(found))]

    def places(self, number: int) -> dict[int, tuple[str, str]]:
        """Row in a shard → source and path of the article there, where these columns can be read."""
        path = f"data/articles/{layout.shard_name(number)}"
        found: dict[int, tuple[str, str]] = {}
        first = 0
        try:
            with pq.ParquetFile(self.folder / path, page_checksum_verification=True) as parquet:
                for group in range(parquet.num_row_groups):
                    try:
                        rows = parquet.read_row_group(group, columns=["source", "path"]).to_pylist()
                        found |= {first + at: (str(row["source"]), str(row["path"])) for at, row in enumerate(rows)}
                    except BROKEN as error:
                        pass_on(error)
                    first += parquet.metadata.row_group(group).num_rows
        except BROKEN as error:
            pass_on(error)
        return found

    def rows(self, table: str) -> Iterator[Row | None]:
        """Rows of a table that is not of articles, in the order of its files; None for what cannot be had."""
        for path in sorted((self.folder / "data" / table).glob("*.parquet")):
            yield from self._rows(f"data/{table}/{path.name}", "")

    def _checked(self, fields: Row | None, leaf: bytes | None) -> Article | None:
        if fields is None:
            return None
        try:
            article = article_of(fields, fields["body"])
            made = merkle.leaf_hash(record.article_record(article, self.header.format))
        except BROKEN as error:
            pass_on(error)
            return None
        return article if leaf is None or made.startswith(leaf) else None

    def expected(self, number: int) -> list[bytes] | None:
        """How the leaf hashes of a shard's articles begin, as the table `signals` says; None where it does not."""
        path = f"data/signals/{layout.shard_name(number)}"
        if path in self.holes:
            return None
        try:
            column = pq.read_table(self.folder / path, columns=["leaf"])["leaf"]
            found: list[bytes] = column.cast(pa.binary(layout.LEAF_BYTES)).to_pylist()
        except BROKEN as error:
            pass_on(error)
            return None
        return found if len(found) == self.header.shards[number] and None not in found else None

    def _rows(self, path: str, large: str) -> Iterator[Row | None]:
        """Rows of a file; None where a byte that a row needs lies in a hole.

        Args:
            large: column of which pages are read one by one where its chunk has holes; "" for none.
        """
        holes = self.holes.get(path, ())
        try:
            with pq.ParquetFile(self.folder / path, page_checksum_verification=True) as parquet:
                for group in range(parquet.num_row_groups):
                    count = parquet.metadata.row_group(group).num_rows
                    try:
                        found: list[Row | None] = list(_group(parquet, self.folder / path, group, large, holes))
                    except (*BROKEN, MalformedError) as error:
                        pass_on(error)
                        found = []
                    yield from [*found, *[None] * (count - len(found))][:count]
        except BROKEN as error:
            pass_on(error)


def _group(parquet: pq.ParquetFile, path: Path, group: int, large: str, holes: Stretches) -> Iterator[Row | None]:
    chunks = _chunks(parquet, group)
    small = [name for name, _, _, _ in chunks if name.partition(".")[0] != large]
    if any(_touches(holes, low, high) for name, low, high, _ in chunks if name in small):
        return
    body = next(((low, high, values) for name, low, high, values in chunks if name == large), None)
    if body is None or not _touches(holes, body[0], body[1]):
        yield from parquet.read_row_group(group).to_pylist()
        return
    columns = sorted({name.partition(".")[0] for name in small})
    rows: list[Row] = parquet.read_row_group(group, columns=columns).to_pylist()
    bodies = _bodies(path, body, holes)
    for inside, fields in enumerate(rows):
        yield {**fields, large: bodies[inside]} if inside in bodies else None


def _chunks(parquet: pq.ParquetFile, group: int) -> list[tuple[str, int, int, int]]:
    """(path of the column, first byte, behind the last, values) of each column chunk."""
    meta: Any = parquet.metadata.row_group(group)
    found = []
    for number in range(meta.num_columns):
        column = meta.column(number)
        starts = [column.data_page_offset]
        if column.has_dictionary_page and column.dictionary_page_offset:
            starts.append(column.dictionary_page_offset)
        low = min(starts)
        found.append((column.path_in_schema, low, low + column.total_compressed_size, column.num_values))
    return found


def _bodies(path: Path, chunk: tuple[int, int, int], holes: Stretches) -> dict[int, str]:
    """Row in the group → body, of those whose page is whole."""
    low, high, values = chunk
    found: dict[int, str] = {}
    with path.open("rb", buffering=0) as file:

        def read(offset: int, size: int) -> bytes:
            file.seek(offset)
            return file.read(size)

        try:
            for page in leading_pages(read, low, high - low, values):
                if _touches(holes, page.offset, page.offset + page.packed):
                    continue
                content = read(page.offset, page.packed)
                opened = OpenPage(content, page, "zstd" if content.startswith(b"\x28\xb5\x2f\xfd") else "")
                try:
                    for inside in range(page.count):
                        found[page.first + inside] = opened.value(inside).decode()
                except (MalformedError, UnicodeDecodeError):
                    continue
        except MalformedError:
            pass  # the header of a page lies in a hole: what is behind it cannot be found
    return found


def _touches(holes: Stretches, low: int, high: int) -> bool:
    return any(begin < high and low < end for begin, end in holes)
