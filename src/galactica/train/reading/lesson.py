"""What a reader learns from, one question at a time; and the plan of its training. Values alone: none needs PyTorch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A question, a passage, and what of it answers.

    Attributes:
        question, title, passage: as the reader is given them.
        answers: (start, end) in code points of the passage, any of them right; none: the passage does not answer.
        relevant: whether a search should find this passage for the question; None: not to be said.
        weight: how much it counts.
    """

    question: str
    passage: str
    answers: tuple[tuple[int, int], ...]
    title: str = ""
    relevant: bool | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A question and a passage, of which is known how near they are, and not whether one answers the other.

    Attributes:
        question, title, passage: as the reader is given them.
        near: from 0, which is about something else, to 1, as near as a passage that answers.
    """

    question: str
    passage: str
    near: float
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A question with an answer, or a statement, and a quotation that supports that or does not.

    Attributes:
        question, answer: the claim; without a question the answer is a statement by itself.
        title, quotation: what it is held against.
        supported: whether the quotation supports it.
        doubted: where it does not: (start, end) of what of the answer is wrong; (0, 0): that is not said.
    """

    question: str
    answer: str
    quotation: str
    supported: bool
    title: str = ""
    doubted: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """A question that somebody asked of a passage, with where its answer stands.

    Attributes:
        question, title: as they are.
        passage: that answers it, or was taken to and does not.
        answers: (start, end) in code points of the passage, any of them right; none where it does not answer, as
            somebody judged.
        others: passages that may be taken for it and do not hold the answer.
        weight: how much it counts.
    """

    question: str
    passage: str
    answers: tuple[tuple[int, int], ...]
    title: str = ""
    others: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderPlan:
    """How a reader is trained.

    Attributes:
        layers: of the twelve of the network that it begins from, how many are kept, from the first.
        frozen: of these, how many stay as they are; where that is half of them and a reader's file is begun with, its
            lower half, threshold and temperature stay to the byte.
        made: lessons that are made from the editions' own text.
        mined: questions without a paragraph that one is looked for, a sixth of a second each; others are not used.
        share: of the real questions that bring a paragraph, how many are learned from, drawn by what they say.
        epochs: how often the real questions are gone through.
        kept: share of the made lessons that are repeated among the real ones.
        unanswered: share of the made lessons that have no answer.
        spoiled: how many lessons without an answer are made of each real question with one, on the average, 0 to 1.
        claims: how many claims are made of each real question with an answer, on the average, 0 to 1.
        statements: how many statements are made of each (`reading.statements`), on the average, 0 to 4.
        graded: share of the real questions that are compared with passages of other articles, two each, by e5's
            vectors.
        translated: share of the lessons of real questions, of those in languages that can be, whose question is said in
            another language, word by word.
        talked: share of the real questions with an answer that are asked once more of a passage said by people who
            talk.
        exchanged: share of the windows in which words are exchanged for those of other languages, one for one.
        dropout: share of what layers add that is left out at random while they learn; on graphics processors alone.
        agreed: what it counts that a window is marked as it is with words exchanged (and others left out); 0: each is
            read once.
        average: what the trained weights count beside those that were begun with, 0 to 1; 1: alone. Between the two,
            what was learned stays and less of what was known goes (Wortsman et al. 2022, arXiv:2109.01903).
        rate: the highest step of Adam for the layers; the heads, which begin anew, take `HEADS_FASTER` as much.
        tokens: pieces of a half batch; a step takes two.
        longest, made_longest: pieces of a window that is learned from, of real questions and of made lessons.
        steps: after how many training ends; 0: after all that the questions give.
        seed: of all that is drawn.
    """

    layers: int = 12
    frozen: int = 4
    made: int = 0
    mined: int = 0
    share: float = 1.0
    epochs: int = 1
    kept: float = 0.05
    unanswered: float = 0.25
    spoiled: float = 0.5
    claims: float = 0.12
    statements: float = 0.0
    graded: float = 0.25
    translated: float = 0.4
    talked: float = 0.25
    exchanged: float = 0.25
    dropout: float = 0.0
    agreed: float = 0.0
    average: float = 1.0
    rate: float = 1e-4
    tokens: int = 2_304
    longest: int = 256
    made_longest: int = 128
    steps: int = 0
    seed: int = 2026
