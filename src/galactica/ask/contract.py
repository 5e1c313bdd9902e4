"""What a reader is: a question and passages in, the stretches of them that may answer out.

Rules:
1. A reader reads what it is given and nothing else; what it marks is a stretch of the passage, character for character.
2. Deterministic: the same question and passages give the same stretches, alone or among others.
3. Nothing raises for any text: empty, long, binary, lone surrogates, another language.
4. Margins of one reader can be compared between questions: they are what the threshold of `not_found` is set on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
class Given:
    """A passage to be read.

    Attributes:
        text: as it stands in the article.
        title: of the article; "" where it has none.
        language: tag of the article.
    """

    text: str
    title: str = ""
    language: str = ""


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

    def reads(self, language: str) -> bool:
        """Whether it knows the language of a question."""
        ...

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        """The best stretches of all passages, at most `most` of each, best score first."""
        ...
