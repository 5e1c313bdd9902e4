"""A delta read: the new records are unpacked with the old ones that they replace, and looked at one by one.

Nothing is believed: a record is one of its table in its one form; one that is changed keeps its key; those that are
added come in order and are none that the edition has. Whether all of them together give the root, `applying` sees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from galactica.edition.decode import fields_at
from galactica.edition.keyed import key_of_fields
from galactica.edition.record import Value
from galactica.errors import UsageError
from galactica.model import article_id
from galactica.progress import Report, silent
from galactica.spread.delta.changes import Changes, Spool, TableChanges
from galactica.spread.delta.document import BLOCK, MAX_KNOWN, MAX_RECORD, DeltaBlock, DeltaIndex, placed_in, refused
from galactica.spread.delta.numbered import ARTICLES, MEDIA, NumberedRecords, place_of_key, tables_of_version
from galactica.spread.delta.packing import unpack_with

OldFile = Callable[[bytes], bytes]
"""The content of an old media file, by its SHA-256."""


def read_changes(
    file: BinaryIO,
    index: DeltaIndex,
    old: NumberedRecords,
    records: Spool,
    contents: Spool,
    *,
    old_file: OldFile,
    report: Report = silent,
) -> Changes:
    """What a delta says is changed in an edition.

    Memory: two blocks and the old records of one; what is unpacked goes into the spools.

    Args:
        index: of the same file, as `document.read_index` gave it.
        old: the records of the edition that it is applied to.
        records, contents: where new records and files are put; they must stay open as long as what is returned is used.
        report: stage "unpack", in records.

    Raises:
        UsageError: the delta is for another edition.
        ProofError: it is damaged, or none that an honest program writes.
        EditionError: the edition is damaged.
        MissingError: the package zstandard is not installed.
    """
    if old.root != index.origin or old.about != index.before:
        raise UsageError(
            f"The delta is for the edition {index.origin[:16]}…; this is {old.root[:16]}….",
            "Name a delta from this edition, or fetch the newer edition whole.",
        )
    if any(old.count(name) != each.count for name, each in index.tables.items()) or old.version > index.version:
        raise refused("it counts the records of the edition it is for otherwise than they are")
    try:
        return _Reader(file, index, old, records, contents).changes(old_file, report)
    except ValueError as error:
        raise refused(str(error)) from None


class _Reader:
    def __init__(
        self, file: BinaryIO, index: DeltaIndex, old: NumberedRecords, records: Spool, contents: Spool
    ) -> None:
        self._file, self._index, self._old = file, index, old
        self._records, self._contents = records, contents

    def changes(self, old_file: OldFile, report: Report) -> Changes:
        changed: dict[str, list[tuple[int, int]]] = {name: [] for name in self._index.tables}
        added: dict[str, list[tuple[bytes, int]]] = {name: [] for name in self._index.tables}
        expected = list(self._expected())
        done = 0
        self._file.seek(self._index.start)
        for block in self._index.blocks:
            those = expected[done : done + block.records]
            for (name, number), (record, fields) in zip(those, self._block(block, those), strict=True):
                key = key_of_fields(name, fields)
                if name == ARTICLES and key != article_id(str(fields.get("source")), str(fields.get("path"))):
                    raise ValueError("the id of an article is not that of its source and path")
                new = self._records.add(record)
                if number < 0:
                    self._check_new(name, key, added[name])
                    added[name].append((key, new))
                elif key == self._old.key(name, number):
                    changed[name].append((number, new))
                else:
                    raise ValueError("a record that is changed is another afterwards")
            done += block.records
            report("unpack", done, len(expected), "records")
        files = self._files(added[MEDIA], old_file)
        return Changes(
            origin=self._index.origin,
            root=self._index.root,
            before=self._index.before,
            after=self._index.after,
            version=self._index.version,
            tables={
                name: TableChanges(removed=each.removed, changed=tuple(changed[name]), added=tuple(added[name]))
                for name, each in self._index.tables.items()
            },
            records=self._records,
            contents=self._contents,
            files=files,
        )

    def _expected(self) -> Iterator[tuple[str, int]]:
        """(table, number of the old record or -1) of the new records, in order."""
        for name in tables_of_version(self._index.version):
            for number in self._index.tables[name].changed:
                yield name, number
        for name in tables_of_version(self._index.version):
            for _ in range(self._index.tables[name].added):
                yield name, -1

    def _block(self, block: DeltaBlock, those: list[tuple[str, int]]) -> Iterator[tuple[bytes, dict[str, Value]]]:
        """The records of a block with their fields."""
        content = unpack_with(self._taken(block.packed), block.size, b"".join(self._known(block, those)))
        at = 0
        for name, _ in those:
            fields, end = fields_at(content, at, name, self._index.version)
            yield content[at:end], fields
            at = end
        if at != len(content):
            raise ValueError("a block holds more than its records")

    def _known(self, block: DeltaBlock, those: list[tuple[str, int]]) -> Iterator[bytes]:
        """The old records that a block was packed with; no more of them than a writer may take."""
        room = count = 0
        for table, number in (*(placed_in(self._index.tables, each) for each in block.beside), *those):
            if number < 0:
                continue
            known = self._old.record(table, number)[:MAX_KNOWN]
            room, count = room + len(known), count + 1
            if room > BLOCK and count > 1:
                raise ValueError("a block is packed with more than it may be")
            yield known

    def _check_new(self, name: str, key: bytes, before: list[tuple[bytes, int]]) -> None:
        if before and before[-1][0] >= key:
            raise ValueError("records that are new are out of order, or there twice")
        if place_of_key(self._old, name, key)[1]:
            raise ValueError("a record is new that the edition has")

    def _files(self, added: list[tuple[bytes, int]], old_file: OldFile) -> dict[bytes, int]:
        """Unpack the new media files; SHA-256 → number."""
        found: dict[bytes, int] = {}
        for (digest, _), each in zip(added, self._index.contents, strict=True):
            known = old_file(self._old.key(MEDIA, each.like)) if each.like >= 0 else b""
            if known and len(known) + each.size > MAX_RECORD:
                raise ValueError("a file is packed with more than it may be")
            content = unpack_with(self._taken(each.packed), each.size, known)
            if hashlib.sha256(content).digest() != digest:
                raise ValueError("a file is not what its record says")
            found[digest] = self._contents.add(content)
        return found

    def _taken(self, size: int) -> bytes:
        taken = self._file.read(size)
        if len(taken) != size:
            raise ValueError("it ends too early")
        return taken
