"""Which files of a folder its pages link to, and what a link means that names no file exactly.

Rules: a link means the file or page at its very path. Where there is none, it means the one that is equal in another
form of Unicode (macOS and archives write é as two signs), else the one equal but for upper and lower case, else, for a
path that begins at the site's root, the one below a folder that the page lies in; always only if it is exactly one.
A link to a folder means its index page. What no page links to is rejected with what it is called.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from galactica.building.ledger_tables import REDIRECT
from galactica.model import Attachment, Rejected, article_id

INDEX_PAGES = ("index.html", "index.htm", "index.xhtml", "index.md", "README.md")
"""What a link to a folder means, the likeliest first."""

MAX_ANCESTORS = 16
"""Folders above a page that are tried for a path from the site's root."""

TABLES = """
CREATE TABLE IF NOT EXISTS link(source TEXT, path TEXT, folder TEXT, shown INTEGER,
    PRIMARY KEY(source, path, folder)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place(source TEXT, fold TEXT, path TEXT, page INTEGER,
    PRIMARY KEY(source, fold, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attachment(source TEXT, path TEXT, size INTEGER, reason TEXT, detail TEXT,
    wanted INTEGER DEFAULT 0, PRIMARY KEY(source, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS other_name(source TEXT, path TEXT, folder TEXT, target TEXT,
    PRIMARY KEY(source, path)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much of what pages link to is kept: bytes of one file, and of all of them together."""

    each: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledLinks:
    """What following the links of a folder gave.

    Attributes:
        rejected: files that are not kept.
        mended: how ("form", "case", "root", "index") → links that named no file exactly and mean one.
    """

    rejected: tuple[Rejected, ...]
    mended: tuple[tuple[str, int], ...]


class Links:
    """The part of a ledger that knows links and files; within a transaction of the ledger."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.executescript(TABLES)

    def enter(
        self,
        links: Iterable[tuple[str, str, str, bool]],
        pages: Iterable[tuple[str, str]],
        attachments: Iterable[Attachment],
    ) -> None:
        """Take in what a batch holds: (source, path, folder of the page, whether it is shown in the page) of each link,
        (source, path) of each page, and the files."""
        db = self._db
        db.executemany(
            "INSERT INTO link VALUES(?,?,?,?) ON CONFLICT DO UPDATE SET shown=max(shown, excluded.shown)", links
        )
        db.executemany("INSERT OR IGNORE INTO place VALUES(?,?,?,1)", ((s, fold(p), p) for s, p in pages))
        for each in attachments:
            row = (each.source, each.path, each.size, each.reason, each.detail)
            db.execute("INSERT OR IGNORE INTO attachment(source,path,size,reason,detail) VALUES(?,?,?,?,?)", row)
            db.execute("INSERT OR IGNORE INTO place VALUES(?,?,?,0)", (each.source, fold(each.path), each.path))

    def settle(self, folder: str, inside: Mapping[str, str], bounds: Bounds) -> SettledLinks:
        """Follow the links of a folder's pages, and of the sources inside it.

        Args:
            folder: key of its source.
            inside: key of each source inside → the folder it lay in.
        """
        db, mended = self._db, Counter[str]()
        for source in (folder, *sorted(inside)):
            links = db.execute(
                "SELECT path, max(shown) FROM link WHERE source=? GROUP BY path ORDER BY path", (source,)
            )
            for path, shown in links.fetchall():
                has = self._has(source, path) and not self._renamed(source, path)
                # What is a page may be a file, too: subtitles are read, and played beside their film.
                if has or (source != folder and self._at(source, path) == 0):
                    db.execute(
                        "UPDATE attachment SET wanted=max(wanted, ?) WHERE source=? AND path=?",
                        (1 + shown, source, path),
                    )
                    continue
                how, page, target = self._meant(source, path, folder, inside.get(source))
                if not target:
                    continue
                if page:
                    mended[how] += self._name(source, path, target)
                else:
                    db.execute(
                        "UPDATE attachment SET wanted=max(wanted, ?) WHERE source=? AND path=?",
                        (1 + shown, folder, target),
                    )
                    if (source, path) != (folder, target):
                        mended[how] += bool(how)
                        db.execute("INSERT OR IGNORE INTO other_name VALUES(?,?,?,?)", (source, path, folder, target))
        rejected = tuple(each for source in (folder, *sorted(inside)) for each in self._bounded(source, bounds))
        return SettledLinks(rejected=rejected, mended=tuple(sorted((how, n) for how, n in mended.items() if n)))

    def wanted(self, folder: str, path: str) -> bool:
        """Whether the file at a path is to be kept."""
        row = self._db.execute("SELECT wanted FROM attachment WHERE source=? AND path=?", (folder, path)).fetchone()
        return bool(row and row[0])

    def below(self, folder: str, prefix: str) -> bool:
        """Whether a file is to be kept whose path begins so."""
        query = "SELECT 1 FROM attachment WHERE source=? AND wanted>0 AND path>=? AND path<? LIMIT 1"
        return bool(self._db.execute(query, (folder, prefix, prefix + "\U0010ffff")).fetchone())

    def any(self, folder: str) -> bool:
        """Whether any file is to be kept."""
        return self.below(folder, "")

    def kept(self) -> Iterator[tuple[str, str, str]]:
        """(source, path, what it is) of each file that is kept and that nothing was read of."""
        query = "SELECT source, path, detail FROM attachment WHERE wanted>0 AND reason='unsupported' ORDER BY 1, 2"
        yield from self._db.execute(query)

    def finish(self) -> None:
        """Give kept files the further names that links call them by."""
        self._db.execute(
            "INSERT OR IGNORE INTO file SELECT n.source, n.path, f.hash FROM other_name n"
            " JOIN file f ON f.source=n.folder AND f.path=n.target"
        )

    def _has(self, source: str, path: str) -> bool:
        identity = article_id(source, path)
        return any(
            self._db.execute(f"SELECT 1 FROM {table} WHERE id=?", (identity,)).fetchone()  # noqa: S608  # fixed names
            for table in ("article", "redirect")
        )

    def _renamed(self, source: str, path: str) -> bool:
        """Whether a path is another name of a file, by a symbolic link: then of the file, no redirect to a page."""
        identity = article_id(source, path)
        row = self._db.execute("SELECT target_path FROM redirect WHERE id=?", (identity,)).fetchone()
        if row is None or self._at(source, row[0]) != 0:
            return False
        self._db.execute("DELETE FROM redirect WHERE id=?", (identity,))
        self._db.execute("INSERT OR IGNORE INTO other_name VALUES(?,?,?,?)", (source, path, source, row[0]))
        return True

    def _meant(self, source: str, path: str, folder: str, within: str | None) -> tuple[str, bool, str]:
        """(how it was found, whether it is a page, its path); "" for a path that means nothing here."""
        if within is not None:  # a table's or dump's own links: only files of the folder can be meant
            for place in (within + path, path):
                if self._at(folder, place) == 0:
                    return "", False, place
            return "", False, ""
        exact = self._at(source, path)
        if exact is not None:
            return "", bool(exact), path
        named = self._db.execute(
            "SELECT target FROM other_name WHERE source=? AND path=? AND folder=source", (source, path)
        ).fetchone()
        if named:
            return "", False, str(named[0])
        if path.endswith("/"):
            for name in INDEX_PAGES:
                if self._at(source, path + name):
                    return "index", True, path + name
        alike = self._alike(source, path)
        return alike if alike[2] else self._from_root(source, path)

    def _at(self, source: str, path: str) -> int | None:
        """1 for a page at a path, 0 for a file, None for nothing."""
        row = self._db.execute(
            "SELECT page FROM place WHERE source=? AND fold=? AND path=?", (source, fold(path), path)
        ).fetchone()
        return None if row is None else int(row[0])

    def _alike(self, source: str, path: str) -> tuple[str, bool, str]:
        rows = self._db.execute("SELECT path, page FROM place WHERE source=? AND fold=?", (source, fold(path)))
        found = rows.fetchall()
        same = [row for row in found if unicodedata.normalize("NFC", row[0]) == unicodedata.normalize("NFC", path)]
        if len(same) == 1:
            return "form", bool(same[0][1]), same[0][0]
        if not same and len(found) == 1:
            return "case", bool(found[0][1]), found[0][0]
        return "", False, ""

    def _from_root(self, source: str, path: str) -> tuple[str, bool, str]:
        """The one thing that a path from a site's root means below the folders of the pages that link to it."""
        found: dict[str, bool] = {}
        folders = self._db.execute("SELECT folder FROM link WHERE source=? AND path=?", (source, path)).fetchall()
        for (folder,) in folders:
            steps = folder.split("/")[:-1]
            for depth in range(1, min(len(steps), MAX_ANCESTORS) + 1):
                base = "/".join(steps[:depth]) + "/"
                names = [path, *(path + name for name in INDEX_PAGES)] if path.endswith("/") else [path]
                for name in names:
                    at = self._at(source, base + name)
                    if at is not None:
                        found[base + name] = bool(at)
                        break
        if len(found) != 1:
            return "", False, ""
        target, page = next(iter(found.items()))
        return "root", page, target

    def _name(self, source: str, path: str, target: str) -> int:
        """Make a path another name of a page; its title is the page's own."""
        row = (article_id(source, path), source, path, "", article_id(source, target), target)
        return self._db.execute(f"INSERT OR IGNORE INTO redirect({REDIRECT}) VALUES(?,?,?,?,?,?)", row).rowcount

    def _bounded(self, folder: str, bounds: Bounds) -> Iterator[Rejected]:
        """Hold what is wanted to the bounds; yield what is not kept."""
        db, total = self._db, 0
        rows = db.execute(
            "SELECT path, size FROM attachment WHERE source=? AND wanted>0 ORDER BY wanted DESC, path", (folder,)
        )
        for path, size in rows.fetchall():
            over = size > bounds.each or total + max(0, size) > bounds.total
            if not over:
                total += max(0, size)
                continue
            db.execute("UPDATE attachment SET wanted=0, reason='' WHERE source=? AND path=?", (folder, path))
            bound = f"more than {bounds.each:,} bytes"
            if size <= bounds.each:
                bound = f"{bounds.total:,} bytes are kept already"
            detail = f"a page links to it; {bound}"
            yield Rejected(source=folder, where=path, stage="read", reason="too-large", detail=detail)
        left = db.execute(
            "SELECT path, reason, detail FROM attachment WHERE source=? AND wanted=0 AND reason!='' ORDER BY path",
            (folder,),
        )
        for path, reason, detail in left.fetchall():
            yield Rejected(source=folder, where=path, stage="read", reason=reason, detail=detail)


def fold(path: str) -> str:
    """What paths have in common that differ in the form of Unicode or in case alone."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
