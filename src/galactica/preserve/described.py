"""What is protected, and how: the document `set.json`, of which every volume has a copy.

Files of an edition, in the order of their paths, stand end to end in one stream, which is cut into `data` shards of
equal length (the last is filled up with zeros); `parity` further shards are made of them. A shard is cut into pieces,
each with a SHA-256 of its own in the table `pieces.bin`. The name of the set is the SHA-256 of this document.
docs/formats/volume.md is normative.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from galactica.codes.cauchy.matrix import MOST_SHARDS
from galactica.codes.cauchy.mixing import BLOCK_STEP
from galactica.errors import EditionError

VERSION = 1
"""Of the format of sets and volumes."""

BLOCK = 1 << 16
"""Most bytes of a block, over which the code is computed at once."""

LEAST_PIECE = 1 << 12
"""Bytes: what disks read and lose together."""

MOST_PIECES = 1 << 20
"""Pieces of a set: bounds the table of their hashes to 32 MiB."""

MOST_FILES = 400_000
"""Of an edition."""

MAX_SET = 64 * 2**20
"""Bytes of a set.json that is read."""

MAX_BYTES = 2**50
"""Of a protected edition."""

HASH = 32
_ROOT = re.compile("[0-9a-f]{64}")
_OVERHEAD = 3200
"""A piece has this many bytes for each copy of its hash that is kept: hashes are 1 % of what they guard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file of the edition: its path in it, its bytes, their SHA-256 (hex)."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedSet:
    """The content of `set.json`.

    Attributes:
        kind: "volumes", or "beside": parity beside one copy.
        root, title, number, articles: of the edition.
        data, parity: shards of each kind.
        shard: bytes of a shard, a multiple of `BLOCK_STEP`.
        piece: bytes of a piece but the last of a shard; a power of 2, at most `BLOCK` or a multiple of it.
        files: in the order of the stream.
        table: SHA-256 of pieces.bin, hex.
    """

    kind: str
    root: str
    title: str
    number: int
    articles: int
    data: int
    parity: int
    shard: int
    piece: int
    files: tuple[StoredFile, ...]
    table: str

    @property
    def shards(self) -> int:
        """Data and parity together."""
        return self.data + self.parity

    @property
    def pieces(self) -> int:
        """Of each shard."""
        return -(-self.shard // self.piece)

    @property
    def size(self) -> int:
        """Bytes of the files together."""
        return sum(file.size for file in self.files)

    def piece_bytes(self, index: int) -> int:
        """Bytes of piece `index` of any shard."""
        return min(self.piece, self.shard - index * self.piece)

    def to_bytes(self) -> bytes:
        """The file, which has exactly one text."""
        document = {
            "articles": self.articles,
            "code": "cauchy-256",
            "data": self.data,
            "files": [[file.path, file.size, file.sha256] for file in self.files],
            "kind": self.kind,
            "number": self.number,
            "parity": self.parity,
            "piece": self.piece,
            "root": self.root,
            "shard": self.shard,
            "table": self.table,
            "title": self.title,
            "volume": VERSION,
        }
        return (json.dumps(document, sort_keys=True, indent=1) + "\n").encode("ascii")

    @property
    def name(self) -> str:
        """SHA-256 of the document, hex: what tells one set from another."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def parse_set(raw: bytes) -> ProtectedSet:
    """Read a `set.json`, strictly: nothing vouches for it but its own form and what it is compared with.

    Raises:
        EditionError: it is not one, or of a version that this program does not know.
    """
    try:
        if len(raw) > MAX_SET:
            raise ValueError("too long")
        found = json.loads(raw)
        if isinstance(found, dict) and isinstance(found.get("volume"), int) and found["volume"] > VERSION:
            raise EditionError(
                f"This set is written in version {found['volume']} of the format; this program knows up to {VERSION}.",
                "Install a newer galactica, or run the restore.py that lies in the volume.",
            )
        made = _parsed(found)
        if made.to_bytes() != raw:
            raise ValueError("not in its one form")
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise EditionError(
            "A set.json is damaged, or none at all.", "Name another volume of the same set: each has a copy."
        ) from error
    return made


def _parsed(found: dict[str, Any]) -> ProtectedSet:
    if found["code"] != "cauchy-256" or found["kind"] not in ("volumes", "beside"):
        raise ValueError("another code")
    if not isinstance(found["title"], str) or not _ROOT.fullmatch(found["root"]) or not _ROOT.fullmatch(found["table"]):
        raise ValueError("not of its form")
    files = tuple(
        StoredFile(path=_safe(path), size=_whole(size, MAX_BYTES), sha256=_digest(sha256))
        for path, size, sha256 in found["files"]
    )
    made = ProtectedSet(
        kind=found["kind"],
        root=found["root"],
        title=found["title"],
        number=_whole(found["number"], 2**31 - 1),
        articles=_whole(found["articles"], 2**31 - 1),
        data=_whole(found["data"], MOST_SHARDS),
        parity=_whole(found["parity"], MOST_SHARDS),
        shard=_whole(found["shard"], MAX_BYTES),
        piece=_whole(found["piece"], MAX_BYTES),
        files=files,
        table=found["table"],
    )
    paths = [file.path for file in files]
    if len(files) > MOST_FILES or paths != sorted(set(paths)):
        raise ValueError("files out of order")
    if made.data < 1 or made.parity < 1 or made.shards > MOST_SHARDS or made.shard % BLOCK_STEP or made.shard < 1:
        raise ValueError("no code")
    odd = made.piece & (made.piece - 1) or made.piece < LEAST_PIECE
    if odd or made.pieces * made.shards > MOST_PIECES or not made.shard * made.data >= made.size:
        raise ValueError("no pieces")
    return made


def _whole(number: object, most: int) -> int:
    if type(number) is not int or not 0 <= number <= most:
        raise ValueError("not a number of its kind")
    return number


def _digest(text: object) -> str:
    if not isinstance(text, str) or not _ROOT.fullmatch(text):
        raise ValueError("not a SHA-256")
    return text


def _safe(path: object) -> str:
    """A path that leads to a file inside a folder, whoever writes it there."""
    if not isinstance(path, str) or not path or "\\" in path or "\0" in path or ":" in path or len(path) > 1000:
        raise ValueError("not a path")
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or "/".join(parts) != path:
        raise ValueError("not a path")
    return path


def planned(
    *, kind: str, root: str, title: str, number: int, articles: int, data: int, parity: int, files: Sequence[StoredFile]
) -> ProtectedSet:
    """The set for some files, without its table of pieces, which is made when the parity is.

    Pieces have as few bytes as keep the hashes, of which there is a copy in every volume (five beside one copy), at 1
    %.
    """
    size = sum(file.size for file in files)
    shard = max(BLOCK_STEP, -(-size // (data * BLOCK_STEP)) * BLOCK_STEP)
    copies = COPIES if kind == "beside" else data + parity
    piece = LEAST_PIECE
    while (piece < _OVERHEAD * copies and piece < shard) or -(-shard // piece) * (data + parity) > MOST_PIECES // 4:
        piece *= 2
    return ProtectedSet(
        kind=kind,
        root=root,
        title=title,
        number=number,
        articles=articles,
        data=data,
        parity=parity,
        shard=shard,
        piece=piece,
        files=tuple(sorted(files, key=lambda file: file.path)),
        table="0" * 64,
    )


COPIES = 5
"""Of set.json and pieces.bin beside one copy: the byte that most of them have is right."""
