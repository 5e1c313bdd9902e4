"""A corpus made of numbers, so that what a pair must hold can be told from the numbers alone."""

from __future__ import annotations

import numpy as np

from galactica.train.corpus import Corpus
from galactica.train.cutting import CAPITAL, NUMBER, PLAIN, STOPS

SENTENCES, WORDS = 4, 9
"""Of each passage, and of each sentence."""


def numbered(articles: int = 12, passages: int = 3, *, repeat: bool = False) -> Corpus:
    """Every word occurs once in the whole corpus; each sentence has a number, two capitals, plain words.

    Args:
        repeat: every sentence says its first word again at its end.
    """
    names, words, kinds, borders, owners, titles = list(STOPS), [], [], [0], [], []
    for article in range(articles):
        for passage in range(passages):
            for sentence in range(SENTENCES):
                first = len(names)
                names += [f"w{article}x{passage}x{sentence}x{n}" for n in range(WORDS)]
                words += [*range(first, first + WORDS), *([first] if repeat else []), 0]
                kinds += [NUMBER, CAPITAL, CAPITAL, *[PLAIN] * (WORDS - 3), *([NUMBER] if repeat else []), PLAIN]
            borders.append(len(words))
            owners.append(article)
        names.append(f"title{article}")
        titles.append([len(names) - 1])
    return Corpus(
        names=names,
        words=np.array(words, np.int32),
        kinds=np.array(kinds, np.int8),
        borders=np.array(borders, np.int64),
        articles=np.array(owners, np.int32),
        titles=titles,
        held_out=(),
    )


def all_rows(corpus: Corpus) -> np.ndarray:
    """A table in which every word has its own row."""
    table = np.arange(len(corpus.names), dtype=np.int64)
    table[: len(STOPS)] = -1
    return table
