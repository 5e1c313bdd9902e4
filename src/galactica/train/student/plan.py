"""What a student is: its size, and how it is taught; values alone, so that none needs PyTorch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentPlan:
    """How a student is made.

    Attributes:
        dimensions: of a vector, a multiple of 64; no more than the teacher has.
        bits: of each number in the file, 2 or 4.
        bytes: of the file, at most; it holds as many entries as go into that.
        texts: stretches of the editions' text that the teacher is shown, as many of each language as go.
        asked: questions, and stretches of their passages, that it is shown, likewise; the others only have to find
            their passages.
        listed: words of each language that are entries because they are common (`lists`), at most.
        steps, batch: how many batches of how many texts.
        pairs: questions with their passages that are added to a batch.
        exact: how much the letters of a word that is no entry count beside its pieces.
    """

    dimensions: int = 384
    bits: int = 2
    bytes: int = 13_400_000
    texts: int = 60_000
    asked: int = 160_000
    listed: int = 12_000
    steps: int = 3_000
    batch: int = 1_024
    pairs: int = 256
    exact: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """The words and pieces that a student knows, those that matter most first.

    Attributes:
        names: folded (`encode.subwords`).
        shown: how the teacher is shown each.
        rarity: `float32 [entries]`: how much each says, as the inverse document frequency of a passage of its language.
        counts: `int64 [entries]`, how often each is met in the texts.
    """

    names: tuple[str, ...]
    shown: tuple[str, ...]
    rarity: NDArray[np.float32]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """A text that the teacher gives the vector of.

    Attributes:
        text: as it is.
        asked: whether it is a question.
        language: primary tag; a guess, "" where nothing tells.
    """

    text: str
    asked: bool
    language: str
