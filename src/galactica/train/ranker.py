"""Learning how much each thing that speaks for a passage counts (`search.ranker`).

Every question gives a list of passages with their features, some of them right. The weights are moved so that the right
ones get most of the softmax over the list (listwise learning to rank, Cao et al. 2007, doi:10.1145/1273496.1273513).
Questions whose list holds nothing right, or nothing wrong, teach nothing and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

HIDDEN = 16
ROUNDS = 40
BATCH = 256
RATE = 0.01
DECAY = 1e-4
HELD = 8
"""Every so-manieth question is not learned from, and says when to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """The passages of one question.

    Attributes:
        features: `float32 [passages, features]`.
        right: `bool [passages]`.
        weight: how much the question counts.
    """

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedWeights:
    """Weights as JSON holds them, and what they are worth: right passage first, of questions not learned from."""

    weights: dict[str, Any]
    questions: int
    first: float
    before: float


def learn(
    lists: Sequence[List], names: Sequence[str], chosen: Sequence[str], *, hidden: int = HIDDEN
) -> LearnedWeights:
    """Learn to weigh the `chosen` features.

    Args:
        names: of the columns of `List.features`.
        hidden: width of the layer between; 0: a plain sum.
    """
    torch.manual_seed(2026)
    columns = [names.index(name) for name in chosen]
    useful = [one for one in lists if one.right.any() and not one.right.all()]
    learning = [one for at, one in enumerate(useful) if at % HELD]
    held = useful[::HELD]
    stacked = np.concatenate([one.features[:, columns] for one in learning])
    mean, scale = stacked.mean(axis=0), np.maximum(stacked.std(axis=0), 1e-3)
    model = _model(len(columns), hidden)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, ROUNDS)
    best, kept = -1.0, _state(model)
    chance = np.random.default_rng(2026)
    for _ in range(ROUNDS):
        for part in np.array_split(chance.permutation(len(learning)), max(1, len(learning) // BATCH)):
            loss = _loss(model, [learning[at] for at in part], columns, mean, scale)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
        first = _first(model, held, columns, mean, scale)
        if first > best:
            best, kept = first, _state(model)
    model.load_state_dict(kept)
    return LearnedWeights(
        weights={
            "features": list(chosen),
            "mean": [round(float(x), 6) for x in mean],
            "scale": [round(float(x), 6) for x in scale],
            "layers": _layers(model),
            "direct": [0.0] * len(columns),
        },
        questions=len(learning),
        first=best,
        before=float(np.mean([one.right[one.features[:, columns[0]].argmax()] for one in held])) if held else 0.0,
    )


def steadied(ranker: dict[str, Any], words: dict[str, Any], share: float) -> dict[str, object]:
    """A ranker that lets words alone have a say of so much: `share` × their score + (1 − `share`) × its own.

    It has learned from English questions, and from made ones in three other languages; elsewhere, and for questions of
    another kind, words are the safer judge.

    Args:
        ranker, words: `LearnedWeights.weights`; those of words have one layer, over some of the features of the other's
    """
    *before, (weights, bias) = ranker["layers"]
    last = [[[round((1 - share) * x, 5) for x in row] for row in weights], [(1 - share) * x for x in bias]]
    direct = [0.0] * len(ranker["features"])
    for at, name in enumerate(words["features"]):
        place = ranker["features"].index(name)
        # The two were learned from the same lists; their scales are only the same but for rounding.
        direct[place] = round(share * words["layers"][0][0][at][0] * ranker["scale"][place] / words["scale"][at], 5)
    return {**ranker, "layers": [*before, last], "direct": direct}


def _model(width: int, hidden: int) -> torch.nn.Sequential:
    if not hidden:
        return torch.nn.Sequential(torch.nn.Linear(width, 1))
    return torch.nn.Sequential(torch.nn.Linear(width, hidden), torch.nn.Tanh(), torch.nn.Linear(hidden, 1))


def _padded(
    lists: Sequence[List], columns: Sequence[int], mean: NDArray[np.float32], scale: NDArray[np.float32]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """(features, right, there) of lists, brought to one length."""
    most = max(len(one.right) for one in lists)
    features = np.zeros((len(lists), most, len(columns)), np.float32)
    right = np.zeros((len(lists), most), np.bool_)
    there = np.zeros((len(lists), most), np.bool_)
    for at, one in enumerate(lists):
        features[at, : len(one.right)] = (one.features[:, columns] - mean) / scale
        right[at, : len(one.right)] = one.right
        there[at, : len(one.right)] = True
    return torch.from_numpy(features), torch.from_numpy(right), torch.from_numpy(there)


def _loss(
    model: torch.nn.Sequential,
    lists: Sequence[List],
    columns: Sequence[int],
    mean: NDArray[np.float32],
    scale: NDArray[np.float32],
) -> torch.Tensor:
    features, right, there = _padded(lists, columns, mean, scale)
    scores = model(features)[..., 0].masked_fill(~there, -1e9)
    weights = torch.tensor([one.weight for one in lists])
    likelihood = scores.masked_fill(~right, -1e9).logsumexp(1) - scores.logsumexp(1)
    return -(likelihood * weights).sum() / weights.sum()


def _first(
    model: torch.nn.Sequential,
    lists: Sequence[List],
    columns: Sequence[int],
    mean: NDArray[np.float32],
    scale: NDArray[np.float32],
) -> float:
    """Share of questions whose best passage is right, by weight."""
    if not lists:
        return 0.0
    features, right, there = _padded(lists, columns, mean, scale)
    with torch.no_grad():
        best = model(features)[..., 0].masked_fill(~there, -1e9).argmax(1)
    hits = right[torch.arange(len(lists)), best].float()
    weights = torch.tensor([one.weight for one in lists])
    return float((hits * weights).sum() / weights.sum())


def _state(model: torch.nn.Sequential) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in model.state_dict().items()}


def _layers(model: torch.nn.Sequential) -> list[list[object]]:
    linear = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
    return [
        [
            [[round(float(x), 5) for x in row] for row in layer.weight.detach().T.tolist()],
            [round(float(x), 5) for x in layer.bias.detach().tolist()],
        ]
        for layer in linear
    ]
