"""How the elements of the field lie in the bytes of a symbol.

Each 64 bytes hold 32 elements: first the low bytes of all, then the high ones. Where a symbol ends with fewer than
64, they are halved in the same way. Source: Leopard-RS, and the wheel `reed-solomon-leopard` for the end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure.field import Elements

Symbols = NDArray[np.uint8]

GROUP = 64
"""Bytes that hold 32 elements."""


def elements_of(symbols: Symbols) -> Elements:
    """uint16 [n, size / 2] of uint8 [n, size], size even."""
    count, size = symbols.shape
    whole = size // GROUP * GROUP
    found = np.empty((count, size // 2), np.uint16)
    for part, target in (
        (_halves(symbols[:, :whole], GROUP), 0),
        (_halves(symbols[:, whole:], size - whole), whole // 2),
    ):
        if part.size:
            elements = part[:, :, 1].astype(np.uint16)
            elements <<= 8
            elements |= part[:, :, 0]
            found[:, target : target + elements.shape[1] * elements.shape[2]] = elements.reshape(count, -1)
    return found


def octets_of(elements: Elements) -> Symbols:
    """uint8 [n, size] of uint16 [n, size / 2]: the way back."""
    count, half = elements.shape
    size = 2 * half
    whole = size // GROUP * GROUP
    found = np.empty((count, size), np.uint8)
    for low, high, group in ((0, whole, GROUP), (whole, size, size - whole)):
        if high > low:
            part = elements[:, low // 2 : high // 2].reshape(count, -1, group // 2)
            target = found[:, low:high].reshape(count, -1, 2, group // 2)
            target[:, :, 0] = part & 255
            target[:, :, 1] = part >> 8
            found[:, low:high] = target.reshape(count, -1)
    return found


def _halves(symbols: Symbols, group: int) -> Symbols:
    """uint8 [n, groups, 2, group / 2] of uint8 [n, bytes]."""
    return symbols.reshape(len(symbols), -1, 2, group // 2) if group else symbols.reshape(len(symbols), 0, 2, 0)
