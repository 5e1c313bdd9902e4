"""A table of whole numbers by keys of 64 bits or several, that many keys are looked up in at once.

Rows lie in one array of a power of two slots, at most half of them taken; where a key's slot is taken by another, it
lies in the next that is free. A look-up goes through all keys together, slot after slot. Which slot a key begins at
depends on numbers that are drawn anew for each table, so that nobody can prepare text whose pieces share a slot; what
is found does not depend on them.
"""

from __future__ import annotations

import secrets

import numpy as np
import numpy.typing as npt

LEAST_BITS = 12
"""Slots that a table begins with: 4,096, some 100 kB."""


class NumberTable:
    """Keys and their numbers.

    Args:
        width: numbers of 64 bits in a key.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._factors = [np.uint64(secrets.randbits(64) | 1) for _ in range(width + 1)]
        self._count = 0
        self._bits = LEAST_BITS
        self._rows = np.zeros((1 << self._bits, width + 1), np.uint64)

    def __len__(self) -> int:
        return self._count

    def find(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """The number of each key, -1 where it has none.

        Args:
            keys: `uint64 [n, width]`.
        """
        columns = [keys[:, column] for column in range(self._width)]
        slots = self._slots(columns)
        found = np.zeros(len(keys), np.uint64)
        left: npt.NDArray[np.int64] | None = None
        while True:
            rows = self._rows.take(slots, axis=0)
            told = rows[:, self._width]
            same = rows[:, 0] == columns[0]
            for column in range(1, self._width):
                same &= rows[:, column] == columns[column]
            if left is None:
                np.multiply(told, same, out=found)
            else:
                found[left] = told * same
            again = np.flatnonzero(~same & (told != 0))
            if not len(again):
                return found.view(np.int64) - 1
            left = again if left is None else left[again]
            columns = [column[again] for column in columns]
            slots = (slots[again] + 1) & (len(self._rows) - 1)

    def add(self, keys: npt.NDArray[np.uint64], numbers: npt.NDArray[np.int64]) -> None:
        """Put keys in that differ from each other and from all that are there.

        Args:
            keys: `uint64 [n, width]`.
            numbers: `int64 [n]`, from 0 on.
        """
        self._count += len(keys)
        rows = np.empty((len(keys), self._width + 1), np.uint64)
        rows[:, :-1], rows[:, -1] = keys, numbers + 1
        if 2 * self._count > len(self._rows):
            rows = np.concatenate((self._rows[self._rows[:, -1] != 0], rows))
            self._bits = max(2 * self._count - 1, 1).bit_length() + 1
            self._rows = np.zeros((1 << self._bits, self._width + 1), np.uint64)
        self._put(rows)

    def _put(self, rows: npt.NDArray[np.uint64]) -> None:
        slots = self._slots([rows[:, column] for column in range(self._width)])
        while len(rows):
            free = np.flatnonzero(self._rows[slots, self._width] == 0)
            wanted = slots[free]
            self._rows[wanted, self._width] = free.view(np.uint64) + 1  # of several that want a slot, one stays written
            put = free[self._rows[wanted, self._width] == free.view(np.uint64) + 1]
            self._rows[slots[put]] = rows[put]
            left = np.ones(len(rows), bool)
            left[put] = False
            rows, slots = rows[left], (slots[left] + 1) & (len(self._rows) - 1)

    def _slots(self, columns: list[npt.NDArray[np.uint64]]) -> npt.NDArray[np.int64]:
        mixed = columns[0] * self._factors[0]
        for column, factor in zip(columns[1:], self._factors[1:], strict=False):
            mixed ^= column * factor
        mixed ^= mixed >> np.uint64(32)
        mixed *= self._factors[-1]
        return (mixed >> np.uint64(64 - self._bits)).view(np.int64)
