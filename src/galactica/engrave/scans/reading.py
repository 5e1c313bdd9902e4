"""A sheet out of a picture of a page, however that lies: marks, header, cells, payload."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.engrave.scans.cells import seen_cells
from galactica.engrave.scans.decoding import Decoded, decoded_sheet
from galactica.engrave.scans.grid import CellGrid, whole_nodes
from galactica.engrave.scans.headers import PlacedHeader, placed_header
from galactica.engrave.scans.joining import joined_marks
from galactica.engrave.scans.lattice import MarkLattice, mark_lattice
from galactica.engrave.scans.marks import Pyramid, find_marks, likely_cells
from galactica.engrave.sheet.header import SheetHeader
from galactica.engrave.sheet.layout import SheetGrid

MOST_PIXELS = 300_000_000
"""Pixels of a picture: A3 at 1200 dpi has 278 million. Reading takes some three bytes for each, and 300 MB."""

LEAST_PIXELS = 200
"""Pixels each way: the smallest sheet has 136 cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFound:
    """What a picture of a page shows.

    Attributes:
        header: what the sheet says of itself; None where none could be read.
        grid: its tiles and check bytes; None with the header.
        payload: what it carries; None where that could not be put right, or is not what the header names.
        wrong: share of bytes that were put right, 0 to 1; where there is no payload, in the codewords that could be.
        right: share of codewords that could be put right, 0 to 1.
        reason: why there is no payload, for people; "" where there is.
    """

    header: SheetHeader | None = None
    grid: SheetGrid | None = None
    payload: bytes | None = None
    wrong: float = 0.0
    right: float = 0.0
    reason: str = ""


def read_sheet(grey: npt.NDArray[np.uint8]) -> SheetFound:
    """Read the sheet in a picture of a page.

    Args:
        grey: uint8 [height, width], 0 is black; any of four orientations, mirrored or not, up to 5 degrees askew, in
            perspective, bent, badly lit; 2 to 16 pixels a cell.

    Returns:
        What was found. No picture raises an error.
    """
    height, width = grey.shape
    if height * width > MOST_PIXELS:
        return SheetFound(reason=f"the picture has more than {MOST_PIXELS:,} pixels")
    if min(height, width) < LEAST_PIXELS:
        return SheetFound(reason="the picture is too small for a sheet")
    lattice, placed = _placed(np.ascontiguousarray(grey))
    if lattice is None:
        return SheetFound(reason="no sheet is seen in the picture")
    if placed is None:
        return SheetFound(reason="marks of a sheet are seen, but none of its headers can be read")
    if not placed.first:
        return SheetFound(
            header=placed.header, grid=placed.grid, reason="the picture shows less than half of what its header says"
        )
    best = Decoded(None, 1.0, 0.0)
    for first in placed.first:
        nodes = whole_nodes(lattice, placed.grid.across, placed.grid.down, first)
        if np.isnan(nodes).any():
            continue
        each = decoded_sheet(seen_cells(grey, CellGrid.over(nodes), placed.grid), placed.header, placed.grid)
        if each.payload is not None or each.right > best.right:
            best = each
        if each.payload is not None:
            break
    reason = "" if best.payload is not None else _reason(best)
    return SheetFound(
        header=placed.header,
        grid=placed.grid,
        payload=best.payload,
        wrong=best.wrong,
        right=best.right,
        reason=reason,
    )


def _placed(grey: npt.NDArray[np.uint8]) -> tuple[MarkLattice | None, PlacedHeader | None]:
    """The marks of a sheet, and its header: of the first size of cells for which one is read."""
    pyramid = Pyramid(grey)
    marks: MarkLattice | None = None
    for cell in likely_cells(pyramid):
        first = joined_marks(find_marks(pyramid, cell))
        lattice = None if first is None else mark_lattice(grey, first)
        if lattice is None:
            continue
        marks = lattice
        placed = placed_header(grey, lattice)
        if placed is not None:
            return lattice, placed
    return marks, None


def _reason(found: Decoded) -> str:
    if found.right >= 1:
        return "what the sheet carries is not what its header names"
    return f"too many cells cannot be read: {found.right:.0%} of the sheet's codewords could be put right"
