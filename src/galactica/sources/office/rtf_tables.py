"""Rows and cells of RTF as a table: columns by the right edges of cells, merged cells as the file marks them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from galactica.sources.office.docx_tables import MAX_SPAN, TableCell, laid_out

NEAR = 45
"""Twips (1/20 point) below which two edges are one: rows written by hand differ by a few."""

MAX_EDGES = 1_000
"""Cells that a row may define."""


@dataclass(slots=True)
class CellBounds:
    """A cell as its row defines it: right edge in twips, and whether it goes on the one before or above."""

    right: int = 0
    beside: bool = False
    below: bool = False


@dataclass(slots=True)
class RtfTable:
    """A table that is being read.

    Attributes:
        bounds: cells that the next row has.
        cells: what is in the cells of the row that is being read.
        head: whether that row heads the table.
    """

    rows: list[list[tuple[int, CellBounds, str]]] = field(default_factory=list)
    bounds: list[CellBounds] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    head: bool = False
    heads: int = 0
    new: CellBounds = field(default_factory=CellBounds)

    def define(self) -> None:
        """A new row is defined."""
        self.bounds, self.new, self.head = [], CellBounds(), False

    def edge(self, right: int) -> None:
        """The right edge of the next cell."""
        self.new.right = right
        if len(self.bounds) < MAX_EDGES:
            self.bounds.append(self.new)
        self.new = CellBounds()

    def row(self) -> None:
        """The row is over."""
        if not self.cells:
            return
        left = 0
        found = []
        for number, html in enumerate(self.cells):
            bounds = self.bounds[number] if number < len(self.bounds) else CellBounds(right=left + 1000)
            found.append((left, bounds, html))
            left = max(bounds.right, left + 1)
        if self.head and self.heads == len(self.rows):
            self.heads += 1
        self.rows.append(found)
        self.cells = []

    def html(self) -> str:
        """The table; nothing is left of it afterwards."""
        self.row()
        edges = _columns([max(bounds.right, left + 1) for row in self.rows for left, bounds, _ in row])
        laid: list[list[TableCell]] = []
        above: dict[int, TableCell] = {}
        for number, row in enumerate(self.rows):
            cells: list[TableCell] = []
            for left, bounds, html in row:
                start, end = _column(left, edges), _column(max(bounds.right, left + 1), edges)
                column, columns = start, min(max(1, end - start), MAX_SPAN)
                if bounds.beside and cells:
                    cells[-1].columns += columns
                    cells[-1].html += f"<br>{html}" if html else ""
                elif bounds.below and column in above:
                    above[column].rows = min(above[column].rows + 1, MAX_SPAN)
                    above[column].html += f"<br>{html}" if html else ""
                else:
                    cell = TableCell(column=column, columns=columns, rows=1, html=html, head=number < self.heads)
                    cells.append(cell)
                    above[column] = cell
            laid.append(cells)
        heads = self.heads
        self.rows, self.heads = [], 0
        return laid_out(laid, heads)


def _columns(edges: list[int]) -> list[int]:
    """Edges in order, those near each other as one."""
    found: list[int] = []
    for edge in sorted(set(edges)):
        if not found or edge - found[-1] > NEAR:
            found.append(edge)
    return found


def _column(place: int, edges: list[int]) -> int:
    """How many edges lie at or before a place."""
    return bisect_right(edges, place + NEAR) if place > 0 else 0
