"""The practice sheet: the smallest sheet there is, printed in the primer, on which a reader tries every step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from galactica.engrave.sheet.drawing import sheet_cells
from galactica.engrave.sheet.header import SheetHeader, payload_digest
from galactica.engrave.sheet.layout import SheetGrid
from galactica.engrave.sheet.mask import mask

GRID = SheetGrid(2, 2, 62)
"""Two tiles by two: 136 by 136 cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSheet:
    """What is on it.

    Attributes:
        payload: of the sheet.
        header: of the sheet.
        cells: a string of 1 (black) and 0 for each row.
        free: the free cells in order, as they are drawn: a string of 1 and 0.
        plain: bytes of the free cells without the mask.
    """

    payload: bytes
    header: SheetHeader
    cells: tuple[str, ...]
    free: str
    plain: bytes


def practice_sheet(payload: bytes) -> PracticeSheet:
    """A sheet that belongs to no set: its root and the number of its set are zeros.

    Raises:
        ValueError: the payload is longer than `GRID` carries.
    """
    header = SheetHeader(
        root=bytes(16),
        set_id=bytes(8),
        kind="data",
        sheet=0,
        sheets=1,
        group=0,
        place=0,
        data_sheets=1,
        parity_sheets=0,
        used=len(payload),
        digest=payload_digest(payload),
    )
    drawn = sheet_cells(payload, header, GRID)
    _, free = GRID.fixed()
    bits = drawn[free].astype(np.uint8)
    plain = np.packbits((bits ^ mask(len(bits)))[: len(bits) // 8 * 8]).tobytes()
    return PracticeSheet(
        payload=payload,
        header=header,
        cells=tuple("".join("1" if cell else "0" for cell in row) for row in drawn.tolist()),
        free="".join(map(str, bits.tolist())),
        plain=plain,
    )
