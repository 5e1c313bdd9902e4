"""The journal of what is followed: sources, items, what is still to be fetched, editions; in one SQLite file.

What a reply brings is entered in one transaction with what the reply is asked for by next time (ETag, position in a
stream), so that a run that is killed at any moment has either all of it or nothing: an item is neither lost nor taken
twice. Every change of an item is numbered; an edition is due where the last number is above that of the last edition.
Nothing is ever removed from it: an item that was taken back stays, and says so.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from galactica.errors import EditionError
from galactica.follow.kept_items import KeptItems
from galactica.follow.listed import SiteLists
from galactica.follow.wants import Wants
from galactica.sources.feed_items import FeedAbout

JOURNAL_VERSION = "1"
"""Of its tables."""

_TABLES = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS source(
    n INTEGER PRIMARY KEY, url TEXT UNIQUE, key TEXT UNIQUE, kind TEXT DEFAULT '', about TEXT DEFAULT '{}',
    state TEXT DEFAULT '{}', forgotten INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS item(
    source INTEGER, id TEXT, path TEXT, json TEXT, digest BLOB, page TEXT DEFAULT '', misses INTEGER DEFAULT 0,
    changed INTEGER, PRIMARY KEY(source, id), UNIQUE(source, path));
CREATE TABLE IF NOT EXISTS want(
    source INTEGER, id TEXT, json TEXT, tries INTEGER DEFAULT 0, PRIMARY KEY(source, id));
CREATE TABLE IF NOT EXISTS listed(
    source INTEGER, url TEXT, part TEXT, date TEXT, etag TEXT DEFAULT '', modified TEXT DEFAULT '', round INTEGER,
    PRIMARY KEY(source, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS part(
    source INTEGER, url TEXT, date TEXT, etag TEXT, modified TEXT, PRIMARY KEY(source, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shared(source INTEGER, guid TEXT, PRIMARY KEY(source, guid)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edition(number INTEGER PRIMARY KEY, name TEXT, root TEXT DEFAULT '', changes INTEGER);
"""


@dataclass(slots=True, kw_only=True)
class FollowedSource:
    """A source as the journal has it.

    Attributes:
        n: its number.
        url: the address that a person named.
        key: its name in editions.
        kind: "feed", "sitemap", "wiki", "stream"; "" before it was first reached.
        about: what it says of itself.
        state: what it is asked for by next time; how often it failed, and when it may be asked again.
    """

    n: int
    url: str
    key: str
    kind: str
    about: FeedAbout
    state: dict[str, Any] = field(default_factory=dict)


class Journal:
    """The journal in `path`, made if missing. One process writes it.

    Attributes:
        items: what was taken in.
        wants: what is still to be fetched.
        listed: what sitemaps list.

    Raises:
        EditionError: it is one of another version, or none at all.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = sqlite3.connect(path.absolute(), isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(_TABLES)
            version = self.meta("version")
            if not version:
                self.set_meta("version", JOURNAL_VERSION)
        except sqlite3.DatabaseError as error:
            raise EditionError(
                f"{path} is no journal of what is followed: {error}.",
                "Restore it from a copy, or begin anew under another name.",
            ) from error
        self.items = KeptItems(self._db, self._next_change)
        self.wants = Wants(self._db)
        self.listed = SiteLists(self._db)
        if version and version != JOURNAL_VERSION:
            self._db.close()
            raise EditionError(
                f"{path} was written by a later version of galactica.", "Use that version, or begin anew elsewhere."
            )

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """All that is entered in the block, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def meta(self, key: str) -> str:
        """A value kept with `set_meta`, or ""."""
        row = self._db.execute("SELECT value FROM meta WHERE key=?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (key, value))

    # Sources

    def add_source(self, url: str, key: str) -> bool:
        """Take in an address, under a name that no other has; False where it is there (it is followed again then)."""
        if self._db.execute("SELECT 1 FROM source WHERE url=?", (url,)).fetchone():
            self._db.execute("UPDATE source SET forgotten=0 WHERE url=?", (url,))
            return False
        self._db.execute("INSERT INTO source(url, key) VALUES(?,?)", (url, self._free_key(key)))
        return True

    def forget(self, url: str) -> bool:
        """Ask an address no more; its items stay. False where it is not followed."""
        return self._db.execute("UPDATE source SET forgotten=1 WHERE url=?", (url,)).rowcount > 0

    def sources(self, *, forgotten: bool = False) -> list[FollowedSource]:
        """What is followed, in the order in which it was taken in."""
        rows = self._db.execute(
            "SELECT n, url, key, kind, about, state FROM source WHERE forgotten <= ? ORDER BY n", (forgotten,)
        )
        return [
            FollowedSource(n=n, url=url, key=key, kind=kind, about=_about(about), state=json.loads(state))
            for n, url, key, kind, about, state in rows
        ]

    def save(self, source: FollowedSource) -> None:
        """Keep what is known of a source."""
        about = json.dumps(asdict(source.about), ensure_ascii=False)
        self._db.execute(
            "UPDATE source SET kind=?, about=?, state=? WHERE n=?",
            (source.kind, about, json.dumps(source.state), source.n),
        )

    def rename(self, source: FollowedSource, key: str) -> None:
        """Call a source by the name that it gives itself, before anything of it is in an edition."""
        if key and key != source.key:
            source.key = self._free_key(key)
            self._db.execute("UPDATE source SET key=? WHERE n=?", (source.key, source.n))

    def _free_key(self, key: str) -> str:
        number, found = 2, key
        while self._db.execute("SELECT 1 FROM source WHERE key=?", (found,)).fetchone():
            found, number = f"{key}-{number}", number + 1
        return found

    # Editions

    def changes(self) -> int:
        """Number of the last change of an item."""
        return int(self.meta("changes") or 0)

    def last_edition(self) -> tuple[int, str, str, int]:
        """(number, name of its folder, root, number of the last change in it) of the last edition that is whole."""
        row = self._db.execute(
            "SELECT number, name, root, changes FROM edition WHERE root != '' ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return (int(row[0]), str(row[1]), str(row[2]), int(row[3])) if row else (0, "", "", 0)

    def put_edition(self, number: int, name: str, root: str, changes: int) -> None:
        """Note an edition: root "" where it is being built."""
        self._db.execute("INSERT OR REPLACE INTO edition VALUES(?,?,?,?)", (number, name, root, changes))

    def drop_edition(self, number: int) -> None:
        """Forget an edition that was begun."""
        self._db.execute("DELETE FROM edition WHERE number=? AND root=''", (number,))

    def begun_edition(self) -> tuple[int, str, int] | None:
        """(number, name, last change) of an edition whose building was begun and not noted as done."""
        row = self._db.execute("SELECT number, name, changes FROM edition WHERE root = ''").fetchone()
        return (int(row[0]), str(row[1]), int(row[2])) if row else None

    def _next_change(self) -> int:
        number = self.changes() + 1
        self.set_meta("changes", str(number))
        return number


def _about(text: str) -> FeedAbout:
    raw = json.loads(text)
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
    return FeedAbout(**fields)
