"""Sound at another number of samples a second: windowed-sinc interpolation, block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

_REACH = 24
"""Samples on each side that a new one is made of."""

_PHASES = 512
"""Places between two samples for which weights are kept; between two of them they are interpolated."""


def _weights(cutoff: float) -> NDArray[np.float32]:
    """`float32 [_PHASES + 1, 2 · _REACH]`."""
    share = np.arange(_PHASES + 1)[:, None] / _PHASES
    away = np.arange(-_REACH + 1, _REACH + 1)[None, :] - share
    window = np.where(np.abs(away) < _REACH, np.cos(np.pi * away / (2 * _REACH)) ** 2, 0.0)
    return np.asarray(cutoff * np.sinc(cutoff * away) * window, np.float32)


def resampled(pieces: Iterable[NDArray[np.float32]], ratio: float) -> Iterator[NDArray[np.float32]]:
    """The same sound with `ratio` times as many samples a second.

    Args:
        pieces: `float32 [n]` each, one after the other.
        ratio: 0.05 to 20.

    Raises:
        ValueError: another ratio.
    """
    if not 0.05 <= ratio <= 20:
        raise ValueError(f"sound is not resampled by {ratio}")
    weights = _weights(min(1.0, ratio) * 0.97)
    kept = np.zeros(_REACH, np.float32)  # what comes before the first sample is silence
    first = -_REACH  # place of kept[0] among all samples
    number = 0  # of the next sample to be made
    for piece in pieces:
        kept = np.concatenate([kept, np.asarray(piece, np.float32)])
        ready = int((first + len(kept) - _REACH - 1) * ratio) - number
        for begin in range(0, max(0, ready), 50_000):
            count = min(50_000, ready - begin)
            yield _made(kept, first, number, count, ratio, weights)
            number += count
        drop = int(number / ratio) - _REACH - first
        if drop > 0:
            kept, first = kept[drop:], first + drop


def _made(
    kept: NDArray[np.float32], first: int, number: int, count: int, ratio: float, weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    at = (number + np.arange(count)) / ratio
    whole = np.floor(at).astype(np.int64)
    place = (at - whole) * _PHASES
    phase = place.astype(np.int64)
    part = (place - phase).astype(np.float32)[:, None]
    taps = weights[phase] * (1 - part) + weights[phase + 1] * part
    index = (whole - first)[:, None] + np.arange(-_REACH + 1, _REACH + 1)[None, :]
    return np.asarray(np.einsum("ij,ij->i", kept[index], taps), np.float32)
