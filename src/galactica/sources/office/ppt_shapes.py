"""The shapes on slides of PowerPoint presentations of 97 to 2003: which are titles, tables, pictures, and their texts.

Standards: [MS-PPT] §2.5.13 (`DrawingContainer`), §2.7, §2.13.24 (`PlaceholderEnum`); [MS-ODRAW] §2.2.14 to §2.2.38,
§2.3.4 (groups that are tables), §2.3.23.5 (`pib`).
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from galactica.sources.office import drawing
from galactica.sources.office.docx_tables import MAX_SPAN, TableCell, laid_out
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line
from galactica.sources.office.office_art import OldPictures, shape_properties, shape_told
from galactica.sources.office.ppt_records import MAX_RECORD_DEPTH, MAX_STREAM, PptFile, PptRecord
from galactica.sources.office.ppt_text import PptText, texts

_GROUP, _SHAPE, _ABOUT, _BOX, _CLIENT, _PLACE = 0xF003, 0xF004, 0xF00A, 0xF00D, 0xF011, 0xF00F
_PROPERTIES, _MORE_PROPERTIES = 0xF00B, 0xF122
_PICTURE, _TABLE = 0x0104, 0x039F
_HOLDER, _EMBEDDED = 0x0BC3, 0x0BC1
_TITLES = frozenset((13, 15, 17))
_SILENT = frozenset((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
"""Kinds of placeholders that hold no text of their own: of masters, dates, numbers, feet, pictures of the slide."""

_DELETED = 0x0008
_DRAWINGS, _STORE, _ENTRY = 0x040B, 0xF001, 0xF007

Place = tuple[int, int, int, int]
"""Left, top, right, bottom."""


@dataclass(slots=True)
class PptShape:
    """A shape.

    Attributes:
        kind: number of the kind of placeholder; -1 for none.
        texts: its texts; one of the outline by its number.
        picture: number of its picture from 1; 0 for none.
        told: what is said of it for those who do not see it.
        embedded: whether it is a file of another program.
        place: in its group.
        cells: of a table, with their places.
    """

    kind: int = -1
    texts: list[PptText | int] = field(default_factory=list)
    picture: int = 0
    told: str = ""
    embedded: bool = False
    place: Place | None = None
    cells: list[tuple[Place, PptShape]] = field(default_factory=list)

    @property
    def title(self) -> bool:
        """Whether it is for the title of its slide."""
        return self.kind in _TITLES

    @property
    def silent(self) -> bool:
        """Whether it holds nothing that only this slide says."""
        return self.kind in _SILENT


def shapes(file: PptFile, record: PptRecord, depth: int = 0) -> Iterator[PptShape]:
    """The shapes in a drawing, those in groups too, in the order in which they lie over each other."""
    for each in file.inside(record):
        if each.kind == _SHAPE:
            found = _shape(file, each)
            if found is not None:
                yield found
        elif each.kind == _GROUP and depth < MAX_RECORD_DEPTH:
            held = list(shapes(file, each, depth + 1))
            if _is_table(file, each):
                yield PptShape(cells=[(cell.place, cell) for cell in held if cell.place and cell.texts])
            else:
                yield from held
        elif each.holds and depth < MAX_RECORD_DEPTH:
            yield from shapes(file, each, depth + 1)


def _shape(file: PptFile, record: PptRecord) -> PptShape | None:
    """A shape; None where it was deleted."""
    found = PptShape()
    for each in file.inside(record):
        if each.kind == _ABOUT:
            if int.from_bytes(file.bytes_of(each)[4:8], "little") & _DELETED:
                return None
        elif each.kind == _BOX:
            found.texts = list(texts(file, file.inside(each)))
        elif each.kind == _CLIENT:
            for one in file.inside(each):
                if one.kind == _HOLDER:
                    found.kind = file.bytes_of(one)[4:5][0] if one.end - one.begin >= 5 else -1
                found.embedded = found.embedded or one.kind == _EMBEDDED
        elif each.kind == _PLACE and each.end - each.begin >= 16:
            found.place = struct.unpack_from("<iiii", file.bytes_of(each))
        elif each.kind == _PROPERTIES:
            said = shape_properties(file.bytes_of(each), each.instance)
            found.picture, found.told = said.get(_PICTURE, (0, b""))[0], shape_told(said)
    return found


def _is_table(file: PptFile, group: PptRecord) -> bool:
    head = file.first(group, _SHAPE)
    if head is None:
        return False
    found = [each for each in file.inside(head) if each.kind == _MORE_PROPERTIES]
    said = (shape_properties(file.bytes_of(each), each.instance) for each in found)
    return any(each.get(_TABLE, (0, b""))[0] & 1 for each in said)


def table_html(cells: list[tuple[Place, str]]) -> str:
    """Cells of a table by their places, as HTML."""
    columns = sorted({place[0] for place, _ in cells})
    rows = sorted({place[1] for place, _ in cells})
    column_of = {left: number for number, left in enumerate(columns)}
    laid: dict[int, list[TableCell]] = {top: [] for top in rows}
    for (left, top, right, bottom), html in sorted(cells, key=lambda cell: (cell[0][1], cell[0][0])):
        column = column_of[left]
        laid[top].append(
            TableCell(
                column=column,
                columns=min(max(_between(columns, left, right), 1), MAX_SPAN),
                rows=min(max(_between(rows, top, bottom), 1), MAX_SPAN),
                html=html,
            )
        )
    return laid_out(list(laid.values()), 0)


def _between(borders: list[int], begin: int, end: int) -> int:
    return bisect_left(borders, end) - bisect_left(borders, begin)


class PptPictures:
    """The pictures of a presentation: the presentation lists them, they lie in a stream of their own."""

    def __init__(self, file: PptFile, flow: TextFlow) -> None:
        self._flow = flow
        self._pictures = OldPictures(flow)
        self._places: list[int] = []
        self._kept: dict[int, str] = {}
        self._raw = file.compound.read("Pictures", MAX_STREAM) if file.compound.find("Pictures") else b""
        held = file.first(file.document, _DRAWINGS)
        for each in file.all_inside(held) if held is not None else ():
            if each.kind == _STORE:
                for entry in file.inside(each):
                    about = file.bytes_of(entry)
                    known = entry.kind == _ENTRY and len(about) >= 32
                    self._places.append(int.from_bytes(about[28:32], "little") if known else -1)

    def put(self, number: int, told: str, line: Line) -> None:
        """Put a picture by its number into a line, or count it.

        Args:
            told: what is said of it.
        """
        if number not in self._kept:
            self._kept[number] = self._picture(number)
        if self._kept[number]:
            line.markup(drawing.picture_html(self._kept[number], told), seen=True)

    def _picture(self, number: int) -> str:
        place = self._places[number - 1] if number <= len(self._places) else -1
        if not 0 <= place <= len(self._raw) - 8:
            self._flow.dropped["office:damaged-picture"] += 1
            return ""
        end = min(place + 8 + int.from_bytes(self._raw[place + 4 : place + 8], "little"), len(self._raw))
        return self._pictures.keep(self._raw, place, end)
