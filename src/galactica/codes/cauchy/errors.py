"""Wrong bytes where nobody knows which: up to m / 2 shards may be wrong in each column of symbols, others in the next.

A shard whose checksum fails may be wrong in one byte of it; given up whole, as many shards as there is parity are soon
gone where bits rot everywhere. So each column of symbols is corrected by itself, as Reed and Solomon meant it: the
syndromes, Berlekamp and Massey's locator, the places where it is zero, Forney's values; all columns of a block at once.
What is found is checked by whoever has the checksums: a column with more errors than can be told is left as it is, or
rarely made wrong in another way.

With points a[n] of the shards (`matrix.points`) and v[n] as below, every codeword has sum of v[n] · a[n]^l · w[n] = 0
for l < m: the code is a generalised Reed-Solomon code. Source: R. Roth, "Introduction to Coding Theory" (2006), ch. 5
and 6.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from galactica.codes.cauchy.field import INVERSES, PRODUCTS, Symbols, product, reciprocal
from galactica.codes.cauchy.matrix import parity_matrix, points
from galactica.codes.cauchy.mixing import PACKETS, Bytes, Mixer
from galactica.codes.cauchy.polynomials import derivative, series_product, shortest_locator, value_at, with_roots

AT_ONCE = 1 << 14
"""Columns that are corrected at once: bounds the memory to some megabytes."""

Flags = npt.NDArray[np.bool_]


class Corrector:
    """Corrects blocks of a code of `data` + `parity` shards.

    Args:
        data, parity: of the code.
        block: bytes of a block, as of `Mixer`.
    """

    def __init__(self, data: int, parity: int, block: int) -> None:
        self._data, self._parity = data, parity
        self._mixer = Mixer(parity_matrix(data, parity), block)
        self._points, self._scales = _dual(data, parity)

    def correct(self, shards: Bytes, lost: Sequence[int], suspect: Sequence[int]) -> int:
        """Put right in place what can be.

        Args:
            shards: uint8 [data + parity, block]; those in `lost` hold anything.
            lost: shards of which nothing is known; at most `parity`.
            suspect: shards that may be wrong somewhere. All others are taken to be right.

        Returns:
            How many columns of symbols could not be corrected (of `block`); those are left as they were, but for what
            stands in `lost`.
        """
        shards[list(lost)] = 0
        self._mixer.inputs[:] = shards[: self._data]
        differing = self._mixer.mix() ^ shards[self._data :]
        wrong = np.flatnonzero(_columns_of(np.bitwise_or.reduce(differing, axis=0)))
        syndromes = _symbols(differing, wrong)
        places = [*dict.fromkeys(each for each in suspect if each not in set(lost))]
        failed = 0
        for low in range(0, len(wrong), AT_ONCE):
            columns = wrong[low : low + AT_ONCE]
            values, good = self._solved(syndromes[:, low : low + AT_ONCE], list(lost), places)
            failed += int((~good).sum())
            for shard, added in zip([*lost, *places], values, strict=True):
                _add(shards[shard], columns, np.where(good, added, 0).astype(np.uint8))
        return failed

    def _solved(self, differing: Symbols, lost: list[int], places: list[int]) -> tuple[Symbols, Flags]:
        """What is to be added to each shard of `lost` and `places` (uint8 [shards, columns]), and where it is known."""
        count, columns = self._parity, differing.shape[1]
        syndromes = np.zeros((count, columns), dtype=np.uint8)
        weighted = np.stack([PRODUCTS[self._scales[self._data + i]][differing[i]] for i in range(count)])
        for power in range(count):
            syndromes[power] = np.bitwise_xor.reduce(weighted, axis=0)
            for i in range(count):
                weighted[i] = PRODUCTS[self._points[self._data + i]][weighted[i]]
        erased = with_roots(np.array([[self._points[shard]] for shard in lost], dtype=np.uint8).reshape(-1, 1))
        modified = series_product(syndromes, np.broadcast_to(erased, (len(erased), columns)))
        locator, degree = shortest_locator(modified[len(lost) :])
        good = degree * 2 <= count - len(lost)
        errata = np.zeros((count + 1, columns), dtype=np.uint8)
        for power, factor in enumerate(erased[:, 0].tolist()):
            errata[power : power + len(locator)] ^= PRODUCTS[factor][locator]
        evaluator = series_product(syndromes, errata)
        values = np.zeros((len(lost) + len(places), columns), dtype=np.uint8)
        found = np.zeros(columns, dtype=np.int64)
        for at, shard in enumerate([*lost, *places]):
            back = reciprocal(self._points[shard])
            here = np.ones(columns, dtype=np.bool_)
            if at >= len(lost):
                here = value_at(locator, back) == 0
                found += here
            scale = product(self._points[shard], reciprocal(self._scales[shard]))
            slope = value_at(derivative(errata), back)
            value = PRODUCTS[PRODUCTS[scale][value_at(evaluator, back)], INVERSES[slope]]
            values[at] = np.where(here, value, 0)
        return values, good & (found == degree)


def _dual(data: int, parity: int) -> tuple[list[int], list[int]]:
    """a[n] and v[n] of all shards."""
    ys, xs = points(data, parity)
    factors = parity_matrix(data, parity)
    scales = []
    for j, y in enumerate(ys):
        column = product(factors[0][j], xs[0] ^ y)  # rows[0] taken for 1
        scales.append(product(column, reciprocal(_over(y, xs))))
    for i, x in enumerate(xs):
        row = product(product(factors[i][0], x ^ ys[0]), reciprocal(product(factors[0][0], xs[0] ^ ys[0])))
        scales.append(reciprocal(product(row, _over(x, [each for each in xs if each != x]))))
    return [*ys, *xs], scales


def _over(z: int, roots: Sequence[int]) -> int:
    total = 1
    for root in roots:
        total = product(total, z ^ root)
    return total


def _columns_of(block: Bytes) -> npt.NDArray[np.uint8]:
    """1 for each column of symbols of which any bit is set."""
    return np.unpackbits(np.bitwise_or.reduce(block.reshape(PACKETS, -1), axis=0), bitorder="little")


def _symbols(blocks: Bytes, columns: npt.NDArray[np.int64]) -> Symbols:
    """The symbols of blocks in some columns: uint8 [blocks, columns]."""
    packets = blocks.reshape(len(blocks), PACKETS, -1)[:, :, columns >> 3] >> (columns & 7).astype(np.uint8) & 1
    weights = np.array([1 << bit for bit in range(PACKETS)], dtype=np.uint8)
    symbols: Symbols = np.einsum("bpc,p->bc", packets, weights).astype(np.uint8)
    return symbols


def _add(shard: Bytes, columns: npt.NDArray[np.int64], symbols: Symbols) -> None:
    """Add symbols to a shard's block."""
    chosen = np.flatnonzero(symbols)
    if not len(chosen):
        return
    block = shard.reshape(PACKETS, -1)
    places, values = columns[chosen], symbols[chosen]
    for bit in range(PACKETS):
        set_bits = (values >> bit & 1) << (places & 7).astype(np.uint8)
        np.bitwise_xor.at(block[bit], places >> 3, set_bits.astype(np.uint8))
