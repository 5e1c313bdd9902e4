"""The verb that trains a tokenizer (the group train)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, write, write_json
from galactica.model.said import counted


@verb
def tokenizer(
    view: Annotated[Path, typer.Argument(metavar="VIEW", help="What it learns from: `galactica dataset` makes one.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to make, NAME.json; NAME.md tells of it.")],
    editions: Annotated[
        list[Path] | None,
        typer.Option("--edition", "-e", metavar="EDITION", help="Where an edition of the view lies. Repeatable."),
    ] = None,
    tokens: Annotated[int, typer.Option("--size", metavar="N", help="Tokens, special ones among them.")] = 16_384,
    sample: Annotated[
        int, typer.Option("--sample", metavar="MB", help="Text to learn from, at most; some 2 MB a second.")
    ] = 32,
    special: Annotated[
        list[str] | None,
        typer.Option("--special", metavar="TOKEN", help="A further token that no text makes. Repeatable."),
    ] = None,
    beside: Annotated[
        list[Path] | None,
        typer.Option("--beside", metavar="FILE", help="A tokenizer.json to measure beside. Repeatable."),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Train a tokenizer on a view: byte-level BPE, as a tokenizer.json that transformers loads; needs the extra ask.

    The same view and options make the same file. Bytes of text to a token are told by language, beside published
    vocabularies that are installed.
    """
    from galactica import library

    with reporting(quiet) as report:
        made = library.train_tokenizer(
            view,
            out,
            editions=tuple(editions or ()),
            size=tokens,
            sample=sample,
            special=tuple(special or ()),
            beside=tuple(beside or ()),
            report=report,
        )
    if as_json:
        from galactica.wire.tokenized import tokenizer_document

        write_json(tokenizer_document(made))
        return
    write(f"{made.path}: {counted(made.size, 'token')}, learned from {size(made.bytes)} of text")
    if made.size < made.asked:
        write(f"There was not enough text to learn {made.asked:,} from.")
    for each in made.languages:
        others = "".join(f"; {name} {each.held(found):.2f}" for name, found in each.beside)
        write(f"{each.language}: {each.held():.2f} bytes to a token{others}")
    write(f"{made.card} tells all of it.")
