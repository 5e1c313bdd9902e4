"""Which ids a ledger has: told by sorted runs beside it while batches come, by its own indexes from then on."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from galactica.building.ids_seen import IdsSeen
from galactica.building.ledger_tables import BY_ID


class LedgerIds:
    """The ids of a ledger's articles and redirects.

    Args:
        db: the ledger.
        folder: where runs are put; made when there is one.
    """

    def __init__(self, db: sqlite3.Connection, folder: Path) -> None:
        self._db, self._folder = db, folder
        self._seen: dict[str, IdsSeen] = {}

    def new(self, table: str, ids: Sequence[bytes]) -> list[bool]:
        """Of each id, whether none like it came before to "article" or "redirect", among these neither. It must be
        entered then."""
        if not ids:
            return []
        if self._sorted():
            return self._not_there(table, ids)
        if table not in self._seen:
            before = self._db.execute(f"SELECT id FROM {table}")  # noqa: S608  # two fixed names
            self._seen[table] = IdsSeen(self._folder / table, (identity for (identity,) in before))
        found: list[bool] = self._seen[table].take(ids).tolist()
        return found

    def sort(self) -> None:
        """Let rows be found by id from now on; within a transaction."""
        for index in BY_ID:
            self._db.execute(index)
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._seen.clear()

    def _sorted(self) -> bool:
        return bool(self._db.execute("SELECT 1 FROM sqlite_master WHERE name='redirect_id'").fetchone())

    def _not_there(self, table: str, ids: Sequence[bytes]) -> list[bool]:
        query = f"SELECT 1 FROM {table} WHERE id=?"  # noqa: S608  # two fixed names
        here: set[bytes] = set()
        found = []
        for each in ids:
            found.append(each not in here and not self._db.execute(query, (each,)).fetchone())
            here.add(each)
        return found
