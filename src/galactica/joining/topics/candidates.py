"""Pairs of the records of two sides that may be one: how near they are, how far ahead of the next, which are chosen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.nearest import nearest_pairs
from galactica.joining.topics.unit_rows import Floats, Ints

EXACT = 20_000
"""Records of a side up to which every vector is compared with every one of the other side."""

TOGETHER = 1_024
"""Rows that are compared at a time."""

TAKEN = 50_000
"""Pairs whose vectors are taken at a time."""

GENERAL = 6
"""Candidates of a record, its nearest, that say how near it is in general."""

ALONE = 1e3
"""How far a pair is ahead where there is no other."""

SHARING, SHARED_BIT, NOBODY = 20, 1.0, -8.0
"""Rounds of sharing; natural logarithm of a share by bit; bits that it is worth that a record is nothing of the other
side."""

MOST_BITS = 300.0
"""Bits beyond which no pair is worth more where records are shared: e to the power of it is still a number."""

Vectors = NDArray[np.float32]


class Candidates:
    """Candidate pairs.

    Attributes:
        pairs: as `left * records on the right + right`, ascending. left, right: int64, the records of each.
        sides: of each side the records of the pairs, and how many records there are.
    """

    def __init__(self, pairs: Ints, sizes: tuple[int, int]) -> None:
        self.pairs = pairs
        self.left, self.right = pairs // max(sizes[1], 1), pairs % max(sizes[1], 1)
        self.sides = (self.left, sizes[0]), (self.right, sizes[1])

    def __len__(self) -> int:
        return len(self.pairs)


def over_general(rows: Candidates, near: Floats) -> Floats:
    """How near pairs are, less how near their records are to their nearest candidates on average."""
    found = near.copy()
    for of, size in rows.sides:
        order, starts = _from_the_nearest(of, near, size)
        within = np.arange(len(order)) - starts[of[order]]
        best = order[within < GENERAL]
        counts = np.bincount(of[best], minlength=size)
        found -= (np.bincount(of[best], near[best], size) / np.maximum(counts, 1))[of] / 2
    return np.asarray(found, np.float64)


def apart_from_next(rows: Candidates, worth: Floats) -> Floats:
    """How far each pair is ahead of the next one of either of its records, whichever is less; negative where one of
    them has a better one."""
    found = np.full(len(rows), ALONE)
    for of, size in rows.sides:
        order, starts = _from_the_nearest(of, worth, size)
        counts = np.diff(np.append(starts, len(order)))
        best, second = np.full(size, -ALONE), np.full(size, -ALONE)
        best[counts > 0] = worth[order[starts[counts > 0]]]
        second[counts > 1] = worth[order[starts[counts > 1] + 1]]
        found = np.minimum(found, np.where(worth >= best[of], worth - second[of], worth - best[of]))
    return found


def shared_evenly(rows: Candidates, worth: Floats) -> Floats:
    """The natural logarithm of the share that each pair has of its records, where the shares of a record, and that of
    nobody (`NOBODY`), are one together on both sides (Sinkhorn and Knopp, Pacific J. Math. 21(2), 1967). What many are
    near to goes to whom has no other.

    Args:
        worth: of each pair, in bits.
    """
    strong = SHARED_BIT * np.minimum(worth - NOBODY, MOST_BITS)
    each = np.exp(strong)
    ours, theirs = (np.ones(size) for _, size in rows.sides)
    for _ in range(SHARING):
        ours = 1 / (1 + np.bincount(rows.left, each * theirs[rows.right], len(ours)))
        theirs = 1 / (1 + np.bincount(rows.right, each * ours[rows.left], len(theirs)))
    return np.asarray(strong + np.log(ours)[rows.left] + np.log(theirs)[rows.right], np.float64)


def best_of_each(rows: Candidates, worth: Floats, most: int) -> Ints:
    """Places of the pairs that are among the likeliest of either of their records, ascending."""
    found = []
    for of, size in rows.sides:
        order, starts = _from_the_nearest(of, worth, size)
        found.append(order[np.arange(len(order)) - starts[of[order]] < most])
    return np.unique(np.concatenate(found))


def one_to_one(rows: Candidates, worth: Floats) -> Ints:
    """Places of the pairs that are chosen from the likeliest on, each record once."""
    taken = [np.zeros(size, bool) for _, size in rows.sides]
    order = np.argsort(-worth, kind="stable")
    chosen = []
    for at, left, right in zip(order.tolist(), rows.left[order].tolist(), rows.right[order].tolist(), strict=True):
        if not taken[0][left] and not taken[1][right]:
            taken[0][left] = taken[1][right] = True
            chosen.append(at)
    return np.array(chosen, np.int64)


def _from_the_nearest(of: Ints, near: Floats, size: int) -> tuple[Ints, Ints]:
    """Places of pairs by record, from the nearest on; where each record begins."""
    order = np.lexsort((-near, of))
    return order, np.searchsorted(of[order], np.arange(size))


def widest_directions(vectors: Vectors, most: int) -> Vectors:
    """The directions in which vectors lie apart most, float32 [d, at most `most`], at right angles, of length 1."""
    if vectors.shape[1] <= most or not len(vectors):
        return np.eye(vectors.shape[1], dtype=np.float32)
    _, directions = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    return np.asarray(directions[:, -most:], np.float32)


def nearest_vectors(one: Vectors, other: Vectors, most: int) -> Ints:
    """Pairs of each record with its nearest by vectors, of either side: int64 [n, 2]."""
    if not len(one) or not len(other) or not one.shape[1]:
        return np.zeros((0, 2), np.int64)
    if max(len(one), len(other)) > EXACT:
        both = np.round(np.concatenate([one, other]) * 127).astype(np.int8)
        sides = np.repeat(np.array([0, 1]), (len(one), len(other)))
        found = [each - np.array((0, len(one))) for each in nearest_pairs(both, sides, most=most, least=0.0)]
        return np.concatenate([np.zeros((0, 2), np.int64), *found])
    return np.concatenate([_nearest(one, other, most), _nearest(other, one, most)[:, ::-1]])


def _nearest(one: Vectors, other: Vectors, most: int) -> Ints:
    kept = min(most, len(other))
    found = []
    for at in range(0, len(one), TOGETHER):
        scores = np.round(one[at : at + TOGETHER] @ other.T, 5)  # another order of adding chooses the same
        best = np.argpartition(-scores, kept - 1, axis=1)[:, :kept]
        found.append(np.stack([np.repeat(at + np.arange(len(scores)), kept), best.ravel()], axis=1))
    return np.concatenate(found)


def vector_products(one: Vectors, other: Vectors, rows: Candidates) -> Floats:
    """The product of the vectors of each pair."""
    found = np.zeros(len(rows))
    for at in range(0, len(rows), TAKEN):
        some = slice(at, at + TAKEN)
        found[some] = np.einsum("ij,ij->i", one[rows.left[some]], other[rows.right[some]])
    return found
