"""The wheel `reed-solomon-leopard`, where it is installed: the same blocks, some hundred times as fast.

It has two codes and chooses by the counts that it is given. With a count of repair symbols that is a multiple of the
power of two at or above the source symbols it is always the one of `plain`, and then a symbol is the same whatever
the count.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure.layout import Symbols


@cache
def wheel() -> Any:  # noqa: ANN401 - a module without types
    """The wheel's module, or None where it is not installed."""
    try:
        import reed_solomon_leopard
    except ImportError:
        return None
    return reed_solomon_leopard


def repair_natively(source: Symbols, width: int, first: int, count: int) -> Symbols:
    """As `plain.repair_plainly`."""
    every = -(-(first + count) // width) * width
    found = wheel().encode([row.tobytes() for row in source], every)
    return np.frombuffer(b"".join(found[first : first + count]), np.uint8).reshape(count, source.shape[1])


def restore_natively(
    missing: NDArray[np.int64], points: NDArray[np.int64], symbols: Symbols, width: int, sources: int
) -> Symbols:
    """As `plain.restore_plainly`; the zeros from `sources` to `width` are the wheel's own."""
    original, recovery = {}, {}
    for point, symbol in zip(points[: len(symbols)].tolist(), symbols, strict=True):
        if point < sources:
            original[point] = symbol.tobytes()
        else:
            recovery[point - width] = symbol.tobytes()
    every = -(-(max(recovery) + 1) // width) * width
    found = wheel().decode(sources, every, original, recovery)
    return np.frombuffer(b"".join(found[place] for place in missing.tolist()), np.uint8).reshape(len(missing), -1)
