"""Packs: records and pieces of media files, pressed into one file. docs/formats/pack.md is normative.

A pack is 8 bytes that say what it is, the size of its content in 4 bytes, and the content as one zstd frame (RFC 8878).
The content is entries, one behind another: a byte that says of which table, 4 bytes of length, the bytes of the record.
Numbers are little-endian. zstd is pyarrow's, which every installation has, and as quick and small as the package
zstandard's: at level 19 it makes packs of 1 MB of English articles 0.313 of their size at 5.3 MB/s; level 12, 0.333 at
40; all of 20 MB in one frame, 0.279; a trained dictionary of 110 kB makes them no smaller (0.318; 2,500 articles of
2015, 2026-11-29).

Whatever the bytes are, no more is unpacked than `MAX_CONTENT` and no more entries are made than `MAX_ENTRIES`.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from galactica.edition.table import truths
from galactica.errors import ProofError
from galactica.spread.release.document import CONTENT, LEAVES, PACK, ReleaseObject

MAGIC = b"galpack1"
"""How every pack begins: what it is, and the version of its form."""

LEVEL = 19
"""Of zstd. A pack is made once and carried often."""

MAX_RECORD = 66 * 2**20
"""Bytes of a record: a document has at most 64 MB, and its title, names and categories beside it."""

MAX_CONTENT = 68 * 2**20
"""Bytes that a pack unpacks to: one record of the largest size and what stands around it. Most have about 1 MB."""

MAX_ENTRIES = 65_536
"""Of a pack: an empty record has 5 bytes, and what is made of it in memory some two hundred."""

PIECE = 256 * 2**10
"""Bytes of a media file in one entry, at most: a larger one travels in several."""

MAX_FILE = 2**40
"""Bytes of a media file: what an entry may say, not what is held."""

_KINDS = {"articles": 1, "files": 2, "media": 3, "sources": 4, "statements": 5, "works": 6, CONTENT: 7}
_NAMES = {number: name for name, number in _KINDS.items()}
_SIZE = struct.Struct("<I")
_HEAD = struct.Struct("<BI")
_PIECE = struct.Struct("<32sQQ")
_AGAIN = "Take it from another mirror, or ask whoever published it to publish it again."


@dataclass(frozen=True, slots=True)
class CheckedObject:
    """The bytes of an object whose size and hash are those that its release states; only `check_object` makes one."""

    stated: ReleaseObject
    raw: bytes


@dataclass(frozen=True, slots=True)
class PackEntry:
    """A record of a pack, or a piece of a media file.

    Attributes:
        table: name of its table, or `CONTENT`.
        record: the bytes of the record, or of the piece.
        hash, offset, total: of a piece: SHA-256 of the file, where in it the piece begins, and the bytes of the file.
    """

    table: str
    record: bytes
    hash: bytes = b""
    offset: int = 0
    total: int = 0


def object_hash(raw: bytes) -> str:
    """What an object is called by: SHA-256 of its bytes, in lower-case hex digits."""
    return hashlib.sha256(raw).hexdigest()


def check_object(raw: bytes, stated: ReleaseObject) -> CheckedObject:
    """Compare the bytes of an object with what the release says of it.

    Raises:
        ProofError: they are of another size, or have another hash.
    """
    if len(raw) != stated.size:
        raise ProofError(f"The object {stated.hash[:16]}… has {len(raw):,} bytes, not {stated.size:,}.", _AGAIN)
    if object_hash(raw) != stated.hash:
        raise ProofError(f"The object {stated.hash[:16]}… is not what its hash says.", _AGAIN)
    return CheckedObject(stated, raw)


def pack_bytes(entries: Iterable[PackEntry]) -> bytes:
    """The bytes of a pack with these entries, in their order; the same for the same entries and version of zstd.

    Raises:
        ValueError: they are more, or larger, than a pack holds.
    """
    parts: list[bytes] = []
    count = 0
    for entry in entries:
        body = entry.record
        if entry.table == CONTENT:
            body = _PIECE.pack(entry.hash, entry.offset, entry.total) + body
        parts += (_HEAD.pack(_KINDS[entry.table], len(body)), body)
        count += 1
    content = b"".join(parts)
    if not 0 < count <= MAX_ENTRIES or len(content) > MAX_CONTENT:
        raise ValueError(f"{count} entries of {len(content)} bytes are no pack")
    pressed: bytes = pa.Codec("zstd", compression_level=LEVEL).compress(content, asbytes=True)
    return MAGIC + _SIZE.pack(len(content)) + pressed


def read_pack(checked: CheckedObject, version: int) -> Iterator[PackEntry]:
    """The entries of a pack, in their order; all of them are looked at before the first is given.

    Args:
        version: of the edition's format.

    Raises:
        ProofError: it is no pack, or not one of what the release says that it holds.
    """
    try:
        entries = list(_entries(_content(checked.raw), version))
    except (ValueError, struct.error) as error:
        raise ProofError(f"The pack {checked.stated.hash[:16]}… cannot be read: {error}.", _AGAIN) from None
    found: dict[str, int] = {}
    for entry in entries:
        found[entry.table] = found.get(entry.table, 0) + 1
    if checked.stated.kind != PACK or tuple(sorted(found.items())) != checked.stated.records:
        raise ProofError(f"The pack {checked.stated.hash[:16]}… does not hold what the release says.", _AGAIN)
    yield from entries


def read_leaves(checked: CheckedObject) -> tuple[int, bytes]:
    """(number of the first, hashes of 32 bytes one behind another) of an object of leaves.

    Raises:
        ProofError: it is of another kind.
    """
    stated = checked.stated
    if stated.kind != LEAVES:
        raise ProofError(f"The object {stated.hash[:16]}… holds no leaves.", _AGAIN)
    return stated.first, checked.raw


def _content(raw: bytes) -> bytes:
    """The content of a pack; ValueError where it is none."""
    start = len(MAGIC) + _SIZE.size
    if raw[: len(MAGIC)] != MAGIC or len(raw) <= start:
        raise ValueError("it does not begin as a pack does")
    (size,) = _SIZE.unpack_from(raw, len(MAGIC))
    if size > MAX_CONTENT:
        raise ValueError(f"it would unpack to {size:,} bytes")
    try:
        content: bytes = pa.Codec("zstd").decompress(raw[start:], decompressed_size=size, asbytes=True)
    except (OSError, pa.ArrowException):
        raise ValueError("it does not unpack to what it says") from None
    if len(content) != size:
        raise ValueError("it does not unpack to what it says")
    return content


def _entries(content: bytes, version: int) -> Iterator[PackEntry]:
    tables = {*truths(version), CONTENT}
    at = count = 0
    while at < len(content):
        kind, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        count += 1
        if count > MAX_ENTRIES or _NAMES.get(kind) not in tables or length > MAX_RECORD or at + length > len(content):
            raise ValueError("an entry is of no kind, or longer than the pack")
        body = content[at : at + length]
        at += length
        yield _piece(body) if _NAMES[kind] == CONTENT else PackEntry(_NAMES[kind], body)


def _piece(body: bytes) -> PackEntry:
    digest, offset, total = _PIECE.unpack_from(body)
    data = body[_PIECE.size :]
    if len(data) > PIECE or total > MAX_FILE or offset % PIECE or len(data) != min(PIECE, total - offset):
        raise ValueError("a piece of a file is not where it should be")
    return PackEntry(CONTENT, data, digest, offset, total)
