"""What a tagged file says of its text: headings, paragraphs, lists, tables (ISO 32000-1, 14.8.4).

Only what helps a reader is taken: the element that a line belongs to, and tables as rows of cells. The order of reading
is found from places as in other files, because tags of many programs follow the order of drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.sources.pdf.native_page import Element

_BLOCKS = frozenset(
    "H H1 H2 H3 H4 H5 H6 P LI LBody Lbl Title Caption Note FENote Code BlockQuote TOCI Formula Figure".split()
)
"""Elements that a line is told to be; the innermost counts, but for parts of an item of a list."""

MAX_SIDE = 400
"""Rows and columns of a table that are taken."""


@dataclass(frozen=True, slots=True)
class TagTable:
    """A tagged table: rows of cells, each (whether it is a heading, the numbers of its marked content)."""

    rows: tuple[tuple[tuple[bool, tuple[int, ...]], ...], ...]


def marks_of(roots: Sequence[Element]) -> dict[int, tuple[str, int]]:
    """Number of marked content → (what it is, number of the element)."""
    found: dict[int, tuple[str, int]] = {}
    count = 0

    def walk(element: Element, known: tuple[str, int]) -> None:
        nonlocal count
        count += 1
        kind = element.kind
        if kind in _BLOCKS and not (known[0] in ("LI", "TOCI") and kind in ("P", "LBody", "Lbl")):
            known = (kind, count)
        for child in element.children:
            if isinstance(child, int):
                found.setdefault(child, known)
            else:
                walk(child, known)

    for root in roots:
        walk(root, ("", -1))
    return found


def tables_of(roots: Sequence[Element]) -> Iterator[TagTable]:
    """The tables that have at least two rows and two columns; tables inside them are text of their cells."""
    for root in roots:
        if root.kind == "Table":
            rows = tuple(_cells(row) for row in _rows(root))[:MAX_SIDE]
            if len(rows) > 1 and max(map(len, rows)) > 1:
                yield TagTable(rows)
        else:
            yield from tables_of([child for child in root.children if isinstance(child, Element)])


def _rows(table: Element) -> Iterator[Element]:
    for child in table.children:
        if isinstance(child, Element):
            if child.kind == "TR":
                yield child
            elif child.kind in ("THead", "TBody", "TFoot"):
                yield from _rows(child)


def _cells(row: Element) -> tuple[tuple[bool, tuple[int, ...]], ...]:
    return tuple(
        (cell.kind == "TH", tuple(_held(cell)))
        for cell in row.children[:MAX_SIDE]
        if isinstance(cell, Element) and cell.kind in ("TH", "TD")
    )


def _held(element: Element) -> Iterator[int]:
    for child in element.children:
        if isinstance(child, int):
            yield child
        else:
            yield from _held(child)
