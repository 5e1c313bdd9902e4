"""Bytes in a table for a person: what they are and how many, never the bytes themselves.

`sql` gives bytes in hexadecimal, which `--json` keeps. A person is shown "image/png, 12.3 kB"; who wants the digits of
a hash asks for hex(hash).
"""

from __future__ import annotations

import codecs
import re

from galactica.cli.terminal import size
from galactica.model.json import Json

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
)
"""Offset, first bytes, media type. Source: https://mimesniff.spec.whatwg.org §6, and the formats' own documents."""

_LOOKED_AT = 256
_TEXT_FROM = 64
"""Bytes from which on printable ones are called a text: a short one may as well be a hash."""

_HEX = re.compile(r"(?:[0-9a-f]{2})*")


def shown(value: Json, kind: str) -> Json:
    """A cell with its bytes described.

    Args:
        value: as `sql` gives it.
        kind: DuckDB's name of its type; only where BLOB is in it are there bytes.
    """
    if "BLOB" not in kind:
        return value
    if isinstance(value, str):
        return (
            bytes_described(bytes.fromhex(value[: 2 * _LOOKED_AT]), len(value) // 2) if _HEX.fullmatch(value) else value
        )
    if isinstance(value, dict):
        return {name: shown(each, kind) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [shown(each, kind) for each in value]
    return value


def bytes_described(beginning: bytes, length: int) -> str:
    """What bytes are, by their beginning, and how many there are."""
    for offset, magic, name in _MAGIC:
        if beginning[offset : offset + len(magic)] == magic:
            return f"{name}, {size(length)}"
    if length >= _TEXT_FROM and b"\0" not in beginning:
        whole = length == len(beginning)  # else the cut may stand in the middle of a character
        try:
            text = codecs.getincrementaldecoder("utf-8")().decode(beginning, final=whole)
        except UnicodeDecodeError:
            return f"bytes, {size(length)}"
        return f"{'image/svg+xml' if '<svg' in text else 'text'}, {size(length)}"
    return f"bytes, {size(length)}"
