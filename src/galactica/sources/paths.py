"""Names inside a source: made relative and clean, or refused (contract rule 5)."""

from __future__ import annotations

import re
from pathlib import Path

from galactica.values.moments import iso_day

MAX_PATH = 2048
"""Longest path of a document, in UTF-8 bytes: paths go into every edition's tables and addresses."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DAY = re.compile(r"(?:\A|[-_. ])((?:19|20)\d\d-\d\d-\d\d)\Z", re.ASCII)


def clean_path(name: str) -> str | None:
    """The path that a name in a folder, an archive or a table stands for, or None where it cannot be one.

    A leading "./" is dropped (tar writes it). Refused: absolute paths, "." and ".." segments, NUL and other control
    characters, names that are no Unicode text, and more than `MAX_PATH` bytes.
    """
    while name.startswith("./"):
        name = name[2:]
    if not name or name[0] == "/" or _CONTROL.search(name):
        return None
    try:
        if len(name.encode()) > MAX_PATH:
            return None
    except UnicodeEncodeError:  # a file name that is not in the machine's encoding
        return None
    segments = name.split("/")
    return None if "." in segments or ".." in segments else name


def printable(name: str, limit: int = 300) -> str:
    """A name as it may be shown: what is no text or a control character is written as an escape; cut at `limit`."""
    if name.isprintable():  # nearly all are
        return name[:limit]
    shown = name.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c >= " " and c != "\x7f" else f"\\x{ord(c):02x}" for c in shown)[:limit]


def stem(path: str) -> str:
    """A title made of a path where there is no better: its last segment without suffix, underscores as spaces."""
    name = path.rstrip("/").rpartition("/")[2]
    base = name.rpartition(".")[0] or name
    return base.replace("_", " ").strip() or name


def is_file(path: Path) -> bool:
    """Whether a regular file can be seen at a path; in a folder that is closed to this program nothing can."""
    try:
        return path.is_file()
    except OSError:
        return False


def day_called(name: str) -> str:
    """The day that a file or folder is called by, where its name is one or ends in one ("2021-02-15"); else "".

    Nothing else of a name is taken: "2021" may be a number as well, and a day in the middle may be of anything.
    """
    found = _DAY.search(name)
    return iso_day(found[1]) if found else ""
