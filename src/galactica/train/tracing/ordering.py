"""Pieces by number → the order of their suffixes: the suffix array, by prefix doubling.

The first round sorts by as many pieces as fit into one 64-bit number; each round after that sorts by twice as many as
the one before, and only what is not in order yet, some groups of suffixes at a time.

Source: Manber and Myers, "Suffix arrays: a new method for on-line string searches" (1990); that what stands alone is
left: Larsson and Sadakane, "Faster suffix sorting" (2007).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_PIECES = 2**31 - 1
"""Pieces of a part: two ranks are compared as one 64-bit number."""


_AT_ONCE = 2**20
"""Values that are taken at a time, so that no copy of all of them is needed."""


def suffix_order(numbers: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The suffixes of a sequence in order.

    Args:
        numbers: `uint32 [n]`, n at most `MOST_PIECES`; the last stands nowhere else.

    Returns:
        (order: `int32 [n]`, where the suffix of each row begins; rows: `int32 [n]`, the row of each suffix). At its
        peak some 20 bytes of memory are needed for each number.
    """
    n = len(numbers)
    key, known = _first_key(numbers)
    order = np.argsort(key).astype(np.int32)
    opens = changes_along(key, order)  # whether a row begins a group of suffixes that are alike so far
    del key
    rows = np.empty(n, np.int32)  # of each suffix, the first row of its group
    first = np.flatnonzero(opens)
    rows[order] = np.repeat(first.astype(np.int32), np.diff(first, append=n))
    del first
    left = np.flatnonzero(~(opens & np.append(opens[1:], [True])))
    while len(left):
        for chunk in _whole_groups(opens, left):
            _sort_groups(order, rows, opens, chunk, known)
        left = _alike(opens, left)
        known *= 2
    return order, rows


def _sort_groups(
    order: npt.NDArray[np.int32],
    rows: npt.NDArray[np.int32],
    opens: npt.NDArray[np.bool_],
    chunk: npt.NDArray[np.int64],
    known: int,
) -> None:
    """Bring whole groups into order by the groups of what begins `known` pieces later. What other groups have been
    sorted by already, in this round, only tells more."""
    begins = order[chunk].astype(np.int64)
    ahead = begins + known
    key = rows[np.minimum(ahead, len(rows) - 1)].astype(np.int64)
    key += 1
    key[ahead >= len(rows)] = 0
    key |= rows[begins].astype(np.int64) << 32
    sorting = np.argsort(key)
    begins, key = begins[sorting], key[sorting]
    new = np.empty(len(chunk), np.bool_)
    new[0] = True
    np.not_equal(key[1:], key[:-1], out=new[1:])
    order[chunk] = begins
    rows[begins] = np.maximum.accumulate(np.where(new, chunk, 0))
    opens[chunk] = new


def _whole_groups(opens: npt.NDArray[np.bool_], left: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """Rows in runs of some `_AT_ONCE`, each of whole groups."""
    start = 0
    while start < len(left):
        end = min(start + _AT_ONCE, len(left))
        while end < len(left) and not opens[left[end]]:
            later = np.flatnonzero(opens[left[end : end + _AT_ONCE]])
            end = end + int(later[0]) if len(later) else min(end + _AT_ONCE, len(left))
        yield left[start:end]
        start = end


def changes_along(values: npt.NDArray[np.generic], order: npt.NDArray[np.signedinteger[Any]]) -> npt.NDArray[np.bool_]:
    """For values taken in an order, whether each is another than the one before; the first is."""
    found = np.empty(len(order), np.bool_)
    found[0] = True
    for start in range(1, len(order), _AT_ONCE):
        taken = values[order[start - 1 : start + _AT_ONCE]]
        np.not_equal(taken[1:], taken[:-1], out=found[start : start + _AT_ONCE])
    return found


def _first_key(numbers: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int64], int]:
    """The first pieces of each suffix as one number, and how many they are; what is behind the end is 0."""
    bits = (int(numbers.max()) + 1).bit_length()
    pieces = min(63 // bits, 4, len(numbers))
    key = np.zeros(len(numbers), np.int64)
    for ahead in range(pieces):
        key <<= bits
        some = key[: len(key) - ahead]
        np.add(some, numbers[ahead:], out=some)
        some += 1
    return key, pieces


def _alike(opens: npt.NDArray[np.bool_], among: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Those of the rows that are in a group of more than one."""
    last = among + 1 == len(opens)
    alone = opens[among] & (last | opens[np.where(last, 0, among + 1)])
    found: npt.NDArray[np.int64] = among[~alone]
    return found
