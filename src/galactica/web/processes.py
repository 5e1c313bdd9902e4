"""Several processes that answer at one address: copies of the one that has opened the library.

They are forked after everything is open, so what was read then is shared memory, and each has an interpreter lock of
its own, which is what result pages wait for. Only where the system forks (POSIX); elsewhere one process answers.

No copy outlives its parent: the parent ends them when it ends, and each looks every second whether its parent is still
there, for the case that it was killed.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


def can_copy() -> bool:
    """Whether this system can copy a process."""
    return hasattr(os, "fork")


@contextmanager
def copies(number: int, answer: Callable[[], None]) -> Iterator[None]:
    """Run `answer` in `number` copies of this process while the block runs; 0 is none.

    Args:
        number: further processes.
        answer: blocks until its process gets SIGTERM or SIGINT; what it raises ends its copy alone.
    """
    gc.collect()
    gc.freeze()  # what lives now is shared: a collection that touched it would copy it
    children = [_copy(answer) for _ in range(number if can_copy() else 0)]
    try:
        yield
    finally:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        for child in children:
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def _copy(answer: Callable[[], None]) -> int:
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
        answer()
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's is closed twice


def _watch(parent: int) -> None:
    """End this process when its parent is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
