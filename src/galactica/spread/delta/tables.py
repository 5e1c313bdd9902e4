"""The small tables of a new edition, and its media: the old rows and the new ones in one order, or the old file itself.

Every old record is hashed on the way, so that what was damaged on disk is found; of media the records alone, whose
files every reader compares with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.edition import layout
from galactica.edition.damage import damaged, readable
from galactica.edition.decode import fields_of, source_of, work_of_fields
from galactica.edition.keyed import key_of_row
from galactica.edition.parquet import write_rows
from galactica.edition.record import Value
from galactica.edition.table import Row, row_of
from galactica.edition.write import write_media
from galactica.model import Qualifier, SourceStatement
from galactica.spread.delta.changes import Changes, TableChanges
from galactica.spread.delta.document import refused
from galactica.spread.delta.layouts import columns_of_version
from galactica.spread.delta.numbered import MEDIA, EditionRecords
from galactica.spread.delta.shards import link_or_copy

MEDIA_SHARD = 64 * 2**20
"""Bytes of new media files in one file, about."""


def row_of_record(name: str, fields: Mapping[str, Value]) -> dict[str, Any]:
    """The row of a small table that a record says, by the record's fields (`decode.fields_of`)."""
    if name == "sources":
        return row_of(source_of(fields), layout.SOURCES)
    if name == "works":
        return row_of(work_of_fields(fields), layout.WORKS)
    if name == "statements":
        return row_of(_statement(fields), layout.STATEMENTS)
    if name == MEDIA:
        return {"hash": fields["hash"], "mime": fields.get("mime", ""), "size": fields.get("size", 0)}
    return {"source": fields.get("source", ""), "path": fields.get("path", ""), "hash": fields["hash"]}


def _statement(fields: Mapping[str, Value]) -> SourceStatement:
    filled: dict[str, Any] = {**dict.fromkeys(("source", "path", "subject", "property", "kind"), ""), **fields}
    filled["bounds"] = tuple(filled.get("bounds", ()))
    filled["qualifiers"] = _qualifiers(filled.get("qualifiers", ()))
    filled["references"] = tuple(_qualifiers(several) for several in filled.get("references", ()))
    return SourceStatement(**filled)


def _qualifiers(several: Iterable[Any]) -> tuple[Qualifier, ...]:
    return tuple(
        Qualifier(property=each[0], kind=each[1], value=each[2], unit=each[3] if len(each) > 3 else "")
        for each in several
    )


class TablesWriter:
    """Writes the tables but articles of the edition that `changes` make of the edition of `records`, into `data`."""

    def __init__(self, records: EditionRecords, changes: Changes, data: Path) -> None:
        self._records, self._changes, self._data = records, changes, data
        self._old = records.edition.path / "data"

    def write(self, name: str) -> tuple[int, bytes]:
        """Write a table; returns how many records it has, and their head.

        Raises:
            EditionError: the old edition is damaged.
            ProofError: a record is none that can be written.
        """
        changes = self._changes.of(name)
        new = merkle.Tree()
        same = not changes and self._records.version == self._changes.version
        if same or name == MEDIA:
            for _ in self._passing(name, changes, new):
                pass
            if name == MEDIA:
                self._write_media(changes)
            else:
                for file in sorted((self._old / name).glob("*.parquet")):
                    link_or_copy(file, self._data / name / file.name)
        else:
            own = columns_of_version(name, self._changes.version)
            try:
                write_rows(self._data / name / layout.shard_name(0), own, self._passing(name, changes, new))
            except (pa.ArrowException, OverflowError, TypeError) as error:
                raise refused("a record in it is none that can be written") from error
        return new.size, new.head()

    def _passing(self, name: str, changes: TableChanges, new: merkle.Tree) -> Iterator[Row]:
        """The rows of the new table in order, each record put into the tree."""
        own = columns_of_version(name, self._changes.version)
        assert own.record is not None
        version, before = self._changes.version, merkle.Tree()
        removed, changed = set(changes.removed), dict(changes.changed)
        added = iter(changes.added)
        upcoming = next(added, None)
        stored = self._records.stored(name)
        for number, row in enumerate(stored.rows() if stored else ()):
            with readable(self._records.edition.path):
                key, record = key_of_row(name, row), own.record(row, self._records.version)
            before.add(merkle.leaf_hash(record))
            while upcoming is not None and upcoming[0] < key:
                yield self._new(name, upcoming[1], new)
                upcoming = next(added, None)
            if number in removed:
                continue
            if number in changed:
                yield self._new(name, changed[number], new)
            else:
                new.add(merkle.leaf_hash(own.record(row, version)))
                yield row
        self._check_old(name, before)
        while upcoming is not None:
            yield self._new(name, upcoming[1], new)
            upcoming = next(added, None)

    def _new(self, name: str, number: int, tree: merkle.Tree) -> Row:
        record = self._changes.records.get(number)
        row = row_of_record(name, fields_of(record, name, self._changes.version))
        own = columns_of_version(name, self._changes.version)
        assert own.record is not None
        if own.record(row, self._changes.version) != record:
            raise refused("a record in it has not the one form that it should have")
        tree.add(merkle.leaf_hash(record))
        return row

    def _check_old(self, name: str, tree: merkle.Tree) -> None:
        stated = {table: (count, head) for table, count, head in self._records.edition.statement.tables}
        if name in stated and stated[name] != (tree.size, tree.head().hex()):
            raise damaged(self._records.edition.path, f"the records of its table '{name}' are not those of its root")

    def _write_media(self, changes: TableChanges) -> None:
        """Take the old files of media over; those with a file that went or changed are written anew."""
        gone = {self._records.key(MEDIA, number) for number in changes.removed}
        other: dict[bytes, Row] = {}
        for _, number in changes.changed:
            fields = fields_of(self._changes.records.get(number), MEDIA, self._changes.version)
            row = row_of_record(MEDIA, fields)
            other[row["hash"]] = row
        shard = 0
        for file in sorted((self._old / MEDIA).glob("*.parquet")):
            target = self._data / MEDIA / layout.shard_name(shard)
            with readable(self._records.edition.path), pq.ParquetFile(file, memory_map=True) as parquet:
                hashes = set(parquet.read(columns=["hash"])["hash"].to_pylist())
            if not hashes & (gone | other.keys()):
                link_or_copy(file, target)
            elif hashes - gone:
                write_media(target, self._kept_media(file, gone, other))
            else:
                continue
            shard += 1
        for lot in self._new_media(changes):
            write_media(self._data / MEDIA / layout.shard_name(shard), map(self._media_row, lot))
            shard += 1

    def _kept_media(self, file: Path, gone: set[bytes], other: Mapping[bytes, Row]) -> Iterator[Row]:
        with readable(self._records.edition.path), pq.ParquetFile(file, memory_map=True) as parquet:
            for group in range(parquet.num_row_groups):
                for row in parquet.read_row_group(group).to_pylist():
                    if row["hash"] not in gone:
                        yield _with_content(other.get(row["hash"], row), row["content"])

    def _new_media(self, changes: TableChanges) -> Iterator[list[tuple[bytes, int]]]:
        """(hash, number of the record) of new files, in lots of a bounded size."""
        lot: list[tuple[bytes, int]] = []
        size = 0
        for digest, number in changes.added:
            lot.append((digest, number))
            size += self._changes.contents.size(self._changes.files[digest])
            if size >= MEDIA_SHARD:
                yield lot
                lot, size = [], 0
        if lot:
            yield lot

    def _media_row(self, new: tuple[bytes, int]) -> dict[str, Any]:
        digest, number = new
        fields = fields_of(self._changes.records.get(number), MEDIA, self._changes.version)
        content = self._changes.contents.get(self._changes.files[digest])
        return _with_content(row_of_record(MEDIA, fields), content)


def _with_content(row: Row, content: bytes) -> dict[str, Any]:
    if row["size"] != len(content):
        raise refused("a file has another size than its record says")
    return {**row, "content": content}
