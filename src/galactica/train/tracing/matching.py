"""A text → for pieces of it, how many pieces up to each stand in the view in a row, and at which rows.

All ends and all parts are searched at once, one piece further to the left at a time; most end after a few. Longer
stretches than `DEEPEST` pieces are followed in the documents themselves (`stretches`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.train.tracing.index import Longs, TraceIndex

DEEPEST = 32
"""Pieces that are looked back from each: work is this times the pieces of the text at the most, some 130 bytes."""

UNFOLLOWED = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """Ends up to which something stands in a part: `int64 [n]` each, rows [low, high) of the part begin with it."""

    part: Longs
    end: Longs
    low: Longs
    high: Longs

    def those(self, chosen: npt.NDArray[np.bool_]) -> Alive:
        """Some of them."""
        return Alive(part=self.part[chosen], end=self.end[chosen], low=self.low[chosen], high=self.high[chosen])


def looked_up(index: TraceIndex, pieces: npt.NDArray[np.uint64], ends: Longs) -> Alive:
    """Each of these ends in each part that has its piece, or longer ones that begin with it."""
    low, high = index.rows_beginning(pieces[ends])
    part, number = np.nonzero(low < high)
    return Alive(part=part, end=ends[number], low=low[part, number], high=high[part, number])


def further(index: TraceIndex, words: Longs, alive: Alive, back: int) -> Alive:
    """Those of the ends up to which one piece more stands there than `back`.

    Args:
        words: `int64 [parts, n]`, as `TraceIndex.words_of` the pieces of the text.
    """
    alive = alive.those(alive.end >= back)
    word = words[alive.part, alive.end - back]
    known = word >= 0
    alive, word = alive.those(known), word[known]
    low, high = index.before(alive.part, word, alive.low, alive.high)
    return Alive(part=alive.part, end=alive.end, low=low, high=high).those(low < high)


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceMatches:
    """What stands in the view.

    Attributes:
        depth: `int16 [parts, pieces]`, how many pieces that end with this one stand there in a row, at most `DEEPEST`;
            the last of them may be the beginning of a longer one there. 0 for what was not searched.
        low, high: `int64 [parts, pieces]`, the rows that begin with them.
        followed: `int64 [pieces]`, for ends that need no search since a longer stretch holds whatever ends there: the
            first piece of that stretch; `UNFOLLOWED` for the others.
    """

    depth: npt.NDArray[np.int16]
    low: Longs
    high: Longs
    followed: Longs

    @property
    def deepest(self) -> Longs:
        """`int64 [pieces]`: the most of any part."""
        found: Longs = self.depth.max(axis=0).astype(np.int64)
        return found

    @property
    def firsts(self) -> Longs:
        """`int64 [pieces]`: the first piece of the longest that ends with each; one too many where there is none."""
        return np.where(self.followed == UNFOLLOWED, np.arange(len(self.followed)) + 1 - self.deepest, self.followed)


def match_pieces(
    index: TraceIndex,
    pieces: npt.NDArray[np.uint64],
    words: Longs,
    worth: npt.NDArray[np.bool_],
    followed: Longs,
) -> PieceMatches:
    """Look for the ends that are worth it, and are not followed, in every part.

    Args:
        pieces: `uint64 [n]`, as `pieces.traced_pieces` makes them.
        words: `int64 [parts, n]`, as `TraceIndex.words_of`.
        worth: `bool [n]`.
        followed: as `PieceMatches.followed`.
    """
    shape = (len(index.pieces), len(pieces))
    depth, low, high = np.zeros(shape, np.int16), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    alive = looked_up(index, pieces, np.flatnonzero(worth & (followed == UNFOLLOWED)))
    for back in range(1, DEEPEST + 1):
        at = alive.part, alive.end
        depth[at], low[at], high[at] = back, alive.low, alive.high
        if back == DEEPEST or not len(alive.end):
            break
        alive = further(index, words, alive, back)
    return PieceMatches(depth=depth, low=low, high=high, followed=followed)
