"""The manifest of a static edition: one small file that names its root and the hash of every other file.

docs/formats/static.md, "The manifest", is normative. It has exactly one text (members in code point order, one a line,
as `release.json`), so that its SHA-256 can stand in a signed release. Unverified it is `bytes`; `Manifest.from_bytes`
refuses what another program could not have written, and the root that it names is that of the tables it states.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from galactica.edition.info import MAX_COUNT
from galactica.edition.record import FIRST_VERSION, FORMAT_VERSION, root_of
from galactica.edition.table import truths
from galactica.errors import EditionError

STATIC_VERSION = 1
"""Version of the layout."""

MANIFEST = "manifest.json"

MAX_MANIFEST = 256 * 1024
"""Bytes: there are two dozen members; languages and licences of a large library are some hundreds."""

FILES = (
    "articles",
    "catalogue",
    "han",
    "heads",
    "ids",
    "letters",
    "postings",
    "sources",
    "start",
    "terms",
    "titles",
    "works",
)
"""What lies beside the manifest, all of them, in code point order."""

FOLDER_DIGITS = 16
"""Hex digits of the root that the folder of the files is called by."""

MAX_CELL_BITS = 6

MAX_SIZE = 2**48
"""Bytes of a file: more than any disc holds."""

_HASH = re.compile("[0-9a-f]{64}")
_LANE = re.compile("[a-z]{2,12}")
_AGAIN = "Ask whoever publishes it, or try another address."


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file beside the manifest: its size in bytes and SHA-256."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The articles whose words were analysed alike: name of the analyser, how many, and whether its bodies were indexed
    without stop words."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What `manifest.json` holds.

    Attributes:
        format: version of the edition's format.
        number, parent, title, licences: as in the record of the edition.
        languages: (tag, articles) by tag.
        tables: (name, records, head) of every table that is truth, by name.
        cell_bits: 2 to this power articles lie in a cell together.
        lanes: by name.
        files: by name.
    """

    format: int
    number: int
    parent: str
    title: str
    languages: tuple[tuple[str, int], ...]
    licences: tuple[str, ...]
    tables: tuple[tuple[str, int, bytes], ...]
    cell_bits: int
    lanes: tuple[Lane, ...]
    files: tuple[StaticFile, ...]

    @property
    def root(self) -> str:
        """The root that the tables give, 64 hex digits."""
        return root_of(self.tables, self.format).hex()

    @property
    def folder(self) -> str:
        """The folder beside the manifest that the files lie in."""
        return self.root[:FOLDER_DIGITS]

    @property
    def articles(self) -> int:
        """How many there are."""
        return next(count for name, count, _ in self.tables if name == "articles")

    def head(self, table: str) -> tuple[int, bytes]:
        """(records, head) of a table; (0, b"") where this version has none of that name."""
        return next(((count, head) for name, count, head in self.tables if name == table), (0, b""))

    def file(self, name: str) -> StaticFile:
        """What is said of a file."""
        return self.files[FILES.index(name)]

    def to_bytes(self) -> bytes:
        """The text of the file: the only one that it has."""
        document = {
            "cell_bits": self.cell_bits,
            "files": {each.name: {"hash": each.digest, "size": each.size} for each in self.files},
            "format": self.format,
            "lanes": {lane.name: lane.articles for lane in self.lanes},
            "languages": dict(self.languages),
            "licences": list(self.licences),
            "number": self.number,
            "parent": self.parent,
            "root": self.root,
            "static": STATIC_VERSION,
            "tables": {name: {"count": count, "head": head.hex()} for name, count, head in self.tables},
            "title": self.title,
        }
        return (json.dumps(document, ensure_ascii=True, sort_keys=True, indent=1) + "\n").encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Manifest:
        """The manifest in these bytes.

        Raises:
            EditionError: they are none, or of a version that this program does not know.
        """
        if len(raw) > MAX_MANIFEST:
            raise EditionError("What calls itself the manifest of a static edition is too large for one.", _AGAIN)
        try:
            document = json.loads(raw.decode("ascii"))
            if _number(document["static"]) > STATIC_VERSION or _number(document["format"]) > FORMAT_VERSION:
                raise EditionError(
                    "The static edition is of a version that this program does not know.", "Install a newer galactica."
                )
            found = _manifest(document)
            same = found.to_bytes() == raw
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            raise EditionError("There is no manifest of a static edition there, or it is damaged.", _AGAIN) from None
        if not same:
            raise EditionError("The manifest is not in the form that one has; a byte of it was changed.", _AGAIN)
        return found


def checked_manifest(raw: bytes, where: str, *, root: str = "", digest: str = "", least: int = 0) -> Manifest:
    """The manifest in the bytes that were read at `where`; see `reading.read_manifest`.

    Raises:
        EditionError: they are none, or not the one that was asked for.
    """
    found = Manifest.from_bytes(raw)
    if digest and hashlib.sha256(raw).hexdigest() != digest:
        raise EditionError(
            f"The manifest at {where} is not the one that the signed release names.",
            "Nothing of it was used. Ask whoever publishes it, or use another mirror.",
        )
    if root and found.root != root:
        raise EditionError(
            f"At {where} lies the edition {found.root}, not {root}.",
            "Compare the root with what whoever made the edition says of it.",
        )
    if found.number < least:
        raise EditionError(
            f"At {where} lies edition number {found.number}, but number {least} was seen there before.",
            "Somebody put an old edition in the place of a newer one. If that is meant, name its --root.",
        )
    return found


def _manifest(document: Mapping[str, Any]) -> Manifest:
    version, tables, files, lanes = (document[name] for name in ("format", "tables", "files", "lanes"))
    if version < FIRST_VERSION or tuple(sorted(tables)) != truths(version) or tuple(sorted(files)) != FILES:
        raise ValueError
    if not all(_LANE.fullmatch(name) for name in lanes) or len(lanes) > 64:
        raise ValueError
    found = Manifest(
        format=_number(version),
        number=_number(document["number"]),
        parent=_hash(document["parent"]) if document["parent"] else "",
        title=_text(document["title"]),
        languages=tuple((_text(tag), _number(count)) for tag, count in sorted(document["languages"].items())),
        licences=tuple(map(_text, document["licences"])),
        tables=tuple(
            (name, _number(tables[name]["count"]), bytes.fromhex(_hash(tables[name]["head"])))
            for name in sorted(tables)
        ),
        cell_bits=_number(document["cell_bits"], MAX_CELL_BITS),
        lanes=tuple(Lane(name=name, articles=_number(lanes[name])) for name in sorted(lanes)),
        files=tuple(
            StaticFile(name=name, size=_number(files[name]["size"], MAX_SIZE), digest=_hash(files[name]["hash"]))
            for name in FILES
        ),
    )
    several = (sum(lane.articles for lane in found.lanes), sum(count for _, count in found.languages))
    if several != (found.articles, found.articles):
        raise ValueError
    return found


def _number(value: object, most: int = MAX_COUNT) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError
    return value
