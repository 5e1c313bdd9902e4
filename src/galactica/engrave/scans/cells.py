"""Which cells are ink, and how surely: light made even, blur taken back by what the cells themselves show.

1. The mean of a neighbourhood is the line between ink and bare, for the mask makes half of the cells black everywhere;
   its spread is the contrast. That takes away uneven light, stains and fading.
2. Blur mixes a cell with its neighbours. Values every half cell, from some before to some behind, are weighted so that
   their sum is best what the cell was first thought to be (least squares, for every 128 by 256 cells); what comes
   out is better than what went in.
3. Ink spreads, and light in paper, so that a bare cell among black ones looks unlike one among bare ones. So cells are
   put into 256 sorts by what their eight neighbours are, and each sort has weights of its own.

Nothing need be known of printer or scanner. Bytes wrong at the setting "bad" of benchmarks/engraving: 7.4 % after 2,
3.5 % after 3 (2026-11-29).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

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
_HIGH, _WIDE = 2 * PITCH, 4 * PITCH
"""Rows and columns of cells that share their weights, where these are the same for all sorts."""

_FIRST_REACH, _REACH = 2, 3
"""Half cells, each way, that a cell is told from: at first, and by its sort."""

_FIRM, _STIFF = 1e-3, 100.0
"""How strongly weights are held to 0, and those of a sort to those of all, in cells."""

_SORTS = 256
_AGAIN = 2
"""How often cells are told by their sort: the second time better ones."""

_FLAT = 2.0
"""Grey values of contrast below which nothing is seen."""

Sorts = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


def seen_cells(grey: Grey, cells: CellGrid, grid: SheetGrid) -> Plane:
    """How bright each cell is: float32 [grid.height, grid.width], about 1 for bare, -1 for ink; near 0 is in doubt."""
    factor = 1
    while cells.cell_px() / (2 * factor) >= _LEAST_PX:
        factor *= 2
    small = reduced(grey, factor)
    first = np.empty((grid.height, grid.width), dtype=np.float32)
    for top in range(0, grid.height, _HIGH):
        even, above = _even_rows(small, cells, grid, top, factor)
        rows = min(_HIGH, grid.height - top)
        for left in range(0, grid.width, _WIDE):
            columns = min(_WIDE, grid.width - left)
            values = _values(even, above, left, rows, columns, _FIRST_REACH)
            first[top : top + rows, left : left + columns] = _alike(values).reshape(rows, columns)
    told = first
    for _ in range(_AGAIN):
        told = _by_sort(small, cells, grid, factor, told)
    return told


def _by_sort(small: Grey, cells: CellGrid, grid: SheetGrid, factor: int, thought: Plane) -> Plane:
    """What cells are, each sort by weights of its own that are held to those of all: float32 [rows, columns]."""
    sorts, side = _sorts(thought), _sides(thought)
    count = (2 * _REACH + 1) ** 2 + 1
    normal, wanted = np.zeros((_SORTS, count, count), np.float32), np.zeros((_SORTS, count), np.float32)
    for top in range(0, grid.height, _HIGH):
        for sort, members, own in _of_each_sort(small, cells, grid, factor, top, sorts):
            normal[sort] += own @ own.T
            wanted[sort] += own @ side[top:].reshape(-1)[members]
    cells_of_all = grid.width * grid.height
    normal += normal.sum(axis=0) * np.float32(_STIFF / cells_of_all)
    wanted += wanted.sum(axis=0) * np.float32(_STIFF / cells_of_all)
    normal[:, range(count), range(count)] *= 1 + _FIRM
    weights = np.linalg.solve(normal, wanted[..., None])[..., 0].astype(np.float32)
    told = np.empty_like(thought)
    for top in range(0, grid.height, _HIGH):
        for sort, members, own in _of_each_sort(small, cells, grid, factor, top, sorts):
            told[top:].reshape(-1)[members] = weights[sort] @ own
    return told


def _of_each_sort(
    small: Grey, cells: CellGrid, grid: SheetGrid, factor: int, top: int, sorts: Sorts
) -> Iterator[tuple[int, Places, Plane]]:
    """Each sort of the cells of some rows: (its number, which cells, what they are told from)."""
    even, above = _even_rows(small, cells, grid, top, factor)
    rows = min(_HIGH, grid.height - top)
    values = np.ascontiguousarray(_values(even, above, 0, rows, grid.width, _REACH).T)
    own = sorts[top : top + rows].reshape(-1)
    order = np.argsort(own, kind="stable")
    ends = np.searchsorted(own[order], np.arange(_SORTS + 1))
    for sort, (low, high) in enumerate(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)):
        if low < high:
            yield sort, order[low:high], values[order[low:high]].T


def _even_rows(small: Grey, cells: CellGrid, grid: SheetGrid, top: int, factor: int) -> tuple[Plane, int]:
    """The light of the rows from `top` on, every half cell, of mean 0 and spread 1 in every neighbourhood.

    Returns:
        (float32, how many rows of cells it begins above `top`); a margin of `_REACH` half cells is around it.
    """
    margin = _EVEN // 2 + 2
    low, high = max(0, top - margin), min(grid.height, top + _HIGH + margin)
    x = np.arange(-_REACH, 2 * grid.width + 1 + _REACH) / 2
    y = np.arange(2 * low - _REACH, 2 * high + 1 + _REACH) / 2
    px, py = cells.places(x, y)
    middle = np.float32((factor - 1) / 2)
    halves = sampled(small, (px - middle) / factor, (py - middle) / factor)
    middles = halves[_REACH + 1 : -_REACH : 2, _REACH + 1 : -_REACH : 2]
    mean = box_mean(middles, _EVEN)
    spread = np.sqrt(np.maximum(box_mean(middles * middles, _EVEN) - mean * mean, _FLAT**2))
    even: Plane = (halves - _widened(mean)) / _widened(spread)
    return even, top - low


def _widened(plane: Plane) -> Plane:
    """A value for each half cell, of one for each cell."""
    twice = np.repeat(np.repeat(plane, 2, axis=0), 2, axis=1)
    return np.pad(twice, ((_REACH, _REACH + 1), (_REACH, _REACH + 1)), mode="edge")


def _values(even: Plane, above: int, left: int, rows: int, columns: int, reach: int) -> Plane:
    """What each of some cells is told from, the last value 1: float32 [values, cells]."""
    around = 2 * reach + 1
    values = np.empty((around * around + 1, rows * columns), dtype=np.float32)
    for dy in range(around):
        for dx in range(around):
            y, x = 2 * above + 1 + dy + _REACH - reach, 2 * left + 1 + dx + _REACH - reach
            values[dy * around + dx] = even[y : y + 2 * rows : 2, x : x + 2 * columns : 2].reshape(-1)
    values[-1] = 1
    return values


def _alike(values: Plane) -> Plane:
    """What cells are that share their weights: float32 [cells]."""
    around = 2 * _FIRST_REACH + 1
    square = values[:-1].reshape(around, around, -1)
    middle = _FIRST_REACH
    beside = square[0, middle] + square[-1, middle] + square[middle, 0] + square[middle, -1]
    told: Plane = square[middle, middle] - np.float32(_SHARPER) * beside
    normal = values @ values.T
    normal[np.diag_indices(len(normal))] += _FIRM * values.shape[1]
    for _ in range(_ROUNDS):
        told = np.linalg.solve(normal, values @ _sides(told)).astype(np.float32) @ values
    return told


def _sides(told: Plane) -> Plane:
    return np.where(told < 0, np.float32(-1), np.float32(1))


def _sorts(told: Plane) -> Sorts:
    """A bit for each neighbour that is ink: uint8 [rows, columns]."""
    ink = np.pad(told < 0, 1).astype(np.uint8)
    rows, columns = told.shape
    around = [(y, x) for y in range(3) for x in range(3) if (y, x) != (1, 1)]
    total = np.zeros(told.shape, dtype=np.uint8)
    for bit, (y, x) in enumerate(around):
        total |= ink[y : y + rows, x : x + columns] << bit
    return total
