"""Which vectors lie near each other: a few random trees, as Annoy grows them. Grows with n log n.

Each tree halves its rows by which of two of them they are nearer to, until few are left; what ends in one leaf is
compared in full, and the nearest of each row are kept. Rows are chosen by counting, not by chance.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

TREES = 6
LEAF = 96
"""Rows in a leaf. Six trees of such leaves find nine of ten of the true nearest of passages' vectors."""

EXACT = 4_000
"""Up to so many rows everything is compared with everything."""

AT_ONCE = 1 << 14
"""Rows whose vectors are in memory in whole numbers, where a tree is divided."""

TOGETHER = 1_024
"""Rows that are compared at a time."""


def nearest_pairs(
    vectors: NDArray[np.int8], sides: NDArray[np.int64], *, most: int = 5, least: float = 0.3
) -> Iterator[NDArray[np.int64]]:
    """Pairs of rows of different sides whose vectors are near, in parts: `int64 [n, 2]`, each pair once or more.

    Args:
        vectors: int8 [n, d], in memory or mapped; rows of zeros are near to nothing.
        sides: int64 [n]; rows of one side are not paired.
        most: of one row and one leaf or block.
        least: cosine.
    """
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float32))
    rows = np.flatnonzero(lengths > 0)
    if len(rows) <= EXACT:
        yield from _near(vectors, lengths, sides, rows, most, least)
        return
    held: list[NDArray[np.int64]] = []
    for tree in range(TREES):
        for leaf in _leaves(vectors, rows, tree):
            held += _near(vectors, lengths, sides, leaf, most, least)
            if sum(map(len, held)) >= TOGETHER * LEAF:
                yield np.concatenate(held)
                held = []
    yield from held


def _near(
    vectors: NDArray[np.int8],
    lengths: NDArray[np.float32],
    sides: NDArray[np.int64],
    rows: NDArray[np.int64],
    most: int,
    least: float,
) -> list[NDArray[np.int64]]:
    several = vectors[rows].astype(np.float32) / lengths[rows, None]
    found = []
    for start in range(0, len(rows), TOGETHER):
        here = rows[start : start + TOGETHER]
        scores = several[start : start + TOGETHER] @ several.T
        scores[sides[here][:, None] == sides[rows][None, :]] = -1
        scores = np.round(scores, 3)  # so that another order of adding chooses the same
        kept = min(most, len(rows))
        best = np.argsort(-scores, axis=1, kind="stable")[:, :kept]
        near = np.take_along_axis(scores, best, axis=1) >= least
        left = np.repeat(here, kept).reshape(-1, kept)[near]
        found.append(np.sort(np.stack([left, rows[best][near]], axis=1), axis=1))
    return found


def _leaves(vectors: NDArray[np.int8], rows: NDArray[np.int64], tree: int) -> Iterator[NDArray[np.int64]]:
    waiting, drawn = [rows], 7_919 * (tree + 1)
    while waiting:
        group = waiting.pop()
        if len(group) <= LEAF:
            yield group
            continue
        drawn = (drawn * 1_103_515_245 + 12_345) % 2**31
        one = vectors[group[drawn % len(group)]].astype(np.int32)
        other = vectors[group[(drawn // 7) % len(group)]].astype(np.int32)
        leaning = np.concatenate(  # whole numbers: the same on every machine
            [
                vectors[part].astype(np.int32) @ (one - other)
                for part in np.array_split(group, 1 + len(group) // AT_ONCE)
            ]
        )
        order = np.argsort(leaning, kind="stable")
        half = len(group) // 2
        waiting += [group[np.sort(order[:half])], group[np.sort(order[half:])]]
