"""What sitemaps list: pages with the date they state, what each is asked for by next time, and in which round it stood
in its list."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """A page of a list: its address, the date that its list states, and what it is asked for by next time."""

    url: str
    date: str = ""
    etag: str = ""
    modified: str = ""


class SiteLists:
    """The lists of sites, in the journal's tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def page(self, source: int, url: str) -> ListedPage | None:
        """A page; None where no list had it."""
        row = self._db.execute(
            "SELECT date, etag, modified FROM listed WHERE source=? AND url=?", (source, url)
        ).fetchone()
        return ListedPage(url=url, date=row[0], etag=row[1], modified=row[2]) if row else None

    def seen(self, source: int, part: str, url: str, date: str, number: int) -> None:
        """Note that a list (`part`) has a page, in round `number`."""
        self._db.execute(
            "INSERT INTO listed(source, url, part, date, round) VALUES(?,?,?,?,?) ON CONFLICT DO UPDATE"
            " SET part=excluded.part, date=excluded.date, round=excluded.round",
            (source, url, part, date, number),
        )

    def keep(self, source: int, url: str, etag: str, modified: str) -> None:
        """Keep what a page is asked for by next time."""
        self._db.execute("UPDATE listed SET etag=?, modified=? WHERE source=? AND url=?", (etag, modified, source, url))

    def part(self, source: int, url: str) -> ListedPage | None:
        """A list; None where it was never read."""
        row = self._db.execute(
            "SELECT date, etag, modified FROM part WHERE source=? AND url=?", (source, url)
        ).fetchone()
        return ListedPage(url=url, date=row[0], etag=row[1], modified=row[2]) if row else None

    def keep_part(self, source: int, part: ListedPage) -> None:
        """Keep what a list is asked for by next time."""
        self._db.execute(
            "INSERT OR REPLACE INTO part VALUES(?,?,?,?,?)", (source, part.url, part.date, part.etag, part.modified)
        )

    def same_part(self, source: int, part: str, number: int) -> None:
        """A list is as it was: all that it had stands in it in this round, too."""
        self._db.execute("UPDATE listed SET round=? WHERE source=? AND part=?", (number, source, part))

    def undated(self, source: int, part: str) -> list[str]:
        """The pages of a list whose date it does not state: each has to be asked whether it changed."""
        rows = self._db.execute("SELECT url FROM listed WHERE source=? AND part=? AND date=''", (source, part))
        return [url for (url,) in rows]

    def left(self, source: int, number: int) -> list[str]:
        """Pages that no list had in this round."""
        rows = self._db.execute("SELECT url FROM listed WHERE source=? AND round < ?", (source, number))
        return [url for (url,) in rows]
