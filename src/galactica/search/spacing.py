"""Words that were run together ("newyork") or torn apart ("rail way"), told by the words that the library has.

1. What no article has is taken apart where both halves are words and stand side by side: in a title, or in the text of
   an article that says most about both.
2. Two neighbours of which no article has the one are put together where that is a word. Where both are words, and the
   whole is about as common as both together, it is looked for too, at a lower weight (`wording`): "data base" finds
   "database".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tantivy import Occur, Query

from galactica.codes.han import unspaced
from galactica.codes.letters import folded, title_key
from galactica.model.projection import project
from galactica.search.query import Instead, lowered
from galactica.search.store import TextIndex, WordShard

SHORTEST_HALF = 2
SHORTEST_WHOLE = 6
"""Letters of a half and of the whole."""

LONGEST_WHOLE = 40

FEWEST = 3
"""Articles that a half, and a whole, must be in at least."""

SHARE = 0.5
"""Articles that a whole must be in, as a share of those that both halves are in: "database", not "newyork"."""

MOST_TRIED = 2
MOST_READ = 3
"""Ways to take one word apart that are looked for in texts, and in how many."""

LONGEST_TEXT = 50_000
"""Characters of an article in which they are looked for."""

MOST_PAIRS = 40
"""Neighbours of one question that are put together."""

_PAIR = re.compile(r"[^\W\d_]+(?=[ -][^\W\d_])")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Two words that were run together: as typed with a space, articles that have both, whether they are a title."""

    text: str
    articles: int
    title: bool


def taken_apart(word: str, indexes: Sequence[TextIndex], *, least: float = FEWEST) -> Apart | None:
    """The two words that a word was run together from; None where nothing says so.

    Args:
        least: articles that both must be in, unless they are a title: fewer are not looked for in texts.
    """
    if not SHORTEST_WHOLE <= len(word) <= LONGEST_WHOLE or unspaced(word):
        return None
    ways = [(word[:at], word[at:]) for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)]
    for left, right in ways:
        if any(index.ranked(title_key(f"{left} {right}"), 1) for index in indexes):
            return Apart(text=f"{left} {right}", articles=_articles(left, right, indexes), title=True)
    counted = [(_articles(left, right, indexes), left, right) for left, right in ways]
    for articles, left, right in sorted(counted, reverse=True)[:MOST_TRIED]:
        if articles >= max(least, FEWEST) and any(
            side_by_side(left, right, index, s) for index in indexes for s in index.shards
        ):
            return Apart(text=f"{left} {right}", articles=articles, title=False)
    return None


def torn(text: str, unknown: Collection[str], indexes: Sequence[TextIndex]) -> dict[str, str]:
    """Neighbours, as prepared with a space between → the word that they were torn from, where one is unknown."""
    found: dict[str, str] = {}
    for left, right in _neighbours(text):
        if (left in unknown or right in unknown) and _frequency(left + right, indexes) >= FEWEST:
            found[f"{left} {right}"] = left + right
    return found


def joined(text: str, content: Mapping[str, float], indexes: Sequence[TextIndex]) -> Iterator[Instead]:
    """Neighbours that are a word when put together, where both are words themselves.

    Args:
        content: words that may be parts of one; the others (common ones, those that only ask) are absent.
    """
    for left, right in _neighbours(text):
        if left in content and right in content:
            whole = _frequency(left + right, indexes)
            if whole >= FEWEST and whole >= SHARE * _articles(left, right, indexes):
                yield Instead(typed=(left, right), said=(left + right,))


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    """Two words with nothing but a space or a hyphen between them, prepared."""
    tokens = list(_TOKEN.finditer(text))[: MOST_PAIRS + 1]
    for left, right in pairwise(tokens):
        if text[left.end() : right.start()] in (" ", "-") and not unspaced(left[0] + right[0]):
            whole = left[0] + right[0]
            halves = min(len(left[0]), len(right[0])) >= SHORTEST_HALF
            if halves and SHORTEST_WHOLE <= len(whole) <= LONGEST_WHOLE and whole.isalpha():
                yield lowered(left[0]), lowered(right[0])


def _frequency(word: str, indexes: Sequence[TextIndex]) -> int:
    """In how many articles' bodies a word is."""
    return sum(
        shard.frequency(terms[0])
        for index in indexes
        for shard in index.shards
        if len(terms := shard.analyser.kept(word)) == 1
    )


def _articles(left: str, right: str, indexes: Sequence[TextIndex]) -> int:
    """In how many articles both words are; 0 where one of them is in fewer than `FEWEST`."""
    total = 0
    for shard in (shard for index in indexes for shard in index.shards):
        query = _both(shard, left, right)
        if query is not None:
            total += shard.top(query, 1, count=True)[1]
    return total


def _both(shard: WordShard, left: str, right: str, least: int = FEWEST) -> Query | None:
    terms = [shard.analyser.kept(word) for word in (left, right)]
    if not all(len(each) == 1 and shard.frequency(each[0]) >= least for each in terms):
        return None
    return Query.boolean_query([(Occur.Must, shard.term("body", each[0])) for each in terms])


def side_by_side(left: str, right: str, index: TextIndex, shard: WordShard) -> bool:
    """Whether two words stand side by side in one of the articles that say most about both."""
    query = _both(shard, left, right, least=1)
    rows = shard.top(query, MOST_READ)[0] if query is not None else []
    wanted = re.compile(rf"(?<!\w){re.escape(folded(left))}[\s-]{re.escape(folded(right))}(?!\w)")
    return any(wanted.search(folded(project(index.edition.body(row))[:LONGEST_TEXT])) for row, _ in rows)
