"""What a view says of itself: `view.json`, whose SHA-256 is the view's name.

It has one form: members in code point order, an indent of one space, ASCII, a line feed at the end. Whatever is read
is hostile: sizes, counts and names have bounds.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from galactica.edition.info import read_bounded
from galactica.errors import InputError

VIEW_VERSION = 1
"""Of the format that is written and read (docs/formats/view.md)."""

SUFFIX = ".view"
HEADER = "view.json"
ROWS = "rows.parquet"
EXCLUDED = "excluded.parquet"
PLACES = "places.json"
CARD = "card.md"
CARD_DATA = "card.json"

MAX_HEADER = 16 * 2**20
"""Bytes of `view.json`: the filter with its files, and names of sources, are the most of it."""

MAX_EDITIONS = 1_000
"""In one view: each is opened."""

MAX_GROUPS = 1_000
"""Of a mix: they are numbered in 16 bits, and a person writes them."""

MAX_DOCUMENTS = 2**31 - 1
MAX_BYTES = 2**53
"""Of text in a view: what JSON's numbers hold without loss (RFC 8259 §6)."""

_HASH = re.compile("[0-9a-f]{64}")

COUNTED = ("languages", "licences", "sources")
"""What the documents of a view are counted by, beside their number and bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCounts:
    """How much a view holds.

    Attributes:
        documents, bytes, tokens: of all; `bytes` of UTF-8 text, `tokens` as `ViewHeader.tokens_by` counts.
        languages, licences, sources: (name, documents, bytes), by name; the licence "" is one that is not known.
    """

    documents: int
    bytes: int
    tokens: int
    languages: tuple[tuple[str, int, int], ...]
    licences: tuple[tuple[str, int, int], ...]
    sources: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewHeader:
    """The content of `view.json`.

    Attributes:
        editions: (root, title) of those that the rows are of, in the order in which rows number them.
        filter: what made the view: option → what was asked for, as JSON; only what was asked for.
        mix: (name of the group, weight); weights sum to 1.
        tokens_by: what counted the tokens: "estimate" or the SHA-256 of a tokenizer's file.
        counts: how much there is.
        rows: SHA-256 over the canonical rows, hex.
    """

    editions: tuple[tuple[str, str], ...]
    filter: Mapping[str, Any]
    mix: tuple[tuple[str, float], ...]
    tokens_by: str
    counts: ViewCounts
    rows: str

    def to_json(self) -> bytes:
        """The file's bytes."""
        counted = {
            name: {key: [documents, size] for key, documents, size in getattr(self.counts, name)} for name in COUNTED
        }
        document = {
            "version": VIEW_VERSION,
            "editions": [{"root": root, "title": title} for root, title in self.editions],
            "filter": self.filter,
            "mix": [[name, weight] for name, weight in self.mix],
            "tokens": self.tokens_by,
            "counts": {
                "documents": self.counts.documents,
                "bytes": self.counts.bytes,
                "tokens": self.counts.tokens,
                **counted,
            },
            "rows": self.rows,
        }
        return (json.dumps(document, ensure_ascii=True, sort_keys=True, indent=1) + "\n").encode("ascii")

    @property
    def hash(self) -> str:
        """The view's name: SHA-256 of `view.json`, hex."""
        return hashlib.sha256(self.to_json()).hexdigest()


def read_view_header(folder: Path) -> ViewHeader:
    """Read and check `view.json` of the view in a folder.

    Raises:
        InputError: there is none, of a version that is not known, or not of the form written down.
    """
    try:
        text = read_bounded(folder / HEADER, MAX_HEADER)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"{folder} is not a view (there is no {HEADER}).", "Name a folder that `galactica dataset` made."
        ) from None
    except (OSError, ValueError) as error:
        raise broken_view(folder, HEADER) from error
    try:
        return view_header(text, folder)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        raise broken_view(folder, HEADER) from error


def view_header(text: str, folder: Path) -> ViewHeader:
    """What the text of a `view.json` says.

    Args:
        folder: of the view, for the error that says that it is of a later version.

    Raises:
        InputError: it is of a version that is not known.
        KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError: it is not of the form.
    """
    raw = json.loads(text)
    version = raw["version"]
    if isinstance(version, int) and version > VIEW_VERSION:
        raise InputError(
            f"{folder} is a view of version {version}; this program knows up to {VIEW_VERSION}.",
            "Install a newer galactica.",
        )
    header = _header(raw)
    if header.to_json() != text.encode():
        raise ValueError("another form")
    return header


def broken_view(folder: Path, file: str) -> InputError:
    """The error that says which file of a view is damaged."""
    return InputError(
        f"{folder} is damaged: its file {file} is not what it was when the view was made.",
        "Make the view again: galactica dataset.",
    )


def _header(raw: Mapping[str, Any]) -> ViewHeader:
    if raw["version"] != VIEW_VERSION or not 1 <= len(raw["editions"]) <= MAX_EDITIONS:
        raise ValueError
    if not 1 <= len(raw["mix"]) <= MAX_GROUPS or not isinstance(raw["filter"], dict):
        raise ValueError
    counts = raw["counts"]
    return ViewHeader(
        editions=tuple((_hash(each["root"]), _text(each["title"])) for each in raw["editions"]),
        filter=raw["filter"],
        mix=tuple((_text(name), _weight(weight)) for name, weight in raw["mix"]),
        tokens_by=raw["tokens"] if raw["tokens"] == "estimate" else _hash(raw["tokens"]),
        counts=ViewCounts(
            documents=_count(counts["documents"], MAX_DOCUMENTS),
            bytes=_count(counts["bytes"], MAX_BYTES),
            tokens=_count(counts["tokens"], MAX_BYTES),
            languages=_counted(counts["languages"]),
            licences=_counted(counts["licences"]),
            sources=_counted(counts["sources"]),
        ),
        rows=_hash(raw["rows"]),
    )


def _counted(raw: Mapping[str, Any]) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (_text(name), _count(documents, MAX_DOCUMENTS), _count(size, MAX_BYTES))
        for name, (documents, size) in raw.items()
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # JSON can write lone surrogates: a ValueError
    return value


def _count(value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise TypeError
    return value


def _weight(value: object) -> float:
    if not isinstance(value, float) or not math.isfinite(value) or not 0 < value <= 1:
        raise TypeError
    return value


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError
    return value
