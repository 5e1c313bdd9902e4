"""The records of a PowerPoint presentation of 97 to 2003, and which of them count.

A presentation that was saved several times holds each part several times: tables of where the parts lie, the last one
first, say which is meant. Standard: [MS-PPT] PowerPoint (.ppt) Binary File Format §2.1.2, §2.3.1 to §2.3.5.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.faults import PartError

DOCUMENT_STREAM = "PowerPoint Document"

MAX_STREAM = 128 * 2**20
"""Bytes of a stream; the file itself has no more."""

MAX_EDITS = 10_000
"""Times that a presentation was saved without being written anew."""

MAX_PARTS = 2**20
"""Parts of a presentation; their numbers have twenty bits."""

MAX_RECORD_DEPTH = 60
"""Records in each other. Shapes in groups take one each."""

TIMES_READ = 4
"""How often the bytes of the presentation may be looked at, all its parts together."""

_EDIT, _TABLE = 0x0FF5, 0x1772
_LOCKED = 0xF3D1C4DF
_DOCUMENT, _TAGGED = 0x03E8, 0x138B


@dataclass(frozen=True, slots=True, kw_only=True)
class PptRecord:
    """A record: its type, what its type leaves open (`recInstance`), whether records are in it, its first byte, the
    first after it."""

    kind: int
    instance: int
    holds: bool
    begin: int
    end: int


class PptFile:
    """An open presentation.

    Attributes:
        raw: the stream of records.
        document: the record of the presentation itself.

    Raises:
        PartError: it is under a password, or its parts cannot be found.
    """

    def __init__(self, file: CompoundFile) -> None:
        self.compound = file
        self.raw = file.read(DOCUMENT_STREAM, MAX_STREAM)
        self._left = TIMES_READ * len(self.raw) + 2**16
        user = file.read("Current User", MAX_STREAM) if file.find("Current User") else b""
        if user[12:16] == struct.pack("<I", _LOCKED):
            raise PartError("encrypted", "it is under a password")
        self._parts: dict[int, int] = {}
        document = self._read_edits(int.from_bytes(user[16:20], "little"))
        found = self.part(document)
        if found is None or found.kind != _DOCUMENT:
            raise PartError("truncated", "a presentation whose parts cannot be found")
        self.document = found

    def part(self, number: int) -> PptRecord | None:
        """A part by its number; None where it is not there."""
        at = self._parts.get(number)
        return None if at is None else self._record(at, len(self.raw))

    def inside(self, record: PptRecord) -> Iterator[PptRecord]:
        """The records in a record, in order.

        Raises:
            PartError: more is looked at than the presentation has, because parts lie over each other.
        """
        at = record.begin
        while (found := self._record(at, record.end)) is not None:
            self._left -= 8
            if self._left < 0:
                raise PartError(
                    "too-large", "its parts lie over each other, so that they have more bytes than the file"
                )
            yield found
            at = found.end

    def all_inside(self, record: PptRecord, depth: int = 0) -> Iterator[PptRecord]:
        """All records in a record, whatever they are in."""
        for each in self.inside(record):
            yield each
            if (each.holds or each.kind == _TAGGED) and depth < MAX_RECORD_DEPTH:
                yield from self.all_inside(each, depth + 1)

    def first(self, record: PptRecord, kind: int) -> PptRecord | None:
        """The first record of a type in a record."""
        return next((each for each in self.inside(record) if each.kind == kind), None)

    def bytes_of(self, record: PptRecord) -> bytes:
        """What is in a record."""
        self._left -= record.end - record.begin
        if self._left < 0:
            raise PartError("too-large", "its parts lie over each other, so that they have more bytes than the file")
        return self.raw[record.begin : record.end]

    def _record(self, at: int, end: int) -> PptRecord | None:
        if at + 8 > end:
            return None
        about, kind, size = struct.unpack_from("<HHI", self.raw, at)
        return PptRecord(
            kind=kind, instance=about >> 4, holds=about & 15 == 15, begin=at + 8, end=min(at + 8 + size, end)
        )

    def _read_edits(self, at: int) -> int:
        """Where all parts lie; the number of the presentation's own."""
        document, seen = -1, set[int]()
        while 0 < at < len(self.raw) and at not in seen and len(seen) < MAX_EDITS:
            seen.add(at)
            edit = self._record(at, len(self.raw))
            if edit is None or edit.kind != _EDIT or edit.end - edit.begin < 20:
                break
            said = self.raw[edit.begin : edit.end]
            if len(said) >= 32:
                raise PartError("encrypted", "it is under a password")
            before, table, part = struct.unpack_from("<III", said, 8)
            document = part if document < 0 else document
            self._read_table(table)
            at = before
        if document < 0:
            raise PartError("truncated", "a presentation that does not say where its parts are")
        return document

    def _read_table(self, at: int) -> None:
        table = self._record(at, len(self.raw))
        if table is None or table.kind != _TABLE:
            return
        at = table.begin
        while at + 4 <= table.end:
            word = int.from_bytes(self.raw[at : at + 4], "little")
            first, count = word & 0xFFFFF, min(word >> 20, (table.end - at - 4) // 4)
            self._left -= 4 * count
            if self._left < 0 or len(self._parts) + count > MAX_PARTS:
                raise PartError("too-large", "more parts than a presentation has")
            for number, place in enumerate(struct.unpack_from(f"<{count}I", self.raw, at + 4), first):
                self._parts.setdefault(number, place)  # what was saved last is read first
            at += 4 + 4 * count
