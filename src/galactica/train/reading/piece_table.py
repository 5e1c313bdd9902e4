"""The table of pieces as it ships: three bits a number, on eight values, blocks of numbers sharing a scale.

It is never trained. What is trained above it learns with the rounded numbers, so that nothing is lost by the rounding.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.train.rounding import least_square_values

BITS = 3
"""Of a number of the table: with four, F1 was no better (SQuAD dev A 75.1 and 72.9 of 150 questions, XQuAD's twelve
languages 63.2 and 63.9 of 50 each, a network half way through its training, 2026-11-29), and the file 8 MB larger."""

BLOCK = 64
"""Numbers of the table that share a scale, or the most below that which a row can be parted in."""

SAMPLE = 400_000
"""Numbers that the values of the table are fitted to, about."""

Array = NDArray[Any]


def rounded_table(rows: NDArray[np.float32]) -> dict[str, Array]:
    """The table of pieces as it stands in the file; see `encode.cross`.

    Args:
        rows: `float32 [pieces, …]`; each is taken as one row of numbers.
    """
    width = int(np.prod(rows.shape[1:]))
    blocks = rows.reshape(len(rows), -1, math.gcd(width, BLOCK))
    scales = np.sqrt((blocks * blocks).mean(axis=2)).astype(np.float16)
    even = blocks / np.maximum(scales.astype(np.float32), 1e-8)[..., None]
    step = max(1, even.size // SAMPLE)
    values = least_square_values(even.reshape(-1)[::step], 2**BITS)
    levels = np.searchsorted((values[1:] + values[:-1]) / 2, even).astype(np.uint8).reshape(len(rows), width)
    planes = [np.packbits(levels >> bit & 1, axis=1) for bit in range(BITS - 1, -1, -1)]
    return {"levels": np.stack(planes, axis=1), "values": values.astype(np.float16), "scales": scales}


def as_it_ships(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows with what rounding changes, `float32 [pieces, width]`.

    Args:
        rows: `float32 [pieces, …]`, as `rounded_table` takes them.
    """
    held = rounded_table(rows)
    planes = [np.unpackbits(held["levels"][:, bit], axis=1) for bit in range(BITS)]
    levels = np.zeros_like(planes[0])
    for plane in planes:
        levels = 2 * levels + plane
    scales = held["scales"].astype(np.float32)
    blocks = held["values"].astype(np.float32)[levels].reshape(*scales.shape, -1)
    found: NDArray[np.float32] = (blocks * scales[..., None]).reshape(len(rows), -1)
    return found
