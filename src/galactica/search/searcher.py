"""Searching one or several editions as one library: from what a person typed to a page of results.

The way of a query: it is understood (`understood`); articles are found and put in order (`ordering`), by words alone
where no edition has an index of meaning, or the query excludes words or restricts them to titles; those of one page are
read and shown (`texts`).

Nothing that can be typed raises. A result page reads `ordering.DEPTH` to `hybrid.READ` articles; `ids` reads none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from galactica.edition import Edition
from galactica.errors import MissingError, UsageError
from galactica.hints import word
from galactica.model import Hit, PassageHit, Suggestion
from galactica.model.said import said
from galactica.search import rank
from galactica.search.choosing import FOUND, Considered
from galactica.search.features import WordVectors
from galactica.search.hybrid import Hybrid, HybridQuery, by_words, weights_of
from galactica.search.meant import MeaningRetriever, Scored
from galactica.search.ordering import DEPTH, Ordering, Ranked
from galactica.search.passages import Finder
from galactica.search.query import ParsedQuery, understand, unquoted
from galactica.search.ranker import Ranker, RankerWeights
from galactica.search.store import TextIndex
from galactica.search.suggest import suggest
from galactica.search.texts import Reading, Texts
from galactica.search.understood import Understood, understood
from galactica.search.wording import worded

MOST_PASSAGES = 1_000
MOST_LIMIT = 100
MOST_OFFSET = 1_000
"""Bounds of one page; beyond them a page is empty, not an error."""

SHORT = 2
MOST_SHORT = 2_000
"""Characters typed up to which suggestions are kept, and how many of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A page of results.

    Attributes:
        query: what was asked, as it was understood (without control characters).
        hits: best first.
        total: how many articles match, at least; of several editions, articles in more than one count more than once.
        corrected: the query as it was probably meant, "" where nothing looks mistyped.
        notes: what was understood or could not be done, for the person.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    corrected: str
    notes: tuple[str, ...]


class Searcher:
    """Searches editions; thread-safe. The caller keeps them open and closes them.

    Args:
        editions: with their indexes of words.
        meaning: over their indexes of meaning, in the same order; None: words alone.
        vectors: of words, for weighing passages; None: words alone.
    """

    def __init__(
        self,
        editions: Sequence[tuple[Edition, TextIndex]],
        *,
        meaning: MeaningRetriever | None = None,
        vectors: WordVectors | None = None,
    ) -> None:
        self._editions = tuple(edition for edition, _ in editions)
        self._indexes = tuple(index for _, index in editions)
        self._texts = Texts()
        self._meaning = meaning
        self._hybrid = Hybrid(meaning, vectors) if meaning is not None and vectors is not None else None
        self._ordering = Ordering(self._editions, self._indexes, self._hybrid)
        self._short: dict[tuple[str, int], tuple[Suggestion, ...]] = {}

    def suggest(self, typed: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Titles that what was typed may become, best first; see `suggest`."""
        limit = min(limit, MOST_LIMIT)
        if len(typed) > SHORT:
            return suggest(typed, self._indexes, limit)
        # One letter begins a tenth of all titles: 40 ms for a million of them, so the answers are kept.
        kept = self._short.get((typed, limit))
        if kept is None:
            if len(self._short) >= MOST_SHORT:
                self._short.clear()
            kept = self._short[typed, limit] = suggest(typed, self._indexes, limit)
        return kept

    def ids(self, query: str, limit: int = 10) -> list[tuple[int, int, float]]:
        """(number of the edition, row, score) of the best articles by words and titles alone; no text is read.

        Phrases are not verified: their words are all required.
        """
        question = understand(query)
        weights = worded(question, rank.weigh(question.words, self._indexes), self._indexes).weights
        ranked = self._ordering.ranked(question, weights, max(FOUND, limit))
        found = self._ordering.once([*ranked.named, *ranked.others])
        return [(c.edition, c.row, c.score) for c, _ in zip(found, range(limit), strict=False)]

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        language: str = "",
        source: str = "",
        by: str = "hybrid",
        interface: str = "",
    ) -> SearchPage:
        """The results `offset` … `offset + limit` for a query.

        Args:
            query: see `query` for what may be said in it.
            limit, offset: 0 to 100, 0 to 1,000.
            language, source: restrict to a language tag, a source's key.
            by: "hybrid", or "words" for words alone.
            interface: the language in which the person uses the library, a tag; "" where it is not known. What is a
                noun there is taken for one.

        Raises:
            UsageError: another way.
        """
        if by not in ("words", "hybrid"):
            raise UsageError(f"There is no way of searching called {by[:40]!r}.", "Use words or hybrid.")
        limit, offset = max(0, min(limit, MOST_LIMIT)), max(0, min(offset, MOST_OFFSET))
        asked = understood(query, self._indexes, language=language, source=source, interface=interface)
        question, notes = asked.typed, list(asked.notes)
        ranked = self._ordering.ranked(asked.meant, asked.weights, max(FOUND, offset + limit + DEPTH), typed=question)
        reading = self._reading(asked, ranked)
        if asked.meant.phrases:
            order, total = self._ordering.with_phrases(ranked, asked.meant, reading, offset + limit, notes)
            if not order:
                notes += _unread(reading, self._editions)
                return self._without_phrases(question, notes, limit, offset, language, source)
        else:
            total = max(ranked.total, len(ranked.named))
            if by == "hybrid" and (weights := self._weights(asked)) is not None:
                order = self._ordering.by_both(ranked, asked, reading, offset + limit, weights)
                total = max(total, len(order))
            else:
                order = self._ordering.by_passage(ranked, reading, offset + limit)
        notes += self._meaning.notes if by == "hybrid" and self._meaning is not None else ()
        shown = order[offset : offset + limit]
        hits = tuple(
            reading.hit(c, exact=(c.edition, c.row) in ranked.exact)
            for c in shown
            if reading.readable((c.edition, c.row))
        )
        notes += _unread(reading, self._editions)
        return SearchPage(query=question.text, hits=hits, total=total, corrected=asked.corrected, notes=tuple(notes))

    def passages(
        self,
        query: str,
        *,
        limit: int = 20,
        by: str = "hybrid",
        language: str = "",
        source: str = "",
        weighed: str = "ranker",
    ) -> tuple[PassageHit, ...]:
        """Passages that may answer, best first; several of one article may be among them.

        Args:
            query: as for `search`; phrases count as their words.
            limit: 0 to `MOST_PASSAGES`.
            by: "words", "meaning" or "hybrid" (both; words alone where nothing else is possible).
            language, source: restrict to a language tag, a source's key.
            weighed: how both are put together: "ranker", or "fusion" for nothing but a sum of scores.

        Raises:
            UsageError: another way, or by meaning alone where no edition can be searched by it.
        """
        limit = max(0, min(limit, MOST_PASSAGES))
        asked = understood(query, self._indexes, language=language, source=source)
        wanted, reading = self._sought(asked, limit)
        weights = self._weights(asked, weighed) if by == "hybrid" else None
        if by == "words" or (by == "hybrid" and weights is None):
            scored = by_words(wanted, reading, limit)
        elif weights is not None and self._hybrid is not None:
            scored = self._hybrid.by_both(wanted, reading, limit, weights)
        elif by == "meaning" and self._hybrid is not None and self._meaning is not None and self._meaning.ready:
            scored = self._hybrid.by_meaning(wanted, reading, limit)
        elif by == "meaning":
            raise UsageError("None of the editions can be searched by meaning.", "Make the index: galactica index.")
        else:
            raise UsageError(f"There is no way of searching called {by[:40]!r}.", "Use words, meaning or hybrid.")
        return tuple(self._handed_out(scored, reading, limit))

    def described(
        self, query: str, chooser: Ranker, *, limit: int = 20
    ) -> tuple[tuple[PassageHit, ...], NDArray[np.float32]]:
        """The passages that are weighed for a query, in no order, and their features: what a ranker learns from.

        Args:
            chooser: of the articles that are read.

        Returns:
            (passages, `float32 [passages, len(features.NAMES)]`).
        """
        assert self._hybrid is not None, "there is nothing to weigh without meaning"
        wanted, reading = self._sought(understood(query, self._indexes), limit)
        pool = self._hybrid.pool(wanted, reading, limit, chooser)
        return tuple(reading.found(s.article, s.passage, 0.0) for s in pool.passages), pool.features

    def considered(self, query: str, *, limit: int = 20) -> Considered:
        """The articles among which are chosen those that are read, and what speaks for each: what a chooser learns
        from."""
        assert self._hybrid is not None, "there is nothing to weigh without meaning"
        wanted, _ = self._sought(understood(query, self._indexes), limit)
        return self._hybrid.considered(wanted, limit)[0]

    def _sought(self, asked: Understood, limit: int) -> tuple[HybridQuery, Reading]:
        """What passages are looked for, and where they are read: the articles that words find, none by its title."""
        ranked = self._ordering.untitled(asked.meant, asked.weights, max(FOUND, limit))
        reading = self._reading(asked, ranked)
        return self._ordering.wanted(asked, ranked, reading), reading

    def _handed_out(self, scored: Iterable[Scored], reading: Reading, limit: int) -> Iterator[PassageHit]:
        """Passages as values; of an article that two editions hold, those of the first that comes."""
        first: dict[bytes, int] = {}
        for each, _ in zip(scored, range(limit), strict=False):
            if not reading.readable(each.article):
                continue
            hit = reading.found(each.article, each.passage, each.score)
            if first.setdefault(hit.id, each.edition) == each.edition:
                yield hit

    def _reading(self, asked: Understood, ranked: Ranked) -> Reading:
        phrases = [phrase for phrase in asked.meant.phrases if not phrase.negative]
        return Reading(self._editions, self._texts, Finder(ranked.wanted, phrases))

    def _weights(self, asked: Understood, weighed: str = "ranker") -> RankerWeights | None:
        """What weighs words and meaning together; None where words must do alone."""
        words = asked.meant.words
        if self._hybrid is None or self._meaning is None or not words or not self._meaning.ready:
            return None
        if any(word.negative or word.title_only for word in words) or any(p.negative for p in asked.meant.phrases):
            return None  # what is excluded, or must stand in the title, only words can tell
        try:
            return weights_of(weighed)
        except MissingError:
            return None

    def _without_phrases(
        self, question: ParsedQuery, notes: Sequence[str], limit: int, offset: int, language: str, source: str
    ) -> SearchPage:
        """What the words of phrases find that are nowhere, and the note that says so."""
        phrases = [f"“{phrase.text[:80]}”" for phrase in question.phrases if not phrase.negative]
        if not phrases:
            return SearchPage(query=question.text, hits=(), total=0, corrected="", notes=tuple(notes))
        page = self.search(unquoted(question.text), limit=limit, offset=offset, language=language, source=source)
        nowhere = said(
            "no-phrase",
            "No article was found with {phrases} word for word; these have some of the words.",
            phrases=phrases,
        )
        notes = [*notes, nowhere]
        return replace(page, query=question.text, notes=tuple(dict.fromkeys([*notes, *page.notes])))


def _unread(reading: Reading, editions: Sequence[Edition]) -> Iterator[str]:
    """What the person should know about articles that could not be read."""
    for number, edition in enumerate(editions):
        lost = sum(place[0] == number for place in reading.damaged)
        if lost:
            yield said(
                "articles-unread",
                "{edition} is damaged: articles that could not be read and are left out here: {number}. "
                "Run `galactica verify {path}` to see where.",
                edition=str(edition.path),
                number=lost,
                path=word(edition.path),
            )
