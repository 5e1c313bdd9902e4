"""A server on this machine that does what none should: stalls, breaks off, lies, repeats, sends round in circles.

What it answers is a script: bytes that are sent as they are, and what happens between them. It listens on the loopback
device alone, in a thread of the test's process.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATE = Path(__file__).parent / "localhost.pem"
"""A certificate for 127.0.0.1 and its key, made for these tests alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its path with the query, and its headers by name in lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wait:
    """Send nothing until the other side has left, or the server ends."""


Script = list[bytes | Wait]
Answer = Callable[[Asked], Script]


def reply(body: bytes | str = b"", status: str = "200 OK", kind: str = "text/html", **headers: str) -> bytes:
    """A whole reply with a length that is right."""
    raw = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": kind, "Content-Length": str(len(raw)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value != "-")
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + raw


def rss(*items: str, more: str = "") -> str:
    held = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{more}{held}</channel></rss>'


def item(name: str, text: str = "It is so.", link: str = "") -> str:
    where = f"<link>{link}</link>" if link else ""
    return f'<guid isPermaLink="false">{name}</guid><title>Item {name}</title>{where}<description>{text}</description>'


def packed(body: str | bytes) -> bytes:
    return gzip.compress(body.encode() if isinstance(body, str) else body, mtime=0)


@dataclass(slots=True)
class HostileServer:
    """What is answered: by path a reply, a list of them (one a request, the last again), or a function."""

    address: str = ""
    pages: dict[str, bytes | list[bytes] | Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    def script(self, request: Asked) -> Script:
        self.asked.append(request)
        found = self.pages.get(request.path, self.pages.get(request.path.partition("?")[0]))
        if found is None:
            return [reply("nothing here", "404 Not Found")]
        if isinstance(found, bytes):
            return [found]
        if isinstance(found, list):
            return [found.pop(0) if len(found) > 1 else found[0]]
        return found(request)


@contextlib.contextmanager
def serving(*, secure: bool = False) -> Iterator[HostileServer]:
    """A server for the length of a `with` block.

    Args:
        secure: whether it speaks TLS, by a certificate that nobody vouches for (`CERTIFICATE`).
    """
    server = HostileServer()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if secure else None
    if context is not None:
        context.load_cert_chain(CERTIFICATE)
    listener = socket.create_server(("127.0.0.1", 0))
    server.address = f"http{'s' if secure else ''}://127.0.0.1:{listener.getsockname()[1]}"
    threads: list[threading.Thread] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=_answer, args=(server, connection, context), daemon=True)
            threads.append(thread)
            thread.start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        server.over.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for thread in threads:
            thread.join()


def _answer(server: HostileServer, connection: socket.socket, context: ssl.SSLContext | None) -> None:
    with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
        stack.enter_context(connection)
        if context is not None:
            connection = stack.enter_context(context.wrap_socket(connection, server_side=True))
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                return
            head += piece
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        for step in server.script(Asked(first.split(" ")[1], headers)):
            if isinstance(step, bytes):
                connection.sendall(step)
            else:
                connection.settimeout(0.05)
                while not server.over.is_set():
                    with contextlib.suppress(TimeoutError):
                        if not connection.recv(1):
                            return
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(1)
        while connection.recv(65536):  # a close with bytes unread would be a reset
            pass
