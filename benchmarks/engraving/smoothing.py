"""Smooth noise and Gaussian blur, in numpy alone: the same on every machine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]


def blurred(plane: Plane, sigma: float) -> Plane:
    """A plane under a Gaussian of `sigma` pixels, cut off at three of them; edges are continued."""
    if sigma <= 0.05:
        return plane
    reach = max(1, int(np.ceil(3 * sigma)))
    steps = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (steps / sigma) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    for axis in (0, 1):
        padding = [(reach, reach) if each == axis else (0, 0) for each in (0, 1)]
        padded = np.pad(plane, padding, mode="edge")
        total = weights[reach] * plane
        count = plane.shape[axis]
        for step in range(1, reach + 1):
            before = (
                padded.take(range(reach - step, reach - step + count), axis) if axis else padded[reach - step :][:count]
            )
            behind = (
                padded.take(range(reach + step, reach + step + count), axis) if axis else padded[reach + step :][:count]
            )
            total += weights[reach + step] * (before + behind)
        plane = total
    return plane


def clouds(drawn: np.random.Generator, shape: tuple[int, int], scale: float) -> Plane:
    """Smooth noise of mean 0 and standard deviation about 1 that varies over `scale` pixels."""
    coarse = (int(shape[0] / scale) + 4, int(shape[1] / scale) + 4)
    knots = drawn.standard_normal(coarse).astype(np.float32)
    return np.float32(1.5) * enlarged(knots, shape, scale)


def enlarged(knots: Plane, shape: tuple[int, int], scale: float) -> Plane:
    """Values between knots that stand every `scale` pixels, bilinear with a smooth step."""
    rows, columns = (_weights(count, scale) for count in shape)
    (top, down), (left, right) = rows, columns
    upper = knots[top] * (1 - down[:, None]) + knots[top + 1] * down[:, None]
    return (upper[:, left] * (1 - right) + upper[:, left + 1] * right).astype(np.float32)


def _weights(count: int, scale: float) -> tuple[npt.NDArray[np.int64], Plane]:
    place = np.arange(count, dtype=np.float32) / np.float32(scale)
    first = place.astype(np.int64)
    share = place - first
    return first, (share * share * (3 - 2 * share)).astype(np.float32)
