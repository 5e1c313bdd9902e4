"""Pictures and boxes to tick in a Word document of 97 to 2003: they lie in a stream of their own.

A picture that browsers show is kept; others are counted. Standard: [MS-DOC] §2.9.190 to §2.9.193 (`PICF`), §2.9.78
(`FFData`).
"""

from __future__ import annotations

import struct

from galactica.sources.office import doc_file, drawing
from galactica.sources.office.doc_file import DocFile
from galactica.sources.office.doc_sprms import LetterLook
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line
from galactica.sources.office.office_art import DrawnShapes, OldPictures, told_among

_HEADER = 0x44
_NAMED = 0x66


class DocPictures:
    """The pictures of one document.

    Args:
        flow: what they are kept in.
    """

    def __init__(self, file: DocFile, flow: TextFlow) -> None:
        self._file = file
        self._flow = flow
        self._inline, self._drawn = OldPictures(flow), OldPictures(flow)
        self._shapes: DrawnShapes | None = None
        self._listed: dict[int, str] = {}
        self._kept: dict[int, tuple[str, str]] = {}

    def put(self, look: LetterLook, line: Line) -> None:
        """Put the picture that a letter stands for into a line."""
        if look.data or look.place < 0:
            return
        if look.place not in self._kept:
            self._kept[look.place] = self._picture(look.place)
        path, told = self._kept[look.place]
        if path:
            line.markup(drawing.picture_html(path, told), seen=True)

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

    def _picture(self, place: int) -> tuple[str, str]:
        """The path of a picture that is kept, and what it shows; "" where it is none that browsers show, which is
        counted."""
        data = self._file.data
        if place + _HEADER > len(data):
            self._flow.dropped["office:damaged-picture"] += 1
            return "", ""
        size, header, mode = struct.unpack_from("<IHH", data, place)
        at, end = place + header, min(place + size, len(data))
        if mode == _NAMED and at < end:
            at += 1 + data[at]
        path = self._inline.keep(data, at, end)
        return path, told_among(data, at, end) if path else ""

    def put_drawn(self, shape: int, line: Line) -> bool:
        """Put the pictures of a shape into a line; whether it has any."""
        if self._shapes is None:
            self._shapes = DrawnShapes(self._file.structure(doc_file.DRAWINGS))
        found = self._shapes.pictures.pop(shape, [])
        for each in found:
            path = self._stored(each.number)
            if path:
                line.markup(drawing.picture_html(path, each.told), seen=True)
        return bool(found)

    def _stored(self, number: int) -> str:
        """The path of a picture of the list, by its number."""
        if number not in self._listed:
            places = self._shapes.places if self._shapes is not None else []
            place = places[number - 1] if number <= len(places) else -1
            main = self._file.main
            if not 0 <= place <= len(main) - 8:
                self._flow.dropped["office:damaged-picture"] += 1
                self._listed[number] = ""
            else:
                end = min(place + 8 + int.from_bytes(main[place + 4 : place + 8], "little"), len(main))
                self._listed[number] = self._drawn.keep(main, place, end)
        return self._listed[number]
