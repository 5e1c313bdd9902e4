"""An erasure block: k source symbols, and as many repair symbols as are asked for; any k different ones restore it.

A symbol is known by its *point*, a number from 0 to 65,535: the source symbols are those at 0 to k; P is the power of
two at or above k; points from k to P are zeros that nobody sends; repair symbols are those from P on, 65,536 - P of
them. So a block has no fixed share of repair symbols: whoever sends makes more where they are needed.

The wheel and the numpy code make the same symbols (golden tests); `plainly` says that numpy alone is to be used.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure.field import ORDER
from galactica.codes.erasure.layout import Symbols
from galactica.codes.erasure.native import repair_natively, restore_natively, wheel
from galactica.codes.erasure.plain import repair_plainly, restore_plainly

MAX_SOURCES = ORDER // 2
"""Source symbols of a block: with more there is no room for as many repair symbols."""


def first_repair(sources: int) -> int:
    """P: the point of the first repair symbol of a block with so many source symbols.

    Raises:
        ValueError: there is no block of that many.
    """
    if not 1 <= sources <= MAX_SOURCES:
        raise ValueError(f"a block has 1 to {MAX_SOURCES} source symbols, not {sources}")
    return 1 << (sources - 1).bit_length()


def symbols_of(sources: int) -> int:
    """How many different symbols a block with so many source symbols has."""
    return sources + ORDER - first_repair(sources)


def symbol_point(sources: int, number: int) -> int:
    """The point of the symbol of that number, where those that are sent are counted: source symbols, then repair
    symbols."""
    return number if number < sources else first_repair(sources) + number - sources


def is_point(sources: int, point: int) -> bool:
    """Whether a symbol at this point is ever sent."""
    return 0 <= point < sources or first_repair(sources) <= point < ORDER


def repair_symbols(source: Symbols, first: int, count: int, *, plainly: bool = False) -> Symbols:
    """Repair symbols of a block, those at the points P + `first` and behind.

    Args:
        source: uint8 [k, size], size even: the source symbols.

    Returns:
        uint8 [count, size].

    Raises:
        ValueError: there are no such blocks or symbols.
    """
    width = first_repair(len(source))
    if first < 0 or count < 0 or width + first + count > ORDER or source.shape[1] % 2 or not source.shape[1]:
        raise ValueError("no such symbols")
    if not count:
        return np.empty((0, source.shape[1]), np.uint8)
    if plainly or wheel() is None:
        return repair_plainly(source, width, first, count)
    return repair_natively(source, width, first, count)


def restore_symbols(
    sources: int, points: NDArray[np.int64], symbols: Symbols, *, plainly: bool = False
) -> tuple[NDArray[np.int64], Symbols]:
    """The source symbols that are missing.

    Args:
        sources: k.
        points: int64 [n], different, each one that is sent; n at least k.
        symbols: uint8 [n, size], size even.

    Returns:
        (points of the missing source symbols, ascending; the symbols, uint8 [missing, size]). If one that was given is
        false, they are false too.

    Raises:
        ValueError: they are too few, or not symbols of such a block.
    """
    width = first_repair(sources)
    there = np.zeros(ORDER, bool)
    there[points] = True
    sent = np.ones(ORDER, bool)
    sent[sources:width] = False
    if len(points) < sources or there.sum() != len(points) or not sent[points].all() or symbols.shape[1] % 2:
        raise ValueError("these are too few symbols, or none of such a block")
    missing = np.flatnonzero(~there[:sources])
    if not len(missing):
        return missing, np.empty((0, symbols.shape[1]), np.uint8)
    lowest = np.argsort(points, kind="stable")[:sources]  # a transform is as long as its highest point asks for
    chosen, values = points[lowest], symbols[lowest]
    if plainly or wheel() is None:
        zeros = np.arange(sources, width)
        return missing, restore_plainly(missing, np.concatenate([chosen, zeros]), values, width)
    return missing, restore_natively(missing, chosen, values, width, sources)
