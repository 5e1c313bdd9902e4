"""Which ends of a text are worth a search, told from every few of them.

What has fewer bytes than are asked for is not told, so that up to each end a stretch must have some number of pieces
(`fewest_pieces`). A stretch that has them at an end has nearly as many at each end shortly before: every few ends are
searched first (`ends_worth_it`), and what lies behind one up to which too little stands in the view is not searched at
all. Most of a text that nobody copied is settled so.

Of a text that was copied the samples say the opposite: they stand in the view in one place. Whatever holds such a
window stands there too, so that one document says all of it (`SureWindow`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.train.tracing.index import Longs, TraceIndex
from galactica.train.tracing.matching import DEEPEST, Alive, further, looked_up

NEVER = 2**40
"""Pieces that no end has: nothing that ends there can be long enough."""

MOST_APART = 16
"""Ends from one that is sampled to the next, at most."""

SURE = 12
"""Pieces from which on a window that stands in one place is sure: some 50 bytes, beyond chance in any view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SureWindow:
    """Pieces [first, end] of a text that stand in one row of one part."""

    first: int
    end: int
    part: int
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """What samples say.

    Attributes:
        worth: `bool [pieces]`, the ends that are to be searched.
        sure: runs of windows, each window some pieces behind the one before and at the right end of a sample.
    """

    worth: npt.NDArray[np.bool_]
    sure: Sequence[Sequence[SureWindow]]


def word_begins(starts: Longs, size: int) -> Longs:
    """Where the word begins that each piece is in, for those that `pieces` cut by size (its rule 3).

    Args:
        starts: `int64 [pieces]`, where each begins.
        size: bytes of the text.

    Returns:
        `int64 [pieces]`, ascending.
    """
    sizes = np.diff(starts, append=size)
    inside = np.zeros(len(starts), np.bool_)
    inside[1:] = sizes[:-1] == 8
    return np.maximum.accumulate(np.where(inside, 0, starts))


def fewest_pieces(starts: Longs, size: int, least: int) -> Longs:
    """How many pieces up to each end must stand in the view, so that with what may be the same of the words on both
    sides it is `least` bytes long: `int64 [pieces]`, 1 to `DEEPEST`, or `NEVER`. No end needs two more than the one
    before it.

    Args:
        starts: `int64 [pieces]`, where each begins.
        size: bytes of the text.
    """
    number = np.arange(len(starts))
    ends = np.append(starts[1:], size)
    right = ends[np.minimum(number + 1, len(ends) - 1)]
    left = np.concatenate([np.zeros(1, np.int64), word_begins(starts, size)[:-1]])
    first = np.searchsorted(left, right - least, side="right") - 1
    return np.where(first < 0, NEVER, np.clip(number + 1 - first, 1, DEEPEST))


def ends_worth_it(index: TraceIndex, pieces: npt.NDArray[np.uint64], words: Longs, fewest: Longs) -> Sampled:
    """Search every few ends.

    Args:
        pieces: `uint64 [n]`, as `pieces.traced_pieces` makes them.
        words: `int64 [parts, n]`, as `TraceIndex.words_of`.
        fewest: `int64 [n]`, as `fewest_pieces`.
    """
    able = fewest[fewest < NEVER]
    if not len(able):
        return Sampled(worth=np.zeros(len(pieces), np.bool_), sure=())
    apart = int(np.clip(np.median(able) // 2, 1, MOST_APART))
    ends = np.arange(0, len(pieces), apart)
    needed = np.minimum.reduceat(fewest - np.arange(len(pieces)) % apart, ends)
    depth = np.zeros(len(ends), np.int64)
    alive = looked_up(index, pieces, ends[needed <= DEEPEST])
    sure: list[SureWindow] = []
    for back in range(1, DEEPEST + 1):
        which = alive.end // apart
        depth[which] = back
        if back >= SURE:
            rows = np.bincount(which, (alive.high - alive.low).astype(np.float64), len(ends))
            alone = rows[which] == 1
            sure += _windows(alive, alone, back)
            depth[which[alone]] = DEEPEST  # or less; it is worth it all the same
            alive = alive.those(~alone)
        if back == DEEPEST or not len(alive.end):
            break
        alive = further(index, words, alive, back)
    worth = np.repeat(depth >= np.maximum(needed, 1), apart)[: len(pieces)] & (fewest < NEVER)
    return Sampled(worth=worth, sure=tuple(_runs(sure, apart)))


def _windows(alive: Alive, chosen: npt.NDArray[np.bool_], depth: int) -> Iterator[SureWindow]:
    for number in np.flatnonzero(chosen).tolist():
        end = int(alive.end[number])
        yield SureWindow(first=end + 1 - depth, end=end, part=int(alive.part[number]), row=int(alive.low[number]))


def _runs(windows: list[SureWindow], apart: int) -> Iterator[list[SureWindow]]:
    """Windows at samples that follow each other, where together they have `DEEPEST` pieces or more."""
    windows.sort(key=lambda window: window.end)
    run: list[SureWindow] = []
    for window in [*windows, None]:
        if run and (window is None or window.end > run[-1].end + apart):
            if run[-1].end + 1 - run[0].first >= DEEPEST:
                yield run
            run = []
        if window is not None:
            run.append(window)
