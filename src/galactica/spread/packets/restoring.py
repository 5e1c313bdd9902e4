"""From the symbols of a block to its bytes, and what is done where some are false.

Nothing in a block says whether it is true; the hashes of the objects in it do. Where they do not fit, symbols are
more than are needed (`false_points`): two more for each false one. Tries come after two more symbols than needed, and
then each time after half as many again, so that a block is restored some twenty times at the most, whatever is sent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure import MAX_FALSE, false_points, restore_symbols, weighed_sums
from galactica.codes.erasure.layout import Symbols

MOST_EXTRA = 2 * MAX_FALSE
"""Symbols beyond k that are held of a block some of whose symbols are false, at the most."""


def restored(sources: int, points: NDArray[np.int64], symbols: Symbols, *, plainly: bool) -> Symbols:
    """All source symbols of a block: uint8 [k, symbol].

    Args:
        points, symbols: at least k of them, different.
    """
    missing, values = restore_symbols(sources, points, symbols, plainly=plainly)
    found = np.empty((sources, symbols.shape[1]), np.uint8)
    direct = points < sources
    found[points[direct]] = symbols[direct]
    found[missing] = values
    return found


def suspects(sources: int, points: NDArray[np.int64], symbols: Symbols, seed: bytes) -> NDArray[np.int64] | None:
    """Points of the false symbols among these; None where there are too many to tell.

    Args:
        seed: what no sender can know, or whoever forges could make a false symbol weigh as much as the true one.
    """
    random = np.random.default_rng(np.frombuffer(seed, np.uint8))
    weights = random.integers(1, 1 << 16, (2, symbols.shape[1] // 2), dtype=np.uint16)
    return false_points(sources, points, weighed_sums(symbols, weights))


def next_try(extra: int) -> int:
    """How many symbols beyond k a block should have before it is tried again, after a try with `extra`."""
    return max(2, extra + max(1, extra // 2))
