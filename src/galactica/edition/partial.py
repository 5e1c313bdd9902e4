"""A part of an edition that is an edition itself: what arrived so far, with what says which whole it is a part of.

`partial.json` stands beside `data/`; `release/leaves/TABLE` has the leaf hashes of all records of a table of the whole,
in its order, where they are known: with them each record that is here is proved against the root of the whole. The file
is hostile like any other: what it says is checked against the root that it names, and counts nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from galactica.codes import merkle
from galactica.edition import decode, record
from galactica.edition.info import MAX_COUNT, read_bounded
from galactica.edition.record import FIRST_VERSION, FORMAT_VERSION
from galactica.edition.table import truths
from galactica.errors import EditionError

PARTIAL = "partial.json"
PARTIAL_VERSION = 1
LEAF_FOLDER = "release/leaves"

MAX_PARTIAL = 4 * 2**20
"""Bytes of `partial.json`: the record of the edition is the most of it."""

MAX_BYTES = 2**60
"""Of what travels: a number in a file, which nothing is made of."""

_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialHeader:
    """The content of `partial.json`.

    Attributes:
        root, format: of the whole.
        tables: (table, records, tree head, records that are here) of every table that is truth, by name.
        edition: the record of the whole's own.
        arrived, bytes: of what travels, as it was packed.
    """

    root: str
    format: int
    tables: tuple[tuple[str, int, bytes, int], ...]
    edition: bytes
    arrived: int
    bytes: int

    @property
    def articles(self) -> tuple[int, int]:
        """(articles that are here, articles of the whole)."""
        return next((here, count) for name, count, _, here in self.tables if name == "articles")

    def to_json(self) -> str:
        """The text of the file."""
        document = {
            "partial": PARTIAL_VERSION,
            "root": self.root,
            "format": self.format,
            "tables": {name: {"count": c, "head": head.hex(), "here": here} for name, c, head, here in self.tables},
            "edition": self.edition.hex(),
            "bytes": {"arrived": self.arrived, "all": self.bytes},
        }
        return json.dumps(document, ensure_ascii=True, sort_keys=True, indent=1) + "\n"


def read_partial(path: Path) -> PartialHeader | None:
    """What the edition in the folder `path` is a part of; None where it is whole.

    Raises:
        EditionError: the file is there and damaged.
    """
    file = path / PARTIAL
    try:
        return partial_of(json.loads(read_bounded(file, MAX_PARTIAL)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EditionError(
            f"{path} is a part of an edition, and its {PARTIAL} is damaged.", "Fetch or receive it again."
        ) from error


def partial_of(raw: Mapping[str, object]) -> PartialHeader:
    """The content of `partial.json`, which agrees with itself.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is none.
        EditionError: it is of a version that this program does not know.
    """
    if _count(raw["partial"]) > PARTIAL_VERSION:
        raise EditionError("This part of an edition is of an unknown version.", "Install a newer galactica.")
    found = _header(raw)
    _check(found)
    return found


def read_whole_leaves(path: Path, whole: PartialHeader, table: str) -> list[bytes] | None:
    """The leaf hashes of all records of a table of the whole, in its order, 32 bytes each; None where they did not
    arrive, or are not those of the root."""
    count, head = next((count, head) for name, count, head, _ in whole.tables if name == table)
    try:
        file = path / LEAF_FOLDER / table
        if file.stat().st_size != merkle.HASH_BYTES * count:
            return None
        raw = file.read_bytes()
    except OSError:
        return None
    leaves = [raw[at : at + merkle.HASH_BYTES] for at in range(0, len(raw), merkle.HASH_BYTES)]
    return leaves if len(raw) == merkle.HASH_BYTES * count and merkle.tree_head(leaves) == head else None


def has_whole_leaves(path: Path, whole: PartialHeader) -> bool:
    """Whether the leaf hashes of all articles of the whole seem to be there; they are compared when they are used."""
    try:
        return (path / LEAF_FOLDER / "articles").stat().st_size == merkle.HASH_BYTES * whole.articles[1]
    except OSError:
        return False


def _header(raw: Mapping[str, object]) -> PartialHeader:
    version, tables, sizes = _count(raw["format"]), raw["tables"], raw["bytes"]
    if not isinstance(tables, dict) or not isinstance(sizes, dict):
        raise TypeError
    if not FIRST_VERSION <= version <= FORMAT_VERSION or tuple(sorted(tables)) != truths(version):
        raise ValueError
    return PartialHeader(
        root=_hex(raw["root"]),
        format=version,
        tables=tuple(
            (name, _count(each["count"]), bytes.fromhex(_hex(each["head"])), _count(each["here"]))
            for name, each in sorted(tables.items())
        ),
        edition=bytes.fromhex(str(raw["edition"])),
        arrived=_count(sizes["arrived"], MAX_BYTES),
        bytes=_count(sizes["all"], MAX_BYTES),
    )


def _check(found: PartialHeader) -> None:
    """Raise ValueError where the tables do not give the root, or the record of the edition is another."""
    heads = [(name, count, head) for name, count, head, _ in found.tables]
    if record.root_of(heads, found.format).hex() != found.root:
        raise ValueError("the tables do not give the root")
    if ("edition", 1, merkle.leaf_hash(found.edition)) not in heads:
        raise ValueError("the record of the edition is another")
    decode.fields_of(found.edition, "edition", found.format)
    if any(here > count for _, count, _, here in found.tables):
        raise ValueError("more is here than there is")


def _count(value: object, most: int = MAX_COUNT) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise TypeError
    return value


def _hex(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError
    return value
