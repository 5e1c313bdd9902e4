"""Training the reader: what marks the answer in a passage, or says that there is none."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.util
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from galactica import __version__
from galactica.codes.lock import locked
from galactica.edition import Edition, EditionInfo
from galactica.errors import InputError, MissingError, UsageError
from galactica.evaluate.question import Question
from galactica.progress import Report, silent
from galactica.train.card import word
from galactica.train.lessons import QuestionsRead, read_files
from galactica.train.reader_card import ReaderCard, command, written
from galactica.train.reader_lessons import HeldOutFilter, Learned, made_lessons, real_questions
from galactica.train.reader_threshold import ThresholdReport, settle
from galactica.train.reading.lesson import Lesson, ReaderPlan
from galactica.train.trained_file import PROGRAM, card_of, check_places, origins, work_of

SHOWN = 64
"""Windows by which numbers are rounded."""

if TYPE_CHECKING:
    from galactica.encode.pieces import Tokenizer
    from galactica.train.reading.features import TrainingExample


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedReaderFile:
    """A reader that was trained.

    Attributes:
        path: its file.
        card: its model card, beside it.
        bytes, digest: of the file.
        real, made: questions and made lessons that it learned from.
        held_out: titles of the articles of the editions that were left out.
        aside: titles of the articles that were set aside for the threshold.
        settled: what they say.
        seconds: that training took, in this run.
    """

    path: Path
    card: Path
    bytes: int
    digest: str
    real: int
    made: int
    held_out: tuple[str, ...]
    aside: tuple[str, ...]
    settled: ThresholdReport
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """What is read before anything is learned; `aside` are the questions that are set aside."""

    editions: tuple[Path, ...]
    infos: tuple[EditionInfo, ...]
    questions: tuple[QuestionsRead, ...]
    hold_out: tuple[QuestionsRead, ...]
    aside: tuple[Question, ...]
    begin: str
    begun: Path | None
    plan: ReaderPlan

    @property
    def aside_titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(question.title for question in self.aside))

    def mark(self) -> str:
        """What the training depends on: where this is another one, a state that was kept is of no use."""
        files = [[file.digest for file in each] for each in (self.questions, self.hold_out)]
        roots = [info.root for info in self.infos]
        depends = (__version__, dataclasses.replace(self.plan, epochs=0), self.begin, roots, files, self.aside_titles)
        return hashlib.sha256(repr(depends).encode()).hexdigest()


def train_reader(
    out: Path,
    editions: Sequence[Path],
    *,
    questions: Sequence[Path],
    hold_out: Sequence[Path] = (),
    aside: Sequence[str] = (),
    begin: Path | None = None,
    state: Path | None = None,
    plan: ReaderPlan | None = None,
    report: Report = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> TrainedReaderFile:
    """Train a reader of English on questions and on the text of editions, and write it with its model card.

    Stopped at any moment, the same call goes on from its last state, which lies in `OUT.training/`; with other
    editions, files or settings it begins anew.

    Args:
        out: the file to write, ending in .onnx; must not exist.
        editions: what made lessons are made from, and where passages for questions without a paragraph are looked for.
        questions: real ones with answers (SQuAD, WebQuestions, curated-trec …).
        hold_out: files of questions that will be measured with: nothing that shares text with them is learned.
        aside: titles of articles of `questions` that are not learned from but set the threshold; none: the two with
            fewest questions.
        begin: a state that an earlier training kept, whose weights are begun with instead of MiniLM's.
        state: a file to keep the trained weights in, unrounded, for another training to begin with.
        report: stages "questions", "lessons", "train" and "threshold".
        tell: told how it goes.

    Raises:
        UsageError: no edition, a wrong ending, `out` exists, a plan that is impossible.
        MissingError: an extra is not installed.
        InputError, EditionError: a file or an edition cannot be read, or there is nothing to set aside.
        LimitError: a file is too large.
    """
    plan = plan or ReaderPlan()
    work = work_of(out)
    _check(out, editions, questions, plan, state)
    began = time.monotonic()
    material = _material(editions, questions, hold_out, aside, begin, plan)
    work.mkdir(parents=True, exist_ok=True)
    with locked(work / "lock", f"{out} is being trained by another process."):
        trained = _train(out, work, material, state, report, tell)
    shutil.rmtree(work, ignore_errors=True)
    return dataclasses.replace(trained, seconds=time.monotonic() - began)


def _check(
    out: Path, editions: Sequence[Path], questions: Sequence[Path], plan: ReaderPlan, state: Path | None
) -> None:
    """Raise where it can be known at once that training is impossible."""
    check_places(out, ".onnx")
    resumed = work_of(out).exists()  # a state that the same call has written before it was stopped is written again
    if state is not None and (
        (os.path.lexists(state) and not (resumed and state.is_file() and not state.is_symlink()))
        or state in (out, card_of(out))
        or not state.parent.is_dir()
    ):
        raise UsageError(f"{state} cannot be made.", "Name a file that does not exist, in a folder that does.")
    if not editions:
        raise UsageError("No edition was named.", "Name one or more with -e: lessons are made from their text.")
    if not questions:
        raise UsageError("No questions were named.", "Name files of questions with --questions.")
    if not (1 <= plan.layers <= 6 and 0 <= plan.frozen <= plan.layers and plan.epochs >= 1 and plan.made >= 0):
        raise UsageError("The plan is impossible.", "Keep 1 to 6 layers, and go through the questions at least once.")
    if not (64 <= plan.longest <= 512 and 256 <= plan.tokens <= 65_536):
        raise UsageError("The plan is impossible.", "Windows have 64 to 512 pieces, half batches 256 to 65,536.")
    for module, extra in (("torch", "train"), ("onnx", "train"), ("onnxruntime", "ask"), ("tokenizers", "ask")):
        if importlib.util.find_spec(module) is None:
            raise MissingError(f"Training needs the package {module}.", f"pip install 'galactica[{extra}]'")


def _material(
    editions: Sequence[Path],
    questions: Sequence[Path],
    hold_out: Sequence[Path],
    aside: Sequence[str],
    begin: Path | None,
    plan: ReaderPlan,
) -> _Material:
    from galactica.train.reading import beginning

    infos = []
    for path in editions:
        with Edition.open(path) as edition:
            infos.append(edition.info)
    read = read_files(questions)
    return _Material(
        editions=tuple(editions),
        infos=tuple(infos),
        questions=read,
        hold_out=read_files(hold_out),
        aside=_aside(read, aside),
        begin=beginning.digest(begin),
        begun=begin,
        plan=plan,
    )


def _aside(files: Sequence[QuestionsRead], titles: Sequence[str]) -> tuple[Question, ...]:
    """The questions of the articles with these titles, without any of the two articles with fewest."""
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


def _train(
    out: Path, work: Path, material: _Material, state: Path | None, report: Report, tell: Callable[[str], None]
) -> TrainedReaderFile:
    import torch

    from galactica.encode.pieces import Tokenizer
    from galactica.train.reading import beginning, learning
    from galactica.train.reading.network import Network

    plan, vocabulary = material.plan, beginning.vocabulary()
    free = HeldOutFilter(material.hold_out, material.aside)
    learned = real_questions(material.questions, free, material.editions, plan.mined, work, report)
    words = frozenset(vocabulary)
    made, left_out = made_lessons(
        material.editions,
        free,
        count=plan.made,
        unanswered=plan.unanswered,
        known=words.__contains__,
        seed=plan.seed,
        report=report,
    )
    tell(f"{len(learned.asked):,} real questions, {len(made):,} made lessons, {len(left_out):,} articles held out")
    torch.manual_seed(plan.seed)
    network = Network(beginning.weights(), plan.layers)
    if material.begun is not None:
        beginning.take_over(network, material.begun)
    phases, examples = _phases(learned, made, Tokenizer(vocabulary), plan)
    learning.train(
        network, phases, examples, plan, state=work / "state.pt", mark=material.mark(), report=report, tell=tell
    )
    shown = [(each.ids, each.kinds) for each in examples[-SHOWN:]]
    settled = settle(network, vocabulary, work / out.name, material.aside, _about(material), shown, report)
    tell(f"Set aside: F1 {settled.f1:.1%}, exact {settled.exact:.1%}; threshold {settled.threshold:.2f}")
    digest = hashlib.sha256((work / out.name).read_bytes()).hexdigest()
    card = ReaderCard(
        file=out.name,
        bytes=(work / out.name).stat().st_size,
        digest=digest,
        plan=plan,
        program=PROGRAM,
        begin=material.begin,
        begun=material.begun.name if material.begun else "",
        before=beginning.told(material.begun),
        editions=material.infos,
        edition_names=tuple(path.name for path in material.editions),
        questions=learned.files,
        hold_out=tuple(file.used for file in material.hold_out),
        aside=material.aside_titles,
        made=len(made),
        held_out=left_out,
        settled=settled,
    )
    if state is not None:
        chain = (card.before, f"{command(card)} \\\n    --state {word(state.name)}")
        beginning.keep(network, state, "\n".join(filter(None, chain)))
    card_of(out).write_text(written(card), encoding="utf-8", newline="\n")
    (work / out.name).replace(out)  # last: a file that has its name has its card
    return TrainedReaderFile(
        path=out,
        card=card_of(out),
        bytes=card.bytes,
        digest=digest,
        real=len(learned.asked),
        made=len(made),
        held_out=left_out,
        aside=material.aside_titles,
        settled=settled,
        seconds=0.0,
    )


def _phases(
    learned: Learned, made: Sequence[Lesson], pieces: Tokenizer, plan: ReaderPlan
) -> tuple[list[list[int]], list[TrainingExample]]:
    """(for each round the numbers of its lessons, all lessons in numbers).

    First the made lessons, then the real questions so often as the plan says, each time with other unanswerable ones
    and other made lessons among them.
    """
    from galactica.train.reading import asked
    from galactica.train.reading.features import examples

    found = examples(made, pieces, plan.made_longest, plan.seed)
    count = len(found)
    phases = [list(range(count))] if count else []
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    for epoch in range(plan.epochs):
        real = asked.lessons(learned.asked, plan.spoiled, f"{plan.seed} {epoch}")
        numbered = examples(real, pieces, plan.longest, plan.seed + epoch)
        again = chance.sample(range(count), min(count, round(plan.kept * count)))
        phases.append([*range(len(found), len(found) + len(numbered)), *again])
        found += numbered
    return phases, found


def _about(material: _Material) -> dict[str, str]:
    """What the file says of itself."""
    about = {"name": "reader", "languages": "en", "program": PROGRAM, "plan": repr(material.plan)}
    return about | origins(material.infos, material.questions, material.hold_out)
