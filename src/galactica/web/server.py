"""Opening the web site: on a loopback address, unless the caller says otherwise.

Rules: an address that others can reach is used only when the caller says so; a port that was not asked for gives way
to a free one; whoever starts the room is told its address once it answers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from galactica.codes.loopback import is_loopback
from galactica.errors import UsageError
from galactica.serve.listening import in_address, listen
from galactica.serve.running import serve_at
from galactica.web.app import create_app
from galactica.web.models import ShownModel
from galactica.web.receiving import create_receiving_app

if TYPE_CHECKING:
    from galactica.library import CameraSession, Library, Tracer

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
    tracer: Tracer | None = None,
    models: Sequence[ShownModel] = (),
    announce: Callable[[str], None] | None = None,
) -> None:
    """Run the reading room until it is stopped (SIGINT or SIGTERM).

    Args:
        host: an address of this machine.
        port: None: 8080, or a free one where that is taken; 0: any free one; a number: that one or an error.
        public: must be True for a host that is not a loopback address: then others can read along.
        cors, tracer, models: see `create_app`.
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
    with contextlib.closing(listen(host, port, usual=DEFAULT_PORT)) as listener:
        number = listener.getsockname()[1]
        serve_at(
            create_app(library, public=public, cors=cors, tracer=tracer, models=models),
            listener,
            address=f"http://{in_address(host)}:{number}/",
            connections=MAX_CONNECTIONS,
            announce=announce,
        )


def serve_receiving(
    session: CameraSession,
    nothing: Library,
    opened: Callable[[], Library],
    *,
    port: int | None = None,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Run the page that receives by the browser's camera, and then the reading room of what was received, until it is
    stopped. It can be reached from this machine alone.

    Args:
        session: receives; begun and ended here.
        nothing: a library without editions.
        opened: opens what was received.
        port, announce: as for `serve`.

    Raises:
        UsageError: a port out of range.
        MissingError: the address cannot be had on this machine.
    """
    with contextlib.closing(listen("127.0.0.1", port, usual=DEFAULT_PORT)) as listener:
        session.start()
        try:
            serve_at(
                create_receiving_app(session, nothing, opened),
                listener,
                address=f"http://127.0.0.1:{listener.getsockname()[1]}/",
                connections=MAX_CONNECTIONS,
                announce=announce,
            )
        finally:
            session.close()
