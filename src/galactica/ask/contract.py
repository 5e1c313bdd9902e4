"""What a reader is: a question and passages in, the stretches of them that may answer out; some tell first which of
many passages are worth reading; and whether evidence supports what somebody says.

Rules:
1. A reader reads what it is given and nothing else; what it marks is a stretch of the passage, character for character.
2. Deterministic: the same question and passages give the same stretches, alone or among others.
3. Nothing raises for any text: empty, long, binary, lone surrogates, another language.
4. Margins of one reader can be compared between questions: they are what the threshold of `not_found` is set on.
5. What was begun of a passage when it was ranked is gone on from when it is read; the same is marked as without.
6. A claim is judged by its evidence alone; the same for the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
        answers: of a passage that was read to its end, how surely some stretch of it answers: the log of the sum over
            all of them of how much likelier each is than none (`AnswerSpan.margin`); None where it was not.
        state: what the reader goes on from; nobody else looks at it.
    """

    question: str
    relevant: float
    answers: float | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """What somebody says, to be held against evidence.

    Attributes:
        text: an answer, or a sentence.
        question: that it answers; "": the sentence stands by itself.
    """

    text: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertedWord:
    """A word of what somebody says.

    Attributes:
        start, end: in code points of the text, half-open.
        doubt: logit that the evidence does not support it.
    """

    start: int
    end: int
    doubt: float


UNSUPPORTED = 0.0
"""Doubt from which a word counts as not supported: likelier so than not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Whether evidence supports what somebody says.

    Attributes:
        likely: probability that it does, 0 to 1.
        words: those that were judged, in order; common ones too.
    """

    likely: float
    words: tuple[AssertedWord, ...] = ()

    @property
    def unsupported(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of each stretch of words in a row that it does not support."""
        found: list[tuple[int, int]] = []
        row = False
        for each in self.words:
            doubted = each.doubt > UNSUPPORTED
            if doubted and row:
                found[-1] = found[-1][0], each.end
            elif doubted:
                found.append((each.start, each.end))
            row = doubted
        return tuple(found)


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

    def rank(
        self, question: str, passages: Sequence[Given], *, seconds: float, through: Collection[int] = ()
    ) -> list[Given]:
        """The first passages, as many as there is time for, each with what was `begun` of it, in the order given; none
        where this reader cannot tell.

        Args:
            seconds: of work of each processor that reads (`encode.allowance`); 0 is none, infinity enough for all.
            through: numbers of passages that are then read to their end, in their order, as long as as much time again
                is enough for.
        """
        ...

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        """The best stretches of all passages, at most `most` of each, best score first."""
        ...

    def judge(self, claim: Asserted, evidence: Sequence[Given]) -> Support | None:
        """Whether evidence supports a claim; None where this reader cannot tell, and where one of both is empty.

        Args:
            evidence: any of it is enough.
        """
        ...
