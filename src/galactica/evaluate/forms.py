"""Which form are these questions in? Recognised by what is in the file, never by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from galactica.errors import InputError, UsageError
from galactica.evaluate.json_forms import read_json_form
from galactica.evaluate.patterns import accepted
from galactica.evaluate.qrels import read_qrels, with_judgements
from galactica.evaluate.question import Question, QuestionFile
from galactica.evaluate.reading import parse_json, read_text
from galactica.evaluate.text_forms import read_text_form


def read_questions(path: Path, *, language: str = "", qrels: Path | None = None, regex: bool = False) -> QuestionFile:
    """The questions in a file, of whatever form.

    Args:
        path: SQuAD, XQuAD, CMRC 2018, WebQuestions, curated-trec, Cranfield, TREC topics, or a table of two columns.
        language: of the questions, BCP 47; "" to take it from the name ("xquad.zh.json") or the script.
        qrels: judgements that belong to them.
        regex: answers are regular expressions.

    Raises:
        InputError: a file cannot be read, or is broken, or holds nothing of a known form.
        UsageError: the questions have no answers and no judgements are given.
        LimitError: a file is too large.
    """
    text = read_text(path)
    if text.lstrip()[:1] in ("{", "["):
        file = read_json_form(parse_json(text, path.name), path.name, language)
        file = _expressions(file) if regex else file
    else:
        file = read_text_form(text, path.name, language, topics=qrels is not None, regex=regex)
    if qrels is not None:
        file = with_judgements(file, read_qrels(read_text(qrels), qrels.name))
    if not file.questions:
        why = "; ".join(f"{count:,} {reason}" for reason, count in file.left_out)
        raise InputError(
            f"No question of {path.name} can be measured with{f': {why}' if why else ''}.",
            "Check that --qrels belongs to these questions." if qrels else "Name a file of questions with answers.",
        )
    return file


def _expressions(file: QuestionFile) -> QuestionFile:
    """The same questions, each with its answers as one expression."""
    found: list[Question] = []
    for question in file.questions:
        pattern = accepted("|".join(question.answers))
        if pattern:
            found.append(replace(question, answers=(), pattern=pattern))
    lost = len(file.questions) - len(found)
    left_out = (*file.left_out, ("with an expression that is not read", lost)) if lost else file.left_out
    return replace(file, questions=tuple(found), left_out=left_out)


def with_answers_from(questions: Sequence[Question], source: QuestionFile) -> tuple[tuple[Question, ...], int]:
    """Questions with the answers and titles that another file has for the same ids; and how many it has none for.

    This measures search across languages: XQuAD's Chinese questions with the answers of its English file, in an English
    edition.

    Raises:
        UsageError: the other file knows none of the questions.
    """
    known = {question.id: question for question in source.questions}
    found = tuple(
        replace(
            question,
            answers=other.answers,
            pattern=other.pattern,
            title=other.title,
            foreign_title=other.foreign_title,
            document=other.document,
            paragraph=other.paragraph,
            context=other.context,
        )
        for question in questions
        if (other := known.get(question.id)) is not None
    )
    if not found:
        raise UsageError(
            f"{source.name} has an answer to none of the questions.", "Name a file with the same ids as the questions."
        )
    return found, len(questions) - len(found)
