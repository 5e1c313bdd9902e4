"""Excel workbooks in one piece of XML (Excel 2002 and 2003, "XML Spreadsheet"): sheets that are shown, as tables.

Cells are shown as those of newer workbooks are: numbers and days by their formats, what a formula came to, merged
cells, links, remarks, letters that are raised, lowered or struck. The XML is read as a stream, so memory holds a row.
Hidden sheets are counted; of XML that breaks off what came before stays. A file that declares entities is refused.

Standard: XML Spreadsheet Reference (Microsoft Office 2003 XML Reference Schemas).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from xml.parsers import expat

from galactica.sources import encoding, html
from galactica.sources.contract import Item
from galactica.sources.office import metadata, xmltree
from galactica.sources.office.docx_tables import TableCell
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow, signed
from galactica.sources.office.inline import attribute_text, text_html
from galactica.sources.office.rows_fed import fed
from galactica.sources.office.sheets import SheetRow, WorkSheet, workbook
from galactica.sources.office.xls_xml_cells import CellTexts, SheetStyles, shown_value
from galactica.sources.office.xlsx_cells import MAX_CELLS_READ, MAX_COLUMNS
from galactica.sources.xml_mended import mended_xml

MAX_ROWS = 1_048_576
"""Rows of a sheet."""

_SHEET = re.compile(rb"<(?:\w{1,40}:)?(?:(Worksheet)\b|Visible>\s*(Sheet\w{1,20}))")
_CODE = re.compile(r'&(?:"[^"]*"|\d+|[A-Za-z+-])')


def read(raw: bytes, path: str, key: str) -> Iterator[Item]:
    """Yield what a workbook holds.

    Raises:
        PartError: it declares entities, or is no text.
    """
    if xmltree.declares_entities(raw):
        raise PartError("unsupported", "a workbook in XML that declares entities")
    text = encoding.decode(raw, html.declared(raw))
    if text is None:
        raise PartError("bad-encoding", "no text in UTF-8, UTF-16 or a declared encoding")
    flow = TextFlow(path=path, key=key)
    reader = _XmlWorkbook(mended_xml(text), flow)
    sheets = reader.sheets()
    first = next(sheets, None)  # what the file says of itself stands before its sheets
    said = reader.about
    about = metadata.described(
        title=said.get("Title", ""),
        creators=[said.get("Author", "")],
        created=said.get("Created", ""),
        modified=said.get("LastSaved", ""),
        keywords=[said.get("Keywords", ""), said.get("Category", "")],
        description=said.get("Description", "") or said.get("Subject", ""),
        publisher=said.get("Company", ""),
    )
    about = replace(about, title=metadata.titled(about, path))
    yield from workbook(flow, about, chain([first] if first else (), sheets))


class _XmlWorkbook:
    """Streams rows out of the XML.

    Attributes:
        about: what the file says of itself, by the names of the tags; filled until the first sheet.
    """

    def __init__(self, raw: bytes, flow: TextFlow) -> None:
        self.about: dict[str, str] = {}
        self._raw = raw
        self._flow = flow
        self._left = MAX_CELLS_READ
        self._ready: list[str | SheetRow | None] = []  # a name where a sheet begins, None where it ends
        self._styles = SheetStyles()
        self._texts = CellTexts()
        self._in_about = False
        self._number = self._next = self._alike = 0
        self._row_style = ""
        self._columns: dict[int, str] = {}
        self._last_column = -1
        self._cells: list[TableCell] = []
        self._words = True
        self._notes: list[str] = []
        self._cell: dict[str, str] | None = None
        self._margins: dict[str, None] = {}

    def sheets(self) -> Iterator[WorkSheet]:
        """The sheets that are shown, in order; the rows of one must be taken before the next is asked for."""
        hidden = self._hidden()
        events = self._events()
        number = -1
        for event in events:
            if isinstance(event, str):
                number += 1
                if number in hidden:
                    self._flow.dropped["office:hidden-sheet"] += 1
                    for _ in _rows(events):
                        pass
                    self._margins.clear()
                else:
                    yield WorkSheet(name=event or "Sheet", rows=_rows(events), below=self._below())

    def _hidden(self) -> set[int]:
        """The numbers of the sheets, from 0, that say behind their rows that they are hidden."""
        found: set[int] = set()
        number = -1
        for match in _SHEET.finditer(self._raw):
            if match[1]:
                number += 1
            elif match[2].startswith((b"SheetHidden", b"SheetVeryHidden")):
                found.add(number)
        return found

    def _below(self) -> Iterator[str]:
        for text in self._margins:
            yield f'<aside role="note"><p>{text_html(text)}</p></aside>'
        self._margins = {}

    def _events(self) -> Iterator[str | SheetRow | None]:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._texts.text
        yield from fed(parser, self._raw, self._ready, lambda: self._left, self._row_ends, self._flow)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        said = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        match name:
            case "Worksheet":
                self._ready.append(said.get("Name", ""))
                self._number, self._row_style, self._columns, self._last_column, self._alike = 0, "", {}, -1, 0
            case "Column":
                self._column(said)
            case "Row":
                self._number = _place(said, self._number + self._alike + 1, MAX_ROWS)
                self._alike = min(max(xmltree.number(said.get("Span")), 0), MAX_ROWS)  # empty rows behind it
                self._next, self._row_style = 0, said.get("StyleID", "")
            case "Cell":
                self._next = _place(said, self._next + 1, MAX_COLUMNS) - 1
                self._cell = said
                self._texts.begin()
            case "DocumentProperties":
                self._in_about = True
            case "Header" | "Footer":
                if (told := " ".join(_CODE.sub(" ", said.get("Data", "")).split())) and len(self._margins) < 100:
                    self._margins.setdefault(told)
            case _ if self._in_about:
                self._texts.begin()
                self._texts.start("Data", {})
            case _:
                self._styles.start(name, said)
                self._texts.start(name, said)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        match name:
            case "Worksheet":
                self._ready.append(None)
            case "Row":
                self._row_ends()
            case "Cell" if self._cell is not None:
                self._cell_ends(self._cell)
                self._cell = None
            case "DocumentProperties":
                self._in_about = False
            case _ if self._in_about:
                self.about.setdefault(name, self._texts.value())
            case _:
                self._styles.end(name)
                self._texts.end(name)

    def _column(self, said: dict[str, str]) -> None:
        first = _place(said, self._last_column + 2, MAX_COLUMNS) - 1
        self._last_column = min(first + max(xmltree.number(said.get("Span")), 0), MAX_COLUMNS)
        for column in range(first, self._last_column + 1):
            self._columns[column] = said.get("StyleID", "")

    def _cell_ends(self, said: dict[str, str]) -> None:
        column = self._next
        across, down = (max(0, xmltree.number(said.get(name))) for name in ("MergeAcross", "MergeDown"))
        self._next = min(column + min(across, MAX_COLUMNS) + 1, MAX_COLUMNS)
        if column >= MAX_COLUMNS:
            self._flow.dropped["office:bad-place"] += 1
            return
        style = said.get("StyleID", "") or self._row_style or self._columns.get(column, "") or "Default"
        html, words = shown_value(self._texts, self._styles, style)
        if not html and (formula := said.get("Formula", "")):
            self._flow.dropped["office:formula-without-value"] += 1
            html, words = f"<code>{text_html(formula)}</code>", False
        if html and said.get("HRef", "").startswith(("http://", "https://", "mailto:")) and "<a " not in html:
            html = f'<a href="{attribute_text(said["HRef"])}">{html}</a>'
        if remark := self._texts.remark():
            html += self._flow.remarked(signed(self._texts.author, remark), self._notes)
        if html and self._left > 0:
            self._left -= 1
            self._words = self._words and words
            self._cells.append(TableCell(column=column, columns=across + 1, rows=down + 1, html=html))

    def _row_ends(self) -> None:
        if self._cells:
            self._ready.append(
                SheetRow(number=self._number, cells=self._cells, words=self._words, notes=tuple(self._notes))
            )
        self._cells, self._words, self._notes = [], True, []


def _rows(events: Iterator[str | SheetRow | None]) -> Iterator[SheetRow]:
    """The rows up to where the sheet ends."""
    for event in events:
        if not isinstance(event, SheetRow):
            return
        yield event


def _place(said: dict[str, str], following: int, most: int) -> int:
    """The number, from 1, of a row or column that may say it; never one that has been."""
    return min(max(xmltree.number(said.get("Index"), following), following), most + 1)
