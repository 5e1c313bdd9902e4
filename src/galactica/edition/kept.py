"""The last few values made, kept by key: what makes the second look at the same pages quick."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class Kept:
    """The last `limit` values made, by key: several threads, each value made at most once at a time."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[object, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object, make: Callable[[], _T]) -> _T:
        """The value for `key`, from memory or made now."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]  # type: ignore[return-value]  # one key is always made by one function
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._limit:
                self._values.popitem(last=False)
        return value
