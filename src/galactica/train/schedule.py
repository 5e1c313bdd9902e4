"""How a training goes, whatever is trained: steps, the size of each, and the state that is kept on the way.

A training is a row of steps whose order and chance depend on its plan alone, so that one that was stopped goes on as if
it had not been. A state is known by its *mark*, a digest of whatever the training depends on: with another mark it is
of no use, and training begins anew.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from galactica.codes.files import whole
from galactica.progress import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How many steps a training has, how large each is, and after which the state is kept.

    Attributes:
        steps: of the whole training, at least 1.
        every: steps between two states that are kept; the last one is kept too.
        warm: steps in which the rate rises in a straight line, at least 1.
        cool: share of the steps, the last ones, in which it falls in a straight line, above 0 to 1; between the two it
            stays as it is.
        least: share of the highest rate that it falls to.
    """

    steps: int
    every: int
    warm: int
    cool: float
    least: float = 0.0

    def rate(self, step: int) -> float:
        """Share of the highest rate, 0 to 1, at a step, counted from 0."""
        past = max(0.0, step - self._steady)
        return min(1.0, (step + 1) / self.warm) * (1 - (1 - self.least) * past / (self.cool * self.steps))

    def cooling(self, done: int) -> bool:
        """Whether the rate has begun to fall after so many steps."""
        return done > self._steady

    def keeps(self, done: int) -> bool:
        """Whether the state is kept after so many steps."""
        return done % self.every == 0 or done == self.steps

    @property
    def _steady(self) -> float:
        """Steps until the rate falls."""
        return (1 - self.cool) * self.steps


class Learner(Protocol):
    """What is trained, with whatever moves it."""

    def step(self, number: int, rate: float) -> float:
        """Learn from one batch.

        Args:
            number: of the step, from 0; what is drawn at random depends on it and on the plan, on nothing before.
            rate: share of the highest rate, 0 to 1.

        Returns:
            The mean loss.
        """

    def state(self) -> Mapping[str, Any]:
        """Tensors and plain values, all that another learner needs to go on; as they are, not copied."""

    def take_up(self, state: Mapping[str, Any]) -> None:
        """Go on from what `state` gave, read from a file."""


def train_on(
    learner: Learner,
    schedule: Schedule,
    *,
    kept: Path,
    mark: str,
    report: Report,
    seen: Callable[[int, float], None] = lambda done, loss: None,
) -> None:
    """Train from the state that is kept, or from the beginning, to the last step.

    Args:
        kept: a file; where it holds the state of the same training, that goes on.
        mark: what the training is known by: whatever it depends on but for the number of its steps. A longer or
            shorter one goes on from the same state, until the rate falls in either.
        report: stage "train", in steps.
        seen: called with the steps done and the mean loss since the last call, each time before the state is kept: so
            nothing that it sees is missing when training goes on.
    """
    first = _taken_up(learner, schedule, kept, mark)
    report("train", first, schedule.steps, "steps")
    losses: list[float] = []
    for step in range(first, schedule.steps):
        losses.append(learner.step(step, schedule.rate(step)))
        done = step + 1
        report("train", done, schedule.steps, "steps")
        if schedule.keeps(done):
            seen(done, sum(losses) / len(losses))
            losses.clear()
            _keep(learner, schedule, kept, mark, done)


def _keep(learner: Learner, schedule: Schedule, path: Path, mark: str, done: int) -> None:
    import torch

    about = {"mark": mark, "steps": done, "of": schedule.steps, "cooling": schedule.cooling(done)}
    with whole(path) as part:
        torch.save({**learner.state(), **about}, part)


def _taken_up(learner: Learner, schedule: Schedule, path: Path, mark: str) -> int:
    """Let a learner go on from the state of the same training; the steps that it had done, else 0."""
    import torch

    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        done, cooling = int(state["steps"]), state["cooling"] or schedule.cooling(state["steps"])
        same = state["mark"] == mark and (state["of"] == schedule.steps or not cooling)
    except (OSError, EOFError, RuntimeError, pickle.UnpicklingError, KeyError, TypeError, ValueError):
        return 0  # there is none, or it is no state: training begins anew
    if not same:
        return 0
    learner.take_up(state)
    return done
