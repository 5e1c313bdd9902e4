"""Verbs about language models (the group model): use, none, show, try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ConfigFolder
from galactica.cli.terminal import tell, write, write_json

if TYPE_CHECKING:
    from galactica.library import Model, Tried

NOBODY = "No language model is chosen: answers are made of quotations alone, and nothing is called."


@verb
def use(
    url: Annotated[str, typer.Argument(metavar="URL", help="Its address, as in http://127.0.0.1:8080/v1 or URL#NAME.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What its server calls it.")] = "",
    key_from: Annotated[
        str,
        typer.Option("--key-from", metavar="VARIABLE", help="The environment variable that holds its key, if any."),
    ] = "",
    seconds: Annotated[float | None, typer.Option("--seconds", metavar="S", help="For one answer, at most.")] = None,
    tokens: Annotated[int | None, typer.Option("--tokens", metavar="N", help="That it may write, at most.")] = None,
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> None:
    """Choose the language model that galactica ask --group may call from now on; it is not called yet.

    Any address that speaks as OpenAI's chat completions do: llama.cpp, Ollama, vLLM. The key stays in its variable.
    """
    from galactica import library

    model = library.model_at(url, name, key_from=key_from, seconds=seconds, tokens=tokens)
    open_settings(config).use_model(model)
    if as_json:
        _say(model)
        return
    tell(f"Chosen: {model_described(model)}")
    tell("galactica model try calls it once; galactica model none leaves it again.")


@verb
def none(config: ConfigFolder = None, as_json: AsJson = False) -> None:
    """Choose no language model: nothing is called."""
    open_settings(config).use_model(None)
    if as_json:
        _say(None)
        return
    tell(NOBODY)


@verb
def show(config: ConfigFolder = None, as_json: AsJson = False) -> None:
    """Show which language model is chosen. Nothing is called."""
    model = open_settings(config).model
    if as_json:
        _say(model)
        return
    write(NOBODY if model is None else model_described(model))


@verb
def try_(
    url: Annotated[
        str, typer.Argument(metavar="[URL#NAME]", help="A model; without one, the one that is chosen.")
    ] = "",
    key_from: Annotated[
        str, typer.Option("--key-from", metavar="VARIABLE", help="The environment variable that holds its key, if any.")
    ] = "",
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> int:
    """Call a language model once, with a made-up quotation; exit code 1 where it cannot be used.

    Nothing of your editions is sent.
    """
    from galactica import library
    from galactica.errors import UsageError

    model = library.chosen_model(open_settings(config), url, key_from=key_from)
    if model is None:
        raise UsageError("No language model is chosen.", "Name one: galactica model try URL#NAME.")
    tried = library.try_model(model)
    if as_json:
        _say(model, tried)
    elif tried.problem:
        tell(tried.problem)
    else:
        tell(f"{model_described(model)}\nIt answered in {tried.seconds:.1f} seconds:")
        for sentence in tried.sentences:
            write(sentence)
    return 1 if tried.problem else 0


def model_described(model: Model) -> str:
    """A model in a line for a person; no key is ever in it."""
    place = "on this machine" if model.local else "not on this machine: questions and quotations are sent there"
    key = f", key from {model.key_from}" if model.key_from else ""
    return f"{model.name} at {model.url} ({place}), {model.seconds:g} seconds, {model.tokens} tokens{key}."


def _say(model: Model | None, tried: Tried | None = None) -> None:
    """A model, and what came of trying it, as a JSON document."""
    from galactica.wire.learned import model_document

    write_json(model_document(model, tried))
