"""Work that leaves a disk to others: at most so many bytes a second, on average since it began."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Waits where work is ahead of its rate.

    Args:
        rate: bytes a second; 0: as fast as can be.
        clock: seconds from anywhere, never backwards.
        sleep: waits so many seconds.
    """

    def __init__(
        self, rate: int, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._sleep = sleep
        self._begun = clock()
        self._done = 0

    def took(self, count: int) -> None:
        """So many bytes were read."""
        self._done += count
        if self._rate > 0:
            ahead = self._done / self._rate - (self._clock() - self._begun)
            if ahead > 0:
                self._sleep(ahead)
