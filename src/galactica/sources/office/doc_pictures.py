"""Pictures and boxes to tick in a Word document of 97 to 2003: they lie in a stream of their own.

A picture that browsers show is kept; others are counted. Standard: [MS-DOC] §2.9.190 to §2.9.193 (`PICF`), §2.9.78
(`FFData`).
"""

from __future__ import annotations

import struct

from galactica.sources.office import drawing
from galactica.sources.office.doc_file import DocFile
from galactica.sources.office.doc_sprms import LetterLook
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line
from galactica.sources.office.office_art import pictures_in, told_among

_HEADER = 0x44
_NAMED = 0x66


class DocPictures:
    """The pictures of one document."""

    def __init__(self, file: DocFile) -> None:
        self._file = file
        self._kept: dict[int, tuple[str, str]] = {}

    def put(self, look: LetterLook, line: Line, flow: TextFlow) -> None:
        """Put the picture that a letter stands for into a line."""
        if look.data or look.place < 0:
            return
        if look.place not in self._kept:
            self._kept[look.place] = self._picture(look.place, flow)
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

    def _picture(self, place: int, flow: TextFlow) -> tuple[str, str]:
        """The path of a picture that is kept, and what it shows; "" where it is none that browsers show, which is
        counted."""
        data = self._file.data
        if place + _HEADER > len(data):
            flow.dropped["office:damaged-picture"] += 1
            return "", ""
        size, header, mode = struct.unpack_from("<IHH", data, place)
        at, end = place + header, min(place + size, len(data))
        if mode == _NAMED and at < end:
            at += 1 + data[at]
        for form, content in pictures_in(data, at, end):
            name = f"picture{len(flow.media) + 1}.{form}"
            media = drawing.kept_picture(flow, name, content) if form else None
            if media is not None:
                flow.media[name] = media
                return media.path, told_among(data, at, end)
        flow.dropped["office:picture-no-browser-shows"] += 1
        return "", ""
