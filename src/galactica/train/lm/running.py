"""A training goes on: batch after batch from where it stands to its end, looked at, told of and kept on the way.

What is looked at, told and kept changes nothing of what is learned: with a number of steps the weights depend on the
plan and the text alone, and a run that was killed and went on has the same ones, bit for bit, on the same kind of
processor with as many threads.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from galactica.errors import UsageError
from galactica.progress import Report
from galactica.train.lm.ending import EndWish, heeded_late
from galactica.train.lm.keeping import KeptState, LossPoint, keep_state
from galactica.train.lm.learning import LanguageLearner, TakenStep
from galactica.train.lm.ranks import Ranks
from galactica.train.lm.rates import RateClock

KEPT_EVERY, KEPT_SHARE = 60.0, 20.0
"""Seconds between two states that are kept, at least; and how many times what keeping one takes."""

LOOKED_EVERY = 15.0
"""Seconds between two looks at the held-back text, at least; and twenty times what a look takes."""

FINE = 64
"""A point of the curve for each so many-th part of the steps that are done."""

TIMED = 20
"""Steps by which the time of one is told."""


class GivenBatch(Protocol):
    """What is used of a loader's batch."""

    @property
    def tokens(self) -> npt.NDArray[np.int32]:
        """`int32 [rows, length]`."""


class BatchSource(Protocol):
    """What is used of a loader: batches without end, and where it stands."""

    def __next__(self) -> GivenBatch: ...

    def state(self) -> Mapping[str, Any]:
        """The place in the text."""


@dataclass(slots=True, kw_only=True)
class TrainingRun:
    """Everything that a training goes on with.

    Attributes:
        learner, loader, clock, ranks: what learns, from what, how fast, with whom.
        state: where it stands; carried on here.
        folder: where states are kept.
        report: stage "train", in tokens.
        tell: told a line at each look.
        look: bits a byte of some held-back text, as the model stands; None: nothing is held back.
        now: seconds from anywhere.
    """

    learner: LanguageLearner
    loader: BatchSource
    clock: RateClock
    ranks: Ranks
    state: KeptState
    folder: Path
    report: Report
    tell: Callable[[str], None]
    look: Callable[[], float] | None = None
    now: Callable[[], float] = time.monotonic
    _losses: list[TakenStep] = field(default_factory=list)
    _times: list[float] = field(default_factory=list)

    def go(self) -> None:
        """Train to the end.

        Raises:
            UsageError: the numbers have gone astray.
            KeyboardInterrupt: it was asked to end; its state is kept.
        """
        with heeded_late() as wish:
            for step in self._steps(wish):
                if not math.isfinite(step.loss) or not math.isfinite(step.norm):
                    raise UsageError(
                        f"After {self.state.steps:,} steps the loss is no number: the model has gone astray.",
                        "Begin anew with a lower rate (--rate, --anew); states that were kept are of before.",
                    )
        self.report("train", self._tokens, self._tokens, "tokens")

    def _steps(self, wish: EndWish) -> Iterator[TakenStep]:
        state, clock = self.state, self.clock
        before = state.seconds
        begun = kept = looked = self.now()
        keeping = looking = 0.0
        while not clock.over(state.steps):
            at = self.now()
            tokens = next(self.loader).tokens
            spent = before + at - begun if self.ranks.first else 0.0
            step = self.learner.step(tokens, clock.rate(state.steps), spent=spent, wish=bool(wish))
            state.steps += 1
            state.seconds = before + self.now() - begun
            yield step
            self._take(step)
            self._times = [*self._times[-TIMED + 1 :], self.now() - at]
            # What all ranks decide by must be the same for all: the first one's clock, as the sum has brought it.
            clock.look(state.steps, step.seconds, step.seconds / state.steps if self.ranks.world > 1 else self._each)
            state.fall = clock.fall
            self._progress()
            over = clock.over(state.steps)
            if self.ranks.first:
                now = self.now()
                due = over or state.steps == 1 or now - looked >= max(LOOKED_EVERY, 20 * looking)
                if self.look is not None and due:
                    self._look()
                    looked = self.now()
                    looking = looked - now
                now = self.now()
                if over or self._ends(step, wish) or now - kept >= max(KEPT_EVERY, KEPT_SHARE * keeping):
                    self._keep()
                    kept = self.now()
                    keeping = kept - now
            if self._ends(step, wish):
                wish.number = wish.number or 2  # another rank was asked: all end
                return

    def _ends(self, step: TakenStep, wish: EndWish) -> bool:
        """Whether it was asked to end: alone at once, together when all have heard of it by a step."""
        return bool(step.wishes) or (self.ranks.world == 1 and bool(wish))

    @property
    def _each(self) -> float:
        return sum(self._times) / len(self._times)

    @property
    def _tokens(self) -> int:
        return self.state.steps * self.learner.plan.tokens

    def _take(self, step: TakenStep) -> None:
        self._losses.append(step)
        last = self.state.curve[-1].steps if self.state.curve else 0
        if self.state.steps - last >= max(1, self.state.steps // FINE) or self.clock.over(self.state.steps):
            count = len(self._losses)
            self.state.curve.append(
                LossPoint(
                    steps=self.state.steps,
                    tokens=self._tokens,
                    seconds=self.state.seconds,
                    loss=sum(each.loss for each in self._losses) / count,
                    rate=self.learner.plan.rate * self.clock.rate(self.state.steps - 1),
                    norm=sum(each.norm for each in self._losses) / count,
                )
            )
            self._losses.clear()

    def _progress(self) -> None:
        expected = self.clock.expected(self.state.steps, self.state.seconds)
        total = None if expected is None else expected * self.learner.plan.tokens
        self.report("train", self._tokens, total, "tokens")

    def _look(self) -> None:
        if self.look is None or not self.state.curve:
            return
        bits = self.look()
        last = self.state.curve[-1]
        self.state.curve[-1] = LossPoint(
            **{name: getattr(last, name) for name in ("steps", "tokens", "seconds", "loss", "rate", "norm")}, held=bits
        )
        self.tell(
            f"step {self.state.steps:,}: loss {last.loss:.3f}, {bits:.3f} bits a byte held back, "
            f"{self.learner.plan.tokens / self._each:,.0f} tokens/s"
        )

    def _keep(self) -> None:
        self.state.loader = dict(self.loader.state())
        keep_state(self.folder, self.state, self.learner.state())
