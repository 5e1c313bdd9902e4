"""Whether held-back text was learned from after all, in another document: long stretches of bytes that both have.

Every window of `WINDOW` bytes is hashed by a polynomial, and of the hashes one in `ONE_IN` is looked at, by its own
value: the same windows on both sides, wherever they stand (winnowing; Schleimer et al. 2003). A stretch that both have
shows after a hundred bytes or so. The text that was learned from is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

WINDOW = 48
"""Bytes: eight words of English, sixteen signs of Chinese."""

ONE_IN = 16
SHARED = 0.1
"""Share of a document's windows from which on it counts as learned from."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that no byte loses its weight in 64 bits."""


def windows_shared(held: Sequence[bytes], learned: Iterable[bytes]) -> NDArray[np.float64]:
    """Share of each held-back text's windows that stand in the learned ones, `float64 [texts]`, 0 to 1."""
    hashes = [window_hashes(text) for text in held]
    every = np.unique(np.concatenate([*hashes, np.zeros(0, np.uint64)]))
    seen = np.zeros(len(every), bool)
    for text in learned:
        found = window_hashes(text)
        at = np.searchsorted(every, found)
        inside = at < len(every)
        at, found = at[inside], found[inside]
        seen[at[every[at] == found]] = True
    shares = [float(seen[np.searchsorted(every, each)].mean()) if len(each) else 0.0 for each in hashes]
    return np.array(shares)


def window_hashes(text: bytes) -> NDArray[np.uint64]:
    """Hashes of the windows of a text that are looked at, `uint64 [windows]`.

    The hash of 2n bytes is that of the first n, times the factor to the n-th, and that of the others.
    """
    if len(text) < WINDOW:
        return np.zeros(0, np.uint64)
    with np.errstate(over="ignore"):
        one = np.frombuffer(text, np.uint8).astype(np.uint64) + np.uint64(1)
        found, size, power = one, 1, _FACTOR
        halves = []
        while size < 32:
            found = found[:-size] * power + found[size:]
            size, power = 2 * size, power * power
            halves.append((size, found, power))
        sixteen, thirty_two = halves[-2], halves[-1]
        count = len(text) - WINDOW + 1
        whole = thirty_two[1][:count] * sixteen[2] + sixteen[1][32 : 32 + count]
        mixed = whole ^ (whole >> np.uint64(29))
        mixed *= _FACTOR
        mixed ^= mixed >> np.uint64(32)
    chosen: NDArray[np.uint64] = mixed[(mixed & np.uint64(ONE_IN - 1)) == 0]
    return chosen
