"""Articles that a query names: their title or an alias is the query, or is one typing mistake away from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from galactica.codes.letters import loose_key, prepare, title_key
from galactica.edition import Edition
from galactica.errors import EditionError
from galactica.languages import ranges
from galactica.search.numerals import other_keys
from galactica.search.query import ParsedQuery
from galactica.search.store import TextIndex, Title

POOL = 100
"""Titles that an index is asked for."""

SHORTEST_FUZZY = 3
LONGEST_FUZZY = 60
"""Characters of a query that may be a title with a typing mistake."""

NEARLY = 3
"""Titles one mistake away that are given, at most."""


class TitleFinder:
    """Finds articles by their titles and aliases; thread-safe.

    Args:
        editions: with their indexes of words.
    """

    def __init__(self, editions: Sequence[Edition], indexes: Sequence[TextIndex]) -> None:
        self._editions = tuple(editions)
        self._indexes = tuple(indexes)

    def exactly(self, question: ParsedQuery) -> tuple[tuple[int, Title], ...]:
        """Articles whose title or alias is the query, best first: as written before otherwise written, then by rank."""
        if not question.key or any(word.negative or word.title_only for word in question.words):
            return ()
        found = [(n, t) for n, index in enumerate(self._indexes) for t in index.titles(question.key, POOL)]
        found = [(n, t) for n, t in found if self._passes(question, n, t.row)]
        loose = {title.name: title_key(title.name) != question.key for _, title in found}
        found.sort(
            key=lambda pair: (
                pair[1].name != question.text,
                loose[pair[1].name],
                -pair[1].weight,
                pair[0],
                pair[1].row,
            )
        )
        return tuple({(n, t.row): (n, t) for n, t in reversed(found)}.values())[::-1][: POOL // 2]

    def otherwise(self, question: ParsedQuery, *, mistaken: bool = True) -> tuple[tuple[int, Title], ...]:
        """Articles whose title or alias is the query with its number written otherwise, or, where it may be `mistaken`,
        one typing mistake away; a form of the same word ("cats") always."""
        loose = loose_key(question.key)
        keys = [*([loose] if loose != question.key else []), *other_keys(question.key)]
        others = (self.exactly(replace(question, key=key)) for key in keys)
        return next(filter(None, others), ()) or self._nearly(question, mistaken=mistaken)

    def _nearly(self, question: ParsedQuery, *, mistaken: bool) -> tuple[tuple[int, Title], ...]:
        """Articles whose title or alias is one typing mistake away; a different number is no mistake. Where
        nothing may be mistaken, those that are forms of the same words."""
        key = question.key
        if not question.plain or not SHORTEST_FUZZY <= len(key) <= LONGEST_FUZZY:
            return ()
        digits = [c for c in key if c.isdigit()]
        found = []
        for number, index in enumerate(self._indexes):
            for title in index.titles(key, POOL, typos=1):
                other = title_key(title.name)
                if not mistaken and not _same_words(index, key, other):
                    continue
                if OSA.distance(key, other) <= 1 and [c for c in other if c.isdigit()] == digits:
                    found.append((number, title, len(other)))
        # A letter left out or put in, or two exchanged, is likelier than another word of the same length.
        found.sort(key=lambda f: (-f[1].weight, f[0], f[1].row))
        return tuple({(n, t.row): (n, t) for n, t, _ in found}.values())[:NEARLY]

    def _passes(self, question: ParsedQuery, number: int, row: int) -> bool:
        if not (question.languages or question.sources):
            return True
        try:
            head = self._editions[number].head(row)
        except EditionError:
            return False  # whoever reads it says that it is damaged
        return (not question.languages or any(tag in question.languages for tag in ranges(head.language))) and (
            not question.sources or head.source in question.sources
        )


def _same_words(index: TextIndex, one: str, other: str) -> bool:
    """Whether two keys are forms of the same words to one of an index's analysers."""
    analysers = {shard.analyser.name: shard.analyser for shard in index.shards}
    return any(each.terms(prepare(one)) == each.terms(prepare(other)) for each in analysers.values())
