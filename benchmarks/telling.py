"""How well figures tell what is so from what is not: shared by the benchmarks of the checker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

DECAY = 1.0
"""Of the squared weights of standardised figures: there are a few hundred examples."""


def auroc(scores: Sequence[float], so: Sequence[bool]) -> float:
    """How often what is so scores above what is not, equal ones half; not a number where one of both is missing."""
    right = np.array([s for s, each in zip(scores, so, strict=True) if each])
    wrong = np.array([s for s, each in zip(scores, so, strict=True) if not each])
    if not len(right) or not len(wrong):
        return float("nan")
    above = (right[:, None] > wrong[None, :]).mean() + (right[:, None] == wrong[None, :]).mean() / 2
    return float(above)


def f1_at(scores: Sequence[float], so: Sequence[bool], least: float) -> float:
    """F1 of "so" where all are called so from a score on."""
    told = [score >= least for score in scores]
    both = sum(a and b for a, b in zip(told, so, strict=True))
    return 2 * both / max(1, sum(told) + sum(so))


def best_f1(scores: Sequence[float], so: Sequence[bool]) -> tuple[float, float]:
    """(the best F1, the score from which it is reached)."""
    return max(((f1_at(scores, so, least), least) for least in sorted(set(scores))), default=(0.0, 0.0))


class Together:
    """Several figures as one: a logistic regression.

    Args:
        x: `float [examples, figures]`.
        so: of each example.
    """

    def __init__(self, x: Array, so: Sequence[bool]) -> None:
        self._mean, self._scale = x.mean(0), np.maximum(x.std(0), 1e-9)
        full, y = self._of(x), np.array(so, float)
        weights = np.zeros(full.shape[1])
        decay = np.diag([DECAY] * (len(weights) - 1) + [1e-6])
        for _ in range(50):  # Newton's steps; ten are enough
            likely = 1 / (1 + np.exp(-np.clip(full @ weights, -30, 30)))
            slope = full.T @ (likely - y) + decay @ weights
            curve = (full * (likely * (1 - likely))[:, None]).T @ full + decay
            weights = weights - np.linalg.solve(curve, slope)
        self.weights = weights

    def scores(self, x: Array) -> list[float]:
        """Logit of each."""
        return [float(each) for each in self._of(x) @ self.weights]

    def _of(self, x: Array) -> Array:
        return np.concatenate([(x - self._mean) / self._scale, np.ones((len(x), 1))], 1)
