"""What an edition says of itself: `data/edition.json`, and the values made from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from galactica.edition.record import FORMAT_VERSION
from galactica.errors import EditionError
from galactica.model import Source

MAX_JSON = 16 * 2**20
"""Bytes above which an `edition.json` is not read: a bound against hostile editions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The content of `edition.json`.

    Attributes:
        format: version of the format.
        title: what the edition is called.
        languages: BCP 47 tag → number of articles, most first, then by tag.
        licences: licences of its sources and articles, sorted.
        parent: root of the edition it was made from, hex, or "".
        root: its own root, hex.
        tables: (table, records, tree head as hex) of every table that is truth.
        shards: articles in each shard, in order.
        counts: (name, number) of what is derived: passages, rejected, aliases.
        program: what wrote it, for people; not part of its identity.
    """

    format: int
    title: str
    languages: tuple[tuple[str, int], ...]
    licences: tuple[str, ...]
    parent: str
    root: str
    tables: tuple[tuple[str, int, str], ...]
    shards: tuple[int, ...]
    counts: tuple[tuple[str, int], ...]
    program: str

    def to_json(self) -> str:
        """The file's text."""
        return (
            json.dumps(
                {
                    "format": self.format,
                    "title": self.title,
                    "languages": dict(self.languages),
                    "licences": list(self.licences),
                    "parent": self.parent,
                    "root": self.root,
                    "tables": {name: {"count": count, "head": head} for name, count, head in self.tables},
                    "shards": list(self.shards),
                    "counts": dict(self.counts),
                    "program": self.program,
                },
                ensure_ascii=False,
                indent=1,
            )
            + "\n"
        )

    def count(self, name: str) -> int:
        """Number of records of a table or of a derived thing; 0 where it is not listed."""
        for table, number, _ in self.tables:
            if table == name:
                return number
        return dict(self.counts).get(name, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionInfo:
    """An edition at a glance.

    Attributes:
        root: 64 hex digits.
        articles, passages, rejected, media, aliases: counts.
        languages: (BCP 47 tag, articles), most first.
        bytes: size on disk, index included.
    """

    title: str
    root: str
    format_version: int
    parent: str
    articles: int
    passages: int
    rejected: int
    media: int
    aliases: int
    languages: tuple[tuple[str, int], ...]
    sources: tuple[Source, ...]
    licences: tuple[str, ...]
    bytes: int


def read_statement(path: Path) -> Statement:
    """Read and check `edition.json`.

    Args:
        path: the folder of the edition.

    Raises:
        EditionError: missing, unreadable, of an unknown version, or not of the form written down.
    """
    file = path / "data" / "edition.json"
    try:
        if file.stat().st_size > MAX_JSON:
            raise EditionError(f"{path} has an edition.json of an impossible size", "Fetch or build the edition again.")
        raw = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EditionError(
            f"{path} is not an edition (there is no data/edition.json)",
            "Name the folder that `galactica build` made; it usually ends in .edition.",
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise EditionError(f"{path} cannot be opened: {error}", "Fetch or build the edition again.") from None
    try:
        version = raw["format"]
        if isinstance(version, int) and version > FORMAT_VERSION:
            raise EditionError(
                f"{path} is written in edition format {version}; this program knows up to {FORMAT_VERSION}",
                "Install a newer galactica.",
            )
        return _statement(raw)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EditionError(
            f"{path} has an edition.json that does not follow the format", "Fetch or build the edition again."
        ) from None


def _statement(raw: object) -> Statement:
    if not isinstance(raw, dict):
        raise TypeError
    return Statement(
        format=_int(raw["format"]),
        title=_str(raw["title"]),
        languages=tuple((_str(tag), _int(n)) for tag, n in raw["languages"].items()),
        licences=tuple(_str(x) for x in raw["licences"]),
        parent=_hex(raw["parent"]),
        root=_hex(raw["root"]),
        tables=tuple((_str(n), _int(t["count"]), _hex(t["head"])) for n, t in raw["tables"].items()),
        shards=tuple(_int(n) for n in raw["shards"]),
        counts=tuple((_str(n), _int(c)) for n, c in raw["counts"].items()),
        program=_str(raw["program"]),
    )


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value


def _hex(value: object) -> str:
    text = _str(value)
    bytes.fromhex(text)
    if len(text) not in (0, 64):
        raise ValueError
    return text
