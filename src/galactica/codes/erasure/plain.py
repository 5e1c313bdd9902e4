"""Erasure blocks by numpy alone: the same code as the wheel's, to the bit, at a fraction of its speed.

The polynomial of a block has the source symbols as its values at the points 0 to k, zeros up to the next power of two
P, and a degree below P. Repair symbols are its values at further points. To restore, the known values are multiplied
by the polynomial that is 0 at the missing points; of what comes of it the derivative gives the missing values, each
times a factor that is known (the paper's section V; `field` names it). Columns are worked on a few at a time, so that
memory is bounded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure.field import MODULUS, Elements, log_products, product, scaled
from galactica.codes.erasure.layout import Symbols, elements_of, octets_of
from galactica.codes.erasure.transform import derive, to_coefficients, to_values

WORK_BYTES = 32 * 2**20
"""Memory of the array that is transformed; some four of that size are held at a time."""

_ROWS = 1024
"""Symbols that are weighed at a time."""


def repair_plainly(source: Symbols, width: int, first: int, count: int) -> Symbols:
    """Repair symbols at the points `width` + `first` and those that follow.

    Args:
        source: uint8 [k, size], k at most `width`, size even.
        width: P, the power of two at or above k.

    Returns:
        uint8 [count, size].
    """
    found = np.empty((count, source.shape[1]), np.uint8)
    for low, high in _stripes(source.shape[1], width):
        rows = np.zeros((width, (high - low) // 2), np.uint16)
        rows[: len(source)] = elements_of(source[:, low:high])
        to_coefficients(rows, 0)
        for chunk in range(first // width, -(-(first + count) // width)):
            values = rows.copy()
            to_values(values, width * (chunk + 1))
            begin, end = max(first, chunk * width), min(first + count, (chunk + 1) * width)
            found[begin - first : end - first, low:high] = octets_of(
                values[begin - chunk * width : end - chunk * width]
            )
    return found


def restore_plainly(missing: NDArray[np.int64], points: NDArray[np.int64], symbols: Symbols, width: int) -> Symbols:
    """The values at `missing` points below `width` of the polynomial that has `symbols` at `points`.

    Args:
        points: int64 [n], each once; n at least `width`, those that are zeros among them.
        symbols: uint8 [n or less, size]; points behind its end have zeros.

    Returns:
        uint8 [missing, size].
    """
    size = width
    while size <= points.max():
        size *= 2
    erased = np.ones(size, bool)
    erased[points] = False
    factors = log_products(np.flatnonzero(erased))
    held = points[: len(symbols)]
    found = np.empty((len(missing), symbols.shape[1]), np.uint8)
    for low, high in _stripes(symbols.shape[1], size):
        rows = np.zeros((size, (high - low) // 2), np.uint16)
        rows[held] = scaled(elements_of(symbols[:, low:high]), factors[held, None])
        to_coefficients(rows, 0)
        rows = derive(rows)
        to_values(rows, 0)
        found[:, low:high] = octets_of(scaled(rows[missing], (MODULUS - factors[missing, None]) % MODULUS))
    return found


def _stripes(size: int, rows: int) -> list[tuple[int, int]]:
    """Columns of a symbol that are worked on at a time, in bytes: whole groups of 64, for an element's two bytes lie in
    one."""
    step = max(64, WORK_BYTES // (2 * rows) * 2 // 64 * 64)
    return [(low, min(low + step, size)) for low in range(0, size, step)]


def weighed_sums(symbols: Symbols, weights: Elements) -> Elements:
    """Sums of the elements of each symbol, weighed.

    Args:
        symbols: uint8 [n, size].
        weights: uint16 [sums, size / 2], none of them 0.

    Returns:
        uint16 [sums, n].
    """
    found = np.empty((len(weights), len(symbols)), np.uint16)
    for low in range(0, len(symbols), _ROWS):
        elements = elements_of(symbols[low : low + _ROWS])
        for each, total in zip(weights, found, strict=True):
            np.bitwise_xor.reduce(product(elements, each[None, :]), axis=1, out=total[low : low + _ROWS])
    return found
