"""The verb that asks a language model to write: generate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet
from galactica.cli.terminal import tell, without_controls, write_json


@verb
def generate_verb(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="A model's folder: `galactica train lm` makes one.")],
    prompt: Annotated[
        str, typer.Argument(metavar="[PROMPT]", help="What it goes on with; without it, it begins a document.")
    ] = "",
    tokens: Annotated[int, typer.Option("--tokens", "-n", metavar="N", min=1, help="To write at most.")] = 200,
    temperature: Annotated[
        float, typer.Option("--temperature", metavar="T", help="0: always the likeliest; 1: as the model says.")
    ] = 0.8,
    top_k: Annotated[
        int, typer.Option("--top-k", metavar="N", min=0, help="Only from the N likeliest; 0: from all.")
    ] = 0,
    top_p: Annotated[
        float, typer.Option("--top-p", metavar="SHARE", help="Only from the likeliest that have this share together.")
    ] = 0.95,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of what is drawn.")] = 0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Have a language model go on with a text; needs the extra ask, and no PyTorch.

    What it writes is shown as it comes. Nothing vouches for it: it is what its sources might have said, not what they
    say. `galactica trace` finds what of it stands in them.
    """
    from galactica import library

    how = library.Choosing(temperature=temperature, top_k=top_k, top_p=top_p, seed=seed)

    def show(piece: str) -> None:
        sys.stdout.write(without_controls(piece))
        sys.stdout.flush()

    if as_json:
        from galactica.wire.language_models import generated_document

        found = library.generate(model, prompt, tokens=tokens, how=how)
        write_json(generated_document(model.absolute().name, found))
        return
    found = library.generate(model, prompt, tokens=tokens, how=how, told=show)
    sys.stdout.write("\n")
    if found.ended == "context" and not quiet:
        tell("It sees no more: prompt and text fill its context.")
