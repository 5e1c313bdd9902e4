"""The vectors of one side turned into those of the other, as matched pairs teach it.

Vectors of texts in two languages lie apart: what says the same points elsewhere, by much the same turn for all. That is
the orthogonal matrix that brings the vectors of matched pairs nearest to each other (Procrustes: Schönemann,
Psychometrika 31(1), 1966; for words of two languages Conneau et al., ICLR 2018). Rules:

1. What a pair teaches is never asked of that pair, as with names (`translating`).
2. Few pairs turn little: what they say nothing of stays as it is (`STAYS`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.translating import FOLDS, asked_apart
from galactica.joining.topics.unit_rows import Floats, Ints

STAYS = 1.0
"""Pairs, in each direction, that say beforehand that it stays as it is."""

Vectors = NDArray[np.float32]


def turned_beside(one: Vectors, other: Vectors, pairs: Ints, sure: Floats, folds: Ints) -> Vectors:
    """The vectors of one side beside those of the other, float32 [records, d], as long as before.

    Args:
        one, other: float32, [records, d] each, of length 1.
        pairs: int64 [n, 2], rows of the two sides that are taken for one thing.
        sure: how likely each is.
        folds: of each row of the first side.
    """
    found = one.copy()
    if not one.shape[1]:
        return found
    asked = asked_apart(folds, pairs)
    for fold in range(FOLDS + 1):
        teaches = asked[pairs[:, 0]] != fold
        ours = one[pairs[teaches, 0]].astype(np.float64) * sure[teaches, None]
        both = ours.T @ other[pairs[teaches, 1]].astype(np.float64) + STAYS * np.eye(one.shape[1])
        begins, _, ends = np.linalg.svd(both)
        is_asked = asked == fold
        found[is_asked] = (one[is_asked].astype(np.float64) @ (begins @ ends)).astype(np.float32)
    return found
