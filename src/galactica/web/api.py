"""The HTTP API, version 1: what the pages show, as JSON. `openapi` describes it; a test holds each to the other.

Errors are {"problem", "remedy"} with a status of 400 (asked wrongly), 404, 405, 414, 421, 500 or 503.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from galactica.errors import UsageError
from galactica.model import article_id
from galactica.model.markdown import to_markdown
from galactica.model.projection import project
from galactica.web import openapi
from galactica.web.desk import Desk, fresh
from galactica.web.exchange import NotFoundError, Reply, WebRequest, as_json
from galactica.wire.article import FORMATS, article_document
from galactica.wire.asked import MAX_QUERY
from galactica.wire.edition import EditionDocument, EditionsDocument, edition_document
from galactica.wire.hits import results_document, suggestions_document

if TYPE_CHECKING:
    from galactica.library import Edition

MAX_HITS = 100
MAX_OFFSET = 1000
MAX_SUGGESTIONS = 20


def search_api(desk: Desk, request: WebRequest) -> Reply:
    """`q` → results."""
    query = _needed(request, "q", MAX_QUERY)
    limit = request.number("limit", default=10, low=1, high=MAX_HITS)
    offset = request.number("offset", default=0, low=0, high=MAX_OFFSET)
    page = desk.library.search(
        query,
        limit=limit,
        offset=offset,
        language=request.text("lang", limit=64),
        source=request.text("source", limit=200),
        by=request.text("by", limit=20) or "hybrid",
    )
    return as_json(results_document(page, offset, desk.discreet))


def suggest_api(desk: Desk, request: WebRequest) -> Reply:
    """What is being typed → titles."""
    typed = _needed(request, "q", MAX_QUERY)
    limit = request.number("limit", default=8, low=1, high=MAX_SUGGESTIONS)
    found = desk.library.suggest(typed, limit=limit)
    return as_json(suggestions_document(typed, found, desk.source_title))


def article(desk: Desk, request: WebRequest) -> Reply:
    """One article, by `id` or `title`, or by `edition`, `source` and `path`."""
    form = request.text("format", limit=10) or "html"
    if form not in FORMATS:
        raise UsageError(f"“{form}” is no format.", f"Choose one of {', '.join(FORMATS)}.")
    edition, row = found_article(desk, request)
    etag = desk.etag(WebRequest(steps=()), "api", edition.root, str(row), form)
    headers = ((b"etag", etag),)
    if fresh(request, etag):
        return Reply(status=304, headers=headers)
    page = desk.library.page(edition, row)
    body = _body(desk, page.article.body, form)
    return as_json(article_document(edition.root, page, format=form, body=body), headers=headers)


def _body(desk: Desk, body: str, form: str) -> str:
    """A body in one of `FORMATS`."""
    if form == "text":
        return project(body)
    clean = desk.library.sanitise(body)
    return to_markdown(clean) if form == "md" else clean


def edition(desk: Desk, request: WebRequest) -> Reply:
    """The open editions, or the one that `name` names."""
    name = request.text("name", limit=200)
    chosen = (desk.edition(name),) if name else desk.library.editions
    return as_json(EditionsDocument(editions=[_edition(desk, each) for each in chosen]))


def description(desk: Desk, request: WebRequest) -> Reply:
    """This API as OpenAPI."""
    return as_json(openapi.DOCUMENT)


def _needed(request: WebRequest, name: str, limit: int) -> str:
    value = request.text(name, limit=limit)
    if not value:
        raise UsageError(f"“{name}” is missing.", f"Add {name}=… to the address.")
    return value


def found_article(desk: Desk, request: WebRequest) -> tuple[Edition, int]:
    """The article that a request asks for by `id` or `title`, or by `edition`, `source` and `path`.

    Raises:
        UsageError: it asks in none of these ways, or in several.
        NotFoundError: there is none.
    """
    title, path = request.text("title", limit=MAX_QUERY), request.query.get("path", "")
    id_ = request.text("id", limit=32).lower()
    given = [bool(id_), bool(title), bool(path)]
    if sum(given) != 1:
        raise UsageError("One article is asked for in one way.", "Give id, or title, or edition with source and path.")
    found: tuple[Edition, int] | None = None
    if path:
        edition = desk.edition(_needed(request, "edition", 64))
        source = _needed(request, "source", 200)
        row = None if "\0" in path else edition.row_of(article_id(source, path))
        found = None if row is None else (edition, row)
    elif id_ and len(id_) == 32 and all(digit in "0123456789abcdef" for digit in id_):
        key = bytes.fromhex(id_)
        rows = ((edition, edition.row_of(key)) for edition in desk.library.editions)
        found = next(((edition, row) for edition, row in rows if row is not None), None)
    elif title:
        found = desk.library.find(title)
    if found is None:
        raise NotFoundError("This library has no such article.", "Ask /api/v1/search for it.")
    return found


def _edition(desk: Desk, edition: Edition) -> EditionDocument:
    """An edition; its index of meaning as it is now, for it may be made while the room is open."""
    info = replace(desk.infos[edition.root], meaning=desk.library.meaning(edition))
    return edition_document(desk.told_path(edition), info, desk.library.verified(edition))
