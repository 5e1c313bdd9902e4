"""A module of the program in a process of its own: how it is started, and what it may know of this one.

Such a process reads what may end the process it is read in, or answers a stranger in a sandbox. It is a fresh
interpreter, not a fork: nothing of this one's memory is in it.
"""

from __future__ import annotations

import os
import sys

NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH")
"""Variables that a system needs to start a process at all."""


def child_command(module: str, *options: str) -> tuple[str, ...]:
    """What starts `module`: this interpreter, which imports nothing from the folder that it stands in (-P).

    Args:
        options: of the interpreter, besides.
    """
    return (sys.executable, "-P", *options, "-m", module)


def child_environment(*, bare: bool = False) -> dict[str, str]:
    """The environment of a child, which finds modules where this process does.

    Args:
        bare: it may know nothing else, and speaks English.
    """
    known = {name: value for name, value in os.environ.items() if not bare or name in NEEDED}
    language = {"LANG": "C.UTF-8"} if bare else {}
    return {**known, **language, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
