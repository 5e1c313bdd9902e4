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

import torch
from torch import nn

from galactica.encode.pieces import PAD
from galactica.progress import Report
from galactica.train.reading.features import TrainingExample, batches
from galactica.train.reading.lesson import ReaderPlan
from galactica.train.reading.network import FAR, Network, Read, padded
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


HEADS_FASTER = 10.0
"""Times the rate of the layers that the heads learn with: they begin from nothing."""


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
    faster: float = HEADS_FASTER,
) -> None:
    """Train a network in place, on a graphics processor where PyTorch finds one.

    Args:
        phases: for each round, the numbers of the examples that are gone through in it.
        state: a file; where it holds the state of the same training, that goes on.
        mark: what the training is known by: whatever it depends on but for the number of rounds.
        report: stage "train", in steps.
        tell: told the mean loss now and then.
        faster: times the rate of the layers that the heads learn with.
    """
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    order = _order(phases, examples, plan)
    learned = [[[examples[number] for number in half] for half in step] for step in order]
    learner = _Learner(network, plan, learned, faster)

    def seen(done: int, loss: float) -> None:
        tell(f"{done:,} of {len(order):,} steps: loss {loss:.3f}")

    schedule = Schedule(steps=len(order), every=EVERY, warm=WARM, cool=COOL)
    train_on(learner, schedule, kept=state, mark=mark, report=report, seen=seen)
    network.to("cpu")


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


ANSWERABLE, RELEVANT, NEAR, SUPPORTED, UNSUPPORTED = 0.3, 0.4, 0.4, 0.5, 0.5
"""What the other heads' losses count beside the marks'."""

MULTIPLE = 16
"""Pieces that the length of a batch is a multiple of."""


class _Learner:
    """The network and what moves it.

    Its weights stay float32; what is computed with is a copy in bfloat16, which the halves share: 1.3 times as fast as
    rounding at each product (2026-11-29).
    """

    def __init__(
        self,
        network: Network,
        plan: ReaderPlan,
        batches: Sequence[Sequence[Sequence[TrainingExample]]],
        faster: float,
    ) -> None:
        self._plan, self._batches = plan, batches
        self._network = network
        first = copy.deepcopy(network).bfloat16()
        self._copies = [first, *(_sharing(first) for _ in range(HALVES - 1))]
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

    def step(self, number: int, rate: float) -> float:
        """Learn from a batch; its mean loss."""
        halves = self._batches[number]
        for group in self._optimiser.param_groups:
            group["lr"] = group["highest"] * rate
        with torch.no_grad():
            for mine, rounded in zip(self._moved, self._rounded[0], strict=True):
                rounded.copy_(mine)
        total = sum(self._pool.map(_learned, self._copies, halves))
        count = sum(map(len, halves))
        with torch.no_grad():
            for mine, *parts in zip(self._moved, *self._rounded, strict=True):
                grads = [part.grad for part in parts if part.grad is not None]
                mine.grad = torch.stack([grad.float() for grad in grads]).sum(0) / count if grads else None
                for part in parts:
                    part.grad = None
        torch.nn.utils.clip_grad_norm_(self._moved, LONGEST_STEP)
        self._optimiser.step()
        return total / count

    def state(self) -> dict[str, Any]:
        return {"network": self._network.state_dict(), "optimiser": self._optimiser.state_dict()}

    def take_up(self, state: Mapping[str, Any]) -> None:
        self._network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])


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


def _learned(network: Network, some: Sequence[TrainingExample]) -> float:
    """Sum of the losses of some examples, whose gradients are added to the network's."""
    if not some:
        return 0.0
    loss = losses(network, some).sum()
    loss.backward()
    return float(loss.detach())


def losses(network: Network, some: Sequence[TrainingExample]) -> torch.Tensor:
    """What is learned from each of some examples, `float32 [examples]`, times its weight.

    −log of how likely any right answer is; of the other heads, −log of how likely what is so is, as far as it is said.
    """
    on = network.places.device
    ids = padded([each.ids for each in some], PAD, MULTIPLE).to(on)
    read = network(ids)
    at = torch.arange(ids.shape[1], device=on)
    first = torch.tensor([each.first for each in some], device=on)[:, None]
    count = torch.tensor([each.count for each in some], device=on)[:, None]
    able = ((at >= first) & (at < first + count)) | (at == 0)
    likely = read.marks.masked_fill(~able[:, :, None], FAR).log_softmax(1)
    most = max(1, *(len(each.answers) for each in some))
    begins = torch.tensor([[*(a for a, _ in e.answers), *[-1] * (most - len(e.answers))] for e in some], device=on)
    ends = torch.tensor([[*(b for _, b in e.answers), *[0] * (most - len(e.answers))] for e in some], device=on)
    both = likely[:, :, 0].gather(1, begins.clamp(min=0)) + likely[:, :, 1].gather(1, ends)
    right = both.masked_fill(begins < 0, FAR).logsumexp(1)
    lesson = torch.tensor([bool(each.answers) for each in some], device=on)
    total = torch.where(lesson, -right / 2, torch.zeros_like(right))
    answers = [bool(each.answers and each.answers[0] != (0, 0)) if each.answers else None for each in some]
    total = total + ANSWERABLE * _told(read.answerable, answers)
    total = total + RELEVANT * _told(read.relevant, [each.relevant for each in some])
    total = total + NEAR * _told(read.near, [each.near for each in some])
    total = total + SUPPORTED * _told(read.supported, [each.supported for each in some])
    claimed = torch.tensor([each.claimed for each in some], device=on)[:, None]
    wrong = torch.tensor([0 if each.supported is not False else each.answered for each in some], device=on)[:, None]
    inside = (at >= 1) & (at < 1 + claimed)
    doubted = (inside & (at >= 1 + claimed - wrong)).float()
    each_piece = nn.functional.binary_cross_entropy_with_logits(read.unsupported, doubted, reduction="none") * inside
    total = total + UNSUPPORTED * each_piece.sum(1) / claimed[:, 0].clamp(min=1)
    return total * torch.tensor([each.weight for each in some], device=on)


def _told(logits: torch.Tensor, so: Sequence[float | None]) -> torch.Tensor:
    """−log of how likely what is so is, or is so to a degree, `float32 [examples]`; 0 where it is not said."""
    said = torch.tensor([each is not None for each in so], device=logits.device)
    right = torch.tensor([float(each or 0) for each in so], device=logits.device)
    return nn.functional.binary_cross_entropy_with_logits(logits, right, reduction="none") * said


def read_exactly(network: Network, ids: Sequence[Sequence[int]]) -> Read:
    """What the trained network says of windows, unrounded."""
    with torch.no_grad():
        found: Read = network(padded(ids, PAD))
    return found
