"""The page of one article, and the media files it shows."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup

from galactica.model import article_id, date_of, licence_of
from galactica.model.projection import project
from galactica.model.said import said
from galactica.web.body import Places, dress, title_of
from galactica.web.desk import Desk, fresh
from galactica.web.exchange import NotFoundError, Pairs, Reply, WebRequest, redirect
from galactica.web.marking import mark, read_spans
from galactica.web.pictures import pictured
from galactica.web.recordings import timed
from galactica.web.security import MEDIA
from galactica.wire.addresses import SHORT, page_of_article, page_of_differences, page_of_media, page_of_work

FEW_HEADINGS = 3
"""An article with fewer headings shows no contents list."""

SHOWN = frozenset(
    "image/png image/jpeg image/gif image/webp image/avif image/svg+xml image/bmp image/x-icon "
    "image/vnd.microsoft.icon audio/mpeg audio/ogg audio/wav audio/x-wav audio/flac audio/mp4 audio/webm video/mp4 "
    "video/webm video/ogg text/vtt text/plain application/ogg".split()
)
"""Media types that a browser may show; every other file is only ever saved, PDF too: browsers show it by a program of
their own, which the sandbox that files come with would not let run. SVG is sanitised and can run nothing."""

SAVED = frozenset({"application/pdf"})
"""Media types of files that are only ever saved, and said: whoever saves them may open them by what they are."""

_RANGE = re.compile(rb"bytes=(\d{0,15})-(\d{0,15})")


def article(desk: Desk, request: WebRequest) -> Reply:
    """An article's page, with what was quoted marked (`span`, `answer`); an alias's address leads to its own."""
    edition = desk.edition(request.step(1))
    source, path = request.step(2), request.rest(3)
    row = edition.row_of(article_id(source, path))
    if row is None:
        return missing(desk, request, title_of(path))
    spans = read_spans(request.query.get("span", ""), request.query.get("answer", ""))
    etag = desk.etag(request, edition.root, str(row), str(spans))
    headers: Pairs = ((b"etag", etag), (b"cache-control", b"no-cache"))
    page = desk.library.page(edition, row) if not fresh(request, etag) else None
    if page is None:
        return Reply(status=304, headers=(*headers, (b"vary", b"accept-language, cookie")))
    text = page.article
    work = page.work.work if page.work is not None else None
    if (text.source, text.path) != (source, path):
        return redirect(page_of_article(edition.root, text.source, text.path))
    places = Places(
        articles=page_of_article(edition.root, source, ""),
        media=page_of_media(edition.root, source, ""),
        known=lambda other: edition.row_of(article_id(source, other)) is not None,
        file=lambda other: desk.library.has_file(edition, source, other),
    )
    body, headings = dress(desk.library.sanitise(text.body), places)
    body = pictured(body)
    if spans:
        body = mark(body, project(text.body), spans)
    body = timed(body, places.media, places.file)
    return desk.renderer.page(
        "article",
        request,
        article=text,
        body=Markup(body),  # noqa: S704 - sanitised above; dress(), pictured() and mark() add no text, timed() times
        headings=headings if len(headings) >= FEW_HEADINGS else (),
        source=page.source,
        licence_words=licence_of(text.licence, work, page.source),
        date=date_of(text.modified, text.published, work, page.source)[:10],
        standing=page.work,
        work_place=page_of_work(edition.root, work) if work is not None else "",
        creators=text.creators or (work.creators if work is not None else ()),
        published=text.published or (work.published if work is not None else ""),
        identifiers=text.identifiers,
        stated=page.stated,
        differing=page.differing,
        differences=page_of_differences(edition.root, text.source, text.path),
        info=desk.infos[edition.root],
        edition=edition.root[:SHORT],
        translations=[
            (head.language, head.title, page_of_article(other.root, head.source, head.path))
            for other, head in page.translations
        ],
        has_categories=edition.root in desk.with_categories,
        before=page.work.previous if page.work is not None else page.previous,
        after=page.work.next if page.work is not None else page.next,
        address=page_of_article,
        headers=headers,
    )


def missing(desk: Desk, request: WebRequest, title: str) -> Reply:
    """No such article: the search box already holds its name."""
    w = desk.renderer
    return w.page("message", request, status=404, kind="not_found_article", title=title, query=title, remedy="")


def media(desk: Desk, request: WebRequest) -> Reply:
    """A media file, whole or a part of it (RFC 9110 §14; one range, others get the whole)."""
    edition = desk.edition(request.step(1))
    source, path = request.step(2), request.rest(3)
    etag = desk.etag(WebRequest(steps=()), edition.root, source, path)
    kept: Pairs = ((b"etag", etag), (b"cache-control", b"public, max-age=31536000, immutable"))
    found = desk.library.media(edition, source, path)
    if found is None:
        raise NotFoundError(
            said("no-such-file", "This edition has no such file."), said("go-back", "Go back to the article.")
        )
    if fresh(request, etag):
        return Reply(status=304, headers=kept, guard=MEDIA)
    mime, content = found
    type_ = mime.partition(";")[0].strip().lower()
    headers: Pairs = (*kept, (b"accept-ranges", b"bytes"))
    if type_ not in SHOWN:
        type_ = type_ if type_ in SAVED else "application/octet-stream"
        name = quote(path.rpartition("/")[2][-200:], safe="")
        headers = (*headers, (b"content-disposition", f"attachment; filename*=UTF-8''{name}".encode()))
    elif type_ == "text/plain":
        type_ = "text/plain; charset=utf-8"
    wish = request.headers.get(b"range", b"")
    condition = request.headers.get(b"if-range", etag)
    span = part(wish, len(content)) if wish and condition == etag else None
    if span is None:
        return Reply(body=content, type=type_.encode(), headers=headers, guard=MEDIA)
    start, end = span
    if start >= end:
        unmet = (b"content-range", f"bytes */{len(content)}".encode())
        return Reply(status=416, headers=(*headers, unmet), guard=MEDIA)
    where = (b"content-range", f"bytes {start}-{end - 1}/{len(content)}".encode())
    return Reply(status=206, body=content[start:end], type=type_.encode(), headers=(*headers, where), guard=MEDIA)


def part(header: bytes, length: int) -> tuple[int, int] | None:
    """A `Range` header → (start, end) half-open; empty where it cannot be met, None where it is to be ignored."""
    match = _RANGE.fullmatch(header.strip())
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(0, length - int(match[2])), length if int(match[2]) else 0
    start, last = int(match[1]), int(match[2]) if match[2] else length - 1
    if match[2] and last < start:
        return None
    return (start, min(last + 1, length)) if start < length else (0, 0)
