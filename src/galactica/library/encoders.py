"""Which encoders are there, and which one makes the next index of meaning? Nothing large is loaded to say so."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.building.meaning import ENCODER
from galactica.encode import NAMES, identity
from galactica.errors import GalacticaError

ABOUT = {
    "static": "comes with the program; quick on any machine",
    "minilm": "all-MiniLM-L6-v2, English; for those who have the time or a GPU",
}
TRAINED = "a file that was trained"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderInfo:
    """An encoder at a glance.

    Attributes:
        name: "static", "minilm" or the absolute path of a file.
        about: what it is, in a few words.
        installed: whether it can be used here.
        in_use: whether new indexes are made with it.
        dimensions: of its vectors; 0 where it is not installed.
        digest: 64 hex digits that say which one it is exactly; "" where it is not installed.
        problem: why it cannot be used, and what can be done; "" where it can.
    """

    name: str
    about: str
    installed: bool
    in_use: bool
    dimensions: int = 0
    digest: str = ""
    problem: str = ""


def list_encoders(chosen: str = "") -> tuple[EncoderInfo, ...]:
    """The encoders that have names, and the one that was chosen, if that is a file.

    Args:
        chosen: what `Settings.encoder` says.
    """
    names = (*NAMES, *((chosen,) if chosen and chosen not in NAMES else ()))
    return tuple(_info(name, in_use=name == (chosen or ENCODER)) for name in names)


def _info(name: str, *, in_use: bool) -> EncoderInfo:
    about = ABOUT.get(name, TRAINED)
    try:
        dimensions, digest = identity(name)
    except GalacticaError as error:
        return EncoderInfo(name=name, about=about, installed=False, in_use=in_use, problem=_said(error))
    return EncoderInfo(name=name, about=about, installed=True, in_use=in_use, dimensions=dimensions, digest=digest)


def _said(error: GalacticaError) -> str:
    return f"{error.problem} {error.remedy}"
