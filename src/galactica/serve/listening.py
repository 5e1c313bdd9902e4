"""The address that a server listens at: of this machine, on a port that is asked for, usual, or free."""

from __future__ import annotations

import errno
import socket

from galactica.errors import MissingError, UsageError


def listen(host: str, port: int | None, *, usual: int) -> socket.socket:
    """A socket that is bound to an address; whoever gets it closes it.

    Args:
        host: an address of this machine, or its name.
        port: None: the usual one, or a free one where that is taken; 0: any free one; a number: that one or an error.
        usual: port that is tried first where none is asked for.

    Raises:
        UsageError: the port is out of range.
        MissingError: the address cannot be had on this machine.
    """
    if port is not None and not 0 <= port <= 65535:
        raise UsageError(f"{port} is not a port.", "Ports are 0 to 65535; 0 takes any free one.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in (usual, 0) if port is None else (port,):
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
                f"{host}, port {number}: {error.strerror}.", "Choose another address or port, or leave them out."
            ) from None
        return listener
    raise MissingError(f"No port is free on {host}.", "Close another program that listens there.")


def in_address(host: str) -> str:
    """A host as it stands in an address (RFC 3986 §3.2.2: IPv6 in brackets)."""
    return f"[{host.strip('[]')}]" if ":" in host else host
