"""Worker processes of a build: made from a server that has loaded what they need once, so that each starts at once.

`warm` starts that server and returns; it loads beside whatever its caller does next. Calling it is never needed, only
quicker.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext

from galactica.errors import LimitError

_LOADED = ["galactica.library.work"]


def _one_thread() -> None:
    """Workers share the cores already: a linear algebra library that starts threads of its own would only wait."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def warm() -> None:
    """Start the server that workers are made from, where the system has one."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        _one_thread()
        forkserver.set_forkserver_preload(_LOADED)
        forkserver.ensure_running()


@contextmanager
def pool(workers: int) -> Iterator[Executor]:
    """So many worker processes, stopped at once when the block is left by an error; 0: the work is done here.

    Raises:
        LimitError: a worker died.
    """
    if not workers:
        yield _Here()
        return
    _one_thread()
    processes = ProcessPoolExecutor(workers, mp_context=_context(), initializer=_begin)
    try:
        yield processes
    except BrokenProcessPool:
        raise LimitError(
            "A worker process died (out of memory, or killed).",
            "Run the same command again; it goes on from where it was. Fewer --workers need less memory.",
        ) from None
    except BaseException:
        for process in list((processes._processes or {}).values()):
            process.terminate()
        raise
    finally:
        processes.shutdown(wait=True, cancel_futures=True)


def _context() -> BaseContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_LOADED)
        return context
    return multiprocessing.get_context("spawn")


def _begin() -> None:
    """In a worker, before its first work: let the parent go first, which indexes and feeds all workers; seldom look for
    cycles (none here); leave Ctrl-C to the parent; and never outlive it."""
    gc.set_threshold(100_000, 50, 50)
    if hasattr(os, "nice"):
        os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    """A worker holds both ends of the pipe that it waits at, so it would never notice that its parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


class _Here(Executor):
    """Does the work in this process, at once: for small builds, and for tests."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
        done: Future[object] = Future()
        done.set_result(fn(*args, **kwargs))
        return done
