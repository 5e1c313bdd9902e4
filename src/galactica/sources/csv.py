"""CSV and TSV tables with a header row: a document for each row, by a mapping of columns (see `columns`).

Encoding and delimiter are found from the beginning of the file: the delimiter is the one that cuts most of the first
rows into the same number of cells, two or more. Quotes are `"`, doubled inside (RFC 4180). A row with more cells than
the header has is rejected; missing cells are empty. A cell is bounded, so a quote that is never closed costs one row
of `MAX_CELL` characters, not the memory of the machine.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from galactica.errors import InputError
from galactica.model import Rejected
from galactica.sources import columns, encoding, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.trees import Entry, rejected

MAX_CELL = 16 * 2**20
"""Longest cell in characters."""

MAX_COLUMNS = 10_000
"""Most columns of a table."""

DELIMITERS = ",\t;|"

_FAULT = "\x00fault:"
"""Stands in the row for a line that could not be read: no text file holds a NUL there."""


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
    names = [cell.strip().lower() for cell in _cells(start.partition("\n")[0], delimiter_of(start))]
    known = {guess for guesses in columns.GUESSES.values() for guess in guesses}
    is_table = len(names) >= 2 and not known.isdisjoint(names) and not set(columns.GUESSES["text"]).isdisjoint(names)
    return 60 if is_table and all(name and len(name) < 40 for name in names) else 0


def read(entry: Entry, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield a document for each row."""
    csv.field_size_limit(MAX_CELL)  # one setting for the whole process; its default would refuse long articles
    prefix = f"{entry.path}/" if "/" in entry.path else ""
    with entry.open() as stream:
        name = leaf.encoding_of(stream, entry.path)
        start = leaf.head_bytes(stream).decode(name, "replace").lstrip("\ufeff")
        lines = encoding.lines(stream, name)
        rows = _rows(lines, delimiter_of(start), entry.path, key)
        header = next(rows, None)
        if header is None or isinstance(header, Rejected):
            raise InputError(f"{entry.path} has no header row that can be read", "Check that it is CSV.")
        names = [cell.strip().lstrip("\ufeff") for cell in header[1]]
        if len(names) > MAX_COLUMNS:
            raise InputError(f"{entry.path} has {len(names)} columns", f"At most {MAX_COLUMNS:,} are read.")
        mapped = columns.choose([name for name in names if name], options, entry.path)
        number = 0
        for row in rows:
            if isinstance(row, Rejected):
                yield row
                continue
            number += 1
            line, cells = row
            where = f"{entry.path}:{line}"
            if len(cells) > len(names):
                yield rejected(key, where, "bad-row", f"{len(cells)} cells where the header has {len(names)}")
            else:
                values = dict(zip(names, cells, strict=False))
                yield columns.document(values, mapped, key=key, number=number, where=where, prefix=prefix)


def delimiter_of(start: str) -> str:
    """What parts the cells of a table that starts so."""
    lines = [line for line in start.split("\n")[:50] if line.strip()]
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


def _rows(
    lines: Iterator[encoding.Line], delimiter: str, path: str, key: str
) -> Iterator[tuple[int, list[str]] | Rejected]:
    """Yield (line number, cells), and what could not be read; empty rows are passed over."""
    reader = csv.reader(_fed(lines), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield rejected(key, f"{path}:{line}", "bad-row", str(error))
            continue
        fault = next((cell for cell in cells if _FAULT in cell), "")
        if fault:
            yield rejected(key, f"{path}:{line}", fault.partition(_FAULT)[2].partition("\n")[0].strip() or "bad-row")
        elif any(cells):
            yield line, cells


def _fed(lines: Iterator[encoding.Line]) -> Iterator[str]:
    """The lines as the csv module wants them: with their ends, and a mark for those that could not be read."""
    for line in lines:
        yield f"{_FAULT}{line.fault}\n" if line.fault else f"{line.text}\n"


LEAF = Leaf(name="csv", suffixes=(".csv", ".tsv", ".tab"), recognise=recognise, read=read, own=True)
FORMAT = file_format(LEAF)
