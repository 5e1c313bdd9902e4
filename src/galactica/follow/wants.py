"""What is still to be fetched: pages behind items, pages of wikis; it outlives the run that found it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """Something of a source that is still to be fetched: its id, how often it was tried, and what is known of it."""

    id: str
    tries: int
    about: dict[str, str]


class Wants:
    """What is to be fetched, in the journal's tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, source: int, name: str, about: dict[str, str]) -> None:
        """Note that something is to be fetched; what is known of it newly holds."""
        name = name.encode("utf-8", "replace").decode()
        self._db.execute(
            "INSERT INTO want(source, id, json) VALUES(?,?,?) ON CONFLICT DO UPDATE SET json=excluded.json, tries=0",
            (source, name, json.dumps(about)),
        )

    def first(self, source: int, limit: int) -> list[Want]:
        """What is to be fetched of a source, what was tried least first."""
        rows = self._db.execute(
            "SELECT id, tries, json FROM want WHERE source=? ORDER BY tries, rowid LIMIT ?", (source, limit)
        )
        return [Want(id=name, tries=tries, about=json.loads(text)) for name, tries, text in rows]

    def count(self, source: int) -> int:
        """How much is to be fetched of a source."""
        return int(self._db.execute("SELECT count(*) FROM want WHERE source=?", (source,)).fetchone()[0])

    def done(self, source: int, name: str) -> None:
        """It was fetched, or will not be."""
        self._db.execute("DELETE FROM want WHERE source=? AND id=?", (source, name))

    def tried(self, source: int, name: str) -> None:
        """It did not come this time."""
        self._db.execute("UPDATE want SET tries=tries+1 WHERE source=? AND id=?", (source, name))
