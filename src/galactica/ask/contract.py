"""What a reader is: a question and passages in, the stretches of them that may answer out; some tell first which of
many passages are worth reading.

Rules:
1. A reader reads what it is given and nothing else; what it marks is a stretch of the passage, character for character.
2. Deterministic: the same question and passages give the same stretches, alone or among others.
3. Nothing raises for any text: empty, long, binary, lone surrogates, another language.
4. Margins of one reader can be compared between questions: they are what the threshold of `not_found` is set on.
5. What was begun of a passage when it was ranked is gone on from when it is read; the same is marked as without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSpan:
    """A stretch of a passage that may answer.

    Attributes:
        passage: number of the passage among those given.
        start, end: in code points of its text, half-open; never empty.
        text: the stretch itself.
        score: how well it answers, from 0 to 1; comparable between the passages of one question.
        margin: how much more likely this is the answer than that the passage has none, in logits; comparable between
            questions.
    """

    passage: int
    start: int
    end: int
    text: str
    score: float
    margin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What a reader has read of a passage to rank it.

    Attributes:
        question: for which it was read.
        relevant: logit that this is a passage for the question; comparable between questions.
        state: what the reader goes on from; nobody else looks at it.
    """

    question: str
    relevant: float
    state: object = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A passage to be read.

    Attributes:
        text: as it stands in the article.
        title: of the article; "" where it has none.
        language: tag of the article.
        begun: what has been read of it; no part of what it is.
    """

    text: str
    title: str = ""
    language: str = ""
    begun: Begun | None = field(default=None, repr=False, compare=False)


class Reader(Protocol):
    """Marks answers in passages; thread-safe."""

    @property
    def name(self) -> str:
        """What a person calls it: "trained", "rules"."""
        ...

    @property
    def threshold(self) -> float:
        """The margin from which an answer is given; chosen on questions that measure nothing else."""
        ...

    @property
    def ranks(self) -> bool:
        """Whether it can tell which passages are worth reading."""
        ...

    def rank(self, question: str, passages: Sequence[Given], *, seconds: float) -> list[Given]:
        """The first passages, as many as there is time for, each with what was `begun` of it, in the order given; none
        where this reader cannot tell.

        Args:
            seconds: of wall time; 0 is no time, infinity enough for all.
        """
        ...

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        """The best stretches of all passages, at most `most` of each, best score first."""
        ...
