"""Where the program starts and how it always ends: an exit code, and words a person can act on."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from galactica.cli.app import app
from galactica.cli.ending import USAGE, fail
from galactica.cli.terminal import muffle


def main() -> None:
    """The console script."""
    # Before numpy is loaded: the matrices of a question are small, and threads for them wait longer than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names of files may hold bytes that are no text; a terminal may know no Chinese. Neither ends the program.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Do what the command line says.

    Returns:
        The exit code, as in docs/cli.md. Verbs end themselves (see `ending.verb`); here only the option parser's
        own complaints are left.
    """
    as_json = "--json" in arguments
    try:
        code = app(args=list(arguments), prog_name="galactica", standalone_mode=False)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        muffle()
        return 0
    except Exception as error:
        # typer ships its own copy of click since 0.20 and used click itself before: known by shape, not by class.
        explain = getattr(error, "format_message", None)
        if explain is None:
            raise
        context = getattr(error, "ctx", None)
        asked = context.command_path if context is not None else "galactica"
        return fail(explain() or "Nothing was asked.", f"Run {asked} --help to see what can be said.", USAGE, as_json)
    return code if isinstance(code, int) else 0
