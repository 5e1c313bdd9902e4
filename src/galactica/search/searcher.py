"""Searching one or several editions as one library: from what a person typed to a page of results.

The way of a query:
1. `query.understand`; words that no article has are corrected (`spelling`) and the person is told.
2. Articles whose title or alias is the query come first, then those whose title is one typing mistake away.
3. Then candidates from the retrievers (`rank`: by words; by meaning later), one list by score.
4. The first `DEPTH` of them are read, and their best passages (`passages`) are added to their scores: `PASSAGE` times
   the best candidate's score for a passage with every word of the question.
5. Phrases, and words that a phrase excludes, are looked for in the texts of at most `MOST_READ` candidates, best first.
6. An article that two editions hold is shown once.

Nothing that can be typed raises. A result page reads about `DEPTH` articles; `ids` reads none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.model import Hit, Suggestion
from galactica.search import rank, spelling
from galactica.search.passages import Finder
from galactica.search.query import Question, understand, unquoted
from galactica.search.rank import Candidate, Weighted, WordRetriever
from galactica.search.store import TextIndex, Title
from galactica.search.suggest import suggest
from galactica.search.texts import Reading, Texts

DEPTH = 10
"""Candidates whose passages are scored; each one read costs 1 ms. On the training questions (2026-11-23), for none, 12
and 20: first places 33.6, 36.0, 36.1 %; answers among the first ten 49.6, 49.7, 51.2 %. From 12 to 10, the number on a
page, one of 1,000 questions loses its place and the server answers 18 % more pages a second."""

PASSAGE = 0.6
"""Set on the training questions: 0.3 to 1.5 are within half a point of it."""

MOST_READ = 120
"""Articles that are read to find a phrase in them."""

MOST_LIMIT = 100
MOST_OFFSET = 1_000
"""Bounds of one page; beyond them a page is empty, not an error."""

POOL = 100
"""Candidates that a retriever is asked for, at least."""

SHORTEST_FUZZY = 3
LONGEST_FUZZY = 60
"""Characters of a query that may be a title with a typing mistake."""

SHORT = 2
MOST_SHORT = 2_000
"""Characters typed up to which suggestions are kept, and how many of them."""

NEARLY = 3
"""Titles one mistake away that are put first, at most."""


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


class Searcher:
    """Searches editions; thread-safe. The caller keeps them open and closes them."""

    def __init__(self, editions: Sequence[tuple[Edition, TextIndex]]) -> None:
        self._editions = tuple(edition for edition, _ in editions)
        self._indexes = tuple(index for _, index in editions)
        self._words = WordRetriever(self._indexes)
        self._texts = Texts()
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
        weights = rank.weigh(question.words, self._indexes)
        ranked = self._rank(question, weights, max(POOL, limit))
        found = self._once([*ranked.named, *ranked.others])
        return [(c.edition, c.row, c.score) for c, _ in zip(found, range(limit), strict=False)]

    def search(
        self, query: str, *, limit: int = 10, offset: int = 0, language: str = "", source: str = ""
    ) -> SearchPage:
        """The results `offset` … `offset + limit` for a query.

        Args:
            query: see `query` for what may be said in it.
            limit, offset: 0 to 100, 0 to 1,000.
            language, source: restrict to a language tag, a source's key.
        """
        limit, offset = max(0, min(limit, MOST_LIMIT)), max(0, min(offset, MOST_OFFSET))
        question = understand(query, language=language, source=source)
        notes = list(question.notes)
        weights = rank.weigh(question.words, self._indexes)
        asked = question
        corrections = spelling.correct(question, weights, self._indexes)
        corrected = spelling.replaced(question.text, corrections) if corrections else ""
        unknown = {w.word.text for w in weights if not w.known}
        if any(word in unknown for word in corrections):
            # A word that no article has finds nothing; one that was probably meant does no harm.
            asked = understand(corrected, language=language, source=source)
            weights = rank.weigh(asked.words, self._indexes)
        ranked = self._rank(asked, weights, max(POOL, offset + limit + DEPTH), typed=question)
        notes += _remarks(question, corrections, unknown, weights)
        reading = Reading(
            self._editions, self._texts, Finder(ranked.wanted, [p for p in asked.phrases if not p.negative])
        )
        if asked.phrases:
            order, total = self._with_phrases(ranked, asked, reading, offset + limit, notes)
            if not order:
                return self._without_phrases(question, notes, limit, offset, language, source)
        else:
            order, total = self._by_passage(ranked, reading, offset + limit), max(ranked.total, len(ranked.named))
        shown = order[offset : offset + limit]
        hits = tuple(reading.hit(c, exact=(c.edition, c.row) in ranked.exact) for c in shown)
        return SearchPage(query=question.text, hits=hits, total=total, corrected=corrected, notes=tuple(notes))

    def _rank(
        self, question: Question, weights: Sequence[Weighted], limit: int, *, typed: Question | None = None
    ) -> _Ranked:
        """Candidates for a question; `typed` is what it was before its mistyped words were corrected."""
        found = self._words.find(question, weights, limit)
        candidates = rank.merge(found.candidates)
        best = max((c.score for c in candidates), default=1.0)
        exact = self._titled(typed or question)
        meant = exact or (self._titled(question) if typed else ()) or self._nearly_titled(typed or question)
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

    def _titled(self, question: Question) -> tuple[tuple[int, Title], ...]:
        """Articles whose title or alias is the query, best first: as written before otherwise written, then by rank."""
        if not question.key or any(word.negative or word.title_only for word in question.words):
            return ()
        found = [(n, t) for n, index in enumerate(self._indexes) for t in index.titles(question.key, POOL)]
        found = [(n, t) for n, t in found if self._passes(question, n, t.row)]
        found.sort(key=lambda pair: (pair[1].name != question.text, -pair[1].weight, pair[0], pair[1].row))
        return tuple({(n, t.row): (n, t) for n, t in reversed(found)}.values())[::-1][: POOL // 2]

    def _nearly_titled(self, question: Question) -> tuple[tuple[int, Title], ...]:
        """Articles whose title or alias is one typing mistake away; a different number is no mistake."""
        key = question.key
        if not question.plain or not SHORTEST_FUZZY <= len(key) <= LONGEST_FUZZY:
            return ()
        digits = [c for c in key if c.isdigit()]
        found = []
        for number, index in enumerate(self._indexes):
            for title in index.titles(key, POOL, typos=1):
                other = title_key(title.name)
                if OSA.distance(key, other) <= 1 and [c for c in other if c.isdigit()] == digits:
                    found.append((number, title, len(other)))
        # A letter left out or put in, or two exchanged, is likelier than another word of the same length.
        found.sort(key=lambda f: (-f[1].weight, f[0], f[1].row))
        return tuple({(n, t.row): (n, t) for n, t, _ in found}.values())[:NEARLY]

    def _passes(self, question: Question, number: int, row: int) -> bool:
        if not (question.languages or question.sources):
            return True
        head = self._editions[number].head(row)
        tags = (head.language.lower(), head.language.lower().partition("-")[0])
        return (not question.languages or any(tag in question.languages for tag in tags)) and (
            not question.sources or head.source in question.sources
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
        self, ranked: _Ranked, question: Question, reading: Reading, enough: int, notes: list[str]
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
                    f"Phrases were looked for in the first {read} of {max(ranked.total, len(pool))} articles that "
                    "have their words; there may be more results."
                )
                break
            if reading.finder.has_phrases(*(looked := reading.folded(candidate))) and not any(
                each.has_phrases(*looked) for each in without
            ):
                order.append(candidate)
        return order, len(order)

    def _without_phrases(
        self, question: Question, notes: Sequence[str], limit: int, offset: int, language: str, source: str
    ) -> SearchPage:
        """What the words of phrases find that are nowhere, and the note that says so."""
        said = ", ".join(f"“{phrase.text[:80]}”" for phrase in question.phrases if not phrase.negative)
        if not said:
            return SearchPage(query=question.text, hits=(), total=0, corrected="", notes=tuple(notes))
        page = self.search(unquoted(question.text), limit=limit, offset=offset, language=language, source=source)
        notes = [*notes, f"No article was found with {said} word for word; these have some of the words."]
        return replace(page, query=question.text, notes=tuple(dict.fromkeys([*notes, *page.notes])))

    def _once(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Each article once, where it first comes."""
        if len(self._editions) == 1:
            yield from candidates
            return
        seen: set[bytes] = set()
        for candidate in candidates:
            identity = self._editions[candidate.edition].head(candidate.row).id
            if identity not in seen:
                seen.add(identity)
                yield candidate


def _remarks(
    question: Question, corrections: dict[str, str], unknown: set[str], weights: Sequence[Weighted]
) -> Iterator[str]:
    """What the person should know about the words of the question."""
    for word, better in corrections.items():
        if word in unknown:
            yield f"No article has “{word[:60]}”; “{better}” was looked for."
    lost = sorted(word for word in unknown if word not in corrections)
    negative = {word.text for word in question.words if word.negative}
    if lost and (shown := [word for word in lost if word not in negative][:5]):
        yield "No article has " + ", ".join(f"“{word[:60]}”" for word in shown) + "."
    if question.words and all(word.negative for word in question.words) and not question.phrases:
        yield "Only words to leave out were named: name one to look for."
    positive = [w for w in weights if not w.word.negative]
    if positive and all(w.stop for w in positive):
        yield "These words are in nearly every article and were looked for in titles only."
