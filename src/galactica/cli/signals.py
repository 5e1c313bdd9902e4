"""Signals that ask this program to end: it ends tidily at the first, and at once at the second.

The first unwinds what is going on as Ctrl-C does, so that files are closed, locks are let go and children are ended.
Codes are those of shells: 128 plus the signal's number.
"""

from __future__ import annotations

import os
import signal
from types import FrameType

HEEDED = ("SIGINT", "SIGTERM", "SIGHUP")
"""Names of the signals; the last is not known everywhere."""

STOPPED = 130
"""What shells give for a program ended by SIGINT: 128 + 2."""


_received: list[int] = []
"""Numbers of the signals that came, in this process."""


class Signalled(KeyboardInterrupt):
    """A signal asked this program to end; what cleans up after Ctrl-C cleans up after this too."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def heed() -> None:
    """Heed the signals from now on. One that whoever started this program ignores (nohup) stays ignored."""

    def stop(number: int, _: FrameType | None) -> None:
        _received.append(number)
        if len(_received) > 1:
            os._exit(128 + number)
        raise Signalled(number)

    for name in HEEDED:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)


def received() -> Signalled | None:
    """The signal that came; None where none did."""
    return Signalled(_received[0]) if _received else None


def code_of(stop: KeyboardInterrupt) -> int:
    """The exit code for what ended the program."""
    return stop.code if isinstance(stop, Signalled) else STOPPED
