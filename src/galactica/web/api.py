"""The HTTP API, version 1: what the pages show, as JSON. `openapi` describes it; a test holds each to the other.

Errors are {"problem", "remedy"} with a status of 400 (asked wrongly), 404, 405, 414, 421, 500 or 503.
"""

from __future__ import annotations

from galactica.errors import UsageError
from galactica.model import Source, article_id, date_of, licence_of
from galactica.model.markdown import to_markdown
from galactica.model.projection import project
from galactica.web import openapi
from galactica.web.answer import Answer, Ask, Json, NotFoundError, as_json
from galactica.web.desk import Desk, article_address, fresh, hit_address
from galactica.web.pages import MAX_QUERY
from galactica.web.reading import Edition, Head, Info, InWork, Verified
from galactica.web.works import work_address
from galactica.wire.answer import place_document
from galactica.wire.work import article_fields, standing_document

MAX_HITS = 100
MAX_OFFSET = 1000
MAX_SUGGESTIONS = 20
FORMATS = ("html", "text", "md")


def search(desk: Desk, ask: Ask) -> Answer:
    """`q` → results."""
    query = _needed(ask, "q", MAX_QUERY)
    limit = ask.number("limit", default=10, low=1, high=MAX_HITS)
    offset = ask.number("offset", default=0, low=0, high=MAX_OFFSET)
    page = desk.library.search(
        query,
        limit=limit,
        offset=offset,
        language=ask.text("lang", limit=64),
        source=ask.text("source", limit=200),
        by=ask.text("by", limit=20) or "hybrid",
    )
    hits: list[Json] = [
        {
            "edition": hit.edition,
            "id": hit.id.hex(),
            "title": hit.title,
            "language": hit.language,
            "source": hit.source,
            "path": hit.path,
            "url": hit.url,
            "licence": hit.licence,
            "date": hit.date,
            "score": hit.score,
            "passage": {"number": hit.passage, "start": hit.start, "end": hit.end},
            "snippet": hit.snippet,
            "marks": [list(mark) for mark in hit.marks],
            "exact": hit.exact,
            "work": hit.work,
            "place": place_document(hit.place),
            "page": hit_address(hit),
        }
        for hit in page.hits
    ]
    return as_json(
        {
            "query": page.query,
            "total": page.total,
            "offset": offset,
            "corrected": page.corrected,
            "notes": [desk.discreet(note) for note in page.notes],
            "hits": hits,
        }
    )


def suggest(desk: Desk, ask: Ask) -> Answer:
    """What is being typed → titles."""
    typed = _needed(ask, "q", MAX_QUERY)
    limit = ask.number("limit", default=8, low=1, high=MAX_SUGGESTIONS)
    found: list[Json] = [
        {
            "edition": item.edition,
            "id": item.id.hex(),
            "title": item.title,
            "matched": item.matched,
            "language": item.language,
            "source": item.source,
            "source_title": desk.source_title(item.edition, item.source),
            "path": item.path,
            "typos": item.typos,
            "page": article_address(item.edition, item.source, item.path),
        }
        for item in desk.library.suggest(typed, limit=limit)
    ]
    return as_json({"query": typed, "suggestions": found})


def article(desk: Desk, ask: Ask) -> Answer:
    """One article, by `id` or `title`, or by `edition`, `source` and `path`."""
    form = ask.text("format", limit=10) or "html"
    if form not in FORMATS:
        raise UsageError(f"“{form}” is no format.", f"Choose one of {', '.join(FORMATS)}.")
    edition, row = _find(desk, ask)
    etag = desk.etag(Ask(steps=()), "api", edition.root, str(row), form)
    headers = ((b"etag", etag),)
    if fresh(ask, etag):
        return Answer(status=304, headers=headers)
    page = desk.library.page(edition, row)
    text = page.article
    work = page.work.work if page.work is not None else None
    aliases = sorted({alias.title for alias in text.aliases})
    return as_json(
        {
            "edition": edition.root,
            "id": text.id.hex(),
            "title": text.title,
            "language": text.language,
            "aliases": aliases,
            "categories": list(text.categories),
            "source": _source(page.source),
            "path": text.path,
            "url": text.url,
            "revision": text.revision,
            "date": date_of(text.modified, text.published, work, page.source),
            "licence": licence_of(text.licence, work, page.source),
            **article_fields(text),
            "work": _standing(edition, page.work) if page.work is not None else None,
            "format": form,
            "body": _body(desk, text.body, form),
            "languages": [_head(other, head) for other, head in page.translations],
            "previous": _head(edition, page.previous) if page.previous else None,
            "next": _head(edition, page.next) if page.next else None,
            "page": article_address(edition.root, text.source, text.path),
        },
        headers=headers,
    )


def _body(desk: Desk, body: str, form: str) -> str:
    """A body in one of `FORMATS`."""
    if form == "text":
        return project(body)
    clean = desk.library.sanitise(body)
    return to_markdown(clean) if form == "md" else clean


def edition(desk: Desk, ask: Ask) -> Answer:
    """The open editions, or the one that `name` names."""
    name = ask.text("name", limit=200)
    chosen = (desk.edition(name),) if name else desk.library.editions
    return as_json({"editions": [_edition(desk.infos[one.root], desk.library.verified(one)) for one in chosen]})


def description(desk: Desk, ask: Ask) -> Answer:
    """This API as OpenAPI."""
    return as_json(openapi.DOCUMENT)


def _needed(ask: Ask, name: str, limit: int) -> str:
    value = ask.text(name, limit=limit)
    if not value:
        raise UsageError(f"“{name}” is missing.", f"Add {name}=… to the address.")
    return value


def _find(desk: Desk, ask: Ask) -> tuple[Edition, int]:
    title, path = ask.text("title", limit=MAX_QUERY), ask.query.get("path", "")
    id_ = ask.text("id", limit=32).lower()
    given = [bool(id_), bool(title), bool(path)]
    if sum(given) != 1:
        raise UsageError("One article is asked for in one way.", "Give id, or title, or edition with source and path.")
    found: tuple[Edition, int] | None = None
    if path:
        edition = desk.edition(_needed(ask, "edition", 64))
        source = _needed(ask, "source", 200)
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


def _head(edition: Edition, head: Head) -> dict[str, Json]:
    return {
        "title": head.title,
        "language": head.language,
        "page": article_address(edition.root, head.source, head.path),
    }


def _standing(edition: Edition, found: InWork) -> dict[str, Json]:
    """The work that an article is a part of, and the parts beside it."""
    beside: list[Json] = [None if head is None else _head(edition, head) for head in (found.previous, found.next)]
    place = work_address(edition.root, found.work)
    return {**standing_document(found.work, found.number, found.parts, *beside), "page": place}


def _source(source: Source) -> dict[str, Json]:
    return {
        "key": source.key,
        "title": source.title,
        "format": source.format,
        "language": source.language,
        "licence": source.licence,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "attribution": source.attribution,
        "creators": list(source.creators),
    }


def _edition(info: Info, verified: Verified | None) -> dict[str, Json]:
    known = ("unknown", "") if verified is None else (verified.state, verified.day)
    return {
        "title": info.title,
        "root": info.root,
        "format_version": info.format_version,
        "number": info.number,
        "parent": info.parent,
        "articles": info.articles,
        "passages": info.passages,
        "rejected": info.rejected,
        "media": info.media,
        "aliases": info.aliases,
        "works": info.works,
        "statements": info.statements,
        "languages": dict(info.languages),
        "sources": [_source(source) for source in info.sources],
        "licences": list(info.licences),
        "bytes": info.bytes,
        "verified": dict(zip(("state", "day"), known, strict=True)),
    }
