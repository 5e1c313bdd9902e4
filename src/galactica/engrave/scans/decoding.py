"""The payload of a sheet from how bright its cells are; where it helps, bytes in doubt are taken for unreadable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.codes.reed_solomon import correct_codewords
from galactica.engrave.scans.pixels import Plane
from galactica.engrave.sheet.coding import byte_places, payload_in
from galactica.engrave.sheet.header import SheetHeader, sheet_digest
from galactica.engrave.sheet.layout import CODEWORD, SheetGrid
from galactica.engrave.sheet.mask import mask

_DOUBTED = (0.0, 0.35, 0.6, 0.8, 0.93)
"""Shares of the check bytes that are spent on the bytes most in doubt, tried in this order; the rest is for others that
are wrong, and to know that a codeword is right."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What came of a sheet's cells.

    Attributes:
        payload: None where not all of it could be put right.
        wrong: share of the bytes that were changed, of codewords that are right.
        right: share of the codewords that are right.
    """

    payload: bytes | None
    wrong: float
    right: float


def decoded_sheet(seen: Plane, header: SheetHeader, grid: SheetGrid) -> Decoded:
    """Put right what cells say.

    Args:
        seen: float32 [grid.height, grid.width], above 0 for bare, below for ink; the farther from 0, the surer.
    """
    _, free = grid.fixed()
    count = grid.codewords
    light = seen[free][: CODEWORD * count * 8]
    bits = (light < 0).astype(np.uint8) ^ mask(len(light))
    places = byte_places(count)
    words = np.packbits(bits)[places]
    surety = np.abs(light).reshape(-1, 8).min(axis=1)[places]
    right, changed = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.int64)
    for share in _DOUBTED:
        left = np.flatnonzero(~right)
        if not len(left):
            break
        some = words[:, left]
        erased = _doubted(surety[:, left], int(share * grid.check_bytes)) if share else None
        good, moved = correct_codewords(some, grid.check_bytes, erased)
        words[:, left[good]] = some[:, good]
        right[left[good]], changed[left[good]] = True, moved[good]
    wrong = float(changed[right].mean()) / CODEWORD if right.any() else 1.0
    payload = payload_in(words, grid.check_bytes, header.used) if right.all() else None
    if payload is not None and sheet_digest(payload) != header.digest:
        payload = None
    return Decoded(payload, wrong, float(right.mean()))


def _doubted(surety: Plane, count: int) -> npt.NDArray[np.bool_]:
    """The bytes of each codeword that are most in doubt: bool [255, codewords]."""
    erased = np.zeros(surety.shape, dtype=np.bool_)
    worst = np.argpartition(surety, count, axis=0)[:count]
    np.put_along_axis(erased, worst, True, axis=0)
    return erased
