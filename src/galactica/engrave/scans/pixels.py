"""Grey pictures: made smaller, sampled between pixels, averaged over squares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Plane = npt.NDArray[np.float32]


def reduced(grey: Grey, factor: int) -> Grey:
    """A picture each of whose pixels is the mean of `factor` by `factor`; what is left over at the end is cut off."""
    if factor <= 1:
        return grey
    height, width = grey.shape[0] // factor, grey.shape[1] // factor
    small = np.empty((height, width), dtype=np.uint8)
    step = max(1, 2**22 // max(1, grey.shape[1]) // factor)
    for top in range(0, height, step):
        rows = min(step, height - top)
        part = grey[top * factor : (top + rows) * factor, : width * factor].reshape(rows, factor, width, factor)
        small[top : top + rows] = (part.sum(axis=(1, 3), dtype=np.uint32) + factor * factor // 2) // (factor * factor)
    return small


def sampled(plane: npt.NDArray[np.uint8] | Plane, x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> Plane:
    """Bilinear values at (x, y), in pixels from the middle of the first; outside, those of the nearest pixel.

    Args:
        x, y: of one shape.

    Returns:
        float32, of that shape.
    """
    height, width = plane.shape
    x = np.clip(x, 0, width - 1.001).astype(np.float32)
    y = np.clip(y, 0, height - 1.001).astype(np.float32)
    left, top = x.astype(np.int32), y.astype(np.int32)
    x -= left
    y -= top
    at = top.astype(np.int64) * width + left
    flat = plane.reshape(-1)
    upper = flat[at].astype(np.float32)
    upper += (flat[at + 1] - upper) * x
    at += width
    lower = flat[at].astype(np.float32)
    lower += (flat[at + 1] - lower) * x
    found: Plane = upper + (lower - upper) * y
    return found


def box_sums(plane: Plane) -> npt.NDArray[np.float64]:
    """What sums over rectangles are read from: float64 [height + 1, width + 1]."""
    sums = np.zeros((plane.shape[0] + 1, plane.shape[1] + 1))
    np.cumsum(plane, axis=0, out=sums[1:, 1:], dtype=np.float64)
    np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
    return sums


def box_mean(plane: Plane, size: int) -> Plane:
    """The mean of a square of `size` (odd) around each value; at the edges, of what of it there is."""
    half = size // 2
    sums = box_sums(plane)
    height, width = plane.shape
    low_y, high_y = np.maximum(np.arange(height) - half, 0), np.minimum(np.arange(height) + half + 1, height)
    low_x, high_x = np.maximum(np.arange(width) - half, 0), np.minimum(np.arange(width) + half + 1, width)
    total = sums[high_y][:, high_x] - sums[low_y][:, high_x] - sums[high_y][:, low_x] + sums[low_y][:, low_x]
    mean: Plane = (total / ((high_y - low_y)[:, None] * (high_x - low_x))).astype(np.float32)
    return mean
