"""Training the reader: lessons in batches, twice the processor, a state that can be gone on from.

Two threads learn from half a batch each with the same weights, and their gradients are added: on two cores that share
their time with other work this is three times as fast as one thread that splits each product (2,300 against 750 pieces
a second, 2026-11-26). The order of batches depends on the plan alone, so that a training that was stopped goes on as
if it had not been.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from galactica.progress import Report
from galactica.train.reading.features import TrainingExample, batches
from galactica.train.reading.lesson import ReaderPlan
from galactica.train.reading.network import FAR, Network, padded
from galactica.train.schedule import Schedule, train_on

EVERY = 50
"""Steps between two states that are kept: a minute or two."""

HALVES = 2
WARM = 40
"""Steps in which the rate rises."""

COOL = 0.4
"""Share of the steps in which it falls, in a straight line to nothing; between the two it stays as it is, so that a
training can be made longer or shorter, by going through the questions more or less often, until it begins to fall."""

DECAY = 0.01
LONGEST_STEP = 1.0
"""Length that a gradient is cut to."""


def train(
    network: Network,
    phases: Sequence[Sequence[int]],
    examples: Sequence[TrainingExample],
    plan: ReaderPlan,
    *,
    state: Path,
    mark: str,
    report: Report,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Train a network in place.

    Args:
        phases: for each round, the numbers of the examples that are gone through in it.
        state: a file; where it holds the state of the same training, that goes on.
        mark: what the training is known by: whatever it depends on but for the number of rounds.
        report: stage "train", in steps.
        tell: told the mean loss now and then.
    """
    order = _order(phases, examples, plan)
    learner = _Learner(network, plan, [[[examples[number] for number in half] for half in step] for step in order])

    def seen(done: int, loss: float) -> None:
        tell(f"{done:,} of {len(order):,} steps: loss {loss:.3f}")

    schedule = Schedule(steps=len(order), every=EVERY, warm=WARM, cool=COOL)
    train_on(learner, schedule, kept=state, mark=mark, report=report, seen=seen)
    network.chance = None


def _order(
    phases: Sequence[Sequence[int]], examples: Sequence[TrainingExample], plan: ReaderPlan
) -> list[list[list[int]]]:
    """Numbers of examples, in halves of steps, in the order in which they are learned."""
    steps = []
    for number, phase in enumerate(phases):
        found = batches([examples[each] for each in phase], plan.tokens, plan.seed + number)
        steps += list(_grouped(iter([[phase[each] for each in batch] for batch in found])))
    return steps


def _grouped(halves: Iterator[list[int]]) -> Iterator[list[list[int]]]:
    while group := list(islice(halves, HALVES)):
        yield group


class _Learner:
    """The network and what moves it."""

    def __init__(
        self, network: Network, plan: ReaderPlan, batches: Sequence[Sequence[Sequence[TrainingExample]]]
    ) -> None:
        self._plan, self._batches = plan, batches
        _freeze(network, plan.frozen)
        self._network = network
        self._copies = [network, *(_sharing(network) for _ in range(HALVES - 1))]
        self._moved = [[p for p in each.parameters() if p.requires_grad] for each in self._copies]
        decayed = [p for p in self._moved[0] if p.ndim > 1]
        plain = [p for p in self._moved[0] if p.ndim < 2]
        groups = [{"params": decayed, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}]
        self._optimiser = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)
        # One thread inside each half: the halves are what is done at once.
        self._pool = ThreadPoolExecutor(HALVES, initializer=lambda: torch.set_num_threads(1))

    def step(self, number: int, rate: float) -> float:
        """Learn from a batch; its mean loss."""
        halves = self._batches[number]
        for group in self._optimiser.param_groups:
            group["lr"] = self._plan.rate * rate
        for half, each in enumerate(self._copies):
            # Anew for each step and half: the same whether it was stopped in between, whichever half is faster.
            each.chance = torch.Generator().manual_seed(HALVES * (self._plan.seed * 1_000_003 + number) + half)
        total = sum(self._pool.map(_learned, self._copies, halves))
        count = sum(map(len, halves))
        with torch.no_grad():
            for first, *others in zip(*self._moved, strict=True):
                grads = [p.grad for p in (first, *others) if p.grad is not None]
                for other in others:
                    other.grad = None
                if grads:
                    first.grad = torch.stack(grads).sum(0) / count if len(grads) > 1 else grads[0] / count
        torch.nn.utils.clip_grad_norm_(self._moved[0], LONGEST_STEP)
        self._optimiser.step()
        self._optimiser.zero_grad()
        return total / count

    def state(self) -> dict[str, Any]:
        return {"network": self._network.state_dict(), "optimiser": self._optimiser.state_dict()}

    def take_up(self, state: Mapping[str, Any]) -> None:
        self._network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])


def _freeze(network: Network, layers: int) -> None:
    still = [network.places, network.norm, *network.layers[:layers]] if layers else []
    for module in still:
        for parameter in module.parameters():
            parameter.requires_grad_(False)


def _sharing(network: Network) -> Network:
    """A network with the same weights and gradients of its own."""
    other = copy.deepcopy(network)
    for mine, its in zip(other.parameters(), network.parameters(), strict=True):
        mine.data = its.data
    return other


def _learned(network: Network, some: Sequence[TrainingExample]) -> float:
    """Sum of the losses of some examples, whose gradients are added to the network's."""
    loss = losses(network, some).sum()
    loss.backward()
    return float(loss.detach())


def losses(network: Network, some: Sequence[TrainingExample]) -> torch.Tensor:
    """−log of how likely any right answer is, `float32 [examples]`, times the example's weight."""
    ids = padded([each.ids for each in some], 0)
    lengths = torch.tensor([len(each.ids) for each in some])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(ids, padded([each.kinds for each in some], 0), lengths)
    at = torch.arange(ids.shape[1])
    first = torch.tensor([each.first for each in some])[:, None]
    count = torch.tensor([each.count for each in some])[:, None]
    able = ((at >= first) & (at < first + count)) | (at == 0)
    likely = logits.masked_fill(~able[:, :, None], FAR).log_softmax(1)
    most = max(len(each.answers) for each in some)
    begins = torch.tensor([[*(a for a, _ in e.answers), *[-1] * (most - len(e.answers))] for e in some])
    ends = torch.tensor([[*(b for _, b in e.answers), *[0] * (most - len(e.answers))] for e in some])
    both = likely[:, :, 0].gather(1, begins.clamp(min=0)) + likely[:, :, 1].gather(1, ends)
    right = both.masked_fill(begins < 0, FAR).logsumexp(1)
    return -right * torch.tensor([each.weight for each in some])


def logits_of(network: Network, ids: Sequence[Sequence[int]], kinds: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """`float32 [windows, longest, 2]`, as the trained network gives them, unrounded."""
    network.chance = None
    lengths = torch.tensor([len(each) for each in ids])
    with torch.no_grad():
        found: NDArray[np.float32] = network(padded(ids, 0), padded(kinds, 0), lengths).numpy()
    return found
