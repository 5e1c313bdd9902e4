"""Being asked to end in the middle of training: the step that is going on is finished and its state kept first.

A second signal is not waited with: then what was kept before stands. Where this is not the main thread, or the signal
is ignored, nothing is changed.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

HEEDED = ("SIGINT", "SIGTERM", "SIGHUP")


class EndWish:
    """Whether somebody asked to end.

    Attributes:
        number: of the signal; 0 where none came.
    """

    def __init__(self) -> None:
        self.number = 0

    def __bool__(self) -> bool:
        return self.number != 0


@contextmanager
def heeded_late() -> Iterator[EndWish]:
    """Take signals down for the length of a block; at its end whoever heeded them before is told of one that came."""
    wish = EndWish()
    before: dict[int, object] = {}

    def take(number: int, frame: FrameType | None) -> None:
        if wish:  # the second: at once, as it would have been
            _hand_on(before.get(number), number, frame)
        wish.number = number

    if threading.current_thread() is threading.main_thread():
        for name in HEEDED:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, take)
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what `signal.signal` gave
    if wish:
        _hand_on(before.get(wish.number), wish.number, None)
        raise KeyboardInterrupt


def _hand_on(handler: object, number: int, frame: FrameType | None) -> None:
    if callable(handler):
        handler(number, frame)
    elif number != signal.SIGINT:
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    raise KeyboardInterrupt
