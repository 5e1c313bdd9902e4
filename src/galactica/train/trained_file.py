"""A file that training makes: where it is made, how it and its card get their names, and what is told of it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from galactica.codes.lock import locked
from galactica.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedFile:
    """What every training gives.

    Attributes:
        path: the file.
        card: its model card, beside it.
        bytes, digest: of the file.
        held_out: titles of the articles of the editions that were left out.
        seconds: that training took, in this run.
    """

    path: Path
    card: Path
    bytes: int
    digest: str
    held_out: tuple[str, ...]
    seconds: float = 0.0


def card_of(out: Path) -> Path:
    """The model card of a file, beside it."""
    return out.with_suffix(".md")


def training_work(out: Path) -> Path:
    """The folder in which a file is made, and from which an interrupted training goes on."""
    return out.with_name(out.name + ".training")


def check_places(out: Path, suffix: str) -> None:
    """Raise UsageError where a file that is to be made has another ending, or is there already, or its card is."""
    if out.suffix != suffix:
        raise UsageError(f"{out.name} does not end in {suffix}.", f"Name the file like mine{suffix}.")
    ended = (training_work(out) / out.name).exists()  # stopped between the card and the file: the card is ours
    for path in (out,) if ended else (out, card_of(out)):
        if os.path.lexists(path):
            raise UsageError(f"{path} is there already.", "Name another file, or move that one away.")


@contextmanager
def training_folder(out: Path) -> Iterator[Path]:
    """The folder in which a file is made, for this process alone; it goes when the block ends, and stays for the same
    training to go on from where the block was stopped.

    Raises:
        UsageError: another process is training the same file.
    """
    work = training_work(out)
    work.mkdir(parents=True, exist_ok=True)
    with locked(work / "lock", f"{out} is being trained by another process."):
        yield work
    shutil.rmtree(work, ignore_errors=True)


def size_and_digest(path: Path) -> tuple[int, str]:
    """Bytes of a file, and its SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, digest


def put_trained(out: Path, made: Path, card: str) -> None:
    """Give a file that was made its name, and its card first: a file that has its name has its card."""
    card_of(out).write_text(card, encoding="utf-8", newline="\n")
    made.replace(out)
