"""The frame of a process that reads a hostile file: its memory is bounded, and its pipe holds messages only.

Started by `child_guard` with the file and the number of the first part that is wanted. A crash or a hang of the native
library that reads the file ends this process and no other.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from galactica.sources.child_message import Teller


def bound_memory(limit: int) -> None:
    """Let this process take `limit` bytes for itself, where the system can say so.

    Linux counts private memory against RLIMIT_DATA since 4.7 (getrlimit(2)); mapped files do not count.
    """
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def tell_to_pipe(tell_all: Callable[[Path, int, Teller], None], limit: int) -> None:
    """Let `tell_all` (file, number of the first part, where to) tell, the pipe kept for messages: native libraries
    write notes of their own to standard output.

    Args:
        limit: bytes of memory.
    """
    out = os.fdopen(os.dup(1), "wb", buffering=2**16)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    bound_memory(limit)
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):  # nobody listens any more
        tell_all(Path(sys.argv[1]), int(sys.argv[2]), Teller(out))
        return
    os._exit(0)
