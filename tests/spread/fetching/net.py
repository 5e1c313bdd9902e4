"""A net in memory: hosts that have a publication, and do what none should."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from galactica.network.connection import FetchError
from galactica.spread.release.document import Release
from galactica.spread.release.objects import object_path
from galactica.spread.release.publication import PUBLISHING

Answered = tuple[int, Mapping[str, str], Iterator[bytes]]
"""Status, headers by name in lower case, body."""


class MemoryReply:
    """A reply that comes out of memory."""

    def __init__(self, status: int, headers: Mapping[str, str], body: Iterator[bytes], local: bool) -> None:
        self.status, self.headers, self.local = status, headers, local
        self._body = body

    def read(self) -> bytes:
        return next(self._body, b"")

    def __enter__(self) -> MemoryReply:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


@dataclass(slots=True)
class Host:
    """A server of files.

    Attributes:
        does: by path, what it does instead of sending a file.
        waits_for: a host that must have been asked for an object before this one sends any: two that are as quick as
            memory do not share work, because the first has done it all before the second is looked at.
    """

    files: dict[str, bytes]
    local: bool = False
    ranges: bool = True
    absent: int = 404
    does: dict[str, Callable[[int], Answered]] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    waits_for: Host | None = None

    def answer(self, path: str, start: int) -> Answered:
        self.asked.append((path, start))
        if path in self.does:
            return self.does[path](start)
        raw = self.files.get(path)
        if raw is None:
            return self.absent, {}, iter((b"nothing here",))
        return self.sent(raw, start)

    def sent(self, raw: bytes, start: int) -> Answered:
        """The bytes from a place on, in small pieces."""
        if not (start and self.ranges):
            return 200, {}, self.paced(raw)
        if start >= len(raw):
            return 416, {}, iter(())
        return 206, {"content-range": f"bytes {start}-{len(raw) - 1}/{len(raw)}"}, self.paced(raw[start:])

    def paced(self, raw: bytes) -> Iterator[bytes]:
        """The bytes in small pieces, as soon as `waits_for` lets them go; for half a minute at the most."""
        late = time.monotonic() + 30
        while self.waits_for and not self.waits_for.objects() and time.monotonic() < late and self.objects():
            time.sleep(0.001)
        yield from pieces(raw)

    def objects(self) -> list[str]:
        """Paths of the objects that were asked for."""
        return [path for path, _ in self.asked if "objects/" in path]


def pieces(raw: bytes, size: int = 64) -> Iterator[bytes]:
    return (raw[at : at + size] for at in range(0, len(raw), size))


def breaking(raw: bytes) -> Iterator[bytes]:
    """The bytes, and then the connection breaks."""
    yield from pieces(raw)
    raise FetchError("broken", "the reply breaks off")


def endless(piece: bytes = b"x" * 65_536) -> Iterator[bytes]:
    while True:
        yield piece


@dataclass(slots=True)
class Net:
    """All hosts, by name."""

    hosts: dict[str, Host] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop_after: int = 10**9
    """Requests after which the person presses Ctrl-C."""

    def host(self, name: str, folder: Path) -> Host:
        """A host that has a copy of a publication."""
        self.hosts[name] = Host(files_in(folder))
        return self.hosts[name]

    def __call__(self, address: str, headers: Mapping[str, str], *, local: bool, seconds: float) -> MemoryReply:
        parts = urlsplit(address)
        host = self.hosts.get(parts.netloc)
        if host is None:
            raise FetchError("unreachable", f"{parts.netloc} is not known here")
        if host.local and not local:
            raise FetchError("address", f"{parts.netloc} is on this machine or its own network", lasting=True)
        with self.lock:
            self.stop_after -= 1
            if self.stop_after < 0:
                raise KeyboardInterrupt
            start = int(headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
            return MemoryReply(*host.answer(parts.path.removeprefix("/"), start), host.local)


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a publication that are carried, by path."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and PUBLISHING not in each.parts
    }


LIAR, HONEST = "https://liar.example/", "https://honest.example/"
LIST = "releases/releases.json"


def newest_in(host: Host) -> tuple[str, Release]:
    """(folder, release) of the newest one that a host has."""
    path = next(name for name in host.files if "/2-" in name and name.endswith("/release.json"))
    return path.removesuffix("release.json"), Release.from_bytes(host.files[path])


def packs(host: Host) -> list[str]:
    """Paths of the packs of the newest release."""
    return [object_path(each.hash) for each in newest_in(host)[1].objects if each.kind == "pack"]
