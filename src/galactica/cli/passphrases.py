"""Asking for the passphrase of a secret key: on the terminal without an echo, or from a file or the environment.

It is never shown, never an argument of the command line (other users see those), and never in an error.
"""

from __future__ import annotations

import getpass
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.terminal import tell
from galactica.errors import UsageError

if TYPE_CHECKING:
    from galactica.library import Settings
    from galactica.library.keys import SecretKey

SigningKeys = Annotated[
    list[str] | None,
    typer.Option("--key", "-k", metavar="KEY", help="A key that signs: a name of yours, or its file. Repeatable."),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="Its first line is the passphrase; else GALACTICA_PASSPHRASE is, else you are asked.",
    ),
]
_TRIES = 3


def opened_keys(names: Sequence[str], settings: Settings, passphrase_file: Path | None) -> list[tuple[SecretKey, str]]:
    """The secret keys that a person names, and what each is called; asks for passphrases where none is given.

    Raises:
        UsageError: there is no such key, or its passphrase is wrong or cannot be asked for.
        InputError, LimitError: as `open_key`.
    """
    from galactica.library import keys

    found = []
    for name in names:
        file = keys.secret_file(name, keys.keys_folder(settings))
        given = keys.passphrase_from(os.environ, passphrase_file)
        found.append((_opened(file, given), file.stem))
        warn_exposed(file)
    return found


def new_passphrase(passphrase_file: Path | None) -> bytes:
    """The passphrase of a new key, asked for twice where none is given.

    Raises:
        UsageError: it is empty, the two differ, or it cannot be asked for.
    """
    from galactica.library import keys

    given = keys.passphrase_from(os.environ, passphrase_file)
    if given is None:
        given = _asked("Passphrase for the new key: ")
        if given != _asked("The same again: "):
            raise UsageError("The two passphrases differ.", "Begin again.")
    if not given:
        raise UsageError("The passphrase is empty.", "Give one, or say --no-passphrase.")
    return given


def warn_exposed(file: Path) -> None:
    """Tell where others on this machine may read a secret key."""
    if os.name == "posix" and file.stat().st_mode & 0o077:
        tell(f"{file} may be read by others on this machine. Take that from them: chmod 600 FILE.")


def _opened(file: Path, given: bytes | None) -> SecretKey:
    from galactica.library import keys

    if given is not None:
        return keys.open_key(file, lambda _: given)
    for left in range(_TRIES - 1, -1, -1):
        asked = False

        def ask(path: Path) -> bytes:
            nonlocal asked
            asked = True
            return _asked(f"Passphrase of {path.name}: ")

        try:
            return keys.open_key(file, ask)
        except UsageError as error:
            if not asked or not left or "passphrase is wrong" not in error.problem:
                raise
            tell(error.problem)
    raise AssertionError


def _asked(prompt: str) -> bytes:
    """What a person types where nobody sees it.

    Raises:
        UsageError: there is no terminal that can hide it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt).encode("utf-8", "surrogateescape")
    except (getpass.GetPassWarning, EOFError, OSError):
        raise UsageError(
            "There is no terminal to ask for the passphrase without showing it.",
            "Give it by --passphrase-file FILE or GALACTICA_PASSPHRASE.",
        ) from None
