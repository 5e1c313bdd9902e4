"""The texts of a PowerPoint presentation of 97 to 2003: paragraphs with their levels, marks of letters, links.

Standard: [MS-PPT] §2.9.42 (`TextCharsAtom`), §2.9.44 (`StyleTextPropAtom`), §2.9.13 to §2.9.20, §2.9.47 to §2.9.52.
"""

from __future__ import annotations

import itertools
import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from galactica.sources.office.doc_file import code_units, joined_pairs
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line
from galactica.sources.office.ppt_records import PptFile, PptRecord
from galactica.sources.office.symbols import lettered

HEADER, REFERENCE = 0x0F9F, 0x0F9E
"""A text begins; a text of the outline stands here."""

TITLE, BODY, CENTRED_TITLE, HALF_BODY, QUARTER_BODY = 0, 1, 6, 7, 8
"""Types of texts (§2.13.33)."""

MAX_LEVEL = 4

_WIDE, _NARROW, _STYLE, _LINK, _LINKED = 0x0FA0, 0x0FA8, 0x0FA1, 0x0FF2, 0x0FDF
_LINK_ATOM = 0x0FF3
_SIGNS = frozenset((0x0FD8, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x1015))
_NUMBER = 0x0FD8
"""Signs in a text that stand for the number of the slide, a date, a foot: the first is known."""

_STYLED = 0x3EB7
_SWITCHES = 0x000F
_PARAGRAPH_PARTS = (0x80, 0x10, 0x40, 0x20, 0x800, 0x1000, 0x2000, 0x4000, 0x100, 0x400, 0x8000)
"""Parts of what is said of a paragraph, in their order; 0x20 has four bytes, the others two."""

_TABS, _AFTER_TABS = 0x100000, ((0x10000,), (0x20000, 0x40000, 0x80000), (0x200000,))
_LETTER_PARTS = (0x10000, 0x200000, 0x400000, 0x800000, 0x20000)


@dataclass(slots=True)
class PptText:
    """A text: its type, its letters (one for each code unit), what is said of them, links, signs that stand for others.

    Attributes:
        links: (first letter, first after it, number of the address).
        signs: letter → type of the sign.
    """

    kind: int
    letters: str = ""
    style: bytes = b""
    links: list[tuple[int, int, int]] = field(default_factory=list)
    signs: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PptParagraph:
    """A paragraph: what stands in it, its level, whether it has a bullet (None: as its kind has)."""

    line: Line
    level: int
    bullet: bool | None


def texts(file: PptFile, records: Iterable[PptRecord]) -> Iterator[PptText | int]:
    """The texts in a row of records; a text of the outline by its number."""
    found: PptText | None = None
    link = 0
    for each in records:
        if each.kind in (HEADER, REFERENCE):
            if found is not None:
                yield found
            found = None
            number = int.from_bytes(file.bytes_of(each)[:4], "little")
            if each.kind == REFERENCE:
                yield number
            else:
                found = PptText(number)
        elif each.kind == _LINK:
            atom = file.first(each, _LINK_ATOM)
            link = int.from_bytes(file.bytes_of(atom)[4:8], "little") if atom is not None else 0
        elif found is not None:
            _add(found, each, file, link)
    if found is not None:
        yield found


def _add(text: PptText, record: PptRecord, file: PptFile, link: int) -> None:
    if record.kind == _WIDE:
        text.letters = code_units(file.bytes_of(record))
    elif record.kind == _NARROW:
        text.letters = file.bytes_of(record).decode("latin-1")
    elif record.kind == _STYLE:
        text.style = file.bytes_of(record)
    elif record.kind == _LINKED and link:
        raw = file.bytes_of(record)
        if len(raw) >= 8:
            begin, end = struct.unpack_from("<ii", raw)
            text.links.append((begin, end, link))
    elif record.kind in _SIGNS:
        text.signs[int.from_bytes(file.bytes_of(record)[:4], "little")] = record.kind


def text_paragraphs(
    text: PptText, addresses: Mapping[int, str], fonts: list[str], number: int
) -> Iterator[PptParagraph]:
    """The paragraphs of a text.

    Args:
        addresses: number → where a link leads.
        number: of the slide.
    """
    levels, marks = _styled(text.style, len(text.letters))
    links = _Links(text, addresses)
    borders = sorted({0, len(text.letters), *(end for end, _, _ in marks), *links.borders, *_sign_borders(text)})
    line, at_mark, at_level, begin = Line(), 0, 0, 0
    for start, stop in itertools.pairwise(each for each in borders if each <= len(text.letters)):
        while at_mark < len(marks) and marks[at_mark][0] <= start:
            at_mark += 1
        shown, font = marks[at_mark][1:] if at_mark < len(marks) else ((), -1)
        line.link(links.at(start))
        if start in text.signs:
            line.text(str(number) if text.signs[start] == _NUMBER and number else "", shown)
            continue
        named = fonts[font] if 0 <= font < len(fonts) else ""
        for count, piece in enumerate(text.letters[start:stop].split("\r")):
            if count:
                at_level = _level_at(levels, at_level, begin)
                yield _ended(line, levels, at_level)
                line, begin = Line(), start
                line.link(links.at(start))
            start += len(piece) + 1
            for part, words in enumerate(joined_pairs(piece).split("\x0b")):
                if part:
                    line.br()
                line.text(lettered(named, words), shown)
    yield _ended(line, levels, _level_at(levels, at_level, begin))


class _Links:
    """The links of a text by its letters."""

    def __init__(self, text: PptText, addresses: Mapping[int, str]) -> None:
        size = len(text.letters)
        found = sorted((min(max(begin, 0), size), min(max(end, 0), size), link) for begin, end, link in text.links)
        self._begins = [begin for begin, _, _ in found]
        self._found = [(end, addresses.get(link, "")) for _, end, link in found]
        self.borders = {place for begin, end, _ in found for place in (begin, end)}

    def at(self, place: int) -> str:
        """Where a letter leads; "" for nowhere."""
        number = bisect_right(self._begins, place) - 1
        return self._found[number][1] if number >= 0 and place < self._found[number][0] else ""


def _level_at(levels: list[tuple[int, int, bool | None]], at: int, begin: int) -> int:
    while at < len(levels) - 1 and levels[at][0] <= begin:
        at += 1
    return at


def _ended(line: Line, levels: list[tuple[int, int, bool | None]], at: int) -> PptParagraph:
    _, level, bullet = levels[at] if at < len(levels) else (0, 0, None)
    return PptParagraph(line=line, level=level, bullet=bullet)


def _sign_borders(text: PptText) -> Iterator[int]:
    for place in text.signs:
        if place < len(text.letters):
            yield from (place, place + 1)


Levels = list[tuple[int, int, bool | None]]
"""(first letter after, level, bullet) of paragraphs."""

Marks = list[tuple[int, tuple[str, ...], int]]
"""(first letter after, marks, number of the font) of letters."""


def _styled(raw: bytes, size: int) -> tuple[Levels, Marks]:
    """What is said of paragraphs and of letters; as much of it as can be read."""
    levels: Levels = []
    marks: Marks = []
    at = letters = 0
    while letters <= size and at + 10 <= len(raw):
        count, level, mask = struct.unpack_from("<IHI", raw, at)
        at += 10
        bullet: bool | None = None
        if mask & _SWITCHES:
            bullet = bool(raw[at] & 1) if mask & 1 and at < len(raw) else None
            at += 2
        at += sum((4 if part == 0x20 else 2) for part in _PARAGRAPH_PARTS if mask & part)
        if mask & _TABS:
            at += 2 + 4 * int.from_bytes(raw[at : at + 2], "little")
        at += 2 * sum(1 for parts in _AFTER_TABS if any(mask & part for part in parts))
        letters += count
        levels.append((letters, min(level, MAX_LEVEL), bullet))
    letters = 0
    while letters <= size and at + 8 <= len(raw):
        count, mask = struct.unpack_from("<II", raw, at)
        at += 8
        found: tuple[str, ...] = ()
        if mask & _STYLED:
            style = int.from_bytes(raw[at : at + 2], "little")
            found = tuple(mark for mark, bit in (("b", 1), ("i", 2)) if style & mask & bit)
            at += 2
        font = int.from_bytes(raw[at : at + 2], "little") if mask & 0x10000 else -1
        at += 2 * sum(1 for part in _LETTER_PARTS if mask & part) + (4 if mask & 0x40000 else 0)
        if mask & 0x80000:
            higher = int.from_bytes(raw[at : at + 2], "little", signed=True)
            found += (("sup",) if higher > 0 else ("sub",)) if higher else ()
            at += 2
        letters += count
        marks.append((letters, found, font))
    return levels, marks


def put_paragraphs(found: Iterable[PptParagraph], flow: TextFlow, *, listed: bool) -> None:
    """Put paragraphs into a flow.

    Args:
        listed: whether they are items of a list where they do not say otherwise.
    """
    for each in found:
        if not each.line.held:
            continue
        if listed if each.bullet is None else each.bullet:
            flow.item(each.level, "", 0, each.line)
        else:
            flow.paragraph(each.line)
