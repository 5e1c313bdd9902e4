"""Who works: an executor, how many tasks it works on at a time, and their results in order.

Rule: whoever gives work to a crew gives tasks whose result depends on themselves alone, and takes results in the order
of the tasks; then it is all the same who did what, and how many there were.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

EACH = 2
"""Tasks for each hand that are out at a time: one that is worked on, one that waits."""


class HereExecutor(Executor):
    """Does the work in this process, at once: for small things, and for tests."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as its base
        """Do it; what it raises is raised here."""
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """An executor, and how many tasks it works on at a time; 0: the work is done in this process."""

    executor: Executor
    hands: int

    def results(self, function: Callable[[_Task], _Result], tasks: Iterable[_Task]) -> Iterator[_Result]:
        """What the function returns for each task, in their order; `EACH` for each hand are out at a time.

        Args:
            function: of a module, so that another process finds it.
        """
        waiting: deque[Future[_Result]] = deque()
        try:
            for task in tasks:
                waiting.append(self.executor.submit(function, task))
                if len(waiting) > EACH * self.hands:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def no_crew() -> Crew:
    """Whoever asks does the work alone."""
    return Crew(executor=HereExecutor(), hands=0)
