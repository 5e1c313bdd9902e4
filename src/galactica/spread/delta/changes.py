"""What is changed in the records of an edition: which went, which are others, which came; and the new ones themselves.

New records lie in a file without a name, so that memory does not grow with them; where each begins is kept, eight bytes
a record.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType

_IN_MEMORY = 4 * 2**20
"""Bytes of new records that are held in memory before they go to a file."""


class Spool(AbstractContextManager["Spool"]):
    """Strings of bytes that are put away one behind another and given back by number."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by __exit__
        self._starts = array("Q", [0])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, value: bytes) -> int:
        """Put one away; returns its number."""
        self._file.seek(self._starts[-1])
        self._file.write(value)
        self._starts.append(self._starts[-1] + len(value))
        return len(self) - 1

    def get(self, number: int) -> bytes:
        """One of them by its number."""
        self._file.seek(self._starts[number])
        return self._file.read(self.size(number))

    def size(self, number: int) -> int:
        """Bytes of one of them."""
        return self._starts[number + 1] - self._starts[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChanges:
    """What is changed in a table.

    Attributes:
        removed: numbers of old records, ascending.
        changed: (number of the old record, number of the new one in `Changes.records`), ascending; the key is the same.
        added: (key, number of the new record in `Changes.records`), by key.
    """

    removed: tuple[int, ...] = ()
    changed: tuple[tuple[int, int], ...] = ()
    added: tuple[tuple[bytes, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.changed or self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """From one edition to another.

    Attributes:
        origin, root: of the old and of the new edition, 64 hex digits.
        before, after: the record of the old and of the new edition.
        version: of the new edition's format.
        tables: what is changed in each table of that version, by name; what is not changed may be missing.
        records: the new records.
        contents: the bytes of media files that the new edition has and the old one has not.
        files: SHA-256 of such a file → its number in `contents`.
    """

    origin: str
    root: str
    before: bytes
    after: bytes
    version: int
    tables: Mapping[str, TableChanges]
    records: Spool
    contents: Spool
    files: Mapping[bytes, int] = field(default_factory=dict)

    def of(self, name: str) -> TableChanges:
        """What is changed in a table."""
        return self.tables.get(name, _NONE)

    def new_records(self) -> Iterator[tuple[str, int, int]]:
        """(table, number of the old record or -1, number of the new one) of all new records: those that were changed in
        the order of tables and numbers, then those that were added in the order of tables and keys."""
        for name in sorted(self.tables):
            for old, new in self.tables[name].changed:
                yield name, old, new
        for name in sorted(self.tables):
            for _, new in self.tables[name].added:
                yield name, -1, new


_NONE = TableChanges()
