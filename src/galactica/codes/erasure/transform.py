"""The additive Fourier transform over the field: from a polynomial to its values at points that stand together, and
back.

A polynomial of degree below n, a power of two, has n coefficients in the novel basis of the paper that `field` names;
its values at the points `first` to `first + n`, `first` a multiple of n, are what the transform gives. Rows are
coefficients or values, columns are polynomials that have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure.field import MODULUS, Elements, tables

_WIDE = 2048
"""Elements of a stretch from which on a table for its one factor costs less than logarithms of each."""


def to_values(rows: Elements, first: int) -> None:
    """Coefficients become values at `first` and the points that follow. uint16 [n, columns], C order, changed in
    place."""
    width = len(rows) // 2
    while width:
        for low, high, factors in _pairs(rows, width, first):
            _add_scaled(low, high, factors)
            high ^= low
        width //= 2


def to_coefficients(rows: Elements, first: int) -> None:
    """Values at `first` and the points that follow become coefficients: the way back of `to_values`."""
    width = 1
    while width < len(rows):
        for low, high, factors in _pairs(rows, width, first):
            high ^= low
            _add_scaled(low, high, factors)
        width *= 2


def derive(rows: Elements) -> Elements:
    """Coefficients of a polynomial's formal derivative (the paper's section V, in the Cantor basis, where all its
    constants are 1): each is the sum of itself and of those above it by one bit. A new array."""
    found = rows.copy()
    width = 1
    while width < len(rows):
        shape = (-1, 2, width, rows.shape[1])
        found.reshape(shape)[:, 0] ^= rows.reshape(shape)[:, 1]
        width *= 2
    return found


def _pairs(rows: Elements, width: int, first: int) -> Iterator[tuple[Elements, Elements, NDArray[np.int32] | int]]:
    """The butterflies of a layer: (lower half, upper half, logarithms of the factors), whole groups at once."""
    skew = tables().skew
    count = len(rows) // (2 * width)
    if width * rows.shape[1] >= _WIDE:
        for group in range(count):
            start = 2 * width * group
            low, high = rows[start : start + width], rows[start + width : start + 2 * width]
            yield low, high, int(skew[first + start + width - 1])
        return
    groups = rows.reshape(count, 2, width, rows.shape[1])
    factors = skew[first + width - 1 : first + len(rows) : 2 * width]
    yield groups[:, 0], groups[:, 1], factors[:, None, None]


def _add_scaled(low: Elements, high: Elements, factors: NDArray[np.int32] | int) -> None:
    """Add to `low` what `high` is times the factors."""
    table = tables()
    if isinstance(factors, int):
        if factors != MODULUS:
            low ^= _times(high, factors)
        return
    found = table.exp[table.log[high] + factors]
    found[(high == 0) | (factors == MODULUS)] = 0
    low ^= found


def _times(rows: Elements, logarithm: int) -> Elements:
    """All of `rows` times one factor: a product is the sum of those of its two bytes, looked up in two small tables."""
    table = tables()
    small = np.arange(256, dtype=np.uint16)
    low, high = (table.exp[table.log[bytes_] + logarithm] for bytes_ in (small, small << 8))
    low[0] = high[0] = 0
    found: Elements = low[rows & 255]
    found ^= high[rows >> 8]
    return found
