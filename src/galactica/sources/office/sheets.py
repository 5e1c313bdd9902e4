"""How a sheet is written, whatever program made it: a table with an anchor for each row, cut where it is long.

Rows and columns that hold nothing are left out; each row keeps its number in the sheet. Where the first row has words
alone, one over most columns, it is the head of the table, and comes again in each part of a long sheet. Several sheets,
or a long one, are parts of a work.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile

from galactica.model.anchors import anchor_id
from galactica.sources.contract import Item
from galactica.sources.office.docx_tables import TableCell
from galactica.sources.office.flow import FlowBlock, TextFlow
from galactica.sources.office.inline import attribute_text
from galactica.sources.office.metadata import Described
from galactica.sources.office.parts import TextPart, assembled
from galactica.sources.trees import rejected

PART_BYTES = 150_000
"""Bytes of HTML after which a sheet is cut: some 500 rows of ten cells."""

PART_ROWS = 1_000
"""Rows after which it is cut anyway."""

PART_CELLS = 50_000
"""Rows times columns after which it is cut: sheets may be wide and nearly empty."""

_UNNAMED = re.compile(
    r"(?:sheet|tabelle|feuil|hoja|foglio|blad|plan|planilha|лист|arkusz|ark|taul|sayfa|munka|list)\s?_?\d+", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row that holds something.

    Attributes:
        number: from 1.
        cells: those that hold something, by column.
        words: whether all of them are words.
        notes: ids of the remarks in it.
    """

    number: int
    cells: list[TableCell]
    words: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSheet:
    """A sheet: its name, its rows in order, and what stands besides (boxes, charts); asked for after the rows."""

    name: str
    rows: Iterable[SheetRow]
    below: Iterable[str] = ()


def workbook(flow: TextFlow, about: Described, sheets: Iterable[WorkSheet]) -> Iterator[Item]:
    """Yield what a file of sheets holds: its work where it has parts, its documents, its pictures."""
    found = (part for sheet in sheets for part in _parts(sheet, flow))
    start = list(islice(found, 2))
    if not start and not flow.media:
        yield rejected(flow.key, flow.path, "empty", "no cell holds anything")
        return
    several = len(start) > 1
    if not several and start:
        named = start[0].title
        title = about.title if _UNNAMED.fullmatch(named) or named == about.title else f"{about.title}: {named}"
        about = replace(about, title=title)
    parts = (replace(part, title=_titled(part, about.title)) for part in chain(start, found))
    yield from assembled(flow, about, "spreadsheet", parts, several=several, places={})


def _titled(part: TextPart, title: str) -> str:
    """The title of a sheet; where nobody gave it a name, with that of its file."""
    name = part.title.partition(" (")[0]
    return f"{title}: {part.title}" if _UNNAMED.fullmatch(name) else part.title


def _parts(sheet: WorkSheet, flow: TextFlow) -> Iterator[TextPart]:
    head: SheetRow | None = None
    rows: list[SheetRow] = []
    columns: set[int] = set()
    size, cut = 0, False
    begun = False
    for row in sheet.rows:
        wide = len(columns.union(cell.column for cell in row.cells))
        if rows and (size > PART_BYTES or len(rows) >= PART_ROWS or (len(rows) + 1) * wide > PART_CELLS):
            if not begun:
                head = _head(rows)
            yield _part(sheet.name, rows, head if begun else None, head is not None and not begun, ())
            rows, columns, size, cut, begun = [], set(), 0, True, True
        rows.append(row)
        columns.update(cell.column for cell in row.cells)
        size += sum(len(cell.html) + 9 for cell in row.cells)
    if not begun:
        head = _head(rows) if rows else None
    below = tuple(sheet.below)
    if rows or below:
        part = _part(sheet.name, rows, head if begun else None, head is not None and not begun, below)
        yield part if cut else replace(part, title=sheet.name)


def _head(rows: list[SheetRow]) -> SheetRow | None:
    """The first row, where it heads columns."""
    first, *rest = rows
    headed = first.words and len(first.cells) > 1 and bool(rest) and all(cell.rows == 1 for cell in first.cells)
    wide = len({cell.column for row in rest[:50] for cell in row.cells})
    return first if headed and 2 * len(first.cells) > wide else None


def _part(name: str, rows: list[SheetRow], again: SheetRow | None, headed: bool, below: tuple[str, ...]) -> TextPart:
    """A stretch of a sheet.

    Args:
        again: the head of a table that began in an earlier part.
        headed: whether the first row is the head.
    """
    title = f"{name} ({rows[0].number}–{rows[-1].number})" if rows else name
    blocks = [
        FlowBlock(
            kind="block", html=sheet_table(name, rows, again, headed), notes=tuple(n for row in rows for n in row.notes)
        )
    ]
    if not rows:
        blocks = []
    return TextPart(
        title=title, headings=(), blocks=[*blocks, *(FlowBlock(kind="block", html=html) for html in below if html)]
    )


def sheet_table(name: str, rows: list[SheetRow], again: SheetRow | None, headed: bool) -> str:
    """Rows of a sheet as HTML; arguments as for `_part`."""
    every = [*([again] if again else []), *rows]
    columns = sorted({cell.column for row in every for cell in row.cells})
    numbers = [row.number for row in rows]
    covered: dict[int, set[int]] = {}
    held = {(row.number, cell.column) for row in every for cell in row.cells if cell.html}
    pieces = [f'<table id="{attribute_text(anchor_id("sheet", name))}">']
    if again:
        pieces.append(f"<thead>{_row(again, columns, numbers, {}, held, head=True, anchored=False)}</thead>")
    if headed:
        pieces.append(f"<thead>{_row(rows[0], columns, numbers, covered, held, head=True)}</thead>")
        rows = rows[1:]
    pieces.append("<tbody>")
    pieces.extend(_row(row, columns, numbers, covered, held, head=False) for row in rows)
    pieces.append("</tbody></table>")
    return "".join(pieces)


def _row(
    row: SheetRow,
    columns: list[int],
    numbers: list[int],
    covered: dict[int, set[int]],
    held: set[tuple[int, int]],
    *,
    head: bool,
    anchored: bool = True,
) -> str:
    tag = 'th scope="col"' if head else "td"
    cells = {cell.column: cell for cell in row.cells}
    gone = covered.pop(row.number, set())
    pieces = [f'<tr id="row:{row.number}">' if anchored else "<tr>"]
    for column in columns:
        if column in gone:
            continue
        cell = cells.get(column)
        if cell is None:
            pieces.append("<td></td>")
            continue
        wide, high = _spanned(cell, row.number, columns, numbers, held, gone)
        spans = f' colspan="{len(wide)}"' if len(wide) > 1 else ""
        spans += f' rowspan="{len(high)}"' if len(high) > 1 else ""
        gone.update(wide)
        for each in high[1:]:
            covered.setdefault(each, set()).update(wide)
        pieces.append(f"<{tag}{spans}>{cell.html}</{tag[:2]}>")
    pieces.append("</tr>")
    return "".join(pieces)


def _spanned(
    cell: TableCell,
    number: int,
    columns: list[int],
    numbers: list[int],
    held: set[tuple[int, int]],
    gone: set[int],
) -> tuple[list[int], list[int]]:
    """(columns, rows) that a cell of a row spans; up to one that holds something, so that nothing is covered."""
    wide, high = [cell.column], [number]
    if cell.columns > 1:
        behind = columns[bisect_right(columns, cell.column) : bisect_left(columns, cell.column + cell.columns)]
        wide += takewhile(lambda each: each not in gone and (number, each) not in held, behind)
    if cell.rows > 1:
        below = numbers[bisect_right(numbers, number) : bisect_left(numbers, number + cell.rows)]
        high += takewhile(lambda each: not any((each, place) in held for place in wide), below)
    return wide, high
