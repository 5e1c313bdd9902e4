"""The objects of a publication: files in `objects/`, named by the SHA-256 of their bytes; and which packs were made.

An object gets its name when it is whole and on the disk; it is never changed. Which pack became which object is kept in
`.publishing/`, beside what is published, so that a publication that was killed, or an edition of which most stands
there already, needs no pack to be pressed again. It is only a help: without it everything is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from galactica.codes.files import whole
from galactica.spread.release.document import ReleaseObject
from galactica.spread.release.pack import object_hash

OBJECTS = "objects"


def object_path(digest: str) -> str:
    """Where an object lies in a publication: `objects/ab/abcdef…`."""
    return f"{OBJECTS}/{digest[:2]}/{digest}"


def keep_object(folder: Path, raw: bytes) -> tuple[str, int]:
    """Keep the bytes of an object in the publication `folder`; returns its hash and its size."""
    digest = object_hash(raw)
    if not has_object(folder, digest, len(raw)):
        place = folder / object_path(digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole(place, durable=True) as part:
            part.write_bytes(raw)
    return digest, len(raw)


def has_object(folder: Path, digest: str, size: int) -> bool:
    """Whether an object lies in the publication `folder`, to the letter."""
    place = folder / object_path(digest)
    try:
        if place.is_symlink() or place.stat().st_size != size:
            return False
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


class PacksMade:
    """Which pack became which object, in the file `path`; a context manager. What cannot be read is begun anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None

    def __enter__(self) -> PacksMade:
        try:
            self._open()
        except sqlite3.DatabaseError:
            self.__exit__(None, None, None)
            self._path.unlink(missing_ok=True)
            self._open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def known(self, key: bytes) -> ReleaseObject | None:
        """The object that the pack `key` became, where it is known."""
        assert self._db is not None
        row = self._db.execute("SELECT object FROM made WHERE pack = ?", (key,)).fetchone()
        with contextlib.suppress(TypeError, ValueError, KeyError):
            raw = json.loads(row[0])
            records = tuple(sorted((str(name), int(count)) for name, count in raw["records"].items()))
            return ReleaseObject(hash=str(raw["hash"]), size=int(raw["size"]), kind=str(raw["kind"]), records=records)
        return None

    def remember(self, key: bytes, made: ReleaseObject) -> None:
        """The pack `key` became an object."""
        assert self._db is not None
        self._db.execute("INSERT OR REPLACE INTO made VALUES(?, ?)", (key, json.dumps(made.members())))

    def keep_only(self, digests: Iterable[str]) -> None:
        """Forget the packs whose objects are not among these."""
        assert self._db is not None
        kept = set(digests)
        gone = [key for key, made in self._db.execute("SELECT pack, object FROM made") if not _names(made, kept)]
        self._db.executemany("DELETE FROM made WHERE pack = ?", ((key,) for key in gone))

    def _open(self) -> None:
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("CREATE TABLE IF NOT EXISTS made(pack BLOB PRIMARY KEY, object TEXT) WITHOUT ROWID")
        self._db.execute("SELECT count(*) FROM made").fetchone()


def _names(made: str, digests: set[str]) -> bool:
    with contextlib.suppress(TypeError, ValueError, KeyError):
        return json.loads(made)["hash"] in digests
    return False
