"""Files that get their name only when they are whole, and what lasts through a loss of power."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PART = ".part"
"""How a file ends that is being written; what a process that was killed left has this ending too."""


@contextmanager
def whole(path: Path, *, durable: bool = False) -> Iterator[Path]:
    """Write a file whole or not at all: what the block writes to the path it is given goes to `path` at its end.

    Two processes may write the same file: each writes to a place of its own, and the last one stays.

    Args:
        durable: whether it must also be whole after a loss of power; costs a write to disk.

    Raises:
        OSError: it cannot be written or renamed; then there is nothing left of it.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    try:
        yield part
        if durable:
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def put_on_disk(place: Path) -> None:
    """Make a file's content, or the names in a folder, last through a loss of power, where the system knows how.

    Raises:
        OSError: it cannot be opened or written back.
    """
    if os.name != "posix":  # folders cannot be opened there
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
