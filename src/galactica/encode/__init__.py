"""What is the vector of a text? Encoders, all behind one protocol (`contract.Encoder`).

An encoder is called "static" (it comes with the program), "minilm", or by the path of a file that was trained. An index
remembers the name that `settled` gives, and finds its encoder again by it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

from galactica.encode.contract import Encoder, Vectors
from galactica.errors import MissingError, UsageError

__all__ = ["NAMES", "Encoder", "Vectors", "identity", "open_encoder", "settled", "shipped"]

NAMES = ("static", "minilm")
"""Encoders that a person can choose by name; the path of a trained file is the third way."""

SUFFIX = ".safetensors"


def shipped() -> Path:
    """Where the encoder that comes with the program lies."""
    return Path(str(resources.files("galactica.encode"))) / "data" / f"static{SUFFIX}"


def open_encoder(name: str = "static") -> Encoder:
    """The encoder of that name, or in the file of that name; the same one is opened once, until its file changes.

    Raises:
        UsageError: there is no encoder of that name.
        MissingError: its file, or the extra that runs it, is not installed.
        EditionError: its file is damaged.
    """
    if name == "minilm":
        return _minilm()
    path = _file(name)
    found = path.stat()
    return _opened(path, name, (found.st_ino, found.st_mtime_ns, found.st_size))


def identity(name: str) -> tuple[int, str]:
    """(dimensions, digest) of the encoder of that name, found out without loading what runs it; raises as
    `open_encoder`."""
    if name == "minilm":
        from galactica.encode.minilm import MiniLM, installed_digest

        return MiniLM.dimensions, installed_digest()
    encoder = open_encoder(name)
    return encoder.dimensions, encoder.digest


def settled(name: str) -> str:
    """The name by which the same encoder is found again from any folder: "static", "minilm", or an absolute path.

    A file with the same content as the one that comes with the program is "static", so that an index made with it can
    be used where that file is not. Raises as `open_encoder`.
    """
    dimensions, digest = identity(name)
    if name in NAMES:
        return name
    same = shipped().is_file() and identity("static") == (dimensions, digest)
    return "static" if same else str(Path(name).absolute())


def _file(name: str) -> Path:
    path = shipped() if name == "static" else Path(name)
    if name != "static" and path.suffix != SUFFIX:
        raise UsageError(f"There is no encoder called {name[:80]!r}.", f"Use {', '.join(NAMES)}, or a trained file.")
    if not path.is_file():
        raise MissingError(f"The encoder {path} is not there.", "Train it: galactica train encoder.")
    return path


@lru_cache(maxsize=4)
def _opened(path: Path, name: str, state: tuple[int, int, int]) -> Encoder:
    from galactica.encode.static import StaticEncoder

    return StaticEncoder.open(path, name=name)


@lru_cache(maxsize=1)
def _minilm() -> Encoder:
    from galactica.encode.minilm import MiniLM

    return MiniLM.open()
