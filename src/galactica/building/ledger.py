"""The ledger of a build: what has been done, in a SQLite file beside the work, so that a killed build goes on.

Everything that must be known across batches lives here and not in memory: which ids exist, where redirects lead,
which media were seen. A batch's results enter in one transaction, in the order of the batches whatever order the
workers finish in; so the ledger of a build that was killed and went on equals that of one that was not.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from galactica.building.gathered import Gathered
from galactica.building.ground import SEEN
from galactica.building.ledger_ids import LedgerIds
from galactica.building.ledger_tables import CACHE, OF_ARTICLE, REDIRECT, TABLES
from galactica.building.links import Bounds, Links, SettledLinks
from galactica.model import Rejected, Source, SourceStatement, Work, article_id

MAX_HOPS = 16
"""Redirects that are followed to find an article; MediaWiki follows one, real dumps hold chains of three or four."""

LEDGER_VERSION = 3
"""Of its tables: a ledger with others, which a killed build of an older program left, is begun anew."""


class Ledger:
    """The ledger in `path`, made if missing. One process writes it."""

    def __init__(self, path: Path) -> None:
        # Absolute, because SQLite takes a name like "file:a" for an address.
        self._db = sqlite3.connect(path.absolute(), isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute(f"PRAGMA cache_size={-(CACHE // 1024)}")
        self._db.execute(f"PRAGMA wal_autocheckpoint={CACHE // 4096}")
        self._db.executescript(TABLES)
        self.links = Links(self._db)
        self._ids = LedgerIds(self._db, path.absolute().with_name(SEEN))

    def close(self) -> None:
        """Let go of the files."""
        self._ids.close()
        self._db.close()

    def meta(self, key: str) -> str:
        """A value kept with `set_meta`, or ""."""
        row = self._db.execute("SELECT value FROM meta WHERE key=?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (key, value))

    def batches(self) -> set[int]:
        """Numbers of the batches gathered so far."""
        return {n for (n,) in self._db.execute("SELECT number FROM batch")}

    def add_source(self, source: Source) -> None:
        """Enter a source."""
        self._db.execute("INSERT OR REPLACE INTO source VALUES(?,?)", (source.key, json.dumps(asdict(source))))

    def sources(self) -> list[Source]:
        """The sources, by key."""
        return [Source(**_tuples(json.loads(j))) for (j,) in self._db.execute("SELECT json FROM source ORDER BY key")]

    def enter(self, number: int, got: Gathered) -> None:
        """Enter a gathered batch, all of it or nothing. What was there before stays: the later one is a duplicate."""
        db = self._db
        db.execute("BEGIN")
        rejected = list(got.rejected)
        articles = 0
        new = self._ids.new("article", [identity for identity, *_ in got.articles])
        for row, (identity, language, licence, source, path, work) in enumerate(got.articles):
            if not new[row]:
                rejected.append(_duplicate(source, path, "an article came before it at the same path"))
                continue
            leaf = got.leaves[row] if got.leaves else None
            told = (number, row, identity, language, licence, leaf, row in got.bycatch)
            db.execute("INSERT INTO article VALUES(?,?,?,?,?,?,?)", told)
            articles += 1
            if work:
                db.execute("INSERT OR IGNORE INTO part VALUES(?,?)", (source, work))
        new = self._ids.new("redirect", [article_id(r.source, r.path) for r in got.redirects])
        for first, r in zip(new, got.redirects, strict=True):
            if first:
                target = article_id(r.source, r.target)
                db.execute(
                    f"INSERT INTO redirect({REDIRECT}) VALUES(?,?,?,?,?,?)",
                    (article_id(r.source, r.path), r.source, r.path, r.title, target, r.target),
                )
            else:
                rejected.append(_duplicate(r.source, r.path, "a redirect came before it at the same path"))
        for row, (digest, mime, size) in enumerate(got.media):
            db.execute("INSERT OR IGNORE INTO media VALUES(?,?,?,?,?)", (digest, number, row, mime, size))
        for source, path, digest in got.files:
            if not db.execute("INSERT OR IGNORE INTO file VALUES(?,?,?)", (source, path, digest)).rowcount:
                rejected.append(_duplicate(source, path, "a media file came before it at the same path"))
        for table, items in (("work", got.works), ("statement", got.statements)):
            for item in items:
                text = msgspec.json.encode(item).decode()
                entered = db.execute(
                    f"INSERT OR IGNORE INTO {table} VALUES(?,?,?)",  # two fixed names
                    (item.source, item.path, text),
                ).rowcount
                if not entered:
                    rejected.append(_duplicate(item.source, item.path, f"a {table} came before it at the same path"))
        for source, rule, count in got.dropped:
            db.execute(
                "INSERT INTO dropped VALUES(?,?,?) ON CONFLICT DO UPDATE SET count=count+excluded.count",
                (source, rule, count),
            )
        self.links.enter(got.links, got.pages, got.attachments)
        self._reject(number, rejected)
        db.execute("INSERT INTO batch(number, articles) VALUES(?,?)", (number, articles))
        db.execute("COMMIT")

    def settle_links(self, number: int, folder: str, inside: dict[str, str], bounds: Bounds) -> SettledLinks:
        """Follow the links of a folder whose batches, all before `number`, have been entered; once."""
        mark = f"links {number}"
        if self.meta(mark):
            return SettledLinks(rejected=(), mended=tuple((how, n) for how, n in json.loads(self.meta(mark))))
        self._db.execute("BEGIN")
        self._ids.sort()
        settled = self.links.settle(folder, inside, bounds)
        self._reject(number - 1, settled.rejected)
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (mark, json.dumps(settled.mended)))
        self._db.execute("COMMIT")
        return settled

    def settle(self) -> None:
        """Follow every redirect to its article; those that lead nowhere are rejected. Can be done again."""
        db = self._db
        if self.meta("settled"):
            return
        db.execute("BEGIN")
        db.execute("DELETE FROM alias")
        if db.execute("SELECT 1 FROM redirect LIMIT 1").fetchone():
            self._ids.sort()
        rows = db.execute("SELECT source, path, title, target, target_path, id FROM redirect ORDER BY source, path")
        for source, path, title, target, target_path, identity in rows:
            if db.execute("SELECT 1 FROM article WHERE id=?", (identity,)).fetchone():
                self._reject(-1, [_duplicate(source, path, "an article lies at the path of this redirect")])
                continue
            found, ends = self._follow(target)
            if found is None:
                why = "which is not in the library" if ends else "and on to redirects without an end (a circle)"
                detail = f"leads to {target_path}"[:450] + f", {why}"
                lost = Rejected(source=source, where=path, stage="settle", reason="broken-redirect", detail=detail)
                self._reject(-1, [lost])
            else:
                db.execute("INSERT INTO alias VALUES(?,?,?)", (found, title, path))
        db.execute(OF_ARTICLE)
        self.links.finish()
        db.execute("INSERT OR REPLACE INTO meta VALUES('settled','1')")
        db.execute("COMMIT")

    def _follow(self, target: bytes) -> tuple[bytes | None, bool]:
        """(the article that redirects lead to, or None; whether they come to an end within `MAX_HOPS`)."""
        for _ in range(MAX_HOPS):
            if self._db.execute("SELECT 1 FROM article WHERE id=?", (target,)).fetchone():
                return target, True
            row = self._db.execute("SELECT target FROM redirect WHERE id=?", (target,)).fetchone()
            if row is None:
                return None, True
            target = row[0]
        return None, False

    def kept_rows(self, number: int) -> list[int]:
        """Rows of a batch's articles that are in the edition, in order."""
        return [r for (r,) in self._db.execute("SELECT row FROM article WHERE batch=? ORDER BY row", (number,))]

    def kept_media(self, number: int) -> list[int]:
        """Rows of a batch's media that are in the edition, in order."""
        return [r for (r,) in self._db.execute("SELECT row FROM media WHERE batch=? ORDER BY row", (number,))]

    def aliases(self, number: int) -> dict[int, tuple[tuple[str, str], ...]]:
        """Row → (title, path) of the redirects that lead to an article of a batch."""
        found: dict[int, list[tuple[str, str]]] = {}
        query = (
            "SELECT a.row, l.title, l.path FROM article a JOIN alias l ON l.article=a.id WHERE a.batch=? ORDER BY 1,2,3"
        )
        for row, title, path in self._db.execute(query, (number,)):
            found.setdefault(row, []).append((title, path))
        return {row: tuple(names) for row, names in found.items()}

    def written(self) -> dict[int, int]:
        """Batch → passages of the batches whose tables are written."""
        return dict(self._db.execute("SELECT number, passages FROM batch WHERE written=1"))

    def written_aliases(self) -> int:
        """Aliases of the articles that are written, those of redirects and those that articles state."""
        return int(self._db.execute("SELECT coalesce(sum(aliases), 0) FROM batch WHERE written=1").fetchone()[0])

    def mark_written(self, number: int, leaves: Sequence[tuple[bytes, bytes]], passages: int, aliases: int) -> None:
        """Enter the leaf hashes of a batch's articles, (id, hash), how much they hold, and that they are written."""
        rows = self.kept_rows(number) if leaves else []
        told = [(leaf, number, row, identity) for row, (identity, leaf) in zip(rows, leaves, strict=True)]
        self._db.execute("BEGIN")
        self._db.executemany("UPDATE article SET leaf=? WHERE batch=? AND row=? AND id=?", told)
        self._db.execute(
            "UPDATE batch SET written=1, passages=?, aliases=? WHERE number=?", (passages, aliases, number)
        )
        self._db.execute("COMMIT")

    def leaves(self) -> Iterator[tuple[bytes, bytes]]:
        """(id, leaf hash) of the articles, by id."""
        # "+": sorted at once, not fetched one by one in the order of an index
        yield from self._db.execute("SELECT id, leaf FROM article ORDER BY +id")

    def media(self) -> Iterator[tuple[bytes, str, int]]:
        """(hash, mime, size) of the media files, by hash."""
        yield from self._db.execute("SELECT hash, mime, size FROM media ORDER BY hash")

    def files(self) -> Iterator[tuple[str, str, bytes]]:
        """(source, path, hash) of the places of media files, by source and path (code points)."""
        yield from self._db.execute("SELECT source, path, hash FROM file ORDER BY source, path")

    def works(self) -> Iterator[Work]:
        """The works that an article is a part of, by source and path (code points).

        One that its reader did not describe is called by its path.
        """
        joined = "part p LEFT JOIN work w ON w.source=p.source AND w.path=p.work"
        query = f"SELECT p.source, p.work, w.json FROM {joined} ORDER BY 1, 2"  # noqa: S608  # all fixed
        for source, path, text in self._db.execute(query):
            if text is None:
                yield Work(source=source, path=path, title=path, kind="collection")
            else:
                yield msgspec.json.decode(text, type=Work)

    def statements(self) -> Iterator[SourceStatement]:
        """What sources state, by source and path (code points)."""
        for (text,) in self._db.execute("SELECT json FROM statement ORDER BY source, path"):
            yield msgspec.json.decode(text, type=SourceStatement)

    def rejected(self) -> Iterator[Rejected]:
        """Everything that was left out, in the order of the sources."""
        query = "SELECT source, place, stage, reason, detail FROM rejected ORDER BY (batch < 0), batch, n"
        for source, where, stage, reason, detail in self._db.execute(query):
            yield Rejected(source=source, where=where, stage=stage, reason=reason, detail=detail)

    def left_out(self, folders: Sequence[str]) -> tuple[Iterator[Rejected], list[tuple[str, int, str]]]:
        """What was left out of the sources with these keys; (reason, how often, an example) of all other."""
        marks = ",".join("?" * len(folders))
        query = f"SELECT source, place, stage, reason, detail FROM rejected WHERE source IN ({marks}) ORDER BY n"  # noqa: S608  # question marks
        theirs = (
            Rejected(source=source, where=where, stage=stage, reason=reason, detail=detail)
            for source, where, stage, reason, detail in self._db.execute(query, tuple(folders))
        )
        query = f"SELECT reason, count(*), min(place) FROM rejected WHERE source NOT IN ({marks}) GROUP BY 1"  # noqa: S608
        return theirs, [(r, int(n), str(place)) for r, n, place in self._db.execute(query, tuple(folders))]

    def dropped(self) -> Iterator[tuple[str, str, int]]:
        """(source, rule, count) of what cleaning left out."""
        yield from self._db.execute("SELECT source, rule, count FROM dropped ORDER BY source, rule")

    def count(self, table: str) -> int:
        """Rows of one of the ledger's own tables."""
        assert table in ("article", "media", "rejected")
        if table == "article":
            return int(self._db.execute("SELECT coalesce(sum(articles), 0) FROM batch").fetchone()[0])
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # a fixed name

    def bycatch(self) -> int:
        """Articles that are none of what their folder is for."""
        return int(self._db.execute("SELECT count(*) FROM article WHERE bycatch").fetchone()[0])

    def languages(self) -> list[tuple[str, int]]:
        """(tag, articles), most first."""
        return list(self._db.execute("SELECT language, count(*) n FROM article GROUP BY 1 ORDER BY n DESC, 1"))

    def licences(self) -> list[str]:
        """Licences that articles name of their own."""
        return [x for (x,) in self._db.execute("SELECT DISTINCT licence FROM article WHERE licence != '' ORDER BY 1")]

    def _reject(self, number: int, rejected: Sequence[Rejected]) -> None:
        self._db.executemany(
            "INSERT INTO rejected(batch,source,place,stage,reason,detail) VALUES(?,?,?,?,?,?)",
            [(number, r.source, r.where, r.stage, r.reason, r.detail) for r in rejected],
        )


def _tuples(raw: dict[str, Any]) -> dict[str, Any]:
    """What JSON gave back as lists as it was: tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}


def _duplicate(source: str, path: str, detail: str) -> Rejected:
    return Rejected(source=source, where=path, stage="settle", reason="duplicate", detail=detail)
