"""A question and a passage, made ready to be compared: what each word counts, and which words are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from galactica.ask.evidence import sentence_spans
from galactica.ask.pieces import PLAIN, Pieces, counting_pieces, cut_pieces, named_weight, vectors, weight
from galactica.ask.sought import Sought, question_language, sought
from galactica.languages import primary

LONGEST_QUESTION = 2_000
"""Characters of a question that are compared."""

ALIKE = 0.3
"""Cosine of two words from which they are taken to be alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question as stretches are compared with it.

    Attributes:
        sought: what it asks for.
        weights: key of a piece → what it counts; the common words and those that only ask are left out.
        total: their sum.
        focus: keys of the noun that it asks by.
        english: whether English endings say anything.
        directions: vectors of its content words, each of length 1: `float32 [words, dimensions]`; None without encoder.
        counts: what each of them counts.
        focus_direction: of the noun that it asks by; None where there is none.
    """

    sought: Sought
    weights: dict[str, float]
    total: float
    focus: frozenset[str]
    english: bool
    directions: NDArray[np.float32] | None
    counts: NDArray[np.float32]
    focus_direction: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What vectors of words say of the words of a passage.

    Attributes:
        rows: word → its row.
        weights: how much each says: `float32 [words]`.
        like: how much each is like the question's words, none counted below `ALIKE`: `float32 [words, question]`.
        focus: how much each is like the noun that is asked by: `float32 [words]`.
    """

    rows: dict[str, int]
    weights: NDArray[np.float32]
    like: NDArray[np.float32]
    focus: NDArray[np.float32]


class Readings:
    """A question as passages are compared with it, made ready once for each language that passages are in.

    Attributes:
        text: of the question, at most `LONGEST_QUESTION` characters.

    Args:
        text: any text.
        language: the language that it is in; "": what it is taken for beside passages of each language.
    """

    __slots__ = ("_language", "_ready", "text")

    def __init__(self, text: str, language: str = "") -> None:
        self.text = text[:LONGEST_QUESTION]
        self._language = language
        self._ready: dict[str, Wanted] = {}

    def beside(self, language: str) -> Wanted:
        """The question as it is compared with passages in a language; of two threads that ask first, both make it."""
        found = self._ready.get(language)
        if found is None:
            own = self._language or question_language(self.text, (language,))
            found = self._ready[language] = made_ready(self.text, sought(self.text, own), language or own)
        return found


def made_ready(question: str, sought: Sought, language: str) -> Wanted:
    """A question, made ready.

    Args:
        language: of the passages: its stems are what is compared.
    """
    pieces = cut_pieces(question, language)
    weights: dict[str, float] = {}
    quiet = cut_pieces(question, sought.language).common if sought.language != language else pieces.common
    if len(quiet) != len(pieces):
        quiet = pieces.common
    counts_here = [own and not other for own, other in zip(counting_pieces(pieces), quiet, strict=True)]
    first = next(iter(pieces.starts), 0)
    rows = zip(pieces.keys, counts_here, pieces.starts, pieces.ends, pieces.kinds, strict=True)
    for key, counts_one, start, end, kind in rows:
        if counts_one:
            word = question[start:end] if pieces.spaced else key
            weights[key] = named_weight(word, kind if start != first else PLAIN)
    focus = cut_pieces(sought.focus, language).keys if sought.focus else []
    content = [word for word, own in zip(pieces.words, counts_here, strict=True) if own]
    counts = np.array([max(0.05, weight(word)) for word in content], np.float32)
    noun = cut_pieces(sought.focus, sought.language).words if sought.focus else []
    return Wanted(
        sought=sought,
        weights=weights,
        total=sum(weights.values()) or 1.0,
        focus=frozenset(focus),
        english=primary(language) == "en",
        directions=_directions(content),
        counts=counts / max(float(counts.sum()), 1e-6),
        focus_direction=_directions(noun[-1:]),
    )


@lru_cache(maxsize=64)
def sentences_of(text: str, language: str) -> tuple[Pieces, ...]:
    """The sentences of a text that have any piece, in order."""
    several = (cut_pieces(text, language, *span) for span in sentence_spans(text))
    return tuple(each for each in several if len(each))


def known_words(question: Wanted, several: Sequence[Pieces]) -> Known | None:
    """What vectors say of all words of a passage; None where there is no encoder."""
    encoder = vectors()
    words = list(dict.fromkeys(word for pieces in several for word in pieces.words))
    if encoder is None or not words:
        return None
    table = encoder.vectors(words)
    lengths = np.linalg.norm(table, axis=1)
    table = table / np.maximum(lengths, 1e-6)[:, None]

    def like(directions: NDArray[np.float32] | None) -> NDArray[np.float32]:
        if directions is None:
            return np.zeros((len(words), 0), np.float32)
        return np.asarray(np.maximum(table @ directions.T - ALIKE, 0.0) / (1 - ALIKE), np.float32)

    focus = like(question.focus_direction)
    return Known(
        rows={word: row for row, word in enumerate(words)},
        weights=lengths.astype(np.float32),
        like=like(question.directions),
        focus=focus[:, 0] if focus.shape[1] else np.zeros(len(words), np.float32),
    )


def _directions(words: Sequence[str]) -> NDArray[np.float32] | None:
    encoder = vectors()
    if encoder is None or not words:
        return None
    table = encoder.vectors(list(words))
    return np.asarray(table / np.maximum(np.linalg.norm(table, axis=1), 1e-6)[:, None], np.float32)


def share(question: Wanted, keys: set[str]) -> float:
    """The share of a question's weight that stands among some pieces: 0 to 1."""
    return sum(value for key, value in question.weights.items() if key in keys) / question.total


def keys_of(several: Sequence[Pieces]) -> set[str]:
    """The keys of some pieces, each once."""
    return {key for pieces in several for key in pieces.keys}
