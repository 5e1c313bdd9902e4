"""What a person asks of a training, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from galactica.errors import UsageError
from galactica.train.lm.held_back import MOST_SHARE, SHARE
from galactica.train.lm.plan import MOST_MINUTES, MOST_STEPS, SIZES
from galactica.train.lm.rates import Fall

MOST_THREADS = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingWish:
    """What a person asks of a training; what is None is as the size has it.

    Attributes:
        size: name of a size.
        steps, minutes: how long; with both, whichever is over first; with neither, the size's steps.
        seed: of the first numbers and the order of documents.
        batch, context, rate: sequences of a step, tokens of a sequence, highest learning rate.
        held: share of the documents that is held back.
        tokenizer: a tokenizer.json; None: one is trained.
        device: "auto", "cpu", "cuda", "cuda:N".
        precision: "float32" or "bfloat16"; "": bfloat16 where the device multiplies it in hardware.
        threads: of the processor; None: as PyTorch chooses.
        fall: corners of the rate of a training that is done again to the letter.
        resume: whether a state must be there to go on from.
        anew: whether one that is there is thrown away.
    """

    size: str = "nano"
    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    batch: int | None = None
    context: int | None = None
    rate: float | None = None
    held: float = SHARE
    tokenizer: Path | None = None
    device: str = "auto"
    precision: str = ""
    threads: int | None = None
    fall: Fall | None = None
    resume: bool = False
    anew: bool = False

    def check(self) -> None:
        """Raise UsageError where it makes no sense."""
        if self.size not in SIZES:
            raise UsageError(f"There is no size {self.size[:100]!r}.", f"Choose one of {', '.join(SIZES)}.")
        if self.steps is not None and not 1 <= self.steps <= MOST_STEPS:
            raise UsageError(f"{self.steps:,} steps cannot be trained.", f"Ask for 1 to {MOST_STEPS:,}.")
        if self.minutes is not None and not 0 < self.minutes <= MOST_MINUTES:
            raise UsageError(f"{self.minutes:g} minutes cannot be trained.", "Ask for a number above 0.")
        if not 0 <= self.held <= MOST_SHARE:
            raise UsageError(f"A share of {self.held:g} cannot be held back.", f"Give one from 0 to {MOST_SHARE:g}.")
        if self.precision not in ("", "float32", "bfloat16"):
            raise UsageError(f"{self.precision[:100]!r} is no precision.", "Choose float32 or bfloat16.")
        if self.threads is not None and not 1 <= self.threads <= MOST_THREADS:
            raise UsageError(f"{self.threads:,} threads cannot be had.", f"Ask for 1 to {MOST_THREADS:,}.")
        if self.resume and self.anew:
            raise UsageError("A training cannot go on and begin anew.", "Give --resume or --anew, not both.")
