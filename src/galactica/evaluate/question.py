"""A question with what is known to be right for it, and what a file of them held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from galactica.errors import LimitError

MAX_TEXT = 2_000
"""Characters of a question; the longest in public sets has about 800 (a TREC narrative is not a question)."""

MAX_ANSWERS = 1_000
"""Answers to one question; a list of all countries has 200."""

MAX_ANSWER = 1_000
"""Characters of one answer: as long as a passage, in which it must stand."""

MAX_QUESTIONS = 1_000_000
"""Questions of one file; a result of each is kept in memory, about 500 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and what would be right.

    Attributes:
        id: as the file has it; else made of the text, so that the same question has the same id in every file.
        language: BCP 47; "und" where unknown.
        answers: any of them is right.
        pattern: a regular expression (RE2) that is right where it matches; "" where `answers` say it.
        title: of the article that holds the answer; "" where unknown.
        foreign_title: True where that title is in another language than the question (XQuAD).
        document, paragraph: the file's own ids of article and paragraph; "" where it has none.
        context: the paragraph that it was asked of, as the file has it; "" where it has none.
        relevant: (document, gain) by somebody's judgement, gain 1 or more, each document once.
        set_aside: documents that are neither right nor wrong; places are counted as if they were not there.
    """

    id: str
    text: str
    language: str = "und"
    answers: tuple[str, ...] = ()
    pattern: str = ""
    title: str = ""
    foreign_title: bool = False
    document: str = ""
    paragraph: str = ""
    context: str = ""
    relevant: tuple[tuple[str, int], ...] = ()
    set_aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFile:
    """What was in a file.

    Attributes:
        name: of the file, without its folder.
        format: "squad", "answers-json", "answers-tsv", "curated-trec", "cranfield", "trec-topics" or "topics-tsv".
        language: of the questions, BCP 47; "und" where unknown.
        left_out: (reason, how many) of questions that cannot be measured with.
        unanswerable: of these, those whose paragraph does not answer them, as somebody judged (SQuAD v2.0): no answers.
    """

    name: str
    format: str
    language: str
    questions: tuple[Question, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    unanswerable: tuple[Question, ...] = ()


class QuestionCollector:
    """Takes questions while a file is read; keeps to the bounds and counts what is left out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.questions: list[Question] = []
        self.left_out: Counter[str] = Counter()

    def take(self, question: Question) -> None:
        """Take a question; one without id gets one.

        Raises:
            LimitError: there are too many.
        """
        if not question.text.strip():
            self.left_out["without a text"] += 1
        elif len(question.text) > MAX_TEXT:
            self.left_out[f"longer than {MAX_TEXT:,} characters"] += 1
        elif len(self.questions) >= MAX_QUESTIONS:
            raise LimitError(f"{self.name} holds more than {MAX_QUESTIONS:,} questions.", "Split the file.")
        else:
            made = sha256(question.text.encode("utf-8", "replace")).hexdigest()[:16]
            self.questions.append(question if question.id else replace(question, id=made))

    def leave(self, reason: str) -> None:
        """Count a question that cannot be measured with."""
        self.left_out[reason] += 1

    def answers(self, written: Iterable[str]) -> tuple[str, ...]:
        """The answers that can be looked for, each once; what is too long or too much is counted."""
        kept = list(dict.fromkeys(answer.strip() for answer in written if answer.strip()))
        short = [answer for answer in kept if len(answer) <= MAX_ANSWER]
        lost = len(kept) - len(short[:MAX_ANSWERS])
        if lost:
            self.left_out[f"answers over {MAX_ANSWER:,} characters, or over {MAX_ANSWERS:,} of them"] += lost
        return tuple(short[:MAX_ANSWERS])


def together(files: Sequence[QuestionFile]) -> tuple[tuple[Question, ...], int]:
    """The questions of several files, and how many were left out because they stand there more than once.

    Id and language name a question in a run: another text under the same two gets "~2" after its id, and so on.
    """
    texts: dict[tuple[str, str], str] = {}
    found: list[Question] = []
    repeated = 0
    for question in (each for file in files for each in file.questions):
        name, number = question.id, 1
        while (known := texts.get((name, question.language))) is not None and known != question.text:
            number += 1
            name = f"{question.id}~{number}"
        if known is not None:
            repeated += 1
            continue
        texts[name, question.language] = question.text
        found.append(question if number == 1 else replace(question, id=name))
    return tuple(found), repeated


def sample(questions: Sequence[Question], count: int, seed: int) -> tuple[Question, ...]:
    """`count` of the questions in their own order; all for 0. A larger sample holds every smaller one of its seed."""
    if not 0 < count < len(questions):
        return tuple(questions)
    drawn = sorted(
        range(len(questions)),
        key=lambda place: sha256(f"{seed}\0{questions[place].language}\0{questions[place].id}".encode()).digest(),
    )[:count]
    return tuple(questions[place] for place in sorted(drawn))
