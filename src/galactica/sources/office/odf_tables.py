"""Tables of OpenDocument files, in texts and as sheets: rows and cells that are repeated, spanned and covered (§9).

A tag may stand for a million rows that hold nothing, or for a thousand that hold the same; what holds nothing is
counted on, what holds something is repeated up to a bound, and what is beyond it is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from galactica.sources.office.docx_tables import MAX_SPAN, TableCell, laid_out
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.xmltree import number

MAX_REPEATED = 5_000
"""Times that a row or cell which holds something is repeated; nobody reads the same more often."""

MAX_CELLS = 2_000_000
"""Cells of one table."""

_ROWS = ("table:table-row-group", "table:table-rows", "table:table-header-rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class OdfRow:
    """A row: its number from 1, whether it is of the head, its cells that hold something."""

    number: int
    head: bool
    cells: list[TableCell]


def odf_rows(table: Element, flow: TextFlow, inside: Callable[[Element], str]) -> Iterator[OdfRow]:
    """The rows of a table that hold something.

    Args:
        inside: reads what is in a cell.
    """
    at = 1
    left = MAX_CELLS
    for row, head in _rows(table, False):
        times = max(1, number(row.get("table:number-rows-repeated"), 1))
        cells = list(_cells(row, flow, inside))
        if cells:
            if times > MAX_REPEATED:
                flow.dropped["office:repeated-row"] += times - MAX_REPEATED
            for each in range(min(times, MAX_REPEATED)):
                left -= len(cells)
                if left < 0:
                    flow.dropped["office:too-many-cells"] += 1
                    return
                yield OdfRow(number=at + each, head=head, cells=cells)
        at += times


def _rows(parent: Element, head: bool) -> Iterator[tuple[Element, bool]]:
    for each in parent:
        if each.tag == "table:table-row":
            yield each, head
        elif each.tag in _ROWS:
            yield from _rows(each, head or each.tag == "table:table-header-rows")


def _cells(row: Element, flow: TextFlow, inside: Callable[[Element], str]) -> Iterator[TableCell]:
    column = 0
    for each in row:
        if each.tag not in ("table:table-cell", "table:covered-table-cell"):
            continue
        times = max(1, number(each.get("table:number-columns-repeated"), 1))
        html = inside(each) if len(each) else ""
        if html:
            if times > MAX_REPEATED:
                flow.dropped["office:repeated-cell"] += times - MAX_REPEATED
            for place in range(min(times, MAX_REPEATED)):
                yield TableCell(
                    column=column + place,
                    columns=min(max(1, number(each.get("table:number-columns-spanned"), 1)), MAX_SPAN),
                    rows=min(max(1, number(each.get("table:number-rows-spanned"), 1)), MAX_SPAN),
                    html=html,
                )
        column += times


def text_table(table: Element, flow: TextFlow, inside: Callable[[Element], str]) -> str:
    """A table of a text as HTML: every cell, those that hold nothing too."""
    rows: list[list[TableCell]] = []
    heads = 0
    for row, head in _rows(table, False):
        cells: list[TableCell] = []
        column = 0
        for each in row:
            times = min(max(1, number(each.get("table:number-columns-repeated"), 1)), MAX_SPAN)
            if each.tag == "table:table-cell":
                spans = (
                    number(each.get("table:number-columns-spanned"), 1),
                    number(each.get("table:number-rows-spanned"), 1),
                )
                html = inside(each)
                for place in range(times if column + times <= MAX_SPAN else 1):
                    columns, high = (min(max(1, span), MAX_SPAN) for span in spans)
                    cells.append(TableCell(column=column + place, columns=columns, rows=high, html=html, head=head))
            column += times
        while cells and not cells[-1].html and len(cells) > 1 and cells[-1].column > 100:
            cells.pop()
        rows.append(cells)
        heads += head
    return laid_out(rows, heads)
