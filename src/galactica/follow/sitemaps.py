"""A site by its list of pages: what is new in it or has another date is fetched, what left it is looked after.

A page whose date the list does not state is asked for every time, which costs little where the site answers that it is
as it was. A page that is in the list no more is asked for: it was taken back only where the site says so (410, or 404
twice).
"""

from __future__ import annotations

from dataclasses import replace

from galactica.follow.fetching import Fetched
from galactica.follow.journal import FollowedSource
from galactica.follow.listed import ListedPage
from galactica.follow.replies import unzipped
from galactica.follow.round import Round, Tally
from galactica.follow.sitemap_read import MAX_LIST, PageList, read_sitemap
from galactica.network.addresses import AddressError, checked_address, server_of
from galactica.network.connection import FetchError
from galactica.sources.feed_items import FeedItem

MAX_PARTS = 1000
"""Lists of one index: at most fifty million pages."""


def take_sitemap(turn: Round, source: FollowedSource, found: Fetched | None, tally: Tally) -> None:
    """Enter what a site lists; the pages are fetched afterwards (`pages`).

    Args:
        found: the list that was fetched; None where it is as it was.

    Raises:
        FetchError: what is packed cannot be unpacked.
    """
    number = int(source.state.get("round", 0)) + 1
    whole = True
    parts: list[tuple[str, str]] = []
    if found is not None:
        top = read_sitemap(unzipped(found.body, MAX_LIST))
        whole = _told(top, source.url, tally)
        if top.index:
            parts = list(top.pages)[:MAX_PARTS]
            if len(top.pages) > MAX_PARTS:
                tally.trouble(f"{source.url} names more than {MAX_PARTS:,} lists.", "Follow some of the lists by name.")
        else:
            _enter(turn, source, source.url, top, number, tally)
        source.state["parts"] = parts
    else:
        parts = [(str(url), str(date)) for url, date in source.state.get("parts", [])]
        if not parts:
            _unchanged(turn, source, source.url, number)
    for done, (written, date) in enumerate(parts, 1):
        turn.report("lists", done, len(parts), "lists")
        try:
            whole = _part(turn, source, checked_address(written, source.url), date, number, tally) and whole
        except (FetchError, AddressError) as error:
            whole = False
            tally.trouble(f"The list at {written} cannot be had: {error}.", "It is asked again next time.")
    with turn.journal.change():
        if whole:
            for url in turn.journal.listed.left(source.n, number):
                turn.journal.wants.add(source.n, url, {"url": url})
            source.state["round"] = number
        etag, modified = (found.etag, found.modified) if found is not None and whole else ("", "")
        if found is not None:
            source.state |= {"etag": etag, "modified": modified, "unchanged": 0}
        source.about = replace(source.about, title=source.about.title or server_of(source.url), url=_home(source.url))
        turn.journal.save(source)
    tally.title = source.about.title


def _part(turn: Round, source: FollowedSource, url: str, date: str, number: int, tally: Tally) -> bool:
    """Read one list of an index; whether all of it could be."""
    if server_of(url) != server_of(source.url):
        raise FetchError("address", "it lies on another host", lasting=True)
    known = turn.journal.listed.part(source.n, url)
    if known is not None and known.date and known.date == date:
        _unchanged(turn, source, url, number)
        return True
    found = turn.fetcher.get(
        url,
        local=bool(source.state.get("local")),
        accept="application/xml, text/xml, text/plain;q=0.5",
        etag=known.etag if known else "",
        modified=known.modified if known else "",
        limit=MAX_LIST,
    )
    if found.status == 304:
        _unchanged(turn, source, url, number)
        return True
    listed = read_sitemap(unzipped(found.body, MAX_LIST))
    if listed.index:
        raise FetchError("redirects", "it is an index inside an index", lasting=True)
    _enter(turn, source, url, listed, number, tally)
    whole = _told(listed, url, tally)
    if whole:
        with turn.journal.change():
            kept = ListedPage(url=url, date=date, etag=found.etag, modified=found.modified)
            turn.journal.listed.keep_part(source.n, kept)
    return whole


def _enter(turn: Round, source: FollowedSource, part: str, listed: PageList, number: int, tally: Tally) -> None:
    """Note the pages of a list, and want those that may have changed."""
    journal = turn.journal
    with journal.change():
        for written, date in listed.pages:
            try:
                url = checked_address(written, part)
                if server_of(url) != server_of(source.url):
                    raise AddressError("a list may name pages of its own host alone")
            except AddressError as error:
                refused = FeedItem(guid=written[:500], refused="bad-path", why=str(error))
                if journal.items.put(source.n, written[:500], refused) != "same":
                    tally.refused += 1
                continue
            known = journal.listed.page(source.n, url)
            if known is None or not date or known.date != date:
                journal.wants.add(source.n, url, {"url": url, "date": date})
            else:
                tally.same += 1
            journal.listed.seen(source.n, part, url, date, number)


def _unchanged(turn: Round, source: FollowedSource, part: str, number: int) -> None:
    with turn.journal.change():
        turn.journal.listed.same_part(source.n, part, number)
        for url in turn.journal.listed.undated(source.n, part):
            turn.journal.wants.add(source.n, url, {"url": url})


def _told(listed: PageList, url: str, tally: Tally) -> bool:
    if listed.fault:
        tally.trouble(f"The list at {url} is not read whole: {listed.fault}.", "What could be read of it was.")
    return not listed.fault


def _home(url: str) -> str:
    return f"{url.partition('://')[0]}://{server_of(url)}/"
