"""Training what ships with the program: the encoder of the search by meaning."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.util
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.codes.files import whole
from galactica.encode import identity
from galactica.errors import MissingError, UsageError
from galactica.progress import Report, silent
from galactica.train.card import Card
from galactica.train.chosen_editions import outside_of
from galactica.train.encoder_card import EncoderCard, encoder_card
from galactica.train.lessons import QuestionsRead, lessons, read_files
from galactica.train.material import Material, read_material
from galactica.train.table import Plan
from galactica.train.trained_file import (
    TrainedFile,
    card_of,
    check_places,
    put_trained,
    size_and_digest,
    training_folder,
)
from galactica.train.validation import RECALLS, Validation, rows_that_fit, table_recalls

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from galactica.train.encoder import Teacher
    from galactica.train.table import EncoderTable

TAUGHT = 120_000
"""Of so many commonest words, those in plain letters are shown to the teacher: MiniLM knows English."""

AT_ONCE = 2_048
"""Words that the teacher is shown at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained(TrainedFile):
    """An encoder that was trained.

    Attributes:
        words, dimensions: of its table.
        passages, questions: what it was trained on.
        looks: (steps, recall@1, recall@5, recall@20) on the validation questions.
    """

    words: int
    dimensions: int
    passages: int
    questions: int
    looks: tuple[tuple[int, float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What is read before anything is learned."""

    material: Material
    validate: QuestionsRead | None
    teacher: str
    plan: Plan

    def mark(self) -> str:
        """What the training depends on."""
        return self.material.mark(self.plan, self.teacher)


def train_encoder(
    out: Path,
    editions: Sequence[Path],
    *,
    questions: Sequence[Path] = (),
    hold_out: Sequence[Path] = (),
    validate: Path | None = None,
    view: Path | None = None,
    teacher: str = "minilm",
    plan: Plan | None = None,
    report: Report = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> Trained:
    """Train a static encoder on editions and questions, and write it with its model card.

    Stopped at any moment, the same call goes on from its last state, which lies in `OUT.training/`; with other
    editions, files or settings it begins anew.

    Args:
        out: the file to write, ending in .safetensors; must not exist.
        editions: what made questions are made from, and where passages for real ones are looked for.
        questions: real ones with answers (SQuAD, WebQuestions, curated-trec …).
        hold_out: files of questions that will be measured with: articles that share text with their paragraphs are left
            out, and questions that are theirs or of their articles.
        validate: a SQuAD-style file that is looked at while training, and nothing else. Where it is not held out too,
            what it says is too good.
        teacher: "minilm" (needs that extra), or "" for none.
        report: stages "corpus", "questions", "teacher" and "train".
        tell: told what the validation questions say.

    Raises:
        UsageError: no edition, a wrong ending, `out` exists, a plan that is impossible, or files that do not fit.
        MissingError: the extra `train` or `minilm` is not installed.
        InputError, EditionError: a file or an edition cannot be read, or there is too little text.
        LimitError: a file is too large.
    """
    plan = plan or Plan()
    check_places(out, ".safetensors")
    _check_possible(editions if view is None else [view], plan, teacher)
    began = time.monotonic()
    given = _given(editions, questions, hold_out, validate, teacher, plan, view)
    with training_folder(out) as work:
        trained = _train(out, work, given, report, tell)
    return dataclasses.replace(trained, seconds=time.monotonic() - began)


def _check_possible(editions: Sequence[Path], plan: Plan, teacher: str) -> None:
    """Raise where it can be known at once that training is impossible."""
    if not editions:
        raise UsageError("No edition was named.", "Name one or more with -e: an encoder is trained on their text.")
    if plan.dimensions % 64 or not 64 <= plan.dimensions <= 1024 or plan.steps < 1 or not 2 <= plan.batch <= 65_536:
        raise UsageError(
            f"{plan.steps} steps of {plan.batch} pairs in {plan.dimensions} dimensions are impossible.",
            "Dimensions are a multiple of 64 up to 1,024; a batch has 2 to 65,536 pairs.",
        )
    if teacher not in ("", "minilm"):
        raise UsageError(f"There is no teacher called {teacher[:80]!r}.", "Use minilm, or none.")
    if importlib.util.find_spec("torch") is None:
        raise MissingError("Training needs PyTorch.", "pip install 'galactica[train]'")
    if teacher:
        identity(teacher)  # raises where it is not installed


def _given(
    editions: Sequence[Path],
    questions: Sequence[Path],
    hold_out: Sequence[Path],
    validate: Path | None,
    teacher: str,
    plan: Plan,
    view: Path | None,
) -> _Given:
    validating = read_files([validate])[0] if validate is not None else None
    if validating is not None and not validating.paragraphs:
        raise UsageError(
            f"{validating.name} has no paragraphs to choose from.", "Name a SQuAD-style file with --validate."
        )
    material = read_material(editions, questions, hold_out, view)
    return _Given(material=material, validate=validating, teacher=teacher, plan=plan)


def _train(out: Path, work: Path, given: _Given, report: Report, tell: Callable[[str], None]) -> Trained:
    from galactica.train import corpus as corpora
    from galactica.train import encoder, rounding

    plan, material, mark = given.plan, given.material, given.mark()
    with material.opened() as opened:
        held = [paragraph for file in material.hold_out for paragraph in file.paragraphs]
        corpus = corpora.read_corpus(opened, held, report)
        apart = corpus.held_ids | outside_of(opened)
    learned = lessons(material.questions, material.hold_out, material.editions, apart, work, report)
    teacher = _teacher(given.teacher, work, report) if given.teacher else None
    begin = encoder.start(corpus, plan, teacher)
    validation = _validation(given.validate, work, mark, tell)
    table = encoder.train(
        corpus, begin, learned.asked, plan, state=work / "state.pt", mark=mark, report=report, look=validation
    )
    rows, made = rows_that_fit(table), work / out.name
    rounding.write_rounded(table, made, rows=rows, about=material.about("static", plan, teacher=given.teacher))
    size, digest = size_and_digest(made)
    card = EncoderCard(
        card=Card(
            file=out.name,
            bytes=size,
            digest=digest,
            plan=plan,
            material=material,
            questions=learned.files,
            held_out=corpus.held_out,
        ),
        words=rows,
        teacher=given.teacher,
        passages=len(corpus.borders) - 1,
        validate=given.validate.name if given.validate else "",
        seen=given.validate is not None and given.validate.digest in {f.digest for f in material.questions},
        looks=validation.seen,
    )
    put_trained(out, made, encoder_card(card))
    return Trained(
        path=out,
        card=card_of(out),
        bytes=size,
        digest=digest,
        words=rows,
        dimensions=plan.dimensions,
        passages=card.passages,
        questions=len(learned.asked),
        held_out=corpus.held_out,
        looks=tuple((steps, one, five, twenty) for steps, (one, five, twenty) in validation.seen),
    )


def _validation(
    validate: QuestionsRead | None, work: Path, mark: str, tell: Callable[[str], None]
) -> Validation[EncoderTable]:
    measure = None if validate is None else partial(table_recalls, file=validate, work=work)
    return Validation(measure, RECALLS, kept=work, mark=f"{mark} {validate.digest if validate else ''}", tell=tell)


def _teacher(name: str, work: Path, report: Report) -> Teacher:
    """Vectors of single words by another encoder, kept in the work folder."""
    import numpy as np

    from galactica.encode import open_encoder

    def vectors(words: Sequence[str]) -> NDArray[np.float32]:
        known = [number for number, word in enumerate(words[:TAUGHT]) if word.isascii()]
        asked = [words[number] for number in known]
        mark = hashlib.sha256("\n".join([name, identity(name)[1], *asked]).encode()).hexdigest()[:16]
        kept = work / f"teacher-{mark}.npy"
        if kept.exists():
            taught: NDArray[np.float32] = np.load(kept)
        else:
            teacher = open_encoder(name)
            parts = [np.zeros((0, teacher.dimensions), np.float32)]
            for start in range(0, len(asked), AT_ONCE):
                report("teacher", start, len(asked), "words")
                parts.append(teacher.passages(asked[start : start + AT_ONCE]))
            report("teacher", len(asked), len(asked), "words")
            taught = np.concatenate(parts)
            with whole(kept) as part, part.open("wb") as file:
                np.save(file, taught)
        out = np.zeros((len(words), taught.shape[1]), np.float32)
        out[known] = taught
        return out

    return vectors
