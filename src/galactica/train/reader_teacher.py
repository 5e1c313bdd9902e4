"""What a reader's training needs of the network that it begins from: which texts are near each other, which words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.progress import Report
from galactica.train.graded import graded_pairs
from galactica.train.reader_lessons import LearnedQuestions
from galactica.train.reading.lesson import Graded, ReaderPlan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from galactica.train.reading.exchanging import PieceDictionary
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


def languages_known(
    learned: LearnedQuestions, vocabulary: Sequence[str], plan: ReaderPlan, work: Path, mark: str, report: Report
) -> tuple[Translator | None, PieceDictionary | None]:
    """(what says questions in other languages, which pieces mean the same), by the network that training begins from;
    None where the plan has no need. Its vectors are kept in the work folder.

    Args:
        vocabulary: the pieces that are kept.
    """
    if not plan.epochs or not (plan.translated or plan.exchanged):
        return None, None
    from galactica.encode.pieces import Tokenizer
    from galactica.train.reading.beginning import load_beginning
    from galactica.train.reading.exchanging import piece_dictionary
    from galactica.train.reading.translating import Translator
    from galactica.train.student.learning import centred
    from galactica.train.student.teacher import ALONE, KeptVectors, Teacher

    begun = load_beginning()
    kept = KeptVectors(work / "vectors", Teacher, mark)

    def centre(words: Sequence[str], scripts: Sequence[str]) -> NDArray[np.float32]:
        return centred(kept.of(words, ALONE, report), scripts)

    read = list(dict.fromkeys(text for each in learned.asked for text in (each.question, each.passage)))
    asked = [each.question for each in learned.asked]
    cutter = Tokenizer(begun.pieces, begun.scores)
    return (
        Translator(begun.pieces, cutter, centre, read, asked) if plan.translated else None,
        piece_dictionary(vocabulary, centre, read) if plan.exchanged else None,
    )
