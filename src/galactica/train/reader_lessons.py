"""What the reader learns from: real questions with their answers' places.

A question brings its paragraph, or passages of the editions are looked for in which its answer stands. What shares text
with what is held out is left out, as in `library.lessons`: questions, articles and single passages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from galactica import __version__
from galactica.codes.files import whole
from galactica.codes.letters import title_key
from galactica.collection.opened import Library
from galactica.collection.opening import open_library
from galactica.evaluate.question import Question
from galactica.model import PassageHit
from galactica.progress import Report
from galactica.train.cutting import cut_texts
from galactica.train.held_out import HeldOut, Numbers, compared_words, free_of
from galactica.train.lessons import QuestionsRead, UsedFile
from galactica.train.reading import made
from galactica.train.reading.lesson import Real

MINED = 12
"""Passages that are looked at for the answer of a question that names no paragraph."""

TRUSTED = 0.5
"""How much a question counts whose passage was only found: one in three does not answer it."""

MISLED = 3
"""Passages that were found and do not hold the answer that are kept with a question."""

_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_CODE = re.compile(r"[a-z]+-[0-9a-f]{8,}")
"""A title that a set of questions has given to what had none."""

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedQuestions:
    """Real questions to learn from, and what became of each file."""

    asked: tuple[Real, ...]
    files: tuple[UsedFile, ...]


class HeldOutFilter:
    """Tells what has nothing of what is held out."""

    def __init__(self, held: Sequence[QuestionsRead], aside: Sequence[Question] = ()) -> None:
        questions = [*(question for file in held for question in _all(file)), *aside]
        self._known: dict[str, int] = {}
        self.paragraphs = tuple(dict.fromkeys(question.context for question in questions if question.context))
        self._held = HeldOut(self.paragraphs, self._numbers)
        self._texts = {_same(question.text) for question in questions}
        self._titles = {title_key(question.title) for question in questions if question.title}

    def article(self, title: str, text: str) -> bool:
        """Whether an article may be learned from."""
        return self.title(title) and not self._held.in_article(self._numbers(cut_texts([text]).words))

    def title(self, title: str) -> bool:
        """Whether an article with this title may be learned from, as far as that tells."""
        return title_key(title) not in self._titles

    def passage(self, text: str) -> bool:
        """Whether a passage may be learned from."""
        return not self._held.in_passage(self._numbers(cut_texts([text]).words))

    def question(self, question: Question) -> bool:
        """Whether a question may be learned from, as far as it itself tells."""
        return _same(question.text) not in self._texts and (
            not question.title or title_key(question.title) not in self._titles
        )

    def _numbers(self, words: Sequence[str]) -> Numbers:
        return np.array([self._known.setdefault(word, len(self._known)) for word in compared_words(words)], np.int32)


def real_questions(
    files: Sequence[QuestionsRead],
    free: HeldOutFilter,
    editions: Sequence[Path],
    most: int,
    work: Path,
    report: Report,
    share: float = 1.0,
    apart: frozenset[tuple[str, bytes]] = frozenset(),
) -> LearnedQuestions:
    """The questions of files, each with a passage that holds its answer.

    Args:
        free: what is held out.
        editions: where passages are looked for.
        most: questions that passages are looked for, of all files together, drawn by their ids.
        work: a folder in which what was found is kept.
        report: stage "questions".
        share: of the questions that bring a paragraph, how many are taken; which, their words say.
        apart: (root, id) of articles of which no passage is taken.
    """
    able = [[question for question in _all(file) if free.question(question)] for file in files]
    own = _once([with_paragraphs(questions) for questions in able])
    paragraphs = tuple(dict.fromkeys(each.passage for found in own for each in found))
    kept = dict(zip(paragraphs, free_of(paragraphs, free.paragraphs), strict=True))
    open_ended = _drawn([[question for question in questions if not question.context] for questions in able], most)
    mined = _mined(open_ended, free, editions, work, report, apart) if any(open_ended) else [[] for _ in files]
    asked, used = [], []
    for file, questions, has, found in zip(files, able, own, mined, strict=True):
        clean = [each for each in has if kept[each.passage]]
        taken = [each for each in clean if _chance(each) < share]
        asked += [*taken, *found]
        used.append(
            UsedFile(
                name=file.name,
                digest=file.digest,
                questions=len(_all(file)),
                used=len(taken) + len(found),
                held_out=len(_all(file)) - len(questions) + len(has) - len(clean),
            )
        )
    return LearnedQuestions(asked=tuple(asked), files=tuple(used))


def _chance(real: Real) -> float:
    """A number from 0 up to 1 that a question has of its own."""
    return int.from_bytes(sha256(f"{real.question}\0{real.passage}".encode()).digest()[:6]) / 2**48


def _all(file: QuestionsRead) -> tuple[Question, ...]:
    return (*file.questions, *file.unanswerable)


def _once(files: Sequence[Sequence[Real]]) -> list[list[Real]]:
    """Each question of a passage only where it stands first: v2.0 of SQuAD repeats what v1.1 has."""
    known: set[tuple[str, str]] = set()
    found = []
    for asked in files:
        own = {(_same(each.question), each.passage): each for each in reversed(asked)}
        found.append([each for key, each in reversed(own.items()) if key not in known])
        known |= set(own)
    return found


def _drawn(files: Sequence[Sequence[Question]], most: int) -> list[list[Question]]:
    """At most `most` questions of all files, each as likely as any other, in their order."""
    ids = [sha256(question.id.encode("utf-8", "replace")).digest() for questions in files for question in questions]
    last = sorted(ids)[most] if len(ids) > most else b"\xff" * 33
    return [[q for q in each if sha256(q.id.encode("utf-8", "replace")).digest() < last] for each in files]


def with_paragraphs(questions: Sequence[Question]) -> list[Real]:
    """The questions that bring a paragraph in which their answer stands, the other paragraphs of its article with
    them; and those whose paragraph does not answer them."""
    of_title: dict[str, list[str]] = {}
    for question in questions:
        if question.context and question.context not in of_title.setdefault(question.title, []):
            of_title[question.title].append(question.context)
    found = []
    for question in questions:
        places = tuple(
            dict.fromkeys(p for answer in question.answers for p in made.answer_places(answer, question.context))
        )
        judged = not question.answers and not question.pattern  # that nothing of the paragraph is right
        if not question.context or not (places or judged):
            continue
        others = tuple(
            text
            for text in of_title[question.title]
            if places and text != question.context and not any(a.lower() in text.lower() for a in question.answers)
        )
        found.append(
            Real(
                question=question.text,
                title="" if _CODE.fullmatch(question.title) else question.title.replace("_", " "),
                passage=question.context,
                answers=places,
                others=others,
            )
        )
    return found


def _mined(
    files: Sequence[Sequence[Question]],
    free: HeldOutFilter,
    editions: Sequence[Path],
    work: Path,
    report: Report,
    apart: frozenset[tuple[str, bytes]],
) -> list[list[Real]]:
    """For the questions of each file the first passage found that has an answer, where there is one."""
    with open_library(editions) as opened:
        roots = [edition.root for edition in opened.editions]
        asked = [(q.text, q.answers, q.pattern) for questions in files for q in questions]
        mark = sha256(
            repr((__version__, roots, free.paragraphs, asked, *([sorted(apart)] if apart else []))).encode()
        ).hexdigest()[:16]
        kept = work / f"mined-{mark}.json"
        if kept.exists():
            read = json.loads(kept.read_text(encoding="utf-8"))
            return [[_real(each) for each in found] for found in read]
        out: list[list[Real]] = []
        for questions in files:
            found: list[Real] = []
            for question in questions:
                report("questions", sum(map(len, out)) + len(found), len(asked), "questions")
                real = _answering(opened, question, free, apart)
                if real is not None:
                    found.append(real)
            out.append(found)
        report("questions", len(asked), len(asked), "questions")
    with whole(kept) as part:
        part.write_text(json.dumps([[asdict(each) for each in found] for found in out]), encoding="utf-8")
    return out


def _real(kept: dict[str, object]) -> Real:
    answers, others = kept.pop("answers"), kept.pop("others")
    assert isinstance(answers, list)
    assert isinstance(others, list)
    return Real(answers=tuple((a, b) for a, b in answers), others=tuple(others), **kept)  # type: ignore[arg-type]


def _answering(
    opened: Library, question: Question, free: HeldOutFilter, apart: frozenset[tuple[str, bytes]]
) -> Real | None:
    found: PassageHit | None = None
    places: tuple[tuple[int, int], ...] = ()
    others: list[str] = []
    for hit in opened.passages(question.text, limit=MINED, by="words"):
        if (hit.edition, hit.id) in apart:
            continue
        standing = _standing(question, hit.text)
        if not standing:
            if len(others) < MISLED and free.passage(hit.text):
                others.append(hit.text)
        elif found is None and free.passage(hit.text) and free.title(hit.title):
            found, places = hit, standing
    if found is None:
        return None
    text = question.text if question.text.endswith("?") else question.text + "?"
    return Real(
        question=text, title=found.title, passage=found.text, answers=places, others=tuple(others), weight=TRUSTED
    )


def _standing(question: Question, text: str) -> tuple[tuple[int, int], ...]:
    """Where an answer stands in a text, whatever the case."""
    if question.pattern:
        import pyarrow as pa
        import pyarrow.compute as pc

        plain = text.encode("utf-8", "replace").decode()
        pattern = f"(?i)(?P<found>{_GROUP.sub('(?:', question.pattern)})"
        try:
            matched = pc.extract_regex(pa.array([plain]), pattern=pattern)[0].as_py()
        except ValueError:  # pyarrow.ArrowInvalid: an expression that it does not read
            return ()
        answers: tuple[str, ...] = (matched["found"].strip(),) if matched and matched["found"].strip() else ()
    else:
        answers = question.answers
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    return tuple(dict.fromkeys(p for a in answers if len(a) > 1 for p in made.answer_places(a.lower(), lower)))


def _same(text: str) -> str:
    return _SPACES.sub(" ", text.casefold()).strip()
