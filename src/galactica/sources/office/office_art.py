"""Drawings in old Office documents: pictures among their records, and what is said of shapes.

Standard: [MS-ODRAW] Office Drawing Binary File Format §2.2.9 (`OfficeArtFOPTE`), §2.2.23 (`OfficeArtBlip`), §2.3.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.sources.office import drawing
from galactica.sources.office.flow import TextFlow

MAX_RECORDS = 2_000
"""Records that are looked at for one picture."""

_ENTRY = 0xF007
_BLIPS = range(0xF01A, 0xF118)
_FORMS = {0xF01D: "jpg", 0xF02A: "jpg", 0xF01E: "png"}
_TWO_NAMES = frozenset((0x46B, 0x6E1, 0x6E3, 0x3D5, 0x217, 0x543, 0x7A9, 0x6E5))
"""Kinds of records of pictures that have two checksums before their bytes."""
_SHAPE, _SAID, _GROUP, _ABOUT, _STORE, _DRAWINGS = 0xF004, 0xF00B, 0xF003, 0xF00A, 0xF001, 0xF000
_PICTURE = 0x0104
_COMPLEX = 0x8000
_DESCRIPTION = 0x0381

MAX_DESCRIPTION = 2_000
"""Letters of what is said of a picture."""


MAX_SHAPES = 100_000
"""Records of drawings that are looked at in a document."""

MAX_ART_DEPTH = 60
"""Records in each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPicture:
    """A picture that a shape shows: its number in the list of pictures, from 1, and what is said of it."""

    number: int
    told: str


class OldPictures:
    """The pictures of an old document that browsers show: they are kept, and others counted.

    Args:
        flow: what they are kept in.
    """

    def __init__(self, flow: TextFlow) -> None:
        self._flow = flow
        self._used = 0

    def keep(self, data: bytes, at: int, end: int) -> str:
        """The path of the first picture among records of drawings; "" where it is none that browsers show.

        Args:
            data: the stream that they lie in; its pictures share no bytes and have together no more than it.
        """
        for form, content in pictures_in(data, at, end):
            self._used += len(content)
            if self._used > len(data):
                self._flow.dropped["office:damaged-picture"] += 1
                return ""
            name = f"picture{len(self._flow.media) + 1}.{form}"
            media = drawing.kept_picture(self._flow, name, content) if form else None
            if media is not None:
                self._flow.media[name] = media
                return media.path
        self._flow.dropped["office:picture-no-browser-shows"] += 1
        return ""


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


class DrawnShapes:
    """The shapes of a document whose drawings lie in one row of bytes.

    Args:
        raw: the list of pictures, then each drawing with a byte before it ([MS-DOC] §2.9.172).

    Attributes:
        places: where each picture of the list lies in the stream of the text; -1 for nowhere.
        pictures: number of a shape that stands in the text → the pictures in it.
    """

    def __init__(self, raw: bytes) -> None:
        self.places: list[int] = []
        self.pictures: dict[int, list[DrawnPicture]] = {}
        self._left = MAX_SHAPES
        at = 0
        for kind, _, begin, end in self._records(raw, 0, len(raw)):
            if kind == _DRAWINGS:
                self._stored(raw, begin, end)
                at = end
            break
        while at + 9 <= len(raw):
            held = next(self._records(raw, at + 1, len(raw)), None)
            if held is None:
                return
            for kind, _, begin, end in self._records(raw, held[2], held[3]):
                if kind == _GROUP:
                    self._standing(raw, begin, end)
            at = held[3]

    def _records(self, raw: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """(type, what it leaves open, first byte, first after it) of each record."""
        while at + 8 <= end and self._left > 0:
            self._left -= 1
            about, kind, size = struct.unpack_from("<HHI", raw, at)
            yield kind, about >> 4, at + 8, min(at + 8 + size, end)
            at += 8 + size

    def _stored(self, raw: bytes, at: int, end: int) -> None:
        for kind, _, begin, last in self._records(raw, at, end):
            if kind == _STORE:
                for entry, _, first, after in self._records(raw, begin, last):
                    known = entry == _ENTRY and after - first >= 32
                    self.places.append(int.from_bytes(raw[first + 28 : first + 32], "little") if known else -1)

    def _standing(self, raw: bytes, at: int, end: int) -> None:
        """The shapes that stand in the text: single ones, and groups by their first shape."""
        for kind, _, begin, last in self._records(raw, at, end):
            if kind not in (_SHAPE, _GROUP):
                continue
            numbers: list[int] = []
            found: list[DrawnPicture] = []
            self._walk(raw, begin, last, numbers, found, 0)
            if numbers and found:
                self.pictures.setdefault(numbers[0], found)

    def _walk(self, raw: bytes, at: int, end: int, numbers: list[int], found: list[DrawnPicture], depth: int) -> None:
        for kind, instance, begin, last in self._records(raw, at, end):
            if kind == _ABOUT:
                numbers.append(int.from_bytes(raw[begin : begin + 4], "little"))
            elif kind == _SAID:
                said = shape_properties(raw[begin:last], instance)
                if number := said.get(_PICTURE, (0, b""))[0]:
                    found.append(DrawnPicture(number=number, told=shape_told(said)))
            elif kind in (_SHAPE, _GROUP) and depth < MAX_ART_DEPTH:
                self._walk(raw, begin, last, numbers, found, depth + 1)
