"""Codes: the signs of a vector, one bit a dimension; how near two codes are, and how near a vector is to a code.

A code is `dimensions / 64` words of 64 bits; dimension `i` is bit `i % 64` of word `i // 64`, 1 where it is above zero.
Codes lie in *columns*: all first words, then all second words …, because a scan of columns takes a quarter of the time
of a scan of rows (1 million codes of 64 bytes: 7 ms and 31 ms, 2026-11-26).

A vector of zeros (a text in which the encoder knows nothing) has a code of zeros, and no other vector has: one without
any dimension above zero gets the bit of its greatest. So what must never be found is known by its code, at no cost: a
code of zeros lies as far from a question as the question has bits, so only codes of just that distance are looked at.

What is found is in order of distance, then of number: the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.uint64]
"""`uint64 [n, words]`, little-endian: a code a row."""

Columns = NDArray[np.uint64]
"""`uint64 [words, n]`, little-endian: a code a column."""

WORD = np.dtype("<u8")
CHUNK = 32_768
"""Codes that are compared at a time: what is made of them on the way stays in the processor's caches."""

THREADS_FROM = 1_000_000
"""Codes from which on a second thread is worth starting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """Codes that lie together.

    Attributes:
        first: number of the first.
        columns: `uint64 [words, n]`.
        allowed: `bool [n]`, which may be found; None: all.
    """

    first: int
    columns: Columns
    allowed: NDArray[np.bool_] | None = None


def codes(vectors: NDArray[np.float32]) -> Rows:
    """The codes of vectors.

    Args:
        vectors: `float32 [n, dimensions]`; dimensions are a multiple of 64.
    """
    count, dimensions = vectors.shape
    above = vectors > 0
    lost = np.flatnonzero(~above.any(axis=1) & vectors.any(axis=1))
    above[lost, vectors[lost].argmax(axis=1)] = True
    return np.packbits(above, axis=1, bitorder="little").view(WORD).reshape(count, dimensions // 64)


def columns(rows: Rows) -> Columns:
    """Codes as they are scanned, each word's together."""
    return np.ascontiguousarray(rows.T)


def signs(rows: Rows) -> NDArray[np.float32]:
    """The signs that codes stand for: `float32 [n, dimensions]`, each 1 or -1."""
    return _signs(np.ascontiguousarray(rows, dtype=WORD).view(np.uint8))


def _signs(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    found = np.unpackbits(raw, axis=1, bitorder="little").astype(np.float32)
    found *= 2
    found -= 1
    return found


_BYTES = _signs(np.arange(256, dtype=np.uint8)[:, None])
"""`float32 [256, 8]`: the signs of every byte."""


def estimate(query: NDArray[np.float32], rows: Rows) -> NDArray[np.float32]:
    """How near passages are to a question, judged by the question's own vector and the passages' codes.

    Args:
        query: `float32 [dimensions]`, of length 1.
        rows: codes of passages.

    Returns:
        `float32 [n]`: the cosine between the question and the vector of a passage's signs, -1 to 1; unrelated texts
        are about 0.
    """
    # What each byte of a code adds is looked up: 0.2 ms for 1,000 codes of 56 bytes. A matrix product takes 5 to 8 on a
    # machine that has something else to do, because its threads wait for each other (2026-11-26); two indexes instead
    # of one into a flat table take twice the time.
    adds = np.einsum("jb,pb->jp", query.reshape(-1, 8), _BYTES)
    raw = np.ascontiguousarray(rows, dtype=WORD).view(np.uint8)
    at = raw + np.arange(0, adds.size, adds.shape[1])
    summed: NDArray[np.float32] = np.add.reduce(adds.ravel().take(at, mode="clip"), axis=1)
    return summed / np.float32(np.sqrt(len(query)))


def distances(found: Columns, query: Rows) -> NDArray[np.uint16]:
    """In how many bits each code differs from a question's: `uint16 [n]`.

    Args:
        found: columns.
        query: `uint64 [words]`.
    """
    differing = np.bitwise_count(found ^ query[:, None])
    summed: NDArray[np.uint16] = np.add.reduce(differing, axis=0, dtype=np.uint16)
    return summed


def nearest(
    parts: Sequence[CodeBlock], query: Rows, k: int, *, threads: int = 1
) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """The `k` codes nearest to a question's, of all that are allowed and not zero.

    Args:
        parts: in the order of their numbers, none twice.
        query: `uint64 [words]`.
        threads: at most so many, where there are more than `THREADS_FROM` codes.

    Returns:
        Their numbers and distances, the nearest first, among equals the one with the lowest number; fewer than `k`
        where there are no more.
    """
    return _Scan(parts, query).best(k, threads)


class _Scan:
    """One question on its way through all codes."""

    def __init__(self, parts: Sequence[CodeBlock], query: Rows) -> None:
        self._parts = parts
        self._query = query
        self._far = 64 * len(query) + 1
        """The distance of what must not be found."""
        sizes = np.array([part.columns.shape[1] for part in parts], dtype=np.int64)
        self._ends = np.cumsum(sizes)
        self._starts = self._ends - sizes
        self._firsts = np.array([part.first for part in parts], dtype=np.int64)
        self._found = np.empty(int(sizes.sum()), dtype=np.uint16)

    def best(self, k: int, threads: int) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
        """As `nearest`."""
        counts = self._measure(threads if len(self._found) > THREADS_FROM else 1)
        blank = int(np.bitwise_count(self._query).sum(dtype=np.int64))
        limit = self._limit(counts, k)
        if limit >= blank:  # else every code of zeros is too far away anyway
            counts[blank] -= self._put_away(blank)
            limit = self._limit(counts, k)
        near = np.flatnonzero(self._found <= limit)
        near = near[np.argsort(self._found[near], kind="stable")][: max(0, k)]
        part = np.searchsorted(self._ends, near, side="right")
        return near - self._starts[part] + self._firsts[part], self._found[near]

    def _measure(self, threads: int) -> NDArray[np.int64]:
        """Fill in all distances; returns how many codes have each."""
        chunks = [
            (part, low, int(start) + low)
            for part, start in zip(self._parts, self._starts, strict=True)
            for low in range(0, part.columns.shape[1], CHUNK)
        ]
        if threads < 2:
            return self._measure_chunks(chunks)
        share = -(-len(chunks) // threads)
        with ThreadPoolExecutor(threads) as pool:
            lots = [chunks[low : low + share] for low in range(0, len(chunks), share)]
            return sum(pool.map(self._measure_chunks, lots), np.zeros(self._far + 1, dtype=np.int64))

    def _measure_chunks(self, chunks: Sequence[tuple[CodeBlock, int, int]]) -> NDArray[np.int64]:
        counts = np.zeros(self._far + 1, dtype=np.int64)
        for part, low, at in chunks:
            high = min(low + CHUNK, part.columns.shape[1])
            found = distances(part.columns[:, low:high], self._query)
            if part.allowed is not None:
                np.maximum(found, ~part.allowed[low:high] * np.uint16(self._far), out=found)
            self._found[at : at + high - low] = found
            counts += np.bincount(found, minlength=len(counts))
        return counts

    def _limit(self, counts: NDArray[np.int64], k: int) -> int:
        """The distance up to which there are `k` codes; the greatest there can be where there are fewer."""
        return min(int(np.searchsorted(np.cumsum(counts), k)), self._far - 1)

    def _put_away(self, blank: int) -> int:
        """Make codes of zeros unreachable, of those that are `blank` bits away; returns how many there were."""
        near = np.flatnonzero(self._found == blank)
        owner = np.searchsorted(self._ends, near, side="right")
        put = 0
        for number in np.unique(owner):
            inside = near[owner == number] - self._starts[number]
            empty = inside[~self._parts[number].columns[:, inside].any(axis=0)]
            self._found[empty + self._starts[number]] = self._far
            put += len(empty)
        return put
