"""What a reader's training goes through, and in which order: made lessons, real questions, claims, graded pairs."""

from __future__ import annotations

import random
from collections.abc import Sequence
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


def training_phases(
    learned: LearnedQuestions,
    made: Sequence[Lesson],
    graded: Sequence[Graded],
    pieces: Tokenizer,
    plan: ReaderPlan,
    shown: int,
) -> tuple[list[list[int]], list[TrainingExample]]:
    """(for each round the numbers of its lessons, all lessons in numbers).

    First the made lessons, then the real questions so often as the plan says, each time with other unanswerable ones
    and other made lessons among them. Where the plan says never, there are no rounds, and a few lessons that numbers
    are rounded by.

    Args:
        shown: how many those are.
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
        numbered = examples(real, pieces, plan.longest, plan.seed + epoch)
        numbered += claim_examples(
            asked.made_claims(learned.asked, plan.claims, f"{plan.seed} {epoch}"), pieces, plan.longest
        )
        numbered += graded_examples(graded, pieces, plan.longest)
        again = chance.sample(range(count), min(count, round(plan.kept * count)))
        phases.append([*range(len(found), len(found) + len(numbered)), *again])
        found += numbered
    return phases, found
