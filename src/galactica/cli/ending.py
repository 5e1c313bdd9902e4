"""How a verb ends: its result, or one of our errors translated, never a traceback.

Exit codes are those of `galactica.errors`; besides them 70 (a bug in this program), and 128 plus the signal's number
where a signal ended it: 130 for Ctrl-C, 143 for SIGTERM, 129 for a terminal that was closed.
"""

from __future__ import annotations

import functools
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import typer

from galactica.cli.persons import in_persons_language
from galactica.cli.signals import STOPPED, code_of
from galactica.cli.streams import STANDARD_OUTPUT
from galactica.cli.terminal import muffle, tell, write_json
from galactica.errors import GalacticaError, MissingError
from galactica.faults import fault_of
from galactica.placing import check_home

__all__ = ["BUG", "STOPPED", "USAGE", "explain", "fail", "verb"]

USAGE = 2
BUG = 70
"""EX_SOFTWARE of BSD's sysexits.h."""
spoken: list[str] = []
"""Verbs that had their say in this process: from there on they say themselves how they end."""

P = ParamSpec("P")


def verb(function: Callable[P, int | None]) -> Callable[P, None]:
    """Make a verb out of a function that returns an exit code (None is 0) and may raise what it likes."""

    @functools.wraps(function)
    def ended(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            spoken.append(function.__name__)
            code = function(*args, **kwargs) or 0
            sys.stdout.flush()
        except BaseException as error:
            code = explain(error, as_json)
        raise typer.Exit(code)

    return ended


def explain(error: BaseException, as_json: bool) -> int:
    """Say what went wrong; the exit code. Raises again what is no fault: a program that leaves on purpose."""
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        tell(f"Stopped. {_stands(error)}")
        return code_of(error)
    if isinstance(error, SystemExit) and isinstance(error.__context__, BrokenPipeError):
        error = error.__context__  # rich leaves the program where nobody reads what it writes
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error  # PyO3 keeps its exception for a library in Rust that gave up outside of Exception, without a name
    if isinstance(error, OSError) and error.filename == STANDARD_OUTPUT:
        muffle()
        if isinstance(error, BrokenPipeError):
            return 0  # the reader of our output has seen enough (`galactica ls | head`)
        return _say(unwritten(error), as_json=False)  # there is nowhere to write JSON to
    fault = fault_of(error)
    if fault is not None:
        return _say(fault, as_json)
    place = save_details(error)
    problem = f"This is a bug in galactica: {type(error).__name__}: {error}"
    return fail(problem, f"Please report it with the details saved in {place}.", BUG, as_json)


def _stands(stop: KeyboardInterrupt) -> str:
    """How things stand: what the work that was stopped says of itself (PEP 678), else what is always so."""
    own: list[str] = getattr(stop, "__notes__", [])
    return " ".join(own) or "Nothing is lost: the same command goes on from where a build was, or begins again."


def unwritten(error: OSError) -> MissingError:
    """Standard output does not take the result."""
    return MissingError(
        f"The result could not be written to standard output: {error.strerror}.",
        "Send it to a file with room for it, or to a program that reads it to its end.",
    )


def _say(error: GalacticaError, as_json: bool) -> int:
    return fail(error.problem, error.remedy, error.exit_code, as_json)


def fail(problem: str, remedy: str, code: int, as_json: bool) -> int:
    """Tell the person in their language, and the program that asked for JSON in English; returns `code`."""
    tell(f"{in_persons_language(problem)}\n{in_persons_language(remedy)}")
    if as_json:
        try:
            from galactica.wire.program import error_document

            write_json(error_document(problem, remedy, code))
            sys.stdout.flush()
        except (OSError, ValueError):  # nobody reads, or there is nowhere to write: it was said already
            muffle()
    return code


def save_details(error: BaseException) -> Path:
    """Keep the traceback where the platform keeps a program's state; returns the file."""
    details = "".join(traceback.format_exception(error))
    name = f"bug-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    try:
        import platformdirs

        folder = platformdirs.user_state_path("galactica", appauthor=False)
        check_home(folder, "XDG_STATE_HOME")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(details, encoding="utf-8", errors="backslashreplace")
        return folder / name
    except (OSError, MissingError):
        with tempfile.NamedTemporaryFile(
            "w", prefix="galactica-", suffix=f"-{name}", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(details)
        return Path(file.name)
