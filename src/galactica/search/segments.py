"""What tantivy writes beside the words of a segment, read and put right: how many tokens each field has in all.

Mean lengths, on which BM25 rests, come of that number. When tantivy merges a segment of which articles were removed, it
estimates it from lengths that were rounded down, some 3 % too low; whoever knows the number exactly writes it here.

The form (tantivy 0.22 to 0.27, index format 7): a file of postings is sections, one a field, each of which begins with
the number in 8 bytes; then the places of the sections (how many; for each its distance from the one before and the
field's number), the length of that in 4 bytes; then a footer of JSON with a CRC-32 of all before it, its length in 4
bytes and a mark. All numbers are little-endian. Whatever is of another form raises ValueError, and nothing is written.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

META = "meta.json"
_MARK = 1337
_FORMAT = 7
_TWO = struct.Struct("<II")
_ONE = struct.Struct("<I")
_TOTAL = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class IndexSegment:
    """A segment of an index: its name, its documents, and how many of these were removed."""

    name: str
    documents: int
    removed: int


def segments_of(directory: Path) -> list[IndexSegment]:
    """The segments of the index in `directory`.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    meta = json.loads((directory / META).read_text(encoding="utf-8"))
    try:
        return [
            IndexSegment(
                name=str(each["segment_id"]).replace("-", ""),
                documents=int(each["max_doc"]),
                removed=int((each["deletes"] or {}).get("num_deleted_docs", 0)),
            )
            for each in meta["segments"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{META} is of another form") from error


def segment_tokens(directory: Path, segment: IndexSegment) -> dict[int, int]:
    """Number of a field → tokens that it has in a segment.

    Raises:
        OSError, ValueError: the file cannot be read.
    """
    raw, _ = _postings(directory, segment)
    return {field: _TOTAL.unpack_from(raw, at)[0] for field, at in _sections(raw).items()}


def set_tokens(directory: Path, segment: IndexSegment, tokens: Mapping[int, int]) -> None:
    """Say how many tokens fields have in a segment.

    Raises:
        OSError, ValueError: the file cannot be read, or is of another form.
    """
    raw, footer = _postings(directory, segment)
    sections = _sections(raw)
    for field, total in tokens.items():
        if field not in sections or total < 0:
            raise ValueError("a field that there is not")
        _TOTAL.pack_into(raw, sections[field], total)
    footer["crc"] = zlib.crc32(raw)
    text = json.dumps(footer, separators=(",", ":")).encode()
    path = _path(directory, segment)
    part = path.with_suffix(".part")
    part.write_bytes(bytes(raw) + text + _TWO.pack(len(text), _MARK))
    part.replace(path)


def _path(directory: Path, segment: IndexSegment) -> Path:
    return directory / f"{segment.name}.idx"


def _postings(directory: Path, segment: IndexSegment) -> tuple[bytearray, dict[str, object]]:
    """The file of postings without its footer, and the footer."""
    raw = _path(directory, segment).read_bytes()
    size, mark = _TWO.unpack(raw[-_TWO.size :])
    start = len(raw) - _TWO.size - size
    if mark != _MARK or start < _ONE.size:
        raise ValueError("no footer of tantivy")
    footer = json.loads(raw[start : start + size])
    body = bytearray(raw[:start])
    try:
        known = footer["version"]["index_format_version"] == _FORMAT and footer["crc"] == zlib.crc32(body)
    except (KeyError, TypeError):
        known = False
    if not known:
        raise ValueError("a footer of another form")
    return body, footer


def _sections(raw: bytearray) -> dict[int, int]:
    """Number of a field → where its section begins."""
    (size,) = _ONE.unpack(raw[-_ONE.size :])
    start = len(raw) - _ONE.size - size
    if start < 0:
        raise ValueError("places that lie outside")
    at, found, offset = start, {}, 0
    count, at = _number(raw, at)
    for _ in range(count):
        more, at = _number(raw, at)
        (field,) = _ONE.unpack(raw[at : at + _ONE.size])
        offset += more
        _, at = _number(raw, at + _ONE.size)
        if offset + _TOTAL.size > start:
            raise ValueError("a section that lies outside")
        found[field] = offset
    return found


def _number(raw: bytearray, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, lowest first, whose last byte has the eighth bit set; and what follows it."""
    found = shift = 0
    while at < len(raw):
        byte = raw[at]
        found |= (byte & 127) << shift
        at += 1
        if byte & 128:
            return found, at
        shift += 7
    raise ValueError("a number that ends too early")
