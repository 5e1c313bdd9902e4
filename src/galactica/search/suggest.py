"""Titles that what was typed may become.

In this order: the title or alias itself; titles that begin with what was typed; titles with a later word that begins
with its last word and that have all its other words ("chopin" → "Frédéric Chopin"); titles that begin with it but for
one typing mistake (two from eight characters on). Within each, the most prominent first (links, length), shorter ones
before longer ones that are as prominent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query

from galactica.codes.letters import prepare, title_key
from galactica.model import Suggestion
from galactica.search.query import split_words
from galactica.search.store import TextIndex, WordShard

LONGEST = 100
"""Characters of what was typed that are looked at."""

POOL = 60
"""Titles of each kind that are considered: the most prominent ones."""

ONE_TYPO = 3
TWO_TYPOS = 8
"""Characters typed from which one and two mistakes are forgiven."""

_EXACT, _BEGINS, _WITHIN, _TYPO = 3.2, 1.85, 1.2, 1.0
_SHIFT = 0.2  # what `title_rank` adds
_TOP = 510.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    score: float
    index: int
    row: int
    named: bool
    typos: int


def suggest(typed: str, indexes: Sequence[TextIndex], limit: int) -> tuple[Suggestion, ...]:
    """The best `limit` suggestions over all editions, best first, each article once."""
    key = title_key(typed[:LONGEST])
    if not key or limit < 1:
        return ()
    options = [option for n, index in enumerate(indexes) for option in _options(key, n, index, limit)]
    options.sort(key=lambda o: (-o.score, o.index, o.row))
    chosen: dict[bytes, Suggestion] = {}
    for option in options:
        if len(chosen) >= limit:
            break
        edition = indexes[option.index].edition
        head = edition.head(option.row)
        if head.id not in chosen:
            chosen[head.id] = Suggestion(
                edition=edition.root,
                id=head.id,
                title=head.title,
                matched=indexes[option.index].name(option.row, key, prefix=True) if option.named else head.title,
                language=head.language,
                source=head.source,
                path=head.path,
                typos=option.typos,
            )
    return tuple(chosen.values())


def _options(key: str, number: int, index: TextIndex, limit: int) -> Iterator[_Option]:
    seen: set[int] = set()

    def new(kind: float, found: list[tuple[int, int]], typos: int = 0, *, named: bool = True) -> Iterator[_Option]:
        for row, rank in found:
            if row not in seen:
                seen.add(row)
                yield _Option(score=kind + rank / _TOP, index=number, row=row, named=named, typos=typos)

    yield from new(_EXACT, index.ranked(key, POOL))
    yield from new(_BEGINS, index.ranked(key, POOL, prefix=True))
    yield from new(_WITHIN, _within(key, index), named=False)
    for typos, length in ((1, ONE_TYPO), (2, TWO_TYPOS)):
        if len(seen) >= limit or len(key) < length:
            return
        yield from new(_TYPO * (2 - typos) - _SHIFT, index.ranked(key, POOL, typos=typos, prefix=True), typos)


def _within(key: str, index: TextIndex) -> list[tuple[int, int]]:
    """(row, prominence) of articles with all words but the last in their titles, and one that begins with the last."""
    words = split_words(prepare(key))
    if not words or len(words[-1]) < 2:
        return []
    rows: list[int] = []
    for shard in index.shards:
        query = _words_then_prefix(shard, words)
        if query is not None:
            rows += [row for row, _ in shard.top(query, 4 * POOL)[0]]
    weights = index.prominence[rows].sum(axis=1, dtype=int).tolist() if rows else []
    return sorted(zip(rows, weights, strict=True), key=lambda pair: -pair[1])[:POOL]


def _words_then_prefix(shard: WordShard, words: Sequence[str]) -> Query | None:
    *whole, last = words
    stems = shard.analyser.terms(last)
    if len(stems) != 1:
        return None
    parts = [shard.term("title", term) for word in whole for term in shard.analyser.terms(word)]
    begins = Query.fuzzy_term_query(shard.schema, "title", last, 0, True, True)
    stem = shard.term("title", stems[0])
    either = Query.boolean_query([(Occur.Should, begins), (Occur.Should, stem)])
    return Query.boolean_query([*((Occur.Must, part) for part in parts), (Occur.Must, either)])
