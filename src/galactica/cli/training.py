"""Verbs that train (the group train): encoder, ranker, reader."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import STOPPED, verb
from galactica.cli.options import AsJson, Editions, OfView, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import counted, size, tell, write, write_json
from galactica.hints import word

HoldOut = Annotated[
    list[Path] | None,
    typer.Option(
        "--hold-out",
        metavar="FILE",
        help="Questions to measure with later: nothing that shares text with them is learned. Repeatable.",
    ),
]


class TeacherName(StrEnum):
    """What the words' vectors start from."""

    E5 = "e5"
    MINILM = "minilm"
    NONE = "none"


@verb
def encoder(
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="The file to make, NAME.safetensors; NAME.md tells of it."),
    ],
    editions: Editions = None,
    view: OfView = None,
    questions: Annotated[
        list[Path] | None,
        typer.Option("--questions", metavar="FILE", help="Real questions with answers to learn from. Repeatable."),
    ] = None,
    hold_out: HoldOut = None,
    validate: Annotated[
        Path | None,
        typer.Option("--validate", metavar="FILE", help="Questions to look at now and then (SQuAD and the like)."),
    ] = None,
    teacher: Annotated[
        TeacherName,
        typer.Option("--teacher", metavar="e5|minilm|none", help="Whose student it is."),
    ] = TeacherName.MINILM,
    steps: Annotated[int, typer.Option("--steps", metavar="N", min=1, help="Batches to learn from.")] = 1500,
    dimensions: Annotated[
        int | None,
        typer.Option(
            "--dimensions", metavar="N", min=64, max=1024, help="Of a vector; a multiple of 64. 448, a student's 384."
        ),
    ] = None,
    batch: Annotated[int, typer.Option("--batch", metavar="N", min=2, max=65536, help="Pairs of a batch.")] = 1024,
    texts: Annotated[
        int, typer.Option("--texts", metavar="N", min=0, help="Stretches of the editions that e5 is shown.")
    ] = 60_000,
    asked: Annotated[
        int, typer.Option("--asked", metavar="N", min=0, help="Questions and their passages that e5 is shown.")
    ] = 160_000,
    taught: Annotated[
        Path | None,
        typer.Option("--taught", metavar="FOLDER", help="Where e5's vectors are kept for another training."),
    ] = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Train an encoder for the search by meaning on the text of editions; needs the extra train.

    A step takes half a second on two cores; before the first one, e5 reads some sixty texts a second. Stopped at any
    moment, the same command goes on from the last state. With e5, which knows a hundred languages and needs the extra
    ask too, it may be questions alone that are learned from; of minilm it takes vectors of English words. What was
    trained on and what was left out stands in the model card beside the file.
    """
    from galactica import library
    from galactica.train.student.plan import StudentPlan
    from galactica.train.table import Plan

    if teacher is TeacherName.E5:
        size_of_student = StudentPlan(steps=steps, dimensions=dimensions or 384, batch=batch, texts=texts, asked=asked)
        train = partial(library.train_student, taught=taught, plan=size_of_student)
    else:
        train = partial(
            library.train_encoder,
            teacher="" if teacher is TeacherName.NONE else teacher.value,
            plan=Plan(steps=steps, dimensions=dimensions or 448, batch=batch),
        )
    try:
        with reporting(quiet) as report:
            trained = train(
                out,
                chosen(editions, shelf) if editions or (teacher is not TeacherName.E5 and view is None) else (),
                view=view,
                questions=tuple(questions or ()),
                hold_out=tuple(hold_out or ()),
                validate=validate,
                report=report,
                tell=(lambda line: None) if quiet else tell,
            )
    except KeyboardInterrupt:
        return _stopped(out)
    if as_json:
        from galactica.wire.learned import encoder_document

        write_json(encoder_document(trained))
        return 0
    write(f"{trained.path}: {trained.words:,} words in {trained.dimensions} dimensions, {size(trained.bytes)}")
    real = f" and {counted(trained.questions, 'question')}" if trained.questions else ""
    kept_away = len(trained.held_out)
    held = f"; {counted(kept_away, 'article')} {'was' if kept_away == 1 else 'were'} held out" if kept_away else ""
    write(f"Learned from {counted(trained.passages, 'passage')}{real}{held}. {trained.card} tells all of it.")
    write(f"Use it: galactica encoder use {word(trained.path)}")
    return 0


@verb
def ranker(
    questions: Annotated[list[Path], typer.Argument(metavar="QUESTIONS...", help="Files of questions with answers.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to make, NAME.json.")],
    encoder_file: Annotated[
        str, typer.Option("--encoder", metavar="FILE", help="An encoder that has not seen these questions.")
    ],
    editions: Editions = None,
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=0, help="Questions asked of each collection; 0: all.")
    ] = 1000,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Learn how much words, meaning and the rest count when passages are put in order; needs the extra train.

    It is what `search/data/ranker.json` of the program is made with.
    """
    from galactica import library

    with reporting(quiet) as report:
        taught = library.train_ranker(
            out, questions, chosen(editions, shelf), encoder=encoder_file, most=most, report=report
        )
    if as_json:
        from galactica.wire.learned import ranker_document

        write_json(ranker_document(taught))
        return
    write(f"{taught.path}: learned from {counted(taught.questions, 'question')}")
    write(
        f"Of others, the right passage is first for {taught.words:.1%} by words, "
        f"{taught.fusion:.1%} by a sum of scores, {taught.ranker:.1%} by all features"
    )


@verb
def reader(
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="The file to make, NAME.safetensors; NAME.md tells of it."),
    ],
    questions: Annotated[
        list[Path],
        typer.Option("--questions", metavar="FILE", help="Questions with answers to learn from. Repeatable."),
    ],
    editions: Editions = None,
    view: OfView = None,
    hold_out: HoldOut = None,
    aside: Annotated[
        list[str] | None,
        typer.Option(
            "--aside", metavar="TITLE", help="An article of the questions that only sets the threshold. Repeatable."
        ),
    ] = None,
    begin: Annotated[
        Path | None,
        typer.Option("--begin", metavar="FILE", help="A state or a reader's file to begin with."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option("--state", metavar="FILE", help="Where to keep the weights unrounded, for --begin."),
    ] = None,
    made: Annotated[
        int, typer.Option("--made", metavar="N", min=0, help="Lessons to make from the editions' text.")
    ] = 0,
    mined: Annotated[
        int,
        typer.Option(
            "--mined", metavar="N", min=0, help="Questions without a paragraph that one is looked for in the editions."
        ),
    ] = 0,
    spoiled: Annotated[
        float,
        typer.Option(
            "--spoiled", metavar="SHARE", min=0, max=1, help="Unanswerable questions to make of each with an answer."
        ),
    ] = 0.5,
    epochs: Annotated[
        int,
        typer.Option(
            "--epochs",
            metavar="N",
            min=0,
            help="How often to go through the questions; 0 with --begin: only write the file.",
        ),
    ] = 1,
    layers: Annotated[int, typer.Option("--layers", metavar="N", min=2, max=12, help="Of e5's twelve.")] = 12,
    frozen: Annotated[
        int, typer.Option("--frozen", metavar="N", min=0, max=11, help="Of these, how many stay as they are.")
    ] = 4,
    rate: Annotated[
        float, typer.Option("--rate", metavar="R", min=1e-7, max=1e-2, help="Highest step of Adam.")
    ] = 1e-4,
    share: Annotated[
        float,
        typer.Option("--share", metavar="SHARE", min=0, max=1, help="Of the questions with a paragraph, how many."),
    ] = 1.0,
    graded: Annotated[
        float,
        typer.Option("--graded", metavar="SHARE", min=0, max=1, help="Questions that are compared by e5's vectors."),
    ] = 0.25,
    translated: Annotated[
        float,
        typer.Option("--translated", metavar="SHARE", min=0, max=1, help="Questions that are said in other languages."),
    ] = 0.4,
    talked: Annotated[
        float,
        typer.Option("--talked", metavar="SHARE", min=0, max=1, help="Questions that are asked again of talk."),
    ] = 0.25,
    exchanged: Annotated[
        float,
        typer.Option(
            "--exchanged",
            metavar="SHARE",
            min=0,
            max=1,
            help="Passages some words of which are said in another language.",
        ),
    ] = 0.25,
    dropout: Annotated[
        float,
        typer.Option("--dropout", metavar="SHARE", min=0, max=0.5, help="Dropout; on a graphics processor alone."),
    ] = 0.0,
    agreed: Annotated[
        float,
        typer.Option(
            "--agreed", metavar="WEIGHT", min=0, max=10, help="To mark the same with words exchanged; reads all twice."
        ),
    ] = 0.0,
    tokens: Annotated[
        int, typer.Option("--tokens", metavar="N", min=256, max=65_536, help="Pieces of half a batch.")
    ] = 2_304,
    average: Annotated[
        float,
        typer.Option("--average", metavar="SHARE", min=0, max=1, help="What the new weights count beside --begin's."),
    ] = 1.0,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Train the reader that marks answers in passages, in every language; needs the extras train and ask.

    It takes some hours on two cores, minutes where PyTorch finds a graphics processor. Stopped at any moment, the same
    command goes on from the last state that was kept. What was trained on and what was left out stands in the model
    card beside the file.
    """
    from galactica import library
    from galactica.train.reading.lesson import ReaderPlan

    try:
        with reporting(quiet) as report:
            trained = library.train_reader(
                out,
                chosen(editions, shelf) if editions or (view is None and (made or mined)) else (),
                view=view,
                questions=tuple(questions),
                hold_out=tuple(hold_out or ()),
                aside=tuple(aside or ()),
                begin=begin,
                state=state,
                plan=ReaderPlan(
                    made=made,
                    mined=mined,
                    epochs=epochs,
                    layers=layers,
                    frozen=frozen,
                    rate=rate,
                    graded=graded,
                    translated=translated,
                    average=average,
                    share=share,
                    spoiled=spoiled,
                    talked=talked,
                    exchanged=exchanged,
                    dropout=dropout,
                    agreed=agreed,
                    tokens=tokens,
                ),
                report=report,
                tell=(lambda line: None) if quiet else tell,
            )
    except KeyboardInterrupt:
        return _stopped(out)
    if as_json:
        from galactica.wire.learned import reader_document

        write_json(reader_document(trained))
        return 0
    settled = trained.settled
    write(f"{trained.path}: {size(trained.bytes)}")
    real = counted(trained.real, "question")
    write(f"Learned from {real} and {trained.made:,} made lessons. {trained.card} tells all of it.")
    write(
        f"Set aside: F1 {settled.f1:.1%}; at the threshold {settled.kept_f1:.1%}, and {settled.abstained:.1%} abstained"
    )
    write(f"Use it: GALACTICA_READER={word(trained.path)} galactica ask 'a question'")
    return 0


def _stopped(out: Path) -> int:
    tell(f"Stopped. The same command goes on from the last state that was kept; it lies in {out}.training.")
    return STOPPED
