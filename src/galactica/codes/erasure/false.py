"""Which symbols of a block are false: found by what more than k of them must agree in.

Somebody puts a symbol of his own among those of a block, and everything that is restored with it is wrong. With one
symbol more than k that is seen, with 2e more the places of e false ones are found, whatever stands in them: the
values at all known points are a word of a generalised Reed-Solomon code. Each symbol is first made one element, by a
sum with weights that whoever forged it could not know; then the syndromes are taken, the shortest recurrence that
they follow is found, and its roots are the false points. So a false packet costs the receiver two true ones, and no
more.

Source: R. E. Blahut, "Algebraic Codes for Data Transmission" (2003), chapter 7 (Berlekamp-Massey, for a code with the
multipliers 1 / prod(x_i - x_j)).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure.block import first_repair
from galactica.codes.erasure.field import MODULUS, ORDER, Elements, log_products, product, scaled, tables

MAX_FALSE = 1024
"""False symbols of a block that are looked for: twice as many syndromes, each a pass over the block, some 2 s in
all."""


def false_points(sources: int, points: NDArray[np.int64], values: Elements) -> NDArray[np.int64] | None:
    """The points at which something false was given.

    Args:
        sources: k.
        points: int64 [n], different, ascending or not; n at least k.
        values: uint16 [2, n]: two elements for each symbol, weighed differently (`plain.weighed_sums`). The places
            are found by the first, and must explain the second: of more false symbols than can be told, a few places
            often explain one.

    Returns:
        int64, ascending: at most half of n - k and `MAX_FALSE`; empty where all agree (which they do where n is k);
        None where there are more false ones than can be told.
    """
    known = np.concatenate([points, np.arange(sources, first_repair(sources))])
    if len(points) <= sources or len(known) == ORDER:
        return np.empty(0, np.int64)
    first, other = (_syndromes(sources, points, each) for each in values)
    if not first.any() and not other.any():
        return np.empty(0, np.int64)
    locator = _recurrence(first)
    if not 0 < 2 * (len(locator) - 1) <= len(first):
        return None
    roots = _is_root(locator, points ^ _unused(sources, points))
    if roots.sum() != len(locator) - 1 or _syndromes(sources, points[~roots], values[1][~roots]).any():
        return None
    return np.sort(points[roots])


def _unused(sources: int, points: NDArray[np.int64]) -> int:
    """An element that is none of the known points: added to all of them it leaves none 0, at which a recurrence has
    no root."""
    spare = np.ones(ORDER, bool)
    spare[points] = False
    spare[sources : first_repair(sources)] = False
    return int(spare.argmax())


def _syndromes(sources: int, points: NDArray[np.int64], values: Elements) -> Elements:
    """Sums of the values, each times its multiplier, times powers of the points: all 0 for a word of the code. As
    many as there are symbols beyond k, at most 2 * `MAX_FALSE`."""
    known = np.concatenate([points, np.arange(sources, first_repair(sources))])
    power = scaled(values, (MODULUS - log_products(known)[points]) % MODULUS)
    steps = tables().log[points ^ _unused(sources, points)]
    found = np.zeros(min(len(points) - sources, 2 * MAX_FALSE), np.uint16)
    for i in range(len(found)):
        found[i] = np.bitwise_xor.reduce(power)
        power = scaled(power, steps)
    return found


def _recurrence(syndromes: Elements) -> Elements:
    """Berlekamp-Massey: the shortest connection polynomial, lowest coefficient (1) first, as long as its recurrence
    and 1."""
    table = tables()
    size = len(syndromes) + 2
    current, before = np.zeros(size, np.uint16), np.zeros(size, np.uint16)
    current[0] = before[0] = 1
    length, gap, last = 0, 1, 1
    for i in range(len(syndromes)):
        differs = int(
            syndromes[i] ^ np.bitwise_xor.reduce(product(current[1 : length + 1], syndromes[i - length : i][::-1]))
        )
        if not differs:
            gap += 1
            continue
        factor = int(table.log[differs] - table.log[last]) % MODULUS
        shifted = np.zeros(size, np.uint16)
        shifted[gap:] = scaled(before[: size - gap], factor)
        if 2 * length <= i:
            current, before = current ^ shifted, current
            length, last, gap = i + 1 - length, differs, 1
        else:
            current = current ^ shifted
            gap += 1
    return current[: length + 1]


def _is_root(locator: Elements, points: NDArray[np.int64]) -> NDArray[np.bool_]:
    """At which points prod(1 - x_e z) is 0 for z = 1 / x: Horner's rule over all of them at once."""
    steps = (MODULUS - tables().log[points]) % MODULUS
    total = np.zeros(len(points), np.uint16)
    for coefficient in locator[::-1]:
        total = scaled(total, steps) ^ coefficient
    return np.asarray(total == 0)
