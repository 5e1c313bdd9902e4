"""What is trained, and what comes of it: the plan, and the table of words; values alone, so that none needs PyTorch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is trained.

    Attributes:
        dimensions: of a vector, a multiple of 64.
        steps, batch: how many batches of how many pairs.
        teacher: how much the teacher's vector of a word counts beside its signs, in the untrained table.
        real: share of a batch that is real questions, where there are enough.
    """

    dimensions: int = 448
    steps: int = 1500
    batch: int = 1024
    teacher: float = 0.7
    real: float = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderTable:
    """A trained table.

    Attributes:
        names: of the words, commonest first.
        rows: `float32 [words, dimensions]`.
        asked: `float32 [words]`, weights in questions.
        counts: `int64 [words]`, how often each word occurs in the corpus.
    """

    names: list[str]
    rows: NDArray[np.float32]
    asked: NDArray[np.float32]
    counts: NDArray[np.int64]
