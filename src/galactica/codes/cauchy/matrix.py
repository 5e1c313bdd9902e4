"""Which code it is: k data shards and m parity shards, each a sum of multiples of the data shards.

    parity[i] = sum over j of factor[i][j] · data[j]        factor[i][j] = rows[i] · columns[j] / (x[i] + y[j])

with x[i] = 1 + i and y[j] = 1 + m + j, columns[j] = x[0] + y[j] and rows[i] such that factor[i][0] is 1: the first row
and the first column are ones, so that the first parity shard is the XOR of all data shards. Every square part of a
Cauchy matrix has an inverse, also with rows and columns multiplied: any k of the k + m shards give all others, which
is the most that any code can do (Singleton's bound). Source: J. Blömer and others, "An XOR-Based Erasure-Resilient
Coding Scheme", ICSI TR-95-048 (1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from galactica.codes.cauchy.field import product, reciprocal

MOST_SHARDS = 255
"""Data and parity together: each has an element of the field other than 0."""

Matrix = tuple[tuple[int, ...], ...]


def points(data: int, parity: int) -> tuple[list[int], list[int]]:
    """(y, x): the elements of the field that stand for the data shards and for the parity shards."""
    return [1 + parity + j for j in range(data)], [1 + i for i in range(parity)]


@lru_cache(64)
def parity_matrix(data: int, parity: int) -> Matrix:
    """The factors, a row for each parity shard.

    Raises:
        ValueError: there is no such code (fewer than 1 of either, or more than `MOST_SHARDS` in all).
    """
    if data < 1 or parity < 1 or data + parity > MOST_SHARDS:
        raise ValueError(f"no code of {data} + {parity} shards")
    ys, xs = points(data, parity)
    rows = []
    for x in xs:
        plain = [product(reciprocal(x ^ y), xs[0] ^ y) for y in ys]
        rows.append(tuple(product(each, reciprocal(plain[0])) for each in plain))
    return tuple(rows)


def restoring_matrix(data: int, parity: int, have: Sequence[int], want: Sequence[int]) -> Matrix:
    """What makes shards of others: a row for each of `want`, a column for each of `have`.

    Args:
        data, parity: of the code. Shards are numbered from 0, the data shards first.
        have: `data` different shards that are there.
        want: shards that are made of them.

    Raises:
        ValueError: `have` are not `data` different shards of the code.
    """
    if len(set(have)) != data or len(have) != data or not all(0 <= each < data + parity for each in have):
        raise ValueError("shards are restored from as many different ones as there are data shards")
    missing = sorted(set(range(data)) - set(have))
    there = [each for each in have if each < data]
    spare = [each - data for each in have if each >= data]
    factors = parity_matrix(data, parity)
    back = inverted([[factors[row][column] for column in missing] for row in spare])
    made: dict[int, tuple[int, ...]] = {}
    for at, shard in enumerate(missing):
        row = dict.fromkeys(have, 0)
        for weight, each in zip(back[at], spare, strict=True):
            row[data + each] = weight
            for known in there:
                row[known] ^= product(weight, factors[each][known])
        made[shard] = tuple(row[each] for each in have)
    for shard in there:
        made[shard] = tuple(int(each == shard) for each in have)
    return tuple(
        made[shard] if shard < data else _combined(factors[shard - data], [made[each] for each in range(data)])
        for shard in want
    )


def _combined(weights: Sequence[int], rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    total = [0] * len(rows)
    for weight, row in zip(weights, rows, strict=True):
        for at, each in enumerate(row):
            total[at] ^= product(weight, each)
    return tuple(total)


def inverted(matrix: Sequence[Sequence[int]]) -> list[list[int]]:
    """The inverse of a square matrix, by Gauss and Jordan.

    Raises:
        ValueError: it has none.
    """
    size = len(matrix)
    rows = [[*row, *(int(at == column) for column in range(size))] for at, row in enumerate(matrix)]
    for column in range(size):
        pivot = next((at for at in range(column, size) if rows[at][column]), None)
        if pivot is None:
            raise ValueError("the matrix has no inverse")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        scale = reciprocal(rows[column][column])
        rows[column] = [product(scale, each) for each in rows[column]]
        for at in range(size):
            factor = rows[at][column]
            if at != column and factor:
                rows[at] = [each ^ product(factor, other) for each, other in zip(rows[at], rows[column], strict=True)]
    return [row[size:] for row in rows]
