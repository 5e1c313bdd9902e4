"""The command line: argv in; results on standard output, all else on standard error; an exit code.

Every verb calls `galactica.library` and nothing below it does work here. docs/cli.md is generated from this package by
tools/cli_reference.py. Nothing is loaded here but where the program starts, so that it can say what goes wrong while
the rest is loaded.
"""

from galactica.cli.entry import main, run

__all__ = ["main", "run"]
