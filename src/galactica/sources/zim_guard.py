"""Reads a ZIM through a child process (`child_guard`), so that nothing the file does to libzim ends its reader."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from galactica.codes.child import child_command
from galactica.errors import InputError, MissingError
from galactica.sources.child_guard import ChildFailedError, ChildTerms, GuardedReading
from galactica.sources.child_message import ChildMessage

SILENCE_SECONDS = 120.0
"""How long a child may work on one entry. Unpacking the largest allowed cluster takes about ten seconds."""

MAX_CRASHES = 8
"""How many entries of one file may kill their child before the rest is given up."""

COMMAND = child_command("galactica.sources.zim_child")
"""What a child is started with, before the file and the number of its first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZimFacts:
    """What a ZIM says about itself before its entries are read.

    Attributes:
        metadata: (name, value) pairs, sorted.
        entries: how many frames will follow.
        size: bytes of the file, all parts together.
    """

    metadata: tuple[tuple[str, str], ...]
    entries: int
    size: int


class Guard:
    """A ZIM file read by child processes, one after the other.

    Raises:
        MissingError: libzim is not installed.
        InputError: the file cannot be opened as a ZIM.
    """

    def __init__(self, path: Path) -> None:
        require_libzim()
        terms = ChildTerms(
            command=COMMAND,
            called="the ZIM library",
            part=("entry", "in reading order"),
            silence=SILENCE_SECONDS,
            crashes=MAX_CRASHES,
        )
        try:
            self._reading = GuardedReading(terms, str(path.absolute()))
        except ChildFailedError as error:
            raise _unreadable(path, str(error)) from None
        metadata = {each.path: each.content.decode("utf-8", "replace") for each in self._reading.told}
        ready = self._reading.ready
        self.opened = ZimFacts(metadata=tuple(sorted(metadata.items())), entries=ready.number, size=ready.size)

    def frames(self) -> Iterator[ChildMessage]:
        """Every entry once, as "page", "text", "media", "redirect" or "bad", and "checksum" where it does not fit."""
        return self._reading.messages()

    def close(self) -> None:
        """End the child, wherever it is."""
        self._reading.close()


def require_libzim() -> None:
    """Say early, and with its remedy, that the extra is missing; the child could only fail.

    Raises:
        MissingError: libzim is not installed.
    """
    if importlib.util.find_spec("libzim") is None:
        raise MissingError(
            "Reading and writing ZIM files needs the package libzim, which is not installed.",
            "Install it with: pip install 'galactica[build]'",
        )


def _unreadable(path: Path, why: str) -> InputError:
    return InputError(
        f"{path.name} cannot be opened as a ZIM file: {why.rstrip('.')}.",
        "Compare its size and checksum with where it comes from and download it again; "
        "of a split ZIM every part (.zimaa, .zimab, …) must lie in the same folder.",
    )
