"""Which ids came before, of as many as there are: sorted once for each stretch of them, never a page for each.

What came last is in memory, in sorted runs of which a short one is merged with the one before it; `STRETCH` ids
together go to a file that is mapped and never changed. An id is looked for in every run by binary search. So memory is
bounded: some 50 MB while a stretch is merged; the files hold 16 bytes an id, each written once. Derived from the
ledger, and made anew with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STRETCH = 1 << 19
"""Ids of a file: 8 MB. Looking for one id in one file takes some 0.1 µs where it is looked for with many others."""

Halves = NDArray[np.uint64]
"""Ids, sorted: uint64 [2, n], the first halves and the last."""


class IdsSeen:
    """A set of ids of 16 bytes.

    Args:
        files: how the files are called that it makes, but for a number at the end; such as are there are overwritten.
        before: ids that were seen already, each once.
    """

    def __init__(self, files: Path, before: Iterable[bytes] = ()) -> None:
        self._files = files
        self._stored: list[Halves] = []
        self._runs: list[Halves] = []
        rest = iter(before)
        while several := list(islice(rest, STRETCH)):
            self.take(several)

    def take(self, ids: Sequence[bytes]) -> NDArray[np.bool_]:
        """Take ids in; of each, whether it is here for the first time (of equal ones among them, the first is)."""
        if not ids:
            return np.zeros(0, np.bool_)
        halves = np.frombuffer(b"".join(ids), ">u8").reshape(len(ids), 2).astype(np.uint64)
        order = np.lexsort((halves[:, 1], halves[:, 0]))  # stable: equal ones stay in the order they came in
        run: Halves = np.ascontiguousarray(halves[order].T)
        new = np.append(True, (run[:, 1:] != run[:, :-1]).any(axis=0))
        for known in (*self._stored, *self._runs):
            new &= ~_among(run, known)
        self._add(np.ascontiguousarray(run[:, new]))
        found = np.zeros(len(ids), np.bool_)
        found[order[new]] = True
        return found

    def _add(self, run: Halves) -> None:
        self._runs.append(run)
        while len(self._runs) > 1 and self._runs[-2].shape[1] <= 2 * self._runs[-1].shape[1]:
            self._merge(2)
        if sum(each.shape[1] for each in self._runs) >= STRETCH:
            self._merge(len(self._runs))
            self._stored.append(self._store(self._runs.pop()))

    def _merge(self, count: int) -> None:
        """Make one of the last so many runs."""
        both = np.concatenate(self._runs[-count:], axis=1)
        self._runs[-count:] = [np.ascontiguousarray(both[:, np.lexsort((both[1], both[0]))])]

    def _store(self, run: Halves) -> Halves:
        self._files.parent.mkdir(exist_ok=True)
        path = self._files.with_name(f"{self._files.name}-{len(self._stored):04}")
        run.tofile(path)
        return np.memmap(path, np.uint64, "r", shape=run.shape)


def _among(ids: Halves, known: Halves) -> NDArray[np.bool_]:
    """Of each id whether it is one of those known."""
    first, last = known
    found = np.zeros(ids.shape[1], np.bool_)
    if not len(first):
        return found
    begins = np.searchsorted(first, ids[0])
    alike = np.flatnonzero(first[np.minimum(begins, len(first) - 1)] == ids[0])
    ends = np.searchsorted(first, ids[0][alike], "right")
    for at, begin, end in zip(alike.tolist(), begins[alike].tolist(), ends.tolist(), strict=True):
        found[at] = ids[1][at] in last[begin:end]
    return found
