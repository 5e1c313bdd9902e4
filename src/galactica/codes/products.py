"""Products of small matrices by one thread.

The linear algebra library under numpy starts a thread for each core as soon as a product has some hundred thousand
steps, and while they wait for each other they use time of all cores: a question took twice the time of the processor.
How many threads there are is a setting of the whole process and not ours to change, so products are cut into pieces too
small for threads. Source: OpenBLAS, interface/gemm.c and gemv.c: 4³ · 4,096 steps, 4 · 2,304 numbers (0.3.31).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_STEPS = 200_000
"""Multiplications of a product of two matrices that one thread does."""

MOST_NUMBERS = 9_000
"""Numbers of a matrix that is multiplied with one vector by one thread."""


def product(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """`left @ right` for two matrices, some rows of `left` at a time."""
    inner, columns = right.shape
    rows = max(1, MOST_STEPS // max(1, inner * columns))
    out = np.empty((len(left), columns), np.float32)
    for start in range(0, len(left), rows):
        np.matmul(left[start : start + rows], right, out=out[start : start + rows])
    return out


def summed(weights: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """`weights @ rows`: the sum of a matrix's rows, each times its weight, some rows at a time."""
    several = max(1, MOST_NUMBERS // max(1, rows.shape[1]))
    out = np.zeros(rows.shape[1], np.float32)
    for start in range(0, len(rows), several):
        out += weights[start : start + several] @ rows[start : start + several]
    return out


def along(rows: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """`rows @ vector`: how far each row of a matrix goes along a vector."""
    found: NDArray[np.float32] = np.einsum("nd,d->n", rows, vector)
    return found
