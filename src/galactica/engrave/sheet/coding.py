"""Between the payload of a sheet and the bits of its free cells; between a header and its cells.

Source: docs/formats/page.md, "Code" and "Mask".
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galactica.codes.reed_solomon import check_bytes
from galactica.engrave.sheet.header import HEADER_BYTES
from galactica.engrave.sheet.layout import CODEWORD, HEADER_CELLS, SheetGrid
from galactica.engrave.sheet.mask import mask

Bits = npt.NDArray[np.uint8]
Symbols = npt.NDArray[np.uint8]

HEADER_CHECK = HEADER_CELLS**2 // 8 - HEADER_BYTES
"""Check bytes of a header."""


def byte_places(codewords: int) -> npt.NDArray[np.int64]:
    """Where the bytes of codewords stand among those of the free cells: int64 [255, codewords]."""
    band = np.arange(CODEWORD, dtype=np.int64)[:, None]
    found: npt.NDArray[np.int64] = band * codewords + (np.arange(codewords) + band * band) % codewords
    return found


def cells_of_payload(payload: bytes, grid: SheetGrid) -> Bits:
    """What is drawn in the free cells, masked: uint8 [free cells], 1 is ink.

    Raises:
        ValueError: the payload is longer than the sheet carries.
    """
    if len(payload) > grid.capacity:
        raise ValueError(f"{len(payload):,} bytes do not fit on a sheet that carries {grid.capacity:,}")
    said = np.frombuffer(payload.ljust(grid.capacity, b"\0"), dtype=np.uint8).reshape(-1, grid.codewords)
    coded = np.zeros(grid.free_cells // 8, dtype=np.uint8)
    coded[byte_places(grid.codewords)] = np.concatenate([said, check_bytes(said, grid.check_bytes)])
    bits = np.zeros(grid.free_cells, dtype=np.uint8)
    bits[: len(coded) * 8] = np.unpackbits(coded)
    return bits ^ mask(len(bits))


def payload_in(codewords: Symbols, check: int, used: int) -> bytes:
    """The payload that codewords (uint8 [255, N]) hold, of which `check` bytes each are check bytes."""
    return codewords[: CODEWORD - check].tobytes()[:used]


def cells_of_header(packed: bytes) -> Bits:
    """What is drawn in the cells of a header, masked: uint8 [32, 32], 1 is ink."""
    said = np.frombuffer(packed, dtype=np.uint8)[:, None]
    bits = np.unpackbits(np.concatenate([said, check_bytes(said, HEADER_CHECK)])[:, 0])
    return (bits ^ mask(len(bits))).reshape(HEADER_CELLS, HEADER_CELLS)
