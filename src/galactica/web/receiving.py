"""The page that receives an edition by the browser's camera, and what it sends: codes, or pictures to look at.

Where the browser reads QR codes itself (`BarcodeDetector`, Shape Detection API), the page sends what they say. Where it
does not, it sends grey pictures, which are looked at here. When all has come, the edition is put together, and the same
address shows it: the site of an application becomes that of the edition.

Rules:
1. This is the only place of the site that changes anything, so that it answers on loopback addresses alone, and only to
   its own page: a foreign `Origin` is refused, and neither kind of body can be sent by a form of another site (Fetch,
   "CORS-preflight fetch"; nothing answers a preflight here).
2. A body is read up to a bound; a picture is as large as it says and not more than `MAX_SENT_PIXELS`.
3. At most `AT_ONCE` pictures are looked at; a page that sends more is told to wait, and sends a later one.
4. The camera is allowed on this page and on no other (Permissions Policy).
"""

from __future__ import annotations

import asyncio
import json
import threading
from asyncio import get_running_loop
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from galactica.errors import UsageError
from galactica.model.said import said
from galactica.web import pages, remembered, security
from galactica.web.app import Attended, Endpoint, create_app
from galactica.web.asking import check_origin, read_body
from galactica.web.desk import Desk
from galactica.web.exchange import RefusedError, Reply, WebRequest, as_json, redirect
from galactica.web.porter import Porter
from galactica.wire.seen import camera_document

if TYPE_CHECKING:
    from galactica.library import CameraSession, Library

PAGE = "/receive"
SEEN = "/api/v1/seen"

AT_ONCE = 2
"""Pictures looked at or waiting for it: one for each core of the smallest machine that this is meant for."""

MAX_TEXTS = 64
"""Texts of codes in one request."""

MAX_TEXT = 3_100
"""Characters of one: the largest code of ours has 3,003, the largest of all 7,089."""

MAX_JSON = 300_000
"""Bytes of a body of texts."""

MAX_PICTURE = 4_000_000 + 8
"""Bytes of a body that is a picture: width and height, 4 bytes each, big-endian, and a byte for each pixel."""

_PICTURE = b"application/octet-stream"


def create_receiving_app(session: CameraSession, nothing: Library, opened: Callable[[], Library]) -> ASGIApp:
    """The page that receives, as an ASGI application that becomes the reading room of what was received.

    Args:
        session: receives.
        nothing: a library without editions; what is shown until then is of it.
        opened: opens what was received; called once, when the session is done.
    """
    return _Becoming(_receiving(session, nothing), session, opened)


def receive_page(desk: Desk, request: WebRequest) -> Reply:
    """The page, the only one that may use the camera."""
    reply = desk.renderer.page("receive", request, seen=SEEN, headers=((b"cache-control", b"no-store"),))
    return replace(reply, guard=security.CAMERA_PAGE)


class SeenEndpoint:
    """`SEEN`, for `app.Attended`: takes what was seen (POST), tells how far it is (GET).

    Args:
        pool: where pictures are looked at.
    """

    def __init__(self, session: CameraSession, pool: ThreadPoolExecutor) -> None:
        self._session = session
        self._pool = pool
        self._places = threading.BoundedSemaphore(AT_ONCE)

    async def __call__(self, request: WebRequest, scope: Scope, receive: Receive, send: Send) -> Reply | None:
        """How far it is, after what was sent has been taken.

        Raises:
            RefusedError: another site sends it, it is of no kind that is taken, too large, or too much at once.
            UsageError: it is not what it says it is.
            MissingError: zxing-cpp is not installed.
        """
        check_origin(request.headers, frozenset())
        if scope["method"] == "POST":
            picture = request.headers.get(b"content-type", b"") == _PICTURE
            body = await read_body(
                request.headers,
                receive,
                kind=_PICTURE if picture else b"application/json",
                most=MAX_PICTURE if picture else MAX_JSON,
            )
            if not self._places.acquire(blocking=False):
                raise RefusedError(
                    said("too-many-pictures", "More pictures come than can be looked at."),
                    said("send-slower", "Send a later one."),
                    status=429,
                    headers=((b"retry-after", b"1"),),
                )
            try:
                take = self._picture if picture else self._texts
                await asyncio.shield(get_running_loop().run_in_executor(self._pool, take, body))
            finally:
                self._places.release()
        return as_json(camera_document(self._session.state()), headers=((b"cache-control", b"no-store"),))

    def _picture(self, body: bytes) -> None:
        width, height = (int.from_bytes(body[at : at + 4], "big") for at in (0, 4))
        self._session.see_picture(width, height, body[8:])

    def _texts(self, body: bytes) -> None:
        self._session.see_codes(text.encode() for text in read_texts(body))


def read_texts(body: bytes) -> list[str]:
    """What codes say, of a JSON body: {"codes": [text, …]}. What can be no text of ours is left out.

    Raises:
        UsageError: the body is something else, or has too many texts.
    """
    try:
        given = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        given = None
    texts = given.get("codes") if isinstance(given, dict) else None
    if not isinstance(texts, list) or len(texts) > MAX_TEXTS or not all(isinstance(text, str) for text in texts):
        raise UsageError(
            "The body is no list of what codes say.", f'Send an object: {{"codes": […]}}, at most {MAX_TEXTS} texts.'
        )
    return [text if text.isascii() and len(text) <= MAX_TEXT else "?" for text in texts]


def _receiving(session: CameraSession, nothing: Library) -> Starlette:
    desk = Desk(nothing)
    pool = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="looker")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        pool.shutdown(wait=True, cancel_futures=True)

    plain = (
        (PAGE, receive_page),
        ("/", lambda desk, request: redirect(PAGE)),
        ("/look/{wish}", remembered.remember_look),
        ("/words/{wish}", remembered.interface),
        ("/robots.txt", pages.robots),
        ("/{rest:path}", pages.nowhere),
    )
    routes = [Route(SEEN, Attended(desk, SeenEndpoint(session, pool)))]
    routes += [Route(path, Endpoint(desk, handler, None)) for path, handler in plain]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Porter, desk=desk, public=False, cors=(), posts=frozenset((SEEN,)))],
        lifespan=lifespan,
    )


class _Becoming:
    """The application that receives; from when the session is done, the reading room of the edition."""

    def __init__(self, first: Starlette, session: CameraSession, opened: Callable[[], Library]) -> None:
        self._first = first
        self._room: Starlette | None = None
        self._session = session
        self._opened = opened
        self._turn = asyncio.Lock()
        self._stack = AsyncExitStack()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] not in (SEEN, PAGE) and self._session.state().stage == "done":
            await (await self._become())(scope, receive, send)
        else:
            await self._first(scope, receive, send)

    async def _become(self) -> Starlette:
        async with self._turn:
            if self._room is None:
                library = await get_running_loop().run_in_executor(None, self._opened)
                room = create_app(self._stack.enter_context(library))
                await self._stack.enter_async_context(room.router.lifespan_context(room))
                self._room = room
            return self._room

    async def _live(self, receive: Receive, send: Send) -> None:
        """The protocol of the application's own beginning and end (ASGI, "Lifespan")."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._stack.enter_async_context(self._first.router.lifespan_context(self._first))
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._stack.aclose()
                await send({"type": "lifespan.shutdown.complete"})
                return
