"""The server: uvicorn behind a socket that is bound already, telling its address once it answers."""

from __future__ import annotations

import gc
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
"""An ASGI application (ASGI 3.0, "Applications")."""

KEEP_ALIVE = 30
"""Seconds that an idle connection stays open."""

SHUTDOWN = 3
"""Seconds that requests in progress have when the server is stopped."""


def serve_at(
    application: Application,
    listener: socket.socket,
    *,
    address: str,
    connections: int,
    announce: Callable[[str], None] | None,
) -> None:
    """Answer at a socket until the process is told to stop (SIGINT or SIGTERM).

    Args:
        connections: answered at a time; more get 503.
        announce: called once with `address` when it answers.
    """
    config = uvicorn.Config(
        application,
        http="httptools",
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=connections,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=SHUTDOWN,
    )
    _Server(config, address, announce).run(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn, telling when it is ready."""

    def __init__(self, config: uvicorn.Config, address: str, announce: Callable[[str], None] | None) -> None:
        super().__init__(config)
        self._address = address
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What lives now lives as long as the server: keep it out of every later collection.
        gc.collect()
        gc.freeze()
        if self._announce is not None and self.started:
            self._announce(self._address)
