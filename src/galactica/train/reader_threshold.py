"""From which margin on a reader answers: chosen on questions that were set aside, by the file as it will be used.

1. *Temperature*: what margins are divided by, so that 1 / (1 + e^−margin) is about how often the passage does answer;
   found on the questions set aside, as many made unanswerable (`train.reading.asked`), and
   those that were judged so.
2. *Threshold*: the highest margin at which the questions with an answer lose at most `LOSS` points of F1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from galactica.ask.contract import Given
from galactica.ask.trained import LONGEST_WINDOW, TrainedReader, open_reader
from galactica.errors import InputError
from galactica.evaluate.answers import Attempt, curve, scored
from galactica.evaluate.question import Question
from galactica.progress import Report
from galactica.train.lessons import QuestionsRead
from galactica.train.reader_lessons import with_paragraphs
from galactica.train.reading.lesson import ReaderPlan

if TYPE_CHECKING:
    from galactica.train.reading.network import Network
    from galactica.train.reading.resumed import Continued

LOSS = 0.04
"""Of F1 that questions with an answer may lose by abstaining: a point less than the five that are allowed where it is
measured."""

TEMPERATURES = tuple(round(0.5 + 0.1 * step, 1) for step in range(56))


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdReport:
    """What the questions set aside say.

    Attributes:
        f1, exact: of those that have an answer, all answered.
        threshold, temperature: as chosen.
        kept_f1: the same with the threshold.
        abstained: share of the unanswerable ones that got no answer.
        questions, unanswerable: how many there were.
        continued: whether threshold and temperature are those of the file that was begun with.
    """

    f1: float
    exact: float
    threshold: float
    temperature: float
    kept_f1: float
    abstained: float
    questions: int
    unanswerable: int
    continued: bool = False


def set_aside(files: Sequence[QuestionsRead], titles: Sequence[str]) -> tuple[Question, ...]:
    """The questions of the articles with these titles; where none are named, of the two articles with fewest.

    Raises:
        InputError: there are none.
    """
    asked = {
        (question.text, question.context): question
        for file in files
        for question in (*file.questions, *file.unanswerable)
        if question.context and question.title
    }
    sizes = Counter(question.title for question in asked.values())
    titles = titles or sorted(sizes, key=lambda title: (sizes[title], title))[:2]
    found = tuple(question for question in asked.values() if question.title in titles)
    if not found or not set(titles) <= set(sizes):
        raise InputError(
            "There is no article to set aside, by which the threshold is chosen.",
            "Name a SQuAD-style file with --questions, and with --aside titles of its articles.",
        )
    return found


def settle_threshold(
    network: Network,
    vocabulary: tuple[Sequence[str], Sequence[float]],
    path: Path,
    aside: Sequence[Question],
    about: Mapping[str, str],
    windows: Sequence[Sequence[int]],
    continued: Continued | None,
    report: Report,
) -> ThresholdReport:
    """Write the file of a network at `path`, with the threshold and temperature that the questions set aside choose,
    or those of the file that it continues.

    Args:
        vocabulary: pieces and their scores.
        windows: ids of some that were learned from, by which numbers are rounded.
        continued: what stays of the file that it continues; None: nothing.
        report: stage "threshold".
    """
    from galactica.train.reading import asked, features, writing
    from galactica.train.reading.network import largest

    sizes = largest(network, windows)
    lower = continued.lower if continued is not None else None
    fixed = {
        **about,
        "longest": str(LONGEST_WINDOW),
        "question": str(features.QUESTION),
        "title": str(features.TITLE),
    }
    untold = {**fixed, "threshold": "0.0", "temperature": "1.0"}
    pieces, scores = vocabulary
    writing.write_network(network, path, pieces=pieces, scores=scores, about=untold, largest=sizes, lower=lower)
    reader = open_reader(path)
    right = {(question.text, question.context): question.answers for question in aside}
    attempts = []
    lessons = asked.lessons(with_paragraphs(aside), 1.0, f"{ReaderPlan().seed} threshold")
    for number, lesson in enumerate(lessons):
        report("threshold", number, len(lessons), "questions")
        given = Given(text=lesson.passage, title=lesson.title)
        answers = right[lesson.question, lesson.passage] if lesson.answers else ()
        attempts.append(_attempt(reader, lesson.question, given, answers))
    report("threshold", len(lessons), len(lessons), "questions")
    temperature = continued.temperature if continued is not None else _temperature(attempts)
    threshold = continued.threshold * temperature if continued is not None else _threshold(attempts)
    writing.write_network(
        network,
        path,
        pieces=pieces,
        scores=scores,
        about={**fixed, "threshold": f"{threshold / temperature:.4f}", "temperature": f"{temperature:.1f}"},
        largest=sizes,
        lower=lower,
    )
    all_, kept = curve(attempts, [-np.inf, threshold])
    return ThresholdReport(
        f1=all_.answered_f1,
        exact=all_.answered_exact,
        threshold=threshold / temperature,
        temperature=temperature,
        kept_f1=kept.answered_f1,
        abstained=kept.abstained,
        continued=continued is not None,
        questions=sum(bool(each.right) for each in attempts),
        unanswerable=sum(not each.right for each in attempts),
    )


def _attempt(reader: TrainedReader, question: str, given: Given, right: tuple[str, ...]) -> Attempt:
    spans = reader.read(question, [given], most=1)
    if not spans:
        return Attempt(answer="", margin=-1e9, right=right)
    return Attempt(answer=spans[0].text, margin=spans[0].margin, right=right)


def _temperature(attempts: Sequence[Attempt]) -> float:
    """By which the margins of questions and unanswerable ones are likeliest."""
    margins = np.array([max(-60.0, each.margin) for each in attempts])
    signs = np.array([1.0 if each.right else -1.0 for each in attempts])
    weights = np.where(signs > 0, 1 / max(1, (signs > 0).sum()), 1 / max(1, (signs < 0).sum()))
    loss = [float((weights * np.logaddexp(0, -signs * margins / t)).sum()) for t in TEMPERATURES]
    return TEMPERATURES[int(np.argmin(loss))]


def _threshold(attempts: Sequence[Attempt]) -> float:
    having = sorted(
        ((each.margin, scored(each.answer, each.right).f1) for each in attempts if each.right), key=lambda pair: pair[0]
    )
    may_lose = LOSS * len(having)
    for margin, f1 in having:
        may_lose -= f1
        if may_lose < 0:
            return margin
    return having[-1][0] if having else 0.0
