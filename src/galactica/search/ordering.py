"""Articles in the order in which a page of results shows them.

1. Those whose title or alias is the query come first, then those whose title is one typing mistake away (`titled`).
2. Then articles in the order of their best passages, found by words and by meaning (`hybrid`). By words alone, the
   first `DEPTH` articles (`rank`) are read, and their best passages (`passages`) are added to their scores: `PASSAGE`
   times the best candidate's score for a passage with every word of the question. Where one word is asked for, and all
   articles that have it are known, those found by meaning alone come behind them.
3. Phrases, and words that a phrase excludes, are looked for in the texts of at most `MOST_READ` candidates, best first.
4. An article that two editions hold is there once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from galactica.edition import Edition
from galactica.errors import EditionError
from galactica.model.said import said
from galactica.search import rank
from galactica.search.hybrid import NEAR, PASSAGE, Hybrid, HybridQuery
from galactica.search.passages import Finder
from galactica.search.query import ParsedQuery
from galactica.search.rank import Candidate, Weighted, WordRetriever
from galactica.search.ranker import RankerWeights
from galactica.search.store import TextIndex, common_from
from galactica.search.texts import Reading
from galactica.search.titled import TitleFinder
from galactica.search.understood import Understood

DEPTH = 10
"""Candidates whose passages are scored; each one read costs 1 ms. On the training questions (2026-11-23), for none, 12
and 20: first places 33.6, 36.0, 36.1 %; answers among the first ten 49.6, 49.7, 51.2 %. From 12 to 10, the number on a
page, one of 1,000 questions loses its place and the server answers 18 % more pages a second."""

MOST_READ = 120
"""Articles that are read to find a phrase in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Candidates in order.

    Attributes:
        named: known by their titles.
        exact: (edition, row) of those whose title or alias is the query.
        others: by their words, none of those.
        total: how many articles match, at least.
        wanted: the words that were asked for.
    """

    named: tuple[Candidate, ...]
    exact: frozenset[tuple[int, int]]
    others: tuple[Candidate, ...]
    total: int
    wanted: tuple[Weighted, ...]


def _one_common_word(weights: Sequence[Weighted], least: float) -> bool:
    """Whether a single word is asked for that at `least` so many articles have: it is none of another title's, mistyped
    ("dog", where nothing but "Dong" has an article)."""
    typed = [each for each in weights if not each.added]
    return len(typed) == 1 and typed[0].articles >= least


def _one_rare_word(ranked: Ranked) -> bool:
    """Whether a single word is asked for, and all articles that have it are among the candidates: who types one rare
    word wants what has it, however alike something else is."""
    typed = [each for each in ranked.wanted if not each.added]
    return len(typed) == 1 and 0 < ranked.total <= len(ranked.named) + len(ranked.others)


class Ordering:
    """Puts the articles of editions in order; thread-safe.

    Args:
        editions: open.
        indexes: of their words, in the same order.
        hybrid: over their indexes of meaning; None: words alone.
    """

    def __init__(self, editions: Sequence[Edition], indexes: Sequence[TextIndex], hybrid: Hybrid | None) -> None:
        self._editions = editions
        self._indexes = indexes
        self._words = WordRetriever(indexes)
        self._titles = TitleFinder(editions, indexes)
        self._hybrid = hybrid
        self._common = common_from(indexes)

    def ranked(
        self, question: ParsedQuery, weights: Sequence[Weighted], limit: int, *, typed: ParsedQuery | None = None
    ) -> Ranked:
        """Candidates for a question; `typed` is what it was before its mistyped words were corrected."""
        found = self._words.find(question, weights, limit)
        candidates = found.candidates
        best = max(1.0, max((c.score for c in candidates), default=1.0))
        exact = self._titles.exactly(typed or question)
        mistaken = (typed or question).words != question.words or not _one_common_word(weights, self._common)
        near = (
            ()
            if exact
            else (
                *self._titles.otherwise(typed or question, mistaken=mistaken),
                *(self._titles.exactly(question) if typed else ()),
            )
        )
        meant = exact or tuple({(n, t.row): (n, t) for n, t in reversed(near)}.values())[::-1]
        named = [
            Candidate(edition=number, row=title.row, score=best * (3 if exact else 2) + title.weight / 1000)
            for number, title in meant
        ]
        rows = {(c.edition, c.row) for c in named}
        return Ranked(
            named=tuple(named),
            exact=frozenset(rows if exact else ()),
            others=tuple(c for c in candidates if (c.edition, c.row) not in rows),
            total=found.total,
            wanted=rank.asked(weights),
        )

    def untitled(self, question: ParsedQuery, weights: Sequence[Weighted], limit: int) -> Ranked:
        """Candidates for a question by their words, none by its title."""
        found = self._words.find(question, weights, limit).candidates
        return Ranked(named=(), exact=frozenset(), others=tuple(found), total=len(found), wanted=rank.asked(weights))

    def wanted(self, asked: Understood, ranked: Ranked, reading: Reading) -> HybridQuery:
        """The question as both ways of searching need it."""
        return HybridQuery(
            text=asked.meant.plain_text,
            weight=reading.finder.weight,
            candidates=ranked.others,
            allowed=lambda number: rank.allowed(self._indexes[number], asked.meant),
        )

    def by_both(
        self, ranked: Ranked, asked: Understood, reading: Reading, enough: int, weights: RankerWeights
    ) -> list[Candidate]:
        """Articles in the order of their best passages, those with the title first; then what words found besides."""
        assert self._hybrid is not None, "there is no order by meaning without it"
        wanted = self.wanted(asked, ranked, reading)
        passages = self._hybrid.by_both(wanted, reading, enough, weights, near=NEAR)
        named = {(c.edition, c.row) for c in ranked.named}
        order: dict[tuple[int, int], Candidate] = {}
        for each in passages:
            if each.article not in order and each.article not in named:
                reading.choose(each.article, each.passage)
                order[each.article] = Candidate(edition=each.edition, row=each.row, score=each.score)
        rest = [c for c in ranked.others if (c.edition, c.row) not in order]
        without: list[Candidate] = []
        if _one_rare_word(ranked):
            having = {(c.edition, c.row) for c in ranked.others}
            without = [c for place, c in order.items() if place not in having]
            order = {place: c for place, c in order.items() if place in having}
        lowest = min((c.score for c in order.values()), default=1.0)
        after = (replace(c, score=lowest / (2 + place)) for place, c in enumerate([*rest, *without]))
        return list(islice(self.once(chain(ranked.named, order.values(), after)), enough))

    def by_passage(self, ranked: Ranked, reading: Reading, enough: int) -> list[Candidate]:
        """All candidates, the first `DEPTH` in the order that their passages give them."""
        depth = max(0, DEPTH - len(ranked.named))
        once = self.once([*ranked.named, *ranked.others])
        first = [c for c, _ in zip(once, range(len(ranked.named) + depth), strict=False)]
        named = {(c.edition, c.row) for c in ranked.named}
        head = [c for c in first if (c.edition, c.row) in named]
        scored = [c for c in first if (c.edition, c.row) not in named]
        top = max((c.score for c in scored), default=0.0)
        scored = [replace(c, score=c.score + PASSAGE * top * reading.share(c)) for c in scored]
        scored.sort(key=lambda c: (-c.score, c.edition, c.row))
        order = [*head, *scored]
        for candidate in once:
            if len(order) >= enough:
                break
            order.append(candidate)
        return order

    def with_phrases(
        self, ranked: Ranked, question: ParsedQuery, reading: Reading, enough: int, notes: list[str]
    ) -> tuple[list[Candidate], int]:
        """Candidates that have all the phrases and none that is excluded."""
        without = [Finder((), [p]) for p in question.phrases if p.negative]
        order: list[Candidate] = []
        pool = [*ranked.named, *ranked.others]
        for read, candidate in enumerate(self.once(pool)):
            if len(order) > enough:
                break  # one more than the page shows: there is a next one
            if read >= MOST_READ:
                notes.append(
                    said(
                        "phrases-in-first",
                        "Phrases were looked for in the first {read} of {all} articles that have their words; there "
                        "may be more results.",
                        read=read,
                        all=max(ranked.total, len(pool)),
                    )
                )
                break
            if reading.finder.has_phrases(*(looked := reading.folded(candidate))) and not any(
                each.has_phrases(*looked) for each in without
            ):
                order.append(candidate)
        return order, len(order)

    def once(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Each article once, where it first comes."""
        if len(self._editions) == 1:
            yield from candidates
            return
        seen: set[bytes] = set()
        for candidate in candidates:
            try:
                identity = self._editions[candidate.edition].head(candidate.row).id
            except EditionError:  # whoever reads it says so
                identity = b"%d/%d" % (candidate.edition, candidate.row)
            if identity not in seen:
                seen.add(identity)
                yield candidate
