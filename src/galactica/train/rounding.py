"""A trained table as the file that ships: the commonest words, four or two bits a number.

The rows are turned first, all by the same rotation: training leaves some dimensions with much more in them than others,
and an index of meaning keeps one bit of each. Cosines stay as they are. Of the 100 passages nearest to a question among
73,000, codes then find 62.9 instead of 57.3, and 89 instead of 79 among their first 1,000 (2026-11-26).

After each row is divided by its own scale, numbers are rounded to the sixteen (or four) values that make the least
square error for this table (Lloyd 1982, doi:10.1109/TIT.1982.1056489).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.encode import tensors
from galactica.encode.static import LENGTHS
from galactica.train.table import EncoderTable

ROUNDS = 200
"""Of moving the values, each in a tenth of a millisecond; after 25 the error is still an eighth above the least."""
SAMPLE = 2_000_000
"""Numbers that the values are fitted to, about."""

AT_ONCE = 4_096
"""Rows that are rounded together."""

SHARES = (1.0, 0.6, 0.6)
"""How much the whole word, its beginning and its pieces count in the vector of an unlearned word: see decision 5."""


def write_rounded(
    table: EncoderTable, path: Path, *, rows: int, about: Mapping[str, str], bits: int = 4, exact: float | None = None
) -> None:
    """Write the first `rows` words of a table; see `encode.static` for the file.

    Args:
        bits: of a number, 4 or 2.
        exact: as in version 2 of the file; None: it is of version 1.
    """
    names, kept = table.names[:rows], turned(table.rows[:rows])
    scales = np.sqrt(np.einsum("ij,ij->i", kept, kept) / kept.shape[1]).astype(np.float16)
    divisors = np.maximum(scales.astype(np.float32), 1e-8)
    step = max(1, kept.size // SAMPLE)
    values = least_square_values(
        kept.reshape(-1)[::step] / divisors[np.arange(0, kept.size, step) // kept.shape[1]], 2**bits
    )
    tensors.write_tensors(
        path,
        {
            "words": np.frombuffer("\n".join(names).encode(), np.uint8),
            "levels": _levels(kept, divisors, values, bits),
            "values": values.astype(np.float16),
            "scales": scales,
            "asked": table.asked[:rows].astype(np.float16),
            "lengths": _lengths(table),
            "shares": np.array(SHARES, np.float16),
        }
        | ({} if exact is None else {"exact": np.array([exact], np.float16)}),
        about,
    )


def turned(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows turned by one random rotation, the same for every table of as many dimensions."""
    dimensions = rows.shape[1]
    random = np.random.default_rng(2026).standard_normal((dimensions, dimensions))
    rotation, _ = np.linalg.qr(random)
    return rows @ rotation.astype(np.float32)


def _levels(
    rows: NDArray[np.float32], divisors: NDArray[np.float32], values: NDArray[np.float32], bits: int
) -> NDArray[np.uint8]:
    """Numbers of the values that each number of a table is nearest to, several a byte; a few rows at a time, because
    what is on the way is five times as large as the table."""
    between = (values[1:] + values[:-1]) / 2
    each = 8 // bits
    out = np.zeros((len(rows), rows.shape[1] // each), np.uint8)
    for start in range(0, len(rows), AT_ONCE):
        scaled = rows[start : start + AT_ONCE] / divisors[start : start + AT_ONCE, None]
        levels = np.searchsorted(between, scaled).astype(np.uint8)
        for place in range(each):
            out[start : start + AT_ONCE] |= levels[:, place::each] << np.uint8(bits * (each - 1 - place))
    return out


def least_square_values(numbers: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """So many values, rising, that numbers are rounded to with the least square error."""
    sample = np.sort(numbers)
    values = np.quantile(sample, (np.arange(count) + 0.5) / count)
    sums = np.concatenate([[0.0], np.cumsum(sample, dtype=np.float64)])
    for _ in range(ROUNDS):
        borders = np.searchsorted(sample, (values[1:] + values[:-1]) / 2)
        edges = np.concatenate([[0], borders, [len(sample)]])
        sizes = np.diff(edges)
        means = np.diff(sums[edges]) / np.maximum(sizes, 1)
        values = np.where(sizes > 0, means, values)
    return values.astype(np.float32)


def _lengths(table: EncoderTable) -> NDArray[np.float16]:
    """Mean length of the vectors of running words, by their number of letters up to `LENGTHS`."""
    norms = np.sqrt(np.einsum("ij,ij->i", table.rows, table.rows))
    letters = np.minimum([len(name) for name in table.names], LENGTHS) - 1
    total = np.bincount(letters, weights=norms * table.counts, minlength=LENGTHS)
    count = np.bincount(letters, weights=table.counts, minlength=LENGTHS)
    means = np.where(count > 0, total / np.maximum(count, 1), norms.mean() if len(norms) else 1.0)
    return means.astype(np.float16)
