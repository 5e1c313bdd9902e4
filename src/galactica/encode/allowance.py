"""How much may be computed for somebody who waits: counted as work, so that a busy machine gives the same as a quiet
one a little later, and bounded by the clock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 4.0
"""Times as long as it takes on a quiet machine that somebody waits at the most."""


class Allowance:
    """Seconds of work of several processors, shared by the threads that work.

    Args:
        seconds: of each processor; 0 is no work, infinity enough for all.
        threads: processors that work at once.
    """

    def __init__(self, seconds: float, threads: int) -> None:
        self._left = seconds * threads
        self._until = time.monotonic() + PATIENCE * seconds
        self._lock = threading.Lock()

    @property
    def lasts(self) -> bool:
        """Whether something more may be begun."""
        return self._left > 0 and time.monotonic() < self._until

    @contextmanager
    def work(self) -> Iterator[None]:
        """What a thread does in `with` is taken off."""
        begun = time.thread_time()
        yield
        with self._lock:
            self._left -= time.thread_time() - begun
