"""Tables whose cells are ruled: straight lines that are drawn on a page, and the grid that they make.

Rules: lines that touch are one figure; a figure with at least two rows and two columns of cells, with words in at least
three cells and nearly all of its words inside cells, is a table. A cell reaches as far as no line parts it from the
next. A table whose lines run one way only is no ruled one and stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.sources.pdf.view import Box

NEAR = 2.5
"""Points within which lines meet, or are the same."""

MAX_RULES = 3_000
"""Lines of a page that are looked at; a page with more shows a drawing."""

MAX_LINES = 250
"""Rows or columns of lines of a table."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: where it stands (y of one that lies, x of one that stands), from and to."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its lines' places, and its cells as (row, column, rows down, columns across)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int:
        """Number of the cell at a point, -1 for none."""
        for number, (row, column, down, across) in enumerate(self.cells):
            if self.xs[column] <= x <= self.xs[column + across] and self.ys[row] <= y <= self.ys[row + down]:
                return number
        return -1


def grids(lines: Sequence[tuple[float, float, float, float]]) -> Iterator[Grid]:
    """The grids among straight lines (from x, y to x, y as shown), from above."""
    lying = _merged([Ruling((b + d) / 2, min(a, c), max(a, c)) for a, b, c, d in lines if abs(b - d) < 1 < abs(a - c)])
    standing = _merged(
        [Ruling((a + c) / 2, min(b, d), max(b, d)) for a, b, c, d in lines if abs(a - c) < 1 < abs(b - d)]
    )
    if not 2 <= len(lying) + len(standing) <= MAX_RULES:
        return
    for across, down in _figures(lying, standing):
        ys, xs = _places([rule.at for rule in across]), _places([rule.at for rule in down])
        if 3 <= len(ys) <= MAX_LINES and 3 <= len(xs) <= MAX_LINES:
            yield Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, across, down)))


def _merged(rules: list[Ruling]) -> list[Ruling]:
    """Pieces of one line put together."""
    found: list[Ruling] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at / NEAR), rule.start)):
        last = found[-1] if found else None
        if last and abs(last.at - rule.at) < NEAR and rule.start <= last.end + NEAR:
            found[-1] = Ruling(last.at, last.start, max(last.end, rule.end))
        else:
            found.append(rule)
    return found


def _places(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _figures(lying: list[Ruling], standing: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch each other, crossing lines only: those that lie, those that stand; from above."""
    parent = list(range(len(lying) + len(standing)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one, rule in enumerate(lying):
        for two, other in enumerate(standing, len(lying)):
            if (
                rule.start - NEAR <= other.at <= rule.end + NEAR
                and other.start - NEAR <= rule.at <= other.end + NEAR
            ):  # fmt: skip
                parent[root(one)] = root(two)
    figures: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for at, rule in enumerate([*lying, *standing]):
        figures.setdefault(root(at), ([], []))[at >= len(lying)].append(rule)
    whole = [figure for figure in figures.values() if len(figure[0]) > 2 and len(figure[1]) > 2]
    yield from sorted(whole, key=lambda figure: min(rule.at for rule in figure[0]))


def _covers(rules: list[Ruling], at: float, start: float, end: float) -> bool:
    """Whether lines at a place cover most of a stretch."""
    need = 0.7 * (end - start)
    return sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= NEAR
    ) >= need  # fmt: skip


def _cells(
    xs: list[float], ys: list[float], across: list[Ruling], down: list[Ruling]
) -> Iterator[tuple[int, int, int, int]]:
    """Cells from above and from the left, each as far as no line parts it from the next."""
    rows, columns = len(ys) - 1, len(xs) - 1
    below = [[_covers(across, ys[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)]
    right = [[_covers(down, xs[c + 1], ys[r], ys[r + 1]) for c in range(columns)] for r in range(rows)]
    taken: set[tuple[int, int]] = set()
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            wide = 1
            while c + wide < columns and not right[r][c + wide - 1] and (r, c + wide) not in taken:
                wide += 1
            high = 1
            while r + high < rows and not any(below[r + high - 1][c : c + wide]):
                high += 1
            taken.update((r + i, c + j) for i in range(high) for j in range(wide))
            yield r, c, high, wide
