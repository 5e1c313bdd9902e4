"""What was seen of static editions, kept on disk: bounded, never believed unchecked, read again when there is no
network.

A file for each range, named by a hash of its name, written whole or not at all. When there are more bytes than may be,
those that were used longest ago go first. Whoever can write to the folder can spoil it, and lie no more than a server
can: everything is checked when it is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from pathlib import Path

from galactica.codes.files import whole

MOST_KEPT = 512 * 2**20
"""Bytes that are kept, of all static editions together."""

LEFT = 0.8
"""Share of them that stays when there are more."""

_EVERY = 64
"""Files written between two looks at how much there is."""


class KeptOnDisk:
    """Keeps bytes in a folder, which is made when there is something to keep; thread-safe.

    Args:
        folder: nobody else's.
        most: bytes that are kept.
    """

    def __init__(self, folder: Path, most: int = MOST_KEPT) -> None:
        self._folder, self._most = folder, most
        self._written = _EVERY
        self._lock = threading.Lock()

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""
        path = self._path(name)
        try:
            raw = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return raw

    def put(self, name: str, raw: bytes) -> None:
        """Keep bytes; where there is no room or no permission, they are not kept."""
        path = self._path(name)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole(path) as part:
                part.write_bytes(raw)
            with self._lock:
                self._written += 1
                full = self._written > _EVERY
                self._written = 0 if full else self._written
            if full:
                self._make_room()

    def drop(self, name: str) -> None:
        """Forget what is kept under a name."""
        with contextlib.suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
        return self._folder / digest[:2] / digest

    def _make_room(self) -> None:
        found = []
        for path in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                about = path.stat()
                found.append((about.st_mtime, about.st_size, path))
        total = sum(size for _, size, _ in found)
        if total <= self._most:
            return
        for _, size, path in sorted(found, key=lambda each: (each[0], str(each[2]))):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            total -= size
            if total <= self._most * LEFT:
                return
