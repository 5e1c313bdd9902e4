"""Weights by which right passages are first: learned from lists of passages, tried on other articles' questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PARTS = 5
"""Parts of the articles, each of which is tried with what the others teach."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What was found for a question.

    Attributes:
        language: of the question.
        article: number of the article that it is about.
        signs: what speaks for each passage, `float64 [passages, signs]`.
        right: which passages are right, `bool [passages]`.
    """

    language: str
    article: int
    signs: Floats
    right: NDArray[np.bool_]


def learned(lists: Sequence[Listed], columns: Sequence[int], steps: int = 300) -> Floats:
    """Weights of some signs by which right passages have the largest share of the softmax over each list, by Adam
    (Kingma and Ba 2015): `float64 [columns]`. Lists with nothing right teach nothing."""
    able = [each for each in lists if each.right.any()]
    rows = np.concatenate([each.signs[:, columns] for each in able])
    middle, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    longest = max(len(each.right) for each in able)
    signs = np.zeros((len(able), longest, len(columns)))
    right, absent = np.zeros((len(able), longest)), np.full((len(able), longest), -1e9)
    for at, each in enumerate(able):
        size = len(each.right)
        signs[at, :size] = (each.signs[:, columns] - middle) / scale
        right[at, :size], absent[at, :size] = each.right, 0.0
    weights, mean, square = (np.zeros(len(columns)) for _ in range(3))
    for step in range(1, steps + 1):
        shares = _shares(signs @ weights + absent)
        wanted = shares * right
        wanted /= wanted.sum(axis=1, keepdims=True)
        slope = 0.003 * weights + np.einsum("nl,nlc->c", shares - wanted, signs) / len(able)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        weights = weights - 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    found: Floats = weights / scale
    return found


def _shares(sums: Floats) -> Floats:
    shares = np.exp(sums - sums.max(axis=1, keepdims=True))
    found: Floats = shares / shares.sum(axis=1, keepdims=True)
    return found


def by_others(lists: Sequence[Listed], columns: Sequence[int]) -> list[Floats]:
    """What each list's passages score by weights of other articles' questions."""
    of_part = [learned([each for each in lists if each.article % PARTS != part], columns) for part in range(PARTS)]
    return [each.signs[:, columns] @ of_part[each.article % PARTS] for each in lists]


def among_first(lists: Sequence[Listed], scores: Sequence[Floats], count: int) -> dict[str, float]:
    """Language → for which share of its questions a right passage is among the first so many."""
    found: dict[str, list[bool]] = {}
    for each, own in zip(lists, scores, strict=True):
        best = np.argsort(-own, kind="stable")[:count]
        found.setdefault(each.language, []).append(bool(each.right[best].any()))
    return {language: float(np.mean(some)) for language, some in found.items()}


def as_chances(lists: Sequence[Listed], scores: Sequence[Floats]) -> tuple[float, float]:
    """(what scores are multiplied by, what is added), so that they are logits of being right (Platt 1999)."""
    sums = np.concatenate(list(scores))
    right = np.concatenate([each.right for each in lists]).astype(np.float64)
    middle, spread = float(sums.mean()), float(sums.std())
    rows = np.stack([(sums - middle) / spread, np.ones(len(sums))], axis=1)
    line = np.array([1.0, -3.0])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-(rows @ line)))
        bend = (rows * (chances * (1 - chances))[:, None]).T @ rows
        line = line - np.linalg.solve(bend, rows.T @ (chances - right))
    return float(line[0]) / spread, float(line[1] - line[0] * middle / spread)
