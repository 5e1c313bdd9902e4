"""Real questions to learn from, each with the passage that answers it; and what must not be learned.

A question brings its paragraph, or a passage of the editions is looked for in which its answer stands. Left out is what
would spoil a measurement later: the questions that are held out themselves, those about an article of theirs, and
passages that share text with theirs (`train.held_out`), in whatever article they were found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from galactica import __version__
from galactica.codes.files import whole
from galactica.codes.letters import title_key
from galactica.collection.opened import Library
from galactica.collection.opening import open_library
from galactica.evaluate.forms import read_questions
from galactica.evaluate.judge import JudgingRule, judge
from galactica.evaluate.question import Question
from galactica.progress import Report

if TYPE_CHECKING:
    from galactica.train.pairs import QuestionPair

MINED = 20
"""Passages that are looked at for the answer of a question that names no paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedFile:
    """A file of questions that took part.

    Attributes:
        name: without its folder.
        digest: SHA-256, 64 hex digits.
        questions: in the file.
        used: of these, learned from.
        held_out: of these, left out because of what is held out.
    """

    name: str
    digest: str
    questions: int
    used: int = 0
    held_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsRead:
    """A file of questions, read: its name without the folder, its SHA-256, what is in it.

    `unanswerable` are those whose paragraph does not answer them, which only a reader learns from.
    """

    name: str
    digest: str
    questions: tuple[Question, ...]
    unanswerable: tuple[Question, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs that were asked of, each once."""
        return tuple(dict.fromkeys(question.context for question in self.questions if question.context))

    @property
    def used(self) -> UsedFile:
        """The file as a card tells of it, without anything learned from it."""
        return UsedFile(name=self.name, digest=self.digest, questions=len(self.questions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What is learned from, and what became of each file."""

    asked: tuple[QuestionPair, ...]
    files: tuple[UsedFile, ...]


def read_files(paths: Iterable[Path]) -> tuple[QuestionsRead, ...]:
    """Read files of questions.

    Raises:
        InputError, UsageError, LimitError: as `evaluate.forms.read_questions`.
    """
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> QuestionsRead:
    file = read_questions(path)  # first, because it says well what is wrong with a path
    return QuestionsRead(
        name=path.name,
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        questions=file.questions,
        unanswerable=file.unanswerable,
    )


def lessons(
    files: Sequence[QuestionsRead],
    held: Sequence[QuestionsRead],
    editions: Sequence[Path],
    held_ids: frozenset[tuple[str, bytes]],
    work: Path,
    report: Report,
) -> Lessons:
    """Pair the questions of `files` with passages.

    Args:
        held: files that are held out.
        editions: where passages are looked for.
        held_ids: (root, id) of articles that are held out.
        work: a folder in which what was found is kept.
        report: stage "questions".

    Raises:
        EditionError: an edition cannot be opened, or has no index.
    """
    from galactica.train.held_out import free_of
    from galactica.train.pairs import QuestionPair

    texts = {_same(question.text) for file in held for question in file.questions}
    titles = {title_key(question.title) for file in held for question in file.questions if question.title}
    free = [[q for q in file.questions if not _held(q, texts, titles)] for file in files]
    open_ended = [question for questions in free for question in questions if not question.context]
    found = iter(_mined(open_ended, editions, held_ids, work, report) if open_ended else ())
    pairs = [
        [QuestionPair(question=q.text, passage=passage) for q in questions if (passage := q.context or next(found))]
        for questions in free
    ]
    passages = tuple(dict.fromkeys(pair.passage for each in pairs for pair in each))
    kept = dict(zip(passages, free_of(passages, [p for file in held for p in file.paragraphs]), strict=True))
    learned = [[pair for pair in each if kept[pair.passage]] for each in pairs]
    used = tuple(
        UsedFile(
            name=file.name,
            digest=file.digest,
            questions=len(file.questions),
            used=len(now),
            held_out=len(file.questions) - len(questions) + len(before) - len(now),
        )
        for file, questions, before, now in zip(files, free, pairs, learned, strict=True)
    )
    return Lessons(asked=tuple(pair for each in learned for pair in each), files=used)


def _held(question: Question, texts: set[str], titles: set[str]) -> bool:
    return _same(question.text) in texts or (bool(question.title) and title_key(question.title) in titles)


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _mined(
    questions: Sequence[Question],
    editions: Sequence[Path],
    held_ids: frozenset[tuple[str, bytes]],
    work: Path,
    report: Report,
) -> list[str]:
    """For each question the first passage found that has an answer, "" where there is none; kept in the work folder."""
    with open_library(editions) as opened:
        roots = [edition.root for edition in opened.editions]
        asked = [(q.text, q.answers, q.pattern) for q in questions]
        mark = hashlib.sha256(repr((__version__, roots, sorted(held_ids), asked)).encode()).hexdigest()[:16]
        kept = work / f"mined-{mark}.json"
        if kept.exists():
            return [str(passage) for passage in json.loads(kept.read_text(encoding="utf-8"))]
        found = []
        for number, question in enumerate(questions):
            report("questions", number, len(questions), "questions")
            found.append(_answering(opened, question, held_ids))
        report("questions", len(questions), len(questions), "questions")
    with whole(kept) as part:
        part.write_text(json.dumps(found), encoding="utf-8")
    return found


def _answering(opened: Library, question: Question, held_ids: frozenset[tuple[str, bytes]]) -> str:
    hits = opened.passages(question.text, limit=MINED, by="words")
    hits = tuple(hit for hit in hits if (hit.edition, hit.id) not in held_ids)
    right = judge(question, JudgingRule.ANSWER, hits).right
    return hits[right[0][0] - 1].text if right else ""
