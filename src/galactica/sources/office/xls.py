"""Excel workbooks from before 2007 (.xls), read by xlrd: sheets that are shown, as tables of what their cells show.

xlrd gives values and the formats of cells; they are shown as those of newer workbooks are. Boxes, charts and pictures
are not in what it reads. Whatever it raises on hostile bytes ends the reading, and so does a size above the bound,
because it holds all of a workbook in memory.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from galactica.errors import MissingError
from galactica.sources.contract import Item
from galactica.sources.office import metadata
from galactica.sources.office.docx_tables import TableCell
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow, signed
from galactica.sources.office.inline import broken_lines_html, text_html
from galactica.sources.office.number_format import BUILT_IN, text_shown
from galactica.sources.office.sheets import SheetRow, WorkSheet, workbook
from galactica.sources.office.xlsx_cells import cell_number_html

Runlist = list[tuple[int, int]] | None
"""(place in a text, number of a font) of each run whose letters look differently."""

MAX_OLD_WORKBOOK = 32 * 2**20
"""Bytes of an old workbook. A sheet of it has at most 65,536 rows; in memory it takes some twenty times its size."""


def read(raw: bytes, path: str, key: str) -> Iterator[Item]:
    """Yield what a workbook holds.

    Raises:
        PartError: xlrd cannot read it.
        MissingError: xlrd is not installed.
    """
    try:
        xlrd = importlib.import_module("xlrd")
    except ImportError as error:
        raise MissingError("Old Excel workbooks are read by xlrd", "pip install 'galactica[build]'") from error
    if len(raw) > MAX_OLD_WORKBOOK:
        raise PartError("too-large", f"more than {MAX_OLD_WORKBOOK:,} bytes")
    try:
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, logfile=io.StringIO())
    except (
        Exception
    ) as error:  # xlrd has errors of its own, and lets struct.error, IndexError … through on hostile bytes
        reason = "encrypted" if "encrypted" in str(error).lower() else "truncated"
        raise PartError(reason, f"an old Excel workbook that cannot be read: {error}"[:300]) from error
    flow = TextFlow(path=path, key=key)
    about = metadata.described(creators=[str(book.user_name or "")])
    about = replace(about, title=metadata.titled(about, path))
    yield from workbook(flow, about, _sheets(book, flow, xlrd.error_text_from_code))


def _sheets(book: Any, flow: TextFlow, errors: dict[int, str]) -> Iterator[WorkSheet]:  # noqa: ANN401 - xlrd has no types
    for sheet in book.sheets():
        if sheet.visibility:
            flow.dropped["office:hidden-sheet"] += 1
            continue
        yield WorkSheet(name=str(sheet.name) or "Sheet", rows=_rows(book, sheet, flow, errors))


def _rows(book: Any, sheet: Any, flow: TextFlow, errors: dict[int, str]) -> Iterator[SheetRow]:  # noqa: ANN401
    spans = {(top, left): (right - left, bottom - top) for top, bottom, left, right in sheet.merged_cells}
    for number in range(sheet.nrows):
        found: list[TableCell] = []
        words, notes = True, list[str]()
        for column, cell in enumerate(sheet.row(number)):
            html, worded = _cell(book, cell, errors, sheet.rich_text_runlist_map.get((number, column)))
            note = sheet.cell_note_map.get((number, column))
            if note is not None and str(note.text).strip():
                author = str(note.author)
                said = broken_lines_html(str(note.text).removeprefix(f"{author}:"))
                html += flow.remarked(signed(author, said), notes)
            if html:
                columns, rows = spans.get((number, column), (1, 1))
                found.append(TableCell(column=column, columns=max(1, columns), rows=max(1, rows), html=html))
                words = words and worded
        if found:
            yield SheetRow(number=number + 1, cells=found, words=words, notes=tuple(notes))


def _cell(book: Any, cell: Any, errors: dict[int, str], runs: Runlist) -> tuple[str, bool]:  # noqa: ANN401
    """(what a cell shows, whether that is words)."""
    html, words = _shown(book, cell, errors, runs or [])
    struck = html and "s" in _looks(book, _font(book, cell)) and not (runs and cell.ctype == 1)
    return (f"<s>{html}</s>" if struck else html), words


def _shown(book: Any, cell: Any, errors: dict[int, str], runs: list[tuple[int, int]]) -> tuple[str, bool]:  # noqa: ANN401
    match cell.ctype:
        case 1 if runs:
            return _rich(book, str(cell.value), runs, _font(book, cell)), True
        case 1:
            shown = text_shown(str(cell.value), _code(book, cell))
            return broken_lines_html(shown), True
        case 2 | 3:
            return cell_number_html(float(cell.value), _code(book, cell), book.datemode == 1), False
        case 4:
            return ("TRUE" if cell.value else "FALSE"), False
        case 5:
            return text_html(errors.get(cell.value, "#ERROR")), False
        case _:
            return "", True


def _rich(book: Any, text: str, runs: list[tuple[int, int]], first: int) -> str:  # noqa: ANN401
    """A text whose letters look differently, from each place on as the font of that number says, before as `first`."""
    starts = [(0, first), *sorted(runs)]
    html = ""
    for (start, font), (end, _) in zip(starts, [*starts[1:], (len(text), -1)], strict=True):
        marks = _looks(book, font)
        piece = text_html(text[start:end])
        html += "".join(f"<{mark}>" for mark in marks) + piece + "".join(f"</{mark}>" for mark in reversed(marks))
    return "<br>".join(html.strip().splitlines())


def _font(book: Any, cell: Any) -> int:  # noqa: ANN401
    try:
        return int(book.xf_list[cell.xf_index].font_index)
    except (IndexError, TypeError):
        return -1


def _looks(book: Any, number: int) -> tuple[str, ...]:  # noqa: ANN401
    """How letters of a font are marked: raised, lowered, struck."""
    if not 0 <= number < len(book.font_list):
        return ()
    font = book.font_list[number]
    raised = {1: "sup", 2: "sub"}.get(font.escapement, "")
    return tuple(mark for mark, on in ((raised, bool(raised)), ("s", bool(font.struck_out))) if on)


def _code(book: Any, cell: Any) -> str:  # noqa: ANN401
    """The number format of a cell; dates in the order of the reader's country are ISO 8601, as in newer workbooks."""
    try:
        key = book.xf_list[cell.xf_index].format_key
        found = BUILT_IN.get(key) if key in (14, 22) else None
        return found or str(book.format_map[key].format_str)
    except (IndexError, KeyError, TypeError):
        return "General"
