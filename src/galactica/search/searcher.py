"""Searching one or several editions as one library: from what a person typed to a page of results.

The way of a query:
1. `query.understand`; words that no article has are corrected (`spelling`) and the person is told; words that only ask
   count less, other names and other ways to write a number are looked for too (`wording`).
2. Articles whose title or alias is the query come first, then those whose title is one typing mistake away.
3. Then articles in the order of their best passages, found by words and by meaning (`hybrid`). Where no edition has an
   index of meaning, or the query excludes words or restricts them to titles, by words alone: the first `DEPTH` articles
   (`rank`) are read, and their best passages (`passages`) are added to their scores: `PASSAGE` times the best
   candidate's score for a passage with every word of the question.
4. Phrases, and words that a phrase excludes, are looked for in the texts of at most `MOST_READ` candidates, best first.
5. An article that two editions hold is shown once.

Nothing that can be typed raises. A result page reads `DEPTH` to `hybrid.READ` articles; `ids` reads none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from galactica.codes.han import unspaced
from galactica.edition import Edition
from galactica.errors import EditionError, MissingError, UsageError
from galactica.hints import word
from galactica.model import Hit, PassageHit, Suggestion
from galactica.model.said import said
from galactica.search import rank, spelling
from galactica.search.asking import asking
from galactica.search.choosing import FOUND, Considered
from galactica.search.features import WordVectors
from galactica.search.hybrid import NEAR, PASSAGE, Hybrid, HybridQuery, by_words, weights_of
from galactica.search.meant import MeaningRetriever, Scored
from galactica.search.named import NameMeant, named
from galactica.search.passages import Finder
from galactica.search.query import WORD, ParsedQuery, Word, lowered, plainly, understand, unquoted
from galactica.search.rank import Candidate, Weighted, WordRetriever
from galactica.search.ranker import Ranker, RankerWeights
from galactica.search.store import TextIndex
from galactica.search.suggest import suggest
from galactica.search.texts import Reading, Texts
from galactica.search.titled import TitleFinder
from galactica.search.wording import worded

DEPTH = 10
"""Candidates whose passages are scored; each one read costs 1 ms. On the training questions (2026-11-23), for none, 12
and 20: first places 33.6, 36.0, 36.1 %; answers among the first ten 49.6, 49.7, 51.2 %. From 12 to 10, the number on a
page, one of 1,000 questions loses its place and the server answers 18 % more pages a second."""

MOST_READ = 120
"""Articles that are read to find a phrase in them."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """Candidates in order; those known by their titles first."""

    named: tuple[Candidate, ...]
    exact: frozenset[tuple[int, int]]
    others: tuple[Candidate, ...]
    total: int
    wanted: tuple[Weighted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A query: as typed, as it was probably meant, the weights of its words, and what to tell the person."""

    typed: ParsedQuery
    meant: ParsedQuery
    weights: tuple[Weighted, ...]
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
        self._words = WordRetriever(self._indexes)
        self._titles = TitleFinder(self._editions, self._indexes)
        self._texts = Texts()
        self._meaning = meaning
        self._hybrid = Hybrid(meaning, vectors) if meaning is not None and vectors is not None else None
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
        ranked = self._rank(question, weights, max(FOUND, limit))
        found = self._once([*ranked.named, *ranked.others])
        return [(c.edition, c.row, c.score) for c, _ in zip(found, range(limit), strict=False)]

    def search(
        self, query: str, *, limit: int = 10, offset: int = 0, language: str = "", source: str = "", by: str = "hybrid"
    ) -> SearchPage:
        """The results `offset` … `offset + limit` for a query.

        Args:
            query: see `query` for what may be said in it.
            limit, offset: 0 to 100, 0 to 1,000.
            language, source: restrict to a language tag, a source's key.
            by: "hybrid", or "words" for words alone.

        Raises:
            UsageError: another way.
        """
        if by not in ("words", "hybrid"):
            raise UsageError(f"There is no way of searching called {by[:40]!r}.", "Use words or hybrid.")
        limit, offset = max(0, min(limit, MOST_LIMIT)), max(0, min(offset, MOST_OFFSET))
        asked = self._understood(query, language, source)
        question, notes = asked.typed, list(asked.notes)
        ranked = self._rank(asked.meant, asked.weights, max(FOUND, offset + limit + DEPTH), typed=question)
        reading = self._reading(asked, ranked)
        if asked.meant.phrases:
            order, total = self._with_phrases(ranked, asked.meant, reading, offset + limit, notes)
            if not order:
                notes += _unread(reading, self._editions)
                return self._without_phrases(question, notes, limit, offset, language, source)
        else:
            total = max(ranked.total, len(ranked.named))
            if by == "hybrid" and (weights := self._weights(asked)) is not None:
                order = self._by_both(ranked, asked, reading, offset + limit, weights)
                total = max(total, len(order))
            else:
                order = self._by_passage(ranked, reading, offset + limit)
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
        asked = self._understood(query, language, source)
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
        wanted, reading = self._sought(self._understood(query, "", ""), limit)
        pool = self._hybrid.pool(wanted, reading, limit, chooser)
        return tuple(reading.found(s.article, s.passage, 0.0) for s in pool.passages), pool.features

    def considered(self, query: str, *, limit: int = 20) -> Considered:
        """The articles among which are chosen those that are read, and what speaks for each: what a chooser learns
        from."""
        assert self._hybrid is not None, "there is nothing to weigh without meaning"
        wanted, _ = self._sought(self._understood(query, "", ""), limit)
        return self._hybrid.considered(wanted, limit)[0]

    def _sought(self, asked: _Asked, limit: int) -> tuple[HybridQuery, Reading]:
        """What passages are looked for, and where they are read: the articles that words find, none by its title."""
        found = self._words.find(asked.meant, asked.weights, max(FOUND, limit)).candidates
        words = rank.asked(asked.weights)
        ranked = _Ranked(named=(), exact=frozenset(), others=tuple(found), total=len(found), wanted=words)
        reading = self._reading(asked, ranked)
        return self._wanted(asked, ranked, reading), reading

    def _handed_out(self, scored: Iterable[Scored], reading: Reading, limit: int) -> Iterator[PassageHit]:
        """Passages as values; of an article that two editions hold, those of the first that comes."""
        first: dict[bytes, int] = {}
        for each, _ in zip(scored, range(limit), strict=False):
            if not reading.readable(each.article):
                continue
            hit = reading.found(each.article, each.passage, each.score)
            if first.setdefault(hit.id, each.edition) == each.edition:
                yield hit

    def _understood(self, query: str, language: str, source: str) -> _Asked:
        """A query with its mistyped words corrected, and what the person should know about it."""
        question = understand(query, language=language, source=source)
        weights = rank.weigh(question.words, self._indexes)
        names = named(question, weights, asking(question) | self._held(question, spelled=False), self._indexes)
        text = _with_names(question.text, names)
        typed = question
        if names:
            question = understand(text, language=language, source=source)
            weights = rank.weigh(question.words, self._indexes)
        meant, held = question, self._held(question)
        corrections = spelling.correct(question, weights, self._indexes, held)
        corrected = spelling.replaced(text, corrections) if corrections else text if names else ""
        unknown = {w.word.text for w in weights if not w.known} - asking(question) - held
        # A word that no article has finds nothing, one that was probably meant does no harm; others stay as they are.
        nowhere = {typed: better for typed, better in corrections.items() if unknown.intersection(typed.split(" "))}
        if nowhere:
            meant = understand(spelling.replaced(question.text, nowhere), language=language, source=source)
            weights = rank.weigh(meant.words, self._indexes)
        rare = {typed: better for typed, better in corrections.items() if typed not in nowhere}
        wording = worded(meant, weights, self._indexes, rare)
        read = (
            said("read-as", "“{typed}” was read as “{meant}”.", typed=each.typed[:60], meant=each.meant[:60])
            for each in names
        )
        notes = (*question.notes, *read, *_remarks(question, nowhere, unknown, weights), *wording.notes)
        return _Asked(typed=typed, meant=meant, weights=wording.weights, corrected=corrected, notes=notes)

    def _held(self, question: ParsedQuery, *, spelled: bool = True) -> frozenset[str]:
        """The words of a question that some article has as one, or `spelled` out, if not as they are."""
        joined = [each for each in question.joined if spelled or len(each.typed) > 1]
        several = rank.weigh([Word(text=each.said[0]) for each in joined], self._indexes)
        found = (each.typed for each, weighted in zip(joined, several, strict=True) if weighted.known)
        return frozenset(part for typed in found for part in typed)

    def _reading(self, asked: _Asked, ranked: _Ranked) -> Reading:
        phrases = [phrase for phrase in asked.meant.phrases if not phrase.negative]
        return Reading(self._editions, self._texts, Finder(ranked.wanted, phrases))

    def _weights(self, asked: _Asked, weighed: str = "ranker") -> RankerWeights | None:
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

    def _wanted(self, asked: _Asked, ranked: _Ranked, reading: Reading) -> HybridQuery:
        return HybridQuery(
            text=asked.meant.plain_text,
            weight=reading.finder.weight,
            candidates=ranked.others,
            allowed=lambda number: rank.allowed(self._indexes[number], asked.meant),
        )

    def _by_both(
        self, ranked: _Ranked, asked: _Asked, reading: Reading, enough: int, weights: RankerWeights
    ) -> list[Candidate]:
        """Articles in the order of their best passages, those with the title first; then what words found besides."""
        assert self._hybrid is not None
        wanted = self._wanted(asked, ranked, reading)
        passages = self._hybrid.by_both(wanted, reading, enough, weights, near=NEAR)
        named = {(c.edition, c.row) for c in ranked.named}
        order: dict[tuple[int, int], Candidate] = {}
        for each in passages:
            if each.article not in order and each.article not in named:
                reading.choose(each.article, each.passage)
                order[each.article] = Candidate(edition=each.edition, row=each.row, score=each.score)
        lowest = min((c.score for c in order.values()), default=1.0)
        rest = (c for c in ranked.others if (c.edition, c.row) not in order)
        after = (replace(c, score=lowest / (2 + place)) for place, c in enumerate(rest))
        return list(islice(self._once(chain(ranked.named, order.values(), after)), enough))

    def _rank(
        self, question: ParsedQuery, weights: Sequence[Weighted], limit: int, *, typed: ParsedQuery | None = None
    ) -> _Ranked:
        """Candidates for a question; `typed` is what it was before its mistyped words were corrected."""
        found = self._words.find(question, weights, limit)
        candidates = found.candidates
        best = max(1.0, max((c.score for c in candidates), default=1.0))
        exact = self._titles.exactly(typed or question)
        near = (
            ()
            if exact
            else (*self._titles.otherwise(typed or question), *(self._titles.exactly(question) if typed else ()))
        )
        meant = exact or tuple({(n, t.row): (n, t) for n, t in reversed(near)}.values())[::-1]
        named = [
            Candidate(edition=number, row=title.row, score=best * (3 if exact else 2) + title.weight / 1000)
            for number, title in meant
        ]
        rows = {(c.edition, c.row) for c in named}
        return _Ranked(
            named=tuple(named),
            exact=frozenset(rows if exact else ()),
            others=tuple(c for c in candidates if (c.edition, c.row) not in rows),
            total=found.total,
            wanted=rank.asked(weights),
        )

    def _by_passage(self, ranked: _Ranked, reading: Reading, enough: int) -> list[Candidate]:
        """All candidates, the first `DEPTH` in the order that their passages give them."""
        depth = max(0, DEPTH - len(ranked.named))
        once = self._once([*ranked.named, *ranked.others])
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

    def _with_phrases(
        self, ranked: _Ranked, question: ParsedQuery, reading: Reading, enough: int, notes: list[str]
    ) -> tuple[list[Candidate], int]:
        """Candidates that have all the phrases and none that is excluded."""
        without = [Finder((), [p]) for p in question.phrases if p.negative]
        order: list[Candidate] = []
        pool = [*ranked.named, *ranked.others]
        for read, candidate in enumerate(self._once(pool)):
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

    def _once(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
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


def _with_names(text: str, names: Iterable[NameMeant]) -> str:
    """A query with the names in it as they were meant, without what would say something else in a query."""
    for each in names:
        text = text.replace(each.typed, plainly(each.meant), 1)
    return text


def _remarks(
    question: ParsedQuery, corrections: dict[str, str], unknown: set[str], weights: Sequence[Weighted]
) -> Iterator[str]:
    """What the person should know about the words of the question."""
    written = {lowered(word): word.lower() for word in WORD.findall(question.plain_text)}
    for typed, better in corrections.items():
        word = written.get(typed, typed)[:60]
        yield said(
            "looked-for-instead", "No article has “{typed}”; “{better}” was looked for.", typed=word, better=better
        )
    lost = sorted(unknown.difference(*(typed.split(" ") for typed in corrections)))
    lost = [word for word in lost if not unspaced(word)]  # n-grams are no words
    negative = {word.text for word in question.words if word.negative}
    if lost and (shown := [word for word in lost if word not in negative][:5]):
        named = [f"“{written.get(word, word)[:60]}”" for word in shown]
        yield said("no-article-has", "No article has {words}.", words=named)
    if question.words and all(word.negative for word in question.words) and not question.phrases:
        yield said("only-left-out", "Only words to leave out were named: name one to look for.")
    positive = [w for w in weights if not w.word.negative]
    if positive and all(w.stop for w in positive):
        yield said("everywhere", "These words are in nearly every article and were looked for in titles only.")
