"""MinHash: of each text a short signature, of which two agree as often as the texts' shingles do.

A shingle is a run of `SHINGLE` tokens. Of all shingles of a text each of `VALUES` permutations keeps the least; `ROWS`
of these make the key of a band. Two texts of Jaccard J share a given band with J^ROWS, and at least `BANDS_SHARED` of
`BANDS` with 0.998 at 0.7, 0.6 at 0.5 and 0.03 at 0.3: those are compared by their texts. All numbers are fixed here, so
that the same text has the same signature on every machine.

Own code, in numpy: datasketch and rensa hand back one object a text that is asked for pairs in memory, datatrove wants
a folder of tasks and its own documents; the signatures are twenty lines and were the smaller part
(docs/decisions/0032-duplicates.md).

Source: A. Broder, "On the resemblance and containment of documents", 1997; bands: Leskovec, Rajaraman, Ullman, "Mining
of Massive Datasets", 3.4.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from galactica.joining.tokens import Hashes, mixed, shingles_of

SHINGLE = 4
"""Tokens of a shingle: a word that was changed spoils four. Longer ones (5 is common) lose short texts."""

BANDS, ROWS = 32, 4
VALUES = BANDS * ROWS

BANDS_SHARED = 2
"""Bands that two texts must share to be compared: chance gives unlike texts one, in a large edition often."""

_SEED = 0x67616C6163746963
_AT_ONCE = 2048
"""Shingles that all permutations are applied to at once: 1 MB of numbers, which stays in a processor's cache."""


def shingle_set(hashes: Hashes) -> Hashes:
    """The different shingles of a text, sorted."""
    return np.unique(shingles_of(hashes, SHINGLE))


def band_keys(shingles: Hashes) -> Hashes:
    """The keys of the bands of a text (`uint64 [BANDS]`).

    Args:
        shingles: at least one.
    """
    factors, offsets = _permutations()
    short = (shingles >> np.uint64(32)).astype(np.uint32)[:, None]
    least = np.full(VALUES, 0xFFFFFFFF, dtype=np.uint32)
    for begin in range(0, len(short), _AT_ONCE):
        np.minimum(least, (short[begin : begin + _AT_ONCE] * factors + offsets).min(axis=0), out=least)
    rows = least.reshape(BANDS, ROWS).astype(np.uint64)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64)
    for place in range(ROWS):
        keys = mixed(keys ^ rows[:, place])
    return keys


@cache
def _permutations() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Odd factors and offsets: x → factor · x + offset modulo 2³² puts all 32-bit numbers into another order."""
    numbers = mixed(np.uint64(_SEED) + np.arange(2 * VALUES, dtype=np.uint64))
    high = (numbers >> np.uint64(32)).astype(np.uint32)
    return high[:VALUES] | np.uint32(1), high[VALUES:]
