"""The records of an edition by number: each table in the order of its records, counted from 0.

Articles are put in the order of their ids in memory: 24 bytes an article. Of the other tables nothing is held but the
row groups that were read last; one whose rows do not stand in order (media lie in the order of batches) costs its keys.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.edition import Edition
from galactica.edition.damage import damaged, readable, reading
from galactica.edition.keyed import key_of_row
from galactica.edition.places import article_places
from galactica.edition.record import article_record, edition_record
from galactica.edition.table import Row, table, truths
from galactica.model import article_id
from galactica.spread.delta.scanning import scan_edition

EDITION = "edition"
ARTICLES = "articles"
MEDIA = "media"

_KEPT_GROUPS = 3
_BATCH = 512


class NumberedRecords(Protocol):
    """Records by table and number; keys are those of `edition.keyed`.

    Attributes:
        version: of the format.
        root: 64 hex digits.
        about: the record of the edition.
    """

    version: int
    root: str
    about: bytes

    def count(self, name: str) -> int:
        """How many records a table has; 0 where the format has no such table."""

    def key(self, name: str, number: int) -> bytes:
        """The key of a record."""

    def record(self, name: str, number: int) -> bytes:
        """The bytes of a record."""


def place_of_key(records: NumberedRecords, name: str, key: bytes) -> tuple[int, bool]:
    """Where a record with this key stands, or would, and whether one does."""
    count = records.count(name)
    at = bisect_left(range(count), key, key=lambda number: records.key(name, number))
    return at, at < count and records.key(name, at) == key


def tables_of_version(version: int) -> tuple[str, ...]:
    """The tables of a version in the order in which the root lists them, without the record of the edition."""
    return tuple(name for name in truths(version) if name != EDITION)


def about_record(edition: Edition) -> bytes:
    """The record that an edition is in the table `edition`."""
    said = edition.statement
    return edition_record(
        version=said.format,
        number=said.number,
        title=said.title,
        languages=[tag for tag, _ in said.languages],
        licences=said.licences,
        parent=said.parent,
    )


class EditionRecords:
    """The records of an open edition.

    Raises:
        EditionError: a table is missing or damaged.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.version = edition.statement.format
        self.root = edition.root
        self.about = about_record(edition)
        high, low = _ids(edition)
        order = np.lexsort((low, high))
        self._high, self._low = high[order], low[order]
        self.rows: npt.NDArray[np.uint32] = order.astype(np.uint32)
        """`uint32 [articles]`: the row of each article, by number."""
        same = (self._high[1:] == self._high[:-1]) & (self._low[1:] == self._low[:-1])
        if same.any():
            raise damaged(edition.path, "two of its articles have one id")
        self._tables = {
            name: StoredTable(edition.path, name, self.version)
            for name in tables_of_version(self.version)
            if name != ARTICLES
        }

    def count(self, name: str) -> int:
        """As `NumberedRecords`."""
        if name == ARTICLES:
            return len(self.rows)
        return self._tables[name].count if name in self._tables else 0

    def key(self, name: str, number: int) -> bytes:
        """As `NumberedRecords`."""
        if name == ARTICLES:
            return int(self._high[number]).to_bytes(8, "big") + int(self._low[number]).to_bytes(8, "big")
        return self._tables[name].key(number)

    def record(self, name: str, number: int) -> bytes:
        """As `NumberedRecords`; raises EditionError where it is damaged."""
        if name == ARTICLES:
            return article_record(self.edition.article(int(self.rows[number])), self.version)
        return self._tables[name].record(number)

    def bodies(self) -> Iterator[tuple[int, str]]:
        """(number, body) of all articles, in the order of their rows."""
        numbers = self.numbers()
        for row, article in scan_edition(self.edition):
            yield int(numbers[row]), article.body

    def body(self, number: int) -> str:
        """The body of an article."""
        return self.edition.body(int(self.rows[number]))

    def file_at(self, source: str, path: str) -> tuple[bytes, bytes] | None:
        """(SHA-256, content) of the media file at a place; None where there is none."""
        found = self.edition.media.read(source, path)
        return (found[0].hash, found[1]) if found is not None else None

    def numbers(self) -> npt.NDArray[np.uint32]:
        """`uint32 [articles]`: the number of each article, by row."""
        found = np.empty(len(self.rows), dtype=np.uint32)
        found[self.rows] = np.arange(len(self.rows), dtype=np.uint32)
        return found

    def hashed(self, name: str) -> Iterator[tuple[bytes, bytes]]:
        """(key, leaf hash) of a table, in order; of articles, all are read before the first is given."""
        if name == ARTICLES:
            size, leaves = merkle.HASH_BYTES, self.leaves()
            for number in range(self.count(name)):
                yield self.key(name, number), bytes(leaves[size * number : size * (number + 1)])
        elif name in self._tables:
            for key, record in self._tables[name].scan():
                yield key, merkle.leaf_hash(record)

    def stored(self, name: str) -> StoredTable | None:
        """A table other than articles as it lies on disk; None where the format has none."""
        return self._tables.get(name)

    def leaves(self) -> bytearray:
        """The leaf hashes of all articles, 32 bytes each, by number; reads the whole table.

        Raises:
            EditionError: they are not those that the root names.
        """
        found = bytearray(merkle.HASH_BYTES * len(self.rows))
        numbers = self.numbers()
        for row, article in scan_edition(self.edition):
            at = merkle.HASH_BYTES * int(numbers[row])
            found[at : at + merkle.HASH_BYTES] = merkle.leaf_hash(article_record(article, self.version))
        self.check_leaves(found)
        return found

    def check_leaves(self, leaves: bytearray) -> None:
        """Raise EditionError where the leaf hashes of all articles, by number, are not those that the root names."""
        size = merkle.HASH_BYTES
        head = merkle.tree_head(bytes(leaves[at : at + size]) for at in range(0, len(leaves), size))
        stated = {name: digest for name, _, digest in self.edition.statement.tables}
        if head.hex() != stated.get(ARTICLES):
            raise damaged(self.edition.path, "its articles are not those that its root names")


def _ids(edition: Edition) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """The ids of all articles by row, as two numbers each."""
    ids = b"".join(article_id(source, path) for source, path, _ in article_places(edition.path))
    pairs = np.frombuffer(ids, dtype=">u8").reshape(-1, 2)
    if len(pairs) != len(edition):
        raise damaged(edition.path, "it has other articles than it counts")
    return pairs[:, 0].astype(np.uint64), pairs[:, 1].astype(np.uint64)


class StoredTable:
    """A table but articles, as it lies in the files of an edition; of media without their bytes.

    Raises:
        EditionError: it is missing or damaged.
    """

    def __init__(self, path: Path, name: str, version: int) -> None:
        self._path = path
        self._table = table(name)
        self._version = version
        self._columns = [column for column in self._table.schema.names if column != "content"]
        self._groups: list[tuple[Path, int]] = []
        self._starts = [0]
        self._kept: OrderedDict[int, pa.Table] = OrderedDict()
        for file in sorted((path / "data" / name).glob("*.parquet")):
            with self._reading(file), pq.ParquetFile(file) as parquet:
                for group in range(parquet.num_row_groups):
                    self._groups.append((file, group))
                    self._starts.append(self._starts[-1] + int(parquet.metadata.row_group(group).num_rows))
        self.count = self._starts[-1]
        self._order = self._ordered()

    def key(self, number: int) -> bytes:
        """The key of a record."""
        return key_of_row(self._table.name, self._row(number))

    def record(self, number: int) -> bytes:
        """The bytes of a record."""
        assert self._table.record is not None
        return self._table.record(self._row(number), self._version)

    def scan(self) -> Iterator[tuple[bytes, bytes]]:
        """(key, record) in order."""
        for row in self.rows():
            assert self._table.record is not None
            with readable(self._path):
                found = key_of_row(self._table.name, row), self._table.record(row, self._version)
            yield found

    def rows(self) -> Iterator[Row]:
        """The rows in the order of their records."""
        if self._order is not None:
            yield from map(self._row, range(self.count))
            return
        for group, (file, _) in enumerate(self._groups):
            with readable(self._path), self._reading(file):
                batches = self._group(group).to_batches(_BATCH)
            for batch in batches:
                yield from batch.to_pylist()

    def _row(self, number: int) -> Row:
        at = number if self._order is None else int(self._order[number])
        group = bisect_left(self._starts, at + 1) - 1
        with readable(self._path), self._reading(self._groups[group][0]):
            found: Row = self._group(group).slice(at - self._starts[group], 1).to_pylist()[0]
            return found

    def _group(self, group: int) -> pa.Table:
        kept = self._kept.get(group)
        if kept is None:
            file, inside = self._groups[group]
            with pq.ParquetFile(file) as parquet:
                names = [name for name in self._columns if name in parquet.schema_arrow.names]
                kept = parquet.read_row_group(inside, columns=names, use_threads=False).combine_chunks()
            self._kept[group] = kept
            if len(self._kept) > _KEPT_GROUPS:
                self._kept.popitem(last=False)
        return kept

    def _ordered(self) -> npt.NDArray[np.int64] | None:
        """The rows in the order of their keys; None where they stand so."""
        keys: list[bytes] = []
        last, ordered = b"", True
        for key in self._keys():
            ordered = ordered and key > last
            last = key
            if not ordered:
                break
        if ordered:
            return None
        keys = list(self._keys())
        order = sorted(range(len(keys)), key=keys.__getitem__)
        if any(keys[one] == keys[other] for one, other in pairwise(order)):
            raise damaged(self._path, f"two records of its table '{self._table.name}' have one place")
        return np.array(order, dtype=np.int64)

    def _keys(self) -> Iterator[bytes]:
        wanted = {"media": ["hash"], "sources": ["key"]}.get(self._table.name, ["source", "path"])
        for file in dict.fromkeys(file for file, _ in self._groups):
            with readable(self._path), self._reading(file), pq.ParquetFile(file) as parquet:
                for batch in parquet.iter_batches(_BATCH, columns=wanted):
                    for row in batch.to_pylist():
                        yield key_of_row(self._table.name, row)

    def _reading(self, file: Path) -> reading:
        return reading(f"data/{self._table.name}/{file.name}")
