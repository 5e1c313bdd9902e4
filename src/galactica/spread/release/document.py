"""`release.json`: what an edition is made of and in which objects it travels. Its bytes are what is signed.

It has exactly one text, so that no byte of it may differ: members in code point order, an indent of one space, ASCII, a
line feed at the end. What it says is checked against itself when it is read: its tables give its root, and its number,
title, languages, licences and parent give the head of the table `edition`. docs/formats/pack.md is normative.

Whoever read a release knows that it agrees with itself, no more; who vouches for it, `spread.trust` says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from galactica.codes import merkle
from galactica.edition import record
from galactica.edition.info import MAX_COUNT
from galactica.edition.record import FIRST_VERSION, FORMAT_VERSION
from galactica.edition.table import truths
from galactica.errors import EditionError

RELEASE_VERSION = 1
"""Version of the form of the document, counted apart from the format of editions."""

MAX_RELEASE = 64 * 2**20
"""Bytes of a document: some 300,000 objects, an edition of 80 GB in packs of 256 KiB."""

MAX_OBJECTS = 300_000
"""Objects of a release. With it the marks in the text are bounded before it is parsed, and what is made of them."""

MAX_OBJECT = 72 * 2**20
"""Bytes of one object: a pack that holds a single record of the largest size, and that cannot be made smaller."""

PACK, LEAVES, DELTA = "pack", "leaves", "delta"
"""The kinds of objects that this program makes; one of another kind is carried along and not looked into."""

CONTENT = "content"
"""What pieces of media files are counted under in a pack, beside the records of tables."""

_MARKS = 12
"""Commas, brackets and braces that an object has at most."""

_MARKS_BESIDE = 2_000_000
"""The same for the rest of the document: licences and languages."""

_HASH = re.compile("[0-9a-f]{64}")
_KIND = re.compile("[a-z]{1,20}")
_AGAIN = "Ask whoever published it for the file again, or take it from another mirror."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseObject:
    """A file of a publication, by the hash of its bytes.

    Attributes:
        hash: SHA-256, 64 lower-case hex digits.
        size: bytes, 1 to `MAX_OBJECT`.
        kind: `PACK`, `LEAVES`, `DELTA` or another word of at most 20 lower-case letters.
        records: of a pack: (table, records), sorted by table; pieces of media files count as `CONTENT`.
        table, first, count: of leaves: which leaf hashes they are, `first` counted from 0.
        origin: of a delta: root of the edition that it is applied to; the member is called "from".
    """

    hash: str
    size: int
    kind: str
    records: tuple[tuple[str, int], ...] = ()
    table: str = ""
    first: int = 0
    count: int = 0
    origin: str = ""

    def members(self) -> dict[str, object]:
        """The object as `release.json` has it."""
        base: dict[str, object] = {"hash": self.hash, "size": self.size, "kind": self.kind}
        if self.kind == PACK:
            return {**base, "records": dict(self.records)}
        if self.kind == LEAVES:
            return {**base, "table": self.table, "first": self.first, "count": self.count}
        return {**base, "from": self.origin} if self.kind == DELTA else base


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An edition as it travels.

    Attributes:
        format: version of the edition's format.
        root: of the edition, 64 lower-case hex digits.
        number: which edition it is; grows with each release of a publication.
        parent: root of the edition it was made from, or "".
        title: what it is called.
        languages, licences: sorted, as in the record of the edition.
        tables: (table, records, tree head of 32 bytes) of every table that is truth in that version, by name.
        objects: the files that it travels in, the most important first.
    """

    format: int
    root: str
    number: int
    parent: str
    title: str
    languages: tuple[str, ...]
    licences: tuple[str, ...]
    tables: tuple[tuple[str, int, bytes], ...]
    objects: tuple[ReleaseObject, ...]

    @classmethod
    def from_bytes(cls, raw: bytes) -> Release:
        """The release in the bytes of a file.

        Raises:
            EditionError: they are none, do not agree with themselves, or are of a version this program does not know.
        """
        if len(raw) > MAX_RELEASE:
            raise EditionError(f"It is larger than {MAX_RELEASE:,} bytes, the most that a release has.", _AGAIN)
        try:
            text = raw.decode("ascii")
            if sum(map(text.count, ",[{")) > _MARKS * MAX_OBJECTS + _MARKS_BESIDE:
                raise ValueError
            document = json.loads(text)
            if _number(document["release"]) > RELEASE_VERSION or _number(document["format"]) > FORMAT_VERSION:
                raise EditionError(
                    "The release is of a version that this program does not know.", "Install a newer galactica."
                )
            found = _release(document)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            raise EditionError("It is no release of an edition, or a damaged one.", _AGAIN) from None
        if found.to_bytes() != raw:
            raise EditionError("It is not in the form that a release has; a byte of it was changed.", _AGAIN)
        _check(found)
        return found

    def to_bytes(self) -> bytes:
        """The bytes of the file: the only ones that this release has."""
        document = {
            "release": RELEASE_VERSION,
            "format": self.format,
            "root": self.root,
            "number": self.number,
            "parent": self.parent,
            "title": self.title,
            "languages": list(self.languages),
            "licences": list(self.licences),
            "tables": {name: {"count": count, "head": head.hex()} for name, count, head in self.tables},
            "objects": [each.members() for each in self.objects],
        }
        return (json.dumps(document, ensure_ascii=True, sort_keys=True, indent=1) + "\n").encode("ascii")

    def count(self, table: str) -> int:
        """How many records a table has; 0 for one that the format does not have."""
        return next((count for name, count, _ in self.tables if name == table), 0)

    def head(self, table: str) -> bytes:
        """The tree head of a table, 32 bytes.

        Raises:
            KeyError: the format has no such table.
        """
        return {name: head for name, _, head in self.tables}[table]

    def edition_record(self) -> bytes:
        """The record of the edition itself, which no pack holds: it follows from this document."""
        return record.edition_record(
            version=self.format,
            number=self.number,
            title=self.title,
            languages=self.languages,
            licences=self.licences,
            parent=self.parent,
        )

    @property
    def bytes(self) -> int:
        """Bytes of the objects that a receiver without any older edition needs: all but deltas."""
        return sum(each.size for each in self.objects if each.kind in (PACK, LEAVES))

    @property
    def called(self) -> str:
        """What its folder is called: its number and the first 16 digits of its root."""
        return f"{self.number}-{self.root[:16]}"


def _check(release: Release) -> None:
    """Raise EditionError where a release does not agree with itself."""
    if record.root_of(release.tables, release.format).hex() != release.root:
        raise EditionError("Its tables do not give the root that it names.", _AGAIN)
    about = (1, merkle.leaf_hash(release.edition_record()))
    if (release.count("edition"), release.head("edition")) != about:
        raise EditionError("Its number, title, languages, licences or parent are not those of its root.", _AGAIN)
    if release.format < 2 and release.number != 1:
        raise EditionError("An edition of format 1 has no number but 1.", _AGAIN)
    hashes = {each.hash for each in release.objects}
    if len(hashes) != len(release.objects):
        raise EditionError("It names an object twice.", _AGAIN)


def _release(document: Mapping[str, object]) -> Release:
    """The release of a document of the right form; KeyError, TypeError or ValueError where it is of another."""
    version, tables, objects = _number(document["format"]), document["tables"], document["objects"]
    if _number(document["release"]) < 1 or version < FIRST_VERSION or _number(document["number"]) < 1:
        raise ValueError
    if not isinstance(tables, dict) or not isinstance(objects, list) or len(objects) > MAX_OBJECTS:
        raise TypeError
    if tuple(sorted(tables)) != truths(version):
        raise ValueError
    return Release(
        format=version,
        root=_hex(document["root"]),
        number=_number(document["number"]),
        parent=_hex(document["parent"]) if document["parent"] else "",
        title=_text(document["title"]),
        languages=_sorted(document["languages"]),
        licences=_sorted(document["licences"]),
        tables=tuple(
            (name, _number(tables[name]["count"]), bytes.fromhex(_hex(tables[name]["head"]))) for name in sorted(tables)
        ),
        objects=tuple(_object(each, version) for each in objects),
    )


def _object(raw: Mapping[str, object], version: int) -> ReleaseObject:
    kind, size = _text(raw["kind"]), _number(raw["size"])
    if not _KIND.fullmatch(kind) or not 1 <= size <= MAX_OBJECT:
        raise ValueError
    tables = set(truths(version)) - {"edition"}
    if kind == PACK:
        records = raw["records"]
        if not isinstance(records, dict) or not records or not set(records) <= tables | {CONTENT}:
            raise ValueError
        counted = tuple(sorted((name, _number(count)) for name, count in records.items()))
        if not all(count for _, count in counted):
            raise ValueError
        return ReleaseObject(hash=_hex(raw["hash"]), size=size, kind=kind, records=counted)
    if kind == LEAVES:
        table, count = _text(raw["table"]), _number(raw["count"])
        if table not in tables or size != merkle.HASH_BYTES * count:
            raise ValueError
        return ReleaseObject(
            hash=_hex(raw["hash"]), size=size, kind=kind, table=table, first=_number(raw["first"]), count=count
        )
    if kind == DELTA:
        return ReleaseObject(hash=_hex(raw["hash"]), size=size, kind=kind, origin=_hex(raw["from"]))
    return ReleaseObject(hash=_hex(raw["hash"]), size=size, kind=kind)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_COUNT:
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # JSON can write lone surrogates: a ValueError
    return value


def _hex(value: object) -> str:
    text = _text(value)
    if not _HASH.fullmatch(text):
        raise ValueError
    return text


def _sorted(value: object) -> tuple[str, ...]:
    """An array of texts, in order and none twice."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise TypeError
    found = tuple(_text(each) for each in value)
    if list(found) != sorted(set(found)):
        raise ValueError
    return found
