"""Serving a library over the Model Context Protocol: on the standard streams of this process, or over HTTP.

Rules: over the streams, standard output carries the protocol and nothing else. Over HTTP only requests are answered
that name this machine, or a name that the caller gave, and that no page of another origin sent: else a page whose name
was pointed at 127.0.0.1 (DNS rebinding) could read the library. An address that others can reach needs such a name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from galactica.codes.loopback import is_loopback
from galactica.errors import MissingError, UsageError
from galactica.serve.listening import in_address, listen

if TYPE_CHECKING:
    from types import ModuleType

    from galactica.library import Library

DEFAULT_PORT = 8765
PATH = "/mcp"
"""Where the protocol is spoken."""

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def serve_stdio(library: Library) -> None:
    """Speak over standard input and output until the input ends.

    Raises:
        MissingError: the extra is not installed.
    """
    _server().run_stdio(library)


def serve_http(
    library: Library,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    names: Sequence[str] = (),
    announce: Callable[[str], None] | None = None,
) -> None:
    """Speak over streamable HTTP until stopped (SIGINT or SIGTERM).

    Args:
        host: an address of this machine.
        port: None: 8765, or a free one where that is taken; 0: any free one; a number: that one or an error.
        names: host names, without port, by which others reach it; needed where `host` is no loopback address.
        announce: called once with the address ("http://127.0.0.1:8765/mcp") when it answers.

    Raises:
        UsageError: a host that others reach without a name, or a port out of range.
        MissingError: the extra is not installed, or the address cannot be had on this machine.
    """
    if not names and not is_loopback(host):
        raise UsageError(
            f"{host} can be reached by other machines.",
            "Say by which name they reach it (--allow-host NAME), or leave the host out to serve this machine only.",
        )
    server = _server()
    with contextlib.closing(listen(host, port, usual=DEFAULT_PORT)) as listener:
        number = listener.getsockname()[1]
        hosts = [f"{name}:{number}" for name in dict.fromkeys((*LOOPBACK, in_address(host), *names))]
        if number == 80:
            hosts += [name.removesuffix(":80") for name in hosts]
        server.run_http(library, listener, hosts, f"http://{in_address(host)}:{number}", PATH, announce)


def _server() -> ModuleType:
    try:
        from galactica.mcp import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "galactica":
            raise
        raise MissingError(
            f"The Model Context Protocol needs the package {error.name}, which is not installed.",
            'Install it with: pip install "galactica[mcp]"',
        ) from None
    return server
