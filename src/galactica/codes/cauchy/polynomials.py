"""Polynomials over GF(256), many at once: what decoding Reed-Solomon codes takes, for whole columns of codewords.

A polynomial is uint8 [powers, columns], the lowest power first, one polynomial a column. Source: R. Roth, "Introduction
to Coding Theory" (2006), ch. 6: the locator of Berlekamp and Massey, Forney's values.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galactica.codes.cauchy.field import INVERSES, PRODUCTS, Symbols

Counts = npt.NDArray[np.int64]


def shortest_locator(syndromes: Symbols, known: Counts | None = None) -> tuple[Symbols, Counts]:
    """Berlekamp and Massey's locators and their degrees, for every column at once.

    Args:
        syndromes: uint8 [count, columns].
        known: int64 [columns], how many of a column's syndromes there are; all, where nothing is given.

    Returns:
        (uint8 [count + 1, columns], int64 [columns])
    """
    count, columns = syndromes.shape
    locator = np.zeros((count + 1, columns), dtype=np.uint8)
    before = np.zeros_like(locator)
    locator[0] = before[0] = 1
    degree = np.zeros(columns, dtype=np.int64)
    last = np.ones(columns, dtype=np.uint8)
    for step in range(count):
        before[1:] = before[:-1]
        before[0] = 0
        lack = syndromes[step].copy()
        for at in range(1, min(step, int(degree.max(initial=0))) + 1):
            lack ^= PRODUCTS[locator[at], syndromes[step - at]]
        if known is not None:
            lack[known <= step] = 0
        change = PRODUCTS[PRODUCTS[lack, INVERSES[last]][None, :], before]
        grows = (lack != 0) & (2 * degree <= step)
        kept = np.where(grows, locator, before)
        locator ^= change
        before = kept
        last = np.where(grows, lack, last).astype(np.uint8)
        degree = np.where(grows, step + 1 - degree, degree)
    return locator, degree


def with_roots(points: Symbols) -> Symbols:
    """The product of 1 + point · z over the points of each column; a point of 0 adds nothing.

    Args:
        points: uint8 [count, columns].

    Returns:
        uint8 [count + 1, columns]
    """
    total = np.zeros((len(points) + 1, points.shape[1]), dtype=np.uint8)
    total[0] = 1
    for at, point in enumerate(points):
        total[1 : at + 2] ^= PRODUCTS[point[None, :], total[: at + 1]]
    return total


def series_product(series: Symbols, polynomial: Symbols) -> Symbols:
    """The product of two polynomials, column by column, as long as the first."""
    count = len(series)
    total = np.zeros_like(series)
    for power in range(min(count, len(polynomial))):
        factor = polynomial[power]
        if factor.any():
            total[power:] ^= PRODUCTS[factor, series[: count - power]]
    return total


def derivative(polynomial: Symbols) -> Symbols:
    """The formal derivative: over a field of characteristic 2 the odd powers, each one lower."""
    slopes = polynomial[1:].copy()
    slopes[1::2] = 0
    return slopes


def value_at(polynomial: Symbols, point: int) -> Symbols:
    """The value of every column's polynomial at a point, by Horner: uint8 [columns]."""
    table = PRODUCTS[point]
    total: Symbols = polynomial[-1].copy()
    for row in polynomial[-2::-1]:
        total = table[total] ^ row
    return total
