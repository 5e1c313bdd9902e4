"""Which token comes next: the likeliest, or one drawn by chance from those that are likely enough.

Order of what is done, as `transformers` has it: temperature, top-k, top-p (Holtzman et al. 2020). The same seed draws
the same tokens wherever the model gives the same numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.errors import InputError, UsageError

MOST_TEMPERATURE = 100.0
MOST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """How the next token is chosen.

    Attributes:
        temperature: 0 takes the likeliest; 1 draws as the model says; above, more evenly.
        top_k: only from so many of the likeliest; 0: from all.
        top_p: only from the likeliest that together have this share; 1: from all.
        seed: of what is drawn.

    Raises:
        UsageError: a number is out of its range.
    """

    temperature: float = 0.8
    top_k: int = 0
    top_p: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.temperature) and 0 <= self.temperature <= MOST_TEMPERATURE):
            raise UsageError(f"{self.temperature:g} is no temperature.", f"Give 0 to {MOST_TEMPERATURE:g}.")
        if self.top_k < 0:
            raise UsageError(f"One of {self.top_k} tokens cannot be drawn.", "Give a top-k of 0, for all, or more.")
        if not (math.isfinite(self.top_p) and 0 < self.top_p <= 1):
            raise UsageError(f"{self.top_p:g} is no share to draw from.", "Give a top-p above 0, to 1.")
        if not 0 <= self.seed <= MOST_SEED:
            raise UsageError(f"{self.seed} is no seed.", f"Give 0 to {MOST_SEED:,}.")


class Chooser:
    """Chooses token after token.

    Args:
        how: the rule.
    """

    def __init__(self, how: Choosing) -> None:
        self._how = how
        self._chance = np.random.Generator(np.random.PCG64(how.seed))

    def choose(self, logits: NDArray[np.float32]) -> int:
        """The next token, by logits `float32 [vocabulary]`.

        Raises:
            InputError: they are no numbers.
        """
        if not np.isfinite(logits).all():
            raise InputError(
                "The model's numbers are no numbers: it is damaged, or went astray in training.", "Train it again."
            )
        if self._how.temperature == 0:
            return int(logits.argmax())
        scaled = logits.astype(np.float64) / self._how.temperature
        order = np.argsort(-scaled, kind="stable")
        if self._how.top_k:
            order = order[: self._how.top_k]
        shares = np.exp(scaled[order] - scaled[order[0]])
        shares /= shares.sum()
        if self._how.top_p < 1:
            kept = int(np.searchsorted(np.cumsum(shares), self._how.top_p)) + 1
            order, shares = order[:kept], shares[:kept] / shares[:kept].sum()
        at = int(np.searchsorted(np.cumsum(shares), self._chance.random(), side="right"))
        return int(order[min(at, len(order) - 1)])
