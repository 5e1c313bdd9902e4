"""The items of the journal: each once, with the page behind it, and whether it changed.

What changes is told by content: dates alone change nothing, for some feeds give them anew at every request. The path of
an item is what it got first, whatever becomes of it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace

from galactica.sources.feed_items import FeedItem, sound_item
from galactica.sources.feed_json import json_item, written_item
from galactica.sources.feed_names import hashed_path, item_path

MAX_SOURCE_ITEMS = 1_000_000
"""Items of one source; what is beyond is not taken and told."""


class KeptItems:
    """The items, in the journal's tables.

    Args:
        next_change: the number of a change that is made now.
    """

    def __init__(self, db: sqlite3.Connection, next_change: Callable[[], int]) -> None:
        self._db, self._next_change = db, next_change
        self._counts: dict[int, int] = {}

    def get(self, source: int, name: str) -> FeedItem | None:
        """An item as its source has it; None where there is none."""
        name = name.encode("utf-8", "replace").decode()
        row = self._db.execute("SELECT json FROM item WHERE source=? AND id=?", (source, name)).fetchone()
        return json_item(json.loads(row[0])) if row else None

    def put(self, source: int, name: str, item: FeedItem) -> str:
        """Take in an item: "new", "changed", "deleted" or "same".

        What changes is told by content: dates alone change nothing, for some feeds give them anew at every request.
        """
        item, name = sound_item(item), name.encode("utf-8", "replace").decode()
        digest = _digest(item)
        row = self._db.execute(
            "SELECT digest, path, misses FROM item WHERE source=? AND id=?", (source, name)
        ).fetchone()
        if row is None:
            if self.count(source) >= MAX_SOURCE_ITEMS:
                return "over"
            self._counts[source] += 1
            path = self._free_path(source, item.path or item_path(name), name)
            text = json.dumps(written_item(replace(item, path=path)), ensure_ascii=False)
            self._db.execute(
                "INSERT INTO item(source, id, path, json, digest, changed) VALUES(?,?,?,?,?,?)",
                (source, name, path, text, digest, self._next_change()),
            )
            return "deleted" if item.deleted else "new"
        if bytes(row[0]) == digest:
            if row[2]:
                self._db.execute("UPDATE item SET misses=0 WHERE source=? AND id=?", (source, name))
            return "same"
        text = json.dumps(written_item(replace(item, path=row[1])), ensure_ascii=False)
        self._db.execute(
            "UPDATE item SET json=?, digest=?, changed=?, misses=0 WHERE source=? AND id=?",
            (text, digest, self._next_change(), source, name),
        )
        return "deleted" if item.deleted else "changed"

    def put_page(self, source: int, name: str, page: FeedItem) -> str:
        """Keep the page behind an item: "fetched" the first time, "changed" or "same"; "gone" without such an item."""
        row = self._db.execute("SELECT page FROM item WHERE source=? AND id=?", (source, name)).fetchone()
        if row is None:
            return "gone"
        text = json.dumps(written_item(sound_item(page)), ensure_ascii=False)
        if row[0] == text:
            return "same"
        self._db.execute(
            "UPDATE item SET page=?, changed=? WHERE source=? AND id=?", (text, self._next_change(), source, name)
        )
        return "changed" if row[0] else "fetched"

    def miss(self, source: int, name: str) -> int:
        """Note that an item was not where it had been; how often in a row."""
        self._db.execute("UPDATE item SET misses=misses+1 WHERE source=? AND id=?", (source, name))
        row = self._db.execute("SELECT misses FROM item WHERE source=? AND id=?", (source, name)).fetchone()
        return int(row[0]) if row else 0

    def count(self, source: int) -> int:
        """How many items of a source there are, or were begun to be taken in."""
        if source not in self._counts:
            row = self._db.execute("SELECT count(*) FROM item WHERE source=?", (source,)).fetchone()
            self._counts[source] = int(row[0])
        return self._counts[source]

    def kept(self, source: int) -> Iterator[FeedItem]:
        """The items of a source by their paths (code points), each with the page behind it where that was fetched."""
        for text, page in self._db.execute("SELECT json, page FROM item WHERE source=? ORDER BY path", (source,)):
            item = json_item(json.loads(text))
            if page and not item.deleted:
                behind = json_item(json.loads(page))
                item = replace(
                    item,
                    content=behind.content or item.content,
                    markup=behind.markup if behind.content else item.markup,
                    language=item.language or behind.language,
                    dropped=tuple(sorted((*item.dropped, *behind.dropped))),
                )
            yield item

    def _free_path(self, source: int, path: str, name: str) -> str:
        taken = self._db.execute("SELECT 1 FROM item WHERE source=? AND path=?", (source, path)).fetchone()
        return hashed_path(name) if taken else path

    def shared(self, source: int) -> frozenset[str]:
        """Ids that several items of a source have."""
        return frozenset(guid for (guid,) in self._db.execute("SELECT guid FROM shared WHERE source=?", (source,)))

    def share(self, source: int, guid: str, named: str) -> None:
        """Note that several items have an id; the one that was taken in under it is named anew."""
        guid, named = (each.encode("utf-8", "replace").decode() for each in (guid, named))
        self._db.execute("INSERT OR IGNORE INTO shared VALUES(?,?)", (source, guid))
        self._db.execute("UPDATE OR IGNORE item SET id=? WHERE source=? AND id=?", (named, source, guid))


def _digest(item: FeedItem) -> bytes:
    """What changes when an item does: everything that it says but dates, and what is counted of it."""
    same = replace(item, path="", published="", modified="", dropped=())
    text = json.dumps(written_item(same), ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
