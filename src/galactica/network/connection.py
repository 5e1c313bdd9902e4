"""The one module that opens connections: one request, one reply, no redirect is followed here.

Rules: a name is looked up once, and what it means is connected to, so that a second look-up cannot lead elsewhere; an
address that is not public is refused where the caller does not allow it. Every wait is bounded: by `STALL` seconds
without a byte, and by the deadline of the whole request. TLS certificates are always checked.
Standards: RFC 9110, RFC 9112 (through `http.client`, which bounds lines at 64 KiB and headers at 100).
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import urlsplit

from galactica.network.addresses import is_public

STALL = 20.0
"""Seconds without a byte after which a reply is given up."""

CONNECT = 15.0
"""Seconds for a connection, each of a host's addresses."""

PIECE = 64 * 1024
"""Bytes read at a time."""


class FetchError(Exception):
    """What was asked for did not come.

    Attributes:
        reason: "address", "unreachable", "timeout", "tls", "broken", "too-large", "redirects", "encoding", "status",
            "robots", "busy", "stream".
        status: of HTTP where there was one, else 0.
        again: seconds after which it may be asked for again, None where the server said nothing.
        lasting: whether asking again would give the same.
    """

    def __init__(
        self, reason: str, detail: str, *, status: int = 0, again: float | None = None, lasting: bool = False
    ) -> None:
        super().__init__(detail)
        self.reason, self.status, self.again, self.lasting = reason, status, again, lasting


class ServerReply(Protocol):
    """What a server answers."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case; of several with one name the last."""
    local: bool
    """Whether it came from an address that is not public."""

    def read(self) -> bytes:
        """The next bytes of the body as they come, b"" at its end.

        Raises:
            FetchError: "timeout", or "broken" where it ends too early.
        """

    def __enter__(self) -> ServerReply: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Opener(Protocol):
    """Sends one request."""

    def __call__(self, address: str, headers: Mapping[str, str], *, local: bool, seconds: float) -> ServerReply:
        """Ask for an address.

        Args:
            address: one that was checked.
            headers: to be sent.
            local: whether addresses that are not public are allowed.
            seconds: for all of it, until the last byte.

        Raises:
            FetchError: "address", "unreachable", "timeout", "tls", "broken".
        """


class NetworkReply:
    """A reply that comes over a connection."""

    def __init__(self, response: http.client.HTTPResponse, connection: socket.socket, local: bool) -> None:
        self._response, self._connection = response, connection
        self.status = response.status
        self.headers: Mapping[str, str] = {name.lower(): value.strip() for name, value in response.getheaders()}
        self.local = local

    def read(self) -> bytes:
        """The next bytes of the body; see `ServerReply`."""
        try:
            piece = self._response.read1(PIECE)
        except TimeoutError:
            raise FetchError("timeout", "the reply came too slowly, or stopped coming") from None
        except (http.client.HTTPException, OSError, ValueError) as error:
            raise FetchError("broken", f"the reply breaks off: {_said(error)}") from None
        if not piece and self._response.length:
            raise FetchError("broken", f"the reply breaks off: {self._response.length:,} bytes are missing")
        return piece

    @property
    def reusable(self) -> bool:
        """Whether the body was read to its end and the server keeps the connection open for another request."""
        return (self._response.isclosed() or self._response.length == 0) and not self._response.will_close

    def __enter__(self) -> NetworkReply:
        return self

    def __exit__(self, *error: object) -> None:
        self._response.close()
        self._connection.close()


class _Timed(io.RawIOBase):
    """The bytes of a connection, each waited for no longer than is left."""

    def __init__(self, connection: socket.socket, deadline: float, clock: Callable[[], float]) -> None:
        self._connection, self._deadline, self._clock = connection, deadline, clock

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer, as io has it
        """Read into a buffer; how many bytes."""
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(min(STALL, left))
        return self._connection.recv_into(buffer)


class _Given(http.client.HTTPConnection):
    """A connection that is there already."""

    def __init__(self, host: str, connection: Any) -> None:  # noqa: ANN401 - in the place of a socket
        super().__init__(host)
        self.sock = connection


class _Pipe:
    """What `http.client` needs of a socket."""

    def __init__(self, connection: socket.socket, deadline: float, clock: Callable[[], float]) -> None:
        self._connection, self._deadline, self._clock = connection, deadline, clock

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(max(0.01, min(STALL, self._deadline - self._clock())))
        self._connection.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Timed(self._connection, self._deadline, self._clock), PIECE)

    def close(self) -> None:
        """The reply closes the connection."""


def open_address(
    address: str,
    headers: Mapping[str, str],
    *,
    local: bool,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> NetworkReply:
    """Send one request; an `Opener`."""
    deadline = clock() + seconds
    connection, inside = connected(address, local, deadline, clock)
    return asked_over(connection, inside, address, headers, deadline, clock)


def asked_over(
    connection: socket.socket,
    inside: bool,
    address: str,
    headers: Mapping[str, str],
    deadline: float,
    clock: Callable[[], float],
) -> NetworkReply:
    """Send one request over a connection that is there; it is closed where that fails.

    Args:
        connection, inside: as `connected` gave them.
        deadline: by `clock`.

    Raises:
        FetchError: "timeout", "broken".
    """
    parts = urlsplit(address)
    try:
        pipe = _Pipe(connection, deadline, clock)
        given = _Given(parts.netloc, pipe)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        given.putrequest("GET", target, skip_accept_encoding=True)
        for name, value in headers.items():
            given.putheader(name, value)
        given.endheaders()
        return NetworkReply(given.getresponse(), connection, inside)
    except BaseException as error:
        connection.close()
        if isinstance(error, TimeoutError):
            raise FetchError("timeout", f"{parts.netloc} does not answer in time") from None
        if isinstance(error, http.client.HTTPException | OSError | ValueError):
            raise FetchError("broken", f"{parts.netloc} answers nothing that is HTTP: {_said(error)}") from None
        raise


def connected(
    address: str, local: bool, deadline: float, clock: Callable[[], float] = time.monotonic
) -> tuple[socket.socket, bool]:
    """A connection to the host of an address, encrypted for https; and whether that is no public address.

    Raises:
        FetchError: "address", "unreachable", "timeout", "tls".
    """
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    host = parts.hostname or ""
    connection, inside = _connected(host, parts.port or (443 if secure else 80), local, deadline, clock)
    if not secure:
        return connection, inside
    try:
        connection.settimeout(max(0.01, min(CONNECT, deadline - clock())))
        return ssl.create_default_context().wrap_socket(connection, server_hostname=host), inside
    except (OSError, ValueError) as error:
        connection.close()
        if isinstance(error, TimeoutError):
            raise FetchError("timeout", f"{parts.netloc} does not answer in time") from None
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLCertVerificationError):
            raise FetchError("tls", f"{parts.netloc} does not speak HTTPS as it should: {_said(error)}") from None
        if isinstance(error, ssl.SSLError):
            raise FetchError("tls", f"{parts.netloc} has no certificate that is trusted: {_said(error)}") from None
        raise FetchError("broken", f"{parts.netloc} breaks off: {_said(error)}") from None


def _connected(
    host: str, port: int, local: bool, deadline: float, clock: Callable[[], float]
) -> tuple[socket.socket, bool]:
    """A connection to a host, and whether its address is one that is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("unreachable", f"{host} is not known here: {_said(error)}") from None
    allowed = [each for each in found if local or is_public(str(each[4][0]))]
    if not allowed:
        raise FetchError("address", f"{host} is on this machine or its own network", lasting=True)
    said = "no address answers"
    for family, kind, protocol, _, place in allowed:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(max(0.01, min(CONNECT, deadline - clock())))
            connection.connect(place)
            return connection, not is_public(str(place[0]))
        except OSError as error:
            connection.close()
            said = _said(error)
    raise FetchError("unreachable", f"{host} cannot be reached: {said}")


def _said(error: BaseException) -> str:
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())[:200]
