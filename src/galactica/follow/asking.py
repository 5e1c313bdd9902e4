"""A source is asked once: what it is, whether it changed, and what is said where it cannot be had.

Whether an address that a person named is a feed, a list of pages, a wiki or a stream is told by its reply (a wiki by
its address, `…/api.php`). A source that fails again and again is left alone for longer and longer.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from galactica.follow.feeds import take_feed
from galactica.follow.fetching import Fetched
from galactica.follow.journal import FollowedSource
from galactica.follow.pages import fetch_pages
from galactica.follow.replies import LONGEST_WAIT, unzipped
from galactica.follow.round import Round, Tally
from galactica.follow.sitemap_read import MAX_LIST, is_sitemap
from galactica.follow.sitemaps import take_sitemap
from galactica.follow.streams import take_stream
from galactica.follow.wiki import take_wiki
from galactica.network.connection import FetchError
from galactica.sources.contract import HEAD_BYTES
from galactica.sources.feed import recognise

FULL_EVERY = 24
"""After so many answers that nothing changed a source is asked for all of it: some say so whatever changes."""

FORGIVEN = 3
"""Failures in a row that do not keep a source from being asked at once."""

BACK_OFF, LONGEST_BACK_OFF = 60.0, 6 * 3600.0
"""Seconds: the first time, doubled each time, up to the last."""

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/event-stream;q=0.8,"
    " */*;q=0.5"
)

_FEED_LINK = re.compile(
    r"<link\b[^<>]{0,1000}\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]{0,1000}>", re.I
)
_API_LINK = re.compile(r"<link\b[^<>]{0,500}\brel\s*=\s*[\"']?EditURI\b[^<>]{0,1000}>", re.I)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s<>]{1,1000})", re.I)

_REMEDIES = {
    "address": "Say --allow-local if it is meant; no address on the public net leads there.",
    "unreachable": "Check the address and the connection; it is asked again next time.",
    "timeout": "It is asked again next time.",
    "tls": "Check the clock of this machine and the address; a certificate that is not trusted is never passed over.",
    "broken": "It is asked again next time.",
    "too-large": "Follow a part of it.",
    "redirects": "Look where the address leads in a browser, and name that address.",
    "robots": "Ask who keeps the site.",
    "busy": "It is asked again when its server wants it.",
}


def ask_source(turn: Round, source: FollowedSource) -> Tally:
    """Ask a source; whatever happens is in the tally."""
    tally = Tally(url=source.url, key=source.key, kind=source.kind, title=source.about.title)
    turn.tallies.append(tally)
    again = float(source.state.get("again", 0.0))
    if turn.clock() < again <= turn.clock() + LONGEST_WAIT:  # a clock that was set back keeps nobody away for years
        tally.again = again
        tally.trouble(
            f"{source.url} is not asked before {_moment(again)}: {source.state.get('why', '')}.",
            "Nothing is to be done; what it holds by then is taken then.",
        )
        tally.waiting = turn.journal.wants.count(source.n)
        return tally
    try:
        _asked(turn, source, tally)
        failed: FetchError | None = None
    except FetchError as error:
        failed = error
        _failed(turn, source, error, tally)
    tally.kind, tally.key = source.kind, source.key
    if failed is None:
        source.state |= {"failures": 0, "again": 0.0, "why": ""}
    with turn.journal.change():
        turn.journal.save(source)
    return tally


def _asked(turn: Round, source: FollowedSource, tally: Tally) -> None:
    if source.kind == "wiki" or urlsplit(source.url).path.endswith("/api.php"):
        take_wiki(turn, source, tally)
        return
    if source.kind != "stream":
        try:
            _fetched(turn, source, tally)
            return
        except FetchError as error:
            if error.reason != "stream":
                raise
    take_stream(turn, source, tally)


def _fetched(turn: Round, source: FollowedSource, tally: Tally) -> None:
    """A feed or a list of pages."""
    full = int(source.state.get("unchanged", 0)) >= FULL_EVERY
    found = turn.fetcher.get(
        source.url,
        local=turn.fetcher.allow_local,
        accept=ACCEPT,
        etag="" if full else str(source.state.get("etag", "")),
        modified="" if full else str(source.state.get("modified", "")),
        limit=MAX_LIST,
    )
    source.state["local"] = found.local
    if found.status == 304:
        source.state["unchanged"] = int(source.state.get("unchanged", 0)) + 1
        if source.kind == "sitemap":
            take_sitemap(turn, source, None, tally)
        else:
            tally.same += turn.journal.items.count(source.n)
    else:
        kind = followed_kind(found)
        if source.kind and kind != source.kind:
            tally.trouble(f"{source.url} gives a {kind} now and no {source.kind}.", "Look at it in a browser.")
            return
        source.kind = source.kind or kind
        if kind == "page":
            source.kind = ""
            tally.trouble(*_of_page(source.url, found))
            return
        if source.kind == "sitemap":
            take_sitemap(turn, source, found, tally)
        else:
            take_feed(turn, source, found, tally)
    if source.kind == "sitemap" or (source.kind == "feed" and turn.journal.wants.count(source.n)):
        fetch_pages(turn, source, tally)


def followed_kind(found: Fetched) -> str:
    """What a reply is: "sitemap", "feed", or "page" for what cannot be followed.

    Raises:
        FetchError: what is packed cannot be unpacked.
    """
    raw = unzipped(found.body, MAX_LIST)
    if is_sitemap(raw):
        return "sitemap"
    name = urlsplit(found.address).path.rpartition("/")[2]
    if recognise(name, raw[:HEAD_BYTES]) >= 60 or found.media_type in ("application/rss+xml", "application/atom+xml"):
        return "feed"
    lines = raw[:HEAD_BYTES].decode("utf-8-sig", "replace").split("\n")
    whole = [line.strip() for line in (lines[:-1] if len(raw) > HEAD_BYTES else lines) if line.strip()]
    return "sitemap" if whole and all(re.match(r"https?://\S+\Z", line) for line in whole) else "page"


def _of_page(url: str, found: Fetched) -> tuple[str, str]:
    """Problem and remedy for a page that is no feed: those that it names."""
    text = found.body[:200_000].decode("utf-8", "replace")
    named: list[str] = []
    for link in _FEED_LINK.findall(text):
        if href := _HREF.search(link):
            named.append(urljoin(found.address, href[1].replace("&amp;", "&")))
    for link in _API_LINK.findall(text):
        if href := _HREF.search(link):
            named.append(urljoin(found.address, href[1].partition("?")[0]))
    problem = f"{url} is no feed, list of pages, wiki's api.php or stream of events."
    if not named:
        return problem, "Look on its pages for a feed or sitemap.xml, and name that; --forget takes this one out."
    return (
        problem,
        f"It names what can be followed: {', '.join(dict.fromkeys(named[:8]))}. --forget takes this one out.",
    )


def _failed(turn: Round, source: FollowedSource, error: FetchError, tally: Tally) -> None:
    failures = int(source.state.get("failures", 0)) + 1
    wait = error.again or 0.0
    if failures > FORGIVEN and error.again is None:
        wait = min(LONGEST_BACK_OFF, BACK_OFF * 2 ** min(20, failures - FORGIVEN - 1))
    again = turn.clock() + wait if wait else 0.0
    source.state |= {"failures": failures, "again": again, "why": str(error)}
    tally.again = again
    remedy = _REMEDIES.get(error.reason, "It is asked again next time.")
    if error.status in (404, 410):
        remedy = "Look for its new address; --forget takes this one out."
    elif error.status in (401, 403):
        remedy = "It is not open to everybody; --forget takes it out."
    tally.trouble(f"{source.url} cannot be had: {error}.", remedy)
    tally.waiting = turn.journal.wants.count(source.n)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
