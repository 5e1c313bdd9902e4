"""CSV and TSV tables with a header row: a document for each row, by a mapping of columns (see `columns`).

Encoding and delimiter are found from the beginning of the file: the delimiter is what a first line `sep=` says, else
the one that cuts most of the first rows into the same number of cells, two or more. Lines end in LF, CR or both. Quotes
are `"`, doubled inside (RFC 4180). Missing cells are empty, and cells beyond the header that are empty say nothing; a
row with more to say than the header has columns is rejected. Of columns of the same name the first that says something
counts. One bad row costs itself: where a quote is never closed, or only by the quote that opens another cell, the line
that it stands on is rejected (`csv_rows`).

What a row says in columns that hold no part of an article stands below its text (`columns_left`). A table without a
column of text is one article, as a sheet of a workbook is: a row is a place in it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain

from galactica.errors import InputError
from galactica.model import Rejected
from galactica.sources import columns, leaf
from galactica.sources.columns_left import row_article
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.csv_rows import CsvRow, rows_of_csv
from galactica.sources.encoding_lines import text_lines
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.office.docx_tables import TableCell
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import text_html
from galactica.sources.office.metadata import Described
from galactica.sources.office.sheets import SheetRow, WorkSheet, workbook
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected

MAX_COLUMNS = 10_000
"""Most columns of a table."""

DELIMITERS = ",\t;|"

_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?\s*\Z", re.IGNORECASE)
_FIGURES = re.compile(r"[\d\s.,:/%+-]+")
"""A cell that heads no column: a number, a date, a time."""

_LINE_END = re.compile(r"\r\n?|\n")


def recognise(name: str, head: bytes) -> int:
    """40 for the name; 60 where the first row has the names of columns that are known, one of them a text's."""
    start = leaf.text_head(head)
    if not start:
        return 0
    suffix = leaf.suffix_of(name)
    if suffix in LEAF.suffixes:
        return 40
    if suffix not in ("", ".txt", ".text") or start[0] in "<{[":
        return 0
    first = next((line for line in _LINE_END.split(start) if line.strip()), "")
    names = [cell.strip().lower() for cell in _cells(first, delimiter_of(start))]
    known = {guess for guesses in columns.GUESSES.values() for guess in guesses}
    is_table = len(names) >= 2 and not known.isdisjoint(names) and not set(columns.GUESSES["text"]).isdisjoint(names)
    return 60 if is_table and all(name and len(name) < 40 for name in names) else 0


def read_csv(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield a document for each row."""
    prefix = f"{entry.path}/" if "/" in entry.path else ""
    with entry.open() as stream:
        name = leaf.encoding_of(stream, entry.path)
        start = leaf.head_bytes(stream).decode(name, "replace").lstrip("\ufeff")
        delimiter = delimiter_of(start)
        rows = rows_of_csv(text_lines(stream, name, any_end=True), delimiter)
        waiting, header = _header(rows, delimiter, entry.path, key)
        names = [cell.strip().lstrip("\ufeff") for cell in header.cells]
        while names and not names[-1]:
            names.pop()
        if len(names) > MAX_COLUMNS:
            raise InputError(f"{entry.path} has {len(names)} columns", f"At most {MAX_COLUMNS:,} are read.")
        yield from waiting
        if not options.columns and not columns.has_text(names, options):
            yield from _as_sheet(header, rows, TextFlow(path=entry.path, key=key))
            return
        mapped = columns.choose_columns([name for name in names if name], options, entry.path)
        number = 0
        for row in rows:
            where = f"{entry.path}:{row.line}"
            if row.fault:
                yield rejected(key, where, row.fault, row.detail)
                continue
            number += 1
            values = _values(names, row.cells, delimiter)
            if values is None:
                detail = f"{len(row.cells)} cells where the header has {len(names)}"
                yield rejected(key, where, "bad-row", detail)
            else:
                yield row_article(values, mapped, options, key=key, number=number, where=where, prefix=prefix)


def _as_sheet(header: CsvRow, rows: Iterator[CsvRow], flow: TextFlow) -> Iterator[Item]:
    """Yield a table without a column of text as a sheet of a workbook is yielded, and which of its rows are bad."""
    bad: list[Rejected] = []

    def sheet_rows() -> Iterator[SheetRow]:
        for number, row in enumerate(chain([header], rows), 1):
            if row.fault:
                bad.append(rejected(flow.key, f"{flow.path}:{row.line}", row.fault, row.detail))
            elif len(row.cells) > MAX_COLUMNS:
                bad.append(rejected(flow.key, f"{flow.path}:{row.line}", "bad-row", f"{len(row.cells)} cells"))
            else:
                yield _sheet_row(number, row.cells)

    title = stem(flow.path)
    for item in workbook(flow, Described(title=title), [WorkSheet(name=title, rows=sheet_rows())]):
        yield from bad
        bad.clear()
        yield item
    yield from bad


def _sheet_row(number: int, cells: list[str]) -> SheetRow:
    said = [(column, text) for column, cell in enumerate(cells) if (text := cell.strip().lstrip("\ufeff"))]
    return SheetRow(
        number=number,
        cells=[TableCell(column=column, columns=1, rows=1, html=text_html(text)) for column, text in said],
        words=not any(_FIGURES.fullmatch(text) for _, text in said),
    )


def _header(rows: Iterator[CsvRow], delimiter: str, path: str, key: str) -> tuple[list[Rejected], CsvRow]:
    """The first row that can be read, and what stood before it.

    Raises:
        InputError: there is none.
    """
    waiting: list[Rejected] = []
    for row in rows:
        if row.fault:
            waiting.append(rejected(key, f"{path}:{row.line}", row.fault, row.detail))
        elif row.line > 1 or row.cells[0].strip().lower() not in ("sep=", f"sep={delimiter}"):
            return waiting, row
        if len(waiting) > MAX_COLUMNS:
            break
    raise InputError(f"{path} has no header row that can be read", "Check that it is CSV.")


def _values(names: list[str], cells: list[str], delimiter: str) -> dict[str, str] | None:
    """Column → cell; None where the row has more to say than there are columns."""
    if len(cells) > len(names):
        if len(names) == 1:  # a table of one column has no delimiter: what looks like one is text
            return {names[0]: delimiter.join(cells)}
        if any(cell.strip() for cell in cells[len(names) :]):
            return None
    values: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if not values.get(name):
            values[name] = cell
    return values


def delimiter_of(start: str) -> str:
    """What parts the cells of a table that starts so."""
    lines = [line for line in _LINE_END.split(start)[:50] if line.strip()]
    if lines and (said := _SEPARATOR.match(lines[0])):
        return said[1]
    if len(lines) > 2:
        lines.pop()  # it may be cut in two
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        counts = [len(row) for row in _parse(lines, delimiter)]
        if counts and counts[0] > 1:
            score = (counts.count(counts[0]) / len(counts), counts[0])
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _cells(line: str, delimiter: str) -> list[str]:
    return next(iter(_parse([line], delimiter)), [])


def _parse(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader([f"{line}\n" for line in lines], delimiter=delimiter))
    except csv.Error:
        return []


LEAF = Leaf(name="csv", suffixes=(".csv", ".tsv", ".tab"), recognise=recognise, read=read_csv, own=True)
FORMAT = file_format(LEAF)
