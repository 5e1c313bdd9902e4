"""Where every cell of a sheet lies in a picture: missing marks foretold from the others, and curves between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.engrave.scans.lattice import MarkLattice, foretold
from galactica.engrave.scans.pixels import Grey, Plane, sampled
from galactica.engrave.sheet.layout import MARK_CELLS, PITCH

_ASTRAY = 1.5
"""Cells by which a mark that is not `_SURE` may lie beside where its neighbours say: else it is something else."""

_SURE = 0.75
"""Correlation with a mark that nothing else has: six standard deviations of random cells."""

Nodes = npt.NDArray[np.float64]


def whole_nodes(lattice: MarkLattice, across: int, down: int, first: tuple[int, int]) -> Nodes:
    """The middles of all marks of a sheet, known or foretold.

    Args:
        across, down: tiles of the sheet.
        first: column and row of the lattice where the sheet's first mark is; may be below 0.

    Returns:
        float64 [down + 1, across + 1, 2], (x, y) in pixels; NaN where no mark is known at all.
    """
    at, known = np.zeros((down + 1, across + 1, 2)), np.zeros((down + 1, across + 1), dtype=np.bool_)
    rows, columns = np.nonzero(lattice.alike > 0)
    r, c = rows - first[1], columns - first[0]
    inside = (r >= 0) & (r <= down) & (c >= 0) & (c <= across)
    at[r[inside], c[inside]] = lattice.at[rows[inside], columns[inside]]
    known[r[inside], c[inside]] = True
    alike = np.zeros(known.shape)
    alike[r[inside], c[inside]] = lattice.alike[rows[inside], columns[inside]]
    known[[0, 0, -1, -1], [0, -1, 0, -1]] = False  # finders are there
    steps = _steps(at, known)
    for _ in range(2):
        rows, columns = np.nonzero(known)
        foreseen, to_right, to_below = foretold(at, known, rows, columns, *steps)
        cell = np.sqrt(np.abs(to_right[:, 0] * to_below[:, 1] - to_right[:, 1] * to_below[:, 0]))
        astray = (np.hypot(*(foreseen - at[rows, columns]).T) > _ASTRAY * cell) & (alike[rows, columns] < _SURE)
        known[rows[astray], columns[astray]] = False
    while not known.all():
        rows, columns = np.nonzero(~known & (_counted(known) > 0))
        if not len(rows):
            rows, columns = np.nonzero(~known)
        foreseen, _, _ = foretold(at, known, rows, columns, *steps)
        near = _counted(known)[rows, columns]
        good = ~np.isnan(foreseen[:, 0]) & (near >= min(2, near.max(initial=0)))
        if not good.any():
            good = ~np.isnan(foreseen[:, 0])
        if not good.any():
            break
        at[rows[good], columns[good]] = foreseen[good]
        known[rows[good], columns[good]] = True
    at[~known] = np.nan
    return at


def _steps(at: Nodes, known: npt.NDArray[np.bool_]) -> tuple[Nodes, Nodes]:
    """Pixels from cell to cell, across and down, in the middle of all."""
    steps = []
    for axis in (1, 0):
        both = known[:, 1:] & known[:, :-1] if axis else known[1:] & known[:-1]
        moves = np.diff(at, axis=axis)[both]
        steps.append(np.median(moves, axis=0) / PITCH if len(moves) else np.full(2, np.nan))
    across, down = steps
    if np.isnan(across).any():
        across = np.array([down[1], -down[0]])
    if np.isnan(down).any():
        down = np.array([-across[1], across[0]])
    return across, down


def _counted(known: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    padded = np.pad(known, 1).astype(np.int64)
    height, width = known.shape
    total: npt.NDArray[np.int64] = np.sum(
        [padded[y : y + height, x : x + width] for y in range(3) for x in range(3)], axis=0
    )
    return total


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Where cells lie.

    Attributes:
        nodes: float64 [down + 3, across + 3, 2]: the middles of the marks in pixels, and one more all around.
    """

    nodes: Nodes

    @classmethod
    def over(cls, nodes: Nodes) -> CellGrid:
        """The grid over the marks of a sheet, float64 [down + 1, across + 1, 2]."""
        wide = np.pad(nodes, ((1, 1), (1, 1), (0, 0)))
        for axis in (0, 1):
            wide = np.moveaxis(wide, axis, 0)
            wide[0], wide[-1] = 2 * wide[1] - wide[2], 2 * wide[-2] - wide[-3]
            wide = np.moveaxis(wide, 0, axis)
        return cls(wide)

    def cell_px(self) -> float:
        """Pixels of a cell, in the middle of all."""
        inner = self.nodes[1:-1, 1:-1]
        right, below = np.diff(inner, axis=1)[:-1], np.diff(inner, axis=0)[:, :-1]
        area = np.abs(right[..., 0] * below[..., 1] - right[..., 1] * below[..., 0])
        return float(np.sqrt(np.median(area)) / PITCH)

    def places(self, x: Nodes, y: Nodes) -> tuple[Plane, Plane]:
        """Where in the picture cells lie.

        Args:
            x: float64 [columns], cells from the raster's left edge.
            y: float64 [rows], cells from its upper edge.

        Returns:
            (x, y) in pixels, float32 [rows, columns] each.
        """
        rows, columns = self.nodes.shape[:2]
        to_right, to_below = _spline(x, columns), _spline(y, rows)
        px = to_below @ self.nodes[..., 0] @ to_right.T
        py = to_below @ self.nodes[..., 1] @ to_right.T
        return px.astype(np.float32), py.astype(np.float32)

    def seen(self, grey: Grey, x: Nodes, y: Nodes) -> Plane:
        """The grey of cells: float32 [rows, columns]."""
        return sampled(grey, *self.places(x, y))


def _spline(cells: Nodes, count: int) -> Nodes:
    """Weights of the marks, and of one more at each end, for places between them (Catmull and Rom): [places, count]."""
    place = np.clip((cells - MARK_CELLS / 2) / PITCH + 1, 0, count - 1)
    first = np.clip(np.floor(place).astype(np.int64), 1, count - 3)
    t = place - first
    weights = np.zeros((len(cells), count))
    each = np.arange(len(cells))
    weights[each, first - 1] = ((-t + 2) * t - 1) * t / 2
    weights[each, first] = ((3 * t - 5) * t * t + 2) / 2
    weights[each, first + 1] = ((-3 * t + 4) * t + 1) * t / 2
    weights[each, first + 2] = (t - 1) * t * t / 2
    return weights
