"""Two folders trade their names, so that at no moment there is none: what is replaced is the old or the new one.

Linux does it in one step (renameat2 with RENAME_EXCHANGE, since 3.15). Elsewhere the old one is moved aside first, and
between the two steps there is a moment without; what was moved aside has a name by which `settle` puts it back.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

ASIDE = ".replaced"
"""How the name of what was moved aside ends."""

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def exchange(new: Path, old: Path) -> None:
    """Let the folder `new` be called `old`, on the same disk; what was called `old` is called `new` then.

    Raises:
        OSError: one is missing, or the system refuses.
    """
    if sys.platform == "linux" and _at_once(new, old):
        return
    aside = old.with_name(old.name + ASIDE)
    old.rename(aside)
    new.rename(old)
    aside.rename(new)


def settle(old: Path) -> None:
    """After a kill in the middle of an exchange that took several steps: there is something called `old` again."""
    aside = old.with_name(old.name + ASIDE)
    if aside.is_dir() and not old.exists():
        aside.rename(old)


def _at_once(new: Path, old: Path) -> bool:
    """Whether the system did it in one step; False where it, or the file system, cannot."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if call(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE) == 0:
        return True
    if not new.exists() or not old.exists():
        raise FileNotFoundError(f"{new} or {old} is not there")
    return False
