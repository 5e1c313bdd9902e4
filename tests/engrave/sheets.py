"""Small sheets, drawn in some milliseconds, for whatever tests need one."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.engrave.sheet.drawing import draw_sheet
from galactica.engrave.sheet.header import SheetHeader, sheet_digest
from galactica.engrave.sheet.layout import SheetLayout

SMALL = SheetLayout(408, 408, 3)
"""Two by two tiles, seven codewords."""


def header_of(payload: bytes, **changed: Any) -> SheetHeader:
    """A header that names the payload; the rest is made up, or as `changed` says."""
    made: dict[str, Any] = {
        "root": bytes(range(16)),
        "set_id": b"eight by",
        "kind": "data",
        "sheet": 3,
        "sheets": 10,
        "group": 0,
        "place": 3,
        "data_sheets": 8,
        "parity_sheets": 2,
        "used": len(payload),
        "digest": sheet_digest(payload),
    }
    return SheetHeader(**{**made, **changed})


def drawn(payload: bytes, layout: SheetLayout = SMALL, **changed: Any) -> npt.NDArray[np.bool_]:
    """The picture of a sheet that carries the payload: bool [height, width], True is ink."""
    return draw_sheet(payload, header_of(payload, **changed), layout)


def full(layout: SheetLayout = SMALL, seed: int = 0) -> bytes:
    """As many random bytes as a sheet carries."""
    return random.Random(seed).randbytes(layout.capacity)


def scanned(
    picture: npt.NDArray[np.bool_], *, bare: int = 30, ink: int = 20, paper: int = 235
) -> npt.NDArray[np.uint8]:
    """A clean grey picture of a page: the sheet with a margin of `bare` pixels."""
    return np.pad(np.where(picture, ink, paper).astype(np.uint8), bare, constant_values=paper)
