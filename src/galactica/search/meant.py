"""What a question means, to each edition's index of meaning: the passages nearest to it.

An index speaks the language of the encoder that made it. Where that encoder is not installed here, or is another one
of the same name, the index is left aside and a note says so; words still find.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.codes.products import along
from galactica.encode import Encoder
from galactica.errors import EditionError, GalacticaError
from galactica.hints import word
from galactica.model.said import said
from galactica.search.meaning import MeaningIndex, passage_text

AGAIN = 2.0
"""Seconds between two looks for an index that was not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A passage of an article and how good it is; higher is better, comparable within one answer only."""

    edition: int
    row: int
    passage: int
    score: float

    @property
    def article(self) -> tuple[int, int]:
        """(edition, row)."""
        return self.edition, self.row


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestPassages:
    """How near an article's nearest passages are.

    Attributes:
        first, second: as `Scored.score`, of the nearest and the next (the same where there is only one).
        passages: how many it has.
        numbers: of the two, the nearest first.
    """

    first: float
    second: float
    passages: int
    numbers: tuple[int, ...]


class MeaningRetriever:
    """Finds passages by their meaning; thread-safe.

    Args:
        indexes: of each edition; None where it has none.
        opener: opens an encoder by name (`encode.open_encoder`).
        again: opens the index of an edition that had none; asked at most once in `AGAIN` seconds, because one may
            be made at any time.
    """

    def __init__(
        self,
        indexes: Sequence[MeaningIndex | None],
        opener: Callable[[str], Encoder],
        again: Callable[[int], MeaningIndex | None] = lambda number: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._indexes = list(indexes)
        self._opener = opener
        self._again = again
        self._clock = clock
        self._asked = clock()
        self._lock = threading.Lock()
        self._encoders: dict[str, Encoder | None] = {}
        self._faults: dict[str, str] = {}

    @property
    def ready(self) -> bool:
        """Whether any edition can be searched by meaning, as far as its index is made."""
        return any(self._index(number) is not None for number in range(len(self._indexes)))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the person should know: which editions are searched by words alone, or by meaning only in part."""
        parts = [
            said(
                "meaning-so-far",
                "{edition}: {done} of {all} passages can be found by meaning so far.",
                edition=index.edition.path.name,
                done=index.done,
                all=index.total,
            )
            for index in self._indexes
            if index is not None and not index.complete and index.done < index.total
        ]
        return (*self._faults.values(), *parts)

    def find(
        self, text: str, limit: int, allowed: Callable[[int], NDArray[np.bool_] | None] = lambda number: None
    ) -> Meant:
        """The passages nearest to a question, over all editions.

        Args:
            text: of the question.
            limit: how many.
            allowed: number of an edition → `bool [articles]`, which may be found; None: all.
        """
        found: list[Scored] = []
        vectors: dict[int, NDArray[np.float32]] = {}
        for number in range(len(self._indexes)):
            ready = self._index(number)
            if ready is None:
                continue
            index, encoder = ready
            vector = vectors[number] = encoder.questions([text])[0]
            rows = allowed(number)
            try:
                numbers, scores = index.find(vector, limit, allowed=None if rows is None else index.spread(rows))
                places = index.places(numbers)
            except EditionError as error:
                self._faults[index.edition.root] = _alone(f"{error.problem} {error.remedy}")
                continue
            found += [
                Scored(edition=number, row=row, passage=passage, score=float(score))
                for (row, passage), score in zip(places, scores, strict=True)
            ]
        found.sort(key=lambda s: (-s.score, s.edition, s.row, s.passage))
        return Meant(passages=tuple(found[:limit]), vectors=vectors)

    def near(self, meant: Meant, number: int, rows: Sequence[int]) -> dict[int, NearestPassages]:
        """How near the nearest passages of articles are, as their codes say it: row → nearness; articles without a
        passage are left out."""
        ready = self._index(number)
        assert ready is not None, "asked of an edition that was not searched"
        index = ready[0]
        wanted = np.array(rows, np.int64)
        first, counts = index.ranges(wanted)
        wanted, first, counts = (each[counts > 0] for each in (wanted, first, counts))
        if not len(wanted):
            return {}
        begin = np.cumsum(counts) - counts
        numbers = np.repeat(first - begin, counts) + np.arange(counts.sum())
        scores = index.scores(meant.vectors[number], numbers)
        best = _highest(scores, begin, counts)
        others = scores.copy()
        others[best[counts > 1]] = -np.inf
        next_best = _highest(others, begin, counts)
        several = (wanted, counts, scores[best], scores[next_best], best - begin, next_best - begin)
        return {
            row: NearestPassages(
                first=nearest, second=second, passages=count, numbers=(one, two) if two != one else (one,)
            )
            for row, count, nearest, second, one, two in zip(*(each.tolist() for each in several), strict=True)
        }

    def quick(self, number: int) -> bool:
        """Whether an edition's passages can be scored again from their text."""
        ready = self._index(number)
        return ready is not None and ready[1].quick

    def from_text(self, meant: Meant, number: int, texts: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Cosines of a question and passages of an edition, (title, text) each: `float32 [texts]`."""
        ready = self._index(number)
        assert ready is not None, "asked of an edition that was not searched"
        vectors = ready[1].passages([passage_text(title, text) for title, text in texts])
        return along(vectors, meant.vectors[number])

    def from_codes(self, meant: Meant, number: int, places: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """The same as the codes of passages say it, (row, passage) each: `float32 [places]`."""
        ready = self._index(number)
        assert ready is not None, "asked of an edition that was not searched"
        index = ready[0]
        numbers = np.array([index.numbers(row)[passage] for row, passage in places], np.int64)
        return index.scores(meant.vectors[number], numbers)

    def _index(self, number: int) -> tuple[MeaningIndex, Encoder] | None:
        index = self._indexes[number] or self._made_since(number)
        if index is None:
            return None
        index.refresh()
        encoder = self._encoder(index)
        return (index, encoder) if index.done and encoder is not None else None

    def _made_since(self, number: int) -> MeaningIndex | None:
        with self._lock:
            if self._indexes[number] is None and self._clock() - self._asked >= AGAIN:
                self._asked = self._clock()
                for other, known in enumerate(self._indexes):
                    self._indexes[other] = known or self._again(other)
            return self._indexes[number]

    def _encoder(self, index: MeaningIndex) -> Encoder | None:
        facts = index.encoder
        if facts.digest not in self._encoders:
            note, encoder = "", None
            try:
                encoder = self._opener(facts.name)
            except GalacticaError as error:
                note = f"{error.problem} {error.remedy}"
            if encoder is not None and encoder.digest != facts.digest:
                encoder = None
                path = index.edition.path
                note = f"{path.name} was indexed with another encoder; `galactica index {word(path)}` makes it anew."
            self._encoders[facts.digest] = encoder
            if note:
                self._faults[facts.digest] = _alone(note)
        return self._encoders[facts.digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Passages by meaning, best first, and the question's vector for each edition that was asked."""

    passages: tuple[Scored, ...]
    vectors: dict[int, NDArray[np.float32]]


def _highest(scores: NDArray[np.float32], begin: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the highest score of each stretch stands, the first of equals."""
    highest = np.repeat(np.maximum.reduceat(scores, begin), counts)
    at = np.flatnonzero(scores == highest)
    return at[np.searchsorted(at, begin)]


def _alone(why: str) -> str:
    return said("words-alone", "Searched by words alone: {why}", why=why)
