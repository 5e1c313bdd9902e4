"""Keeps libzim at arm's length: reads a ZIM through a child process and survives whatever happens to that.

A child that crashes or says nothing for `SILENCE_SECONDS` is replaced by a new one which goes on behind the entry that
did it; that entry is reported as unreadable. After `MAX_CRASHES` of them the rest of the file is given up.
"""

from __future__ import annotations

import importlib.util
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from galactica.codes.child import child_command, child_environment
from galactica.errors import InputError, MissingError
from galactica.sources.zim_message import ChildMessage, message_from

SILENCE_SECONDS = 120.0
"""How long a child may work on one entry. Unpacking the largest allowed cluster takes about ten seconds."""

MAX_CRASHES = 8
"""How many entries of one file may kill their child before the rest is given up."""

COMMAND = child_command("galactica.sources.zim_child")
"""What a child is started with, before the file and the number of its first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZimFacts:
    """What a ZIM says about itself before its entries are read.

    Attributes:
        metadata: (name, value) pairs, sorted.
        entries: how many frames will follow.
        size: bytes of the file, all parts together.
    """

    metadata: tuple[tuple[str, str], ...]
    entries: int
    size: int


class Guard:
    """A ZIM file read by child processes, one after the other.

    Raises:
        MissingError: libzim is not installed.
        InputError: the file cannot be opened as a ZIM.
    """

    def __init__(self, path: Path) -> None:
        require_libzim()
        self._path = path
        self._child = _Child(path, 0)
        try:
            self.opened = self._handshake()
        except BaseException:
            self._child.close()
            raise

    def _handshake(self) -> ZimFacts:
        metadata = {}
        while (frame := self._child.next()) is not None:
            if frame.kind == "metadata":
                metadata[frame.path] = frame.content.decode("utf-8", "replace")
            elif frame.kind == "ready":
                return ZimFacts(metadata=tuple(sorted(metadata.items())), entries=frame.number, size=frame.size)
            elif frame.kind == "failed":
                raise _unreadable(self._path, " ".join(frame.detail.split()))
        raise _unreadable(self._path, self._child.end())

    def frames(self) -> Iterator[ChildMessage]:
        """Every entry once, as "page", "text", "media", "redirect" or "bad", and "checksum" where it does not fit."""
        following, crashes = 0, 0
        while True:
            last = ""
            while (frame := self._child.next()) is not None:
                last = frame.kind
                if (frame.number >= following and last != "ready") or last == "checksum":
                    following = max(following, frame.number + 1)
                    yield frame
            how = self._child.end()
            if last == "end" or following >= self.opened.entries:
                return
            if crashes == MAX_CRASHES or last == "failed":
                rest = f"{self.opened.entries - following} entries; {how}"
                yield ChildMessage(kind="bad", path="the rest of the file", reason="truncated", detail=rest)
                return
            crashes += 1
            place = f"entry {following} in reading order"
            yield ChildMessage(kind="bad", number=following, path=place, reason="unreadable", detail=how)
            following += 1
            self._child.close()
            self._child = _Child(self._path, following)

    def close(self) -> None:
        """End the child, wherever it is."""
        self._child.close()


class _Child:
    """One child process and the frames that come out of it."""

    def __init__(self, path: Path, start: int) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, str(path.absolute()), str(start)],
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
        # Only the time spent waiting for the child counts: whoever consumes the frames may be as slow as it likes.
        while not self._closed.wait(min(1.0, SILENCE_SECONDS / 4)):
            since = self._waiting_since
            if since is not None and time.monotonic() - since > SILENCE_SECONDS:
                self._silent = True
                self._process.kill()
                return

    def next(self) -> ChildMessage | None:
        """The next frame, or None where the child has ended, however it did."""
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
            return f"the ZIM library did not answer for {SILENCE_SECONDS:.0f} seconds"
        return f"the ZIM library crashed ({f'signal {-code}' if code < 0 else f'exit status {code}'})"

    def close(self) -> None:
        self._closed.set()
        self._process.kill()
        self._process.wait()
        self._pipe.close()


def require_libzim() -> None:
    """Say early, and with its remedy, that the extra is missing; the child could only fail.

    Raises:
        MissingError: libzim is not installed.
    """
    if importlib.util.find_spec("libzim") is None:
        raise MissingError(
            "Reading and writing ZIM files needs the package libzim, which is not installed.",
            "Install it with: pip install 'galactica[build]'",
        )


def _unreadable(path: Path, why: str) -> InputError:
    return InputError(
        f"{path.name} cannot be opened as a ZIM file: {why.rstrip('.')}.",
        "Compare its size and checksum with where it comes from and download it again; "
        "of a split ZIM every part (.zimaa, .zimab, …) must lie in the same folder.",
    )
