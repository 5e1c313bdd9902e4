"""Opening the room: a socket on a loopback address, uvicorn behind it.

Rules: an address that others can reach is used only when the caller says so; a port that was not asked for gives way
to a free one; whoever starts the room is told its address once it answers.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import socket
from collections.abc import Callable, Sequence

import pyarrow as pa
import uvicorn

from galactica.errors import MissingError, UsageError
from galactica.web.app import create_app
from galactica.web.reading import Library
from galactica.web.security import is_loopback

DEFAULT_PORT = 8080
MAX_CONNECTIONS = 512
"""Connections answered at a time; more get 503 (a bound on memory)."""


def serve(
    library: Library,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    public: bool = False,
    cors: Sequence[str] = (),
    announce: Callable[[str], None] | None = None,
) -> None:
    """Run the reading room until it is stopped (SIGINT or SIGTERM).

    Args:
        host: an address of this machine.
        port: None: 8080, or a free one where that is taken; 0: any free one; a number: that one or an error.
        public: must be True for a host that is not a loopback address: then others can read along.
        cors: see `create_app`.
        announce: called once with the room's address ("http://127.0.0.1:8080/") when it answers.

    Raises:
        UsageError: a host that others reach without `public`, or a port out of range.
        MissingError: the address cannot be had on this machine.
    """
    # The room lives long and reads little at a time: pyarrow's own allocator would keep 40 MB of what it once used
    # (measured on 13,000 articles, 2026-11-23: 298 MB with it, 253 MB without, the same speed).
    pa.set_memory_pool(pa.system_memory_pool())
    if not public and not is_loopback(host):
        raise UsageError(
            f"{host} can be reached by other machines.",
            "Allow it with --public, or leave --host out to read on this machine only.",
        )
    with contextlib.closing(_bind(host, port)) as listener:
        number = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            create_app(library, public=public, cors=cors),
            http="httptools",
            ws="none",
            lifespan="on",
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=3,
        )
        _Server(config, f"http://{shown}:{number}/", announce).run(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn, telling when it is ready."""

    def __init__(self, config: uvicorn.Config, address: str, announce: Callable[[str], None] | None) -> None:
        super().__init__(config)
        self._address = address
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What lives now lives as long as the room: keep it out of every later collection.
        gc.collect()
        gc.freeze()
        if self._announce is not None and self.started:
            self._announce(self._address)


def _bind(host: str, port: int | None) -> socket.socket:
    if port is not None and not 0 <= port <= 65535:
        raise UsageError(f"{port} is not a port.", "Ports are 0 to 65535; 0 takes any free one.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in (DEFAULT_PORT, 0) if port is None else (port,):
        # The protocol is named because asyncio turns Nagle's delay off only for sockets that say they are TCP; without
        # it every page waits 40 ms for an acknowledgement (measured 2026-11-23: 176 pages/s instead of 540).
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host.strip("[]"), number))
            listener.set_inheritable(True)
        except OSError as error:
            listener.close()
            if port is None and number and error.errno in (errno.EADDRINUSE, errno.EACCES):
                continue
            raise MissingError(
                f"{host}, port {number}: {error.strerror}.", "Choose another port, or leave it out."
            ) from None
        return listener
    raise MissingError(f"No port is free on {host}.", "Close another program that listens there.")
