"""Words of commands that are shown to a person, so that what is printed can be pasted into a shell and runs.

A command stands at the end of its sentence, or between backticks, so that nothing else is copied with it.
"""

from __future__ import annotations

import os
import shlex


def word(name: str | os.PathLike[str]) -> str:
    """A path or a name as a POSIX shell takes it: quoted where it must be, never taken for an option.

    Control characters and bytes that are no text are written in the form $'…' (POSIX.1-2024, 2.2.4).
    """
    text = os.fspath(name)
    if text.startswith("-"):
        text = f"./{text}"
    if text.isprintable():
        return shlex.quote(text)
    made = "".join(_escaped(sign) for sign in text)
    return f"$'{made}'"


def _escaped(sign: str) -> str:
    if sign in "\\'":
        return f"\\{sign}"
    return sign if sign.isprintable() else "".join(f"\\{byte:03o}" for byte in os.fsencode(sign))
