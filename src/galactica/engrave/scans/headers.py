"""The headers of a sheet in a picture, and where on the sheet its marks are: no header says where it stands itself.

Where a header may be is tried tile by tile; and because all of them are equal and stand six tiles apart, those that
would be headers together are averaged, too, and read where no single one can be.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.codes.reed_solomon import correct_codewords
from galactica.engrave.scans.cells import seen_cells
from galactica.engrave.scans.grid import CellGrid, whole_nodes
from galactica.engrave.scans.lattice import MarkLattice
from galactica.engrave.scans.marks import SMALLEST_CELL
from galactica.engrave.scans.matching import matched
from galactica.engrave.scans.pixels import Grey, Plane
from galactica.engrave.sheet.coding import HEADER_CHECK
from galactica.engrave.sheet.header import HEADER_BYTES, NoHeaderError, SheetHeader, unpack_header
from galactica.engrave.sheet.layout import (
    FINDER_CELLS,
    HEADER_CELLS,
    HEADER_EVERY,
    HEADER_INSET,
    MAX_TILES,
    MIN_TILES,
    PITCH,
    SheetGrid,
    finder_pattern,
)
from galactica.engrave.sheet.mask import mask

MOST_PLACES = 3
"""Places of a sheet that are tried where marks do not tell which of them it is."""

_SHARPER = 0.6
"""By how much of its neighbours' mean a cell is made sharper before it is read."""


@dataclass(frozen=True, slots=True)
class PlacedHeader:
    """A header, and where its sheet may lie.

    Attributes:
        header, grid: what it says.
        first: columns and rows of the lattice where the sheet's first mark may be, the likeliest first; none where the
            picture shows less than half of a sheet of that size.
    """

    header: SheetHeader
    grid: SheetGrid
    first: tuple[tuple[int, int], ...]


def placed_header(grey: Grey, lattice: MarkLattice) -> PlacedHeader | None:
    """The header that most places of the lattice say; None where none can be read."""
    rows, columns = np.nonzero(lattice.alike > 0)
    if not len(rows):
        return None
    low = int(columns.min()), int(rows.min())
    across, down = int(columns.max()) - low[0], int(rows.max()) - low[1]
    if across < 1 or down < 1:
        return None
    nodes = whole_nodes(lattice, across, down, low)
    if np.isnan(nodes).any():
        return None
    cells = CellGrid.over(nodes)
    read = _read(_header_cells(grey, cells, across, down))
    if not read and min(across, down) >= MIN_TILES and max(across, down) <= MAX_TILES:
        read = _read(_well_seen(grey, cells, across, down))
    if not read:
        return None
    packed, _ = Counter(packed for _, packed in read).most_common(1)[0]
    header, grid = unpack_header(packed)
    if grid.width * grid.height * SMALLEST_CELL**2 > 2 * grey.size:  # a header that lies must not cost all memory
        return PlacedHeader(header, grid, ())
    tiles = np.array([tile for tile, said in read if said == packed and tile[0] >= 0], dtype=np.int64).reshape(-1, 2)
    phases = [(-1 - tile[0], -1 - tile[1]) for tile, said in read if said == packed and tile[0] < 0]
    known = lattice.alike[low[1] : low[1] + down + 1, low[0] : low[0] + across + 1] > 0
    first = _firsts(grid, known, tiles, phases)
    at = [(c + low[0], r + low[1]) for c, r in first]
    ordered = sorted(at, key=lambda each: -_finders(grey, lattice, grid, each)) if len(at) > 1 else at
    return PlacedHeader(header, grid, tuple(ordered[:MOST_PLACES]))


def _header_cells(grey: Grey, cells: CellGrid, across: int, down: int) -> Plane:
    """The light of each tile's header cells, of mean 0: float32 [down, across, 1024]."""
    step = np.arange(-1, HEADER_CELLS + 1, dtype=np.float64) + HEADER_INSET + 0.5
    size = len(step)
    x = (np.arange(across)[:, None] * PITCH + step).reshape(-1)
    found = np.empty((down, across, HEADER_CELLS**2), dtype=np.float32)
    for row in range(down):
        seen = cells.seen(grey, x, row * PITCH + step).reshape(size, across, size).transpose(1, 0, 2)
        inner = seen[:, 1:-1, 1:-1]
        beside = (seen[:, :-2, 1:-1] + seen[:, 2:, 1:-1] + seen[:, 1:-1, :-2] + seen[:, 1:-1, 2:]) / 4
        sharp = (inner - np.float32(_SHARPER) * beside).reshape(across, -1)
        sharp -= sharp.mean(axis=1, keepdims=True)
        found[row] = sharp / np.maximum(sharp.std(axis=1, keepdims=True), 1)
    return found


def _well_seen(grey: Grey, cells: CellGrid, across: int, down: int) -> Plane:
    """The same, with all care that is taken of cells: float32 [down, across, 1024]."""
    seen = seen_cells(grey, cells, SheetGrid(across, down, 2))
    tiles = seen[: down * PITCH, : across * PITCH].reshape(down, PITCH, across, PITCH)
    inner = slice(HEADER_INSET, HEADER_INSET + HEADER_CELLS)
    return tiles[:, inner, :, inner].transpose(0, 2, 1, 3).reshape(down, across, -1)


def _read(light: Plane) -> list[tuple[tuple[int, int], bytes]]:
    """(tile, the 64 bytes) of every header that is read; of averages the tile is -1 less column and row, modulo 6."""
    down, across, _ = light.shape
    means = [
        ((-1 - c, -1 - r), light[r::HEADER_EVERY, c::HEADER_EVERY].mean(axis=(0, 1)))
        for r in range(min(HEADER_EVERY, down))
        for c in range(min(HEADER_EVERY, across))
        if down > HEADER_EVERY or across > HEADER_EVERY
    ]
    places = [(c, r) for r in range(down) for c in range(across)] + [place for place, _ in means]
    every = np.concatenate([light.reshape(down * across, -1), *(mean[None] for _, mean in means)])
    bits = (every < 0).astype(np.uint8) ^ mask(HEADER_CELLS**2)
    words = np.ascontiguousarray(np.packbits(bits, axis=1).T)
    right, _ = correct_codewords(words, HEADER_CHECK)
    found = []
    for number in np.flatnonzero(right).tolist():
        packed = words[:HEADER_BYTES, number].tobytes()
        try:
            unpack_header(packed)
        except NoHeaderError:
            continue
        found.append((places[number], packed))
    return found


def _firsts(
    grid: SheetGrid, known: npt.NDArray[np.bool_], tiles: npt.NDArray[np.int64], phases: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where the sheet's first mark may be, in columns and rows of `known`: what explains most headers and marks."""
    rows, columns = known.shape
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    sums[1:, 1:] = known.cumsum(axis=0).cumsum(axis=1)
    merits: dict[tuple[int, int], int] = {}
    last = grid.across - 1, grid.down - 1
    for c in range(-grid.across, columns):
        for r in range(-grid.down, rows):
            said = tiles - (c, r)
            inside = ((said >= 0) & (said <= last)).all(axis=1)
            right = ((said % HEADER_EVERY == 0).all(axis=1) | (said == last).all(axis=1)) & inside
            agreeing = int(right.sum()) + sum((a - c) % HEADER_EVERY == 0 == (b - r) % HEADER_EVERY for a, b in phases)
            if not agreeing:
                continue
            left, right_end = max(0, c), min(columns, c + grid.across + 1)
            top, bottom = max(0, r), min(rows, r + grid.down + 1)
            if left >= right_end or top >= bottom:
                continue
            marks = int(sums[bottom, right_end] - sums[top, right_end] - sums[bottom, left] + sums[top, left])
            merits[c, r] = 20 * agreeing + marks
    if not merits:
        return []
    best = max(merits.values())
    return [place for place, merit in merits.items() if merit >= best - 2][: 4 * MOST_PLACES]


def _finders(grey: Grey, lattice: MarkLattice, grid: SheetGrid, first: tuple[int, int]) -> float:
    """How much the corners look like finders if the sheet began there."""
    nodes = whole_nodes(lattice, grid.across, grid.down, first)
    if np.isnan(nodes).any():
        return 0.0
    cells = CellGrid.over(nodes)
    half, total = FINDER_CELLS / 2, 0.0
    for x, y in (
        (half, half),
        (grid.width - half, half),
        (half, grid.height - half),
        (grid.width - half, grid.height - half),
    ):
        px, py = cells.places(np.array([x - 2, x, x + 2]), np.array([y - 2, y, y + 2]))
        at = np.array([[px[1, 1], py[1, 1]]], dtype=np.float64)
        across = np.array([[px[1, 2] - px[1, 0], py[1, 2] - py[1, 0]]], dtype=np.float64) / 4
        below = np.array([[px[2, 1] - px[0, 1], py[2, 1] - py[0, 1]]], dtype=np.float64) / 4
        pattern = finder_pattern(upper_left=x == half == y)
        total += float(matched(grey, pattern, at, across, below, reach=2).alike[0])
    return total
