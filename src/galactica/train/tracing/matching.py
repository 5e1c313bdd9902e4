"""A text → for every piece of it, how many pieces up to it stand in the view in a row, and at which rows.

All ends and all parts are searched at once, one piece further to the left at a time; most end after a few. Longer
stretches than `DEEPEST` pieces are followed in the documents themselves (`stretches`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.train.tracing.index import TraceIndex

DEEPEST = 32
"""Pieces that are looked back from each: work is this times the pieces of the text at the most, some 130 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceMatches:
    """What stands in the view.

    Attributes:
        depth: `int16 [parts, pieces]`, how many pieces that end with this one stand there in a row, at most `DEEPEST`;
            the last of them may be the beginning of a longer one there.
        low, high: `int64 [parts, pieces]`, the rows that begin with them.
    """

    depth: npt.NDArray[np.int16]
    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]

    @property
    def deepest(self) -> npt.NDArray[np.int64]:
        """`int64 [pieces]`: the most of any part."""
        found: npt.NDArray[np.int64] = self.depth.max(axis=0).astype(np.int64)
        return found


def match_pieces(index: TraceIndex, pieces: npt.NDArray[np.uint64]) -> PieceMatches:
    """Look for every end in every part.

    Args:
        pieces: `uint64 [n]`, as `pieces.traced_pieces` makes them.
    """
    words = index.words_of(pieces)
    low, high = index.rows_beginning(pieces)
    depth = (low < high).astype(np.int16)
    part, end = np.nonzero(depth)
    for back in range(1, DEEPEST):
        there = end >= back
        part, end = part[there], end[there]
        word = words[part, end - back]
        there = word >= 0
        part, end, word = part[there], end[there], word[there]
        if not len(end):
            break
        new_low, new_high = index.before(part, word, low[part, end], high[part, end])
        there = new_low < new_high
        part, end = part[there], end[there]
        low[part, end], high[part, end] = new_low[there], new_high[there]
        depth[part, end] = back + 1
    return PieceMatches(depth=depth, low=low, high=high)
