"""What tells an item of a feed from all others, and the path that it has: the same whenever the feed is read again.

Rules: an item is named by its own id (RSS `guid`, Atom `id`, JSON Feed `id`), else by its link, else by what it says.
Where several items of a feed have one id, but other links and titles, the id names none of them and the link counts
too. An item that comes twice in a feed is taken once, as it was changed last. An id that is no path is named by its
digest.
Standards: RSS 2.0 (`guid`); RFC 4287 §4.1.1, §4.2.6 (`atom:id`); JSON Feed 1.1 (`id`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from galactica.model import Rejected
from galactica.sources.feed_items import FeedItem
from galactica.sources.paths import clean_path
from galactica.sources.trees import rejected

LONGEST_PATH = 300
"""Bytes of a path that is made of an id; a longer id is named by its digest."""

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{0,20}://")


@dataclass(slots=True)
class NamedItems:
    """Gives each item of a feed its path; each path once.

    Args:
        shared: ids that several items of the feed have.
    """

    shared: frozenset[str] = frozenset()
    _taken: dict[bytes, bytes] = field(default_factory=dict)  # digests: a feed may have a million items

    def path(self, item: FeedItem) -> str:
        """The path of an item: of what identifies it, another where that is taken by a different item."""
        own = clean_path(item.path) if item.path else None
        name = item_identity(item, self.shared)
        path = own or item_path(name)
        mark, whose = _digest(path), _digest(name)
        if self._taken.setdefault(mark, whose) != whose:
            path = hashed_path(name)
            self._taken.setdefault(_digest(path), whose)
        return path


def item_identity(item: FeedItem, shared: frozenset[str] = frozenset()) -> str:
    """What tells an item from all others of its feed, whatever becomes of its text: never empty."""
    if item.guid and item.guid not in shared:
        return item.guid
    more = item.link or item.title or item.content
    return f"{item.guid} {more}".strip() or "nothing"


def shared_ids(items: Iterable[FeedItem]) -> frozenset[str]:
    """The ids that items with different links, and different titles, have: they identify nothing."""
    seen: dict[str, tuple[str, str]] = {}
    found: set[str] = set()
    for item in items:
        if item.guid:
            link, title = seen.setdefault(item.guid, (item.link, item.title))
            if link != item.link and title != item.title:
                found.add(item.guid)
    return frozenset(found)


def latest(items: Sequence[FeedItem], shared: frozenset[str]) -> tuple[list[FeedItem], list[FeedItem]]:
    """(each item once, as it was changed last and in the place where it came first; what came again)."""
    best: dict[str, FeedItem] = {}
    again: list[FeedItem] = []
    for item in items:
        name = item_identity(item, shared)
        other = best.get(name)
        if other is None:
            best[name] = item
        elif (item.deleted != "", item.modified) > (other.deleted != "", other.modified):
            best[name] = item
            again.append(other)
        else:
            again.append(item)
    return list(best.values()), again


def item_path(name: str) -> str:
    """The path of what is identified by a name: an address without its scheme, or the name itself, or a digest."""
    found = _SCHEME.match(name)
    path = name[found.end() :].rstrip("/") if found else name
    clean = clean_path(path) if path == " ".join(path.split()) else None
    return clean if clean and len(clean.encode()) <= LONGEST_PATH else hashed_path(name)


def hashed_path(name: str) -> str:
    """The path of what has a name that cannot be one."""
    return f"item-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:20]}"


def repeated_items(items: Iterable[FeedItem], key: str, named: NamedItems) -> Iterator[Rejected]:
    """What is said of items that came again."""
    for item in items:
        yield rejected(key, named.path(item), "duplicate", "the feed holds this item more than once")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
