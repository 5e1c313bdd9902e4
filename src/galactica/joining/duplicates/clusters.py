"""From pairs to clusters, each around the one that is kept.

Texts that are exactly the same are one class, named by its best row. Classes that pairs join are a component; but two
texts need not be alike because a third is like both. So the best of a component is kept, what is itself verified
against it is its copy, and of what is left the best is kept again. Every row says what it is to the very text that it
names.

Which is the best: the newest date (of change, of publication, of the work, of the source); then the longest; then
the one that was read first, which is that of the source that was named first. A date that is not known is the oldest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.joining.duplicates.compared import ComparedPairs
from galactica.joining.duplicates.judging import TextRelation
from galactica.joining.duplicates.layout import CONTAINED
from galactica.joining.duplicates.sketching import EMPTY

MOST_COMPARED, MOST_COMPARED_EACH = 10_000, 4
"""Comparisons of one component beside the pairs it was made of, and as many more for each of its members. What is left
after them stays alone, and is counted."""

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that is not kept: what it is to the one that is, by rows.

    `relation.likeness` has the copy first and the kept one second.
    """

    article: int
    kept: int
    relation: TextRelation


def best_order(texts: npt.NDArray[np.void]) -> Rows:
    """The place of each row in the order of which is kept: the lowest of several is the best."""
    order = np.lexsort((np.arange(len(texts)), -texts["length"].astype(np.int64), -texts["date"].astype(np.int64)))
    places = np.empty(len(texts), dtype=np.int64)
    places[order] = np.arange(len(texts))
    return places


def exact_classes(texts: npt.NDArray[np.void], places: Rows) -> Rows:
    """For each row, the best row of the same text: itself where no other has it, or it has none."""
    best = np.arange(len(texts))
    rows = np.flatnonzero(texts["state"] != EMPTY)
    if not len(rows):
        return best
    digest = texts["digest"][rows]
    order = np.lexsort((places[rows], digest[:, 1], digest[:, 0]))
    rows, digest = rows[order], digest[order]
    begins = np.append(True, np.any(digest[1:] != digest[:-1], axis=1))
    best[rows] = np.repeat(rows[begins], np.diff(np.append(np.flatnonzero(begins), len(rows))))
    return best


@dataclass(slots=True, kw_only=True)
class CopyClusters:
    """Makes clusters of compared pairs.

    Attributes:
        pairs: what was compared.
        compare: compares two classes that no pair has, the smaller row first.
        places: of each row, as `best_order` gives them.
        left: classes that stayed alone because their component was too large.
    """

    pairs: ComparedPairs
    compare: Callable[[int, int], TextRelation]
    places: Rows
    left: int = 0

    def copies(self) -> Iterator[Copy]:
        """The classes that are copies of others, a component at a time."""
        for members in self.pairs.joined.sets():
            yield from self._around(sorted(members, key=self.places.__getitem__))

    def _around(self, members: Sequence[int]) -> Iterator[Copy]:
        allowed = MOST_COMPARED + MOST_COMPARED_EACH * len(members)
        rest = list(members)
        while len(rest) > 1:
            kept, others, rest = rest[0], rest[1:], []
            if allowed <= 0:
                self.left += len(others) + 1
                return
            for other in others:
                pair = min(kept, other), max(kept, other)
                relation = self.pairs.relation(*pair)
                if relation is None and allowed > 0:
                    allowed -= 1
                    relation = self.compare(*pair)
                if relation is None or relation.kind in ("", CONTAINED):
                    rest.append(other)
                else:
                    yield Copy(article=other, kept=kept, relation=relation if other == pair[0] else relation.turned())
