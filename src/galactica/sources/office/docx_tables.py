"""Tables of Word documents: cells that span columns and rows, heads that come again on each page (ECMA-376-1 §17.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import text_html
from galactica.sources.office.xmltree import alternatives, child_value, first, number, switched

MAX_SPAN = 1_000
"""Columns or rows of a cell; Word has 63 columns."""

_AROUND = ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")


@dataclass(slots=True, kw_only=True)
class TableCell:
    """A cell: its column from 0, how many it spans, how many rows, what is in it, whether it heads a column."""

    column: int
    columns: int
    rows: int
    html: str
    head: bool = False


def word_table(root: Element, flow: TextFlow, inside: Callable[[Element], str]) -> str:
    """A table as HTML.

    Args:
        inside: reads what is in a cell.
    """
    rows: list[list[TableCell]] = []
    open_: dict[int, TableCell] = {}
    heads = 0
    for row in _inner(root, "w:tr"):
        properties = first(row, "w:trPr")
        if first(properties, "w:del") is not None:
            flow.dropped["office:deleted-row"] += 1
            continue
        head = switched(properties, "w:tblHeader") is True and heads == len(rows)
        heads += head
        column = min(number(child_value(properties, "w:gridBefore")), MAX_SPAN)
        cells: list[TableCell] = []
        for each in _inner(row, "w:tc"):
            about = first(each, "w:tcPr")
            columns = min(max(1, number(child_value(about, "w:gridSpan"), 1)), MAX_SPAN)
            merged = child_value(about, "w:vMerge")
            html = inside(each)
            if (
                merged is not None
                and merged != "restart"
                and column in open_
                and child_value(about, "w:hMerge") is None
            ):
                above = open_[column]
                above.rows = min(above.rows + 1, MAX_SPAN)
                above.html += f"<br>{html}" if html else ""
            elif child_value(about, "w:hMerge") == "continue" and cells:
                cells[-1].columns += columns
                cells[-1].html += f"<br>{html}" if html else ""
            else:
                cell = TableCell(column=column, columns=columns, rows=1, html=html, head=head)
                cells.append(cell)
                open_.pop(column, None)
                if merged is not None:
                    open_[column] = cell
            column += columns
        rows.append(cells)
    caption = child_value(first(root, "w:tblPr"), "w:tblCaption") or ""
    return laid_out(rows, heads, caption)


def _inner(parent: Element, tag: str) -> Iterator[Element]:
    for child in alternatives(parent):
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _inner(child, tag)


def laid_out(rows: list[list[TableCell]], heads: int, caption: str = "") -> str:
    """Rows of cells as HTML; the first `heads` rows are its head. "" where no cell holds anything."""
    if not any(cell.html for row in rows for cell in row):
        return ""
    pieces = ["<table>"]
    if caption:
        pieces.append(f"<caption>{text_html(caption)}</caption>")
    for tag, part in (("thead", rows[:heads]), ("tbody", rows[heads:])):
        if part:
            pieces.append(f"<{tag}>")
            pieces.extend(f"<tr>{''.join(map(_cell, row))}</tr>" for row in part)
            pieces.append(f"</{tag}>")
    pieces.append("</table>")
    return "".join(pieces)


def _cell(cell: TableCell) -> str:
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f'<th scope="col"{spans}>{cell.html}</th>' if cell.head else f"<td{spans}>{cell.html}</td>"
