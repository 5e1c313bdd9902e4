"""Excel workbooks (.xlsx, .xlsm, .xltx): each sheet that is shown as a table, with what stands on it besides.

Cells are shown as their formats say; merged cells span, remarks are notes, links lead. Boxes, charts and pictures
follow their sheet. Hidden sheets are counted and not read. Standard: ECMA-376-1 §18 (SpreadsheetML).
"""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.parsers import expat

from galactica.sources.contract import Item
from galactica.sources.office import metadata, xlsx_cells, xlsx_remarks, xmltree
from galactica.sources.office.docx_tables import TableCell
from galactica.sources.office.drawing import Drawings, Relations
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow, as_block, signed
from galactica.sources.office.inline import Line, attribute_text, text_html
from galactica.sources.office.number_format import BUILT_IN
from galactica.sources.office.package import MAX_SHEET, OfficePackage
from galactica.sources.office.sheets import SheetRow, WorkSheet, workbook
from galactica.sources.office.xlsx_remarks import Remarks
from galactica.sources.office.xlsx_texts import lines_html, shared_texts
from galactica.sources.office.xmltree import first, number

MAX_SHEETS = 5_000
"""Sheets of one workbook."""

_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f+-]{6}|[A-Za-z+-])')
_MARGINS = re.compile(rb"<(?:\w+:)?headerFooter\b")


def read_xlsx(package: OfficePackage, main: str, flow: TextFlow) -> Iterator[Item]:
    """Yield what a workbook holds.

    Raises:
        PartError: its main part cannot be read.
    """
    reader = _Xlsx(package, main, flow)
    about = metadata.of_package(package, flow.path)
    yield from workbook(flow, about, reader.sheets())


class _Xlsx:
    def __init__(self, package: OfficePackage, main: str, flow: TextFlow) -> None:
        self._package = package
        self._flow = flow
        self._root = package.xml(main)
        self._relations = package.relations(main)
        self._formats = xlsx_cells.Formats()
        about = first(self._root, "x:workbookPr")
        self._formats.since_1904 = about is not None and about.get("date1904", "") in ("1", "true")
        self._drawings = Drawings(package, lambda element, relations: "")
        self._left: Remarks = {}
        self._cells = xlsx_cells.MAX_CELLS_READ

    def sheets(self) -> Iterator[WorkSheet]:
        """The sheets that are shown, in order."""
        self._read_formats()
        listed = first(self._root, "x:sheets")
        for each in list(listed if listed is not None else ())[:MAX_SHEETS]:
            if each.get("state", "visible") in ("hidden", "veryHidden"):
                self._flow.dropped["office:hidden-sheet"] += 1
                continue
            relation = self._relations.get(each.get("r:id", ""))
            if relation is None or relation.outside:
                self._flow.dropped["office:missing-sheet"] += 1
                continue
            try:
                raw = self._package.read(relation.target, MAX_SHEET)
            except PartError:
                self._flow.dropped["office:damaged-sheet"] += 1
                continue
            if xmltree.declares_entities(raw):
                self._flow.dropped["office:damaged-sheet"] += 1
                continue
            relations = self._package.relations(relation.target)
            rows = self._rows(raw, relations) if relation.kind != "chartsheet" else ()
            yield WorkSheet(name=each.get("name", "") or "Sheet", rows=rows, below=self._below(raw, relations))

    def _read_formats(self) -> None:
        for relation in self._relations.values():
            if relation.outside:
                continue
            try:
                if relation.kind == "sharedStrings":
                    self._strings(self._package.read(relation.target, MAX_SHEET))
                elif relation.kind == "styles":
                    styles = self._package.xml(relation.target)
                    self._formats.codes, self._formats.struck = _codes(styles), _struck(styles)
            except PartError:
                self._flow.dropped["office:damaged-part"] += 1

    def _strings(self, raw: bytes) -> None:
        if xmltree.declares_entities(raw):
            raise PartError("unsupported", "XML that declares entities")
        try:
            shared_texts(raw, self._formats.strings.append, self._formats.in_struck)
        except (expat.ExpatError, LookupError, ValueError):
            self._flow.dropped["office:broken-xml"] += 1

    def _rows(self, raw: bytes, relations: Relations) -> Iterator[SheetRow]:
        spans, links = xlsx_cells.merged(raw), xlsx_cells.linked(raw)
        remarks = self._remarks(relations)
        for cells in xlsx_cells.Sheets(raw, self._flow, self._cells, self._formats.in_struck).rows():
            self._cells -= len(cells)
            found = []
            words = True
            notes: list[str] = []
            for cell in cells:
                text, worded = self._formats.html(cell, self._flow)
                words = words and worded
                place = cell.row, cell.column
                if place in links and text:
                    text = _led(text, links[place], relations)
                if place in remarks:
                    author, said = remarks.pop(place)
                    text += self._flow.remarked(signed(author, lines_html(said)), notes)
                if text:
                    found.append(_spanned(cell, text, spans))
            if found:
                yield SheetRow(number=cells[0].row, cells=found, words=words, notes=tuple(notes))
        self._left = remarks

    def _remarks(self, relations: Relations) -> Remarks:
        found: Remarks = {}
        for kind, read in (("comments", xlsx_remarks.remarks), ("threadedComment", self._talks)):
            for relation in relations.values():
                if relation.outside or relation.kind != kind:
                    continue
                try:
                    found.update(read(self._package.xml(relation.target)))
                except PartError:
                    self._flow.dropped["office:damaged-comments"] += 1
        return found

    def _talks(self, root: Element) -> Remarks:
        people: dict[str, str] = {}
        for relation in self._relations.values():
            if relation.kind == "person" and not relation.outside:
                with contextlib.suppress(PartError):
                    people.update(xlsx_remarks.people(self._package.xml(relation.target)))
        return xlsx_remarks.threaded_comments(root, people)

    def _below(self, raw: bytes, relations: Relations) -> Iterator[str]:
        """What stands on a sheet besides its cells."""
        for author, text in self._left.values():
            yield f'<aside role="note"><p>{signed(author, lines_html(text))}</p></aside>'
        self._left = {}
        for relation in relations.values():
            if relation.kind == "drawing" and not relation.outside:
                yield from self._drawn(relation.target)
        margin = _MARGINS.search(raw, max(raw.rfind(b"sheetData"), 0))
        if margin:
            yield from _margins(raw, margin.start())

    def _drawn(self, name: str) -> Iterator[str]:
        try:
            root = self._package.xml(name)
        except PartError:
            self._flow.dropped["office:damaged-drawing"] += 1
            return
        relations = self._package.relations(name)
        for each in root:
            line = Line()
            told = next((one.get("descr", "") for one in each.iter("xdr:cNvPr")), "")
            blocks = list(self._drawings.read(each, relations, self._flow, line, told))
            if line.held:
                yield f"<p>{line.html()}</p>"
            yield from (as_block(block) for block in blocks if block)


def _spanned(cell: xlsx_cells.RawCell, html: str, spans: dict[tuple[int, int], tuple[int, int]]) -> TableCell:
    """A cell as a table has it."""
    columns, rows = spans.get((cell.row, cell.column), (1, 1))
    return TableCell(column=cell.column, columns=columns, rows=rows, html=html)


def _codes(root: Element) -> list[str]:
    """The number format of each style."""
    own = {number(each.get("numFmtId"), -1): each.get("formatCode", "") for each in root.iter("x:numFmt")}
    found = []
    for each in first(root, "x:cellXfs") or ():
        identifier = number(each.get("numFmtId"))
        found.append(own.get(identifier) or BUILT_IN.get(identifier, "General"))
    return found


def _struck(root: Element) -> frozenset[str]:
    """The numbers of the styles whose font is struck through."""
    strikes = (first(font, "x:strike") for font in first(root, "x:fonts") or ())
    fonts = [strike is not None and strike.get("val", "1") in ("1", "true") for strike in strikes]
    found: set[str] = set()
    for place, each in enumerate(first(root, "x:cellXfs") or ()):
        font = number(each.get("fontId"))
        if 0 <= font < len(fonts) and fonts[font]:
            found.add(str(place))
    return frozenset(found)


def _led(text: str, link: tuple[str, str], relations: Relations) -> str:
    relation = relations.get(link[0])
    if relation is None or not relation.outside or "<a " in text:
        return text
    return f'<a href="{attribute_text(relation.target)}">{text}</a>'


def _margins(raw: bytes, margin: int) -> Iterator[str]:
    """What stands at the head and foot of a printed sheet, without what a printer fills in."""
    said: dict[str, None] = {}
    for match in re.finditer(
        rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]{0,200}>([^<]{1,4000})<", raw[margin:]
    ):
        text = " ".join(_CODE.sub(" ", _unescaped(match[1])).split())
        if any(letter.isalpha() for letter in text):
            said.setdefault(text)
    for text in said:
        yield f'<aside role="note"><p>{text_html(text)}</p></aside>'


def _unescaped(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))
