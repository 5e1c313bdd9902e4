"""Sets of numbers that are joined two at a time: 8 bytes a number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt


class Forest:
    """Sets of numbers that are joined two at a time (union-find); the least of a set is its root."""

    def __init__(self, count: int) -> None:
        self._parent = np.arange(count)

    def root(self, each: int) -> int:
        """The root of the set of a number."""
        parent = self._parent
        while (above := int(parent[each])) != each:
            parent[each] = parent[above]
            each = above
        return each

    def join(self, first: int, second: int) -> bool:
        """Make one set of two; False where they were one."""
        one, other = self.root(first), self.root(second)
        if one == other:
            return False
        self._parent[max(one, other)] = min(one, other)
        return True

    def roots(self) -> npt.NDArray[np.int64]:
        """The root of each number's set."""
        parent = self._parent
        while not np.array_equal(parent, above := parent[parent]):
            parent = above
        return parent

    def sets(self) -> Iterator[list[int]]:
        """The sets of more than one, each sorted, by their least."""
        parent = self.roots()
        order = np.argsort(parent, kind="stable")
        begins = np.flatnonzero(np.append(True, np.diff(parent[order]) != 0)) if len(order) else order
        for begin, end in zip(begins.tolist(), [*begins.tolist()[1:], len(order)], strict=False):
            if end - begin > 1:
                yield order[begin:end].tolist()
