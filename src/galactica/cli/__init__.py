"""The door from the command line: argv in; results on standard output, all else on standard error; an exit code.

Every verb calls `galactica.library` and nothing below it does work here. docs/cli.md is generated from this room by
tools/cli_reference.py.
"""

from galactica.cli.app import app
from galactica.cli.entry import main, run

__all__ = ["app", "main", "run"]
