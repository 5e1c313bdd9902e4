"""What a text costs a model: bits a byte, and how that stands beside what compressors make of the same text.

A document is read by itself, behind the token that ends the one before. Where it is longer than the context, windows
overlap by half: each token is told from at least half a context, and counts once. The bits are those of the text's
tokens; the model itself is not counted, nor the end of a document.
"""

from __future__ import annotations

import gzip
import lzma
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from galactica.train.lm.plain import PlainDecoder


class Scorer(Protocol):
    """Whatever says what tokens cost: behind `end`, in windows of `context` tokens and one more, `at_once` of them."""

    context: int
    end: int
    at_once: int

    def costs(self, windows: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """What each token but the first of each window costs, in nats: `float32 [tokens - 1]` each.

        Args:
            windows: each of 2 to `context + 1` tokens.
        """


class PlainScorer:
    """Scores by numpy.

    Args:
        decoder: begins anew with each window.
        end: token between documents.
    """

    def __init__(self, decoder: PlainDecoder, end: int) -> None:
        self._decoder = decoder
        self.context = decoder.shape.context
        self.end = end
        self.at_once = 1

    def costs(self, windows: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """As `Scorer`."""
        found = []
        for window in windows:
            self._decoder.forget()
            logits = self._decoder.read(window[:-1])
            found.append(costs_of(logits, np.asarray(window[1:], np.int64)))
        return found


def costs_of(logits: NDArray[np.float32], targets: NDArray[np.int64]) -> NDArray[np.float32]:
    """What targets cost by logits `float32 [tokens, vocabulary]`, in nats: `float32 [tokens]`."""
    top = logits.max(-1, keepdims=True)
    whole = np.log(np.exp(logits - top).sum(-1)) + top[:, 0]
    out: NDArray[np.float32] = whole - logits[np.arange(len(targets)), targets]
    return out


def overlapping_windows(tokens: Sequence[int], context: int, end: int) -> Iterator[tuple[list[int], int]]:
    """(window, how many of its last tokens count) for a document: together each token counts once."""
    whole = [end, *map(int, tokens)]
    half = max(1, context // 2)
    done = 0  # tokens behind the first that were counted
    while done < len(whole) - 1:
        begin = max(0, done - (context - half)) if done else 0
        stop = min(len(whole), begin + context + 1)
        yield whole[begin:stop], stop - 1 - done
        done = stop - 1


def token_costs(scorer: Scorer, documents: Sequence[Sequence[int]]) -> list[NDArray[np.float64]]:
    """What each token of each document costs, in nats: `float64 [tokens]` each."""
    found: list[list[NDArray[np.float32]]] = [[] for _ in documents]
    waiting: list[tuple[int, list[int], int]] = []

    def flush() -> None:
        for (number, _, counted), costs in zip(waiting, scorer.costs([each for _, each, _ in waiting]), strict=True):
            found[number].append(costs[len(costs) - counted :])
        waiting.clear()

    for number, tokens in enumerate(documents):
        for window, counted in overlapping_windows(tokens, scorer.context, scorer.end):
            waiting.append((number, window, counted))
            if len(waiting) == scorer.at_once:
                flush()
    if waiting:
        flush()
    return [np.concatenate(parts).astype(np.float64) if parts else np.zeros(0) for parts in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class BitsPerByte:
    """What a text costs.

    Attributes:
        documents, bytes, tokens: of it.
        bits: a byte, by the model.
        nats: a token.
    """

    documents: int
    bytes: int
    tokens: int
    bits: float
    nats: float


def bits_of(costs: Iterable[NDArray[np.float64]], sizes: Sequence[int]) -> BitsPerByte:
    """Costs of documents and their bytes, added up."""
    every = list(costs)
    whole, tokens, size = sum(float(each.sum()) for each in every), sum(map(len, every)), sum(sizes)
    return BitsPerByte(
        documents=len(every),
        bytes=size,
        tokens=tokens,
        bits=whole / math.log(2) / size if size else 0.0,
        nats=whole / tokens if tokens else 0.0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What a compressor makes of a text.

    Attributes:
        name: gzip -9, xz -9e, zstd -19.
        bits: a byte of the text, all documents in one file.
    """

    name: str
    bits: float


def packed_beside(texts: Sequence[bytes]) -> tuple[Packed, ...]:
    """What gzip -9, xz -9e and zstd -19 make of texts, put behind one another in one file."""
    whole = b"".join(texts)
    if not whole:
        return ()
    sizes = {
        "gzip -9": len(gzip.compress(whole, 9, mtime=0)),
        "xz -9e": len(lzma.compress(whole, preset=9 | lzma.PRESET_EXTREME)),
        "zstd -19": len(pa.Codec("zstd", compression_level=19).compress(whole, asbytes=True)),
    }
    return tuple(Packed(name=name, bits=8 * size / len(whole)) for name, size in sizes.items())
