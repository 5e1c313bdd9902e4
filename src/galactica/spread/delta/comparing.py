"""What is changed between two editions, record by record, by the hashes of their records.

Both tables of articles are read once, and what is new once more. Memory: about 60 bytes for each article of either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from galactica.edition.record import FORMAT_VERSION
from galactica.errors import LimitError, UsageError
from galactica.spread.delta.changes import Changes, Spool, TableChanges
from galactica.spread.delta.document import MAX_RECORD
from galactica.spread.delta.numbered import MEDIA, EditionRecords, NumberedRecords, tables_of_version


class HashedRecords(NumberedRecords, Protocol):
    """Records whose hashes can be gone through."""

    def hashed(self, name: str) -> Iterator[tuple[bytes, bytes]]:
        """(key, leaf hash) of a table, in order."""


def compare_records(old: HashedRecords, new: EditionRecords, records: Spool, contents: Spool) -> Changes:
    """Find what is changed from one edition to another.

    Args:
        records, contents: where new records and files are put; they must stay open as long as what is returned is used.

    Raises:
        UsageError: the new edition is of an older format than the old one.
        LimitError: a record is larger than a delta holds.
        EditionError: one of them is damaged.
    """
    if new.version < old.version:
        raise UsageError(
            f"The newer edition is of format {new.version}, the older one of format {old.version}.",
            "Name the older edition first.",
        )
    assert new.version <= FORMAT_VERSION
    tables = {name: _changes(name, old, new, records) for name in tables_of_version(new.version)}
    tables = {name: found for name, found in tables.items() if found}
    files = _files(new, {key for key, _ in tables[MEDIA].added} if MEDIA in tables else set(), contents)
    return Changes(
        origin=old.root,
        root=new.root,
        before=old.about,
        after=new.about,
        version=new.version,
        tables=tables,
        records=records,
        contents=contents,
        files=files,
    )


def _changes(name: str, old: HashedRecords, new: EditionRecords, records: Spool) -> TableChanges:
    removed: list[int] = []
    changed: list[tuple[int, int]] = []
    added: list[tuple[bytes, int]] = []
    before, after = old.hashed(name), new.hashed(name)
    one, other = next(before, None), next(after, None)
    i = j = 0
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            removed.append(i)
            one, i = next(before, None), i + 1
        elif one is None or other[0] < one[0]:
            added.append((other[0], _put(name, new, j, records)))
            other, j = next(after, None), j + 1
        else:
            if one[1] != other[1]:
                changed.append((i, _put(name, new, j, records)))
            one, other, i, j = next(before, None), next(after, None), i + 1, j + 1
    return TableChanges(removed=tuple(removed), changed=tuple(changed), added=tuple(added))


def _put(name: str, new: EditionRecords, number: int, records: Spool) -> int:
    record = new.record(name, number)
    if len(record) > MAX_RECORD:
        raise LimitError(
            f"A record of the table '{name}' has {len(record):,} bytes; a delta holds up to {MAX_RECORD:,}.",
            "Publish the edition whole.",
        )
    return records.add(record)


def _files(new: EditionRecords, wanted: set[bytes], contents: Spool) -> dict[bytes, int]:
    """Put the content of some media files away; SHA-256 → number."""
    found: dict[bytes, int] = {}
    if wanted:
        for item, content in new.edition.media.items():
            if item.hash in wanted:
                found[item.hash] = contents.add(content)
    return dict(sorted(found.items()))
