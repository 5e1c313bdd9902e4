"""One process at a time: a lock that the system lets go of when its holder dies, however it dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from galactica.errors import UsageError

try:
    import fcntl
except ImportError:  # a system without flock: two builds into one folder are then the person's own care
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(path: Path, problem: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock file `path`.

    Args:
        problem: what it means that another process holds it.
        wait: until nobody else does; for what is held for a moment only.

    Raises:
        UsageError: another process holds it, and waiting was not asked for.
    """
    with path.open("a") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise UsageError(problem, "Wait until it has finished, or stop it.") from None
        yield
