"""The verb that trains the reader (`train reader`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, OfView, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, tell, write, write_json
from galactica.cli.training import HoldOut, told_stopped
from galactica.hints import word
from galactica.model.said import counted


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
    statements: Annotated[
        float,
        typer.Option("--statements", metavar="N", min=0, max=4, help="Statements to make of each, right and wrong."),
    ] = 0.0,
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
    steps: Annotated[
        int, typer.Option("--steps", metavar="N", min=0, help="After how many to end; 0: after all questions.")
    ] = 0,
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
                    statements=statements,
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
                    steps=steps,
                ),
                report=report,
                tell=(lambda line: None) if quiet else tell,
            )
    except KeyboardInterrupt:
        return told_stopped(out)
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
