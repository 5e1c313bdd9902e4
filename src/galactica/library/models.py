"""Which language model may be called, and does it answer? None is called that was not chosen."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.ask.models import INSTRUCTIONS, FailedError, Model, call_model, data_block, drafted, model_at
from galactica.errors import UsageError
from galactica.library.settings import Settings
from galactica.model import Citation

__all__ = ["Model", "Tried", "chosen_model", "model_at", "try_model"]

TRIAL = "The river Vistula rises in the Beskids and flows through Warsaw to the Baltic Sea."
QUESTION = "Which river flows through Warsaw?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of calling a model once.

    Attributes:
        problem: why it cannot be used; "" where it can.
        sentences: what it wrote of a made-up quotation and could be taken.
        refused: sentences of it that could not.
        seconds: how long it took; 0 where it failed.
    """

    problem: str
    sentences: tuple[str, ...] = ()
    refused: int = 0
    seconds: float = 0.0


def chosen_model(settings: Settings, named: str = "", *, key_from: str = "") -> Model | None:
    """The model that a person means.

    Args:
        settings: what was chosen once and for all.
        named: for this time: URL#NAME; "none" for no model, whatever was chosen; "" for what was chosen.
        key_from: the variable that holds the key of the model in `named`.

    Raises:
        UsageError: `named` is no address of a model, or the settings cannot be read.
    """
    if named.strip().lower() == "none":
        return None
    if named:
        return model_at(named, key_from=key_from)
    if key_from:
        raise UsageError("A key is named, but no model.", "Name the model too: --model URL#NAME.")
    return settings.model


def try_model(model: Model) -> Tried:
    """Call a model once, with a made-up quotation of one sentence; nothing of any edition is sent.

    Raises:
        MissingError: the extra is not installed.
        UsageError: its key is not in the variable that was named.
    """
    citation = Citation(
        edition="",
        id=b"",
        title="Vistula",
        language="en",
        source="trial",
        source_title="A trial",
        path="",
        url="",
        licence="",
        date="",
        passage=0,
        start=0,
        end=len(TRIAL),
        quote=TRIAL,
    )
    try:
        said = call_model(model, INSTRUCTIONS, data_block(QUESTION, [citation]))
    except FailedError as error:
        return Tried(problem=f"The model {model.name} gave no answer: {error}.")
    draft = drafted(said.text, 1)
    problem = "" if draft.sentences else "It answered, but not in sentences that name their quotations."
    return Tried(
        problem=problem,
        sentences=tuple(text for text, _ in draft.sentences),
        refused=draft.refused,
        seconds=said.seconds,
    )
