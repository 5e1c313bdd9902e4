"""A file server on this machine that knows ranges, or lies about them as a test wants."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.spread.static.made import MemoryFiles

Answer = Callable[["RangeHandler", bytes, int, int], None]
"""Answers a request for a range of a file: (handler, whole file, first, last)."""


class RangeHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    files: ClassVar[dict[str, bytes]]
    answer: ClassVar[Answer | None] = None
    connections: ClassVar[list[int]]

    def setup(self) -> None:
        super().setup()
        self.connections.append(1)

    def do_GET(self) -> None:
        whole = self.files.get(self.path.rpartition("/")[2])
        if whole is None:
            self.give(404, b"no")
            return
        given = self.headers.get("range", "")
        if not given:
            self.give(200, whole)
            return
        first, last = (int(each) for each in given.removeprefix("bytes=").split("-"))
        answer = type(self).answer
        if answer is not None:
            answer(self, whole, first, last)
        else:
            self.give(206, whole[first : last + 1], f"bytes {first}-{last}/{len(whole)}")

    def give(self, status: int, raw: bytes, content_range: str = "", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(raw)))
        if content_range:
            self.send_header("content-range", content_range)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(files: MemoryFiles, answer: Answer | None = None, kind: type[RangeHandler] | None = None) -> Iterator[str]:
    made = type(
        "Own",
        (kind or RangeHandler,),
        {"files": files.files, "answer": answer and staticmethod(answer), "connections": []},
    )
    ThreadingHTTPServer.daemon_threads = True
    with ThreadingHTTPServer(("127.0.0.1", 0), made) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/room/"
        finally:
            server.shutdown()
            thread.join()


def everything_with_200(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
    handler.give(200, whole)


def another_range(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
    handler.give(206, whole[first + 1 : last + 2], f"bytes {first + 1}-{last + 1}/{len(whole)}")


def no_range_said(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
    handler.give(206, whole[first : last + 1])


def too_much(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
    handler.give(206, whole[first:] + bytes(5000), f"bytes {first}-{last}/{len(whole)}")


def too_little(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
    handler.give(206, whole[first:last], f"bytes {first}-{last}/{len(whole)}")


def packed(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
    handler.give(206, whole[first : last + 1], f"bytes {first}-{last}/{len(whole)}", content_encoding="gzip")


def elsewhere(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
    handler.give(302, b"", location="http://169.254.169.254/")


def endless(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
    handler.send_response(206)
    handler.send_header("content-range", f"bytes {first}-{last}/{len(whole)}")
    handler.send_header("connection", "close")
    handler.end_headers()
    handler.close_connection = True
    try:
        while True:
            handler.wfile.write(bytes(65536))
    except OSError:
        pass


class PageHandler(RangeHandler):
    """The same with types, so that a browser takes the page."""

    types: ClassVar[dict[str, str]] = {
        "html": "text/html",
        "js": "text/javascript",
        "css": "text/css",
        "svg": "image/svg+xml",
        "webmanifest": "application/manifest+json",
    }

    def do_GET(self) -> None:
        self.path = self.path.partition("?")[0]
        if self.path.endswith("/"):
            self.path += "index.html"
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("content-type", self.types.get(self.path.rpartition(".")[2], "application/octet-stream"))
        super().end_headers()
