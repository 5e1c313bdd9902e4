"""The field of 65,536 elements that erasure blocks are computed in, and the points its polynomials are taken at.

An element is a number of 16 bits. Addition is XOR. A number's bits are its coordinates in the Cantor basis below, so
that number *j* is at once an element and the *j*-th point at which a polynomial is evaluated: an additive Fourier
transform over such points takes n log n steps. Multiplication goes by logarithms, to the generator of the polynomial
below.

Source: S.-J. Lin, T. Y. Al-Naffouri, Y. S. Han, W.-H. Chung, "Novel Polynomial Basis with Fast Fourier Transform and
Its Application to Reed-Solomon Erasure Codes", IEEE Trans. Inf. Theory 62 (2016), 6284-6299; the constants are those
of the field of 16 bits of Leopard-RS (BSD), which the wheel `reed-solomon-leopard` speaks; the tests hold us to that
wheel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Elements = NDArray[np.uint16]

BITS = 16
ORDER = 1 << BITS
"""Elements of the field; as many points, and as many symbols a block has at the most."""

MODULUS = ORDER - 1
"""Order of its multiplicative group; as a logarithm, that of 0."""

POLYNOMIAL = 0x1002D
CANTOR_BASIS = (
    0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E, 0x914C, 0x4012,
    0x6C98, 0x10D8, 0x6A72, 0xB900, 0xFDB8, 0xFB34, 0xFF38, 0x991E,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTables:
    """What multiplication looks up.

    Attributes:
        log: int32 [65536]; 0 stands at 65535.
        exp: uint16 [3 * 65536]: of a sum of two logarithms of elements that are not 0, without a remainder.
        skew: int32 [65535]: logarithms of the factors of the transform's butterflies; 65535 is the factor 0.
    """

    log: NDArray[np.int32]
    exp: Elements
    skew: NDArray[np.int32]


@cache
def tables() -> FieldTables:
    """The tables, made once: 1 MB."""
    powers = np.zeros(ORDER, np.int64)  # element in the polynomial basis → exponent
    state = 1
    for exponent in range(MODULUS):
        powers[state] = exponent
        state <<= 1
        if state >= ORDER:
            state ^= POLYNOMIAL
    powers[0] = MODULUS
    elements = np.zeros(ORDER, np.int64)  # coordinates → element in the polynomial basis
    for bit, basis in enumerate(CANTOR_BASIS):
        width = 1 << bit
        elements[width : 2 * width] = elements[:width] ^ basis
    log = powers[elements]
    exp = np.zeros(ORDER, np.int64)
    exp[log] = np.arange(ORDER)
    exp[MODULUS] = exp[0]
    cycle = exp[:MODULUS]
    return FieldTables(
        log=log.astype(np.int32),
        exp=np.concatenate([cycle, cycle, cycle, exp[:3]]).astype(np.uint16),
        skew=_skew(log, exp).astype(np.int32),
    )


def _skew(log: NDArray[np.int64], exp: NDArray[np.int64]) -> NDArray[np.int64]:
    """Logarithms of the factors: of the subspace polynomials, normalised, at the points."""

    def times(element: int, logarithm: int) -> int:
        return int(exp[(int(log[element]) + logarithm) % MODULUS]) if element else 0

    skew = np.zeros(MODULUS, np.int64)
    temp = [1 << i for i in range(1, BITS)]
    for m in range(BITS - 1):
        step = 1 << (m + 1)
        skew[(1 << m) - 1] = 0
        for i in range(m, BITS - 1):
            half = 1 << (i + 1)
            places = np.arange((1 << m) - 1, half, step)
            skew[places + half] = skew[places] ^ temp[i]
        temp[m] = (MODULUS - int(log[times(temp[m], int(log[temp[m] ^ 1]))])) % MODULUS
        for i in range(m + 1, BITS - 1):
            temp[i] = times(temp[i], (int(log[temp[i] ^ 1]) + temp[m]) % MODULUS)
    return log[skew]


def product(one: Elements, other: Elements) -> Elements:
    """Products of elements, by the rules of numpy for shapes. uint16, of any shape."""
    table = tables()
    found: Elements = np.where((one == 0) | (other == 0), np.uint16(0), table.exp[table.log[one] + table.log[other]])
    return found


def scaled(elements: Elements, logarithm: NDArray[np.signedinteger[Any]] | int) -> Elements:
    """Products of elements with factors that are given by their logarithms, 0 to 65534."""
    table = tables()
    found: Elements = table.exp[table.log[elements] + logarithm]
    found[elements == 0] = 0
    return found


def log_products(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of every point of the field, the logarithm of the product of its differences to `points`, itself left out.

    Args:
        points: int64 [n], each once.

    Returns:
        int64 [65536], each 0 to 65534. A sum over differences is a convolution over XOR, so three Walsh-Hadamard
        transforms modulo 65535 do it (the same source, section IV).
    """
    weights = tables().log.astype(np.int64)
    weights[0] = 0  # a point's difference to itself
    chosen = np.zeros(ORDER, np.int64)
    chosen[points] = 1
    total = _walsh(_walsh(chosen) * _walsh(weights) % MODULUS)
    return total % MODULUS  # 65536 times the sum, which is the sum: 65536 leaves 1


def _walsh(values: NDArray[np.int64]) -> NDArray[np.int64]:
    values = values % MODULUS
    width = 1
    while width < ORDER:
        pairs = values.reshape(-1, 2, width)
        values = np.stack((pairs[:, 0] + pairs[:, 1], pairs[:, 0] - pairs[:, 1]), axis=1).reshape(-1) % MODULUS
        width *= 2
    return values
