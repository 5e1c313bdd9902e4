"""Editions as numbers: the words of every passage, ready to be made into pairs for training.

What is measured must not be trained on. Titles do not tell which articles those are (an article "Plague (disease)" may
hold whole paragraphs of "Black Death"), so texts do: an article that shares `SHARED` runs of `RUN` words with any text
that is held out is left out.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.codes.han import narrowed, spread, unspaced
from galactica.codes.letters import folded
from galactica.edition import Edition
from galactica.encode.words import LONGEST_WORD, WORD
from galactica.model.projection import project
from galactica.progress import Report

RUN = 8
"""Words of a run that texts share by copying, not by chance."""

SHARED = 20
"""Runs from which an article counts as holding a text that is held out."""

STOPS = (".", "!", "?", "。", "！", "？")
"""Ends of sentences, numbered like words, 0 to 5; never part of a vector."""

PLAIN, CAPITAL, NUMBER = 0, 1, 2
"""Kinds of words, by how they were written."""

_UNIT = re.compile(WORD.pattern + r"|[.!?。！？](?=\s|$|[^\x00-\x7f])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The passages of editions.

    Attributes:
        names: of the words, by number; the first six are `STOPS`.
        words: `int32 [tokens]`, the words of all passages in order.
        kinds: `int8 [tokens]`, `PLAIN`, `CAPITAL` or `NUMBER`.
        borders: `int64 [passages + 1]`, where each passage begins among the words.
        articles: `int32 [passages]`, which article each passage is of.
        titles: the words of each article's title.
        held_out: titles of the articles that were left out.
    """

    names: list[str]
    words: NDArray[np.int32]
    kinds: NDArray[np.int8]
    borders: NDArray[np.int64]
    articles: NDArray[np.int32]
    titles: list[list[int]]
    held_out: tuple[str, ...]

    def passage(self, number: int) -> NDArray[np.int32]:
        """The words of a passage, ends of sentences among them."""
        return self.words[self.borders[number] : self.borders[number + 1]]


class Numbering:
    """Words → numbers, in the order in which they first come."""

    def __init__(self) -> None:
        self.numbers = {stop: number for number, stop in enumerate(STOPS)}

    def of(self, units: Iterable[str]) -> list[int]:
        """The numbers of words, new ones among them."""
        known = self.numbers
        return [known.setdefault(unit, len(known)) for unit in units]


def units(text: str) -> list[tuple[str, int]]:
    """(word or end of sentence, kind) of a text, in order; words as `encode.words` cuts them."""
    lower = folded(text)
    if unspaced(text):
        found = _UNIT.findall(spread(narrowed(lower)))
        return [(unit[:LONGEST_WORD], NUMBER if unit[0].isdigit() else PLAIN) for unit in found]
    out = []
    for match in _UNIT.finditer(lower):
        first = text[match.start()]
        kind = CAPITAL if first.isupper() else NUMBER if first.isdigit() else PLAIN
        out.append((match[0][:LONGEST_WORD], kind))
    return out


def read(editions: Sequence[Edition], held_out: Sequence[str], report: Report) -> Corpus:
    """The passages of editions, but for articles that share text with `held_out`."""
    numbering = Numbering()
    forbidden = _runs_of(held_out, numbering)
    words, kinds, borders, articles = array("i"), array("b"), array("q", [0]), array("i")
    titles: list[list[int]] = []
    left_out: list[str] = []
    total, done = sum(map(len, editions)), 0
    for title, passages in _articles(editions):
        done += 1
        numbers = [numbering.of(unit for unit, _ in passage) for passage in passages]
        if len(forbidden) and _shares(numbers, forbidden):
            left_out.append(title)
            continue
        for passage, own in zip(passages, numbers, strict=True):
            words.extend(own)
            kinds.extend(kind for _, kind in passage)
            borders.append(len(words))
            articles.append(len(titles))
        titles.append(numbering.of(unit for unit, _ in units(title)))
        if done % 500 == 0:
            report("corpus", done, total, "articles")
    report("corpus", total, total, "articles")
    return Corpus(
        names=list(numbering.numbers),
        words=np.frombuffer(words, np.int32),
        kinds=np.frombuffer(kinds, np.int8),
        borders=np.frombuffer(borders, np.int64),
        articles=np.frombuffer(articles, np.int32),
        titles=titles,
        held_out=tuple(left_out),
    )


def _articles(editions: Sequence[Edition]) -> Iterator[tuple[str, list[list[tuple[str, int]]]]]:
    for edition in editions:
        for row, article in edition.scan():
            text = project(article.body)
            yield article.title, [units(text[start:end]) for start, end in zip(*edition.spans(row), strict=True)]


def _runs_of(texts: Sequence[str], numbering: Numbering) -> NDArray[np.uint64]:
    runs = [_runs(numbering.of(unit for unit, _ in units(text))) for text in texts]
    return np.unique(np.concatenate(runs)) if runs else np.zeros(0, np.uint64)


def _runs(numbers: Sequence[int]) -> NDArray[np.uint64]:
    """A hash of each run of `RUN` words, ends of sentences left out: `uint64 [words − RUN + 1]`."""
    plain = np.array([n for n in numbers if n >= len(STOPS)], np.uint64)
    if len(plain) < RUN:
        return np.zeros(0, np.uint64)
    hashed = np.zeros(len(plain) - RUN + 1, np.uint64)
    for i in range(RUN):
        hashed = hashed * np.uint64(1_000_003) + plain[i : len(plain) - RUN + 1 + i] + np.uint64(7)
    return hashed


def _shares(passages: Sequence[Sequence[int]], forbidden: NDArray[np.uint64]) -> bool:
    runs = _runs([n for passage in passages for n in passage])
    places = np.minimum(np.searchsorted(forbidden, runs), len(forbidden) - 1)
    return int((forbidden[places] == runs).sum()) >= SHARED
