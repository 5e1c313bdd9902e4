"""The pages that items and lists lead to: fetched one after the other, each entered by itself.

What becomes of a page: taken in (200), as it was (304), taken back by its source (410, or 404 in two rounds), refused
for good (robots, forbidden, no page of text), or tried again in later rounds, `MAX_TRIES` times. A host that is busy is
left alone for the rest of the round. An item of a feed whose page does not come keeps the feed's own text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from galactica.follow.fetching import Fetched
from galactica.follow.journal import FollowedSource
from galactica.follow.round import Round, Tally
from galactica.follow.wants import Want
from galactica.network.addresses import AddressError, checked_address, server_of
from galactica.network.connection import FetchError
from galactica.sources import encoding
from galactica.sources.feed_documents import item_title
from galactica.sources.feed_items import FeedItem
from galactica.sources.feed_json import moment_of
from galactica.sources.html import HEAD_CHARS, declared, page_title
from galactica.sources.paths import clean_path

MAX_PAGE = 8 * 2**20
"""Bytes of a page; the longest pages of the web that are articles have some two."""

MAX_TRIES = 6
"""Rounds in which a page is tried that does not come."""

MISSES = 2
"""Rounds in a row in which a page has to be missing (404) before it was taken back."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain", ""))
ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.5"


def fetch_pages(turn: Round, source: FollowedSource, tally: Tally) -> None:
    """Fetch what is wanted of a feed or a site, up to the limit of a round."""
    wanted = turn.journal.wants.first(source.n, turn.options.limit)
    busy: set[str] = set()
    for done, want in enumerate(wanted, 1):
        turn.report("pages", done, len(wanted), "pages")
        _fetch(turn, source, want, busy, tally)
    tally.waiting = turn.journal.wants.count(source.n)


def _fetch(turn: Round, source: FollowedSource, want: Want, busy: set[str], tally: Tally) -> None:
    try:
        url = checked_address(want.about.get("url", ""))
    except AddressError as error:
        _refuse(turn, source, want, "bad-path", str(error), tally)
        return
    if server_of(url) in busy:
        return
    known = turn.journal.listed.page(source.n, want.id)
    here = turn.journal.items.get(source.n, want.id)
    conditional = known is not None and here is not None and not here.deleted and not here.refused
    try:
        found = turn.fetcher.get(
            url,
            local=bool(source.state.get("local")),
            accept=ACCEPT,
            etag=known.etag if known and conditional else "",
            modified=known.modified if known and conditional else "",
            limit=MAX_PAGE,
            robots=True,
        )
    except FetchError as error:
        _failed(turn, source, want, error, busy, tally)
        return
    if found.status == 304:
        with turn.journal.change():
            turn.journal.wants.done(source.n, want.id)
        tally.same += 1
        return
    page = page_of(found, want)
    if page.refused:
        _refuse(turn, source, want, page.refused, page.why, tally)
        return
    with turn.journal.change():
        if source.kind == "feed":
            tally.count(turn.journal.items.put_page(source.n, want.id, page))
        else:
            tally.count(turn.journal.items.put(source.n, want.id, turn.sober(page)))
            turn.journal.listed.keep(source.n, want.id, found.etag, found.modified)
        turn.journal.wants.done(source.n, want.id)


def page_of(found: Fetched, want: Want) -> FeedItem:
    """A page as an item; `refused` where it is no page of text."""
    page = FeedItem(guid=want.id, link=found.address, path=site_path(want.about["url"]))
    if found.media_type not in _PAGES:
        return replace(page, refused="unsupported", why=f"{found.media_type[:80]} is not read")
    said = _CHARSET.search(found.headers.get("content-type", ""))
    plain = found.media_type == "text/plain"
    text = encoding.decode(found.body, (said[1] if said else "") or ("" if plain else declared(found.body)))
    if text is None:
        return replace(page, refused="bad-encoding", why="no text in an encoding that is known")
    if not text.strip():
        return replace(page, refused="empty", why="there is nothing in it")
    page = replace(page, content=text, modified=moment_of(want.about.get("date", "")))
    if not plain:
        return replace(page, markup="webpage")  # what it is called is told where its article is
    return replace(page, markup="text", title=item_title(page))


def site_path(url: str) -> str:
    """The path of a page in its site, to which links of the site's other pages lead."""
    parts = urlsplit(url)
    path = parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")
    return clean_path(path or "index.html") or ""


def _failed(turn: Round, source: FollowedSource, want: Want, error: FetchError, busy: set[str], tally: Tally) -> None:
    """What becomes of a page that did not come."""
    here = turn.journal.items.get(source.n, want.id)
    if error.status in (404, 410) and source.kind != "feed" and here is not None and not here.refused:
        with turn.journal.change():
            misses = turn.journal.items.miss(source.n, want.id)
            if error.status == 410 or misses >= MISSES:
                title = here.title or page_title(here.content[:HEAD_CHARS])
                gone = replace(here, title=title, content="", deleted=turn.today(), why=f"HTTP {error.status}")
                tally.count(turn.journal.items.put(source.n, want.id, gone))
                turn.journal.wants.done(source.n, want.id)
            else:
                turn.journal.wants.tried(source.n, want.id)
        return
    if error.reason in ("status", "robots", "address"):
        reason = {404: "not-found", 410: "not-found", 401: "forbidden", 403: "forbidden", 451: "forbidden"}
        own = "robots" if error.reason == "robots" else "unreachable"
        _refuse(turn, source, want, reason.get(error.status, own), str(error), tally)
    elif want.tries + 1 >= MAX_TRIES:
        own = "too-large" if error.reason == "too-large" else "unreachable"
        _refuse(turn, source, want, own, str(error), tally)
    else:
        with turn.journal.change():
            turn.journal.wants.tried(source.n, want.id)
        tally.trouble(f"{want.about.get('url', want.id)} did not come: {error}.", "It is asked again next time.")
        if error.reason == "busy":
            busy.add(server_of(checked_address(want.about["url"])))


def _refuse(turn: Round, source: FollowedSource, want: Want, reason: str, why: str, tally: Tally) -> None:
    """Give a page up: counted, unless something of it is here already, which stays as it is."""
    with turn.journal.change():
        here = turn.journal.items.get(source.n, want.id)
        if here is None or here.refused:
            item = FeedItem(guid=want.id, link=want.about.get("url", ""), refused=reason, why=why)
            turn.journal.items.put(source.n, want.id, replace(item, path=site_path(item.link)))
        elif source.kind == "feed":
            turn.journal.items.put_page(source.n, want.id, FeedItem(dropped=((f"page:{reason}", 1),)))
        turn.journal.wants.done(source.n, want.id)
    tally.refused += 1
