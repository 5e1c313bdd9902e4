"""A feed that was fetched: its items enter the journal, each once, with what it is asked for by next time."""

from __future__ import annotations

import io
from dataclasses import replace

from galactica.follow.fetching import Fetched
from galactica.follow.journal import FollowedSource
from galactica.follow.replies import unzipped
from galactica.follow.round import Round, Tally
from galactica.sources.encoding import guess_encoding
from galactica.sources.feed_child import read_xml
from galactica.sources.feed_items import FeedAbout, FeedError, FeedItem, ParsedFeed, sound_item
from galactica.sources.feed_json import read_about, read_items
from galactica.sources.feed_names import item_identity, latest, shared_ids
from galactica.sources.feed_xml import MAX_FEED
from galactica.sources.json_values import BrokenValue, Values

UNREADABLE = "Look at it in a browser; it is asked again next time."


def take_feed(turn: Round, source: FollowedSource, found: Fetched, tally: Tally) -> None:
    """Enter the items of a feed.

    All of them, whatever the limit of a round: a feed shows an item for some time only. One that breaks off, as far as
    can be told, is read up to its last item, which may be cut, and asked again whole.

    Raises:
        FetchError: what is packed cannot be unpacked.
    """
    raw = unzipped(found.body, MAX_FEED)
    try:
        feed = read_any(raw, found)
    except FeedError as error:
        tally.trouble(f"{source.url} cannot be read as a feed: {error}.", UNREADABLE)
        return
    whole = feed.whole or says_its_end(found)
    items = feed.items if whole else feed.items[:-1]
    if not whole:
        tally.trouble(f"The feed at {source.url} breaks off: {feed.fault or 'its end is missing'}.", UNREADABLE)
    journal, number = turn.journal, source.n
    with journal.change():
        shared = journal.items.shared(number)
        for guid in sorted(shared_ids(items) - shared):
            there = journal.items.get(number, guid)
            named = item_identity(there, frozenset((guid,))) if there else guid
            journal.items.share(number, guid, named)
            shared |= {guid}
        once, again = latest(items, shared)
        tally.refused += len(again)
        for item in once:
            name = item_identity(item, shared)
            if item.deleted:
                item = _last_known(turn, number, name, item)
            elif not (item.title or item.content or item.link):
                item = replace(item, refused="empty", why="an item without title, text and link")
            fresh = tally.count(journal.items.put(number, name, turn.sober(item)))
            if fresh and turn.options.pages and item.link and not item.deleted:
                journal.wants.add(number, name, {"url": item.link})
        source.about = replace(sound_item(feed.about), key="")
        source.state["fault"] = feed.fault if whole else ""
        if whole:
            source.state |= {"etag": found.etag, "modified": found.modified, "unchanged": 0}
        else:
            source.state |= {"etag": "", "modified": ""}
        journal.save(source)
    tally.title = source.about.title


def says_its_end(found: Fetched) -> bool:
    """Whether a reply says where it ends, so that all of it came; a feed without its last tag is meant so then."""
    return "content-length" in found.headers or "chunked" in found.headers.get("transfer-encoding", "").lower()


def read_any(raw: bytes, found: Fetched) -> ParsedFeed:
    """A feed of any form.

    Raises:
        FeedError: it cannot be read.
    """
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        kind, language = found.headers.get("content-type", ""), found.headers.get("content-language", "")
        return read_xml(raw, base=found.address, content_type=kind, language=language)
    coding = guess_encoding(raw[:8192]) or "utf-8"
    about = read_about(Values(io.BytesIO(raw), coding))
    items: list[FeedItem] = []
    broken: list[BrokenValue] = []
    for value in read_items(Values(io.BytesIO(raw), coding)):
        if isinstance(value, BrokenValue):
            broken.append(value)
        else:  # only a feed on this machine may say what becomes of an item: its path, its refusal
            items.append(replace(value, path="", refused="", target="", markup="html"))
    fault = f"{len(broken):,} of its items cannot be read: {broken[0].detail}" if broken else ""
    cut = any(value.reason == "truncated" for value in broken)
    about = FeedAbout(title=about.title, language=about.language, url=about.url, creators=about.creators)
    return ParsedFeed(
        about=about, items=(*items, FeedItem(guid="cut")) if cut else tuple(items), fault=fault, whole=not cut
    )


def _last_known(turn: Round, source: int, name: str, item: FeedItem) -> FeedItem:
    """An item that was taken back, with the title and link that it had."""
    there = turn.journal.items.get(source, name)
    if there is None:
        return item
    return replace(item, title=there.title, link=there.link, language=there.language)
