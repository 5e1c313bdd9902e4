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

    def post(self, target, document, **more) -> Reply:
        headers = {"content-type": "application/json", **more.pop("headers", {})}
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        return self.request("POST", target, body=body, headers=headers, **more)

    def request(
        self, method, target, *, params=None, headers=None, body=b"", pieces=1, leaves=False, stalls=False, heard=None
    ) -> Reply:
        """Send a request and wait for the whole answer.

        Args:
            pieces: how many parts the body comes in.
            leaves: go away after the first bytes of the answer.
            stalls: never send the end of the body.
            heard: called with each part of the answer as it comes.
        """
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

        size = max(1, -(-len(body) // pieces))
        parts = [body[at : at + size] for at in range(0, len(body), size)] or [b""]

        async def talk():
            gone = asyncio.Event()

            async def receive():
                if parts:
                    part = parts.pop(0)
                    return {"type": "http.request", "body": part, "more_body": stalls or bool(parts)}
                await gone.wait()
                return {"type": "http.disconnect"}

            async def send(message):
                messages.append(message)
                if heard:
                    heard(message.get("body", b""))
                if leaves and len(messages) > 1:
                    gone.set()

            await self.app(scope, receive, send)

        asyncio.run(talk())
        start, *rest = messages
        pairs = [(name.decode(), value.decode("latin-1")) for name, value in start["headers"]]
        return Reply(start["status"], dict(pairs), b"".join(message.get("body", b"") for message in rest))
