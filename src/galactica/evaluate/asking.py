"""Ask every question, judge what comes back, and take the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from galactica.evaluate.judge import JudgingRule, judge, judging_rule
from galactica.evaluate.measures import measured
from galactica.evaluate.question import Question
from galactica.evaluate.report import Outcome
from galactica.model import PassageHit
from galactica.progress import Report

Find = Callable[[str], Sequence[PassageHit]]
"""What is measured: the text of a question → passages, best first."""

Clock = Callable[[], float]
"""Seconds from anywhere, never backwards."""


def ask_each(
    questions: Sequence[Question],
    find: Find,
    *,
    names: Sequence[str],
    right: JudgingRule | None,
    clock: Clock,
    report: Report,
) -> Iterator[Outcome]:
    """Ask one question after another; each outcome is given out as soon as it is known.

    Args:
        questions: to be asked.
        find: what is measured; only its time is taken.
        names: of the measures, from `measures.measure_names`.
        right: by which rule hits are right; None for the strictest that a question has the data for.
        clock: for the time.
        report: how far it is.

    Raises:
        UsageError: a question cannot be judged by `right`; said before anything is asked.
    """
    rules = [judging_rule(question, right) for question in questions]
    for number, (question, rule) in enumerate(zip(questions, rules, strict=True), start=1):
        begun = clock()
        hits = find(question.text)
        seconds = clock() - begun
        verdict = judge(question, rule, hits)
        report("ask", number, len(questions), "questions")
        yield Outcome(
            id=question.id,
            language=question.language,
            text=question.text,
            rule=rule.value,
            rank=verdict.right[0][0] if verdict.right else 0,
            milliseconds=round(1000 * seconds, 3),
            values=measured(names, verdict),
        )
