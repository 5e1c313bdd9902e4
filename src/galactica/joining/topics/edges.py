"""The pairs that are to be joined and those that nearly were, for an edition whose pairs do not fit into memory.

A pair to be joined takes 12 bytes here; what becomes of it is decided component by component, for what is joined by no
chain of pairs has nothing to do with each other. Near misses lie in files by ranges of `RANGE` rows, one of which is
read at a time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.joining.forest import Forest
from galactica.joining.topics.blocking import spread_rows
from galactica.joining.topics.clustering import TopicEdge, clustered, undecided

MOST_NEAR = 6
"""Near misses of one article that are kept, the likeliest."""

RANGE = 1 << 15
"""Rows whose near misses lie in one file: 12 of 16 bytes for each at the most, and some copies."""

WAITING = 1 << 16
"""Near misses that are held before they are written."""

_EDGE = np.dtype([("low", "<u4"), ("high", "<u4"), ("bits", "<i4")])
_NEAR = np.dtype([("row", "<u4"), ("bits", "<i4"), ("low", "<u4"), ("high", "<u4")])
_HALF = np.uint64(32)

Keys = NDArray[np.uint64]
"""Pairs of rows: the lower in the first half, ascending, each once."""


def pair_keys(low: NDArray[np.generic], high: NDArray[np.generic]) -> Keys:
    """Pairs as numbers."""
    return np.unique((low.astype(np.uint64) << _HALF) | high.astype(np.uint64))


class NearMisses:
    """Pairs that were nearly joined: of each article the likeliest.

    Args:
        folder: an empty one, for its files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: list[tuple[int, int, int, int]] = []

    def add(self, bits: int, low: int, high: int) -> None:
        """Take a pair."""
        self._held += [(low, bits, low, high), (high, bits, low, high)]
        if len(self._held) >= WAITING:
            self._write()

    def settle(self) -> None:
        """All were taken: choose those that are kept."""
        self._write()
        for path in sorted(self._folder.glob("of-row-*")):
            found = np.fromfile(path, _NEAR)
            found = found[np.lexsort((found["high"], found["low"], -found["bits"], found["row"]))]
            begins = np.flatnonzero(np.diff(found["row"].astype(np.int64), prepend=-1))
            place = np.arange(len(found)) - np.repeat(begins, np.diff(np.append(begins, len(found))))
            kept = found[place < MOST_NEAR]
            spread_rows(kept, kept["low"] // RANGE, self._folder, "by-low")
            path.unlink()

    def of_range(self, number: int) -> Keys:
        """Those whose lower row is in a range of `RANGE` rows."""
        path = self._folder / f"by-low-{number:02}"
        found = np.fromfile(path, _NEAR) if path.exists() else np.empty(0, _NEAR)
        return pair_keys(found["low"], found["high"])

    def _write(self) -> None:
        rows = np.array(self._held, _NEAR)
        self._held = []
        spread_rows(rows, rows["row"] // RANGE, self._folder, "of-row")


class RowClusters:
    """Rows of each of several topics, by their first row. Four bytes a row."""

    def __init__(self) -> None:
        self._rows, self._ends = array("I"), array("Q", [0])

    def add(self, rows: Iterable[int]) -> None:
        """One more, ascending."""
        self._rows.extend(rows)
        self._ends.append(len(self._rows))

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        ends = np.array(self._ends, np.int64)
        firsts = np.array(self._rows, np.int64)[ends[:-1]]
        for number in np.argsort(firsts, kind="stable").tolist():
            yield tuple(self._rows[ends[number] : ends[number + 1]])


class TopicEdges:
    """Pairs that are to be joined, and what becomes of them.

    Attributes:
        clusters: what they were joined to.
    """

    def __init__(self) -> None:
        self.clusters = RowClusters()
        self._taken = array("I"), array("I"), array("i")
        self._edges = np.empty(0, _EDGE)
        self._why = np.empty(0, np.int16)
        self._reasons = [""]

    def add(self, bits: int, low: int, high: int) -> None:
        """Take a pair."""
        for column, value in zip(self._taken, (low, high, bits), strict=True):
            column.append(value)

    def with_others(self, others: Mapping[tuple[int, int], int]) -> TopicEdges:
        """The same pairs, and others with their weights, of which nothing is decided yet."""
        found = TopicEdges()
        for bits, low, high in self:
            found.add(bits, low, high)
        for (low, high), bits in others.items():
            found.add(bits, low, high)
        return found

    def decide(
        self,
        groups: NDArray[np.int64],
        margin: int,
        forbidden: Callable[[int, int], str],
        together: Iterable[tuple[int, int]],
        apart: Callable[[int, int], str] | None = None,
    ) -> None:
        """All were taken: join them, as `clustering` says.

        Args:
            groups, margin, forbidden, together: as `undecided` and `clustered` have them.
            apart: why a pair is none, whatever speaks for it, so that no other is undecided because of it.
        """
        self._edges = np.empty(len(self._taken[0]), _EDGE)
        for name, column in zip(("low", "high", "bits"), self._taken, strict=True):
            self._edges[name] = column
        self._edges = self._edges[np.lexsort((self._edges["high"], self._edges["low"]))]
        self._why = np.zeros(len(self._edges), np.int16)
        forest, by_hand = Forest(len(groups)), list(together)
        for edge in self._edges:
            forest.join(int(edge["low"]), int(edge["high"]))
        for pair in by_hand:
            forest.join(*pair)
        roots = forest.roots()
        hand: dict[int, list[tuple[int, int]]] = {}
        for pair in by_hand:
            hand.setdefault(int(roots[pair[0]]), []).append(pair)
        of = roots[self._edges["low"]]
        order = np.argsort(of, kind="stable")
        begins = np.flatnonzero(np.diff(of[order], prepend=-1))
        for begin, end in zip(begins.tolist(), [*begins.tolist()[1:], len(order)], strict=False):
            here = order[begin:end]
            self._component(here, groups, margin, forbidden, hand.pop(int(of[here[0]]), []), apart)
        for pairs in hand.values():
            self._component(order[:0], groups, margin, forbidden, pairs, apart)

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """(bits, low, high) of those that were decided, by row."""
        for edge in self._edges:
            yield int(edge["bits"]), int(edge["low"]), int(edge["high"])

    def __contains__(self, pair: tuple[int, int]) -> bool:
        begin, end = np.searchsorted(self._edges["low"], (pair[0], pair[0] + 1)).tolist()
        return pair[1] in self._edges["high"][begin:end]

    def of_range(self, number: int) -> tuple[Keys, list[str]]:
        """Those whose lower row is in a range of `RANGE` rows, and of each why it was not joined, "" where it was."""
        begin, end = np.searchsorted(self._edges["low"], [number * RANGE, (number + 1) * RANGE])
        edges = self._edges[begin:end]
        return pair_keys(edges["low"], edges["high"]), [self._reasons[why] for why in self._why[begin:end].tolist()]

    def _component(
        self,
        places: NDArray[np.int64],
        groups: NDArray[np.int64],
        margin: int,
        forbidden: Callable[[int, int], str],
        together: list[tuple[int, int]],
        apart: Callable[[int, int], str] | None,
    ) -> None:
        edges = [TopicEdge(bits=bits, low=low, high=high) for low, high, bits in self._edges[places].tolist()]
        rows = {row for edge in edges for row in (edge.low, edge.high)} | {row for pair in together for row in pair}
        own = {row: int(groups[row]) for row in rows}
        refused = {(e.low, e.high): why for e in edges if (why := apart(e.low, e.high))} if apart is not None else {}
        refused |= undecided([edge for edge in edges if (edge.low, edge.high) not in refused], own, margin)
        left = [edge for edge in edges if (edge.low, edge.high) not in refused]
        result = clustered(left, own, forbidden, together)
        refused |= result.refused
        for rows_of_one in result.clusters:
            self.clusters.add(rows_of_one)
        for place, edge in zip(places.tolist(), edges, strict=True):
            why = refused.get((edge.low, edge.high), "")
            if why not in self._reasons:
                self._reasons.append(why)
            self._why[place] = self._reasons.index(why)
