"""Passages that may answer: found by words, by meaning, or by both, and put in order.

The way of a question:
1. By words: the best articles (`rank.WordRetriever`); by meaning: the passages nearest to its vector (`meant`).
2. The most promising articles of both are read (`choosing`). In each, the passages with most of the question's words
   and those nearest in meaning are looked at, and the most promising of all kept.
3. What speaks for each is described (`features`) and weighed (`ranker`), in other ways in another language than the
   question's, where hardly a word is the same and what is like it says more.
4. What was found but not read follows, in its own order.

An edition whose index of meaning is missing takes part with its words, one whose index is still made with what there is
of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.languages import UNKNOWN, guess, primary
from galactica.search import choosing
from galactica.search.choosing import FOUND, Considered, choose_articles, consider
from galactica.search.features import NAMES, Piece, WordVectors, describe_passages
from galactica.search.meant import MeaningRetriever, Meant, NearestPassages, Scored
from galactica.search.rank import Candidate
from galactica.search.ranker import Ranker, RankerWeights, load
from galactica.search.texts import Reading

READ = 16
"""Articles of the usual length that there is time to read for a page of results; of shorter ones, more."""

MOST_READ = 60
"""Articles that are read at most."""

LEAST_READ = 8
"""Articles that are read at least, however long they are."""

USUAL = 27
"""What reading an article costs, as `choosing.Considered` counts: the mean of 12,967 of an encyclopedia."""

MEANT = 100
"""Passages nearest in meaning that are looked at where their article is read, at least."""

OF_ARTICLE = 3
"""Passages of one article that are looked at because they have the question's words."""

DESCRIBED = 48
"""Passages that are described and weighed at least, the most promising ones: a third of a millisecond each."""

NEAR = 0.25
"""Cosine that a passage must have, to be shown to a person, which has no word of the question. In 292,000 passages,
words that nobody wrote ("qwertyuiop") find some at 0.16 to 0.22, questions in other words ("best pizza in town") theirs
at 0.4 and more."""

BY_CODE = math.sqrt(2 / math.pi)
"""What a code says of a cosine, as a share of it: so much are a random vector's signs like the vector itself."""

PASSAGE = 0.6
"""What the best passage of the best article counts beside it, where words are searched alone. Set on the training
questions: 0.3 to 1.5 are within half a point of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HybridQuery:
    """A question as both ways of searching need it.

    Attributes:
        text: without filters.
        weight: of its words together (`passages.Finder.weight`).
        candidates: articles by words, best first.
        allowed: number of an edition → `bool [articles]`, which may be found; None: all.
    """

    text: str
    weight: float
    candidates: tuple[Candidate, ...]
    allowed: Callable[[int], NDArray[np.bool_] | None] = lambda number: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Passages to be weighed against each other.

    Attributes:
        passages: their scores are not set.
        features: `float32 [passages, len(NAMES)]`.
        meant: all that was found by meaning.
    """

    passages: tuple[Scored, ...]
    features: NDArray[np.float32]
    meant: Meant


class Hybrid:
    """Finds passages; thread-safe.

    Args:
        meaning: over the same editions as the candidates by words.
        vectors: of words, for describing passages.
    """

    def __init__(self, meaning: MeaningRetriever, vectors: WordVectors) -> None:
        self._meaning = meaning
        self._vectors = vectors

    def by_meaning(self, wanted: HybridQuery, reading: Reading, limit: int) -> list[Scored]:
        """Passages by meaning alone: the first scored from their text, the others as their codes say."""
        meant = self._meaning.find(wanted.text, max(limit, MEANT), wanted.allowed)
        rows: dict[tuple[int, int], None] = {}
        first: list[Scored] = []
        for scored in meant.passages:
            rows[scored.article] = None
            if len(rows) > depth(limit):
                break
            first.append(scored)
        again: list[Scored] = []
        for number in meant.vectors:
            own = [scored for scored in first if scored.edition == number]
            if own and self._meaning.quick(number):
                cosines = self._meaning.from_text(meant, number, [reading.passage(s.article, s.passage) for s in own])
                own = [_again(s, float(cosine)) for s, cosine in zip(own, cosines, strict=True)]
            again += own
        return [*ordered(again), *meant.passages[len(first) :]][:limit]

    def by_both(
        self, wanted: HybridQuery, reading: Reading, limit: int, weights: RankerWeights, *, near: float = -1.0
    ) -> list[Scored]:
        """Passages by words and meaning together, scores from 0 to 1; those that were not read come last.

        Args:
            limit: how many are wanted; there may be more.
            near: cosine that a passage must have which has no word of the question: something is always nearest, also
                to nonsense.
        """
        pool = self.pool(wanted, reading, limit, weights.articles)
        column = {name: pool.features[:, at] for at, name in enumerate(NAMES)}
        kept = (column["words"] > 0) | (column["share"] > 0) | (column["cosine"] >= near)
        logits = weights.passages.scores(pool.features)
        if weights.across is not None:
            languages = [reading.language(scored.article) for scored in pool.passages]
            foreign = in_another(wanted.text, languages)
            logits[foreign] = weights.across.scores(pool.features[foreign])
        scores = 1 / (1 + np.exp(-logits.astype(float)))
        weighed = zip(pool.passages, scores, kept, strict=True)
        found = ordered([_again(scored, float(score)) for scored, score, keep in weighed if keep])
        known = {(*s.article, s.passage) for s in pool.passages}
        lowest = min((s.score for s in found), default=1.0)
        rest = [s for s in pool.meant.passages if (*s.article, s.passage) not in known and s.score >= near * BY_CODE]
        return [*found, *(_again(s, lowest * s.score) for s in rest)]

    def considered(
        self, wanted: HybridQuery, limit: int
    ) -> tuple[Considered, Meant, dict[tuple[int, int], NearestPassages]]:
        """The articles that may be read, and how near their passages are."""
        meant = self._meaning.find(wanted.text, max(limit, FOUND), wanted.allowed)
        rows: dict[int, dict[int, None]] = {number: {} for number in meant.vectors}
        for candidate in wanted.candidates:
            rows.get(candidate.edition, {})[candidate.row] = None
        for scored in meant.passages:
            rows[scored.edition][scored.row] = None
        near = {
            (number, row): each
            for number, own in rows.items()
            for row, each in self._meaning.near(meant, number, list(own)).items()
        }
        return consider(wanted.candidates, meant.passages, near, wanted.weight), meant, near

    def pool(self, wanted: HybridQuery, reading: Reading, limit: int, chooser: Ranker) -> Pool:
        """The passages that are weighed, described."""
        considered, meant, near = self.considered(wanted, limit)
        close: dict[tuple[int, int], dict[int, float]] = {}
        for scored in meant.passages[: max(limit, MEANT)]:
            close.setdefault(scored.article, {})[scored.passage] = scored.score
        for article, each in near.items():
            both = zip(each.numbers, (each.first, each.second), strict=False)
            close[article] = {**dict(both), **close.get(article, {})}
        nearest = max((scored.score for scored in meant.passages), default=0.0) or 1.0
        looked: list[tuple[float, Scored, Piece]] = []
        for candidate in choose_articles(
            considered, chooser, depth(limit) * USUAL, max(MOST_READ, depth(limit)), LEAST_READ
        ):
            article = (candidate.edition, candidate.row)
            scores = {best.number: best.score for best in reading.several(article)[:OF_ARTICLE]}
            for number in dict.fromkeys([*scores, *close.get(article, ())]):
                title, text = reading.passage(article, number)
                score = scores[number] if number in scores else reading.within(article, number).score
                piece = Piece(
                    title=title,
                    text=text,
                    number=number,
                    words=candidate.score / wanted.weight if wanted.weight else 0.0,
                    share=score / wanted.weight if wanted.weight else 0.0,
                )
                promise = piece.share + close.get(article, {}).get(number, 0.0) / nearest
                looked.append((promise, Scored(edition=article[0], row=article[1], passage=number, score=0.0), piece))
        looked.sort(key=lambda each: (-each[0], each[1].article, each[1].passage))
        del looked[max(DESCRIBED, 2 * limit) :]
        passages = [scored for _, scored, _ in looked]
        described = describe_passages(wanted.text, [piece for _, _, piece in looked], self._vectors)
        self._other_cosines(passages, meant, described)
        return Pool(passages=tuple(passages), features=described, meant=meant)

    def _other_cosines(self, passages: Sequence[Scored], meant: Meant, described: NDArray[np.float32]) -> None:
        """Where an index is of another encoder, that one's cosines in the place of the static one's."""
        cosines = described[:, NAMES.index("cosine")]
        for number in meant.vectors:
            own = [at for at, scored in enumerate(passages) if scored.edition == number]
            if own and not self._meaning.quick(number):
                places = [(passages[at].row, passages[at].passage) for at in own]
                cosines[own] = self._meaning.from_codes(meant, number, places)
        if len(passages):
            described[:, NAMES.index("cosine_best")] = cosines - cosines.max()


def by_words(wanted: HybridQuery, reading: Reading, limit: int) -> list[Scored]:
    """Passages by words alone: what an article scores, and what the passage adds to it."""
    found: list[Scored] = []
    best = max((c.score for c in wanted.candidates), default=0.0)
    for candidate in wanted.candidates[: depth(limit)]:
        for each in reading.several((candidate.edition, candidate.row)):
            share = each.score / wanted.weight if wanted.weight else 0.0
            score = candidate.score + PASSAGE * best * share
            found.append(Scored(edition=candidate.edition, row=candidate.row, passage=each.number, score=score))
    return ordered(found)[:limit]


def weights_of(weighed: str = "ranker") -> RankerWeights:
    """The weights that ship with the program; raises as `ranker.load` does.

    Args:
        weighed: "ranker", or "fusion" for nothing but a sum of scores.
    """
    across = load("across") if weighed == "ranker" else None
    return RankerWeights(articles=load("articles", known=choosing.NAMES), passages=load(weighed), across=across)


def in_another(question: str, languages: Sequence[str]) -> NDArray[np.bool_]:
    """Which passages are in another language than the question: `bool [passages]`. A question that could be in one of
    theirs, as most names could, is taken to be.

    Args:
        languages: of the passages, tags; "" where it is not known.
    """
    known = [primary(tag) for tag in languages]
    expected = [tag for tag, _ in Counter(filter(None, known)).most_common()]
    asked = primary(guess(question, expected))
    sure = asked not in ("", UNKNOWN)
    return np.array([sure and tag not in ("", UNKNOWN, asked) for tag in known], np.bool_)


def depth(limit: int) -> int:
    """How many articles of the usual length are read for so many passages."""
    return max(READ, min(MOST_READ, 4 * limit // 5))


def _again(scored: Scored, score: float) -> Scored:
    """A passage with another score: a third of the time of `dataclasses.replace`, for hundreds of them a question."""
    return Scored(edition=scored.edition, row=scored.row, passage=scored.passage, score=score)


def ordered(found: Sequence[Scored]) -> list[Scored]:
    """Best first; of equals in the order of the editions."""
    return sorted(found, key=lambda s: (-s.score, s.edition, s.row, s.passage))
