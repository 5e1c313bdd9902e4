"""A sheet as a picture: its cells, and these as pixels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galactica.engrave.sheet.coding import cells_of_header, cells_of_payload
from galactica.engrave.sheet.header import SheetHeader, pack_header, sheet_digest
from galactica.engrave.sheet.layout import HEADER_CELLS, HEADER_INSET, PITCH, SheetGrid, SheetLayout

Cells = npt.NDArray[np.bool_]


def sheet_cells(payload: bytes, header: SheetHeader, grid: SheetGrid) -> Cells:
    """The cells of a sheet: bool [grid.height, grid.width], True is ink.

    Raises:
        ValueError: the payload is longer than the sheet carries, or is not the one that the header names.
    """
    if header.used != len(payload) or header.digest != sheet_digest(payload):
        raise ValueError("the header names another payload")
    ink, free = grid.fixed()
    cells = ink.copy()
    cells[free] = cells_of_payload(payload, grid).astype(np.bool_)
    drawn = cells_of_header(pack_header(header, grid)).astype(np.bool_)
    for c, r in grid.header_tiles:
        top, left = r * PITCH + HEADER_INSET, c * PITCH + HEADER_INSET
        cells[top : top + HEADER_CELLS, left : left + HEADER_CELLS] = drawn
    return cells


def draw_sheet(payload: bytes, header: SheetHeader, layout: SheetLayout) -> Cells:
    """The picture of a sheet: bool [layout.height_px, layout.width_px], True is ink; the raster lies in its middle.

    Args:
        payload: at most `layout.capacity` bytes.
        header: its `used` and `digest` are those of the payload.

    Raises:
        ValueError: the payload is too long, or is not the one that the header names.
    """
    cells = sheet_cells(payload, header, layout.grid)
    picture = np.zeros((layout.height_px, layout.width_px), dtype=np.bool_)
    (left, top), size = layout.corner_px, layout.cell_px
    height, width = cells.shape
    raster = picture[top : top + height * size, left : left + width * size]
    for down in range(size):
        for across in range(size):
            raster[down::size, across::size] = cells
    return picture
