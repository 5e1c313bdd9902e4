"""A server on loopback that speaks as OpenAI's chat completions do, and behaves as a test says.

    with scripted(good) as server:
        model_at(server.url, "scripted")

A script is a function of what was asked: it yields what the model writes, piece by piece, or does worse with the
connection. What was asked is kept in `server.requests`.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[["Talk"], None]


@dataclass
class Server:
    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    leaving: threading.Event = field(default_factory=threading.Event)


@dataclass
class Talk:
    """One request, and how it is answered."""

    handler: BaseHTTPRequestHandler
    server: Server
    body: dict[str, Any]

    @property
    def data(self) -> str:
        """What the model was given."""
        return "\n".join(str(message["content"]) for message in self.body["messages"] if message["role"] == "user")

    @property
    def quotations(self) -> list[dict[str, Any]]:
        lines = [line for line in self.data.split("\n") if line.startswith("{")]
        return [found for found in map(json.loads, lines) if "quotation" in found]

    def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()

    def raw(self, data: bytes) -> None:
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def piece(self, text: str | None, finish: str | None = None, **more: object) -> None:
        delta = {"role": "assistant", **({"content": text} if text is not None else {}), **more}
        chunk = {
            "id": "scripted",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }
        self.raw(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def end(self, finish: str = "stop") -> None:
        self.piece(None, finish)
        self.raw(b"data: [DONE]\n\n")

    def say(self, text: str, finish: str = "stop") -> None:
        self.head()
        for start in range(0, len(text), 20):
            self.piece(text[start : start + 20])
        self.end(finish)


@contextlib.contextmanager
def scripted(script: Script) -> Iterator[Server]:
    """A server that behaves as `script` says, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            server.requests.append(body)
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            server.paths.append(self.path)
            with contextlib.suppress(ConnectionError, BrokenPipeError):
                script(Talk(self, server, body))

        def do_GET(self) -> None:
            server.paths.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = Server(f"http://127.0.0.1:{http.server_address[1]}/v1")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.leaving.set()
        http.shutdown()
        http.server_close()
        thread.join()


def first_sentence(text: str) -> str:
    found = re.match(r".*?[.!?。](?=\s|$)|.*", text, re.DOTALL)
    return found.group().replace("\n", " ").strip() if found else text


def good(talk: Talk) -> None:
    """Says the first sentence of each of the first two quotations, with its number."""
    lines = [f"{first_sentence(each['quotation'])} [{each['number']}]" for each in talk.quotations[:2]]
    talk.say("\n".join(lines) or "NONE")


def slow(talk: Talk) -> None:
    """Begins, and then says nothing until it is sent away."""
    talk.head()
    talk.piece("The ")
    talk.server.leaving.wait(20)


def silent(talk: Talk) -> None:
    """Takes the request and never answers."""
    talk.server.leaving.wait(20)


def dripping(talk: Talk) -> None:
    """Sends a byte now and then, so that no single wait is long."""
    talk.head()
    while not talk.server.leaving.wait(0.1):
        talk.raw(b":\n")


def malformed(talk: Talk) -> None:
    """Sends what is no JSON where JSON is expected."""
    talk.head()
    talk.raw(b'data: {"choices": [{"delta": {"content": "Warsaw\n\ndata: ]]]}\n\n')


def wrong_shape(talk: Talk) -> None:
    """Sends JSON of another kind."""
    talk.head()
    talk.raw(b'data: {"choices": {"a": [1, 2]}, "object": 7}\n\ndata: [1, 2]\n\ndata: [DONE]\n\n')


def a_page(talk: Talk) -> None:
    """Sends a web page with the status of success, as a portal of a network does."""
    talk.head(kind="text/html")
    talk.raw(b"<html><body>Please log in at http://evil.example/</body></html>")


def binary(talk: Talk) -> None:
    """Sends bytes that are no text."""
    talk.head()
    talk.raw(b"data: \xff\xfe\x00\x01" * 50 + b"\n\n")


def truncated(talk: Talk) -> None:
    """Ends in the middle of a sentence."""
    talk.head()
    talk.piece("The Vistula is the longest")


def cut_chunk(talk: Talk) -> None:
    """Promises more bytes than it sends."""
    talk.head(Content_Length="100000")
    talk.piece("The Vistula is the longest")


def refusing(talk: Talk) -> None:
    """Will not answer."""
    talk.say("I'm sorry, but I can't help with that.")


def filtered(talk: Talk) -> None:
    """Stops by its filter."""
    talk.head()
    talk.piece("The ")
    talk.end("content_filter")


def hallucinating(talk: Talk) -> None:
    """Says what stands nowhere, with a number that was not given and with one that was."""
    talk.say(
        "Napoleon founded the city in 1812 on the river Seine. [99]\n"
        "Its population of 93,451,772 people speaks Klingon. [1]\n"
        "According to Smith (2019), the mayor is a cat named Thunderbolt. [1][2]"
    )


def rambling(talk: Talk) -> None:
    """Writes without an end, and counts no tokens."""
    talk.head()
    while not talk.server.leaving.is_set():
        talk.piece("and so on and on and then again ")


def flooding(talk: Talk) -> None:
    """One line without an end."""
    talk.head()
    talk.raw(b"data: ")
    while not talk.server.leaving.is_set():
        talk.raw(b"x" * 65536)


def too_long(talk: Talk) -> None:
    """Stops because its tokens are used up."""
    talk.say("The Vistula is a river that", finish="length")


def thinking_for_ever(talk: Talk) -> None:
    """Thinks, and never comes to speak."""
    talk.head()
    while not talk.server.leaving.is_set():
        talk.piece(None, reasoning_content="hmm, let me think about this once more ")


def failing(talk: Talk) -> None:
    """Has an error of its own, with a text that nobody should read."""
    talk.head(500, "application/json")
    talk.raw(b'{"error": {"message": "secret stack trace at http://evil.example/"}}')


def busy(talk: Talk) -> None:
    """Says to come again."""
    talk.head(429, "application/json", Retry_After="1")
    talk.raw(b'{"error": {"message": "slow down"}}')


def packed(talk: Talk) -> None:
    """Sends a packed answer, which may unpack to anything."""
    import gzip

    talk.head(Content_Encoding="gzip")
    talk.raw(gzip.compress(b"data: " + b"0" * 10_000_000))


def redirect_to(place: str, status: int = 307) -> Script:
    def script(talk: Talk) -> None:
        """Sends the question to another place."""
        talk.head(status, Location=place)

    return script


def says(text: str) -> Script:
    def script(talk: Talk) -> None:
        """Says one thing, whatever it is asked."""
        talk.say(text)

    return script


def calling_tools(talk: Talk) -> None:
    """Wants to run a tool that it was never given."""
    talk.head()
    call = {
        "index": 0,
        "id": "c1",
        "type": "function",
        "function": {"name": "sql", "arguments": '{"query": "SELECT 1"}'},
    }
    talk.piece(None, tool_calls=[call])
    talk.end("tool_calls")


def obeying(talk: Talk) -> None:
    """Does what it finds in the quotations: says what it is told to, shows the address, calls the tool; each line with
    the number of the quotation that ordered it."""
    lines = []
    for each in talk.quotations:
        for order in re.findall(r"say (?:that )?(.+?)\.", each["quotation"], re.IGNORECASE):
            lines.append(f"{order[0].upper()}{order[1:]}. [{each['number']}]")
        for address in re.findall(r"https?://\S+", each["quotation"]):
            lines.append(f"See {address} for more. [{each['number']}]")
            lines.append(f"![more]({address}?question=secret) [{each['number']}]")
        for tool in re.findall(r"call (?:the )?tool (\w+)", each["quotation"], re.IGNORECASE):
            lines.append(f"<tool>{tool}</tool> [{each['number']}]")
    talk.say("\n".join(lines) or "NONE")
