"""The cells of a sheet of Excel, row by row (ECMA-376-1 §18.3): what each shows, as its number format says.

The XML is read as a stream, so a sheet takes as much memory as a row of it. A formula shows what it came to when the
file was saved; where nothing was kept it shows itself, and that is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from galactica.sources.office import xmltree
from galactica.sources.office.date_format import iso
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import text_html
from galactica.sources.office.number_format import number_shown, sections, text_shown
from galactica.sources.office.rows_fed import fed
from galactica.sources.office.xlsx_texts import RichText, lines_html

MAX_COLUMNS = 16_384
"""Columns of a sheet."""

MAX_CELLS_READ = 10_000_000
"""Cells of one workbook: ten columns of the million rows that a sheet has at most."""

MAX_MERGED = 100_000
"""Merged cells of a sheet."""

_LETTERS = re.compile("[A-Z]{1,3}")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']"
)
_LINKED = re.compile(rb"<(?:\w+:)?hyperlink\b([^>]{0,2000})>")
_ATTRIBUTE = re.compile(rb"(?:[\w]+:)?(ref|id|location)\s*=\s*[\"']([^\"']*)[\"']")
_TRUE = {"1": "TRUE", "0": "FALSE"}


class RawCell(NamedTuple):
    """A cell as the file has it; a tuple, because a sheet has millions of them.

    Attributes:
        row: number from 1.
        column: from 0.
        kind: "n", "s", "str", "inlineStr", "b", "e" or "d".
        style: number of its format.
        value: as it is written.
        formula: what it is computed by.
        inline: text that stands in the cell itself, as HTML.
    """

    row: int
    column: int
    kind: str
    style: str
    value: str
    formula: str
    inline: str


class Sheets:
    """Streams cells out of the XML of a sheet; `rows` yields those of one row after the other, `left` cells at most.

    `in_struck` is filled as by `RichText`.
    """

    def __init__(self, raw: bytes, flow: TextFlow, left: int, in_struck: dict[str, str]) -> None:
        self._left = left
        self._raw = raw
        self._flow = flow
        self._ready: list[list[RawCell]] = []
        self._row: list[RawCell] = []
        self._number = 0
        self._at = 0
        self._column = 0
        self._kind = "n"
        self._style = ""
        self._in = ""
        self._said: dict[str, list[str]] = {"v": [], "f": []}
        self._rich = RichText(in_struck)

    def rows(self) -> Iterator[list[RawCell]]:
        """The cells of each row that has any."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        yield from fed(parser, self._raw, self._ready, lambda: self._left, self._row_breaks, self._flow)

    def _row_breaks(self) -> None:
        if self._row:
            self._ready.append(self._row)
            self._row = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            for said in self._said.values():
                said.clear()
            self._rich.taken()
            letters = attributes.get("r", "").rstrip("0123456789")
            self._at = column_number(letters) if letters else self._column
            self._column = self._at + 1
        elif name == "row":
            self._number = xmltree.number(attributes.get("r"), self._number + 1)
            self._column = 0
        elif name in ("v", "f"):
            self._in = name
        else:
            self._rich.start(name, attributes)

    def _text(self, text: str) -> None:
        if self._in:
            self._said[self._in].append(text)
        else:
            self._rich.text(text)

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            value, formula = ("".join(said) for said in self._said.values())
            inline = self._rich.taken()
            if not (value or formula or inline):
                return
            if self._at >= MAX_COLUMNS:
                self._flow.dropped["office:bad-place"] += 1
            elif self._left > 0:
                self._left -= 1
                self._row.append(RawCell(self._number, self._at, self._kind, self._style, value, formula, inline))
        elif name == "row":
            if self._row:
                self._ready.append(self._row)
                self._row = []
        elif name == self._in:
            self._in = ""
        else:
            self._rich.end(name)


@dataclass(slots=True, kw_only=True)
class Formats:
    """What is needed to show cells.

    Attributes:
        strings: shared texts, as HTML.
        codes: number format of each style.
        struck: numbers of styles whose text is struck through, as the file writes them.
        in_struck: HTML of a text → what it is in a cell of those, where its runs say themselves how they look.
        since_1904: how days are counted.
        by_number: number of a style as it is written → its format; filled as it is asked for.
    """

    strings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    struck: frozenset[str] = frozenset()
    in_struck: dict[str, str] = field(default_factory=dict)
    since_1904: bool = False
    by_number: dict[str, str] = field(default_factory=dict)

    def html(self, cell: RawCell, flow: TextFlow) -> tuple[str, bool]:
        """(what a cell shows, whether that is words)."""
        html, words = self._shown(cell, flow)
        if html and cell.style in self.struck:
            html = self.in_struck.get(html, f"<s>{html}</s>")
        return html, words

    def _shown(self, cell: RawCell, flow: TextFlow) -> tuple[str, bool]:
        code = self._code(cell.style)
        match cell.kind:
            case "s":
                place = xmltree.number(cell.value, -1)
                if 0 <= place < len(self.strings):
                    return self.strings[place], True
                flow.dropped["office:missing-text"] += 1
                return "", True
            case "inlineStr":
                return cell.inline or lines_html(cell.value), True
            case "str":
                return lines_html(text_shown(cell.value, code)), True
            case "b":
                return _TRUE.get(cell.value.strip(), text_html(cell.value)), False
            case "e":
                return text_html(cell.value), False
            case "d":
                return _timed(cell.value, text_html(cell.value)), False
            case _:
                return self._number(cell, code, flow)

    def _code(self, style: str) -> str:
        """The number format of a style by its number as the file writes it."""
        found = self.by_number.get(style)
        if found is None:
            place = xmltree.number(style)
            found = self.codes[place] if 0 <= place < len(self.codes) else "General"
            if len(self.by_number) < MAX_COLUMNS:
                self.by_number[style] = found
        return found

    def _number(self, cell: RawCell, code: str, flow: TextFlow) -> tuple[str, bool]:
        if not cell.value.strip():
            if cell.formula:
                flow.dropped["office:formula-without-value"] += 1
                return f"<code>={text_html(cell.formula)}</code>", False
            return cell.inline, True
        try:
            value = float(cell.value)
        except ValueError:
            return text_html(cell.value), True
        return cell_number_html(value, code, self.since_1904), False


@lru_cache(maxsize=1 << 15)
def cell_number_html(value: float, code: str, since_1904: bool) -> str:
    """A number as its cell shows it; dates and small numbers come again and again."""
    html = text_html(number_shown(value, code, since_1904=since_1904))
    return _timed(iso(value, since_1904=since_1904), html) if sections(code)[0].dated else html


def _timed(date: str, html: str) -> str:
    """A date as it is shown, with the date that every program reads."""
    return f'<time datetime="{date}">{html}</time>' if re.fullmatch(r"[0-9T:.-]+", date) and html else html


@lru_cache(maxsize=MAX_COLUMNS)
def column_number(letters: str) -> int:
    """A column by its letters, from 0: A is 0, Z is 25, AA is 26; beyond `MAX_COLUMNS` for what names none."""
    letters = letters.replace("$", "")
    if not _LETTERS.fullmatch(letters):
        return MAX_COLUMNS
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def merged(raw: bytes) -> dict[tuple[int, int], tuple[int, int]]:
    """(row from 1, column from 0) of each merged cell → (how many columns, how many rows)."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    start = raw.find(b"mergeCells")
    for match in _MERGED.finditer(raw, start) if start >= 0 else ():
        left, right = (column_number(match[each].decode()) for each in (1, 3))
        top, bottom = int(match[2]), int(match[4])
        if right >= left and bottom >= top and len(found) < MAX_MERGED:
            found[top, left] = right - left + 1, bottom - top + 1
    return found


def linked(raw: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    """(row, column) of each cell with a link → (id of a relation, place in the workbook); the file puts them at its
    end."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    start = raw.find(b"hyperlinks")
    for match in _LINKED.finditer(raw, max(start, 0)) if start >= 0 else ():
        attributes = {name.decode(): text.decode("utf-8", "replace") for name, text in _ATTRIBUTE.findall(match[1])}
        place = _REFERENCE.match(attributes.get("ref", ""))
        if place and len(found) < MAX_MERGED:
            found[int(place[2]), column_number(place[1])] = attributes.get("id", ""), attributes.get("location", "")
    return found
