"""What arrived of a release: records by table and key, pieces of media files, leaf hashes. It survives a loss of power.

Two files in a folder: `records.log`, to which each record is added, pressed by itself; and `index.sqlite`, which says
where each lies. What was put is there after `commit`, whatever happens then: the log is on the disk before the index
says how long it is, and what stands behind that is cut off when the store is opened again. A store is of one release,
whose root and format it names; one of another release, or one that cannot be read, is begun anew.

Records are looked into before they are kept (`decode`): each has the form of its table and a key. That they belong to
the release is for the caller to know (by the hash of the pack they came in), and `assemble` compares the root in the
end. Memory does not grow with what is there.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from galactica.codes.merkle import HASH_BYTES, leaf_hash
from galactica.edition import decode
from galactica.edition.keyed import key_of_fields
from galactica.edition.record import Value
from galactica.edition.table import truths
from galactica.errors import ProofError
from galactica.spread.assembly.pressed import press, unpress
from galactica.spread.release.document import CONTENT, LEAVES, PACK, Release
from galactica.spread.release.pack import CheckedObject, PackEntry, read_leaves, read_pack

STORE_VERSION = 1

LOG, INDEX = "records.log", "index.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS state(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS object(hash TEXT PRIMARY KEY, size INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record(
    name TEXT, key BLOB, leaf BLOB, place INTEGER, size INTEGER, raw INTEGER, sort BLOB, language TEXT,
    PRIMARY KEY(name, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS piece(
    hash BLOB, start INTEGER, total INTEGER, place INTEGER, size INTEGER, PRIMARY KEY(hash, start)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leaves(name TEXT, first INTEGER, hashes BLOB, PRIMARY KEY(name, first)) WITHOUT ROWID;
"""


class RecordStore:
    """The records of a release that arrived, in the folder `folder`; a context manager.

    Args:
        folder: made where it is not there.
        root, version: of the edition, and of its format.
        readonly: nothing is put; several processes may read while one puts.
    """

    def __init__(self, folder: Path, root: str, version: int, *, readonly: bool = False) -> None:
        self.folder, self.root, self.version = folder, root, version
        self._log: BinaryIO | None = None
        self._end = 0
        if readonly:
            self._db = sqlite3.connect(f"{(folder / INDEX).absolute().as_uri()}?mode=ro", uri=True)
            self._log = (folder / LOG).open("rb")
            return
        try:
            self._open()
        except sqlite3.OperationalError:  # the machine's: full, locked, not to be read; not what is in the file
            self.close()
            raise
        except (sqlite3.DatabaseError, ValueError):
            self.close()
            shutil.rmtree(folder, ignore_errors=True)
            self._open()

    @classmethod
    def of(cls, folder: Path, release: Release) -> RecordStore:
        """The store of a release."""
        return cls(folder, release.root, release.format)

    def put_object(self, checked: CheckedObject) -> None:
        """Take in an object whose hash was compared: the records of a pack, or leaves; and commit.

        Raises:
            ProofError: it is no pack of this format, or a record in it is none.
        """
        stated = checked.stated
        if stated.kind == PACK:
            self.put_entries(read_pack(checked, self.version))
        elif stated.kind == LEAVES:
            first, hashes = read_leaves(checked)
            self._db.execute("INSERT OR REPLACE INTO leaves VALUES(?, ?, ?)", (stated.table, first, hashes))
        self._db.execute("INSERT OR REPLACE INTO object VALUES(?, ?)", (stated.hash, stated.size))
        self.commit()

    def put_entries(self, entries: Iterable[PackEntry]) -> None:
        """Take in records and pieces of media files; of one that is there already, the newer counts.

        Raises:
            ProofError: a record is none of its table.
        """
        for entry in entries:
            if entry.table == CONTENT:
                place = self._add(entry.record)
                self._db.execute(
                    "INSERT OR REPLACE INTO piece VALUES(?, ?, ?, ?, ?)",
                    (entry.hash, entry.offset, entry.total, place, len(entry.record)),
                )
            else:
                self.put(entry.table, entry.record)

    def put(self, table: str, raw: bytes) -> None:
        """Take in a record; see `put_entries`. It is there for good after `commit`."""
        try:
            if table not in truths(self.version) or table == "edition":
                raise ValueError("it is of no table")
            fields = decode.fields_of(raw, table, self.version)
            if table == "articles":
                decode.article_of(fields)
            key = key_of_fields(table, fields)
        except ValueError as error:
            raise ProofError(
                f"A record of {table!r} that arrived has not the form of one: {error}.",
                "Ask whoever published it to publish the edition again.",
            ) from error
        pressed = press(raw)
        row = (table, key, leaf_hash(raw), self._add(pressed), len(pressed), len(raw), _sort(table, fields))
        self._db.execute(
            "INSERT OR REPLACE INTO record VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (*row, str(fields.get("language", "")))
        )

    def remove(self, table: str, key: bytes) -> None:
        """Take a record away (a delta does); nothing where it is not there."""
        self._db.execute("DELETE FROM record WHERE name = ? AND key = ?", (table, key))

    def commit(self) -> None:
        """What was put until now is there for good."""
        assert self._log is not None
        self._log.flush()
        os.fsync(self._log.fileno())
        self._db.execute("INSERT OR REPLACE INTO state VALUES('end', ?)", (self._end,))
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def objects(self) -> set[str]:
        """Hashes of the objects that were taken in."""
        return {row[0] for row in self._db.execute("SELECT hash FROM object")}

    def bytes_of_objects(self) -> int:
        """Bytes of the objects that were taken in."""
        return int(self._db.execute("SELECT coalesce(sum(size), 0) FROM object").fetchone()[0])

    def count(self, table: str) -> int:
        """How many records of a table are there."""
        return int(self._db.execute("SELECT count(*) FROM record WHERE name = ?", (table,)).fetchone()[0])

    def leaf_hashes(self, table: str) -> Iterator[bytes]:
        """Leaf hashes of the records of a table that are there, in its order."""
        for row in self._db.execute("SELECT leaf FROM record WHERE name = ? ORDER BY key", (table,)):
            yield row[0]

    def keyed_leaves(self, table: str) -> Iterator[tuple[bytes, bytes]]:
        """(key, leaf hash) of the records of a table that are there, in its order."""
        yield from self._db.execute("SELECT key, leaf FROM record WHERE name = ? ORDER BY key", (table,))

    def all_leaves(self, table: str) -> Iterator[bytes]:
        """The leaf hashes of all records of a table that came by themselves, in its order, as far as they follow each
        other from the first."""
        reached = 0
        for first, hashes in self._db.execute(
            "SELECT first, hashes FROM leaves WHERE name = ? ORDER BY first", (table,)
        ):
            if first != reached:
                return
            for at in range(0, len(hashes), HASH_BYTES):
                yield hashes[at : at + HASH_BYTES]
            reached += len(hashes) // HASH_BYTES

    def records(self, table: str) -> Iterator[tuple[bytes, bytes]]:
        """(key, record) of a table, in its order."""
        rows = self._db.execute("SELECT key, place, size, raw FROM record WHERE name = ? ORDER BY key", (table,))
        for key, place, size, raw in rows:
            yield key, unpress(self._read(place, size), raw)

    def record(self, table: str, key: bytes) -> bytes | None:
        """A record; None where it is not there."""
        row = self._db.execute(
            "SELECT place, size, raw FROM record WHERE name = ? AND key = ?", (table, key)
        ).fetchone()
        return None if row is None else unpress(self._read(row[0], row[1]), row[2])

    def articles_in_order(self) -> Iterator[tuple[bytes, int, str]]:
        """(key, bytes of the record, language) of the articles that are there, in the order in which an edition that
        is put together has them: by source, work, part, path."""
        yield from self._db.execute("SELECT key, raw, language FROM record WHERE name = 'articles' ORDER BY sort, key")

    def works_named(self) -> set[bytes]:
        """Keys of the works that articles which are there are parts of."""
        found: set[bytes] = set()
        for (sort,) in self._db.execute("SELECT DISTINCT sort FROM record WHERE name = 'articles'"):
            source, work, _ = sort.split(b"\0", 2)
            if work:
                found.add(source + b"\0" + work)
        return found

    def homeless(self, sources: set[bytes], works: set[bytes]) -> set[bytes]:
        """Ids of the articles that are there, and whose source or work is not among these keys."""
        found: set[bytes] = set()
        for key, sort in self._db.execute("SELECT key, sort FROM record WHERE name = 'articles'"):
            source, work, _ = sort.split(b"\0", 2)
            if source not in sources or (work and source + b"\0" + work not in works):
                found.add(key)
        return found

    def content_size(self, digest: bytes) -> int | None:
        """Bytes of a media file whose pieces are all there; None where one is missing."""
        row = self._db.execute(
            "SELECT min(total), max(total), sum(size) FROM piece WHERE hash = ?", (digest,)
        ).fetchone()
        least, most, there = row
        return int(most) if most is not None and least == most == there else None

    def content(self, digest: bytes) -> bytes:
        """A media file whose pieces are all there."""
        rows = self._db.execute("SELECT place, size FROM piece WHERE hash = ? ORDER BY start", (digest,))
        return b"".join(self._read(place, size) for place, size in rows.fetchall())

    def close(self) -> None:
        """Let go of the files; what was not committed is forgotten."""
        if getattr(self, "_db", None) is not None:
            self._db.close()
        if self._log is not None:
            self._log.close()
            self._log = None

    def __enter__(self) -> RecordStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self.folder / INDEX, isolation_level=None)
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_TABLES)
        state = dict(self._db.execute("SELECT name, value FROM state").fetchall())
        ours = [STORE_VERSION, self.root, self.version]
        if state and [state.get(name) for name in ("version", "root", "format")] != ours:
            raise ValueError("a store of another release")
        rows = zip(("version", "root", "format"), ours, strict=True)
        self._db.executemany("INSERT OR REPLACE INTO state VALUES(?, ?)", rows)
        self._end = int(state.get("end") or 0)
        self._log = (self.folder / LOG).open("r+b" if (self.folder / LOG).exists() else "w+b")
        if self._log.seek(0, os.SEEK_END) < self._end:
            raise ValueError("the log is shorter than it was")
        self._log.truncate(self._end)
        self._log.seek(self._end)
        self._db.execute("BEGIN")

    def _add(self, raw: bytes) -> int:
        assert self._log is not None
        place = self._end
        self._log.write(raw)
        self._end += len(raw)
        return place

    def _read(self, place: int, size: int) -> bytes:
        assert self._log is not None
        if self._log.writable():
            self._log.flush()
        if hasattr(os, "pread"):
            return os.pread(self._log.fileno(), size, place)
        self._log.seek(place)
        found = self._log.read(size)
        self._log.seek(self._end)
        return found


def _sort(table: str, fields: dict[str, Value]) -> bytes:
    """What articles are sorted by in an edition that is put together: neighbours are alike, and pack well."""
    if table != "articles":
        return b""
    part = fields.get("part", 0)
    assert isinstance(part, int)  # `fields_of` saw to it
    texts = (str(fields.get("source", "")), str(fields.get("work", "")))
    number = part.to_bytes(8, "big") if part < 1 << 64 else b"\xff" * 8
    return b"\0".join(text.encode() for text in texts) + b"\0" + number + str(fields.get("path", "")).encode()
