"""GF(256), the field of the code: bytes as polynomials over GF(2) modulo x^8 + x^4 + x^3 + x^2 + 1.

Addition is XOR; 2 generates all elements but 0. Source: J. S. Plank, "A Tutorial on Reed-Solomon Coding for
Fault-Tolerance in RAID-like Systems", Software: Practice and Experience 27 (1997), with the same polynomial.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

POLYNOMIAL = 0x11D
"""x^8 + x^4 + x^3 + x^2 + 1."""

Symbols = npt.NDArray[np.uint8]


def _powers() -> tuple[list[int], list[int]]:
    exponents, logarithms = [1] * 510, [0] * 256
    element = 1
    for power in range(255):
        exponents[power] = exponents[power + 255] = element
        logarithms[element] = power
        element <<= 1
        if element & 256:
            element ^= POLYNOMIAL
    return exponents, logarithms


_EXP, _LOG = _powers()

PRODUCTS: Symbols = np.array(
    [[_EXP[_LOG[a] + _LOG[b]] if a and b else 0 for b in range(256)] for a in range(256)], dtype=np.uint8
)
"""uint8 [256, 256]: the product of any two elements."""

INVERSES: Symbols = np.array([0] + [_EXP[255 - _LOG[a]] for a in range(1, 256)], dtype=np.uint8)
"""uint8 [256]: 1 by each element; 0 for 0, which has none."""


def product(a: int, b: int) -> int:
    """a times b."""
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


def reciprocal(a: int) -> int:
    """1 by a.

    Raises:
        ZeroDivisionError: a is 0.
    """
    if a == 0:
        raise ZeroDivisionError("0 has no inverse")
    return _EXP[255 - _LOG[a]]


def bit_rows(element: int) -> npt.NDArray[np.bool_]:
    """What multiplying by an element does to the eight bits of a symbol, the lowest first.

    Returns:
        bool [8, 8]: bit `row` of the product holds bit `column` of the other factor.
    """
    columns = [product(element, 1 << bit) for bit in range(8)]
    return np.array([[column >> row & 1 for column in columns] for row in range(8)], dtype=np.bool_)
