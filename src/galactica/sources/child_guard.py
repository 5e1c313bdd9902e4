"""Keeps a native library at arm's length: a file is read through a child process, whatever happens to that.

A child that crashes or says nothing for too long is replaced by a new one which goes on behind the part that did it;
that part is reported as unreadable. After some crashes the rest of the file is given up. The child's side of it is
`child_frame`; what goes through the pipe, `child_message`.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from galactica.codes.child import child_environment
from galactica.sources.child_message import ChildMessage, message_from


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTerms:
    """How a kind of child is started, and what it may do.

    Attributes:
        command: what it is started with, before the file and the number of its first part.
        called: what does the work, for a person: "the ZIM library".
        part: what a file is read in, for a person: "entry", and where a part stands: "in reading order".
        silence: seconds that it may work on one part without a word.
        crashes: how many parts of one file may kill their child before the rest is given up.
    """

    command: tuple[str, ...]
    called: str
    part: tuple[str, str]
    silence: float
    crashes: int


class ChildFailedError(Exception):
    """A file that cannot be opened; `reason` is a word for programs, "" where the child had none."""

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(why)
        self.reason = reason


class GuardedReading:
    """A file read by child processes, one after the other.

    Attributes:
        told: the "metadata" messages, in their order.
        ready: the message that says how many parts will follow.

    Raises:
        ChildFailedError: the file cannot be opened.
    """

    def __init__(self, terms: ChildTerms, file: str) -> None:
        self._terms = terms
        self._file = file
        self._child = _Child(terms, file, 0)
        self.told: list[ChildMessage] = []
        try:
            self.ready = self._opened()
        except BaseException:
            self._child.close()
            raise

    def _opened(self) -> ChildMessage:
        while (message := self._child.next()) is not None:
            if message.kind == "metadata":
                self.told.append(message)
            elif message.kind == "ready":
                return message
            elif message.kind == "failed":
                raise ChildFailedError(message.reason, " ".join(message.detail.split()))
        raise ChildFailedError("", self._child.end())

    def messages(self) -> Iterator[ChildMessage]:
        """What is told of every part, each once, "bad" where it killed its child; and "checksum" where it is told."""
        following, crashes = 0, 0
        while True:
            last = ""
            while (message := self._child.next()) is not None:
                last = message.kind
                if (message.number >= following and last != "ready") or last == "checksum":
                    following = max(following, message.number + 1)
                    yield message
            how = self._child.end()
            if last == "end" or following >= self.ready.number:
                return
            part, order = self._terms.part
            if crashes == self._terms.crashes or last == "failed":
                rest = f"{self.ready.number - following} {part.removesuffix('y')}{'ies' if part[-1] == 'y' else 's'}"
                place = "the rest of the file"
                yield ChildMessage(kind="bad", path=place, reason="truncated", detail=f"{rest}; {how}")
                return
            crashes += 1
            place = f"{part} {following} {order}".strip()
            yield ChildMessage(kind="bad", number=following, path=place, reason="unreadable", detail=how)
            following += 1
            self._child.close()
            self._child = _Child(self._terms, self._file, following)

    def close(self) -> None:
        """End the child, wherever it is."""
        self._child.close()


class _Child:
    """One child process and the messages that come out of it."""

    def __init__(self, terms: ChildTerms, file: str, start: int) -> None:
        self._terms = terms
        self._process = subprocess.Popen(
            [*terms.command, file, str(start)],
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        self._pipe: IO[bytes] = self._process.stdout
        self._silent = False
        self._closed = threading.Event()
        self._waiting_since: float | None = None
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        # Only the time spent waiting for the child counts: whoever consumes the messages may be as slow as it likes.
        while not self._closed.wait(min(1.0, self._terms.silence / 4)):
            since = self._waiting_since
            if since is not None and time.monotonic() - since > self._terms.silence:
                self._silent = True
                self._process.kill()
                return

    def next(self) -> ChildMessage | None:
        """The next message, or None where the child has ended, however it did."""
        try:
            return message_from(self._read)
        except (ValueError, TypeError, RecursionError):  # the hostile file has got hold of it
            self._process.kill()
            return None

    def _read(self, length: int) -> bytes:
        self._waiting_since = time.monotonic()
        try:
            return self._pipe.read(length)
        finally:
            self._waiting_since = None

    def end(self) -> str:
        """Wait for the child and say how it ended, for a person."""
        code = self._process.wait()
        if self._silent:
            return f"{self._terms.called} did not answer for {self._terms.silence:.0f} seconds"
        return f"{self._terms.called} crashed ({f'signal {-code}' if code < 0 else f'exit status {code}'})"

    def close(self) -> None:
        self._closed.set()
        self._process.kill()
        self._process.wait()
        self._pipe.close()
