"""Tables in plain text that are called workbooks: what many programs of the web give out as "Excel" (.xls).

Rows are lines, parted by tabs, semicolons or commas; a sheet is made of them as of any other, and it is counted that
the file is not what its name says.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace

from galactica.sources import encoding
from galactica.sources.contract import Item
from galactica.sources.office import metadata
from galactica.sources.office.docx_tables import TableCell
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import text_html
from galactica.sources.office.sheets import SheetRow, WorkSheet, workbook
from galactica.sources.paths import stem

LOOKED_AT = 20
"""Lines by which it is told whether a text is a table, and how its cells are parted."""

_NUMBER = frozenset("0123456789.,-+%$€ ")


def read(raw: bytes, path: str, key: str) -> Iterator[Item]:
    """Yield what a table holds.

    Raises:
        PartError: the text is none.
    """
    text = encoding.decode(raw, "")
    mark = _parted_by(text or "")
    if not text or not mark:
        raise PartError("unsupported", "it is named like a workbook and is none")
    flow = TextFlow(path=path, key=key)
    flow.dropped["office:not-what-its-name-says"] += 1
    about = replace(metadata.described(), title=stem(path))
    yield from workbook(flow, about, [WorkSheet(name=stem(path), rows=_rows(text, mark, flow))])


def _parted_by(text: str) -> str:
    """What parts the cells of most of the first lines, in the same number; "" where nothing does."""
    lines = [line for line in text[: LOOKED_AT * 2_000].splitlines()[:LOOKED_AT] if line.strip()]
    for mark in "\t;,":
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        if len(lines) > 1 and usual and counts.count(usual) * 3 >= len(lines) * 2:
            return mark
    return ""


def _rows(text: str, mark: str, flow: TextFlow) -> Iterator[SheetRow]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error:  # a cell of more than 128 kB, or a quotation mark that is never closed
            flow.dropped["office:broken-row"] += 1
            continue
        if row is None:
            return
        cells = [
            TableCell(column=column, columns=1, rows=1, html="<br>".join(text_html(line) for line in cell.splitlines()))
            for column, cell in enumerate(row)
            if cell.strip()
        ]
        if cells:
            words = not any(set(cell.strip()) <= _NUMBER for cell in row if cell.strip())
            yield SheetRow(number=number, cells=cells, words=words)
