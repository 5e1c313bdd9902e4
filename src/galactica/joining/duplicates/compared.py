"""The pairs that were compared: kept in files of the work folder, so that a stopped job goes on.

Two texts that others have joined already are not compared: whether they are alike is asked when a cluster is made, of
each member and the one that is kept. So a million copies of one text cost two million comparisons, not billions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from galactica.codes.files import whole
from galactica.joining.duplicates.comparing import Likeness
from galactica.joining.duplicates.facts import APART
from galactica.joining.duplicates.judging import TextJudge, TextRelation
from galactica.joining.duplicates.layout import CONTAINED, KINDS
from galactica.joining.forest import Forest
from galactica.progress import Report

AT_ONCE = 4_096
"""Pairs whose results lie in one file."""

Rows = npt.NDArray[np.int64]

_RESULT = np.dtype(
    [
        ("first", "<u4"),
        ("second", "<u4"),
        ("kind", "i1"),
        ("apart", "i1"),
        ("inner", "u1"),
        ("jaccard", "<f8"),
        ("forth", "<f8"),
        ("back", "<f8"),
    ]
)


class ComparedPairs:
    """What the compared pairs are to each other.

    Attributes:
        joined: sets of the texts that copies and versions join.
        apart: how many pairs were as like as copies and say different things, by reason (`facts.APART`).
        compared: how many pairs were compared.
    """

    def __init__(self, judge: TextJudge, best: Rows, folder: Path) -> None:
        self.joined = Forest(len(best))
        self.apart: Counter[str] = Counter()
        self.compared = 0
        self._judge, self._best, self._folder = judge, best, folder
        self._found: list[npt.NDArray[np.void]] = []
        self._all = np.empty(0, dtype=_RESULT)
        self._keys = np.empty(0, dtype=np.uint64)

    def compare(self, pairs: Iterable[tuple[Rows, Rows]], report: Report) -> None:
        """Compare pairs of rows, each the smaller first; stage "compare"."""
        number = 0
        for first, second in pairs:
            for begin in range(0, len(first), AT_ONCE):
                part = slice(begin, begin + AT_ONCE)
                self._take(number, first[part], second[part])
                number += 1
                report("compare", self.compared, None, "pairs")
        self._all = np.concatenate([self._all, *self._found])
        keys = (self._all["first"].astype(np.uint64) << np.uint64(32)) | self._all["second"].astype(np.uint64)
        order = np.lexsort((self._all["kind"], keys))  # what is both a version and a copy is a version
        self._all, self._keys = self._all[order], keys[order]

    def relation(self, first: int, second: int) -> TextRelation | None:
        """What two texts are to each other, as it was found; None where it was not asked. The smaller row first."""
        key = np.uint64((first << 32) | second)
        place = int(np.searchsorted(self._keys, key))
        return _relation(self._all[place]) if place < len(self._keys) and self._keys[place] == key else None

    def contained(self) -> Iterator[tuple[int, int, TextRelation]]:
        """(first, second, what they are) of the pairs of which one is a stretch of the other."""
        for result in self._all[self._all["kind"] == KINDS.index(CONTAINED)]:
            yield int(result["first"]), int(result["second"]), _relation(result)

    def _take(self, number: int, first: Rows, second: Rows) -> None:
        path = self._folder / f"{number:06}.compared.npy"
        if not path.exists():
            results = [self._result(*pair) for pair in zip(first.tolist(), second.tolist(), strict=True)]
            with whole(path) as part, part.open("wb") as file:
                np.save(file, np.array([each for each in results if each is not None], dtype=_RESULT))
            found = np.load(path)
        else:
            found = np.load(path)
            for result in found:
                self._join(result)
        self.compared += len(found)
        for place, reason in enumerate(APART):
            self.apart[reason] += int(np.count_nonzero(found["apart"] == place))
        self._found.append(found[found["kind"] >= 0])

    def _result(self, first: int, second: int) -> tuple[int | float, ...] | None:
        """The result for two rows, by the best rows of their texts; None where they are joined already."""
        one, other = sorted((int(self._best[first]), int(self._best[second])))
        if self.joined.root(one) == self.joined.root(other):
            return None
        relation = self._judge.relation(first, second)
        if self._best[first] != one:
            relation = relation.turned()
        likeness = relation.likeness
        kind = KINDS.index(relation.kind) if relation.kind else -1
        if relation.kind not in ("", CONTAINED):
            self.joined.join(one, other)
        apart = APART.index(relation.apart) if relation.apart else -1
        found = likeness.jaccard, likeness.first_in_second, likeness.second_in_first
        return one, other, kind, apart, relation.inner, *found

    def _join(self, result: npt.NDArray[np.void]) -> None:
        if result["kind"] >= 0 and result["kind"] != KINDS.index(CONTAINED):
            self.joined.join(int(result["first"]), int(result["second"]))


def _relation(result: npt.NDArray[np.void]) -> TextRelation:
    likeness = Likeness(
        jaccard=float(result["jaccard"]),
        first_in_second=float(result["forth"]),
        second_in_first=float(result["back"]),
    )
    return TextRelation(kind=KINDS[result["kind"]], likeness=likeness, inner=int(result["inner"]))
