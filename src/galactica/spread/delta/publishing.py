"""Deltas for a publication from its earlier releases, whose editions nobody has any more: out of their packs."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from galactica.edition import Edition
from galactica.edition.decode import fields_of
from galactica.edition.info import read_statement
from galactica.errors import EditionError
from galactica.progress import Report, silent
from galactica.spread.assembly.store import RecordStore
from galactica.spread.delta.changes import Spool
from galactica.spread.delta.comparing import compare_records
from galactica.spread.delta.making import write_likened
from galactica.spread.delta.numbered import ARTICLES, EditionRecords, tables_of_version
from galactica.spread.release.document import DELTA, LEAVES, MAX_OBJECT, PACK, Release, ReleaseObject
from galactica.spread.release.objects import keep_object, object_path
from galactica.spread.release.pack import check_object
from galactica.spread.release.publication import published_releases

WORTH = 0.5
"""A delta that has more than this share of what a whole edition travels in is not published."""


@dataclass(frozen=True, slots=True)
class DeltaFromRelease:
    """Makes a delta from an earlier release of the same publication, whose edition nobody has any more.

    The records of the release are unpacked into a folder for temporary files, about as large as its packs.
    """

    release: Release

    def __call__(self, edition: Edition, folder: Path, report: Report = silent) -> Sequence[ReleaseObject]:
        """The object, which lies in the publication `folder` then; none where it is of no use.

        Raises:
            EditionError: an object of the release is missing.
            ProofError: one is damaged.
        """
        if self.release.root == edition.root:
            return ()
        with ExitStack() as stack:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="galactica-")))
            store = stack.enter_context(RecordStore.of(place, self.release))
            for stated in self.release.objects:
                if stated.kind in (PACK, LEAVES):
                    store.put_object(check_object(_raw(folder, stated), stated))
            records, contents = stack.enter_context(Spool()), stack.enter_context(Spool())
            before = StoreRecords(store, self.release)
            changes = compare_records(before, EditionRecords(edition), records, contents)
            made = io.BytesIO()
            write_likened(changes, before, made, report)
        return _kept(made.getvalue(), self.release.root, edition, folder)


class StoreRecords:
    """The records of a release in a store, by number; see `numbered.NumberedRecords`. 80 bytes of memory a record."""

    def __init__(self, store: RecordStore, release: Release) -> None:
        self.version, self.root, self.about = release.format, release.root, release.edition_record()
        self._store = store
        self._keys = {name: [key for key, _ in store.keyed_leaves(name)] for name in tables_of_version(self.version)}

    def count(self, name: str) -> int:
        """How many records a table has."""
        return len(self._keys.get(name, ()))

    def key(self, name: str, number: int) -> bytes:
        """The key of a record."""
        return self._keys[name][number]

    def record(self, name: str, number: int) -> bytes:
        """The bytes of a record."""
        found = self._store.record(name, self.key(name, number))
        assert found is not None
        return found

    def bodies(self) -> Iterator[tuple[int, str]]:
        """(number, body) of all articles, in order."""
        for number, (_, raw) in enumerate(self._store.records(ARTICLES)):
            yield number, self._body(raw)

    def body(self, number: int) -> str:
        """The body of an article."""
        return self._body(self.record(ARTICLES, number))

    def file_at(self, source: str, path: str) -> tuple[bytes, bytes] | None:
        """(SHA-256, content) of the media file at a place; None where there is none."""
        raw = self._store.record("files", f"{source}\0{path}".encode())
        digest = fields_of(raw, "files", self.version).get("hash") if raw is not None else None
        return (digest, self._store.content(digest)) if isinstance(digest, bytes) else None

    def _body(self, raw: bytes) -> str:
        return str(fields_of(raw, ARTICLES, self.version).get("body", ""))

    def hashed(self, name: str) -> Iterator[tuple[bytes, bytes]]:
        """(key, leaf hash) of a table, in order."""
        return self._store.keyed_leaves(name) if name in self._keys else iter(())


def deltas_from_releases(path: Path, folder: Path, most: int) -> list[DeltaFromRelease]:
    """What makes deltas from the newest releases of a publication that are older than an edition.

    Args:
        path: folder of the edition.
        folder: of the publication.
        most: how many releases, one of each number.
    """
    number = read_statement(path).number
    there = (Release.from_bytes(raw) for _, raw in published_releases(folder))
    below = sorted((each for each in there if each.number < number), key=lambda each: (-each.number, each.root))
    return [DeltaFromRelease(next(group)) for _, group in groupby(below, key=lambda each: each.number)][:most]


def _raw(folder: Path, stated: ReleaseObject) -> bytes:
    try:
        with (folder / object_path(stated.hash)).open("rb") as file:
            return file.read(stated.size + 1)
    except FileNotFoundError:
        raise EditionError(
            f"The object {stated.hash[:16]}… of an earlier release is missing in {folder}.",
            "Name the older edition itself, or publish without a delta.",
        ) from None


def _kept(raw: bytes, origin: str, edition: Edition, folder: Path) -> Sequence[ReleaseObject]:
    whole = sum(file.stat().st_size for file in (edition.path / "data").rglob("*.parquet"))
    if len(raw) > min(MAX_OBJECT, WORTH * whole):
        return ()
    digest, size = keep_object(folder, raw)
    return (ReleaseObject(hash=digest, size=size, kind=DELTA, origin=origin),)
