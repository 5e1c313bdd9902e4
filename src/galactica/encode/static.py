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

Version 2 has one array more, `exact float16 [1]`. Its words are those of `subwords`, pieces of words among them:
a word that is not in the table is the sum of its pieces' rows and, `exact` times as long as an unlearned word is, the
pattern of its letters, so that a name is still told from another of the same pieces. Where `values` are 4, a level has
2 bits: `levels uint8 [words, d/4]`, the first in the highest.

Rows are added one by one, in the order in which their words first stand in the text, and never by a library of linear
algebra. So a vector is the same to its last bit, alone or among others, on any machine; it costs 5 % of the time.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.codes.letters import unaccented
from galactica.encode import tensors
from galactica.encode.contract import Vectors
from galactica.encode.subwords import Cutter
from galactica.encode.words import all_letter_signs, unlearned, words
from galactica.errors import EditionError

LENGTHS = 24
"""Numbers of letters that unlearned words are told apart by; longer ones count as the longest."""

CHUNK = 64
"""Texts whose words are looked up together."""

TOGETHER = 64
"""Rows of the table that are unpacked together: what is made of them on the way stays in the processor's caches."""

KEPT = 32_768
"""Words whose vectors are kept while many texts are encoded: 59 MB of 448 dimensions. Unpacking each anew takes half of
the time."""

MOST_DIMENSIONS = 8192
LARGEST = 1_000.0
"""Of any number in a file: a hundred times what training gives. Below it no sum of a text's rows overflows."""

_FORMS = {
    "words": (np.uint8, 1),
    "levels": (np.uint8, 2),
    "values": (np.float16, 1),
    "scales": (np.float16, 1),
    "asked": (np.float16, 1),
    "lengths": (np.float16, 1),
    "shares": (np.float16, 1),
}
_LEVELS = (4, 16)


class StaticEncoder:
    """An encoder that looks words up in a table; see the module. Thread-safe; open it with `StaticEncoder.open`."""

    quick = True

    def __init__(
        self, arrays: dict[str, tensors.Array], about: dict[str, str], digest: str, name: str = "static"
    ) -> None:
        _check_forms(arrays)
        text = bytes(arrays["words"]).decode("utf-8")
        known = text.split("\n") if text else []
        levels = arrays["levels"]
        if len(known) != len(levels) or any(len(arrays[n]) != len(known) for n in ("scales", "asked")):
            raise ValueError("its arrays do not fit each other")
        self.name = name
        self._local = threading.local()
        self.about = about
        self.digest = digest
        values = arrays["values"].astype(np.float32)
        bits = int(values.size).bit_length() - 1
        self.dimensions = 8 // bits * int(levels.shape[1])
        self._exact = float(arrays["exact"][0]) if "exact" in arrays else 1.0
        self._rows = {word: row for row, word in enumerate(known)}
        self._cutter = Cutter(self._rows) if "exact" in arrays else None
        if len(self._rows) != len(known):
            raise ValueError("it has a word twice")
        self._levels = levels
        self._scales = arrays["scales"].astype(np.float32)
        self._asked = arrays["asked"].astype(np.float32)
        self._lengths = arrays["lengths"].astype(np.float32)
        self._shares = [float(share) for share in arrays["shares"]]
        parts = [np.arange(256) >> low & (1 << bits) - 1 for low in range(8 - bits, -1, -bits)]
        # The numbers of a byte are looked up as one of 64 bits (128 where there are four): ten times as fast as rows.
        self._together = np.uint64 if bits == 4 else np.complex128
        self._bytes = np.stack([values[part] for part in parts], axis=1).view(self._together)[:, 0]

    @classmethod
    def open(cls, path: Path, name: str = "static") -> StaticEncoder:
        """Open a file; its table is mapped, not copied.

        Args:
            name: what the encoder is called.

        Raises:
            EditionError: it is missing or not such a file.
        """
        arrays, about = tensors.read_tensors(path)
        try:
            return cls(arrays, about, hashlib.sha256(path.read_bytes()).hexdigest(), name)
        except (ValueError, KeyError) as error:
            raise EditionError(
                f"{path} is not the file of a static encoder ({error}).", "Fetch it again, or train it anew."
            ) from error

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `contract.Encoder`."""
        return self._encode(texts, asked=False)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """See `contract.Encoder`."""
        return self._encode(texts, asked=True)

    def words(self, text: str) -> list[str]:
        """The words of a text, in order, as their vectors are added up."""
        return words(text) if self._cutter is None else self._cutter.units(text)

    def vectors(self, several: Sequence[str]) -> Vectors:
        """Vectors of words as they are added up, not brought to length 1: `float32 [words, dimensions]`."""
        rows = np.fromiter(map(self._rows.get, several, repeat(-1)), np.int64, len(several))
        out = self._unpacked(rows)
        unlearned = np.flatnonzero(rows < 0)
        if len(unlearned):
            out[unlearned] = self._unlearned([several[at] for at in unlearned.tolist()])
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
        kept = self._kept(len(texts))
        for start in range(0, len(texts), CHUNK):
            chunk = [Counter(self.words(text)) for text in texts[start : start + CHUNK]]
            self._add_up(chunk, kept, out[start : start + CHUNK], asked=asked)
        lengths = np.linalg.norm(out, axis=1, keepdims=True)
        np.divide(out, lengths, out=out, where=lengths > 0)
        return out

    def _kept(self, texts: int) -> _Kept:
        """Where vectors of words are kept: from call to call where many texts are encoded, each thread its own."""
        if texts < CHUNK:
            return _Kept(self.vectors, self.dimensions, 0)
        if not hasattr(self._local, "kept"):
            self._local.kept = _Kept(self.vectors, self.dimensions, KEPT)
        kept: _Kept = self._local.kept
        return kept

    def _add_up(self, chunk: Sequence[Counter[str]], kept: _Kept, out: Vectors, *, asked: bool) -> None:
        """Sums of word vectors into `out`, a row for each text; its words in the order in which they come in it, so
        that a sum does not depend on the texts beside it."""
        places = kept.places(chunk)
        room = np.empty((max(map(len, chunk), default=0), self.dimensions), np.float32)
        for i, one in enumerate(chunk):
            if one:
                at = np.fromiter(map(places.__getitem__, one), np.int64, len(one))
                counts = np.sqrt(np.fromiter(one.values(), np.float32, len(one)))
                if asked:
                    counts *= self.weights(list(one))
                np.matmul(counts, np.take(kept.rows, at, axis=0, out=room[: len(one)], mode="clip"), out=out[i])

    def _unpacked(self, rows: NDArray[np.int64]) -> Vectors:
        """Rows of the table as numbers; what is made of one that is none (-1) means nothing."""
        out = np.empty((len(rows), self.dimensions), np.float32)
        if not len(self._levels):
            return out
        levels = self._levels.take(rows, axis=0, mode="clip")
        scales = self._scales.take(rows, mode="clip")
        for low in range(0, len(rows), TOGETHER):
            some = out[low : low + TOGETHER]
            self._bytes.take(levels[low : low + TOGETHER], mode="clip", out=some.view(self._together))
            some *= scales[low : low + TOGETHER, None]
        return out

    def _unlearned(self, several: Sequence[str]) -> Vectors:
        if self._cutter is not None:
            return self._of_pieces(several, self._cutter)
        vectors = unlearned(several, self.dimensions, *self._shares)
        vectors *= self._lengths[[min(len(word), LENGTHS) - 1 for word in several], None]
        return vectors

    def _of_pieces(self, several: Sequence[str], cutter: Cutter) -> Vectors:
        """Vectors of words that are no entries; of one that has no piece which is one either, the pattern of its
        letters."""
        cut = [[row for piece in cutter.pieces(w) if (row := self._rows.get(piece)) is not None] for w in several]
        shares = np.array([self._exact if rows else 1.0 for rows in cut], np.float32)
        shares *= self._lengths[[min(len(word), LENGTHS) - 1 for word in several]]
        vectors = all_letter_signs(list(map(unaccented, several)), self.dimensions)
        vectors *= shares[:, None]
        # One piece of each word after the other, so that a sum does not depend on the words beside it.
        for place in range(max(map(len, cut), default=0)):
            having = [number for number, rows in enumerate(cut) if len(rows) > place]
            vectors[having] += self._unpacked(np.array([cut[number][place] for number in having], np.int64))
        return vectors


class _Kept:
    """Vectors of words that were met before: most words of a text are those of the texts before it.

    Args:
        make: vectors of words.
        most: words that are kept from chunk to chunk.
    """

    def __init__(self, make: Callable[[Sequence[str]], Vectors], dimensions: int, most: int) -> None:
        self._make = make
        self._most = most
        self._places: dict[str, int] = {}
        self.rows: Vectors = np.empty((most, dimensions), np.float32)

    def places(self, chunk: Sequence[Counter[str]]) -> dict[str, int]:
        """Word → its row in `rows`, for all words of some texts."""
        new = self._new(chunk)
        if len(self._places) + len(new) > len(self.rows):
            self._places.clear()
            new = self._new(chunk)
            if len(new) > len(self.rows):
                self.rows = np.empty((len(new), self.rows.shape[1]), np.float32)
        if new:
            first = len(self._places)
            self.rows[first : first + len(new)] = self._make(new)
            self._places.update(zip(new, range(first, first + len(new)), strict=True))
        return self._places

    def _new(self, chunk: Sequence[Counter[str]]) -> list[str]:
        known = self._places
        return list(dict.fromkeys(word for one in chunk for word in one if word not in known))


def _check_forms(arrays: dict[str, tensors.Array]) -> None:
    """Raise ValueError or KeyError where an array is not of the form that the module describes."""
    for name, (kind, axes) in (_FORMS | ({"exact": (np.float16, 1)} if "exact" in arrays else {})).items():
        array = arrays[name]
        if array.dtype != kind or array.ndim != axes:
            raise ValueError(f"{name} has another form")
        # A comparison that NaN fails too.
        if kind == np.float16 and not bool((np.abs(array) <= LARGEST).all()):
            raise ValueError(f"{name} has impossible numbers")
    if len(arrays["values"]) not in _LEVELS or len(arrays.get("exact", "1")) != 1:
        raise ValueError("its arrays do not fit each other")
    dimensions = (2 if len(arrays["values"]) == _LEVELS[1] else 4) * arrays["levels"].shape[1]
    if dimensions % 64 or not 0 < dimensions <= MOST_DIMENSIONS:
        raise ValueError(f"{dimensions} dimensions are impossible")
    if (len(arrays["lengths"]), len(arrays["shares"])) != (LENGTHS, 3):
        raise ValueError("its arrays do not fit each other")
