"""What properties in a Word document of 97 to 2003 say: of letters, of paragraphs, of rows of tables.

A property is a number of two bytes, which also says how many bytes follow it, and its value. Standard: [MS-DOC] §2.2.5,
§2.6.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from galactica.sources.office.rtf_tables import MAX_EDGES, CellBounds

MAX_DEPTH = 20
"""Tables in each other."""

_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
PLAIN = 0x2A33
"""Says that letters have no properties but those of their style."""

ELSEWHERE = (0x6645, 0x6646)
"""Say where in the stream of data the properties of a paragraph lie which are too long for their page."""

_ROW, _OLD_ROW, _TABS = 0xD608, 0xD606, 0xC615
_TOGGLES = {0x0835: "b", 0x0836: "i", 0x0837: "s", 0x2A53: "s2", 0x083C: "hidden"}
_SHORT = {
    **{0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x43: 0x0802, 0x47: 0x0806},
    **{0x55: 0x0835, 0x56: 0x0836, 0x57: 0x0837, 0x5C: 0x083C, 0x68: 0x2A48, 0x73: 0x2A53, 0x75: 0x0855},
}
"""Numbers of one byte that stand in a table of pieces → numbers of two (§2.9.215)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLook:
    """What properties say of letters.

    Attributes:
        style: number of a style of letters; -1 for none.
        switches: "b", "i", "s", "s2", "hidden" → 0 off, 1 on, 128 as in the style, 129 not as in the style.
        raised: "sup", "sub", "" for neither; None where nothing is said.
        higher: half-points by which they stand higher.
        deleted: by a tracked change.
        special: whether they are marks and no letters.
        data: whether what they mark is a field of a form.
        place: where in the stream of data a picture lies; -1 for nowhere.
        symbol: (number of a font, letter of it); None for none.
        font: number of the font; -1 where nothing is said.
    """

    style: int = -1
    switches: tuple[tuple[str, int], ...] = ()
    raised: str | None = None
    higher: int = 0
    deleted: bool = False
    special: bool = False
    data: bool = False
    place: int = -1
    symbol: tuple[int, int] | None = None
    font: int = -1


@dataclass(slots=True, kw_only=True)
class ParagraphLook:
    """What properties say of a paragraph.

    Attributes:
        style: number of its style.
        outline: level as a heading from 0, 9 for text; -1 where nothing is said.
        list_number: of its list from 1, 0 for none; -1 where nothing is said.
        level: in the list; -1 where nothing is said.
        depth: how many tables it is in.
        ends_row: whether its mark ends a row.
        ends_cell: whether its mark ends a cell of a table in a table.
        bounds: the cells of the row that it ends.
        head: whether that row heads the table.
    """

    style: int = 0
    outline: int = -1
    list_number: int = -1
    level: int = -1
    depth: int = 0
    ends_row: bool = False
    ends_cell: bool = False
    bounds: list[CellBounds] = field(default_factory=list)
    head: bool = False


def sprms(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, value) of each property in a row of them."""
    at = 0
    while at + 2 < len(raw):
        number = raw[at] | raw[at + 1] << 8
        at += 2
        size = _SIZES.get(number >> 13)
        if size is None:
            if number in (_ROW, _OLD_ROW):
                size, at = int.from_bytes(raw[at : at + 2], "little") - 1, at + 2
            elif number == _TABS and raw[at] == 255:
                size = _tabs_size(raw, at + 1)
                at += 1
            else:
                size, at = raw[at], at + 1
        if size < 0 or at + size > len(raw):
            return
        yield number, raw[at : at + size]
        at += size


def _tabs_size(raw: bytes, at: int) -> int:
    """Bytes of a long list of tabulators: those that are taken away, four bytes each, those that are set, three."""
    gone = raw[at] if at < len(raw) else 0
    then = at + 1 + 4 * gone
    return 2 + 4 * gone + 3 * (raw[then] if then < len(raw) else 0)


def short_sprm(said: int, extra: list[bytes]) -> bytes:
    """The properties that a piece has for all its letters (`Prm`): one of its own, or those of a number in `extra`."""
    if said & 1:
        return extra[said >> 1] if said >> 1 < len(extra) else b""
    number = _SHORT.get(said >> 1 & 0x7F)
    return struct.pack("<HB", number, said >> 8) if number else b""


@functools.lru_cache(maxsize=20_000)
def letter_look(raw: bytes) -> LetterLook:
    """What a row of properties says of letters."""
    said: dict[int, bytes] = {}
    for number, value in sprms(raw):  # the last one counts
        if number == PLAIN:
            said.clear()
        else:
            said[number] = value
    font = said.get(0x4A4F)
    symbol, style, place = said.get(0x6A09), said.get(0x4A30), said.get(0x6A03)
    vertical = said.get(0x2A48)
    return LetterLook(
        style=int.from_bytes(style, "little") if style else -1,
        switches=tuple((name, said[number][0]) for number, name in _TOGGLES.items() if number in said),
        raised=None if vertical is None else {1: "sup", 2: "sub"}.get(vertical[0], ""),
        higher=int.from_bytes(said.get(0x4845, b""), "little", signed=True),
        deleted=said.get(0x0800, b"\0")[0] == 1,
        special=said.get(0x0855, b"\0")[0] == 1,
        data=said.get(0x0806, b"\0")[0] == 1,
        place=int.from_bytes(place, "little") if place else -1,
        symbol=struct.unpack("<HH", symbol) if symbol else None,
        font=int.from_bytes(font, "little") if font else -1,
    )


def apply_paragraph(look: ParagraphLook, raw: bytes) -> None:
    """Take in what a row of properties says of a paragraph."""
    depth = 0
    for number, value in sprms(raw):
        match number:
            case 0x4600:
                look.style = int.from_bytes(value, "little")
            case 0x2640:
                look.outline = value[0]
            case 0x460B:
                look.list_number = int.from_bytes(value, "little")
            case 0x260A:
                look.level = value[0]
            case 0x2416 if value[0]:
                depth = max(depth, 1)
            case 0x6649:
                depth = min(max(int.from_bytes(value, "little", signed=True), 0), MAX_DEPTH)
            case 0x2417 | 0x244C:
                look.ends_row = look.ends_row or bool(value[0])
            case 0x244B:
                look.ends_cell = bool(value[0])
            case 0xD608 | 0xD606:
                look.bounds = _bounds(value)
            case 0x3404:
                look.head = bool(value[0])
            case 0xD62B if len(value) >= 2 and value[0] < len(look.bounds):
                look.bounds[value[0]].below = value[1] == 1
            case _:
                pass
    look.depth = depth or look.depth


def _bounds(value: bytes) -> list[CellBounds]:
    """The cells of a row: their edges in twips, and which go on the one before or above (§2.9.325)."""
    count = min(value[0] if value else 0, MAX_EDGES)
    if len(value) < 1 + 2 * (count + 1):
        return []
    edges = struct.unpack_from(f"<{count + 1}h", value, 1)
    found: list[CellBounds] = []
    for number in range(count):
        at = 1 + 2 * (count + 1) + 20 * number
        flags = int.from_bytes(value[at : at + 2], "little")
        merged = flags >> 5 & 3
        right = edges[number + 1] - edges[0]
        found.append(CellBounds(right=right, beside=flags & 3 == 2, below=merged == 1))
    return found
