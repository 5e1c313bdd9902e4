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
_NOTHING, _TEXTS_BEFORE = 25, 5
"""Of fields of forms: nothing was chosen; texts before the list of what can be."""


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
        number, _ = self._form(place)
        return number == 1

    def chosen(self, place: int) -> str:
        """What is chosen in a list of a form; "" where that is not there."""
        number, at = self._form(place)
        data = self._file.data
        if number < 0:
            return ""
        for _ in range(_TEXTS_BEFORE):
            at += 4 + 2 * int.from_bytes(data[at : at + 2], "little")
        count = int.from_bytes(data[at + 2 : at + 4], "little")
        at += 6
        for _ in range(min(number, count)):
            at += 2 + 2 * int.from_bytes(data[at : at + 2], "little")
        size = int.from_bytes(data[at : at + 2], "little")
        return data[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace") if number < count else ""

    def _form(self, place: int) -> tuple[int, int]:
        """(number of what is chosen in a field of a form, -1 for none; where what follows it lies)."""
        data = self._file.data
        if place < 0 or place + _HEADER + 10 > len(data):
            return -1, 0
        at = place + int.from_bytes(data[place + 4 : place + 6], "little")
        number = int.from_bytes(data[at + 4 : at + 6], "little") >> 2 & 31
        at += 10 + 2 * int.from_bytes(data[at + 10 : at + 12], "little") + 4
        if number == _NOTHING:  # what the form begins with
            number = int.from_bytes(data[at : at + 2], "little")
        return number, at + 2

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
