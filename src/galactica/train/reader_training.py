"""Training the reader: what marks the answer in a passage, or says that there is none."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from galactica.evaluate.question import Question
from galactica.progress import Report, silent
from galactica.train.card import Card, shell_word
from galactica.train.chosen_editions import outside_of
from galactica.train.material import Material, read_material
from galactica.train.reader_card import ReaderCard, reader_card, reader_command
from galactica.train.reader_check import check_plan
from galactica.train.reader_lessons import HeldOutFilter, real_questions
from galactica.train.reader_made import made_lessons
from galactica.train.reader_teacher import compared_pairs, languages_known
from galactica.train.reader_threshold import ThresholdReport, set_aside, settle_threshold
from galactica.train.reading.lesson import ReaderPlan
from galactica.train.trained_file import (
    TrainedFile,
    card_of,
    put_trained,
    size_and_digest,
    training_folder,
)

SHOWN = 64
"""Windows by which numbers are rounded."""

if TYPE_CHECKING:
    from galactica.train.reader_rounds import LessonRounds
    from galactica.train.reading.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedReaderFile(TrainedFile):
    """A reader that was trained.

    Attributes:
        real, made: questions and made lessons that it learned from.
        aside: titles of the articles that were set aside for the threshold.
        settled: what they say.
    """

    real: int
    made: int
    aside: tuple[str, ...]
    settled: ThresholdReport


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What is read before anything is learned; `aside` are the questions that are set aside."""

    material: Material
    aside: tuple[Question, ...]
    begin: str
    begun: Path | None
    plan: ReaderPlan

    @property
    def aside_titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(question.title for question in self.aside))

    def mark(self) -> str:
        """What the training depends on, but for how long it goes on."""
        return self.material.mark(
            dataclasses.replace(self.plan, epochs=0, steps=0, average=1.0), self.begin, self.aside_titles
        )


def train_reader(
    out: Path,
    editions: Sequence[Path],
    *,
    questions: Sequence[Path],
    hold_out: Sequence[Path] = (),
    aside: Sequence[str] = (),
    begin: Path | None = None,
    state: Path | None = None,
    view: Path | None = None,
    plan: ReaderPlan | None = None,
    report: Report = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> TrainedReaderFile:
    """Train a reader on questions in any language and on the text of editions, and write it with its model card.

    Stopped at any moment, the same call goes on from its last state, which lies in `OUT.training/`; with other
    editions, files or settings it begins anew.

    Args:
        out: the file to write, ending in .safetensors; must not exist.
        editions: what made lessons are made from, and where passages for questions without a paragraph are looked for.
        questions: real ones with answers (SQuAD, WebQuestions, curated-trec …).
        hold_out: files of questions that will be measured with: nothing that shares text with them is learned.
        aside: titles of articles of `questions` that are not learned from but set the threshold; none: the two with
            fewest questions.
        begin: a state that an earlier training kept, or a reader's file, whose weights are begun with instead of
            e5's.
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
    check_plan(out, editions if view is None else [view], questions, plan, state, begin)
    began = time.monotonic()
    given = _given(editions, questions, hold_out, aside, begin, plan, view)
    with training_folder(out) as work:
        trained = _train(out, work, given, state, report, tell)
    return dataclasses.replace(trained, seconds=time.monotonic() - began)


def _given(
    editions: Sequence[Path],
    questions: Sequence[Path],
    hold_out: Sequence[Path],
    aside: Sequence[str],
    begin: Path | None,
    plan: ReaderPlan,
    view: Path | None,
) -> _Given:
    from galactica.train.reading import beginning

    material = read_material(editions, questions, hold_out, view)
    return _Given(
        material=material,
        aside=set_aside(material.questions, aside),
        begin=beginning.beginning_digest(begin),
        begun=begin,
        plan=plan,
    )


def _train(
    out: Path, work: Path, given: _Given, state: Path | None, report: Report, tell: Callable[[str], None]
) -> TrainedReaderFile:
    import torch

    from galactica.train.reader_rounds import LessonRounds, RoundInputs, processes_to_make_rounds
    from galactica.train.reading import beginning, learning, resumed
    from galactica.train.reading.network import Network
    from galactica.train.reading.vocabulary import kept_pieces

    plan, material = given.plan, given.material
    free = HeldOutFilter(material.hold_out, given.aside)
    with material.opened() as opened:
        apart = outside_of(opened)
        learned = real_questions(
            material.questions, free, material.editions, plan.mined, work, report, plan.share, apart
        )
        made, left_out = made_lessons(
            opened,
            free,
            count=plan.made,
            unanswered=plan.unanswered,
            known=lambda word: word.isalpha(),
            seed=plan.seed,
            report=report,
        )
    tell(f"{len(learned.asked):,} real questions, {len(made):,} made lessons, {len(left_out):,} articles held out")
    torch.manual_seed(plan.seed)
    begun = beginning.load_beginning()
    numbers = (
        resumed.file_pieces(given.begun, begun.pieces)
        if given.begun is not None and resumed.is_reader_file(given.begun)
        else kept_pieces(begun, learned.asked)
    )
    vocabulary = [begun.pieces[n] for n in numbers], [begun.scores[n] for n in numbers]
    network = Network(
        begun.weights,
        begun.halves[numbers],
        begun.scales[numbers],
        plan.layers,
        plan.frozen,
        dropout=plan.dropout,
        shipped=True,
    )
    if given.begun is not None:
        beginning.take_over(network, given.begun)
        if _lower_stays(network, given):
            network.relevant.requires_grad_(False)
    graded = compared_pairs(learned, plan, work, given.begin, report)
    says, words = languages_known(learned, vocabulary[0], plan, work, given.begin, report)
    inputs = RoundInputs(
        asked=learned.asked, made=made, graded=graded, vocabulary=vocabulary, plan=plan, says=says, words=words
    )
    rounds = LessonRounds(inputs, processes_to_make_rounds(learning.device()))
    tell(f"{len(numbers):,} pieces, {len(graded):,} graded pairs, {len(rounds):,} rounds")
    try:
        _learn(network, rounds, given, work, report, tell)
    finally:
        rounds.close()
    shown = rounds.shown(SHOWN)
    about = material.about("reader", plan)
    stays = given.begun is not None and _lower_stays(network, given)
    continued = resumed.continued(given.begun) if given.begun is not None and stays else None
    settled = settle_threshold(network, vocabulary, work / out.name, given.aside, about, shown, continued, report)
    tell(f"Set aside: F1 {settled.f1:.1%}, exact {settled.exact:.1%}; threshold {settled.threshold:.2f}")
    size, digest = size_and_digest(work / out.name)
    card = ReaderCard(
        card=Card(
            file=out.name,
            bytes=size,
            digest=digest,
            plan=plan,
            material=material,
            questions=learned.files,
            held_out=left_out,
        ),
        begin=given.begin,
        begun=given.begun.name if given.begun else "",
        before=beginning.how_made(given.begun),
        aside=given.aside_titles,
        made=len(made),
        settled=settled,
    )
    if state is not None:
        chain = (card.before, f"{reader_command(card)} \\\n    --state {shell_word(state.name)}")
        beginning.keep(network, state, "\n".join(filter(None, chain)))
    put_trained(out, work / out.name, reader_card(card))
    return TrainedReaderFile(
        path=out,
        card=card_of(out),
        bytes=size,
        digest=digest,
        real=len(learned.asked),
        made=len(made),
        held_out=left_out,
        aside=given.aside_titles,
        settled=settled,
    )


def _lower_stays(network: Network, given: _Given) -> bool:
    """Whether the lower half is a reader's file's, and stays as it is: with it the order of passages, the tagger of
    claims and whatever else reads its states. Threshold and temperature then stay too, with what was fitted to them."""
    from galactica.train.reading import resumed

    return given.begun is not None and resumed.is_reader_file(given.begun) and network.still >= network.halfway


def _learn(
    network: Network, rounds: LessonRounds, given: _Given, work: Path, report: Report, tell: Callable[[str], None]
) -> None:
    from galactica.train.reading import learning

    plan = given.plan
    before = {name: value.clone() for name, value in network.named_parameters()} if plan.average < 1 else {}
    if len(rounds):
        learning.train(
            network,
            rounds,
            plan,
            state=work / "state.pt",
            mark=given.mark(),
            report=report,
            tell=tell,
            faster=learning.HEADS_FASTER if given.begun is None else 1.0,
        )
    learning.average(network, before, plan.average)
