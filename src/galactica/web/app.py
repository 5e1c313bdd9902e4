"""The web site as an ASGI application: requests come in, are made small, answered by a plain function, and go out.

Starlette routes; every route's endpoint is an `Endpoint` over a function (desk, request) → reply. Such a function
knows nothing of sockets, threads or ASGI, and whatever goes wrong in it becomes a kind page or a JSON problem here.
"""

from __future__ import annotations

import logging
import os
from asyncio import get_running_loop
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from galactica.errors import GalacticaError
from galactica.web import api, article, asking, differing, lists, pages, remembered, reports, tracing, works
from galactica.web.answered import AskPage
from galactica.web.counter import Counter
from galactica.web.desk import Desk
from galactica.web.exchange import Reply, WebRequest, read_query
from galactica.web.models import ModelPages, ShownModel
from galactica.web.porter import Porter, apology, deliver

if TYPE_CHECKING:
    from galactica.library import Library, Tracer

Handler = Callable[[Desk, WebRequest], Reply]
Attendant = Callable[[WebRequest, Scope, Receive, Send], Awaitable[Reply | None]]
"""A handler that may send by itself; it then returns None."""

WORKERS = max(2, min(4, os.cpu_count() or 2))
"""Threads that answer requests. Reading and searching leave Python's lock for about half of their time; more threads
than cores only cost memory (measured on two cores, 2026-11-23: 2 threads 289 MB, 4 threads 327 MB, no faster)."""

_LOG = logging.getLogger("galactica.web")

ROUTES: tuple[tuple[str, Handler], ...] = (
    ("/", pages.home),
    ("/search", pages.search_page),
    ("/a/{rest:path}", article.article),
    ("/m/{rest:path}", article.media),
    ("/api/v1/suggest", api.suggest_api),
    ("/api/v1/search", api.search_api),
    ("/api/v1/article", api.article),
    ("/api/v1/edition", api.edition),
    ("/api/v1/work", works.api_work),
    ("/api/v1/works", works.api_works),
    ("/api/v1/report", reports.api_report),
    ("/api/v1/disagreements", differing.api_disagreements),
    ("/api/v1/openapi.json", api.description),
    ("/titles/{edition}", lists.titles),
    ("/categories/{edition}", lists.categories),
    ("/category/{rest:path}", lists.category),
    ("/works/{edition}", works.works),
    ("/works/{rest:path}", works.work),
    ("/about/{edition}", pages.about),
    ("/report/{edition}", reports.report_page),
    ("/differences/{rest:path}", differing.differences),
    ("/random", pages.random),
    ("/look/{wish}", remembered.remember_look),
    ("/words/{wish}", remembered.interface),
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

    def _answer(self, scope: Scope) -> Reply:
        try:
            request = read_request(scope)
        except GalacticaError as error:
            return apology(self._desk, scope, remembered.shown_in(scope), error)
        try:
            return self._handler(self._desk, request)
        except GalacticaError as error:
            return apology(self._desk, scope, request, error)
        except Exception:
            # The reader gets a kind page, the operator the whole story.
            _LOG.exception("could not answer a request")
            return apology(self._desk, scope, request, None)


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

        request = remembered.shown_in(scope)
        try:
            request = read_request(scope)
            answer = await self._attendant(request, scope, receive, sending)
        except GalacticaError as error:
            answer = apology(self._desk, scope, request, error)
        except Exception:
            _LOG.exception("could not answer a request")
            answer = apology(self._desk, scope, request, None)
        if answer is not None and not begun:
            await deliver(answer, scope, send)


def read_request(scope: Scope) -> WebRequest:
    """An ASGI request made small."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    steps = tuple(raw.decode("latin-1").lstrip("/").split("/"))
    return replace(remembered.shown_in(scope), steps=steps, query=read_query(scope["query_string"]))


def create_app(
    library: Library,
    *,
    public: bool = False,
    cors: Sequence[str] = (),
    tracer: Tracer | None = None,
    models: Sequence[ShownModel] = (),
) -> Starlette:
    """The reading room over an open library, as an ASGI application.

    Args:
        library: stays open as long as the application runs; closing it is the caller's business.
        public: answer any `Host` header. Leave it False on a loopback address.
        cors: origins ("https://example.org") whose scripts may read the API; ("*",) for all.
        tracer: a view and its index, in which texts are traced; None: none are.
        models: language models that are shown.
    """
    desk = Desk(
        library,
        public=public or bool(cors),
        traces=tracer is not None,
        models=[(each.name, each.address) for each in models],
    )  # a script of another site need not know this machine either
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
    trace = Attended(desk, tracing.TracePage(desk, tracer, pool, cors))
    routes += [Route(path, trace) for path in (tracing.PAGE, tracing.API)]
    routes.append(Route("/model/{rest:path}", Endpoint(desk, ModelPages(models), pool)))
    routes.append(Route("/{rest:path}", Endpoint(desk, pages.nowhere, None)))
    posts = frozenset((asking.PATH, tracing.PAGE, tracing.API))
    return Starlette(
        routes=routes,
        middleware=[Middleware(Porter, desk=desk, public=public, cors=tuple(cors), posts=posts)],
        lifespan=lifespan,
    )
