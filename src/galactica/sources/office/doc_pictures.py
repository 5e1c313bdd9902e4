"""Pictures and boxes to tick in a Word document of 97 to 2003: they lie in a stream of their own.

A picture that browsers show is kept; others are counted. Standards: [MS-DOC] §2.9.190 to §2.9.193 (`PICF`), §2.9.78
(`FFData`), [MS-ODRAW] §2.2.23 (`OfficeArtBlip`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from galactica.sources.office import drawing
from galactica.sources.office.doc_file import DocFile
from galactica.sources.office.doc_sprms import LetterLook
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line

MAX_RECORDS = 2_000
"""Records that are looked at for one picture."""

_HEADER = 0x44
_NAMED = 0x66
_ENTRY = 0xF007
_BLIPS = range(0xF01A, 0xF118)
_FORMS = {0xF01D: "jpg", 0xF02A: "jpg", 0xF01E: "png"}
_TWO_NAMES = frozenset((0x46B, 0x6E1, 0x6E3, 0x3D5, 0x217, 0x543, 0x7A9, 0x6E5))
"""Kinds of records of pictures that have two checksums before their bytes."""


class DocPictures:
    """The pictures of one document."""

    def __init__(self, file: DocFile) -> None:
        self._file = file
        self._kept: dict[int, str] = {}

    def put(self, look: LetterLook, line: Line, flow: TextFlow) -> None:
        """Put the picture that a letter stands for into a line."""
        if look.data or look.place < 0:
            return
        if look.place not in self._kept:
            self._kept[look.place] = self._picture(look.place, flow)
        if self._kept[look.place]:
            line.markup(drawing.picture_html(self._kept[look.place], ""), seen=True)

    def ticked(self, place: int) -> bool:
        """Whether a box of a form is ticked."""
        data = self._file.data
        if place < 0 or place + _HEADER + 10 > len(data):
            return False
        at = place + int.from_bytes(data[place + 4 : place + 6], "little")
        bits = int.from_bytes(data[at + 4 : at + 6], "little")
        chosen = bits >> 2 & 31
        if chosen != 25:
            return chosen == 1
        length = int.from_bytes(data[at + 10 : at + 12], "little")  # nothing was chosen: what the form begins with
        at += 12 + 2 * length + 2
        return data[at : at + 2] == b"\1\0"

    def _picture(self, place: int, flow: TextFlow) -> str:
        """The path of a picture that is kept; "" where it is none that browsers show, which is counted."""
        data = self._file.data
        if place + _HEADER > len(data):
            flow.dropped["office:damaged-picture"] += 1
            return ""
        size, header, mode = struct.unpack_from("<IHH", data, place)
        at, end = place + header, min(place + size, len(data))
        if mode == _NAMED and at < end:
            at += 1 + data[at]
        for form, content in pictures_in(data, at, end):
            name = f"picture{len(flow.media) + 1}.{form}"
            media = drawing.kept_picture(flow, name, content) if form else None
            if media is not None:
                flow.media[name] = media
                return media.path
        flow.dropped["office:picture-no-browser-shows"] += 1
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
