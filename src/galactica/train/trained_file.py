"""What all trained files have in common: their places, the card beside them, and what they say of themselves."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from galactica import __version__
from galactica.edition import EditionInfo
from galactica.errors import UsageError
from galactica.train.lessons import QuestionsRead

PROGRAM = f"galactica {__version__}"


def card_of(out: Path) -> Path:
    """The model card of a file, beside it."""
    return out.with_suffix(".md")


def work_of(out: Path) -> Path:
    """The folder in which a file is made, and from which an interrupted training goes on."""
    return out.with_name(out.name + ".training")


def check_places(out: Path, suffix: str) -> None:
    """Raise UsageError where a file that is to be made has another ending, or is there already, or its card is."""
    if out.suffix != suffix:
        raise UsageError(f"{out.name} does not end in {suffix}.", f"Name the file like mine{suffix}.")
    ended = (work_of(out) / out.name).exists()  # stopped between the card and the file: the card is ours
    for path in (out,) if ended else (out, card_of(out)):
        if os.path.lexists(path):
            raise UsageError(f"{path} is there already.", "Name another file, or move that one away.")


def origins(
    infos: Iterable[EditionInfo], questions: Iterable[QuestionsRead], hold_out: Iterable[QuestionsRead]
) -> dict[str, str]:
    """What a file says of what it was made from."""
    return {
        "editions": " ".join(info.root for info in infos),
        "questions": " ".join(file.digest for file in questions),
        "held out": " ".join(file.digest for file in hold_out),
    }
