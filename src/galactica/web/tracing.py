"""The page on which a text is traced: what of it stands in a view word for word, and beside it where.

A text comes by POST from the page's own form, or short as `q` of an address. It is work, so a page of another origin
may not make this room do it (`asking.check_origin`); a text is bounded, and two are traced at a time.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from asyncio import get_running_loop
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from galactica.errors import EditionError, UsageError
from galactica.model.said import said
from galactica.web.asking import check_origin, read_body
from galactica.web.desk import Desk, span_address
from galactica.web.exchange import START, NotFoundError, RefusedError, Reply, WebRequest, as_json
from galactica.wire.addresses import page_of_article
from galactica.wire.traced import traced_document

if TYPE_CHECKING:
    from galactica.library import TracedPlace, TracedSpan, TracedText, Tracer

PAGE = "/trace"
API = "/api/v1/trace"

MAX_ADDRESS_TEXT = 2000
"""Characters of a text in an address."""

MAX_TEXT = 60_000
"""Characters of a text that is sent: what a person pastes; longer ones are traced by the command line."""

MAX_SENT = 12 * MAX_TEXT
"""Bytes of a body: each character may have four bytes, and each byte three in a form."""

AT_ONCE = 2
"""Texts that are traced at a time."""

MOST_SHOWN = 200
"""Stretches that are shown, the longest."""

LONG, LONGEST = 80, 240
"""Bytes from which on a stretch stands out more."""

_FORM = b"application/x-www-form-urlencoded"
_FRESH = ((b"cache-control", b"no-store"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """A run of the text that the same stretches hold: `number` is the longest one's, 0 where there is none."""

    text: str
    number: int
    long: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A place, as the page shows it; `address` leads to the very words, "" where the edition is not open here."""

    address: str
    place: TracedPlace
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanCard:
    """A stretch and its places, as the page shows them."""

    number: int
    words: str
    span: TracedSpan
    lines: tuple[SourceLine, ...]


class TracePage:
    """`/trace` and `/api/v1/trace`, for `app.Attended`.

    Args:
        tracer: a view and its index; None: this room traces nothing.
        pool: where texts are traced.
        cors: origins whose scripts may ask.
    """

    def __init__(self, desk: Desk, tracer: Tracer | None, pool: Executor, cors: Sequence[str] = ()) -> None:
        self._desk = desk
        self._tracer = tracer
        self._pool = pool
        self._cors = frozenset(cors)
        self._places = threading.BoundedSemaphore(AT_ONCE)

    async def __call__(self, request: WebRequest, scope: Scope, receive: Receive, send: Send) -> Reply | None:
        """The page, or the document of a text.

        Raises:
            NotFoundError: this room traces nothing.
            RefusedError: another site sends it, it is too large, or too many are sent at once.
            UsageError: there is no text, or it is too long.
        """
        program = scope["path"] == API
        text, least = request.text("q", limit=MAX_ADDRESS_TEXT), request.number("least", default=0, low=0, high=10**6)
        if scope["method"] == "POST":
            check_origin(request.headers, self._cors)
            kind = b"application/json" if program else _FORM
            body = await read_body(request.headers, receive, kind=kind, most=MAX_SENT)
            text, least = read_asked(body) if program else read_form(body)
        elif text:
            check_origin(request.headers, self._cors)
        if program and not text:
            raise UsageError(
                said("no-text", "There is no text to trace."), said("send-text", "Send one as “q”, or in a body.")
            )
        if self._tracer is None:
            raise NotFoundError(said("traces-nothing", "This reading room has no view to trace texts in."), START)
        if not text or scope["method"] == "HEAD":
            return self._page(request, "", None, 0.0)
        if not self._places.acquire(blocking=False):
            raise RefusedError(
                said("too-many-texts", "Too many texts are traced at this moment."),
                said("again-soon", "Try again in a moment."),
                status=503,
                headers=((b"retry-after", b"1"),),
            )
        try:
            begun = time.perf_counter()
            traced = await asyncio.shield(
                get_running_loop().run_in_executor(
                    self._pool, partial(self._tracer.trace, text, least=least or None, most=MOST_SHOWN)
                )
            )
            took = (time.perf_counter() - begun) * 1000
        finally:
            self._places.release()
        if program:
            return as_json(traced_document(self._tracer.view.hash, traced, took), headers=_FRESH)
        return await get_running_loop().run_in_executor(self._pool, self._page, request, text, traced, took)

    def _page(self, request: WebRequest, text: str, traced: TracedText | None, took: float) -> Reply:
        assert self._tracer is not None
        longest = sorted(traced.spans, key=lambda span: (-span.bytes, span.start)) if traced else []
        spans = longest[:MOST_SHOWN]
        return self._desk.renderer.page(
            "trace",
            request,
            text=text,
            traced=traced,
            took=took,
            documents=len(self._tracer.view),
            runs=text_runs(traced.text, spans) if traced else [],
            cards=[self._card(number, span, traced.text) for number, span in enumerate(spans, 1)] if traced else [],
            more=len(longest) - len(spans) + (traced.untold if traced else 0),
            most=MAX_TEXT,
            headers=_FRESH,
        )

    def _card(self, number: int, span: TracedSpan, text: str) -> SpanCard:
        return SpanCard(
            number=number,
            words=text[span.start : span.end],
            span=span,
            lines=tuple(self._line(place) for place in span.places),
        )

    def _line(self, place: TracedPlace) -> SourceLine:
        facts = place.facts
        address = ""
        if facts.edition in self._desk.infos:
            start, end = place.passage
            address = (
                span_address(facts.edition, facts.source, place.path, (start, end), (start, end))
                if start < end
                else page_of_article(facts.edition, facts.source, place.path)
            )
        return SourceLine(address=address, place=place, source=self._source(facts.edition, facts.source))

    def _source(self, root: str, key: str) -> str:
        assert self._tracer is not None
        for edition in self._tracer.view.editions:
            if edition.root == root:
                try:
                    return edition.source(key).title or key
                except EditionError:
                    return key
        return key


class SpanOfText(Protocol):
    """What is used of a span: [start, end) in code points, and its bytes."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def bytes(self) -> int:
        """Of it in UTF-8."""


def text_runs(text: str, spans: Sequence[SpanOfText]) -> list[TextRun]:
    """A text cut where a span begins or ends, each run with the longest span that holds it.

    Args:
        spans: the longest first; a span's number is its place here, from 1.
    """
    owners = [0] * len(text)
    for number in range(len(spans), 0, -1):
        span = spans[number - 1]
        owners[span.start : span.end] = [number] * (span.end - span.start)
    runs: list[TextRun] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or owners[at] != owners[start]:
            number = owners[start]
            size = spans[number - 1].bytes if number else 0
            runs.append(TextRun(text=text[start:at], number=number, long=(size >= LONG) + (size >= LONGEST)))
            start = at
    return runs


def read_form(body: bytes) -> tuple[str, int]:
    """(text, least number of bytes; 0: by chance) of a form's body.

    Raises:
        UsageError: it is no form, or the text is too long.
    """
    try:
        given = dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=8))
    except ValueError:
        raise UsageError(said("no-form", "What was sent is no form."), START) from None
    return _bounded(given.get("q", "").replace("\r\n", "\n")), 0


def read_asked(body: bytes) -> tuple[str, int]:
    """The same of a JSON body: {"text": text, "least": bytes}.

    Raises:
        UsageError: it is something else.
    """
    try:
        given = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        given = None
    text, least = (given.get("text"), given.get("least", 0)) if isinstance(given, dict) else (None, 0)
    if not isinstance(text, str) or type(least) is not int or not 0 <= least <= 10**6:
        raise UsageError(
            said("no-traced-text", "The body is no object with a text."),
            said("send-traced-text", "Send an object: {example}.", example='{"text": "…"}'),
        )
    return _bounded(text), least


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise UsageError(
            said("text-too-long", "The text has {number} characters.", number=len(text)),
            said(
                "trace-by-command",
                "At most {limit} are traced here; galactica trace takes more.",
                limit=MAX_TEXT,
            ),
        )
    return text
