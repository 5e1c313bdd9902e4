"""The counter where questions are asked: a few at a time, each in a thread of its own, told step by step.

A question takes a hundred times as long as a page. Rules:
1. Questions have threads of their own; pages are never kept waiting by them.
2. At most `AT_ONCE` are worked on and `WAITING` wait; whoever comes then is told at once to come back.
3. An asker who leaves, or whose time is up, ends the work: the next step that is reported raises `_LeftError` in it.
   A place is free again only when its thread is done, so that work that cannot be ended is never heaped up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from galactica.errors import GalacticaError, LimitError
from galactica.model import Answer, Step
from galactica.model.said import said
from galactica.web.exchange import RefusedError

if TYPE_CHECKING:
    from galactica.library import Library

AT_ONCE = 2
"""Questions worked on at the same time: one for each core of the smallest machine that this is meant for."""

WAITING = 6
"""Questions that wait their turn."""

SECONDS = 60.0
"""Seconds from asking to answer, waiting included; then the asker is told that it took too long."""

MAX_STEPS = 1000
"""Steps told of one question; a bound on memory. A study group tells some dozens."""

_LOG = logging.getLogger("galactica.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """What is asked of a library.

    Attributes:
        question: not empty.
        language: only articles in this language; "" for all.
        sources: only articles of these sources; none for all.
        group: whether the study group is to work on it.
        fast: whether what search finds is read in its order, not ranked before.
    """

    question: str
    language: str = ""
    sources: tuple[str, ...] = ()
    group: bool = False
    fast: bool = False


class _LeftError(BaseException):
    """The asker is gone. Like KeyboardInterrupt no `Exception`: what mends faults on the way must not catch it."""


class Counter:
    """Takes questions for a library; made and used in one event loop, or in several one after the other."""

    def __init__(
        self, library: Library, *, at_once: int = AT_ONCE, waiting: int = WAITING, seconds: float = SECONDS
    ) -> None:
        self._library = library
        self._seconds = seconds
        self._pool = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="asker")
        self._places = threading.BoundedSemaphore(at_once + waiting)

    def take(self, wish: QuestionAsked) -> QuestionInProgress:
        """Begin with a question.

        Raises:
            RefusedError: too many are being asked; with `Retry-After`.
        """
        if not self._places.acquire(blocking=False):
            raise RefusedError(
                said("too-many-askers", "Too many questions are being asked at this moment."),
                said("ask-again-soon", "Ask again in some seconds."),
                status=503,
                headers=((b"retry-after", b"5"),),
            )
        asking = QuestionInProgress(self._seconds)
        try:
            done = self._pool.submit(self._work, wish, asking)
        except RuntimeError:  # the room is closing
            self._places.release()
            raise LimitError(
                said("closing", "This reading room is closing."), said("ask-when-open", "Ask again when it is open.")
            ) from None
        done.add_done_callback(lambda _: self._places.release())
        return asking

    def close(self) -> None:
        """Take no more; what waits is dropped, what is worked on ends with its next step."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, wish: QuestionAsked, asking: QuestionInProgress) -> None:
        try:
            asking.tell(Step(who="", did=""))  # has the asker left while waiting?
            found: Answer | BaseException = self._library.ask(
                wish.question,
                language=wish.language,
                sources=wish.sources,
                group=wish.group,
                fast=wish.fast,
                report=asking.tell,
            )
        except BaseException as error:  # it is raised where the asker waits
            found = error
        asking.give(found)


class QuestionInProgress:
    """One question on its way to an answer."""

    def __init__(self, seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._until = self._loop.time() + seconds
        self._seconds = seconds
        self._queue: asyncio.Queue[Step | Answer | BaseException] = asyncio.Queue()
        self._left = threading.Event()
        self._told = 0

    def tell(self, step: Step) -> None:
        """Called in the thread that works: hand on a step, or end the work because the asker has left."""
        if self._left.is_set():
            raise _LeftError
        self._told += 1
        if step.who and self._told <= MAX_STEPS:
            self.give(step)

    def give(self, thing: Step | Answer | BaseException) -> None:
        """Called in any thread: put something into the asker's hands."""
        with contextlib.suppress(RuntimeError):  # the loop is closed, nobody waits
            self._loop.call_soon_threadsafe(self._queue.put_nowait, thing)

    def leave(self) -> None:
        """The asker has gone away."""
        self._left.set()
        self.give(_LeftError())

    async def events(self) -> AsyncIterator[Step | Answer]:
        """The steps and, last, the answer; ends without one where the asker left.

        Raises:
            LimitError: it took too long.
            GalacticaError: the library could not go on; the same of any other error, which is logged.
        """
        try:
            while True:
                async with asyncio.timeout_at(self._until):
                    thing = await self._queue.get()
                if isinstance(thing, _LeftError):
                    return
                if isinstance(thing, GalacticaError):
                    raise thing
                if isinstance(thing, BaseException):
                    _LOG.error("could not answer a question", exc_info=thing)
                    raise GalacticaError(
                        said("went-wrong", "Something went wrong while this was asked."),
                        said("ask-again", "Ask again."),
                    ) from None
                yield thing
                if isinstance(thing, Answer):
                    return
        except TimeoutError:
            raise LimitError(
                said("too-slow", "No answer was found within {seconds:second}.", seconds=round(self._seconds)),
                said("ask-for-less", "Ask again, or ask for less at a time."),
            ) from None
        finally:
            self._left.set()
