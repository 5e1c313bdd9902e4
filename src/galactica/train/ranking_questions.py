"""Questions that a ranker learns from, each with what is right for it: a paragraph, a passage, what has an answer.

Questions that name their paragraph (SQuAD), questions of which only answers are known, and questions made from an
edition's own sentences (`train.making`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Collection as Container
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from galactica.edition import Edition
from galactica.evaluate.judge import JudgingRule, judge
from galactica.evaluate.question import Question
from galactica.languages import primary
from galactica.model import PassageHit
from galactica.model.projection import project

PARAGRAPHS = "paragraphs"
"""The key of the source that paragraphs are."""

BEGINNING = 60
"""Characters by which a passage is recognised."""

WEIGHT_OF_FOUND = 0.3
"""What a question counts whose right passages are only those that have an answer in them: some have it by chance."""

WEIGHT_OF_MADE = 0.5
"""What a made question counts: it is nearer to its passage than one that a person asks."""


class NamedArticle(Protocol):
    """What an article is told by: a head, or a passage that was found."""

    @property
    def id(self) -> bytes:
        """Its name."""

    @property
    def source(self) -> str:
        """Key of its source."""

    @property
    def path(self) -> str:
        """Where it lies there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingQuestion:
    """A question, and what is right for it.

    Attributes:
        right: whether a passage is; None where nobody knows: it is left out.
        article: whether an article holds what is right; None where nobody knows.
        weight: what the question counts.
    """

    text: str
    right: Callable[[PassageHit], bool | None]
    article: Callable[[NamedArticle], bool] | None = None
    weight: float = 1.0


def placed_question(question: Question, article_of: Mapping[str, str]) -> RankingQuestion:
    """A question that names its paragraph; passages elsewhere that have an answer may be right or not."""
    name = article_of[question.context]

    def article(named: NamedArticle) -> bool:
        return named.source == PARAGRAPHS and named.path == name

    def right(hit: PassageHit) -> bool | None:
        if article(hit):
            return _overlap(hit.text, question.context)
        answers = hit.source != PARAGRAPHS and bool(judge(question, JudgingRule.ANSWER, [hit]).right)
        return None if answers else False

    return RankingQuestion(text=question.text, right=right, article=article)


def _overlap(passage: str, paragraph: str) -> bool:
    """Whether a passage is of a paragraph: either begins in the other."""
    one, other = (" ".join(text.split()) for text in (passage, paragraph))
    return one[:BEGINNING] in other or other[:BEGINNING] in one


def answered_question(question: Question) -> RankingQuestion:
    """A question of which only answers are known; what has one in it is right."""
    return RankingQuestion(
        text=question.text,
        right=lambda hit: bool(judge(question, JudgingRule.ANSWER, [hit]).right),
        weight=WEIGHT_OF_FOUND,
    )


def made_questions(edition: Edition, asked_in: Container[str], most: int) -> list[RankingQuestion]:
    """Questions made from passages of an edition in languages in which nobody asked, spread over its articles."""
    from galactica.train.making import question

    chance = np.random.default_rng([2026, len(edition)])
    made: list[RankingQuestion] = []
    for row in chance.permutation(len(edition)).tolist():
        head = edition.head(row)
        if len(made) >= most:
            break
        if primary(head.language) in asked_in:
            continue
        starts, ends = edition.spans(row)
        if not starts:
            continue
        number = int(chance.integers(len(starts)))
        text = question(project(edition.body(row))[starts[number] : ends[number]], head.language, chance)
        if text:
            made.append(_made_from(text, head.id, number))
    return made


def _made_from(text: str, identity: bytes, number: int) -> RankingQuestion:
    """A question that was made from a passage; right is that passage."""
    return RankingQuestion(
        text=text,
        right=lambda hit: (hit.id, hit.passage) == (identity, number),
        article=lambda named: named.id == identity,
        weight=WEIGHT_OF_MADE,
    )
