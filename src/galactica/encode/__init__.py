"""What is the vector of a text? Encoders, all behind one protocol (`contract.Encoder`)."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

from galactica.encode.contract import Encoder, Vectors
from galactica.errors import MissingError, UsageError

__all__ = ["NAMES", "Encoder", "Vectors", "open_encoder", "shipped"]

NAMES = ("static", "minilm")
"""Encoders that a person can choose by name; the path of a trained file is the third way."""


def shipped() -> Path:
    """Where the encoder that comes with the program lies."""
    return Path(str(resources.files("galactica.encode"))) / "data" / "static.safetensors"


@lru_cache(maxsize=4)
def open_encoder(name: str = "static") -> Encoder:
    """The encoder of that name, or in the file of that name; the same one is opened once.

    Raises:
        UsageError: there is no encoder of that name.
        MissingError: its file, or the extra that runs it, is not installed.
        EditionError: its file is damaged.
    """
    if name == "minilm":
        from galactica.encode.minilm import MiniLM  # here, because it loads a gigabyte of libraries

        return MiniLM.open()
    path = shipped() if name == "static" else Path(name)
    if name != "static" and path.suffix != ".safetensors":
        raise UsageError(f"There is no encoder called {name[:80]!r}.", f"Use {', '.join(NAMES)}, or a trained file.")
    if not path.is_file():
        raise MissingError(f"The encoder {path} is not there.", "Train it: galactica train encoder.")
    from galactica.encode.static import StaticEncoder

    return StaticEncoder.open(path)
