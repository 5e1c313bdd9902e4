"""Verbs that train (the group train): encoder, ranker."""

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
from galactica.cli.terminal import size, tell, write, write_json
from galactica.hints import word
from galactica.model.said import counted

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
        return told_stopped(out)
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


def told_stopped(out: Path) -> int:
    """Say that a training was stopped and how it goes on; the exit code."""
    tell(f"Stopped. The same command goes on from the last state that was kept; it lies in {out}.training.")
    return STOPPED
