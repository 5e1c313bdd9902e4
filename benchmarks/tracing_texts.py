"""Texts to trace: stretches of known articles planted among words that are nobody's, and texts from elsewhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from galactica.train.views.view import View

BYTES = 2_000
"""Bytes of a text that a model writes: some 400 tokens."""

ARTICLES = 400
"""Articles whose words are mixed."""

LONGEST_WORD = 20
"""Characters of a word that is mixed: an address on the web is beyond chance by itself."""


class Tokens(Protocol):
    """Cuts a text into tokens."""

    def cut(self, text: str) -> list[tuple[int, int]]:
        """Code points [start, end) of each token of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A text with a stretch of an article in it.

    Attributes:
        text: all of it.
        start, end: code points of the stretch.
        document: number of the article in the view.
        tokens: of the stretch.
    """

    text: str
    start: int
    end: int
    document: int
    tokens: int


class Words:
    """Words of many articles, to be mixed in an order that is nobody's."""

    def __init__(self, view: View, seed: int = 1) -> None:
        chosen = random.Random(seed)
        texts = view.read([chosen.randrange(len(view)) for _ in range(ARTICLES)])
        split = [[word for word in text.decode().split() if len(word) <= LONGEST_WORD] for text in texts]
        self._articles = [words for words in split if len(words) > 3]

    def mixed(self, seed: int, size: int = BYTES) -> str:
        """A text of so many characters: of each article one to three words in a row."""
        chosen = random.Random(seed)
        runs: list[str] = []
        for words in chosen.choices(self._articles, k=1 + size // 8):
            at = chosen.randrange(len(words))
            runs += words[at : at + chosen.choice((1, 1, 2, 3))]
        return " ".join(runs)[:size]


def planted_texts(view: View, words: Words, tokens: Tokens, lengths: Sequence[int], seed: int) -> list[Planted]:
    """A text for each length: so many tokens of one article, that begin and end at any token, among mixed words."""
    chosen = random.Random(seed)
    found: list[Planted] = []
    for number, length in enumerate(lengths):
        while True:
            document = chosen.randrange(len(view))
            whole = view.read([document])[0].decode()
            begin = chosen.randrange(max(1, len(whole) - 6 * length))
            piece = whole[begin : begin + 40 + 12 * length]
            cut = tokens.cut(piece)[2:]  # the first may be cut in the middle
            if len(cut) > length:
                break
        stretch = piece[cut[0][0] : cut[length - 1][1]]
        around = words.mixed(seed * 100_003 + number, BYTES - min(len(stretch), BYTES // 2))
        half = len(around) // 2
        found.append(
            Planted(
                text=f"{around[:half]} ¤{stretch}¤ {around[half:]}",
                start=half + 2,
                end=half + 2 + len(stretch),
                document=document,
                tokens=length,
            )
        )
    return found


def plain_texts(view: View, count: int, seed: int) -> list[str]:
    """Running text out of a view."""
    chosen = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        whole = view.read([chosen.randrange(len(view))])[0].decode()
        if len(whole) > 300:
            at = chosen.randrange(max(1, len(whole) - BYTES))
            found.append(whole[at : at + BYTES])
    return found


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Median, 99th of a hundred, and the most."""
    return {
        "p50": round(float(np.percentile(values, 50)), 2),
        "p99": round(float(np.percentile(values, 99)), 2),
        "most": round(max(values), 2),
    }
