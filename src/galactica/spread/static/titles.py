"""Titles in the order of their keys, for names that are asked for and for suggestions.

Every title and alias stands under its key (`codes.letters.title_key`) and under that without marks (`loose_key`). A
beginning that very many titles share has a *summary*, the best of them: under the beginning and a NUL, which no key
has.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from galactica.codes.letters import loose_key, title_key
from galactica.model import Article
from galactica.search.build import ALIAS_STEP
from galactica.search.layout import title_rank
from galactica.spread.static.blocks import LEAF_BYTES, BlockWriter
from galactica.spread.static.coding import front_coded, leb128, text_bytes

LONGEST_KEY = 200
"""Characters of a key that are kept."""

LONGEST_SUMMARY = 12
"""Characters of the longest beginning that has a summary."""

MANY = 150
"""Titles that begin alike, above which there is a summary: as many are one or two blocks."""

BEST = 10
"""Titles in a summary."""

SUMMARY, OWN, ALIAS = 2, 1, 0

_Entry = tuple[str, int, int, int, str, str]
"""Key, article's number, rank, kind, the title as written, the article's own where that is another."""


class TitleStore:
    """Titles that wait to be sorted, on disk."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("CREATE TABLE title(key BLOB, number INT, own INT, name TEXT, title TEXT)")
        self._db.execute("BEGIN")

    def add(self, number: int, article: Article) -> None:
        """Take in the names of an article."""
        seen: set[str] = set()
        titles = list(dict.fromkeys([article.title, *(alias.title for alias in article.aliases)]))
        for make in (title_key, lambda name: loose_key(title_key(name))):
            for place, name in enumerate(titles):
                key = make(name)[:LONGEST_KEY].replace("\0", "")
                if key and key not in seen:
                    seen.add(key)
                    row = (key.encode("utf-8", "replace"), number, int(not place), _plain(name), _plain(article.title))
                    self._db.execute("INSERT INTO title VALUES(?,?,?,?,?)", row)

    def entries(self, weights: list[int]) -> Iterator[_Entry]:
        """Yield all, by key, the best rank first, then by number.

        Args:
            weights: how prominent each article is.
        """
        same: list[_Entry] = []
        rows = self._db.execute("SELECT key, number, own, name, title FROM title ORDER BY key, number, own DESC, name")
        for raw, number, own, name, title in rows:
            key = bytes(raw).decode()
            if same and same[0][0] != key:
                yield from sorted(same, key=lambda entry: (-entry[2], entry[1]))
                same = []
            rank = title_rank(weights[number] - (0 if own else ALIAS_STEP), key)
            same.append((key, number, rank, OWN if own else ALIAS, name, "" if own else title))
        yield from sorted(same, key=lambda entry: (-entry[2], entry[1]))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:500]


def write_titles(file: IO[bytes], store: TitleStore, weights: list[int]) -> bytes:
    """Write the file `titles`; its top."""
    writer = BlockWriter(file, "titles")
    summaries = sorted(_summaries(store.entries(weights)))
    leaf: list[bytes] = []
    first = previous = b""
    size = 0
    for key, body in heapq.merge(
        summaries, ((e[0].encode(), _entry(e)) for e in store.entries(weights)), key=lambda e: e[0]
    ):
        if leaf and size >= LEAF_BYTES and key != previous:
            writer.add(first, leb128(len(leaf)) + b"".join(leaf))
            leaf, previous, size = [], b"", 0
        first = first if leaf else key
        leaf.append(front_coded(previous, key) + body)
        size += len(leaf[-1])
        previous = key
    if leaf:
        writer.add(first, leb128(len(leaf)) + b"".join(leaf))
    return writer.finish()


def _entry(entry: _Entry) -> bytes:
    _, number, rank, kind, name, title = entry
    return leb128(kind) + leb128(number) + leb128(rank) + text_bytes([name] if kind == OWN else [name, title])


def _summaries(entries: Iterator[_Entry]) -> Iterator[tuple[bytes, bytes]]:
    """Yield (key, body) of the summary of each beginning that many titles share."""
    open_: list[tuple[str, int, list[tuple[int, int, _Entry]]]] = []
    for entry in entries:
        key = entry[0]
        shared = 0
        while shared < len(open_) and key.startswith(open_[shared][0]):
            shared += 1
        for beginning, count, best in reversed(open_[shared:]):
            if count > MANY:
                yield _summary(beginning, best)
        del open_[shared:]
        open_ += [(key[:size], 0, []) for size in range(len(open_) + 1, min(len(key), LONGEST_SUMMARY) + 1)]
        for place, (beginning, count, best) in enumerate(open_):
            rank = (entry[2], -entry[1], entry)
            if all(entry[1] != other[2][1] for other in best):
                (heapq.heappush if len(best) < BEST else heapq.heappushpop)(best, rank)
            open_[place] = (beginning, count + 1, best)
    for beginning, count, best in open_:
        if count > MANY:
            yield _summary(beginning, best)


def _summary(beginning: str, best: list[tuple[int, int, _Entry]]) -> tuple[bytes, bytes]:
    entries = [entry for _, _, entry in sorted(best, key=lambda each: (-each[0], -each[1]))]
    body = leb128(SUMMARY) + leb128(len(entries)) + b"".join(map(_entry, entries))
    return beginning.encode() + b"\0", body
