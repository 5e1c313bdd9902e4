"""The verb that trains the tagger of claims (the group train)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import STOPPED, verb
from galactica.cli.options import AsJson, Editions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, tell, write, write_json
from galactica.model.said import counted


@verb
def tagger(
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="The file to make, NAME.safetensors; NAME.md tells of it."),
    ],
    editions: Editions = None,
    tables: Annotated[
        list[Path] | None,
        typer.Option(
            "--tables", metavar="EDITION", help="An edition whose infoboxes and statements are facts. Repeatable."
        ),
    ] = None,
    questions: Annotated[
        list[Path] | None,
        typer.Option("--questions", metavar="FILE", help="Questions with passages and answers. Repeatable."),
    ] = None,
    hold_out: Annotated[
        list[Path] | None,
        typer.Option("--hold-out", metavar="FILE", help="Titles, a line each, that are not learned from. Repeatable."),
    ] = None,
    judged: Annotated[
        list[Path] | None,
        typer.Option("--judged", metavar="FILE", help="Judged proposals, which say when it is believed. Repeatable."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0: one for each core.")] = 0,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Train the tagger that finds claims in sentences no rule foresaw; needs the extras train and ask.

    It is a small head on the network that ships, which stays as it is. Articles are read once, some six a second on a
    core; stopped, the same command goes on there. Without --judged it claims nothing.
    """
    from galactica import library

    try:
        with reporting(quiet) as report:
            trained = library.train_tagger(
                out,
                chosen(editions, shelf),
                tables=tuple(tables or ()),
                questions=tuple(questions or ()),
                hold_out=tuple(hold_out or ()),
                judged=tuple(judged or ()),
                workers=jobs or os.cpu_count() or 1,
                report=report,
                tell=(lambda line: None) if quiet else tell,
            )
    except KeyboardInterrupt:
        tell(f"Stopped. The same command goes on from the articles that were read; they lie in {out}.training.")
        return STOPPED
    if as_json:
        from galactica.wire.learned import tagger_document

        write_json(tagger_document(trained))
        return 0
    write(f"{trained.path}: {size(trained.bytes)}")
    write(f"Learned from {counted(trained.candidates, 'candidate')}, {trained.positives:,} of them values.")
    write(f"Of {trained.judged:,} judged proposals it claims {trained.claimed:,}, {trained.right:,} of them right.")
    write(f"{trained.card} tells all of it.")
    return 0
