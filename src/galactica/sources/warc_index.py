"""All captures of a web archive, in a temporary database, and what is settled when the last of them is known.

An archive is in no order: a revisit may come before what it is the same as, a redirect before its page, and of several
captures of an address the newest counts. So it is read twice: first every record is entered here, then `settle` says
which record is the article (or file) of each path, and the second reading gives them out.

Rules, of the captures of one path: a page, text or file that was really sent goes before a redirect; a page before a
text that was made of it elsewhere; then the newest, and of two at the same second the later record. A revisit counts as
a capture of what it is the same as: found by the record that it names, by address and date, by address and digest, by
digest alone, and where it says nothing by its own address.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from galactica.sources.warc_capture import Capture
from galactica.sources.warc_records import WarcRecord
from galactica.sources.web_address import host_of

_OTHER_METHOD = re.compile(rb"(?:POST|PUT|PATCH|DELETE|OPTIONS|HEAD)[ \t]")

MAX_HOPS = 10
"""Redirects after each other that are followed; browsers give up after twenty."""

AT_A_TIME = 10_000
"""Revisits that are held at a time."""

SITE_PAGES = 2
"""Pages of a host from which on it is a work, a site; one alone is an article."""

_TABLES = """
CREATE TABLE capture(n INTEGER PRIMARY KEY, kind TEXT, path TEXT, address TEXT, moment TEXT, reason TEXT, detail TEXT,
    target TEXT, same_as TEXT, same_moment TEXT, digest TEXT, identity TEXT, mime TEXT, size INTEGER, content INTEGER,
    reader TEXT, asked TEXT DEFAULT '');
CREATE TABLE posted(identity TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE shown(path TEXT PRIMARY KEY, n INTEGER, content INTEGER, moment TEXT, kind TEXT, host TEXT, part INTEGER);
CREATE VIEW held AS SELECT * FROM capture WHERE kind IN ('page', 'text', 'conversion', 'file');
CREATE VIEW answered AS SELECT * FROM capture WHERE kind IN ('page', 'text', 'conversion', 'file', 'redirect');
CREATE VIEW dated AS SELECT * FROM capture WHERE kind IN ('page', 'text', 'conversion', 'file', 'revisit');
CREATE TABLE alike(n INTEGER PRIMARY KEY, path TEXT, target TEXT);
CREATE TABLE numbered(path TEXT PRIMARY KEY, part INTEGER) WITHOUT ROWID;
CREATE TABLE led(path TEXT PRIMARY KEY, target TEXT, n INTEGER) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX capture_identity ON capture(identity) WHERE identity != '';
CREATE INDEX capture_digest ON capture(digest, path) WHERE kind IN ('page', 'text', 'conversion', 'file', 'redirect');
CREATE INDEX capture_path ON capture(path, moment);
"""
_NAMES = "kind path address moment reason detail target same_as same_moment digest identity mime size reader".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What lies at a path.

    Attributes:
        number: the record that is the newest capture.
        content: the record that holds its content: the same, or what that revisits.
        moment: when it was captured.
        part: its place in its site, from 1; 0 where it is part of none.
    """

    path: str
    number: int
    content: int
    moment: str
    kind: str
    host: str
    part: int


class CaptureIndex:
    """The captures of one archive.

    Args:
        folder: where they are put on disk; None: the system's place for temporary files, where they grow.
    """

    def __init__(self, folder: Path | None = None) -> None:
        place = str(folder / "captures.sqlite") if folder else ""
        self._db = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;" + _TABLES)
        self._db.execute("BEGIN")
        self.placed = lru_cache(maxsize=1 << 16)(self._placed)

    def close(self) -> None:
        """Let go of it."""
        self._db.close()

    def enter(self, number: int, capture: Capture) -> None:
        """Take in a capture."""
        values = (
            capture.kind, capture.path, capture.address, capture.when, capture.reason, capture.detail, capture.target,
            capture.same_as, capture.same_when, capture.digest, capture.identity, capture.mime, capture.size,
        )  # fmt: skip
        self._db.execute(
            "INSERT INTO capture VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'')", (number, *values, number, capture.reader)
        )

    def enter_asked(self, record: WarcRecord) -> None:
        """Take in what a request says of its answer: what was asked for by another method than GET is no page."""
        fields = record.fields
        if fields.get("warc-type") == "request" and _OTHER_METHOD.match(record.block):
            for identity in (fields.get("warc-record-id", ""), fields.get("warc-concurrent-to", "")):
                if identity:
                    self._db.execute("INSERT OR IGNORE INTO posted VALUES(?)", (identity,))
        elif (asked := fields.get("warc-concurrent-to", "")) and fields.get("warc-type") == "response":
            self._db.execute("UPDATE capture SET asked=? WHERE n=?", (asked, record.number))

    def settle(self) -> None:
        """Settle what each path is."""
        db = self._db
        db.executescript(_INDEXES)
        db.execute(
            "UPDATE capture SET kind='out', reason='archive-record', detail='an answer to a form that was sent'"
            " WHERE kind NOT IN ('out', 'redirect') AND ((identity != '' AND identity IN (SELECT identity FROM posted))"
            " OR (asked != '' AND asked IN (SELECT identity FROM posted)))"
        )
        self._resolve_revisits()
        db.execute(
            "INSERT INTO shown SELECT path, n, content, moment, kind, '', 0 FROM ("
            " SELECT c.path, c.n, c.content, c.moment, o.kind kind, row_number() OVER ("
            "  PARTITION BY c.path ORDER BY o.kind='conversion', c.moment DESC, c.n DESC) place"
            " FROM dated c JOIN capture o ON o.n=c.content) WHERE place=1"
        )
        self._name_alike()
        self._redirect()
        self._sites()

    def capture(self, number: int) -> Capture:
        """What a record is."""
        row = self._db.execute(f"SELECT {','.join(_NAMES)} FROM capture WHERE n=?", (number,)).fetchone()  # noqa: S608  # fixed
        kind, path, address, when, reason, detail, target, same_as, same_when, digest, identity, mime, size, reader = (
            row
        )
        return Capture(
            kind=kind, path=path, address=address, when=when, reason=reason, detail=detail, target=target,
            same_as=same_as, same_when=same_when, digest=digest, identity=identity, mime=mime, size=size, reader=reader,
        )  # fmt: skip

    def shown_by(self, number: int) -> list[Shown]:
        """What a record holds the content of, by path."""
        query = "SELECT path, n, content, moment, kind, host, part FROM shown WHERE content=? ORDER BY path"
        return [_shown(row) for row in self._db.execute(query, (number,))]

    def shown_at(self, path: str) -> Shown | None:
        """What lies at a path."""
        query = "SELECT path, n, content, moment, kind, host, part FROM shown WHERE path=?"
        row = self._db.execute(query, (path,)).fetchone()
        return _shown(row) if row else None

    def redirect_of(self, path: str) -> tuple[str, int] | None:
        """(target, record) of the redirect that counts at a path."""
        row = self._db.execute("SELECT target, n FROM led WHERE path=?", (path,)).fetchone()
        return (str(row[0]), int(row[1])) if row else None

    def moments(self, path: str) -> list[str]:
        """When a path was captured, the earliest first, each once."""
        query = "SELECT DISTINCT moment FROM dated WHERE path=? AND moment != '' ORDER BY moment"
        return [str(moment) for (moment,) in self._db.execute(query, (path,))]

    def sites(self) -> Iterator[tuple[str, str]]:
        """(host, its address) of each site, by host."""
        query = (
            "SELECT s.host, min(c.address) FROM shown s JOIN capture c ON c.n=s.n WHERE s.part>0"
            " GROUP BY s.host ORDER BY s.host"
        )
        for host, address in self._db.execute(query):
            scheme = str(address).partition(":")[0].lower()
            yield str(host), f"{scheme}://{host}/"

    def _placed(self, path: str) -> str:
        """Where what a link means lies: the path itself, or that of the file that redirects there lead to; "" for
        nowhere in this archive."""
        at = path
        for _ in range(MAX_HOPS):
            shown = self.shown_at(at)
            if shown:
                return at if shown.kind == "file" else path
            led = self.redirect_of(at)
            if led is None:
                return ""
            at = led[0]
        return ""

    # -- settling -----------------------------------------------------------------------------------------------------

    def _resolve_revisits(self) -> None:
        db = self._db
        query = (
            "SELECT n, path, target, same_as, same_moment, digest, moment FROM capture WHERE kind='revisit' AND n>?"
            " ORDER BY n LIMIT ?"
        )
        last = -1
        while rows := db.execute(query, (last, AT_A_TIME)).fetchall():
            for n, *said in rows:
                self._resolve(n, self._same(*said))
            last = rows[-1][0]

    def _resolve(self, number: int, found: tuple[int, str, str] | None) -> None:
        """Say of a revisit what it is the same as."""
        db = self._db
        if found is None:
            db.execute(
                "UPDATE capture SET kind='out', reason='revisit-unresolved',"
                " detail='the same as a record that is not in this archive' WHERE n=?",
                (number,),
            )
        elif found[1] == "redirect":
            db.execute("UPDATE capture SET kind='redirect', target=? WHERE n=?", (found[2], number))
        else:
            db.execute("UPDATE capture SET content=? WHERE n=?", (found[0], number))

    def _same(
        self, path: str, target: str, same_as: str, same_moment: str, digest: str, moment: str
    ) -> tuple[int, str, str] | None:
        """(record that holds the content, its kind, where it leads) of what a revisit is the same as."""
        tries: list[tuple[str, tuple[object, ...]]] = []
        if same_as:
            tries.append(("identity=? ORDER BY n", (same_as,)))
        at = target or path
        if same_moment:
            tries.append(("path=? AND moment=? ORDER BY n", (at, same_moment)))
        if digest:
            tries.append(("digest=? AND path=? ORDER BY n DESC", (digest, at)))
            tries.append(("digest=? ORDER BY n DESC", (digest,)))
        elif not same_as and not same_moment:  # "not modified" since whatever was there before
            tries.append(("path=? AND moment<=? ORDER BY moment DESC, n DESC", (at, moment)))
        for condition, values in tries:
            query = f"SELECT content, kind, target FROM answered WHERE {condition} LIMIT 1"  # noqa: S608  # fixed
            row = self._db.execute(query, values).fetchone()
            if row:
                return int(row[0]), str(row[1]), str(row[2])
        return None

    def _name_alike(self) -> None:
        """A page that is the same as the one shown at another path is another name of that."""
        db = self._db
        db.execute(
            "INSERT INTO alike SELECT s.n, s.path, o.path FROM shown s JOIN capture o ON o.n=s.content"
            " JOIN shown t ON t.path=o.path WHERE s.path != o.path AND t.content=s.content AND s.kind != 'file'"
        )
        db.execute("DELETE FROM shown WHERE path IN (SELECT path FROM alike)")
        db.execute(
            "UPDATE capture SET kind='redirect', target=(SELECT target FROM alike a WHERE a.n=capture.n)"
            " WHERE n IN (SELECT n FROM alike)"
        )

    def _redirect(self) -> None:
        """Of the redirects at a path the newest counts, where nothing was sent there."""
        self._db.execute(
            "INSERT INTO led SELECT path, target, n FROM (SELECT path, target, n, row_number() OVER ("
            "  PARTITION BY path ORDER BY moment DESC, n DESC) place FROM capture WHERE kind='redirect' AND path NOT IN"
            "  (SELECT path FROM shown)) WHERE place=1"
        )

    def _sites(self) -> None:
        """Number the pages of each host that has several, in the order of their paths."""
        db = self._db
        db.create_function("host_of", 1, host_of, deterministic=True)
        db.execute("UPDATE shown SET host=host_of(path) WHERE kind != 'file'")
        db.execute(
            "INSERT INTO numbered SELECT path, part FROM (SELECT path,"
            " row_number() OVER (PARTITION BY host ORDER BY path) part, count(*) OVER (PARTITION BY host) pages"
            " FROM shown WHERE host != '') WHERE pages >= ?",
            (SITE_PAGES,),
        )
        db.execute(
            "UPDATE shown SET part=(SELECT part FROM numbered p WHERE p.path=shown.path)"
            " WHERE path IN (SELECT path FROM numbered)"
        )
        db.execute("CREATE INDEX shown_content ON shown(content)")


def _shown(row: tuple[str, int, int, str, str, str, int]) -> Shown:
    path, number, content, moment, kind, host, part = row
    return Shown(path=path, number=number, content=content, moment=moment, kind=kind, host=host, part=part)
