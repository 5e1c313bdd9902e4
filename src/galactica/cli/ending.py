"""How a verb ends: its result, or one of our errors translated, never a traceback.

Exit codes are those of `galactica.errors`; besides them 70 (a bug in this program) and 130 (stopped by the person).
"""

from __future__ import annotations

import errno
import functools
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import typer

from galactica.cli.terminal import muffle, tell, write_json
from galactica.errors import GalacticaError, InputError, LimitError, MissingError

USAGE = 2
BUG = 70
"""EX_SOFTWARE of BSD's sysexits.h."""
STOPPED = 130
"""What shells give for a program ended by SIGINT: 128 + 2."""

P = ParamSpec("P")


def verb(function: Callable[P, int | None]) -> Callable[P, None]:
    """Make a verb out of a function that returns an exit code (None is 0) and may raise what it likes."""

    @functools.wraps(function)
    def ended(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            code = function(*args, **kwargs) or 0
            sys.stdout.flush()
        except Exception as error:
            code = explain(error, as_json)
        except KeyboardInterrupt:
            tell("Stopped. Nothing is lost: the same command goes on from where a build was, or begins again.")
            code = STOPPED
        raise typer.Exit(code)

    return ended


def explain(error: Exception, as_json: bool) -> int:
    """Say what went wrong; the exit code."""
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        muffle()  # the reader of our output has seen enough (`galactica ls | head`)
        return 0
    if isinstance(error, GalacticaError):
        return fail(error.problem, error.remedy, error.exit_code, as_json)
    if isinstance(error, MemoryError):
        return fail("The memory of this machine is used up.", "Use fewer --workers.", LimitError.exit_code, as_json)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return fail("The disk is full.", "Make room and run the same command again.", MissingError.exit_code, as_json)
    if isinstance(error, OSError) and error.errno is not None and error.strerror:
        named = f": {error.filename}" if error.filename else ""
        return fail(f"{error.strerror}{named}.", "Check the path and who may use it.", InputError.exit_code, as_json)
    place = save_details(error)
    problem = f"This is a bug in galactica: {type(error).__name__}: {error}"
    return fail(problem, f"Please report it with the details saved in {place}.", BUG, as_json)


def fail(problem: str, remedy: str, code: int, as_json: bool) -> int:
    """Tell the person, and the program that asked for JSON; returns `code`."""
    tell(f"{problem}\n{remedy}")
    if as_json:
        write_json({"error": {"problem": problem, "remedy": remedy, "code": code}})
    return code


def save_details(error: Exception) -> Path:
    """Keep the traceback where the platform keeps a program's state; returns the file."""
    details = "".join(traceback.format_exception(error))
    name = f"bug-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    try:
        import platformdirs

        folder = platformdirs.user_state_path("galactica", appauthor=False, ensure_exists=True)
        (folder / name).write_text(details, encoding="utf-8", errors="backslashreplace")
        return folder / name
    except OSError:
        with tempfile.NamedTemporaryFile(
            "w", prefix="galactica-", suffix=f"-{name}", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(details)
        return Path(file.name)
