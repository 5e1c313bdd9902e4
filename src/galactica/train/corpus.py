"""Editions as numbers: the words of every passage, ready to be made into pairs for training.

Articles that share text with what is held out (`held`) are left out, and their titles kept.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from galactica.edition import Edition
from galactica.model import Article
from galactica.model.projection import project
from galactica.progress import Report
from galactica.train.cutting import STOPS, CutTexts, cut_texts
from galactica.train.held_out import HeldOut, Numbers

OFTEN = 500
"""Articles between two reports."""


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
        held_ids: (root of the edition, id of the article) of the same.
    """

    names: list[str]
    words: NDArray[np.int32]
    kinds: NDArray[np.int8]
    borders: NDArray[np.int64]
    articles: NDArray[np.int32]
    titles: list[list[int]]
    held_out: tuple[str, ...]
    held_ids: frozenset[tuple[str, bytes]] = frozenset()

    def passage(self, number: int) -> NDArray[np.int32]:
        """The words of a passage, ends of sentences among them."""
        return self.words[self.borders[number] : self.borders[number + 1]]


class Numbering:
    """Words → numbers, in the order in which they first come; ends of sentences have the first."""

    def __init__(self) -> None:
        self._numbers = defaultdict(count(len(STOPS)).__next__, {stop: number for number, stop in enumerate(STOPS)})

    @property
    def names(self) -> list[str]:
        """Words by their numbers."""
        return list(self._numbers)

    def of(self, words: Sequence[str]) -> Numbers:
        """The numbers of words, new ones among them."""
        return np.fromiter(map(self._numbers.__getitem__, words), np.int32, len(words))


def read_corpus(editions: Sequence[Edition], held_out: Sequence[str], report: Report) -> Corpus:
    """The passages of editions, but for articles that share text with `held_out`."""
    numbering = Numbering()
    held = HeldOut(held_out, numbering.of)
    words, kinds, borders, articles = array("i"), array("b"), array("q", [0]), array("i")
    titles: list[list[int]] = []
    left_out: list[tuple[str, str, bytes]] = []
    total = sum(map(len, editions))
    for done, (root, article, found) in enumerate(_articles(editions)):
        if done % OFTEN == 0:
            report("corpus", done, total, "articles")
        numbers = numbering.of(found.words)
        if held.in_article(numbers):
            left_out.append((article.title, root, article.id))
            continue
        words.frombytes(_among_stops(found, numbers).tobytes())
        kinds.frombytes(found.kinds.tobytes())
        borders.extend((len(words) - sum(found.sizes) + np.cumsum(found.sizes)).tolist())
        articles.extend([len(titles)] * len(found.sizes))
        titles.append(_among_stops(title := cut_texts([article.title]), numbering.of(title.words)).tolist())
    report("corpus", total, total, "articles")
    return Corpus(
        names=numbering.names,
        words=np.frombuffer(words, np.int32),
        kinds=np.frombuffer(kinds, np.int8),
        borders=np.frombuffer(borders, np.int64),
        articles=np.frombuffer(articles, np.int32),
        titles=titles,
        held_out=tuple(title for title, _, _ in left_out),
        held_ids=frozenset((root, identity) for _, root, identity in left_out),
    )


def _articles(editions: Sequence[Edition]) -> Iterator[tuple[str, Article, CutTexts]]:
    """(root of the edition, article, its passages)."""
    for edition in editions:
        for row, article in edition.scan():
            text = project(article.body)
            yield edition.root, article, cut_texts([text[a:b] for a, b in zip(*edition.spans(row), strict=True)])


def _among_stops(found: CutTexts, numbers: Numbers) -> Numbers:
    """Numbers of all units, those of words given."""
    out = found.stops.astype(np.int32)
    out[out < 0] = numbers
    return out
