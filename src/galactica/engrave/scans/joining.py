"""Which marks are neighbours: places that look like marks, put into rows and columns."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.engrave.scans.marks import MarkHits
from galactica.engrave.sheet.layout import PITCH

_FAR = 0.16
"""Share of the way from mark to mark by which a neighbour may lie elsewhere: 5 degrees, and a size known to 6 %."""

_NEAR = 0.1
"""The same, once the way is known: perspective and bends."""

_PAIRS = 4000
"""Pairs of marks that the way is measured on."""

Points = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class JoinedMarks:
    """Marks in rows and columns.

    Attributes:
        index: int64 [marks, 2], column and row, from 0.
        at: float64 [marks, 2], (x, y) in pixels.
        across, down: float64 [2], pixels from a mark to the next in its row, and in its column.
    """

    index: Index
    at: Points
    across: Points
    down: Points


def joined_marks(hits: MarkHits) -> JoinedMarks | None:
    """The largest set of places that lie as marks do; None where there is none of three."""
    at = np.stack([hits.x, hits.y], axis=1)
    way = PITCH * hits.cell
    pairs = _pairs(at, np.array([way, 0.0])), _pairs(at, np.array([0.0, way]))
    turned = np.stack([pairs[1][:, 1], -pairs[1][:, 0]], axis=1)
    both = _commonest(np.concatenate([pairs[0], turned]), _FAR * way / 4)
    if both is None:
        return None
    across, down = (
        _mean_near(each, about, _NEAR * way)
        for each, about in zip(pairs, (both, np.array([-both[1], both[0]])), strict=True)
    )
    right, below = (_neighbours(at, step, _NEAR * way) for step in (across, down))
    members = _largest(len(at), right, below)
    if len(members) < 3:
        return None
    chosen = np.array(sorted(members), dtype=np.int64)
    index = np.array([members[each] for each in chosen.tolist()], dtype=np.int64)
    return JoinedMarks(index - index.min(axis=0), at[chosen], across, down)


def _pairs(at: Points, about: Points) -> Points:
    """How far places lie apart, near a way that is guessed: float64 [pairs, 2]."""
    radius = _FAR * float(np.hypot(*about))
    found = [np.zeros((0, 2))]
    for low in range(0, len(at), 512):
        apart = at[None, :, :] - at[low : low + 512, None, :]
        found.append(apart[((apart - about) ** 2).sum(axis=2) < radius * radius])
    pairs = np.concatenate(found)
    return pairs[:: max(1, len(pairs) // _PAIRS)]


def _commonest(pairs: Points, close: float) -> Points | None:
    """The way that most pairs lie apart; None where there are not two."""
    if len(pairs) < 2:
        return None
    counts = np.zeros(len(pairs), dtype=np.int64)
    for low in range(0, len(pairs), 256):
        counts[low : low + 256] = (((pairs[None] - pairs[low : low + 256, None]) ** 2).sum(axis=2) < close**2).sum(
            axis=1
        )
    return _mean_near(pairs, pairs[int(counts.argmax())], close)


def _mean_near(pairs: Points, about: Points, close: float) -> Points:
    """The mean of the pairs near a way; itself where there are none."""
    near = pairs[((pairs - about) ** 2).sum(axis=1) < close**2]
    return near.mean(axis=0) if len(near) else about


def _neighbours(at: Points, step: Points, radius: float) -> Index:
    """For each place the one that lies a step away, -1 where there is none: int64 [places]."""
    buckets: dict[tuple[int, int], list[int]] = {}
    keys = np.floor(at / radius).astype(np.int64)
    for number, (x, y) in enumerate(keys.tolist()):
        buckets.setdefault((x, y), []).append(number)
    found = np.full(len(at), -1, dtype=np.int64)
    for number, wanted in enumerate((at + step).tolist()):
        x, y = int(wanted[0] // radius), int(wanted[1] // radius)
        least = radius * radius
        for key in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            for other in buckets.get(key, ())[:8]:
                far = (at[other, 0] - wanted[0]) ** 2 + (at[other, 1] - wanted[1]) ** 2
                if far < least:
                    least, found[number] = far, other
    return found


def _largest(count: int, right: Index, below: Index) -> dict[int, tuple[int, int]]:
    """The largest set of places that hang together, with column and row of each."""
    ways: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    for number in range(count):
        for other, dx, dy in ((int(right[number]), 1, 0), (int(below[number]), 0, 1)):
            if other >= 0:
                ways[number].append((other, dx, dy))
                ways[other].append((number, -dx, -dy))
    seen: set[int] = set()
    best: dict[int, tuple[int, int]] = {}
    for start in range(count):
        if start in seen:
            continue
        members = {start: (0, 0)}
        taken = {(0, 0)}
        waiting = deque([start])
        while waiting:
            number = waiting.popleft()
            column, row = members[number]
            for other, dx, dy in ways[number]:
                place = (column + dx, row + dy)
                if other not in members and place not in taken:
                    members[other] = place
                    taken.add(place)
                    waiting.append(other)
        seen.update(members)
        if len(members) > len(best):
            best = members
    return best
