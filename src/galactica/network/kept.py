"""Connections that stay open between requests to one server, so that a range costs one way there and back, not three.

Rules: a connection is used again only when its last reply was read to its end and nothing else came over it; it was
made as `connection` makes one, to an address that was looked up once. What a server closed in the meantime is asked
again over a new one, once. Standard: RFC 9112 §9.3 (persistence).
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from galactica.network.connection import FetchError, NetworkReply, asked_over, connected

MOST_IDLE = 8
"""Connections that are kept for one server."""


class KeptReply:
    """A reply whose connection goes back where it came from when it was read to its end."""

    def __init__(self, reply: NetworkReply, back: Callable[[NetworkReply], None]) -> None:
        self._reply, self._back = reply, back
        self.status, self.headers, self.local = reply.status, reply.headers, reply.local

    def read(self) -> bytes:
        """See `ServerReply`."""
        return self._reply.read()

    def __enter__(self) -> KeptReply:
        return self

    def __exit__(self, *error: object) -> None:
        self._back(self._reply)


class KeptConnections:
    """An `Opener` that keeps connections; thread-safe. Close it by leaving its `with` block."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._idle: dict[tuple[str, str, bool], list[tuple[socket.socket, bool]]] = {}
        self._lock = threading.Lock()
        self._open = True

    def __call__(self, address: str, headers: Mapping[str, str], *, local: bool, seconds: float) -> KeptReply:
        """Send one request; see `Opener`."""
        deadline = self._clock() + seconds
        parts = urlsplit(address)
        key = (parts.scheme, parts.netloc, local)
        while (kept := self._taken(key)) is not None:
            try:
                return self._asked(key, *kept, address, headers, deadline)
            except FetchError as error:
                if error.reason != "broken":
                    raise
        connection, inside = connected(address, local, deadline, self._clock)
        return self._asked(key, connection, inside, address, headers, deadline)

    def open_ahead(self, address: str, *, local: bool, seconds: float) -> None:
        """Open a connection that a later request will use; where that fails, the request will say so."""
        parts = urlsplit(address)
        with contextlib.suppress(FetchError):
            made = connected(address, local, self._clock() + seconds, self._clock)
            with self._lock:
                several = self._idle.setdefault((parts.scheme, parts.netloc, local), [])
                if self._open and len(several) < MOST_IDLE:
                    several.append(made)
                    return
            made[0].close()

    def __enter__(self) -> KeptConnections:
        return self

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._open = False
            for several in self._idle.values():
                for connection, _ in several:
                    connection.close()
            self._idle.clear()

    def _asked(
        self,
        key: tuple[str, str, bool],
        connection: socket.socket,
        inside: bool,
        address: str,
        headers: Mapping[str, str],
        deadline: float,
    ) -> KeptReply:
        reply = asked_over(connection, inside, address, headers, deadline, self._clock)

        def back(done: NetworkReply) -> None:
            if done.reusable:
                with self._lock:
                    several = self._idle.setdefault(key, [])
                    if self._open and len(several) < MOST_IDLE:
                        several.append((connection, inside))
                        return
            connection.close()

        return KeptReply(reply, back)

    def _taken(self, key: tuple[str, str, bool]) -> tuple[socket.socket, bool] | None:
        """A connection that is kept and still open."""
        with self._lock:
            several = self._idle.get(key, [])
            while several:
                connection, inside = several.pop()
                try:
                    if not _has_something(connection):  # it was closed, or something came that nobody asked for
                        return connection, inside
                except (OSError, ValueError):
                    pass
                connection.close()
        return None


def _has_something(connection: socket.socket) -> bool:
    """Whether a connection can be read; `select.select` knows no more than 1,024 descriptors where there is `poll`."""
    if not hasattr(select, "poll"):
        return bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
