"""Where the program starts and how it always ends: an exit code, and words a person can act on.

The order that must hold: signals and standard streams are seen to before anything else is loaded, and what is loaded is
loaded inside of `run`, because memory, files or the person's patience may end just then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from galactica.cli import signals, streams


def main() -> None:
    """The console script."""
    # Before numpy is loaded: the matrices of a question are small, and threads for them wait longer than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        streams.prepare_streams()
        signals.heed()
        code = run(sys.argv[1:])
    except KeyboardInterrupt as stop:
        code = signals.code_of(stop)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Do what the command line says.

    Returns:
        The exit code, as in docs/cli.md. Verbs end themselves (see `ending.verb`); here only the option parser's
        own complaints are left, and what goes wrong before a verb begins.
    """
    as_json = "--json" in arguments
    try:
        from galactica.cli.app import program_command

        code = program_command(*arguments[:1]).main(args=list(arguments), prog_name="galactica", standalone_mode=False)
        sys.stdout.flush()
        stop = signals.received()
        if stop is not None and code == signals.STOPPED:  # typer makes an exit of it where no verb had begun
            from galactica.cli.ending import explain, spoken

            return stop.code if spoken else explain(stop, as_json)
    except BaseException as error:
        from galactica.cli.ending import USAGE, explain, fail

        # typer ships its own copy of click since 0.20 and used click itself before: known by shape, not by class.
        said = getattr(error, "format_message", None)
        if said is None:
            return explain(error, as_json)
        context = getattr(error, "ctx", None)
        asked = context.command_path if context is not None else "galactica"
        return fail(said() or "Nothing was asked.", f"Run {asked} --help to see what can be said.", USAGE, as_json)
    return code if isinstance(code, int) else 0
