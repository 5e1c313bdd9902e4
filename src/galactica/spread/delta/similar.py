"""Old records that are like new ones: an article that moved to another path, and those that speak of the same things.

What an added article has in common with old ones is counted in words that few articles have. The old articles are
gone through once, with the words of all added ones at hand; a word weighs by how few of a sample of the old articles
have it. So a renamed article finds what it was called before, and any other finds its neighbours: 12 new articles of
268 kB are 88 kB when packed alone, 74 behind 4 MB of any articles, 72 behind 2 MB of those chosen here (2026-11-29).

Memory grows with the words of the added articles and not with the edition. Weights are whole numbers, so that the same
editions give the same choice everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import heappush, heapreplace
from typing import Protocol

from galactica.edition.decode import fields_of
from galactica.spread.delta.changes import Changes
from galactica.spread.delta.document import BLOCK
from galactica.spread.delta.numbered import ARTICLES, MEDIA, NumberedRecords, place_of_key

MOST_ADDED = 2_000
"""Added articles that likenesses are looked for; of more, the first. Each old article is compared with all of them."""

MOST_WORDS = 300
"""Words of an added article that are looked for: those that the fewest old articles have."""

KEPT = 64
"""Old articles that are kept for each added one, the most like it."""

_SAMPLED = 16
"""One in so many old articles is looked at to tell which words are rare."""

_WORD = re.compile(r"\w{4,30}")


class SearchedRecords(NumberedRecords, Protocol):
    """Records whose articles and files can be looked through."""

    def bodies(self) -> Iterator[tuple[int, str]]:
        """(number, body) of all articles, in any order."""

    def body(self, number: int) -> str:
        """The body of an article."""

    def file_at(self, source: str, path: str) -> tuple[bytes, bytes] | None:
        """(SHA-256, content) of the media file at a place; None where there is none."""


class SimilarFiles:
    """The file that lay where a new one lies: what was drawn again, or put right."""

    def __init__(self, old: SearchedRecords, changes: Changes) -> None:
        self._old = old
        self._places: dict[bytes, tuple[str, str]] = {}
        what = changes.of("files")
        for new in (*(new for _, new in what.changed), *(new for _, new in what.added)):
            fields = fields_of(changes.records.get(new), "files", changes.version)
            digest = fields.get("hash")
            if isinstance(digest, bytes):
                self._places.setdefault(digest, (str(fields.get("source", "")), str(fields.get("path", ""))))

    def of(self, digest: bytes) -> tuple[int, bytes]:
        """(number of an old media record, its file) that is like a new file; (-1, nothing) where there is none."""
        place = self._places.get(digest)
        found = self._old.file_at(*place) if place is not None else None
        if found is None:
            return -1, b""
        number, there = place_of_key(self._old, MEDIA, found[0])
        return (number, found[1]) if there else (-1, b"")


class SimilarArticles:
    """Which old articles are like added ones, by the number of the new record.

    Args:
        old: the records of the older edition.
        changes: from it to the newer one.
    """

    def __init__(self, old: SearchedRecords, changes: Changes) -> None:
        self._old = old
        sets: dict[int, frozenset[str]] = {}
        for _, number in changes.of(ARTICLES).added[:MOST_ADDED]:
            fields = fields_of(changes.records.get(number), ARTICLES, changes.version)
            sets[number] = _words(str(fields.get("body", "")))
        self._best: dict[int, list[tuple[int, int]]] = {number: [] for number in sets}
        if sets and old.count(ARTICLES):
            self._look(sets)

    def of(self, number: int) -> list[int]:
        """Numbers of the old articles, the most like one first."""
        return [-row for _, row in sorted(self._best.get(number, ()), reverse=True)]

    def chosen(self, numbers: Sequence[int]) -> list[int]:
        """Old articles for several new records, in turn the next of each, at most `BLOCK` bytes in all."""
        found: dict[int, None] = {}
        room = BLOCK
        several = [self.of(number) for number in numbers]
        for rank in range(KEPT):
            for ranked in several:
                if rank < len(ranked) and ranked[rank] not in found:
                    size = len(self._old.record(ARTICLES, ranked[rank]))
                    if size > room:
                        continue
                    room -= size
                    found[ranked[rank]] = None
            if room < BLOCK // 64:
                break
        return list(found)

    def _look(self, sets: dict[int, frozenset[str]]) -> None:
        wanted = frozenset().union(*sets.values())
        seen: Counter[str] = Counter()
        sampled = 0
        for number in range(0, self._old.count(ARTICLES), _SAMPLED):
            seen.update(_words(self._old.body(number)) & wanted)
            sampled += 1
        places: dict[str, list[int]] = {}
        for number, words in sets.items():
            for word in sorted(words, key=lambda each: (seen[each], each))[:MOST_WORDS]:
                places.setdefault(word, []).append(number)
        weights = {word: (4 * sampled // (1 + seen[word])).bit_length() for word in places}
        for old, body in self._old.bodies():
            words = _words(body)
            scores: Counter[int] = Counter()
            for word in words & places.keys():
                for number in places[word]:
                    scores[number] += weights[word]
            for number, score in scores.items():
                # Long articles have many words: they are not nearer for that.
                self._keep(number, (1000 * score) // (40 + len(words)), old)

    def _keep(self, number: int, score: int, old: int) -> None:
        best = self._best[number]
        if len(best) < KEPT:
            heappush(best, (score, -old))
        elif best[0] < (score, -old):
            heapreplace(best, (score, -old))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))
