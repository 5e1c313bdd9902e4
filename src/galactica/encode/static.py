"""The project's own encoder: a table of word vectors, added up. No network of neurons is run, so two cores do tens of
thousands of passages a second.

The vector of a text: for every different word, its row of the table times the square root of how often it occurs
(times the word's weight in questions, if the text is one); the sum brought to length 1. How long a row is says how much
the word counts. A word that is not in the table has the fixed vector of its letters (`words.unlearned`), as long as
words of so many letters are on the average.

The file (`tensors`): `words`, UTF-8, one a line, no word twice; `levels uint8 [words, d/2]`, two 4-bit levels a byte,
the first in the high half; `values float16 [16]`, what a level stands for; `scales float16 [words]`, what a row is
multiplied by; `asked float16 [words]`, weights in questions; `lengths float16 [LENGTHS]`, of vectors of unlearned words
by their number of letters, 0 for longest; `shares float16 [3]`, see `words.unlearned`. Two halves of a byte and no more
per dimension, because a sum of a hundred rows forgives what rounding does to each (measured: docs/decisions).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.encode import tensors
from galactica.encode.contract import Vectors
from galactica.encode.words import unlearned, words
from galactica.errors import EditionError

LENGTHS = 24
"""Numbers of letters that unlearned words are told apart by; longer ones count as the longest."""

CHUNK = 64
"""Texts whose words are unpacked together: 3,500 rows of 2 kB, which stay in the processor's cache."""

_WORD_BITS = 32


class StaticEncoder:
    """An encoder that looks words up in a table; see the module. Thread-safe; open it with `StaticEncoder.open`."""

    name = "static"
    quick = True

    def __init__(self, arrays: dict[str, tensors.Array], about: dict[str, str], digest: str) -> None:
        known = bytes(arrays["words"]).decode("utf-8").split("\n")
        levels = arrays["levels"]
        if len(known) != len(levels) or any(len(arrays[n]) != len(known) for n in ("scales", "asked")):
            raise ValueError("its arrays do not fit each other")
        self.about = about
        self.digest = digest
        self.dimensions = 2 * int(levels.shape[1])
        self._rows = {word: row for row, word in enumerate(known)}
        self._levels = levels
        self._scales = arrays["scales"].astype(np.float32)
        self._asked = arrays["asked"].astype(np.float32)
        self._lengths = arrays["lengths"].astype(np.float32)
        self._shares = [float(share) for share in arrays["shares"]]
        values = arrays["values"].astype(np.float32)
        if len(values) != 16 or len(self._lengths) != LENGTHS or len(self._shares) != 3:
            raise ValueError("its arrays do not fit each other")
        both = np.arange(256)
        self._pairs = np.stack([values[both >> 4], values[both & 15]], axis=1)

    @classmethod
    def open(cls, path: Path) -> StaticEncoder:
        """Open a file; its table is mapped, not copied.

        Raises:
            EditionError: it is missing or not such a file.
        """
        arrays, about = tensors.read(path)
        try:
            return cls(arrays, about, hashlib.sha256(path.read_bytes()).hexdigest())
        except (ValueError, KeyError, IndexError, UnicodeDecodeError) as error:
            raise EditionError(
                f"{path} is not the file of a static encoder ({error}).", "Fetch it again, or train it anew."
            ) from error

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `contract.Encoder`."""
        return self._encode(texts, asked=False)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """See `contract.Encoder`."""
        return self._encode(texts, asked=True)

    def vectors(self, several: Sequence[str]) -> Vectors:
        """Vectors of words as they are added up, not brought to length 1: `float32 [words, dimensions]`."""
        rows = np.fromiter((self._rows.get(word, -1) for word in several), np.int64, len(several))
        out = self._unpacked(np.maximum(rows, 0))
        for at in np.flatnonzero(rows < 0).tolist():
            out[at] = self._unlearned(several[at])
        return out

    def weights(self, several: Sequence[str]) -> NDArray[np.float32]:
        """How much words count when a question has them, beside the length of their vectors: 1 is neutral."""
        rows = (self._rows.get(word, -1) for word in several)
        return np.array([self._asked[row] if row >= 0 else 1.0 for row in rows], np.float32)

    def learned(self, several: Sequence[str]) -> NDArray[np.bool_]:
        """Which words are in the table: `bool [words]`."""
        return np.array([word in self._rows for word in several], np.bool_)

    def _encode(self, texts: Sequence[str], *, asked: bool) -> Vectors:
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), CHUNK):
            chunk = [words(text) for text in texts[start : start + CHUNK]]
            self._add_up(chunk, out[start : start + CHUNK], asked=asked)
        lengths = np.linalg.norm(out, axis=1, keepdims=True)
        np.divide(out, lengths, out=out, where=lengths > 0)
        return out

    def _add_up(self, chunk: Sequence[Sequence[str]], out: Vectors, *, asked: bool) -> None:
        """Sums of word vectors into `out`, a row for each list of words."""
        numbers: dict[str, int] = {}
        # A word's number in the chunk, by the order in which it first comes: `setdefault` makes and finds it in one go.
        parts = [[numbers.setdefault(word, len(numbers)) for word in one] for one in chunk]
        if not numbers:
            return
        several = list(numbers)
        table = self.vectors(several)
        if asked:
            table *= self.weights(several)[:, None]
        owners = np.repeat(np.arange(len(parts), dtype=np.int64), [len(part) for part in parts])
        keys = (owners << _WORD_BITS) | np.fromiter((n for part in parts for n in part), np.int64, len(owners))
        keys.sort()
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        counts = np.sqrt(np.diff(first, append=len(keys))).astype(np.float32)
        keys = keys[first]
        owners, columns = keys >> _WORD_BITS, keys & ((1 << _WORD_BITS) - 1)
        borders = np.searchsorted(owners, np.arange(len(parts) + 1)).tolist()
        for i, (low, high) in enumerate(pairwise(borders)):
            if high > low:
                out[i] = counts[low:high] @ table[columns[low:high]]

    def _unpacked(self, rows: NDArray[np.int64]) -> Vectors:
        table: Vectors = self._pairs[self._levels[rows]].reshape(len(rows), self.dimensions)
        table *= self._scales[rows, None]
        return table

    def _unlearned(self, word: str) -> NDArray[np.float32]:
        vector = unlearned(word, self.dimensions, *self._shares)
        vector *= self._lengths[min(len(word), LENGTHS) - 1]
        return vector
