"""Which cells are ink, and how surely: light made even, blur taken back by what the cells themselves show.

1. The mean of a neighbourhood is the line between ink and bare, for the mask makes half of the cells black everywhere;
   its spread is the contrast. That takes away uneven light, stains and fading.
2. Blur mixes a cell with its neighbours. Twenty-five values, every half cell from one cell before to one behind, are
   weighted so that the sum is best what the cell was first thought to be (least squares, for every 64 by 256 cells);
   what comes out is better than what went in, and is put in once more. Nothing need be known of printer or scanner.
"""

from __future__ import annotations

import numpy as np

from galactica.engrave.scans.grid import CellGrid
from galactica.engrave.scans.pixels import Grey, Plane, box_mean, reduced, sampled
from galactica.engrave.sheet.layout import PITCH, SheetGrid

_EVEN = 25
"""Cells across the neighbourhood that light is made even in: the mean of 625 random cells is known to 2 %."""

_LEAST_PX = 2.4
"""Pixels of a cell, at least, in the picture that is sampled: more are averaged."""

_SHARPER = 0.15
"""How much of each neighbour is taken off a cell for the first guess."""

_ROUNDS = 2
_WIDE = 4 * PITCH
"""Cells across that share their weights."""

_REACH = 2
"""Half cells, each way, that a cell is told from."""

_FLAT = 2.0
"""Grey values of contrast below which nothing is seen."""


def seen_cells(grey: Grey, cells: CellGrid, grid: SheetGrid) -> Plane:
    """How bright each cell is: float32 [grid.height, grid.width], about 1 for bare, -1 for ink; near 0 is in doubt."""
    factor = 1
    while cells.cell_px() / (2 * factor) >= _LEAST_PX:
        factor *= 2
    small = reduced(grey, factor)
    found = np.empty((grid.height, grid.width), dtype=np.float32)
    margin = _EVEN // 2 + 2
    for top in range(0, grid.height, PITCH):
        low, high = max(0, top - margin), min(grid.height, top + PITCH + margin)
        halves = _halves(small, cells, grid, low, high, factor)
        even = _even(halves)
        rows = min(PITCH, grid.height - top)
        for left in range(0, grid.width, _WIDE):
            columns = min(_WIDE, grid.width - left)
            found[top : top + rows, left : left + columns] = _told(even, top - low, left, rows, columns)
    return found


def _halves(small: Grey, cells: CellGrid, grid: SheetGrid, low: int, high: int, factor: int) -> Plane:
    """The grey of rows `low` to `high` of cells, every half cell, a cell beyond each edge: float32."""
    x = np.arange(-_REACH, 2 * grid.width + 1 + _REACH) / 2
    y = np.arange(2 * low - _REACH, 2 * high + 1 + _REACH) / 2
    px, py = cells.places(x, y)
    middle = np.float32((factor - 1) / 2)
    return sampled(small, (px - middle) / factor, (py - middle) / factor)


def _even(halves: Plane) -> Plane:
    """The same, of mean 0 and spread 1 in every neighbourhood."""
    middles = halves[_REACH + 1 : -_REACH : 2, _REACH + 1 : -_REACH : 2]
    mean = box_mean(middles, _EVEN)
    spread = np.sqrt(np.maximum(box_mean(middles * middles, _EVEN) - mean * mean, _FLAT**2))
    even: Plane = (halves - _widened(mean)) / _widened(spread)
    return even


def _widened(plane: Plane) -> Plane:
    """A value for each half cell, of one for each cell."""
    twice = np.repeat(np.repeat(plane, 2, axis=0), 2, axis=1)
    return np.pad(twice, ((_REACH, _REACH + 1), (_REACH, _REACH + 1)), mode="edge")


def _told(even: Plane, top: int, left: int, rows: int, columns: int) -> Plane:
    """What some cells are: float32 [rows, columns]."""
    around = 2 * _REACH + 1
    values = np.empty((around * around + 1, rows * columns), dtype=np.float32)
    for dy in range(around):
        for dx in range(around):
            y, x = 2 * top + 1 + dy, 2 * left + 1 + dx
            values[dy * around + dx] = even[y : y + 2 * rows : 2, x : x + 2 * columns : 2].reshape(-1)
    values[-1] = 1
    square = values[:-1].reshape(around, around, -1)
    beside = square[0, _REACH] + square[-1, _REACH] + square[_REACH, 0] + square[_REACH, -1]
    told = square[_REACH, _REACH] - np.float32(_SHARPER) * beside
    normal = values @ values.T
    normal[np.diag_indices(len(normal))] += 1e-3 * values.shape[1]
    for _ in range(_ROUNDS):
        weights = np.linalg.solve(normal, values @ np.where(told < 0, np.float32(-1), np.float32(1)))
        told = weights.astype(np.float32) @ values
    found: Plane = told.reshape(rows, columns)
    return found
