"""Learning the head: a sigmoid for each property over one hidden layer, from candidates of which something is known.

In a first round it learns what rules say and what cannot be; what merely stands in a table and in the text
(`labelling.STANDS`) is learned in a second one, where the first believed it at least a little. Articles whose hash says
so are put aside: nothing is learned from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from galactica.claims.property_table import known_properties
from galactica.claims.tagging.candidates import KINDS, properties_of
from galactica.train.tagger.gathering import ASIDE, TaughtCandidates
from galactica.train.tagger.labelling import SAID, STANDS, UNTOLD

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerPlan:
    """Settings of a training.

    Attributes:
        hidden: width of the layer between.
        epochs: how often it goes through the candidates in the first round.
        again: the same in the second, which goes on from the first.
        untold: how much a candidate counts of which nothing is known, as a no.
        stands: how much one counts that stands in a table and that the first round believed.
        believed: how much it must have been believed.
        rate, decay, dropout: of Adam with weight decay; share of features left out at random.
        batch: candidates of a step.
        seed: of what is random.
    """

    hidden: int = 96
    epochs: int = 5
    again: int = 3
    untold: float = 0.3
    stands: float = 0.7
    believed: float = 0.2
    rate: float = 2e-3
    decay: float = 0.02
    dropout: float = 0.3
    batch: int = 256
    seed: int = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedHead:
    """A head before it is rounded; see `head` for its arrays."""

    mean: Floats
    scale: Floats
    first: Floats
    first_offsets: Floats
    second: Floats
    second_offsets: Floats

    def logits(self, features: NDArray[np.float16]) -> Floats:
        """`float32 [candidates, properties]`."""
        parts = []
        for at in range(0, len(features), 8192):
            plain = (features[at : at + 8192].astype(np.float32) - self.mean) / self.scale
            parts.append(np.maximum(plain @ self.first + self.first_offsets, 0) @ self.second + self.second_offsets)
        found: Floats = np.concatenate(parts) if parts else np.zeros((0, len(self.second_offsets)), np.float32)
        return found


def put_aside(gathered: TaughtCandidates) -> NDArray[np.bool_]:
    """`bool [candidates]`: which are of articles that nothing is learned from."""
    aside: NDArray[np.bool_] = gathered.article % ASIDE == 0
    return aside


def fitting(kinds: NDArray[np.uint8], names: Sequence[str]) -> NDArray[np.bool_]:
    """`bool [candidates, properties]`: of which properties a candidate may be a value at all."""
    table = known_properties()
    rows = [[table[name] in properties_of(kind) for name in names] for kind in KINDS]
    found: NDArray[np.bool_] = np.array(rows, np.bool_)[kinds]
    return found


def learned_head(
    gathered: TaughtCandidates, names: Sequence[str], plan: TaggerPlan, tell: Callable[[str], None] = lambda line: None
) -> LearnedHead:
    """Learns a head from the candidates that are not put aside."""
    torch.manual_seed(plan.seed)
    learning = ~put_aside(gathered)
    features, labels = gathered.features[learning], gathered.labels[learning]
    fits = fitting(gathered.kind[learning], names)
    some = features[:: max(1, len(features) // 20_000)].astype(np.float32)
    mean, scale = some.mean(axis=0), np.maximum(some.std(axis=0), 0.05)
    target = (labels == SAID).astype(np.float32)
    weight = (fits & (labels != STANDS)).astype(np.float32)
    weight[labels == UNTOLD] *= plan.untold
    head = _round(features, target, weight, mean, scale, plan)
    tell(f"first round: {_said(head, features, labels)}")
    believed = (labels == STANDS) & fits & (head.logits(features) > np.log(plan.believed / (1 - plan.believed)))
    target[believed], weight[believed] = 1.0, plan.stands
    tell(f"{int(believed.sum()):,} of {int(((labels == STANDS) & fits).sum()):,} that stand in tables are believed")
    plan = replace(plan, epochs=plan.again, rate=plan.rate / 2)
    return _round(features, target, weight, mean, scale, plan, head)


def _said(head: LearnedHead, features: NDArray[np.float16], labels: NDArray[np.int8]) -> str:
    logits = head.logits(features)
    return f"{float((logits[labels == SAID] > 0).mean()):.3f} of what rules say is found"


def _round(
    features: NDArray[np.float16],
    target: Floats,
    weight: Floats,
    mean: Floats,
    scale: Floats,
    plan: TaggerPlan,
    begin: LearnedHead | None = None,
) -> LearnedHead:
    model = torch.nn.Sequential(
        torch.nn.Dropout(plan.dropout),
        torch.nn.Linear(features.shape[1], plan.hidden),
        torch.nn.ReLU(),
        torch.nn.Dropout(plan.dropout),
        torch.nn.Linear(plan.hidden, target.shape[1]),
    )
    first, second = model[1], model[4]
    assert isinstance(first, torch.nn.Linear)
    assert isinstance(second, torch.nn.Linear)
    if begin is not None:
        with torch.no_grad():
            for layer, weights, offsets in (
                (first, begin.first, begin.first_offsets),
                (second, begin.second, begin.second_offsets),
            ):
                layer.weight.copy_(torch.from_numpy(weights.T.copy()))
                layer.bias.copy_(torch.from_numpy(offsets))
    optimiser = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=plan.decay)
    chance = np.random.default_rng(plan.seed)
    steps = plan.epochs * -(-len(features) // plan.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    model.train()
    for _ in range(plan.epochs):
        for part in np.array_split(chance.permutation(len(features)), -(-len(features) // plan.batch)):
            x = torch.from_numpy((features[part].astype(np.float32) - mean) / scale)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                model(x), torch.from_numpy(target[part]), torch.from_numpy(weight[part]), reduction="sum"
            ) / len(part)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return LearnedHead(
        mean=mean,
        scale=scale,
        first=first.weight.detach().numpy().T.copy(),
        first_offsets=first.bias.detach().numpy().copy(),
        second=second.weight.detach().numpy().T.copy(),
        second_offsets=second.bias.detach().numpy().copy(),
    )
