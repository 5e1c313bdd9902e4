"""A delta written: new records are cut into blocks, each packed with the old records that they replace."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from galactica.progress import Report, silent
from galactica.spread.delta.changes import Changes, Spool
from galactica.spread.delta.document import (
    BLOCK,
    MAX_KNOWN,
    DeltaBlock,
    DeltaContent,
    DeltaIndex,
    TableIndex,
)
from galactica.spread.delta.numbered import ARTICLES, MEDIA, NumberedRecords, tables_of_version
from galactica.spread.delta.packing import pack_with

WORTH_A_BLOCK = 1 << 14
"""Bytes of added articles that are packed apart from what was changed."""

Similar = Callable[[Sequence[int]], Sequence[int]]
"""Numbers, in `Changes.records`, of articles that are new → of old articles that are like them, the most like first."""

LikeFile = Callable[[bytes], tuple[int, bytes]]
"""Of a new media file, by its SHA-256: (number of an old media record whose file is like it, that file); (-1, b"")."""


def no_similar(numbers: Sequence[int]) -> Sequence[int]:
    """A `Similar` that knows none."""
    return ()


def no_like_file(digest: bytes) -> tuple[int, bytes]:
    """A `LikeFile` that knows none."""
    return -1, b""


def write_delta(
    changes: Changes,
    old: NumberedRecords,
    out: IO[bytes],
    *,
    similar: Similar = no_similar,
    like_file: LikeFile = no_like_file,
    report: Report = silent,
) -> int:
    """Write a delta; returns its size in bytes. The same changes give the same bytes.

    Memory: two blocks with what they are packed with, and what packing takes: some 100 MB.

    Args:
        old: the records of the old edition.
        out: open for writing, at its beginning.
        similar, like_file: what stands in the old edition that is like a new record or file.
        report: stage "delta", in records.

    Raises:
        MissingError: the package zstandard is not installed.
    """
    writer = _Writer(changes, old, similar)
    with Spool() as packed:
        blocks: list[DeltaBlock] = []
        total, done = writer.total, 0
        for block in writer.blocks():
            blocks.append(block.written(packed))
            done += len(block.records)
            report("delta", done, total, "records")
        contents = [
            _content(changes.contents.get(changes.files[key]), like_file(key), packed)
            for key, _ in changes.of(MEDIA).added
        ]
        index = DeltaIndex(
            origin=changes.origin,
            root=changes.root,
            before=changes.before,
            after=changes.after,
            version=changes.version,
            tables=writer.tables,
            blocks=tuple(blocks),
            contents=tuple(contents),
        )
        digest = hashlib.sha256()
        size = 0
        for piece in (index.to_bytes(), *(packed.get(number) for number in range(len(packed)))):
            digest.update(piece)
            out.write(piece)
            size += len(piece)
        out.write(digest.digest())
    return size + digest.digest_size


@dataclass(slots=True)
class _Block:
    """A block on its way: new records, the old ones that they replace, old ones beside them; their bytes."""

    records: list[bytes] = field(default_factory=list)
    known: list[bytes] = field(default_factory=list)
    beside: dict[int, bytes] = field(default_factory=dict)
    size: int = 0
    room: int = 0

    def takes(self, record: bytes, known: bytes) -> bool:
        """Whether there is room for a record and the one that it replaces."""
        return not self.records or (self.size + len(record) <= BLOCK and self.room + len(known) <= BLOCK)

    def add(self, record: bytes, known: bytes) -> None:
        """Take them in."""
        self.records.append(record)
        self.known.append(known)
        self.size += len(record)
        self.room += len(known)

    def put_beside(self, number: int, like: bytes) -> None:
        """Take an old record in that is like a new one, where there is room."""
        if number not in self.beside and self.room + len(like) <= BLOCK:
            self.beside[number] = like
            self.room += len(like)

    def written(self, packed: Spool) -> DeltaBlock:
        """Packed and put away."""
        beside = tuple(sorted(self.beside))
        made = pack_with(b"".join(self.records), b"".join((*(self.beside[number] for number in beside), *self.known)))
        packed.add(made)
        return DeltaBlock(records=len(self.records), beside=beside, size=self.size, packed=len(made))


class _Writer:
    def __init__(self, changes: Changes, old: NumberedRecords, similar: Similar) -> None:
        self._changes, self._old, self._similar = changes, old, similar
        self.tables: dict[str, TableIndex] = {}
        for name in tables_of_version(changes.version):
            count = old.count(name)
            what = changes.of(name)
            self.tables[name] = TableIndex(
                count=count,
                removed=what.removed,
                changed=tuple(number for number, _ in what.changed),
                added=len(what.added),
            )
        self.total = sum(len(each.changed) + each.added for each in self.tables.values())

    def blocks(self) -> Iterator[_Block]:
        """The new records in blocks, in order: articles that are added begin a block of their own, where they are not
        so few that a second one would cost more than it saves."""
        many = sum(self._changes.records.size(new) for _, new in self._changes.of(ARTICLES).added) >= WORTH_A_BLOCK
        block = _Block()
        articles: list[int] = []
        for name, number, new in self._changes.new_records():
            record = self._changes.records.get(new)
            known = self._old.record(name, number)[:MAX_KNOWN] if number >= 0 else b""
            added = name == ARTICLES and number < 0
            if not block.takes(record, known) or (added and many and block.records and not articles):
                yield self._likened(block, articles)
                block, articles = _Block(), []
            block.add(record, known)
            if added:
                articles.append(new)
        if block.records:
            yield self._likened(block, articles)

    def _likened(self, block: _Block, articles: Sequence[int]) -> _Block:
        """A block with old articles beside its new ones; articles are the first of all tables."""
        for number in self._similar(articles) if articles else ():
            block.put_beside(number, self._old.record(ARTICLES, number))
        return block


def _content(content: bytes, like: tuple[int, bytes], packed: Spool) -> DeltaContent:
    """A media file packed and put away."""
    number, known = like if len(content) + len(like[1]) <= MAX_KNOWN else no_like_file(b"")
    made = pack_with(content, known)
    packed.add(made)
    return DeltaContent(like=number, size=len(content), packed=len(made))
