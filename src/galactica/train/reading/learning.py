"""Training the reader: lessons in batches, twice the processor, a state that can be gone on from.

Two threads learn from half a batch each with the same weights, and their gradients are added: on two cores that share
their time with other work this is three times as fast as one thread that splits each product (2,300 against 750 pieces
a second, 2026-11-26). On a graphics processor the halves come one after another, and the next ones are made ready
meanwhile. The order of batches depends on the plan alone, so that a training that was stopped goes on as if it had not
been.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from galactica.encode.pieces import PAD
from galactica.progress import Report
from galactica.train.reading.example_batch import ExampleBatch, Exchanged, batch_of
from galactica.train.reading.example_table import ExampleTable
from galactica.train.reading.features import batches
from galactica.train.reading.lesson import ReaderPlan
from galactica.train.reading.losses import losses
from galactica.train.reading.network import Network, Read, padded
from galactica.train.schedule import Schedule, train_on

EVERY = 50
"""Steps between two states that are kept: a minute or two on two cores."""

EVERY_WIDE = 500
"""The same on a graphics processor."""

HALVES = 2
WARM = 40
"""Steps in which the rate rises."""

COOL = 0.4
"""Share of the steps in which it falls, in a straight line to nothing; between the two it stays as it is, so that a
training can be made longer or shorter, by its steps or by going through the questions more or less often, until it
begins to fall."""

DECAY = 0.01
LONGEST_STEP = 1.0
"""Length that a gradient is cut to."""


HEADS_FASTER = 10.0
"""Times the rate of the layers that the heads learn with: they begin from nothing."""


class Rounds(Protocol):
    """What is gone through, round by round; a round is made when it is asked for, the same each time."""

    def __len__(self) -> int:
        """How many rounds there are."""

    def table(self, number: int) -> ExampleTable:
        """The examples of a round."""

    def like(self, number: int) -> int:
        """The round, this or one before, from which it is known how many steps this one has."""

    def exchanged(self, number: int) -> Exchanged | None:
        """What exchanges pieces in a round's windows."""


def device() -> str:
    """Where training computes: a graphics processor where PyTorch finds one, else "cpu"."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def train(
    network: Network,
    rounds: Rounds,
    plan: ReaderPlan,
    *,
    state: Path,
    mark: str,
    report: Report,
    tell: Callable[[str], None] = lambda line: None,
    faster: float = HEADS_FASTER,
) -> None:
    """Train a network in place, on a graphics processor where PyTorch finds one.

    Args:
        state: a file; where it holds the state of the same training, that goes on.
        mark: what the training is known by: whatever it depends on but for the number of rounds.
        report: stage "train", in steps.
        tell: told the mean loss now and then.
        faster: times the rate of the layers that the heads learn with.
    """
    wide = device() != "cpu"
    network.to(device())
    order = _Order(rounds, plan)
    steps = min(len(order), plan.steps or len(order))
    learner = (_WideLearner if wide else _Learner)(network, plan, order, faster)

    def seen(done: int, loss: float) -> None:
        tell(f"{done:,} of {steps:,} steps: loss {loss:.3f}")

    schedule = Schedule(steps=steps, every=EVERY_WIDE if wide else EVERY, warm=WARM, cool=COOL)
    train_on(learner, schedule, kept=state, mark=mark, report=report, seen=seen)
    network.to("cpu")


class _Order:
    """Which examples are learned from in which step, in halves; rounds are made as they are needed."""

    def __init__(self, rounds: Rounds, plan: ReaderPlan) -> None:
        self._rounds, self._plan = rounds, plan
        self._now: tuple[int, ExampleTable, list[list[list[int]]]] | None = None
        steps: list[int] = []
        for number in range(len(rounds)):
            like = rounds.like(number)
            steps.append(steps[like] if like < number else len(self._round(number)[1]))
        self._ends = np.cumsum(steps)

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def step(self, number: int, device: str) -> list[ExampleBatch]:
        """The halves of a step, on a device."""
        at = int(np.searchsorted(self._ends, number, side="right"))
        table, steps = self._round(at)
        place = number - (int(self._ends[at - 1]) if at else 0)
        exchanged = self._rounds.exchanged(at)
        halves = steps[place % len(steps)]
        return [
            batch_of(table, np.array(half, np.int64), device, exchanged, twins=self._plan.agreed > 0) for half in halves
        ]

    def _round(self, number: int) -> tuple[ExampleTable, list[list[list[int]]]]:
        if self._now is None or self._now[0] != number:
            table = self._rounds.table(number)
            found = batches(table.lengths.tolist(), self._plan.tokens, self._plan.seed + number)
            self._now = (number, table, list(_grouped(iter(found))))
        return self._now[1], self._now[2]


def _grouped(halves: Iterator[list[int]]) -> Iterator[list[list[int]]]:
    while group := list(islice(halves, HALVES)):
        yield group


class _Learner:
    """The network and what moves it.

    Its weights stay float32; what is computed with is a copy in bfloat16, which the halves share: 1.3 times as fast as
    rounding at each product (2026-11-29).
    """

    def __init__(self, network: Network, plan: ReaderPlan, order: _Order, faster: float) -> None:
        self._plan, self._order = plan, order
        self._network = network
        first = copy.deepcopy(network).bfloat16()
        self._copies = self._shared(first)
        names = [name for name, p in network.named_parameters() if p.requires_grad]
        own = dict(network.named_parameters())
        self._moved = [own[name] for name in names]
        self._rounded = [[dict(each.named_parameters())[name] for name in names] for each in self._copies]
        groups = []
        for heads in (False, True):
            for matrix in (False, True):
                some = [own[n] for n in names if heads != n.startswith("layers.") and (own[n].ndim > 1) == matrix]
                rate = plan.rate * (faster if heads else 1.0)
                groups.append({"params": some, "weight_decay": DECAY if matrix else 0.0, "highest": rate, "lr": rate})
        self._optimiser = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)
        # One thread inside each half: the halves are what is done at once.
        self._pool = ThreadPoolExecutor(HALVES, initializer=lambda: torch.set_num_threads(1))

    def _shared(self, first: Network) -> list[Network]:
        """The copies that the halves compute with, which share their weights."""
        return [first, *(_sharing(first) for _ in range(HALVES - 1))]

    def step(self, number: int, rate: float) -> float:
        """Learn from a batch; its mean loss."""
        for group in self._optimiser.param_groups:
            group["lr"] = group["highest"] * rate
        with torch.no_grad():
            for mine, rounded in zip(self._moved, self._rounded[0], strict=True):
                rounded.copy_(mine)
                mine.grad = None
        total, count = self._learned(number)
        with torch.no_grad():
            for mine in self._moved:
                if mine.grad is not None:
                    mine.grad /= count
        torch.nn.utils.clip_grad_norm_(self._moved, LONGEST_STEP)
        self._optimiser.step()
        return float(total) / count

    def _learned(self, number: int) -> tuple[float | torch.Tensor, int]:
        """(sum of the losses of a step, examples in it); the gradients of that sum are put beside the weights."""
        halves = self._order.step(number, "cpu")
        total = sum(self._pool.map(partial(_learned_from, self._plan.agreed), self._copies, halves))
        for parts in self._rounded:
            self._gathered(parts)
        return total, sum(map(len, halves))

    def _gathered(self, parts: Sequence[torch.nn.Parameter]) -> None:
        """Add a copy's gradients to the network's."""
        for mine, part in zip(self._moved, parts, strict=True):
            if part.grad is not None:
                mine.grad = part.grad.float() if mine.grad is None else mine.grad + part.grad
                part.grad = None

    def state(self) -> dict[str, Any]:
        return {"network": self._network.state_dict(), "optimiser": self._optimiser.state_dict()}

    def take_up(self, state: Mapping[str, Any]) -> None:
        self._network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])


class _WideLearner(_Learner):
    """The same on a graphics processor: one half after the other, the next step's made ready by a thread."""

    _next: tuple[int, Future[list[ExampleBatch]]] | None = None

    def _shared(self, first: Network) -> list[Network]:
        # Not compiled: on an H200 that gives 898,000 pieces a second for 952,000, and takes 22 s to begin (2026-11-30).
        return [first]

    def _learned(self, number: int) -> tuple[float | torch.Tensor, int]:
        torch.manual_seed(self._plan.seed + number)  # what is dropped depends on the step alone
        halves = self._ready(number)
        total: float | torch.Tensor = 0.0
        for half in halves:
            loss = losses(self._copies[0], half, self._plan.agreed).sum()
            loss.backward()
            self._gathered(self._rounded[0])
            total = total + loss.detach()
        return total, sum(map(len, halves))

    def _ready(self, number: int) -> list[ExampleBatch]:
        where = str(self._moved[0].device)
        if self._next is not None and self._next[0] == number:
            halves = self._next[1].result()
        else:
            halves = self._order.step(number, where)
        if number + 1 < len(self._order):
            self._next = (number + 1, self._pool.submit(self._order.step, number + 1, where))
        return halves


def average(network: Network, before: Mapping[str, torch.Tensor], share: float) -> None:
    """Set a trained network's weights between those that it began with and its own.

    Args:
        before: the former, by name; none: nothing changes.
        share: what its own count, 0 to 1.
    """
    with torch.no_grad():
        for name, value in network.named_parameters():
            if name in before:
                value.copy_(torch.lerp(before[name].to(value), value, share))


def _sharing(network: Network) -> Network:
    """A network with the same weights and gradients of its own."""
    other = copy.deepcopy(network)
    for mine, its in zip(other.parameters(), network.parameters(), strict=True):
        mine.data = its.data
    for name, buffer in network.named_buffers():
        setattr(other, name, buffer)
    return other


def _learned_from(agreed: float, network: Network, half: ExampleBatch) -> float:
    """Sum of the losses of some examples, whose gradients are added to the network's."""
    loss = losses(network, half, agreed).sum()
    loss.backward()
    return float(loss.detach())


def read_exactly(network: Network, ids: Sequence[Sequence[int]]) -> Read:
    """What the trained network says of windows, unrounded."""
    with torch.no_grad():
        found: Read = network(padded(ids, PAD))
    return found
