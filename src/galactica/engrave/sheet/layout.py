"""Where which cell of a sheet stands: tiles of 64 cells, a mark at each corner of them, headers, and the free cells.

Source: docs/formats/page.md, "Raster". All coordinates are in cells, x to the right, y down.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

PITCH: Final = 64
"""Cells from one mark to the next."""

MARK_CELLS: Final = 8
FINDER_CELLS: Final = 20
HEADER_CELLS: Final = 32
HEADER_INSET: Final = 20
"""Where the header begins in its tile, across and down."""

HEADER_EVERY: Final = 6
"""Tiles from one header to the next."""

CODEWORD: Final = 255
"""Bytes of a codeword."""

MIN_TILES, MAX_TILES = 2, 255
"""Across and down: the header has a byte for each."""

MAX_CELL_PX: Final = 64
"""Pixels of a cell when it is drawn: larger ones carry nothing more."""

MAX_PIXELS: Final = 600_000_000
"""Pixels of a drawn sheet: A3 at 1200 dpi has 278 million."""

Flags = npt.NDArray[np.bool_]

_MARK = """
. . . . . . . .
. # . . # # # .
. # . . # # # .
. # # # # # # .
. # # # # # # .
. # # # # # # .
. # # # # # # .
. . . . . . . .
"""


def mark_pattern() -> Flags:
    """The mark: bool [8, 8], True is ink."""
    return np.array([[cell == "#" for cell in row.split()] for row in _MARK.split("\n") if row])


def finder_pattern(*, upper_left: bool) -> Flags:
    """The finder of a corner: bool [20, 20], True is ink."""
    pattern = np.zeros((FINDER_CELLS, FINDER_CELLS), dtype=np.bool_)
    for inset, ink in ((1, True), (4, False), (6, True), *(((8, False),) if upper_left else ())):
        pattern[inset : FINDER_CELLS - inset, inset : FINDER_CELLS - inset] = ink
    return pattern


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The cells of a sheet, without their size.

    Attributes:
        across, down: tiles, 2 to 255.
        check_bytes: of each codeword, even, 2 to 254.

    Raises:
        ValueError: one of them is not.
    """

    across: int
    down: int
    check_bytes: int

    def __post_init__(self) -> None:
        if not (MIN_TILES <= self.across <= MAX_TILES and MIN_TILES <= self.down <= MAX_TILES):
            raise ValueError(f"a sheet of {self.across} by {self.down} tiles: both must be {MIN_TILES} to {MAX_TILES}")
        if not 2 <= self.check_bytes < CODEWORD or self.check_bytes % 2:
            raise ValueError(f"{self.check_bytes} check bytes: an even number from 2 to {CODEWORD - 1} is wanted")

    @property
    def width(self) -> int:
        """Cells across."""
        return self.across * PITCH + MARK_CELLS

    @property
    def height(self) -> int:
        """Cells down."""
        return self.down * PITCH + MARK_CELLS

    @property
    def codewords(self) -> int:
        """N of the format."""
        return self.free_cells // 8 // CODEWORD

    @property
    def free_cells(self) -> int:
        """How many cells are neither mark, finder nor header."""
        marks = (self.across + 1) * (self.down + 1) - 4
        taken = marks * MARK_CELLS**2 + 4 * FINDER_CELLS**2 + len(self.header_tiles) * HEADER_CELLS**2
        return self.width * self.height - taken

    @property
    def capacity(self) -> int:
        """Bytes of payload."""
        return self.codewords * (CODEWORD - self.check_bytes)

    @property
    def header_tiles(self) -> tuple[tuple[int, int], ...]:
        """(c, r) of each tile with a header, row by row."""
        tiles = {(c, r) for r in range(0, self.down, HEADER_EVERY) for c in range(0, self.across, HEADER_EVERY)} | {
            (self.across - 1, self.down - 1)
        }
        return tuple(sorted(tiles, key=lambda tile: (tile[1], tile[0])))

    def fixed(self) -> tuple[Flags, Flags]:
        """What is the same on every sheet.

        Returns:
            (ink, free), both bool [height, width]: the ink of marks and finders; which cells are free.
        """
        return _fixed(self.across, self.down)


@functools.lru_cache(maxsize=2)
def _fixed(across: int, down: int) -> tuple[Flags, Flags]:
    grid = SheetGrid(across, down, 2)
    ink = np.zeros((grid.height, grid.width), dtype=np.bool_)
    free = np.ones_like(ink)
    mark = mark_pattern()
    for top in range(0, down * PITCH + 1, PITCH):
        for left in range(0, across * PITCH + 1, PITCH):
            ink[top : top + MARK_CELLS, left : left + MARK_CELLS] = mark
            free[top : top + MARK_CELLS, left : left + MARK_CELLS] = False
    for lower in (False, True):
        for right in (False, True):
            top = grid.height - FINDER_CELLS if lower else 0
            left = grid.width - FINDER_CELLS if right else 0
            place = np.s_[top : top + FINDER_CELLS, left : left + FINDER_CELLS]
            ink[place] = finder_pattern(upper_left=not lower and not right)
            free[place] = False
    for c, r in grid.header_tiles:
        top, left = r * PITCH + HEADER_INSET, c * PITCH + HEADER_INSET
        free[top : top + HEADER_CELLS, left : left + HEADER_CELLS] = False
    ink.flags.writeable = free.flags.writeable = False
    return ink, free


DEFAULT_CHECK: Final = 22.0
"""Percent of a codeword that is check bytes. Measured: benchmarks/engrave_sheets.py, docs/decisions/0045."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """How a sheet is drawn: as many whole tiles as fit into a rectangle of pixels, in its middle.

    Attributes:
        width_px, height_px: pixels that are free for the sheet.
        cell_px: pixels of a cell, across and down, 1 to 64.
        check: percent of each codeword that is check bytes, 1 to 90.

    Raises:
        ValueError: nothing fits (two tiles each way need 136 cells), or a number is out of its range.
    """

    width_px: int
    height_px: int
    cell_px: int
    check: float = DEFAULT_CHECK

    def __post_init__(self) -> None:
        if not 1 <= self.cell_px <= MAX_CELL_PX:
            raise ValueError(f"cells of {self.cell_px} pixels: 1 to {MAX_CELL_PX} are possible")
        if not 1 <= self.check <= 90:
            raise ValueError(f"{self.check} percent of check bytes: 1 to 90 are possible")
        if self.width_px * self.height_px > MAX_PIXELS:
            raise ValueError(f"a sheet of more than {MAX_PIXELS:,} pixels")
        least = MIN_TILES * PITCH + MARK_CELLS
        if min(self.width_px, self.height_px) < least * self.cell_px:
            raise ValueError(f"a sheet needs {least} by {least} cells, {least * self.cell_px} pixels each way")

    @property
    def grid(self) -> SheetGrid:
        """Its cells."""
        across, down = ((px // self.cell_px - MARK_CELLS) // PITCH for px in (self.width_px, self.height_px))
        return SheetGrid(min(across, MAX_TILES), min(down, MAX_TILES), 2 * round(CODEWORD * self.check / 200))

    @property
    def capacity(self) -> int:
        """Bytes of payload that a sheet carries."""
        return self.grid.capacity

    @property
    def raster_px(self) -> tuple[int, int]:
        """(width, height) of the raster itself, pixels: at most `width_px` and `height_px`."""
        return self.grid.width * self.cell_px, self.grid.height * self.cell_px

    @property
    def corner_px(self) -> tuple[int, int]:
        """(x, y) of the raster's upper left corner in the drawn picture, pixels."""
        width, height = self.raster_px
        return (self.width_px - width) // 2, (self.height_px - height) // 2
