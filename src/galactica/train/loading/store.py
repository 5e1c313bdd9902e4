"""The tokens of a view's documents, kept beside it and mapped into memory; made as they are asked for.

Documents that follow each other are made together, some `CHUNK` bytes of text at once. Where each chunk's tokens lie is
known from the sizes of the texts alone, because no text has more tokens than bytes: so any process can make any chunk,
in any order, and whoever makes it writes the same bytes to the same place. docs/formats/tokens.md is the format.

The order that must hold: the tokens of a chunk, its counts, then its entry in `made`, with a CRC over both. An entry
that is there after a loss of power and does not hold is a chunk that was not made. A lock on one byte for each chunk,
which the system lets go of when its holder dies, keeps two processes from making the same one.

The files are sparse: they are as long as the text could need, and take the room that the tokens do. Nothing of them is
truth; thrown away, they are made again.
"""

from __future__ import annotations

import bisect
import contextlib
import json
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.errors import InputError, MissingError
from galactica.train.loading.chunk_texts import ChunkTexts, LoadedTexts, whole_text
from galactica.train.loading.store_files import COUNTS, MADE, TOKENS, StoreFiles
from galactica.train.loading.vocabulary import Vocabulary

CHUNK = 2**16
"""Bytes of text that are made together, in some five milliseconds: a first batch waits for one for each document."""

BLOCK = 2**22
"""Bytes of text that are made in one go behind the first batch, in 0.1 s: row groups are then unpacked once."""

STORE_VERSION = 1
LEFT_OUT = 2**32 - 1
"""Count of a document that could not be read and was left out because that was asked for."""

PATIENCE = 10.0
"""Seconds that one process waits for a chunk that another holds; then that one was stopped, and it is made twice."""

_WAIT = 0.002
"""Seconds between two looks at a chunk that another process is making."""


class TokenStore:
    """The tokens of a view by one vocabulary. `TokenStore.open` finds or begins it.

    Attributes:
        folder: where it lies.
        firsts: the first document of each chunk.
        made: chunks that this process made.
    """

    def __init__(self, folder: Path, view: LoadedTexts, vocabulary: Vocabulary, *, skip_damaged: bool = False) -> None:
        self.folder = folder
        self.made = 0
        self._view = view
        self._vocabulary = vocabulary
        self._skip = skip_damaged
        sizes = view.sizes.astype(np.int64)
        before = np.cumsum(sizes) - sizes
        number = before // CHUNK
        self.firsts: list[int] = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist()]
        self._ends = [*self.firsts[1:], len(sizes)]
        self._texts = ChunkTexts(view, self.firsts, self._ends, skip_damaged=skip_damaged)
        self._bases = (before[self.firsts] + 2 * np.array(self.firsts, np.int64)).tolist()
        self._places = int(sizes.sum()) + 2 * len(sizes)
        self._starts = np.full(len(sizes), -1, np.int64)
        self._counts = np.zeros(len(sizes), np.int64)
        self._quick_starts, self._quick_counts = self._starts.data, self._counts.data  # a third of the time
        try:
            self._files = StoreFiles(
                folder,
                self._header(),
                places=self._places,
                documents=len(sizes),
                chunks=self.chunks,
                kind=vocabulary.kind,
            )
        except OSError as error:
            raise MissingError(
                f"Tokens cannot be kept in {folder}: {error.strerror}.", "Name a folder that can be written to."
            ) from error

    @classmethod
    def open(cls, folder: Path, view: LoadedTexts, vocabulary: Vocabulary, *, skip_damaged: bool = False) -> TokenStore:
        """Open the store in `folder`, or begin it there; one of another view or vocabulary is replaced.

        Args:
            skip_damaged: leave documents out that cannot be read; else they are an error when they are needed.

        Raises:
            InputError: the view holds no text.
            MissingError: the folder cannot be written to.
        """
        if not len(view.sizes):
            raise InputError(
                f"The view {view.path} holds no document.", "Make one with a filter that leaves something in it."
            )
        return cls(folder, view, vocabulary, skip_damaged=skip_damaged)

    @property
    def tokens(self) -> npt.NDArray[Any]:
        """All places, `kind [places]`, mapped; a document's own are `tokens[start : start + count]`."""
        return self._files.tokens

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return len(self.firsts)

    def chunk_of(self, document: int) -> int:
        """The chunk that a document is in."""
        return bisect.bisect_right(self.firsts, document) - 1

    def is_loaded(self, document: int) -> bool:
        """Whether this process knows where the tokens of a document are."""
        return self._quick_starts[document] >= 0

    def left_out(self) -> tuple[int, ...]:
        """Numbers of the documents that this process met and left out, ascending."""
        return tuple(np.flatnonzero((self._counts == 0) & (self._starts >= 0)).tolist())

    def is_made(self, chunk: int) -> bool:
        """Whether somebody has made a chunk."""
        return bool(self._files.made[chunk])

    def find(self, document: int) -> tuple[int, int]:
        """Where the tokens of a document begin in `tokens`, and how many it has, its end among them; 0 where it was
        left out. Made if need be.

        Raises:
            EditionError: its text cannot be read.
        """
        start = self._quick_starts[document]
        if start < 0:
            self.load(self.chunk_of(document))
            start = self._quick_starts[document]
        return start, self._quick_counts[document]

    def count(self, document: int) -> int:
        """Tokens of a document; raises as `find`."""
        return self.find(document)[1]

    def missing(self) -> int:
        """Bytes of text, about, that nobody has made the tokens of."""
        return CHUNK * int((self._files.made == 0).sum())

    def load(self, chunk: int, ahead: Iterator[int] | None = None, beside: Sequence[int] = ()) -> None:
        """Have a chunk made, by whoever does it, and see that it is whole.

        Args:
            ahead: chunks that will be needed soon: one of them is made while another process makes this one.
            beside: chunks to make with it, if it is made here.
        """
        waited = time.monotonic() + PATIENCE
        while not self._taken(chunk):
            if self.make(chunk, alone=time.monotonic() < waited, beside=beside):
                if self._taken(chunk):
                    return
                raise MissingError(
                    f"What is written to {self.folder} is not what is read from there.",
                    "Check the disk, or name another folder for the tokens.",
                )
            other = next((each for each in ahead or () if not self._files.made[each]), None)
            if other is None or not self.make(other):
                time.sleep(_WAIT)

    def make(self, chunk: int, *, alone: bool = True, beside: Sequence[int] = ()) -> bool:
        """Make a chunk; whether it is made.

        Args:
            alone: not while another process makes it. Two that make it write the same bytes to the same place.
            beside: others that are made in one go with it, in half the time, where nobody has made or makes them. What
                goes wrong with them is no matter of this call.
        """
        with contextlib.ExitStack() as held:
            if not held.enter_context(self._files.held(chunk)) and alone:
                return False
            if self._taken(chunk):
                return True
            several = [chunk]
            for other in beside:
                if other != chunk and not self.is_made(other) and held.enter_context(self._files.held(other)):
                    several.append(other)
            self._make(sorted(set(several)), chunk)
            return True

    def block(self, chunk: int) -> range:
        """The chunks that are best made with this one, as their texts lie in one place."""
        begin = self._bases[chunk] // BLOCK * BLOCK
        return range(bisect.bisect_left(self._bases, begin), bisect.bisect_left(self._bases, begin + BLOCK))

    def few(self, chunks: Iterator[int], most: int) -> list[int]:
        """The next chunks that nobody has made, at most so many, and no more than one block's bytes."""
        found: list[int] = []
        room = BLOCK
        for chunk in chunks:
            if len(found) >= most or room <= 0:
                break
            if not self.is_made(chunk):
                found.append(chunk)
                room -= (self._bases[chunk + 1] if chunk + 1 < self.chunks else self._places) - self._bases[chunk]
        return found

    def close(self) -> None:
        """Let go of the files."""
        self._files.close()

    def _taken(self, chunk: int) -> bool:
        """Take a chunk's places over, if it is made and whole."""
        entry = int(self._files.made[chunk])
        if not entry:
            return False
        first, end = self.firsts[chunk], self._ends[chunk]
        base = self._bases[chunk]
        told = self._files.counts[first:end]
        counts = told.astype(np.int64)
        total = int(counts.sum())
        if self._skip and total >= LEFT_OUT:
            counts[counts == LEFT_OUT] = 0
            total = int(counts.sum())
        if total > (self._bases[chunk + 1] if chunk + 1 < self.chunks else self._places) - base:
            return False
        tokens = self.tokens[base : base + total]
        if entry != _entry(told.data, tokens) or (total and int(tokens.max()) >= self._vocabulary.size):
            return False
        self._counts[first:end] = counts
        self._starts[first:end] = base + np.cumsum(counts) - counts
        return True

    def _write(self, chunk: int, tokens: npt.NDArray[Any], counted: npt.NDArray[np.int64]) -> None:
        counts = counted.astype("<u4").tobytes()
        try:
            self._files.put(TOKENS, tokens.tobytes(), self._bases[chunk] * tokens.itemsize)
            self._files.put(COUNTS, counts, 4 * self.firsts[chunk])
            self._files.put(MADE, np.array([_entry(counts, tokens)], "<u8").tobytes(), 8 * chunk)
        except OSError as error:
            raise MissingError(
                f"Tokens cannot be kept in {self.folder}: {error.strerror}.",
                "Make room and begin again; what was done is kept.",
            ) from error

    def _make(self, chunks: Sequence[int], needed: int) -> None:
        """Make chunks, ascending; one that cannot be made is an error where it is the one that is needed."""
        texts = self._texts.of(chunks, needed)
        there = [each for several in texts.values() for each in several if each is not None]
        tokens, counts = self._vocabulary.encode_ended([whole_text(each) for each in there])
        ends = np.cumsum(counts)
        at = 0
        for chunk, several in texts.items():
            known = [number for number, each in enumerate(several) if each is not None]
            begin, at = at, at + len(known)
            own = np.full(len(several), LEFT_OUT, np.int64)
            own[known] = counts[begin:at]
            most = [len(each) + 2 for each in several if each is not None]
            if np.any(own[known] > most):
                if chunk != needed:
                    continue
                raise InputError(
                    f"The tokenizer makes more tokens of documents from {self.firsts[chunk]} on than they have bytes.",
                    "Use a byte-level tokenizer: galactica train tokenizer makes one.",
                )
            first = int(ends[begin - 1]) if begin else 0
            self._write(chunk, tokens[first : int(ends[at - 1]) if at else 0], own)
            self.made += 1

    def _header(self) -> bytes:
        document = {
            "version": STORE_VERSION,
            "view": self._view.hash,
            "tokenizer": self._vocabulary.hash,
            "end": self._vocabulary.end,
            "bytes": self._vocabulary.kind.itemsize,
            "documents": len(self._starts),
            "skip_damaged": self._skip,
            "chunk": CHUNK,
            "chunks": self.chunks,
        }
        return (json.dumps(document, sort_keys=True, indent=1) + "\n").encode()


def _entry(counts: bytes | memoryview, tokens: npt.NDArray[Any]) -> int:
    """What `made` says of a chunk: 1 in the upper half, the CRC-32 of counts and tokens in the lower."""
    return 1 << 32 | zlib.crc32(tokens.data if len(tokens) else b"", zlib.crc32(counts))
