"""Reed-Solomon codewords of up to 255 bytes, many at once: check bytes made, wrong and unreadable bytes put right.

Over the field of `codes.cauchy.field`; a codeword, its first byte the highest coefficient, is zero at 2^0 to 2^(e - 1),
as in QR codes (ISO/IEC 18004:2015, 7.5.2). Twice the wrong bytes and the unreadable ones together must not exceed e.
Source: R. Roth, "Introduction to Coding Theory" (2006), ch. 5 and 6.

One codeword is a column: symbols are uint8 [bytes, codewords], so that every step is one over all of them.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from galactica.codes.cauchy.field import INVERSES, PRODUCTS, Symbols, product, reciprocal
from galactica.codes.cauchy.polynomials import derivative, series_product, shortest_locator, value_at, with_roots

LONGEST = 255
"""Bytes of a codeword: as many as the field has elements but 0."""

AT_ONCE = 2048
"""Codewords that are corrected at once: bounds the memory to some tens of megabytes."""

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@functools.cache
def _power(exponent: int) -> int:
    element = 1
    for _ in range(exponent % LONGEST):
        element = product(element, 2)
    return element


@functools.lru_cache(maxsize=16)
def generator(check: int) -> tuple[int, ...]:
    """The coefficients of (x - 2^0)(x - 2^1)…(x - 2^(check - 1)), the highest first: `check` + 1 of them."""
    coefficients = [1]
    for exponent in range(check):
        root = _power(exponent)
        longer = [*coefficients, 0]
        for at, each in enumerate(coefficients):
            longer[at + 1] ^= product(each, root)
        coefficients = longer
    return tuple(coefficients)


def check_bytes(said: Symbols, check: int) -> Symbols:
    """The check bytes of codewords.

    Args:
        said: uint8 [bytes, codewords], at most 255 - check bytes.
        check: check bytes of each.

    Returns:
        uint8 [check, codewords]
    """
    assert len(said) + check <= LONGEST
    factors = np.array(generator(check)[1:], dtype=np.uint8)
    rest = np.zeros((check, said.shape[1]), dtype=np.uint8)
    for row in said:
        head = row ^ rest[0]
        rest[:-1] = rest[1:]
        rest[-1] = 0
        rest ^= PRODUCTS[factors[:, None], head[None, :]]
    return rest


def correct_codewords(received: Symbols, check: int, erased: Flags | None = None) -> tuple[Flags, Counts]:
    """Put right in place what can be.

    Args:
        received: uint8 [bytes, codewords], check bytes last.
        check: check bytes of each.
        erased: bool [bytes, codewords]: what is unreadable. A codeword with more of them than check bytes is given up.

    Returns:
        (right, changed): bool [codewords], which are codewords now; int64 [codewords], how many bytes of each were
        changed. A codeword that is not put right is left as it was.
    """
    count = received.shape[1]
    right, changed = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.int64)
    for low in range(0, count, AT_ONCE):
        some = slice(low, low + AT_ONCE)
        syndromes = _syndromes(received[:, some], check)
        wrong = low + np.flatnonzero(syndromes.any(axis=0))
        right[some] = True
        if len(wrong):
            lost = None if erased is None else erased[:, wrong]
            right[wrong], changed[wrong] = _corrected(received, wrong, syndromes[:, wrong - low], lost)
    return right, changed


def _syndromes(received: Symbols, check: int) -> Symbols:
    rows = np.ascontiguousarray(received)
    return np.stack([_horner(rows, _power(exponent)) for exponent in range(check)])


def _horner(rows: Symbols, point: int) -> Symbols:
    table = PRODUCTS[point]
    total: Symbols = rows[0].copy()
    for row in rows[1:]:
        total = table[total] ^ row
    return total


def _corrected(received: Symbols, wrong: Counts, syndromes: Symbols, lost: Flags | None) -> tuple[Flags, Counts]:
    """Correct the codewords `wrong` in place: whether each is right now, and how many of its bytes were changed."""
    (check, columns), length = syndromes.shape, len(received)
    points = [_power(length - 1 - place) for place in range(length)]
    erasures = np.zeros(columns, dtype=np.int64) if lost is None else lost.sum(axis=0)
    good = erasures <= check
    gaps = _gaps(np.zeros((length, columns), dtype=np.bool_) if lost is None else lost & good, points)
    erased = with_roots(gaps)
    modified = series_product(syndromes, erased)
    rows = np.arange(check)[:, None] + erasures
    shifted = np.where(rows < check, np.take_along_axis(modified, np.minimum(rows, check - 1), axis=0), 0)
    locator, degree = shortest_locator(shifted.astype(np.uint8), check - erasures)
    good &= 2 * degree <= check - erasures
    errata = np.zeros((check + 1, columns), dtype=np.uint8)
    errata[: len(erased)] = erased[: check + 1]
    errata = series_product(errata, locator)
    evaluator, slopes = series_product(syndromes, errata), derivative(errata)
    values = np.zeros((length, columns), dtype=np.uint8)
    found = np.zeros(columns, dtype=np.int64)
    for place, point in enumerate(points):
        back = reciprocal(point)
        here = value_at(errata, back) == 0
        found += here
        some = np.flatnonzero(here)
        slope = value_at(slopes[:, some], back)
        values[place, some] = PRODUCTS[point][PRODUCTS[value_at(evaluator[:, some], back), INVERSES[slope]]]
    good &= found == degree + erasures
    values[:, ~good] = 0
    received[:, wrong] ^= values
    return good, np.count_nonzero(values, axis=0)


def _gaps(lost: Flags, points: list[int]) -> Symbols:
    """The points of what is lost, column by column, zeros behind them: uint8 [most in a column, columns]."""
    at = np.cumsum(lost, axis=0) - 1
    gaps = np.zeros((int(lost.sum(axis=0).max(initial=0)), lost.shape[1]), dtype=np.uint8)
    places, columns = np.nonzero(lost)
    gaps[at[places, columns], columns] = np.array(points, dtype=np.uint8)[places]
    return gaps
