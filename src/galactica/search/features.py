"""What speaks for a passage as the answer to a question: a row of numbers for each passage, all made in one go.

Some come from the words that both have (`words` … `pairs`), some from vectors of words (`cosine` … `title_cosine`):
a question's word that is missing counts as far as a word of the passage is like it. None depends on the other passages
of the answer but the ones that say so, none on the language but `number`, `year` and `person`, which are 0 where a
question word is not known. What each counts for is learned (`ranker`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from galactica.codes.han import unspaced
from galactica.codes.products import along, product, summed
from galactica.languages import by_language, facts

NAMES = (
    "words",  # score of the article by BM25, for each unit of weight of the question's words
    "words_best",  # the same, as a share of the best article's
    "share",  # how much of the question's words' weight stands in the passage, near each other (`passages.Finder`)
    "share_best",  # how far that is behind the best passage's
    "cosine",  # of the vectors of question and passage
    "cosine_best",  # how far that is behind the best passage's
    "likeness",  # mean over the question's words of the likest word in the passage, by weight
    "likeness_best",  # how far that is behind the best passage's
    "window_likeness",  # as `likeness`, of the best stretch of `WINDOW` words
    "window_likeness_best",  # how far that is behind the best passage's
    "heaviest",  # the least of the likenesses of the question's `HEAVIEST` heaviest words
    "title_likeness",  # as `likeness`, in the title
    "title_cosine",
    "pairs",  # share of the question's pairs of neighbouring words that are neighbours in the passage
    "position",  # 1 for the first passage of the article, ½ for the second …
    "length",  # logarithm of the number of words, less 4
    "asked",  # logarithm of the number of words of the question
    "known",  # share of the question's weight in words that the encoder learned
    "unspaced",  # 1 where the question is written without spaces between its words
    "number",  # asked for a number: 1 where there is one that the question does not have, −1 where there is none
    "year",  # the same, for a time and numbers of four digits
    "person",  # the same, for a person and capitalised words
)

WINDOW, STRIDE = 24, 12
"""Words of a stretch, and from one to the next."""

HEAVIEST = 3
"""Words of a question that a passage can hardly do without."""

MOST_WORDS = 400
"""Words of a passage, and of a question, that are looked at."""

_DIGITS = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[^.!?\n] )[^\W\d_a-z]\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A passage to be described.

    Attributes:
        title, text: of its article, of itself.
        number: of the passage in its article.
        words: score of its article by words; 0 where words did not find it.
        share: as `passages.Finder` scores it, for each unit of weight.
        cosine: of question and passage by another encoder; None: by the static one.
    """

    title: str
    text: str
    number: int
    words: float
    share: float
    cosine: float | None = None


@cache
def _asks() -> dict[str, re.Pattern[str]]:
    """What is asked for → the beginnings of words, or letters among Han characters, that ask for it (`languages`). The
    ranker has learned with these: another language there wants it learned anew."""
    number, time, person = map(_asked_for, ("for_number", "for_time", "for_person"))
    return {
        "number": re.compile(rf"(?<!\w)(?:{number[0]}|{time[0]})|{number[1]}|{time[1]}"),
        "year": re.compile(rf"(?<!\w)(?:{time[0]})|{time[1]}"),
        "person": re.compile(rf"(?<!\w)(?:{person[0]})(?!\w)|{person[1]}"),
    }


def _asked_for(name: str) -> tuple[str, str]:
    """Alternatives of a pattern: of languages whose words are separated, and of those in Han characters."""
    entries = {language: entry[name] for language, entry in by_language("asking").items() if name in entry}
    sides: tuple[list[str], list[str]] = ([], [])
    for language, entry in entries.items():
        sides[facts(language)["script"] == "Hani"].extend(entry.split(" | "))
    return "|".join(sides[0]), "|".join(sides[1])


class WordVectors(Protocol):
    """What is needed of an encoder, for instance `encode.static.StaticEncoder`."""

    def words(self, text: str) -> list[str]:
        """The words of a text as it cuts them, in order."""
        ...

    def vectors(self, several: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of words as they are added up: `float32 [words, dimensions]`."""
        ...

    def weights(self, several: Sequence[str]) -> NDArray[np.float32]:
        """What words count in questions: `float32 [words]`."""
        ...

    def learned(self, several: Sequence[str]) -> NDArray[np.bool_]:
        """Which words the encoder learned: `bool [words]`."""
        ...


def describe_passages(question: str, pieces: Sequence[Piece], vectors: WordVectors) -> NDArray[np.float32]:
    """The features of passages: `float32 [pieces, len(NAMES)]`, in the order of `NAMES`.

    Args:
        question: as text, without filters.
    """
    out = np.zeros((len(pieces), len(NAMES)), np.float32)
    if not pieces:
        return out
    asked = _Asked.of(question, vectors)
    of_title = {title: vectors.words(title)[:MOST_WORDS] for title in dict.fromkeys(p.title for p in pieces)}
    named = [of_title[p.title] for p in pieces]
    texts = [[*title, *vectors.words(p.text)][:MOST_WORDS] for title, p in zip(named, pieces, strict=True)]
    table, titles = _tables(texts, named, asked, vectors)
    column = {name: out[:, at] for at, name in enumerate(NAMES)}
    column["words"][:] = [p.words for p in pieces]
    column["share"][:] = [p.share for p in pieces]
    given = [p.cosine for p in pieces]
    column["cosine"][:] = table.cosines(asked) if None in given else np.array(given, np.float32)
    column["share_best"][:] = column["share"] - column["share"].max()
    column["words_best"][:] = column["words"] / max(float(column["words"].max()), 1e-6)
    column["cosine_best"][:] = column["cosine"] - column["cosine"].max()
    table.likenesses(asked, column["likeness"], column["window_likeness"], column["heaviest"])
    titles.likenesses(asked, column["title_likeness"])
    for name in ("likeness", "window_likeness"):
        column[f"{name}_best"][:] = column[name] - column[name].max()
    column["title_cosine"][:] = titles.cosines(asked)
    column["pairs"][:] = [_pairs(asked.words, own) for own in table.texts]
    column["position"][:] = [1 / (1 + p.number) for p in pieces]
    column["length"][:] = [math.log(1 + len(own)) - 4 for own in table.texts]
    column["asked"][:] = math.log(1 + len(asked.words))
    column["known"][:] = asked.known
    column["unspaced"][:] = unspaced(question)
    for name, expression in _asks().items():
        if expression.search(question.casefold()) or expression.search(" ".join(asked.words)):
            column[name][:] = [_has(name, question, p.text) for p in pieces]
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The words of a question: each once with its weight, and their sum as a vector of length 1 (or 0)."""

    words: list[str]
    unit: NDArray[np.float32]
    weights: NDArray[np.float32]
    vector: NDArray[np.float32]
    known: float

    @classmethod
    def of(cls, question: str, vectors: WordVectors) -> _Asked:
        several = list(dict.fromkeys(vectors.words(question)[:MOST_WORDS]))
        rows = vectors.vectors(several) * vectors.weights(several)[:, None]
        lengths = np.linalg.norm(rows, axis=1)
        total = max(float(lengths.sum()), 1e-6)
        vector = rows.sum(axis=0)
        return cls(
            words=several,
            unit=rows / np.maximum(lengths, 1e-6)[:, None],
            weights=lengths / total,
            vector=vector / max(float(np.linalg.norm(vector)), 1e-6),
            known=float(lengths[vectors.learned(several)].sum() / total),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Texts as words.

    Attributes:
        at: `int64 [all words]`, rows of their words, text after text.
        starts: `int64 [texts + 1]`, where in `at` each text begins.
        rows: `float32 [different words, dimensions]`.
        like: `float32 [different words, words of the question]`, cosines.
    """

    texts: list[list[str]]
    at: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.float32]
    like: NDArray[np.float32]

    def likenesses(
        self,
        asked: _Asked,
        whole: NDArray[np.float32],
        window: NDArray[np.float32] | None = None,
        heaviest: NDArray[np.float32] | None = None,
    ) -> None:
        """How like the likest word of each text the question's words are, on the average by weight.

        Args:
            whole: is filled in, for each text.
            window: the same for the best stretch of `WINDOW` words.
            heaviest: the same for the worst of the heaviest words.
        """
        if not asked.words:
            return
        heavy = np.argsort(-asked.weights, kind="stable")[:HEAVIEST]
        for i, own in enumerate(self._each()):
            if not len(own):
                continue
            steps = np.maximum.reduceat(self.like[own], np.arange(0, len(own), STRIDE), axis=0)
            best = steps.max(axis=0)
            whole[i] = best @ asked.weights
            if window is not None:
                both = np.maximum(steps[:-1], steps[1:]) if len(steps) > 1 else steps
                window[i] = float((both @ asked.weights).max())
            if heaviest is not None:
                heaviest[i] = best[heavy].min()

    def cosines(self, asked: _Asked) -> NDArray[np.float32]:
        """As the encoder has them: words counted by the square roots of how often they occur."""
        owners = np.repeat(np.arange(len(self.texts)), np.diff(self.starts))
        places, counts = np.unique(owners * len(self.rows) + self.at, return_counts=True)
        borders = np.searchsorted(places, np.arange(len(self.texts) + 1) * len(self.rows)).tolist()
        at, weights = places % max(1, len(self.rows)), np.sqrt(counts, dtype=np.float32)
        sums = np.empty((len(self.texts), self.rows.shape[1]), np.float32)
        for i, (low, high) in enumerate(pairwise(borders)):
            sums[i] = summed(weights[low:high], self.rows.take(at[low:high], axis=0))
        found: NDArray[np.float32] = along(sums, asked.vector) / np.maximum(np.linalg.norm(sums, axis=1), 1e-6)
        return found

    def _each(self) -> list[NDArray[np.int64]]:
        return [self.at[low:high] for low, high in pairwise(self.starts.tolist())]


def _tables(
    texts: list[list[str]], titles: list[list[str]], asked: _Asked, vectors: WordVectors
) -> tuple[_Table, _Table]:
    """Texts and titles over the same rows: vectors of words are what costs most."""
    numbers: dict[str, int] = {}
    both = [
        [[numbers.setdefault(word, len(numbers)) for word in own] for own in several] for several in (texts, titles)
    ]
    rows = vectors.vectors(list(numbers))
    lengths = np.sqrt(np.add.reduce(rows * rows, axis=1))
    like = product(rows, np.ascontiguousarray(asked.unit.T)) / np.maximum(lengths, 1e-6)[:, None]
    made = [
        _Table(
            texts=several,
            at=np.array([number for own in at for number in own], np.int64),
            starts=np.concatenate([[0], np.cumsum([len(own) for own in several])]),
            rows=rows,
            like=like,
        )
        for several, at in zip((texts, titles), both, strict=True)
    ]
    return made[0], made[1]


def _pairs(asked: Sequence[str], own: Sequence[str]) -> float:
    wanted = set(pairwise(asked))
    return len(wanted.intersection(pairwise(own))) / len(wanted) if wanted else 0.0


def _has(name: str, question: str, text: str) -> float:
    """1 where a passage has something of the kind asked for that the question does not have, else −1."""
    if name == "person":
        lower = question.casefold()
        return 1.0 if any(match[0].casefold() not in lower for match in _NAME.finditer(text)) else -1.0
    asked = set(_DIGITS.findall(question))
    found = {digits for digits in _DIGITS.findall(text) if name == "number" or len(digits) == 4}
    return 1.0 if found - asked else -1.0
