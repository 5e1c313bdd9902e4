"""What a reader's training goes through, and in which order: made lessons, real questions, claims, graded pairs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.progress import Report
from galactica.train.graded import graded_pairs
from galactica.train.reader_lessons import LearnedQuestions
from galactica.train.reading.lesson import Graded, Lesson, ReaderPlan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from galactica.encode.pieces import Tokenizer
    from galactica.train.reading.features import TrainingExample
    from galactica.train.reading.translating import Translator


def compared_pairs(learned: LearnedQuestions, plan: ReaderPlan, work: Path, mark: str, report: Report) -> list[Graded]:
    """Pairs that the network which training begins from finds near or far; its vectors are kept in the work folder."""
    from galactica.train.student.learning import centred
    from galactica.train.student.teacher import ANSWERING, ASKED, KeptVectors, Teacher

    if not (plan.graded and plan.epochs):
        return []
    kept = KeptVectors(work / "vectors", Teacher, mark)

    def centre(texts: Sequence[str], kind: str, scripts: Sequence[str]) -> NDArray[np.float32]:
        return centred(kept.of(texts, ASKED if kind == "question" else ANSWERING, report), scripts)

    return graded_pairs(learned.asked, plan.graded, centre, f"{plan.seed}")


def translator(learned: LearnedQuestions, work: Path, mark: str, report: Report) -> Translator:
    """What says questions in other languages, by the network that training begins from; its vectors are kept in the
    work folder."""
    from galactica.encode.pieces import Tokenizer
    from galactica.train.reading.beginning import load_beginning
    from galactica.train.reading.translating import Translator
    from galactica.train.student.learning import centred
    from galactica.train.student.teacher import ALONE, KeptVectors, Teacher

    begun = load_beginning()
    kept = KeptVectors(work / "vectors", Teacher, mark)

    def centre(words: Sequence[str], scripts: Sequence[str]) -> NDArray[np.float32]:
        return centred(kept.of(words, ALONE, report), scripts)

    read = dict.fromkeys(text for each in learned.asked for text in (each.question, each.passage))
    return Translator(begun.pieces, Tokenizer(begun.pieces, begun.scores), centre, read)


def training_phases(
    learned: LearnedQuestions,
    made: Sequence[Lesson],
    graded: Sequence[Graded],
    pieces: Tokenizer,
    plan: ReaderPlan,
    shown: int,
    says: Translator | None = None,
) -> tuple[list[list[int]], list[TrainingExample]]:
    """(for each round the numbers of its lessons, all lessons in numbers).

    First the made lessons, then the real questions so often as the plan says, each time with other unanswerable ones
    and other made lessons among them. Where the plan says never, there are no rounds, and a few lessons that numbers
    are rounded by.

    Args:
        shown: how many those are.
        says: questions in other languages; needed where the plan translates.
    """
    from galactica.train.reading import asked
    from galactica.train.reading.features import claim_examples, examples, graded_examples

    found = examples(made, pieces, plan.made_longest, plan.seed)
    if not plan.epochs:
        return [], examples(asked.lessons(learned.asked[-shown:], 0.0, f"{plan.seed}"), pieces, plan.longest, plan.seed)
    count = len(found)
    phases = [list(range(count))] if count else []
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    for epoch in range(plan.epochs):
        real = asked.lessons(learned.asked, plan.spoiled, f"{plan.seed} {epoch}")
        if plan.translated and says is not None:
            told = says.translated([each.question for each in real], plan.translated, f"{plan.seed} {epoch}")
            real = [replace(each, question=question) for each, question in zip(real, told, strict=True)]
        numbered = examples(real, pieces, plan.longest, plan.seed + epoch)
        numbered += claim_examples(
            asked.made_claims(learned.asked, plan.claims, f"{plan.seed} {epoch}"), pieces, plan.longest
        )
        numbered += graded_examples(graded, pieces, plan.longest)
        again = chance.sample(range(count), min(count, round(plan.kept * count)))
        phases.append([*range(len(found), len(found) + len(numbered)), *again])
        found += numbered
    return phases, found
