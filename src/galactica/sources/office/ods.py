"""OpenDocument spreadsheets (.ods, .ots, .fods, .sxc): cells as the file itself shows them (part 3 §9).

A cell has the text that it showed when it was saved, so neither formats nor formulas are computed. Hidden sheets are
counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from galactica.sources.contract import Item
from galactica.sources.office import metadata
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import attribute_text, text_html
from galactica.sources.office.odf_styles import OdfStyles
from galactica.sources.office.odf_tables import odf_rows
from galactica.sources.office.odf_text import OdfText
from galactica.sources.office.odt import text_reader
from galactica.sources.office.package import OfficePackage
from galactica.sources.office.sheets import SheetRow, WorkSheet, workbook
from galactica.sources.office.xmltree import first

_NUMBERS = ("float", "percentage", "currency", "date", "time", "boolean")
_VALUES = ("office:string-value", "office:date-value", "office:time-value", "office:boolean-value", "office:value")


def read_ods(
    package: OfficePackage | None, content: Element, styled: Element | None, meta: Element | None, flow: TextFlow
) -> Iterator[Item]:
    """Yield what a spreadsheet holds; arguments as for `read_odt`."""
    styles = OdfStyles()
    styles.take(styled)
    styles.take(content)
    reader = text_reader(package, styles)
    about = metadata.opendocument(meta)
    about = replace(about, title=metadata.titled(about, flow.path))
    yield from workbook(flow, about, _sheets(content, styles, reader, flow))


def _sheets(content: Element, styles: OdfStyles, reader: OdfText, flow: TextFlow) -> Iterator[WorkSheet]:
    body = first(content, "office:body", "office:spreadsheet")
    for number, table in enumerate((each for each in body if each.tag == "table:table") if body is not None else (), 1):
        if not styles.get("table", table.get("table:style-name", "")).display:
            flow.dropped["office:hidden-sheet"] += 1
            continue
        shapes = first(table, "table:shapes")
        below = (html for html in [reader.inner(shapes, flow)] if html) if shapes is not None else ()
        yield WorkSheet(
            name=table.get("table:name", "") or f"Sheet{number}", rows=_rows(table, styles, reader, flow), below=below
        )


def _rows(table: Element, styles: OdfStyles, reader: OdfText, flow: TextFlow) -> Iterator[SheetRow]:
    numeric = False

    def inside(cell: Element) -> str:
        nonlocal numeric
        html = _cell(cell, reader, flow)
        if html and "s" in styles.get("table-cell", cell.get("table:style-name", "")).marks:
            html = f"<s>{html}</s>"
        numeric = numeric or (bool(html) and cell.get("office:value-type", "") in _NUMBERS)
        return html

    for row in odf_rows(table, flow, inside):
        notes, flow.marks = tuple(flow.marks), []
        yield SheetRow(number=row.number, cells=row.cells, words=not numeric, notes=notes)
        numeric = False


def _cell(cell: Element, reader: OdfText, flow: TextFlow) -> str:
    if len(cell) == 1 and cell[0].tag == "text:p" and not len(cell[0]):
        html = text_html(" ".join((cell[0].text or "").split()))
    else:
        html = reader.inner(cell, flow)
    if not html:
        html = next((text_html(cell.get(name, "")) for name in _VALUES if cell.get(name)), "")
    date = cell.get("office:date-value", "")
    return f'<time datetime="{attribute_text(date)}">{html}</time>' if date and html and "<" not in html else html
