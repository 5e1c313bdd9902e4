"""What several threads want at once, and only one of them has to do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

PATIENCE = 30.0
"""Seconds that one waits for another; every researcher is left behind long before."""

Value = TypeVar("Value")


class Once:
    """Does a thing once, however many ask for it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Future[Any]] = {}
        self._lock = threading.Lock()

    def take(self, names: Sequence[Hashable]) -> tuple[list[Future[Any]], list[int]]:
        """(what each of these will be, the places of those that whoever asks now has to do)."""
        mine = []
        with self._lock:
            for place, name in enumerate(names):
                if name not in self._kept:
                    self._kept[name] = Future()
                    mine.append(place)
            return [self._kept[name] for name in names], mine

    def do(self, name: Hashable, work: Callable[[], Value]) -> Value:
        """What `work` gives, or gave."""
        (future,), mine = self.take([name])
        if mine:
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
                raise
        result: Value = future.result(timeout=PATIENCE)
        return result
