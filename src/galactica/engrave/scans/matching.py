"""Where exactly a pattern of cells lies in a picture, near where it should be: correlation, to parts of a cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.engrave.scans.pixels import Grey, Plane, sampled

Points = npt.NDArray[np.float64]

_PER_CELL = 2
"""Samples a cell."""

_AT_ONCE = 256
"""Places that are looked at together: bounds the memory to some ten megabytes."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found at each place.

    Attributes:
        at: float64 [places, 2], (x, y) in pixels of where the pattern's middle is.
        alike: float64 [places], the correlation there, -1 to 1.
    """

    at: Points
    alike: npt.NDArray[np.float64]


def matched(
    grey: Grey, pattern: npt.NDArray[np.bool_], at: Points, across: Points, down: Points, *, reach: float
) -> Matches:
    """Look for a pattern around places.

    Args:
        pattern: bool [n, n], True is ink.
        at: float64 [places, 2], (x, y) of where its middle should be.
        across, down: float64 [places, 2], pixels from one cell to the next.
        reach: cells each way.
    """
    found, alike = at.copy(), np.zeros(len(at))
    weights = _weights(pattern)
    steps = round(reach * _PER_CELL)
    for low in range(0, len(at), _AT_ONCE):
        part = slice(low, low + _AT_ONCE)
        shift, score = _shifted(grey, weights, at[part], across[part], down[part], steps)
        found[part] += (shift[:, :1] * across[part] + shift[:, 1:] * down[part]) / _PER_CELL
        alike[part] = score
    return Matches(found, alike)


def _weights(pattern: npt.NDArray[np.bool_]) -> Plane:
    """The pattern as it is sampled: light positive, of mean 0 and length 1, its edges soft."""
    light = np.where(pattern, -1.0, 1.0)
    light = np.repeat(np.repeat(light, _PER_CELL, axis=0), _PER_CELL, axis=1)
    padded = np.pad(light, 1, mode="edge")
    soft = np.zeros_like(light)
    for y, x in ((y, x) for y in range(3) for x in range(3)):
        soft += (2 - abs(y - 1)) * (2 - abs(x - 1)) / 16 * padded[y : y + len(light), x : x + len(light)]
    soft -= soft.mean()
    weights: Plane = (soft / np.sqrt((soft * soft).sum())).astype(np.float32)
    return weights


def _shifted(
    grey: Grey, weights: Plane, at: Points, across: Points, down: Points, steps: int
) -> tuple[Points, npt.NDArray[np.float64]]:
    """By how many samples (x, y) the pattern lies beside each place, and how alike it is there."""
    size = len(weights)
    offsets = (np.arange(size + 2 * steps) - (size + 2 * steps - 1) / 2) / _PER_CELL
    x = at[:, None, None, 0] + across[:, None, None, 0] * offsets + down[:, None, None, 0] * offsets[:, None]
    y = at[:, None, None, 1] + across[:, None, None, 1] * offsets + down[:, None, None, 1] * offsets[:, None]
    patch = sampled(grey, x, y)
    count = 2 * steps + 1
    scores = np.empty((len(at), count, count), dtype=np.float32)
    for row in range(count):
        for column in range(count):
            part = patch[:, row : row + size, column : column + size].reshape(len(at), -1)
            centred = part - part.mean(axis=1, keepdims=True)
            length = np.sqrt((centred * centred).sum(axis=1))
            scores[:, row, column] = centred @ weights.reshape(-1) / np.maximum(length, 2.0 * size)
    flat = scores.reshape(len(at), -1)
    best = flat.argmax(axis=1)
    rows, columns = best // count, best % count
    alike = flat[np.arange(len(at)), best].astype(np.float64)
    shift = np.stack(
        [columns - steps + _vertex(scores, rows, columns, 2), rows - steps + _vertex(scores, rows, columns, 1)], axis=1
    )
    return shift, alike


def _vertex(
    scores: Plane, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], axis: int
) -> npt.NDArray[np.float64]:
    """Where between samples a parabola through the best score and its neighbours is highest."""
    count = scores.shape[1]
    each = np.arange(len(scores))
    at = rows if axis == 1 else columns
    inside = (at > 0) & (at < count - 1)
    near = np.clip(at, 1, count - 2)

    def score(step: int) -> npt.NDArray[np.float64]:
        moved = near + step
        return (scores[each, moved, columns] if axis == 1 else scores[each, rows, moved]).astype(np.float64)

    before, here, behind = score(-1), score(0), score(1)
    bend = before - 2 * here + behind
    return np.where(inside & (bend < -1e-6), np.clip(0.5 * (before - behind) / np.minimum(bend, -1e-6), -0.5, 0.5), 0.0)
