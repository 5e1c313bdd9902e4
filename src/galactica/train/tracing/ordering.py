"""Pieces by number → the order of their suffixes: the suffix array, by prefix doubling.

The first round sorts by as many pieces as fit into one 64-bit number; each round after that sorts by twice as many as
the one before, and only what is not in order yet.

Source: Manber and Myers, "Suffix arrays: a new method for on-line string searches" (1990); that what stands alone is
left: Larsson and Sadakane, "Faster suffix sorting" (2007).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MOST_PIECES = 2**31 - 1
"""Pieces of a part: two ranks are compared as one 64-bit number."""


def suffix_order(numbers: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The suffixes of a sequence in order.

    Args:
        numbers: `uint32 [n]`; the last stands nowhere else.

    Returns:
        (order: `int64 [n]`, where the suffix of each row begins; rows: `int64 [n]`, the row of each suffix).
    """
    n = len(numbers)
    key, known = _first_key(numbers)
    order = np.argsort(key)
    key = key[order]
    opens = np.empty(n, np.bool_)  # whether a row begins a group of suffixes that are alike so far
    opens[0] = True
    np.not_equal(key[1:], key[:-1], out=opens[1:])
    del key
    rows = np.empty(n, np.int64)  # of each suffix, the first row of its group
    rows[order] = np.maximum.accumulate(np.where(opens, np.arange(n), 0))
    left = _alike(opens, np.arange(n))
    while len(left):
        begins = order[left]
        after = rows[np.minimum(begins + known, n - 1)] + 1
        after[begins + known >= n] = 0
        key = rows[begins] << 32 | after
        sorting = np.argsort(key)
        begins, key = begins[sorting], key[sorting]
        order[left] = begins
        new = np.empty(len(left), np.bool_)
        new[0] = True
        np.not_equal(key[1:], key[:-1], out=new[1:])
        rows[begins] = np.maximum.accumulate(np.where(new, left, 0))
        opens[left] = new
        left = _alike(opens, left)
        known *= 2
    return order, rows


def _first_key(numbers: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int64], int]:
    """The first pieces of each suffix as one number, and how many they are; what is behind the end is 0."""
    bits = (int(numbers.max()) + 1).bit_length()
    pieces = min(63 // bits, 4, len(numbers))
    key = np.zeros(len(numbers), np.int64)
    for ahead in range(pieces):
        key <<= bits
        key[: len(key) - ahead] += numbers[ahead:].astype(np.int64) + 1
    return key, pieces


def _alike(opens: npt.NDArray[np.bool_], among: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Those of the rows that are in a group of more than one."""
    last = among + 1 == len(opens)
    alone = opens[among] & (last | opens[np.where(last, 0, among + 1)])
    found: npt.NDArray[np.int64] = among[~alone]
    return found
