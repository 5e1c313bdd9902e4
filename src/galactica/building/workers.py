"""Worker processes of a build: made from a server that has loaded what they need once, so that each starts at once.

`warm` starts that server and returns; it loads beside whatever its caller does next. Calling it is never needed, only
quicker.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from types import FrameType, ModuleType
from typing import Any, Protocol, cast

from galactica.cluster.crew import HereExecutor
from galactica.errors import LimitError

_Handler = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None
_LOADED = ["galactica.building.forked", "galactica.building.refining", "galactica.building.shards"]


def _one_thread() -> None:
    """Workers share the cores already: a linear algebra library that starts threads of its own would only wait."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


@contextmanager
def _quiet_helpers() -> Iterator[None]:
    """What Python starts beside the workers is started here: deaf to a terminal that is closed, and without a word.

    Its tracker of semaphores warns on standard error of what a killed program left, which it puts away itself.
    """
    heard = _ignored("SIGHUP")
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    try:
        resource_tracker.ensure_running()
        yield
    finally:
        sys.warnoptions.pop()
        if heard is not None:
            signal.signal(signal.SIGHUP, heard)


def _ignored(name: str) -> _Handler:
    """Ignore a signal, which a new process inherits; returns how it was handled, None where nothing was changed."""
    number = getattr(signal, name, None)
    if number is None or threading.current_thread() is not threading.main_thread():
        return None
    return signal.signal(number, signal.SIG_IGN)


def warm() -> None:
    """Start the server that workers are made from, where the system has one."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        _one_thread()
        forkserver.set_forkserver_preload(_LOADED)
        with _quiet_helpers():
            forkserver.ensure_running()


@contextmanager
def pool(workers: int) -> Iterator[Executor]:
    """So many worker processes, stopped at once when the block is left by an error; 0: the work is done here.

    Raises:
        LimitError: a worker died.
    """
    if not workers:
        yield HereExecutor()
        return
    _one_thread()
    started: list[_Started] = []
    processes = ProcessPoolExecutor(workers, mp_context=_context(started), initializer=_begin)
    try:
        yield processes
    except BrokenProcessPool:
        _read_no_more(processes)
        raise LimitError(
            "A worker process died (out of memory, or killed).",
            "Run the same command again; it goes on from where it was. Fewer --workers need less memory.",
        ) from None
    except BaseException:
        for process in started:
            process.terminate()
        _read_no_more(processes)
        raise
    finally:
        processes.shutdown(wait=True, cancel_futures=True)


def _read_no_more(processes: ProcessPoolExecutor) -> None:
    """Close the end at which workers read, which this process has open too: until Python 3.11.5 what still waits to be
    written to workers that have ended is waited for without end (CPython issue 94777). The executor's own thread may
    have closed it a moment before."""
    if sys.version_info < (3, 11, 5):
        executor: Any = processes
        with contextlib.suppress(OSError):
            executor._call_queue._reader.close()


@contextmanager
def _without_script() -> Iterator[None]:
    """Workers that are made here do not run the program's own script again, as Python would have them.

    They need nothing of it; and one that comes from standard input, or builds without asking whether it is the main
    program, would end them at once.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


class _Started(Protocol):
    """A process that runs."""

    def terminate(self) -> None:
        """End it, if it has not ended."""


def _context(started: list[_Started]) -> BaseContext:
    """Where workers come from.

    Args:
        started: gets every worker as soon as it runs. The executor's own list lacks one for a moment, in which a signal
            may come: that worker would be left, and hold open the pipe that the executor waits for.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        warm()
        return _without_script_in(multiprocessing.get_context("forkserver"), started)
    return _without_script_in(multiprocessing.get_context("spawn"), started)


def _without_script_in(context: Any, started: list[_Started]) -> BaseContext:  # noqa: ANN401 - its kinds differ from system to system
    """The context with processes that are started without the program's own script."""

    class Process(context.Process):  # type: ignore[misc]
        @staticmethod
        def _Popen(process: Any) -> Any:  # noqa: ANN401, N802 - so it is called there
            process.__class__ = context.Process  # a class of this function's own is not known to the new process
            with _without_script():
                started.append(context.Process._Popen(process))
            return started[-1]

    class Context(type(context)):  # type: ignore[misc]
        pass

    Context.Process = Process
    return cast(BaseContext, Context())


def _begin() -> None:
    """In a worker, before its first work: let the parent go first, which indexes and feeds all workers; seldom look for
    cycles (none here); leave Ctrl-C to the parent; and never outlive it."""
    gc.set_threshold(100_000, 50, 50)
    if hasattr(os, "nice"):
        os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_server()
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _die_with_server() -> None:
    """Where the system can: be killed when the server of workers ends, which ends with this program, however it does.

    The thread below does the same everywhere, but cannot while a library holds the interpreter. prctl(2),
    PR_SET_PDEATHSIG = 1.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, int(signal.SIGKILL), 0, 0, 0)


def _end_with_parent() -> None:
    """A worker holds both ends of the pipe that it waits at, so it would never notice that its parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
