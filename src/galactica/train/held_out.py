"""What is measured must not be trained on: which texts are those that are held out, wherever they stand?

Titles do not tell (an article "Plague (disease)" may hold whole paragraphs of "Black Death"), so texts do: an article
that shares `SHARED` runs of `RUN` words with any text that is held out is left out, and a single passage that shares as
many, or all that it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from galactica.train.cutting import cut_texts

RUN = 8
"""Words of a run that texts share by copying, not by chance."""

SHARED = 20
"""Runs from which an article counts as holding a text that is held out."""

EVERY = 4
"""Of the pieces that words of Thai, Lao, Khmer and Burmese are cut into, which overlap, one of so many is compared: the
same ones in whatever text, by a hash. Eight of them in a row are ten letters, which half of all passages share with
some text by chance: of 3,004 Thai questions 2,862 were left out for it, 58 where one of four counts (2026-11-29)."""

_OVERLAPPING = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]")

_SIFT = 22
"""Bits of a run's hash that most of the runs which are not held out are told by, in a table of 4 MB."""

Numbers = NDArray[np.int32]
"""Words of a text as numbers, ends of sentences left out: `int32 [words]`."""


class HeldOut:
    """The runs of words of texts that are held out.

    Args:
        texts: that are held out.
        number: words → their numbers, the same as for what is compared with them.
    """

    def __init__(self, texts: Sequence[str], number: Callable[[Sequence[str]], Numbers]) -> None:
        runs = [_runs(number(cut_texts([text]).words)) for text in texts]
        self._runs = np.unique(np.concatenate([np.zeros(0, np.uint64), *runs]))
        self._sieve = np.zeros(1 << _SIFT, np.bool_)
        self._sieve[_sifted(self._runs)] = True

    def shared(self, numbers: Numbers) -> tuple[int, int]:
        """(how many runs of a text are held out, how many runs it has)."""
        runs = _runs(numbers)
        if not len(self._runs):
            return 0, len(runs)
        suspected = runs[self._sieve[_sifted(runs)]]
        places = np.minimum(np.searchsorted(self._runs, suspected), len(self._runs) - 1)
        return int((self._runs[places] == suspected).sum()), len(runs)

    def in_article(self, numbers: Numbers) -> bool:
        """Whether an article with these words is to be left out."""
        return self.shared(numbers)[0] >= SHARED

    def in_passage(self, numbers: Numbers) -> bool:
        """Whether a passage that stands alone is to be left out."""
        shared, runs = self.shared(numbers)
        return shared > 0 and shared >= min(SHARED, runs)


def free_of(passages: Iterable[str], held_out: Sequence[str]) -> list[bool]:
    """Of each passage, whether it has nothing of what is held out."""
    known: dict[str, int] = {}

    def number(words: Sequence[str]) -> Numbers:
        return np.array([known.setdefault(word, len(known)) for word in compared_words(words)], np.int32)

    held, exact = HeldOut(held_out, number), set(held_out)
    return [passage not in exact and not held.in_passage(number(cut_texts([passage]).words)) for passage in passages]


def compared_words(words: Sequence[str]) -> list[str]:
    """The words of a text that are compared: all but most of the pieces that overlap (`EVERY`)."""
    return [word for word in words if not _OVERLAPPING.match(word) or crc32(word.encode()) % EVERY == 0]


def _runs(numbers: Numbers) -> NDArray[np.uint64]:
    """A hash of each run of `RUN` words: `uint64 [words − RUN + 1]`."""
    if len(numbers) < RUN:
        return np.zeros(0, np.uint64)
    count = len(numbers) - RUN + 1
    plus = numbers.astype(np.uint64)
    plus += np.uint64(7)
    hashed = plus[:count].copy()
    for i in range(1, RUN):
        hashed *= np.uint64(1_000_003)
        hashed += plus[i : i + count]
    return hashed


def _sifted(runs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return runs >> np.uint64(64 - _SIFT)
