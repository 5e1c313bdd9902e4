"""Drawings in old Office documents: pictures among their records, and what is said of shapes.

Standard: [MS-ODRAW] Office Drawing Binary File Format §2.2.9 (`OfficeArtFOPTE`), §2.2.23 (`OfficeArtBlip`), §2.3.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAX_RECORDS = 2_000
"""Records that are looked at for one picture."""

_ENTRY = 0xF007
_BLIPS = range(0xF01A, 0xF118)
_FORMS = {0xF01D: "jpg", 0xF02A: "jpg", 0xF01E: "png"}
_TWO_NAMES = frozenset((0x46B, 0x6E1, 0x6E3, 0x3D5, 0x217, 0x543, 0x7A9, 0x6E5))
"""Kinds of records of pictures that have two checksums before their bytes."""
_SHAPE, _SAID = 0xF004, 0xF00B
_COMPLEX = 0x8000
_DESCRIPTION = 0x0381

MAX_DESCRIPTION = 2_000
"""Letters of what is said of a picture."""


def pictures_in(data: bytes, at: int, end: int) -> Iterator[tuple[str, bytes]]:
    """(ending of its form, "" for one that no browser shows; its bytes) of each picture among records of drawings."""
    for _ in range(MAX_RECORDS):
        if at + 8 > end:
            return
        about, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if kind == _ENTRY and at + 36 <= end:
            at += 36 + data[at + 33]
        elif kind in _BLIPS:
            begin = at + (33 if about >> 4 in _TWO_NAMES else 17)
            yield _FORMS.get(kind, ""), data[begin : min(at + size, end)]
            at += size
        else:
            at += size


def shape_properties(raw: bytes, count: int) -> dict[int, tuple[int, bytes]]:
    """Number of a property → (its value, the bytes that it has where they do not fit into a number).

    Args:
        count: of the properties, as their record says it.
    """
    count = min(count, len(raw) // 6)
    found: dict[int, tuple[int, bytes]] = {}
    at = 6 * count
    for number in range(count):
        name, value = struct.unpack_from("<HI", raw, 6 * number)
        more = b""
        if name & _COMPLEX:
            more = raw[at : at + value]
            at += len(more)
        found[name & 0x3FFF] = value, more
    return found


def shape_told(said: dict[int, tuple[int, bytes]]) -> str:
    """What is told of a shape for those who do not see it; "" where nothing is."""
    _, raw = said.get(_DESCRIPTION, (0, b""))
    return " ".join(raw[: 2 * MAX_DESCRIPTION].decode("utf-16-le", "replace").partition("\0")[0].split())


def told_among(data: bytes, at: int, end: int) -> str:
    """What is told of the shape that stands first among records of drawings."""
    for _ in range(MAX_RECORDS):
        if at + 8 > end:
            return ""
        about, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if kind == _SAID:
            return shape_told(shape_properties(data[at : min(at + size, end)], about >> 4))
        at += 0 if kind == _SHAPE else size
    return ""
