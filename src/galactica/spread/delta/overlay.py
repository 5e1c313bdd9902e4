"""An edition as it would be with changes, without being written; changes upon changes; all of them as one.

Of each record it is known where it comes from: the edition that lies on disk, or the new records. Eight bytes a record.
So a chain of deltas is read one after the other, each over what those before made, and what comes of it is applied to
the edition, or written as one delta, at once. The editions in between are never made; the first must be there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from galactica.spread.delta.changes import Changes, TableChanges
from galactica.spread.delta.document import refused
from galactica.spread.delta.numbered import MEDIA, EditionRecords, NumberedRecords, place_of_key, tables_of_version

Origins = npt.NDArray[np.int64]
"""Of each record of a table: its number in the edition on disk, or -1 less its number among the new records."""


class Overlay:
    """The records of the edition `base` with `changes`; see `numbered.NumberedRecords`.

    Changes of a chain have their new records in one spool.
    """

    def __init__(self, base: NumberedRecords, changes: Changes) -> None:
        self.version = changes.version
        self.root = changes.root
        self.about = changes.after
        self.changes = changes
        self._base = base
        self._tables = {name: _origins(base, name, changes.of(name)) for name in tables_of_version(changes.version)}
        self._added = {new: key for name in tables_of_version(changes.version) for key, new in changes.of(name).added}
        self._replaced = {
            (name, new): old for name in tables_of_version(changes.version) for old, new in changes.of(name).changed
        }

    def count(self, name: str) -> int:
        """As `NumberedRecords`."""
        return len(self._tables[name]) if name in self._tables else 0

    def key(self, name: str, number: int) -> bytes:
        """As `NumberedRecords`."""
        origin = int(self._tables[name][number])
        if origin >= 0:
            return self._base.key(name, origin)
        new = -1 - origin
        return self._added[new] if new in self._added else self._base.key(name, self._replaced[name, new])

    def record(self, name: str, number: int) -> bytes:
        """As `NumberedRecords`."""
        origin = int(self._tables[name][number])
        return self._base.record(name, origin) if origin >= 0 else self.changes.records.get(-1 - origin)

    def origins(self, name: str) -> Origins:
        """Where each record of a table comes from, from the edition on disk on."""
        own = self._tables[name]
        if not isinstance(self._base, Overlay):
            return own
        below = self._base.origins(name) if self._base.count(name) else np.zeros(0, dtype=np.int64)
        found = own.copy()
        from_base = own >= 0
        found[from_base] = below[own[from_base]]
        return found


def _origins(base: NumberedRecords, name: str, changes: TableChanges) -> Origins:
    found = np.arange(base.count(name), dtype=np.int64)
    for old, new in changes.changed:
        found[old] = -1 - new
    places = np.array([place_of_key(base, name, key)[0] for key, _ in changes.added], dtype=np.int64)
    values = np.array([-1 - new for _, new in changes.added], dtype=np.int64)
    kept = np.ones(len(found), dtype=np.bool_)
    kept[list(changes.removed)] = False
    places -= np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(~kept)])[places]
    return np.insert(found[kept], places, values)


def changes_in_all(first: EditionRecords, layers: Sequence[Overlay]) -> Changes:
    """What a chain of changes changes in the edition on disk.

    Args:
        first: that edition.
        layers: one over the other; the last is what comes of it.

    Raises:
        ProofError: the chain changes nothing, or goes back to an older format.
    """
    last = layers[-1]
    if last.version < first.version:
        raise refused("it leads to an older format")
    tables = {name: _in_all(first, last, name) for name in tables_of_version(last.version)}
    files: dict[bytes, int] = {}
    for layer in layers:
        files |= layer.changes.files
    added = tables[MEDIA].added
    return Changes(
        origin=first.root,
        root=last.root,
        before=first.about,
        after=last.about,
        version=last.version,
        tables={name: found for name, found in tables.items() if found},
        records=last.changes.records,
        contents=last.changes.contents,
        files={key: files[key] for key, _ in added},
    )


def _in_all(first: EditionRecords, last: Overlay, name: str) -> TableChanges:
    origins = last.origins(name)
    missing = np.ones(first.count(name), dtype=np.bool_)
    missing[origins[origins >= 0]] = False
    changed: list[tuple[int, int]] = []
    added: list[tuple[bytes, int]] = []
    for number in np.flatnonzero(origins < 0):
        key, new = last.key(name, int(number)), -1 - int(origins[number])
        old, there = place_of_key(first, name, key)
        if not there:
            added.append((key, new))
            continue
        missing[old] = False
        if first.record(name, old) != last.changes.records.get(new):
            changed.append((old, new))
    removed = tuple(np.flatnonzero(missing).tolist())
    return TableChanges(removed=removed, changed=tuple(changed), added=tuple(added))
