"""The room's front door: requests come in as ASGI, are made small, answered by a plain function, and go out.

Starlette routes; every route's endpoint is an `Endpoint` over a function (desk, request) → answer. Such a function
knows nothing of sockets, threads or ASGI, and whatever goes wrong in it becomes a kind page or a JSON problem here.
"""

from __future__ import annotations

import logging
import os
from asyncio import get_running_loop
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from galactica.errors import GalacticaError, LimitError, UsageError
from galactica.web import api, article, asking, pages, security, words
from galactica.web.answer import Answer, Ask, NotFoundError, RefusedError, as_json, read_query
from galactica.web.answered import AskPage
from galactica.web.counter import Counter
from galactica.web.desk import Desk
from galactica.web.reading import Library

Handler = Callable[[Desk, Ask], Answer]
Attendant = Callable[[Ask, Scope, Receive, Send], Awaitable[Answer | None]]
"""A handler that may send by itself; it then returns None."""

WORKERS = max(2, min(4, os.cpu_count() or 2))
"""Threads that answer requests. Reading and searching leave Python's lock for about half of their time; more threads
than cores only cost memory (measured on two cores, 2026-11-23: 2 threads 289 MB, 4 threads 327 MB, no faster)."""

API = "/api/"
_LOG = logging.getLogger("galactica.web")
_LOOKS = {b"gx_look=light": "light", b"gx_look=dark": "dark"}

ROUTES: tuple[tuple[str, Handler], ...] = (
    ("/", pages.home),
    ("/search", pages.search),
    ("/a/{rest:path}", article.article),
    ("/m/{rest:path}", article.media),
    ("/api/v1/suggest", api.suggest),
    ("/api/v1/search", api.search),
    ("/api/v1/article", api.article),
    ("/api/v1/edition", api.edition),
    ("/api/v1/openapi.json", api.description),
    ("/titles/{edition}", pages.titles),
    ("/categories/{edition}", pages.categories),
    ("/category/{rest:path}", pages.category),
    ("/about/{edition}", pages.about),
    ("/random", pages.random),
    ("/look/{wish}", pages.look),
    ("/robots.txt", pages.robots),
)


class Endpoint:
    """One handler as an ASGI application.

    Args:
        pool: where it runs; None: in the event loop, for what only takes microseconds.
    """

    def __init__(self, desk: Desk, handler: Handler, pool: ThreadPoolExecutor | None) -> None:
        self._desk = desk
        self._handler = handler
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._pool is None:
            answer = self._answer(scope)
        else:
            answer = await get_running_loop().run_in_executor(self._pool, self._answer, scope)
        await deliver(answer, scope, send)

    def _answer(self, scope: Scope) -> Answer:
        try:
            ask = read(scope)
        except GalacticaError as error:
            return apology(self._desk, scope, Ask(steps=()), error)
        try:
            return self._handler(self._desk, ask)
        except GalacticaError as error:
            return apology(self._desk, scope, ask, error)
        except Exception:
            # The reader gets a kind page, the operator the whole story.
            _LOG.exception("could not answer a request")
            return apology(self._desk, scope, ask, None)


class Attended:
    """A handler that waits, reads a body or sends by itself, as an ASGI application."""

    def __init__(self, desk: Desk, attendant: Attendant) -> None:
        self._desk = desk
        self._attendant = attendant

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what goes wrong after the first byte ends it, and the operator is told."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        ask = Ask(steps=())
        try:
            ask = read(scope)
            answer = await self._attendant(ask, scope, receive, sending)
        except GalacticaError as error:
            answer = apology(self._desk, scope, ask, error)
        except Exception:
            _LOG.exception("could not answer a request")
            answer = apology(self._desk, scope, ask, None)
        if answer is not None and not begun:
            await deliver(answer, scope, send)


def read(scope: Scope) -> Ask:
    """An ASGI request made small."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    raw: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    look = "auto"
    cookie = headers.get(b"cookie")
    if cookie:
        for part in cookie[:4096].split(b";"):
            look = _LOOKS.get(part.strip(), look)
    return Ask(
        steps=tuple(raw.decode("latin-1").lstrip("/").split("/")),
        query=read_query(scope["query_string"]),
        language=words.choose(headers.get(b"accept-language", b"").decode("latin-1")),
        look=look,
        headers=headers,
    )


def apology(desk: Desk, scope: Scope, ask: Ask, error: GalacticaError | None, status: int = 0) -> Answer:
    """What a person, or a program, is told when there is no answer. Details of this machine stay here."""
    if not status:
        match error:
            case RefusedError():
                status = error.status
            case NotFoundError():
                status = 404
            case UsageError():
                status = 400
            case LimitError():
                status = 503
            case _:
                status = 500
    if error is not None and status >= 500:
        _LOG.error("%s %s", error.problem, error.remedy)
        error = None if status == 500 else error
    w = words.CATALOGUES[ask.language]
    problem = error.problem if error else w("problem")
    remedy = error.remedy if error else w("problem_remedy")
    headers = error.headers if isinstance(error, RefusedError) else ()
    if scope["path"].startswith(API):
        return as_json({"problem": problem, "remedy": remedy}, status=status, headers=headers)
    kind = "not_found" if status == 404 else "problem"
    return desk.renderer.page("message", ask, status=status, kind=kind, title=problem, remedy=remedy, headers=headers)


async def deliver(answer: Answer, scope: Scope, send: Send) -> None:
    """Send an answer; a HEAD request gets its headers alone."""
    headers = [
        (b"content-type", answer.type),
        (b"content-length", str(len(answer.body)).encode()),
        *answer.headers,
        *answer.guard,
    ]
    if answer.status == 304:
        del headers[:2]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = b"" if scope["method"] == "HEAD" or answer.status == 304 else answer.body
    await send({"type": "http.response.body", "body": body})


class Porter:
    """Lets requests in, or not (`galactica.web.security` says which), and serves the room's own files.

    Args:
        public: answer whatever `Host` says; else loopback names only.
        cors: origins whose scripts may read the API; ("*",) for all.
    """

    def __init__(self, app: ASGIApp, *, desk: Desk, public: bool, cors: tuple[str, ...]) -> None:
        self._app = app
        self._desk = desk
        self._public = public
        self._cors = frozenset(origin.encode() for origin in cors)
        self._static = {
            f"/static/{name}": Answer(
                body=file.body,
                type=file.type,
                headers=((b"cache-control", b"public, max-age=31536000, immutable"),),
                guard=security.MEDIA,
            )
            for name, file in desk.renderer.static.items()
        }
        mark = next(file for name, file in desk.renderer.static.items() if name.startswith("mark."))
        icon = Answer(
            body=mark.body,
            type=mark.type,
            headers=((b"cache-control", b"public, max-age=86400"),),
            guard=security.MEDIA,
        )
        self._static |= {"/favicon.ico": icon, "/favicon.svg": icon}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one connection on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._cors and scope["path"].startswith(API):
            send = self._open(scope, send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await deliver(refusal, scope, send)
            return
        static = self._static.get(scope["path"])
        if static is not None:
            await deliver(static, scope, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Answer | None:
        headers = dict(scope["headers"])
        if not self._public and not security.host_is_local(headers.get(b"host", b"").decode("latin-1")):
            error = UsageError(
                "This reading room answers only on this machine.",
                "Open it under 127.0.0.1, or start it with the host that others should reach it by.",
            )
            return apology(self._desk, scope, Ask(steps=()), error, 421)
        asked = scope["path"] == asking.PATH
        if asked and scope["method"] == "OPTIONS" and self._allowed(headers):
            return Answer(
                status=204,
                headers=(
                    (b"access-control-allow-methods", b"GET, POST"),
                    (b"access-control-allow-headers", b"content-type"),
                    (b"access-control-max-age", b"600"),
                ),
            )
        methods = ("GET", "HEAD", "POST") if asked else ("GET", "HEAD")
        if scope["method"] not in methods:
            error = UsageError("This reading room is for reading only.", f"Use {' or '.join(methods)}.")
            refusal = apology(self._desk, scope, Ask(steps=()), error, 405)
            return Answer(
                status=405,
                body=refusal.body,
                type=refusal.type,
                headers=(*refusal.headers, (b"allow", ", ".join(methods).encode())),
            )
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > security.MAX_TARGET:
            error = UsageError("This address is too long.", "Ask in fewer words.")
            return apology(self._desk, scope, Ask(steps=()), error, 414)
        return None

    def _allowed(self, headers: dict[bytes, bytes]) -> bytes:
        """What is to be said of the origin of a request that is let in; b"" where it is not."""
        origin = headers.get(b"origin", b"")
        return b"*" if b"*" in self._cors else origin if origin in self._cors else b""

    def _open(self, scope: Scope, send: Send) -> Send:
        allowed = self._allowed(dict(scope["headers"]))

        async def opened(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    pair
                    for pair in message["headers"]  # type: ignore[attr-defined]  # ASGI messages are untyped
                    if not (allowed and pair[0] == b"cross-origin-resource-policy")
                ]
                kept.append((b"vary", b"origin"))
                if allowed:
                    kept.append((b"access-control-allow-origin", allowed))
                    kept.append((b"cross-origin-resource-policy", b"cross-origin"))
                message = {**message, "headers": kept}
            await send(message)

        return opened  # type: ignore[return-value]


def create_app(library: Library, *, public: bool = False, cors: Sequence[str] = ()) -> Starlette:
    """The reading room over an open library, as an ASGI application.

    Args:
        library: stays open as long as the application runs; closing it is the caller's business.
        public: answer any `Host` header. Leave it False on a loopback address.
        cors: origins ("https://example.org") whose scripts may read the API; ("*",) for all.
    """
    desk = Desk(library)
    pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="reader")
    counter = Counter(library)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        counter.close()
        pool.shutdown(wait=True, cancel_futures=True)

    routes = [Route(path, Endpoint(desk, handler, pool)) for path, handler in ROUTES]
    routes.append(Route("/ask", Attended(desk, AskPage(desk, counter, pool))))
    routes.append(Route(asking.PATH, Attended(desk, asking.AskEndpoint(counter, tuple(cors)))))
    routes.append(Route("/{rest:path}", Endpoint(desk, pages.nowhere, None)))
    return Starlette(
        routes=routes,
        middleware=[Middleware(Porter, desk=desk, public=public, cors=tuple(cors))],
        lifespan=lifespan,
    )
