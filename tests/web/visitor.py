"""A visitor without a socket: speaks ASGI straight to the application and sends exactly the bytes it is told.

(HTTP client libraries tidy addresses up before they send them; a hostile visitor does not.)
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from urllib.parse import unquote, urlencode


@dataclass(frozen=True)
class Reply:
    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self):
        return json.loads(self.content)


class Visitor:
    def __init__(self, app, host: str = "127.0.0.1:8080") -> None:
        self.app = app
        self.host = host

    def get(self, target, **more) -> Reply:
        return self.request("GET", target, **more)

    def head(self, target, **more) -> Reply:
        return self.request("HEAD", target, **more)

    def request(self, method, target, *, params=None, headers=None) -> Reply:
        path, _, query = target.partition("?")
        if params:
            query = urlencode(params)
        sent = {"host": self.host, **(headers or {})}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8080),
        }
        messages = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            messages.append(message)

        asyncio.run(self.app(scope, receive, send))
        start, *rest = messages
        pairs = [(name.decode(), value.decode("latin-1")) for name, value in start["headers"]]
        return Reply(start["status"], dict(pairs), b"".join(message.get("body", b"") for message in rest))
