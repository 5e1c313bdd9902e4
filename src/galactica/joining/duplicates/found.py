"""What was found, a place for each article: at 1 M articles 60 MB, however many of them are copies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from galactica.joining.duplicates.clusters import Copy
from galactica.joining.duplicates.judging import TextRelation
from galactica.joining.duplicates.layout import CONTAINED, EXACT, KINDS


class CopiesFound:
    """For each article what it is a copy of, and what it is a stretch of.

    Args:
        texts: what is remembered of each (`sketching.TEXTS`).
        best: for each row, the best row of the same text (`clusters.exact_classes`).
    """

    def __init__(self, texts: npt.NDArray[np.void], best: npt.NDArray[np.int64]) -> None:
        self._best = best
        self._kept = np.arange(len(texts))
        self._kind = np.full(len(texts), -1, dtype=np.int8)
        self._likeness = np.ones((len(texts), 3))

    def take(self, copy: Copy) -> None:
        """A class, named by its best row, is a copy."""
        self._kept[copy.article] = copy.kept
        self._put(copy.article, copy.relation)

    def settle(self) -> None:
        """All copies were taken: what is exactly the same as one of them is the same to the one that is kept."""
        best = self._best
        others = np.flatnonzero(best != np.arange(len(best)))
        of = best[others]
        copied = self._kind[of] >= 0
        self._kept[others] = self._kept[of]
        self._likeness[others] = self._likeness[of]
        self._kind[others] = np.where(copied, self._kind[of], KINDS.index(EXACT))

    def is_kept(self) -> npt.NDArray[np.bool_]:
        """Which articles are no copies."""
        return self._kind < 0

    def take_stretch(self, inner: int, outer: int, relation: TextRelation) -> None:
        """An article is a stretch of another. A copy stays a copy; of several longer ones the one that has most of it
        is named, the first of these."""
        stretch = KINDS.index(CONTAINED)
        kept = int(self._kept[outer]) if self._kind[outer] != stretch else outer
        if self._kind[inner] not in (-1, stretch) or kept == inner:
            return
        share = relation.likeness.first_in_second
        if self._kind[inner] == -1 or share > self._likeness[inner, 1]:
            self._kept[inner] = kept
            self._put(inner, relation)

    def rows(self) -> Iterator[dict[str, object]]:
        """The rows of the table, by article."""
        for row in np.flatnonzero(self._kind >= 0).tolist():
            jaccard, contained, containing = self._likeness[row].tolist()
            yield {
                "article": row,
                "kept": int(self._kept[row]),
                "kind": KINDS[self._kind[row]],
                "jaccard": jaccard,
                "contained": contained,
                "containing": containing,
            }

    def _put(self, row: int, relation: TextRelation) -> None:
        likeness = relation.likeness
        self._kind[row] = KINDS.index(relation.kind)
        self._likeness[row] = likeness.jaccard, likeness.first_in_second, likeness.second_in_first
