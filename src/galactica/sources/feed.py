"""Feeds (RSS, Atom, RDF, CDF, JSON Feed): each item is a document, as far as the feed tells it.

A feed is a source of its own. What an item is named by stands in `feed_names`, what becomes of it in `feed_documents`.
What is wrong with a feed that could be read all the same is told once, at its end; a feed that breaks off ends with
`Rejected("truncated")`. Pages that items lead to are not fetched: reading never uses the network (`galactica follow`
does).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from galactica.errors import InputError, MissingError
from galactica.model import Rejected, Source
from galactica.sources import feed_json, feed_xml, leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.encoding import guess_encoding
from galactica.sources.feed_child import read_xml
from galactica.sources.feed_documents import items_of
from galactica.sources.feed_items import FeedAbout, FeedError, about_source
from galactica.sources.feed_names import NamedItems, latest, repeated_items, shared_ids
from galactica.sources.json_values import BrokenValue, Values
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.trees import TreeFile, rejected

_BEFORE = (
    r"(?>(?:<\?[^>]{0,2000}\?>\s*|<!--(?>.{0,8000}?-->)\s*|<!DOCTYPE\b[^<>\[]{0,500}(?:\[[^\]]{0,4000}\]\s*)?>\s*)*)"
)
_ROOT = re.compile(
    rf"\s*{_BEFORE}<(rss|feed|channel|(?:[\w.-]{{1,40}}:)?(?:rss|feed|rdf))\b([^>]{{0,8000}})", re.I | re.S
)
_NAMES = re.compile(
    r"purl\.org/(?:rss/1\.0|atom/ns|net/rss1\.1)|my\.netscape\.com/(?:publish/formats|rdf/simple)|channel\.netscape\.com/rdf|w3\.org/2005/atom",
    re.I,
)


def recognise(name: str, head: bytes) -> int:
    """95 for what begins as a feed does, 40 for a name that says so."""
    start = leaf.text_head(head) or head.replace(b"\0", b"").decode("latin-1").lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return 95 if feed_json.STARTS.match(start) else 0
    if found := _ROOT.match(start):
        root = found[1].lower().rpartition(":")[2]
        if root == "rss" or (root == "feed" and ("<entry" in start or _NAMES.search(found[2]) or called_feed(name))):
            return 95
        if root == "rdf":
            return 95 if _NAMES.search(start[:8192]) else 0
        if root == "channel":
            return 95 if re.search(r"<item\b[^>]{0,500}\bhref|\.cdf\b", start, re.I) else 0
        if root == "feed":
            return 60
    return 40 if called_feed(name) and start.startswith("<") else 0


def called_feed(name: str) -> bool:
    """Whether a file is called like a feed."""
    return leaf.suffix_of(name) in (".rss", ".atom", ".cdf")


def read_feed(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the items of a feed.

    Raises:
        InputError: it holds none, or cannot be read.
    """
    with entry.open() as stream:
        head = leaf.head_bytes(stream)
        if leaf.text_head(head).startswith("{"):
            yield from _json(Values(stream, leaf.encoding_of(stream, entry.path)), entry.path, key)
            return
    raw = leaf.whole_file(entry, key, feed_xml.MAX_FEED)
    if isinstance(raw, Rejected):
        raise _unread(entry.path, raw.detail or raw.reason)
    try:
        found = read_xml(raw)
    except FeedError as error:
        raise _unread(entry.path, str(error)) from error
    shared = shared_ids(found.items)
    items, again = latest(found.items, shared)
    if not items:
        raise _unread(entry.path, found.fault or "it holds no item")
    names = NamedItems(shared)
    yield from items_of(items, key, names)
    yield from repeated_items(again, key, names)
    if found.fault:
        broken = "malformed" if found.whole else "truncated"
        yield rejected(key, entry.path, broken, f"read as well as could be: {found.fault}")


def _json(values: Values, path: str, key: str) -> Iterator[Item]:
    names = NamedItems()
    number = 0
    for number, item in enumerate(feed_json.read_items(values), 1):
        if isinstance(item, BrokenValue):
            if number == 1 and item.reason == "truncated":
                raise _unread(path, item.detail)
            yield rejected(key, f"{path}:{number}", item.reason, item.detail)
        else:
            yield from items_of([item], key, names)
    if not number:
        raise _unread(path, "it holds no item")
    if values.replaced:
        yield rejected(key, path, "bad-encoding", f"{values.replaced:,} characters cannot be read and stand as U+FFFD")


def describe(head: bytes, source: Source) -> Source:
    """The source, as the feed's first bytes tell of it."""
    about = FeedAbout()
    name = guess_encoding(head)
    try:
        if leaf.text_head(head).startswith("{"):
            about = feed_json.read_about(Values(io.BytesIO(head), name or "utf-8"))
        else:
            about = read_xml(head).about
    except (FeedError, MissingError):
        return source  # what is wrong is told when it is read
    return about_source(about, source)


def _unread(path: str, why: str) -> InputError:
    return InputError(f"{path} cannot be read as a feed: {why}", "Check that it is whole, and that it is a feed.")


LEAF = Leaf(
    name="feed",
    suffixes=(".rss", ".atom", ".cdf"),
    recognise=recognise,
    read=read_feed,
    describe=describe,
    own=True,
)
FORMAT = file_format(LEAF)
