"""What an Atom feed says was deleted: feedparser passes over it. Standard: RFC 6721 (`at:deleted-entry`)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from galactica.sources.feed_items import FeedItem
from galactica.values.moments import iso_day

_TOMBSTONE = re.compile(r"<(?:[\w.-]{1,40}:)?deleted-entry\b([^<>]{0,4000})>")
_TOMBSTONES = b"purl.org/atompub/tombstones"
_ATTRIBUTE = re.compile(r"""\b(ref|when)\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})')""")


def tombstones(raw: bytes, encoding: str) -> Iterator[FeedItem]:
    """Entries that an Atom feed says were deleted (RFC 6721 §3)."""
    if _TOMBSTONES not in raw.replace(b"\0", b""):
        return
    try:
        text = raw.decode(encoding, "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    for found in _TOMBSTONE.finditer(text):
        own = {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(found[1])}
        if own.get("ref"):
            yield FeedItem(
                guid=" ".join(own["ref"].split()),
                deleted=iso_day(own.get("when", "")) or "unknown",
                why="deleted-entry",
            )
