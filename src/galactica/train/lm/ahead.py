"""Batches made ahead, in a thread beside a GPU that learns from the ones before.

The order that must hold: a batch, then where the loader stands behind it, then the next. So a state says what comes
after the batch that was given last, however many more were made, and going on is as exact as without.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # it loads PyTorch, which is not needed here
    from galactica.train.lm.running import GivenBatch

AHEAD = 2
"""Batches that wait: one to be given at once, one so that a slow one (its tokens must be made) is not felt."""

_LOOK = 0.05
"""Seconds after which the thread looks whether it is to end."""


class EndlessLoader(Protocol):
    """What is used of a loader (`loading.loader.Loader`)."""

    def __next__(self) -> GivenBatch: ...

    @property
    def epochs(self) -> tuple[float, ...]:
        """How often each group was gone through."""

    def state(self) -> dict[str, Any]:
        """The place in the text."""

    def close(self) -> None:
        """Let go of the files."""


class BatchesAhead:
    """A loader whose batches are made ahead; it alone uses the loader from then on.

    Args:
        loader: gives batches.

    Attributes:
        epochs: how often each group was gone through, as of the batch that was given last.
    """

    def __init__(self, loader: EndlessLoader) -> None:
        self.epochs = loader.epochs
        self._loader = loader
        self._state: Mapping[str, Any] = loader.state()
        self._made: queue.Queue[tuple[GivenBatch, dict[str, Any], tuple[float, ...]] | BaseException] = queue.Queue(
            AHEAD
        )
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._make, name="batches ahead", daemon=True)
        self._thread.start()

    def __next__(self) -> GivenBatch:
        """The next batch; raises what making it has raised."""
        found = self._made.get()
        if isinstance(found, BaseException):
            self._put(found)  # whoever asks again is told again
            raise found
        batch, self._state, self.epochs = found
        return batch

    def state(self) -> Mapping[str, Any]:
        """The place in the text behind the batch that was given last."""
        return self._state

    def close(self) -> None:
        """End the thread, and let go of the loader's files."""
        self._ended.set()
        self._thread.join()
        self._loader.close()

    def _make(self) -> None:
        while not self._ended.is_set():
            try:
                found = next(self._loader), self._loader.state(), self._loader.epochs
            except BaseException as error:  # handed to whoever asks for the batch
                self._put(error)
                return
            self._put(found)

    def _put(self, found: tuple[GivenBatch, dict[str, Any], tuple[float, ...]] | BaseException) -> None:
        while not self._ended.is_set():
            try:
                self._made.put(found, timeout=_LOOK)
            except queue.Full:
                continue
            return
