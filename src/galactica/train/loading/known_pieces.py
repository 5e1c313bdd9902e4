"""The tokens of texts by a table of the pieces that were met before; those that are new are merged, and then known.

Texts are bytes, and lie side by side in one array: nothing is done for each text, word or token by itself. A megabyte
of English takes 12 ms of processor so, and 30 with the learning of what is new in it; `tokenizers` takes 260. Chinese
takes 34 and 50, and `tokenizers` 174.
Source: one core, 30 MB of English and 6 MB of Chinese Wikipedia, a vocabulary of 16,384, 2026-11-29.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.train.loading.borders import END, PADDING, Joints, unit_starts
from galactica.train.loading.merging import MOST_BYTES, Merges
from galactica.train.loading.number_table import NumberTable

MOST_PIECES = 400_000
"""Pieces that are kept at the most, some 40 MB; when there are more, it begins again with none."""

KEPT_BYTES = 23
"""Of a piece that is kept: with its length it is a key of three numbers. Longer ones are merged each time."""

TOGETHER = 2**18
"""Bytes of text that are cut at once: what that needs, some thirty times as much, lies near a processor."""

_SURE = re.compile(rb"[!-~][ \n]|[\xe4-\xe9][\x80-\xbf]{2}[ \n]|\xe3\x80\x82[ \n]")
"""Seen signs of ASCII, Han, or an ideographic full stop, before a space or the end of a line."""

_COUNT_BITS = 5
_MASKS = np.zeros((KEPT_BYTES + 2, 24), np.uint8)
for _length in range(KEPT_BYTES + 1):
    _MASKS[_length, :_length] = 0xFF
_KEPT: npt.NDArray[np.uint64] = _MASKS.view(np.uint64)
_LENGTH_PLACE = np.uint64(56)


class KnownPieces:
    """Tokens of texts.

    Args:
        merges: what the vocabulary learned.
        joints: where its tokens may lie across signs of Han.
        end: the token behind each text.
        kind: of a token.
        most: pieces that are kept at once.
    """

    def __init__(
        self,
        merges: Merges,
        joints: Joints,
        end: int,
        kind: np.dtype[Any],
        most: int = MOST_PIECES,
    ) -> None:
        self._merges, self._joints, self._end, self._kind = merges, joints, end, kind
        self._most = most
        self._begin()

    def encode(self, texts: Sequence[bytes]) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
        """The tokens of texts.

        Args:
            texts: in valid UTF-8.

        Returns:
            (`kind [tokens]` of all, text after text, the end behind each; `int64 [texts]`, how many each has).
        """
        parts, counts = [], []
        for several in _together(texts):
            if len(several[0]) <= TOGETHER:
                tokens, own = self._encoded(several)
            else:
                tokens = np.concatenate([self._encoded([part])[0][:-1] for part in _parted(several[0])])
                tokens = np.append(tokens, np.array(self._end, self._kind))
                own = np.array([len(tokens)], np.int64)
            parts.append(tokens)
            counts.append(own)
        if not parts:
            return np.zeros(0, self._kind), np.zeros(0, np.int64)
        return np.concatenate(parts), np.concatenate(counts)

    def _begin(self) -> None:
        """Know nothing but the end of a text."""
        self._table = NumberTable(3)
        self._tokens = np.zeros(1024, self._kind)
        self._tokens[0] = self._end
        self._held = 1
        key = np.zeros((1, 24), np.uint8)
        key[0, 0], key[0, -1] = END, 1
        self._table.add(key.view(np.uint64), np.array([1]))

    def _encoded(self, texts: Sequence[bytes]) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
        if len(self._table) > self._most:
            self._begin()
        mark = bytes((END,))
        raw = mark + mark.join(texts) + mark
        data = np.zeros(len(raw) + MOST_BYTES + PADDING, np.uint8)
        data[: len(raw)] = np.frombuffer(raw, np.uint8)
        starts = unit_starts(data[: len(raw) + PADDING], len(raw), self._joints)[1:]
        lengths = np.diff(starts, append=len(raw))
        numbers = self._looked_up(data, starts, lengths)
        counts = numbers & ((1 << _COUNT_BITS) - 1)
        firsts = numbers >> _COUNT_BITS
        wide = np.flatnonzero(lengths > KEPT_BYTES)
        if len(wide):
            tokens, own = self._merges.encode(data, starts[wide], lengths[wide])
            counts[wide], firsts[wide] = own, self._keep(tokens) + np.cumsum(own) - own
        ends = np.cumsum(counts)
        places = np.arange(int(ends[-1])) + np.repeat(firsts - (ends - counts), counts)
        found = self._tokens.take(places)
        if len(wide):
            self._held -= len(tokens)
        behind = ends[data.take(starts) == END]
        return found, np.diff(behind, prepend=0)

    def _looked_up(
        self, data: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Of each piece where its tokens begin times 32, and how many it has; 0 of one that is too long to be kept."""
        # 24 bytes from every place on, as one value each: copied twice as fast as rows of three numbers
        every = np.ndarray((len(data) - 24,), "V24", data, 0, (1,))
        keys = every[starts].view(np.uint64).reshape(-1, 3)
        short = np.minimum(lengths, KEPT_BYTES + 1)
        keys &= _KEPT.take(short, axis=0)
        keys[:, 2] |= lengths.astype(np.uint64) << _LENGTH_PLACE
        found = self._table.find(keys)
        new = np.flatnonzero((found < 0) & (lengths <= KEPT_BYTES))
        if len(new):
            found[new] = self._learned(data, starts[new], lengths[new], keys[new])
        found[lengths > KEPT_BYTES] = 0
        return found

    def _learned(
        self,
        data: npt.NDArray[np.uint8],
        starts: npt.NDArray[np.int64],
        lengths: npt.NDArray[np.int64],
        keys: npt.NDArray[np.uint64],
    ) -> npt.NDArray[np.int64]:
        """Merge pieces and keep their tokens; as `_looked_up`."""
        firsts, again = _different(keys)
        tokens, counts = self._merges.encode(data, starts[firsts], lengths[firsts])
        begins = self._keep(tokens) + np.cumsum(counts) - counts
        numbers = begins << _COUNT_BITS | counts
        self._table.add(keys[firsts], numbers)
        return numbers[again]

    def _keep(self, tokens: npt.NDArray[np.int32]) -> int:
        """Put tokens behind those that are kept; where they begin."""
        begin, self._held = self._held, self._held + len(tokens)
        if self._held > len(self._tokens):
            self._tokens = np.concatenate((self._tokens[:begin], np.zeros(self._held, self._kind)))
        self._tokens[begin : self._held] = tokens
        return begin


def _different(keys: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(where each different row is, which of them each row is)."""
    order = np.lexsort((keys[:, 2], keys[:, 1], keys[:, 0]))
    rows = keys[order]
    begins = np.ones(len(keys), bool)
    begins[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    again = np.empty(len(keys), np.int64)
    again[order] = np.cumsum(begins) - 1
    return order[begins], again


def _parted(text: bytes) -> list[bytes]:
    """A long text in parts of some `TOGETHER` bytes, cut where a piece surely begins: before white space that is behind
    a sign that is none. A text that has no such place stays whole."""
    places = [0]
    while (found := _SURE.search(text, places[-1] + TOGETHER)) is not None:
        places.append(found.end() - 1)
    return [text[begin:end] for begin, end in zip(places, [*places[1:], len(text)], strict=True)]


def _together(texts: Sequence[bytes]) -> list[list[bytes]]:
    """Texts in parts of some `TOGETHER` bytes; one that is longer is alone."""
    parts: list[list[bytes]] = []
    room = 0
    for text in texts:
        if room <= 0 or len(text) > TOGETHER:
            parts.append([])
            room = TOGETHER
        parts[-1].append(text)
        room -= len(text) + 1
    return parts
