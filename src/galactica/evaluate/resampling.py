"""How sure is a mean? What would come out with other questions of the same kind, by drawing from these again and again.

Questions are drawn with replacement, as many as there are, 1,000 times (the bootstrap). What is drawn is a *cluster*:
translations of one question are drawn together, since they are not independent. The seed is fixed, so that the same run
always gets the same interval.

Source: Efron and Tibshirani 1993, ch. 13 (percentile interval); Sakai 2006, doi:10.1145/1148170.1148261 (paired test).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DRAWS = 1_000
"""Resamples; the smallest p-value is 1 / 1,001."""

_AT_ONCE = 4_000_000
"""Counts that are held at one time: 32 MB."""

_SAME = 1e-12
"""Differences smaller than this are rounding."""

Values = NDArray[np.float64]
"""`float64 [n, measures]` for n questions, or `[measures]`."""


def means(values: Values, clusters: NDArray[np.int64], seed: int) -> Values:
    """Means of resamples: `float64 [DRAWS, measures]`.

    Args:
        values: `float64 [n, measures]`, n at least 1.
        clusters: `int64 [n]`, which cluster a question is of, numbered from 0 without gaps.
        seed: of the draws.
    """
    count = int(clusters.max()) + 1
    sizes = np.bincount(clusters, minlength=count).astype(np.float64)
    sums = np.stack([np.bincount(clusters, weights=column, minlength=count) for column in values.T], axis=1)
    random = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // count)
    parts = []
    for begun in range(0, DRAWS, step):
        drawn = random.multinomial(count, np.full(count, 1 / count), size=min(step, DRAWS - begun))
        parts.append((drawn @ sums) / (drawn @ sizes)[:, None])
    return np.concatenate(parts)


def interval(drawn: Values) -> tuple[Values, Values]:
    """The ends of the middle 95 % of resampled means, each `float64 [measures]`."""
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    return low, high


def p_values(mean: Values, drawn: Values) -> Values:
    """How often chance alone would make a difference as large as `mean`, in either direction: `float64 [measures]`.

    Args:
        mean: of the differences of pairs, `float64 [measures]`.
        drawn: means of their resamples; moved so that their middle is no difference.
    """
    by_chance: Values = (np.abs(drawn - mean) >= np.abs(mean) - _SAME).sum(axis=0, dtype=np.float64)
    return (1 + by_chance) / (1 + len(drawn))
