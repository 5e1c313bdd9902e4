"""Verbs that measure (the group eval): search."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import STOPPED, verb
from galactica.cli.options import AsJson, Editions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, tell, write, write_json, write_table
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.evaluate.report import Comparison, Evaluation, Group

RULES = {
    "answer": "an answer stands in the passage",
    "article+answer": "the article is the one that was asked about, and an answer stands in the passage",
    "document": "the document was judged to be relevant",
}


class By(StrEnum):
    """How passages are searched."""

    WORDS = "words"
    MEANING = "meaning"
    HYBRID = "hybrid"


class Right(StrEnum):
    """By what a passage is right."""

    ANSWER = "answer"
    ARTICLE = "article+answer"
    DOCUMENT = "document"


class Answers(StrEnum):
    """What answers are."""

    TEXT = "text"
    REGEX = "regex"


@verb
def evaluate_verb(
    questions: Annotated[
        list[Path],
        typer.Argument(metavar="QUESTIONS...", help="SQuAD, WebQuestions, curated-trec, Cranfield, TREC, TSV files."),
    ],
    editions: Editions = None,
    by: Annotated[
        By, typer.Option("--by", metavar="words|meaning|hybrid", help="How passages are searched.")
    ] = By.HYBRID,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, max=1000, help="Passages asked for, each time.")
    ] = 100,
    count: Annotated[
        int, typer.Option("--questions", metavar="N", min=0, help="Draw so many of the questions; 0 asks all.")
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of that draw, and of the intervals.")] = 0,
    language: Annotated[
        str, typer.Option("--lang", "--language", metavar="TAG", help="Only passages in this language (BCP 47).")
    ] = "",
    question_language: Annotated[
        str, typer.Option("--question-language", metavar="TAG", help="Language of questions whose file does not say.")
    ] = "",
    qrels: Annotated[
        Path | None, typer.Option("--qrels", metavar="FILE", help="Judgements of documents (TREC, BEIR, Cranfield).")
    ] = None,
    answers_are: Annotated[
        Answers, typer.Option("--answers-are", metavar="text|regex", help="What the answers in the files are.")
    ] = Answers.TEXT,
    answers_from: Annotated[
        Path | None,
        typer.Option(
            "--answers-from", metavar="FILE", help="Answers and titles for the same ids, in another language."
        ),
    ] = None,
    right: Annotated[
        Right | None,
        typer.Option(
            "--right", metavar="answer|article+answer|document", help="What is right. Default: as strict as can be."
        ),
    ] = None,
    save: Annotated[Path | None, typer.Option("--save", metavar="RUN", help="Keep the results in a new file.")] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", metavar="RUN", help="An earlier run: which is ahead, and how surely.")
    ] = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Ask questions whose answers are known, and measure how well search finds them.

    Stopped, it shows what was measured so far and ends with 130. What counts as right: docs/evaluating.md.
    """
    from galactica import library

    with reporting(quiet) as report:
        found = library.evaluate_search(
            questions,
            chosen(editions, shelf),
            by=by.value,
            limit=limit,
            question_limit=count,
            seed=seed,
            language=language,
            question_language=question_language,
            qrels=qrels,
            regex=answers_are is Answers.REGEX,
            answers_from=answers_from,
            right="" if right is None else right.value,
            compare=compare,
            save=save,
            report=report,
        )
    if as_json:
        write_json(library.evaluation_document(found))
    else:
        show(found)
    stopped = len(found.run.outcomes) < found.run.asked
    if stopped:
        tell(f"Stopped after {len(found.run.outcomes):,} of {counted(found.run.asked, 'question')}.")
    return STOPPED if stopped else 0


def show(found: Evaluation) -> None:
    """An evaluation for a person."""
    settings = found.run.settings
    for file in settings.files:
        for reason, count in file.left_out:
            tell(f"Left out of {file.name}: {count:,} {reason}.")
    deep = f"{counted(settings.limit, 'passage')} deep"
    write(f"{counted(len(found.run.outcomes), 'question')}, search by {settings.by}, {deep}.")
    for rule, count in found.rules:
        write(f"Right in {count:,}: {RULES[rule]} ({rule}).")
    write(f"Time for an answer: half within {found.p50:.1f} ms, 99 % within {found.p99:.1f} ms.")
    write("Means, each with its 95 % confidence interval:")
    write_table(("language", "questions", *found.run.measures), [_row(group) for group in found.groups])
    if found.comparison is not None:
        _show_comparison(found.comparison)


def _row(group: Group) -> list[str]:
    values = [f"{one.value:.3f} ({one.low:.3f}–{one.high:.3f})" for one in group.measures]
    return [one_line(group.language) or "all", f"{group.questions:,}", *values]


def _show_comparison(found: Comparison) -> None:
    for setting in found.differs:
        tell(f"Not the same in both runs: {setting}.")
    others = f"{found.only_now:,} only now, {found.only_earlier:,} only then"
    write(f"Beside the earlier run, over {counted(found.questions, 'question')} of both ({others}):")
    rows = [
        (
            one_line(one.language) or "all",
            one_line(one.name),
            f"{one.earlier:.3f}",
            f"{one.now:.3f}",
            f"{one.difference:+.3f} ({one.low:+.3f} to {one.high:+.3f})",
            f"{one.p:.3f}",
            one.ahead,
        )
        for one in found.measures
    ]
    write_table(("language", "measure", "earlier", "now", "difference", "p", "ahead"), rows)
