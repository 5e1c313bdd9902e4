"""Training an encoder of many languages as the student of a network that is a hundred times as slow."""

from __future__ import annotations

import dataclasses
import importlib.util
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.errors import InputError, MissingError, UsageError
from galactica.progress import Report, silent
from galactica.train.card import Card
from galactica.train.chosen_editions import outside_of
from galactica.train.encoder_card import EncoderCard
from galactica.train.lessons import QuestionsRead, lessons, read_files
from galactica.train.material import Material, read_material
from galactica.train.student.card import student_card
from galactica.train.student.plan import StudentPlan, Taught
from galactica.train.trained_file import card_of, check_places, put_trained, size_and_digest, training_folder
from galactica.train.training import Trained
from galactica.train.validation import RECALLS, Validation, rows_that_fit, table_recalls

if TYPE_CHECKING:
    from galactica.train.lessons import Lessons
    from galactica.train.student.texts import TextStretches
    from galactica.train.table import EncoderTable

FEWEST_TEXTS = 100
"""Texts without which nothing is learned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What is read before anything is taught."""

    material: Material
    validate: QuestionsRead | None
    plan: StudentPlan
    teacher: str

    def mark(self) -> str:
        """What the training depends on."""
        return self.material.mark(self.plan, self.teacher)


def train_student(
    out: Path,
    editions: Sequence[Path],
    *,
    questions: Sequence[Path] = (),
    hold_out: Sequence[Path] = (),
    validate: Path | None = None,
    view: Path | None = None,
    taught: Path | None = None,
    plan: StudentPlan | None = None,
    report: Report = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> Trained:
    """Train a static encoder of many languages, and write it with its model card.

    Stopped at any moment, the same call goes on: from the teacher's vectors that were computed, then from the last
    state.

    Args:
        out, editions, questions, hold_out, validate: as for `training.train_encoder`; there may be no edition where
            there are questions.
        taught: a folder in which the teacher's vectors are kept for other trainings; None: they go with the work.
        report: stages "corpus", "questions", "teacher" and "train".
        tell: told how far it is and what the validation questions say.

    Raises:
        UsageError: a wrong ending, `out` exists, a plan that is impossible, or files that do not fit.
        MissingError: the extra `train` or `ask` is not installed.
        InputError, EditionError: a file or an edition cannot be read, or there is too little text.
        LimitError: a file is too large.
    """
    plan = plan or StudentPlan()
    check_places(out, ".safetensors")
    _check_possible(plan)
    began = time.monotonic()
    given = _given(editions, questions, hold_out, validate, plan, view)
    with training_folder(out) as work:
        trained = _train(out, work, taught or work / "taught", given, report, tell)
    return dataclasses.replace(trained, seconds=time.monotonic() - began)


def _check_possible(plan: StudentPlan) -> None:
    possible = not plan.dimensions % 64 and 64 <= plan.dimensions <= 384 and plan.bits in (2, 4)
    if not possible or plan.steps < 1 or not 32 <= plan.batch <= 65_536:
        raise UsageError(
            f"{plan.steps} steps of {plan.batch} texts in {plan.dimensions} dimensions are impossible.",
            "Dimensions are a multiple of 64 up to 384, those of the teacher; a batch has 32 to 65,536 texts.",
        )
    for needed, extra in (("torch", "train"), ("tokenizers", "ask")):
        if importlib.util.find_spec(needed) is None:
            raise MissingError(f"Training needs the package {needed}.", f"pip install 'galactica[{extra}]'")


def _given(
    editions: Sequence[Path],
    questions: Sequence[Path],
    hold_out: Sequence[Path],
    validate: Path | None,
    plan: StudentPlan,
    view: Path | None,
) -> _Given:
    from galactica.train.reading.beginning import beginning_digest

    if not editions and not questions and view is None:
        raise UsageError("There is nothing to learn from.", "Name editions with -e or questions with --questions.")
    validating = read_files([validate])[0] if validate is not None else None
    if validating is not None and not validating.paragraphs:
        raise UsageError(
            f"{validating.name} has no paragraphs to choose from.", "Name a SQuAD-style file with --validate."
        )
    material = read_material(editions, questions, hold_out, view)
    return _Given(material=material, validate=validating, plan=plan, teacher=beginning_digest())


def _train(out: Path, work: Path, taught: Path, given: _Given, report: Report, tell: Callable[[str], None]) -> Trained:
    from galactica.train import rounding

    plan, material = given.plan, given.material
    read, learned, texts = _material(given, work, report)
    languages = Counter(each.language for each in texts)
    tell(f"{len(texts):,} texts, {len(learned.asked):,} questions with passages, {len(languages)} languages")
    measure = None
    if given.validate is not None:
        measure = partial(table_recalls, file=given.validate, work=work, bits=plan.bits, exact=plan.exact)
    mark = f"{given.mark()} {given.validate.digest if given.validate else ''}"
    validation: Validation[EncoderTable] = Validation(measure, RECALLS, kept=work, mark=mark, tell=tell)
    table = _taught_table(given, texts, learned, taught, work / "state.pt", validation, report, tell)
    rows, made = rows_that_fit(table, plan.bytes, plan.bits), work / out.name
    about = material.about("static", plan, teacher="multilingual-e5-small")
    rounding.write_rounded(table, made, rows=rows, about=about, bits=plan.bits, exact=plan.exact)
    size, digest = size_and_digest(made)
    card = EncoderCard(
        card=Card(
            file=out.name,
            bytes=size,
            digest=digest,
            plan=plan,
            material=material,
            questions=learned.files,
            held_out=read.held_out,
        ),
        words=rows,
        teacher="e5",
        passages=read.passages,
        validate=given.validate.name if given.validate else "",
        seen=given.validate is not None and given.validate.digest in {f.digest for f in material.questions},
        looks=validation.seen,
    )
    put_trained(out, made, student_card(card, plan, languages))
    return Trained(
        path=out,
        card=card_of(out),
        bytes=size,
        digest=digest,
        words=rows,
        dimensions=plan.dimensions,
        passages=read.passages,
        questions=len(learned.asked),
        held_out=read.held_out,
        looks=tuple((steps, one, five, twenty) for steps, (one, five, twenty) in validation.seen),
    )


def _material(given: _Given, work: Path, report: Report) -> tuple[TextStretches, Lessons, list[Taught]]:
    """What is read, and the texts that the teacher is shown."""
    from galactica.train.student.texts import of_pairs, text_stretches

    material = given.material
    with material.opened() as opened:
        held = [paragraph for file in material.hold_out for paragraph in file.paragraphs]
        read = text_stretches(opened, held, given.plan.texts, report)
        apart = read.held_ids | outside_of(opened)
    learned = lessons(material.questions, material.hold_out, material.editions, apart, work, report)
    texts = list(dict.fromkeys((*of_pairs(learned.asked, given.plan.asked), *read.taught)))
    if len(texts) < FEWEST_TEXTS:
        raise InputError(f"There are {len(texts)} texts to learn from.", "Name larger editions, or more questions.")
    return read, learned, texts


def _taught_table(
    given: _Given,
    texts: Sequence[Taught],
    learned: Lessons,
    taught: Path,
    state: Path,
    look: Callable[[int, EncoderTable], None],
    report: Report,
    tell: Callable[[str], None],
) -> EncoderTable:
    """Let the teacher read, choose entries, and teach them."""
    import numpy as np

    from galactica.train.reading.beginning import load_beginning
    from galactica.train.student import entries, learning, teacher
    from galactica.train.student.lists import word_lists

    plan = given.plan
    begun = load_beginning()
    most = int(plan.bytes / (plan.dimensions * plan.bits / 8 + 5))
    chosen = entries.choose(begun.pieces, begun.scores, texts, most, word_lists(plan.listed))
    tell(f"{len(chosen.names):,} entries, {(chosen.counts > 0).mean():.0%} of them in the texts")
    kept = teacher.KeptVectors(taught, cache(teacher.Teacher), given.teacher)
    alone = kept.of(chosen.shown, teacher.ALONE, report)
    vectors = np.empty((len(texts), alone.shape[1]), np.float16)
    for asked, before in ((True, teacher.ASKED), (False, teacher.ANSWERING)):
        own = [number for number, each in enumerate(texts) if each.asked == asked]
        if own:
            vectors[own] = kept.of([texts[number].text for number in own], before, report)
    targets = learning.centred(vectors, [f"{each.language} {each.asked}" for each in texts])
    cut = entries.cut_all(chosen.names, [each.text for each in texts])
    rows = learning.first_rows(chosen, alone, cut, targets)
    directions = learning.main_directions(targets, plan.dimensions)
    targets = targets @ directions
    targets /= np.maximum(np.linalg.norm(targets, axis=1, keepdims=True), 1e-6)
    passages = {passage: at for at, passage in enumerate(dict.fromkeys(each.passage for each in learned.asked))}
    pairs = learning.Paired(
        questions=entries.cut_all(chosen.names, [each.question for each in learned.asked]),
        passages=entries.cut_all(chosen.names, passages),
        owners=np.array([passages[each.passage] for each in learned.asked], np.int64),
    )
    mark = f"{given.mark()} {len(chosen.names)} {chosen.names[-1]} {len(texts)}"
    return learning.teach(
        chosen, rows @ directions, cut, targets, pairs, plan, state=state, mark=mark, report=report, look=look
    )
