"""How well does search find? Questions whose answers are known are asked of editions, and what comes back is judged."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from galactica.collection.opening import open_library
from galactica.errors import UsageError
from galactica.evaluate.asking import Clock, Find, ask_each
from galactica.evaluate.forms import read_questions, with_answers_from
from galactica.evaluate.judge import JudgingRule
from galactica.evaluate.measures import measure_names
from galactica.evaluate.question import Question, QuestionFile, sample, together
from galactica.evaluate.report import (
    AskedFile,
    Evaluation,
    EvaluationSettings,
    Outcome,
    Run,
    check_comparable,
    evaluated,
)
from galactica.evaluate.runs import check_savable, read_run, save_run
from galactica.evaluate.runs import evaluation_document as evaluation_document
from galactica.progress import Report, silent

__all__ = ["Evaluation", "evaluate_search", "evaluation_document", "measure_search"]

WAYS = ("words", "meaning", "hybrid")
"""How passages are searched."""

MAX_LIMIT = 1_000
"""Passages asked for; no measure looks deeper but MRR, to which place 1,000 adds 0.001."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationQuestions:
    """The questions of one evaluation, and what will be remembered of where they come from."""

    questions: tuple[Question, ...]
    files: tuple[AskedFile, ...]


def evaluate_search(
    questions_paths: Sequence[Path],
    editions: Sequence[Path],
    *,
    by: str = "hybrid",
    limit: int = 100,
    question_limit: int = 0,
    seed: int = 0,
    language: str = "",
    question_language: str = "",
    qrels: Path | None = None,
    regex: bool = False,
    answers_from: Path | None = None,
    right: str = "",
    compare: Path | None = None,
    save: Path | None = None,
    clock: Clock = time.perf_counter,
    report: Report = silent,
) -> Evaluation:
    """Ask questions of editions and measure how well their passages are found; docs/evaluating.md says how.

    Args:
        questions_paths: files of questions, of any form that docs/evaluating.md lists.
        editions: where to search, as one library.
        by: "words", "meaning" or "hybrid".
        limit: passages asked for, 1 to 1,000.
        question_limit: how many questions to draw; 0 for all.
        seed: of that draw, and of the resampling behind the intervals.
        language: of the passages (BCP 47); "" for any.
        question_language: of the questions; "" to take it from each file.
        qrels: judgements of documents that belong to the questions.
        regex: answers are regular expressions.
        answers_from: a file with the same ids, whose answers and titles are used: search across languages.
        right: "answer", "article+answer" or "document"; "" for the strictest that a question has the data for.
        compare: a run that was saved earlier, to compare with.
        save: a file to be made, in which the run is kept.
        clock: for the time that answers take.
        report: how far it is.

    Returns:
        The measures. If the person stops it (KeyboardInterrupt), those of the questions asked so far.

    Raises:
        InputError: a file cannot be read, or holds no questions.
        UsageError: what is asked for does not fit together.
        EditionError: an edition cannot be opened, or has no index that fits.
    """
    if by not in WAYS:
        raise UsageError(f"There is no search by {by!r}.", f"Choose one of: {', '.join(WAYS)}.")
    if save is not None:
        check_savable(save)
    earlier = None if compare is None else read_run(compare)
    read = [read_questions(path, language=question_language, qrels=qrels, regex=regex) for path in questions_paths]
    source = None if answers_from is None else read_questions(answers_from, regex=regex)
    asked = gathered(read, source)
    with open_library(editions) as opened:
        settings = EvaluationSettings(
            by=by,
            limit=limit,
            language=language,
            editions=tuple(edition.root for edition in opened.editions),
            files=asked.files,
            qrels="" if qrels is None else qrels.name,
            answers_from="" if answers_from is None else answers_from.name,
            sample=question_limit,
            seed=seed,
        )
        found = measure_search(
            asked.questions,
            lambda text: opened.passages(text, limit=limit, by=by, language=language),
            settings,
            right=right,
            earlier=earlier,
            clock=clock,
            report=report,
        )
    if save is not None:
        save_run(found, save)
    return found


def gathered(read: Sequence[QuestionFile], source: QuestionFile | None = None) -> EvaluationQuestions:
    """The questions of several files, each once, with the answers of `source` where there is one.

    Raises:
        UsageError: no file, or `source` knows none of the questions.
    """
    if not read:
        raise UsageError("No file of questions was named.", "Name one or more.")
    files = [
        AskedFile(name=f.name, format=f.format, language=f.language, questions=len(f.questions), left_out=f.left_out)
        for f in read
    ]
    questions, repeated = together(read)
    unknown = 0
    if source is not None:
        questions, unknown = with_answers_from(questions, source)
    lost = (("asked before", repeated), ("without an answer in the other file", unknown))
    files[-1] = replace(files[-1], left_out=(*files[-1].left_out, *(each for each in lost if each[1])))
    return EvaluationQuestions(questions=questions, files=tuple(files))


def measure_search(
    questions: Sequence[Question],
    find: Find,
    settings: EvaluationSettings,
    *,
    right: str = "",
    earlier: Run | None = None,
    clock: Clock = time.perf_counter,
    report: Report = silent,
) -> Evaluation:
    """Measure anything that finds passages: `find` turns the text of a question into hits, best first.

    Raises:
        UsageError: a setting is out of its range, or a question cannot be judged by `right`.
    """
    if not 1 <= settings.limit <= MAX_LIMIT:
        raise UsageError(f"{settings.limit} passages cannot be asked for.", f"Ask for 1 to {MAX_LIMIT:,}.")
    rules = [rule.value for rule in JudgingRule]
    if right and right not in rules:
        raise UsageError(f"There is no rule {right!r}.", f"Choose one of: {', '.join(rules)}.")
    chosen = sample(questions, settings.sample, settings.seed)
    judged = bool(right == JudgingRule.DOCUMENT or (not right and chosen and chosen[0].relevant))
    names = measure_names(settings.limit, judged=judged)
    if earlier is not None:
        check_comparable(names, ((question.id, question.language) for question in chosen), earlier)
    outcomes: list[Outcome] = []
    try:
        for outcome in ask_each(
            chosen, find, names=names, right=JudgingRule(right) if right else None, clock=clock, report=report
        ):
            outcomes.append(outcome)
    except KeyboardInterrupt:
        if not outcomes:
            raise
    run = Run(settings=settings, measures=names, outcomes=tuple(outcomes), asked=len(chosen))
    return evaluated(run, earlier)
