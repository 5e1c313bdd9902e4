"""Training what ships with the program: the encoder of the search by meaning."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from galactica import __version__
from galactica.edition import Edition
from galactica.errors import MissingError, UsageError
from galactica.evaluate.forms import read_questions
from galactica.evaluate.judge import Rule, judge
from galactica.evaluate.question import Question
from galactica.library.opening import open_library
from galactica.progress import Report, silent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from galactica.train.encoder import Teacher
    from galactica.train.pairs import Asked
    from galactica.train.table import Plan, Table

LARGEST = 24_000_000
"""Bytes of an encoder's file, at most."""

MINED = 20
"""Passages that are looked at for the answer of a question that names no paragraph."""

TAUGHT = 120_000
"""Of so many commonest words, those in plain letters are shown to the teacher: MiniLM knows English."""

LOOKED = 3_000
"""Validation questions that are asked while training."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """An encoder that was trained.

    Attributes:
        path: its file; a model card of the same name with the ending .md lies beside it.
        bytes: of the file.
        words, dimensions: of its table.
        passages, questions: what it was trained on.
        held_out: titles of the articles that were left out.
        looks: (steps, recall@1, recall@5, recall@20) on the validation questions.
        seconds: that training took, in this run.
    """

    path: Path
    bytes: int
    words: int
    dimensions: int
    passages: int
    questions: int
    held_out: tuple[str, ...]
    looks: tuple[tuple[int, float, float, float], ...]
    seconds: float


def train_encoder(
    out: Path,
    editions: Sequence[Path],
    *,
    questions: Sequence[Path] = (),
    hold_out: Sequence[Path] = (),
    validate: Path | None = None,
    teacher: str = "minilm",
    plan: Plan | None = None,
    report: Report = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> Trained:
    """Train a static encoder on editions and questions, and write it with its model card.

    Stopped at any moment, the same call goes on from its last state, which lies in `OUT.training/`.

    Args:
        out: the file to write, ending in .safetensors.
        editions: what made questions are made from, and where passages for real ones are looked for.
        questions: real ones with answers (SQuAD, WebQuestions, curated-trec …).
        hold_out: SQuAD-style files whose paragraphs must not be trained on: articles that share text with them are
            left out.
        validate: a SQuAD-style file that is looked at while training, and nothing else.
        teacher: "minilm" (needs that extra), or "" for none.
        tell: told what the validation questions say.

    Raises:
        UsageError: no edition, or a wrong ending.
        MissingError: the extra `train` or `minilm` is not installed.
        InputError, EditionError: a file or an edition cannot be read.
    """
    if not editions:
        raise UsageError("No edition was named.", "Name one or more with -e: an encoder is trained on their text.")
    if out.suffix != ".safetensors":
        raise UsageError(f"{out.name} does not end in .safetensors.", "Name the file like static.safetensors.")
    try:
        from galactica.train import corpus as corpora
        from galactica.train import encoder, rounding
        from galactica.train.table import Plan
    except ImportError as error:
        raise MissingError("Training needs PyTorch.", "pip install 'galactica[train]'") from error
    plan = plan or Plan()
    began = time.monotonic()
    work = out.with_name(out.name + ".training")
    work.mkdir(parents=True, exist_ok=True)
    asked = _asked(questions, editions, work, report)
    held = [context for path in hold_out for context in _contexts(path)]
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(Edition.open(path)) for path in editions]
        roots = [edition.root for edition in opened]
        corpus = corpora.read(opened, held, report)
    begin = encoder.start(corpus, plan, _teacher(teacher, work) if teacher else None)
    looks: list[tuple[int, float, float, float]] = []

    def look(steps: int, table: Table) -> None:
        if validate is None:
            return
        rounding.write(table, work / "look.safetensors", rows=len(table.names), about={})
        looks.append((steps, *_recalls(work / "look.safetensors", validate)))
        tell(f"{steps} steps: recall@1 {looks[-1][1]:.3f}, @5 {looks[-1][2]:.3f}, @20 {looks[-1][3]:.3f}")

    table = encoder.train(corpus, begin, asked, plan, state=work / "state.pt", report=report, look=look)
    rows = min(len(table.names), _rows_that_fit(table.names, plan.dimensions))
    about = {
        "name": "static",
        "program": f"galactica {__version__}",
        "plan": repr(plan),
        "teacher": teacher,
        "editions": " ".join(roots),
        "questions": " ".join(path.name for path in questions),
        "held out": " ".join(path.name for path in hold_out),
    }
    rounding.write(table, out, rows=rows, about=about)
    trained = Trained(
        path=out,
        bytes=out.stat().st_size,
        words=rows,
        dimensions=plan.dimensions,
        passages=len(corpus.borders) - 1,
        questions=len(asked),
        held_out=corpus.held_out,
        looks=tuple(looks),
        seconds=time.monotonic() - began,
    )
    shutil.rmtree(work, ignore_errors=True)
    return trained


def _rows_that_fit(names: Sequence[str], dimensions: int) -> int:
    """How many of the commonest words make a file of at most `LARGEST` bytes."""
    size = 8192
    for number, name in enumerate(names):
        size += len(name.encode()) + 1 + dimensions // 2 + 4
        if size > LARGEST:
            return number
    return len(names)


def _contexts(path: Path) -> list[str]:
    return list(dict.fromkeys(question.context for question in read_questions(path).questions if question.context))


def _recalls(encoder: Path, path: Path) -> tuple[float, float, float]:
    """Recall@1, @5, @20 of questions among the paragraphs of their own file."""
    import numpy as np

    from galactica.encode.static import StaticEncoder

    questions = [question for question in read_questions(path).questions if question.context]
    paragraphs = list(dict.fromkeys(question.context for question in questions))
    right = {context: number for number, context in enumerate(paragraphs)}
    questions = questions[:: max(1, len(questions) // LOOKED)]
    static = StaticEncoder.open(encoder)
    scores = static.questions([q.text for q in questions]) @ static.passages(paragraphs).T
    own = scores[np.arange(len(questions)), [right[q.context] for q in questions]]
    places = (scores > own[:, None]).sum(axis=1)
    return float((places < 1).mean()), float((places < 5).mean()), float((places < 20).mean())


def _teacher(name: str, work: Path) -> Teacher:
    """Vectors of single words by another encoder, kept in the work folder."""
    import numpy as np

    from galactica.encode import open_encoder

    def vectors(words: Sequence[str]) -> NDArray[np.float32]:
        known = [number for number, word in enumerate(words) if word.isascii() and number < TAUGHT]
        mark = hashlib.sha256("\n".join([name, *(words[number] for number in known)]).encode()).hexdigest()[:16]
        kept = work / f"teacher-{mark}.npy"
        if kept.exists():
            found: NDArray[np.float32] = np.load(kept)
            return found
        taught = open_encoder(name).passages([words[number] for number in known])
        out = np.zeros((len(words), taught.shape[1]), np.float32)
        out[known] = taught
        np.save(kept, out)
        return out

    return vectors


def _asked(paths: Sequence[Path], editions: Sequence[Path], work: Path, report: Report) -> list[Asked]:
    """Questions with the passages that answer them: their own paragraphs, or the first found that has an answer."""
    from galactica.train.pairs import Asked

    questions = [question for path in paths for question in read_questions(path).questions]
    given = [Asked(question=q.text, passage=q.context) for q in questions if q.context]
    open_ended = [question for question in questions if not question.context]
    if not open_ended:
        return given
    mark = hashlib.sha256(repr([(q.text, q.answers, q.pattern) for q in open_ended]).encode()).hexdigest()[:16]
    kept = work / f"mined-{mark}.json"
    if not kept.exists():
        found = list(_mined(open_ended, editions, report))
        kept.write_text(json.dumps(found), encoding="utf-8")
    mined = [Asked(question=q, passage=p) for q, p in json.loads(kept.read_text(encoding="utf-8"))]
    return given + mined


def _mined(questions: Sequence[Question], editions: Sequence[Path], report: Report) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    with open_library(editions) as opened:
        for number, question in enumerate(questions):
            hits = opened.passages(question.text, limit=MINED, by="words")
            right = judge(question, Rule.ANSWER, hits).right
            if right:
                found.append((question.text, hits[right[0][0] - 1].text))
            if number % 50 == 0:
                report("questions", number, len(questions), "questions")
    return found
