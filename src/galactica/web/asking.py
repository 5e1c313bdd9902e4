"""Questions over HTTP: what is asked is read and bounded here, and the answer sent whole, or step by step as it grows.

`POST /api/v1/ask` takes a JSON object; `GET` the same as parameters. Whoever accepts `text/event-stream` gets events
(HTML Living Standard, "Server-sent events"): `step` for each thing that was done, then `answer`, or `problem` in their
place. Everybody else gets one JSON document, that of `library.answer_document`.

Rules:
1. Asking is work, so a page of another origin may not make this room do it: a request with a foreign `Origin`, or one
   of which the browser says that another site sent it, is refused unless its origin was let in. The page of a question
   then shows the question and a button, and asks nothing. A form cannot send
   `application/json`, and a script of another origin that sends it has to ask first (Fetch, "CORS-preflight fetch").
2. A body is read up to a bound of bytes and of seconds, and every field of it has a type, a bound and a name.
3. When the asker leaves, the work ends.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from urllib.parse import urlsplit

from starlette.types import Receive, Scope, Send

from galactica.errors import GalacticaError, UsageError
from galactica.model import Answer, Step
from galactica.model.said import said
from galactica.web import security
from galactica.web.counter import Counter, QuestionAsked, QuestionInProgress
from galactica.web.exchange import FEWER_WORDS, RefusedError, Reply, WebRequest
from galactica.wire.answer import answer_document, step_document
from galactica.wire.asked import MAX_LANGUAGE, MAX_QUESTION, MAX_SOURCE, MAX_SOURCES
from galactica.wire.objects import encoded
from galactica.wire.program import problem_document

PATH = "/api/v1/ask"

MAX_BODY = 65_536
"""Bytes of a body: room for the longest question and all sources, in any script, escaped."""

BODY_SECONDS = 10.0
"""Seconds in which a body has to arrive."""

ALIVE_SECONDS = 15.0
"""Seconds of silence after which a comment is sent, so that nobody on the way takes the connection for dead."""

EVENTS = b"text/event-stream; charset=utf-8"
_KEYS = ("question", "language", "sources", "group", "fast")


def wanted(request: WebRequest) -> QuestionAsked:
    """What the parameters of an address ask for: `q`, `lang`, `source`, `group`, `fast`.

    Raises:
        UsageError: there is no question, or something is too long or no choice.
    """
    question = request.text("q", limit=MAX_QUESTION)
    source = request.text("source", limit=MAX_SOURCE)
    if not question:
        raise UsageError("“q” is missing.", "Add q=… to the address: the question.")
    return QuestionAsked(
        question=question,
        language=request.text("lang", limit=MAX_LANGUAGE),
        sources=(source,) if source else (),
        group=bool(request.number("group", default=0, low=0, high=1)),
        fast=bool(request.number("fast", default=0, low=0, high=1)),
    )


def read_wish(body: bytes) -> QuestionAsked:
    """What a JSON body asks for.

    Raises:
        UsageError: it is no JSON object, or a key of it is unknown, missing, of another type or too long.
    """
    try:
        given = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UsageError("The body is not JSON.", 'Send an object in UTF-8: {"question": "…"}.') from None
    if not isinstance(given, dict):
        raise UsageError("The body is not a JSON object.", 'Send an object: {"question": "…"}.')
    unknown = sorted(set(given) - set(_KEYS))
    if unknown:
        raise UsageError(f"“{unknown[0][:40]}” is no key of a question.", f"Keys are {', '.join(_KEYS)}.")
    question = " ".join(_text(given, "question", MAX_QUESTION).split())
    if not question:
        raise UsageError("“question” is missing or empty.", 'Send an object: {"question": "…"}.')
    sources = given.get("sources", [])
    if not isinstance(sources, list) or not all(isinstance(key, str) for key in sources):
        raise UsageError("“sources” is not a list of texts.", "Send the keys of sources: /api/v1/edition names them.")
    if len(sources) > MAX_SOURCES or any(len(key) > MAX_SOURCE for key in sources):
        raise UsageError(
            f"“sources” has more than {MAX_SOURCES} keys, or a key of more than {MAX_SOURCE} characters.",
            "Leave some out; none stands for all.",
        )
    language = _text(given, "language", MAX_LANGUAGE)
    return QuestionAsked(
        question=question,
        language=language,
        sources=tuple(sources),
        group=_flag(given, "group"),
        fast=_flag(given, "fast"),
    )


def _flag(given: dict[str, object], key: str) -> bool:
    value = given.get(key, False)
    if not isinstance(value, bool):
        raise UsageError(f"“{key}” is neither true nor false.", "Send true or false, or leave it out.")
    return value


def _text(given: dict[str, object], key: str, limit: int) -> str:
    value = given.get(key, "")
    if not isinstance(value, str):
        raise UsageError(f"“{key}” is not a text.", "Put it in quotation marks.")
    if len(value) > limit:
        raise UsageError(f"“{key}” has {len(value):,} characters; at most {limit:,} are read.", "Ask in fewer words.")
    return value


def check_origin(headers: dict[bytes, bytes], allowed: frozenset[str]) -> None:
    """Refuse what a page of another origin sends; see rule 1.

    Raises:
        RefusedError: with 403.
    """
    if foreign(headers, allowed):
        raise RefusedError(
            said("other-site", "A page of another site cannot ask here."),
            said(
                "ask-from-room",
                "Ask from the reading room itself, or let the site in when the room is opened (--cors).",
            ),
            status=403,
        )


def foreign(headers: dict[bytes, bytes], allowed: frozenset[str] = frozenset()) -> bool:
    """Whether a page of another origin sends a request, as far as the browser tells (Fetch Metadata, "Sec-Fetch-Site").

    A program that is no browser, and a person who types an address, send neither header.
    """
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin and (origin in allowed or "*" in allowed):
        return False
    here = headers.get(b"host", b"").decode("latin-1").lower()
    try:
        other = bool(origin) and (not here or urlsplit(origin).netloc.lower() != here)
    except ValueError:
        other = True
    return other or headers.get(b"sec-fetch-site", b"same-origin").lower() not in _OWN_SITES


_OWN_SITES = (b"same-origin", b"none", b"")
"""The room itself, or the person: an address typed, a bookmark."""


async def read_body(
    headers: dict[bytes, bytes], receive: Receive, *, kind: bytes = b"application/json", most: int = MAX_BODY
) -> bytes:
    """The body of a request that says what kind it is.

    Args:
        kind: a media type.
        most: bytes.

    Raises:
        RefusedError: it says that it is something else (415), is too large (413) or does not arrive (408).
    """
    if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != kind:
        called = "JSON" if kind == b"application/json" else kind.decode()
        raise RefusedError(f"The body is not said to be {called}.", f"Send Content-Type: {kind.decode()}.", status=415)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RefusedError(said("body-ended", "The request ended early."), _AGAIN, status=400)
                body += message.get("body", b"")
                if len(body) > most:
                    remedy = FEWER_WORDS if most == MAX_BODY else said("send-less", "Send less at a time.")
                    problem = said("body-large", "The body has more than {most} bytes.", most=most)
                    raise RefusedError(problem, remedy, status=413)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        problem = said("body-late", "The body did not arrive in time.")
        raise RefusedError(problem, _AGAIN, status=408) from None


_AGAIN = said("send-again", "Send it again.")


async def attended(asking: QuestionInProgress, receive: Receive) -> AsyncGenerator[Step | Answer, None]:
    """The events of a question as long as the asker is there; raises as `QuestionInProgress.events` does."""
    watch = asyncio.create_task(_gone(asking, receive))
    try:
        async for event in asking.events():
            yield event
    finally:
        watch.cancel()


async def _gone(asking: QuestionInProgress, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        await asyncio.sleep(0.1)
    asking.leave()


class AskEndpoint:
    """`/api/v1/ask`, for `app.Attended`.

    Args:
        cors: origins whose scripts may ask; ("*",) for all.
    """

    def __init__(self, counter: Counter, cors: tuple[str, ...]) -> None:
        self._counter = counter
        self._cors = frozenset(cors)

    async def __call__(self, request: WebRequest, scope: Scope, receive: Receive, send: Send) -> Reply | None:
        """An answer to be delivered, or None where it was streamed.

        Raises:
            GalacticaError: whatever kept the question from being answered before anything was sent.
        """
        check_origin(request.headers, self._cors)
        posted = scope["method"] == "POST"
        wish = read_wish(await read_body(request.headers, receive)) if posted else wanted(request)
        stream = b"text/event-stream" in request.headers.get(b"accept", b"")[:1000]
        if scope["method"] == "HEAD":
            return Reply(type=EVENTS if stream else b"application/json", headers=_FRESH)
        async with aclosing(attended(self._counter.take(wish), receive)) as events:
            if stream:
                await _stream(events, send)
                return None
            async for thing in events:
                if isinstance(thing, Answer):
                    return Reply(body=encoded(answer_document(thing)), type=b"application/json", headers=_FRESH)
        return None


_FRESH = ((b"cache-control", b"no-store"),)


def event(name: str, document: object) -> bytes:
    """An event with a JSON document; JSON has no bare line ends, so that it is one line."""
    return b"event: " + name.encode() + b"\ndata: " + encoded(document) + b"\n\n"


async def _stream(events: AsyncIterator[Step | Answer], send: Send) -> None:
    headers = [(b"content-type", EVENTS), *_FRESH, (b"x-accel-buffering", b"no"), *security.PAGE]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    try:
        async for thing in with_pauses(events, ALIVE_SECONDS):
            match thing:
                case None:
                    part = b": still looking\n\n"
                case Answer():
                    part = event("answer", answer_document(thing))
                case Step():
                    part = event("step", step_document(thing))
            await send({"type": "http.response.body", "body": part, "more_body": True})
    except GalacticaError as error:
        part = event("problem", problem_document(error))
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def with_pauses(events: AsyncIterator[Step | Answer], seconds: float) -> AsyncIterator[Step | Answer | None]:
    """The same events, and None after every so many seconds without one."""
    waiting: asyncio.Task[Step | Answer] | None = None
    try:
        while True:
            if waiting is None:
                waiting = asyncio.ensure_future(anext(events))
            done, _ = await asyncio.wait((waiting,), timeout=seconds)
            if not done:
                yield None
                continue
            thing, waiting = waiting, None
            try:
                yield thing.result()
            except StopAsyncIteration:
                return
    finally:
        if waiting is not None:
            waiting.cancel()
