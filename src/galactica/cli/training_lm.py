"""The verb that trains a language model (the group train)."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import STOPPED, verb
from galactica.cli.options import AsJson, Editions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, tell, write, write_json
from galactica.hints import word
from galactica.model.said import counted


class LmSize(StrEnum):
    """Sizes that have a name."""

    NANO = "nano"
    MICRO = "micro"
    SMALL = "small"


class Precision(StrEnum):
    """How products are rounded."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"


@verb
def lm(
    view: Annotated[Path, typer.Argument(metavar="VIEW", help="What it learns from: `galactica dataset` makes one.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to make.")],
    model_size: Annotated[
        LmSize,
        typer.Option("--size", metavar="nano|micro|small", help="1.3, 13 or 113 million parameters."),
    ] = LmSize.NANO,
    minutes: Annotated[
        float | None, typer.Option("--minutes", metavar="N", help="Train so long; the rate falls to 0 in time.")
    ] = None,
    steps: Annotated[
        int | None, typer.Option("--steps", metavar="N", min=1, help="Train so many steps; else as the size has it.")
    ] = None,
    device: Annotated[
        str, typer.Option("--device", metavar="auto|cpu|cuda[:N]", help="Where it is computed.")
    ] = "auto",
    tokenizer: Annotated[
        Path | None, typer.Option("--tokenizer", metavar="FILE", help="A tokenizer.json; else one is trained.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of first numbers and order.")] = 0,
    batch: Annotated[
        int | None, typer.Option("--batch", metavar="N", min=1, help="Sequences of a step, of all ranks together.")
    ] = None,
    context: Annotated[
        int | None, typer.Option("--context", metavar="N", min=8, help="Tokens that it sees at once.")
    ] = None,
    rate: Annotated[float | None, typer.Option("--rate", metavar="R", help="Highest learning rate.")] = None,
    held_back: Annotated[
        float, typer.Option("--held-back", metavar="SHARE", min=0, max=0.5, help="Of the documents, to measure with.")
    ] = 0.01,
    precision: Annotated[
        Precision,
        typer.Option("--precision", metavar="auto|float32|bfloat16", help="auto: bfloat16 where hardware has it."),
    ] = Precision.AUTO,
    threads: Annotated[
        int | None, typer.Option("--threads", metavar="N", min=1, help="Of the processor; else one a core.")
    ] = None,
    again: Annotated[
        Path | None, typer.Option("--again", metavar="MODEL", help="Train as this model was trained, to the letter.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Only go on from a state; it is an error if none is.")
    ] = False,
    anew: Annotated[bool, typer.Option("--anew", help="Throw away the state that is there, and begin.")] = False,
    no_trace: Annotated[bool, typer.Option("--no-trace", help="Do not trace samples: no index is made.")] = False,
    editions: Editions = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Train a language model on a view; needs the extras train and ask.

    Stopped or killed at any moment, the same command goes on from the last state, kept every minute. OUT opens in
    transformers as a LlamaForCausalLM; its card says of what it was made, what it costs and what makes it again. The
    same seed on the same kind of processor with as many threads gives the same weights. Several GPUs or machines:
    torchrun --nproc-per-node N -m galactica train lm …
    """
    from galactica import library

    wish = library.TrainingWish(
        size=model_size.value,
        steps=steps,
        minutes=minutes,
        seed=seed,
        batch=batch,
        context=context,
        rate=rate,
        held=held_back,
        tokenizer=tokenizer,
        device=device,
        precision="" if precision is Precision.AUTO else precision.value,
        threads=threads,
        resume=resume,
        anew=anew,
    )
    try:
        with reporting(quiet) as report:
            made = library.train_lm(
                view,
                out,
                wish,
                again=again,
                editions=chosen(editions, shelf) if editions else (),
                trace=not no_trace,
                report=report,
                tell=(lambda line: None) if quiet else tell,
            )
    except KeyboardInterrupt:
        tell(f"Stopped. The same command goes on from the last state that was kept; it lies in {out}.training.")
        return STOPPED
    if not made.training:
        return 0  # another rank tells
    if as_json:
        from galactica.wire.language_models import trained_model_document

        write_json(trained_model_document(made))
        return 0
    told = made.training
    write(f"{made.path}: {told['parameters'] / 1e6:.3g} million parameters, {size(told['bytes'])}")
    seconds, speed = told["seconds"], told["tokens_per_second"]
    write(
        f"Learned from {told['tokens']:,} tokens in {counted(told['steps'], 'step')}: {seconds:,.0f} s, {speed:,.0f}/s"
    )
    held = told["held_back"]
    if held is not None:
        beside = ", ".join(f"{each['name']} {each['bits']:.3f}" for each in held["beside"])
        write(f"Held-back text costs {held['bits']:.3f} bits a byte ({beside}). {made.card} tells all of it.")
    write(f"Ask it to write: galactica generate {word(made.path)} 'The'")
    places = " ".join(word(os.path.normpath(each)) for each in made.editions)
    write(f"See it: galactica serve {places} --model {word(made.path)}")
    return 0
