"""Rows of few numbers among many columns: what names are made of, and which names have most of it in common.

Compressed sparse rows in numpy alone. Rules:

1. Which row of another table is nearest is looked for by the columns that both have; a column that more than
   `MOST_HAVING` rows of the other table have leads to none of them, though it counts where two rows are compared.
2. What is found does not depend on how many rows are looked at together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_HAVING = 600
"""Rows that a column leads to: one that more have, tells hardly anything."""

CELLS = 1 << 21
"""Sums that are held at a time: 16 MiB."""

TABLE = 1 << 17
"""Rows of the other table up to which sums stand in a table; beyond, only those are held that are not nothing."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRows:
    """A table.

    Attributes:
        starts: int64 [rows + 1], where each row begins in the others.
        columns: int64 [n], ascending within a row. values: float64 [n].
        width: how many columns there are.
    """

    starts: Ints
    columns: Ints
    values: Floats
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def rows(self) -> Ints:
        """Of each number, its row: int64 [n]."""
        return self.rows_between(0, len(self))

    def rows_between(self, first: int, stop: int) -> Ints:
        """Of each number of some rows, its row, counted from the first of them."""
        return np.repeat(np.arange(stop - first), np.diff(self.starts[first : stop + 1]))

    def of_length_one(self, weights: Floats) -> UnitRows:
        """The same, each column times its weight, and each row of length 1 then; a row of nothing stays so."""
        values = self.values * weights[self.columns]
        lengths = np.sqrt(np.bincount(self.rows(), values * values, len(self)))
        values = values / np.maximum(lengths, 1e-9)[self.rows()]
        return UnitRows(starts=self.starts, columns=self.columns, values=values, width=self.width)

    def rarity(self) -> Floats:
        """Of each column, the logarithm of all rows by those that have it."""
        having = np.bincount(self.columns, minlength=self.width)
        return np.asarray(np.log((len(self) + 1) / (having + 1)), np.float64)

    def taken(self, rows: Ints) -> UnitRows:
        """Some of the rows."""
        _, place = places_of_rows(self.starts, rows)
        starts = np.append(0, np.cumsum(np.diff(self.starts)[rows]))
        return UnitRows(starts=starts, columns=self.columns[place], values=self.values[place], width=self.width)

    def turned(self) -> UnitRows:
        """Rows and columns exchanged."""
        order = np.argsort(self.columns, kind="stable")
        starts = np.searchsorted(self.columns[order], np.arange(self.width + 1))
        return UnitRows(starts=starts, columns=self.rows()[order], values=self.values[order], width=len(self))


def unit_tables(several: Sequence[Sequence[Mapping[str, float]]], least: int = 1) -> list[UnitRows]:
    """Tables of named numbers; a name is one column in all of them.

    Args:
        least: rows that a name must stand in, to be a column.
    """
    counts = Counter(name for table in several for row in table for name in row)
    place = {name: at for at, name in enumerate(sorted(name for name, count in counts.items() if count >= least))}
    return [_table(table, place) for table in several]


def _table(rows: Iterable[Mapping[str, float]], place: Mapping[str, int]) -> UnitRows:
    starts, columns, values = [0], [], []
    for row in rows:
        known = sorted((place[name], value) for name, value in row.items() if name in place)
        columns += [at for at, _ in known]
        values += [value for _, value in known]
        starts.append(len(columns))
    return UnitRows(
        starts=np.array(starts, np.int64),
        columns=np.array(columns, np.int64),
        values=np.array(values, np.float64),
        width=len(place),
    )


def summed_rows(rows: Ints, columns: Ints, values: Floats, count: int, width: int) -> UnitRows:
    """A table of numbers in any order; those of one place are added up."""
    keys, place = np.unique(rows * width + columns, return_inverse=True)
    sums = np.bincount(place, values, len(keys))
    return UnitRows(
        starts=np.searchsorted(keys, np.arange(count + 1) * width),
        columns=keys % max(width, 1),
        values=np.asarray(sums, np.float64),
        width=width,
    )


def joined_columns(tables: Sequence[UnitRows], weights: Sequence[float]) -> UnitRows:
    """Tables of the same rows as one: of each row what the first has of it, then the second, each times its weight."""
    before = np.cumsum([0, *(each.width for each in tables)])
    rows = np.concatenate([each.rows() for each in tables])
    order = np.argsort(rows, kind="stable")
    columns = np.concatenate([each.columns + first for each, first in zip(tables, before.tolist(), strict=False)])
    values = np.concatenate([each.values * weight for each, weight in zip(tables, weights, strict=True)])
    starts = np.sum([each.starts for each in tables], axis=0)
    return UnitRows(starts=starts, columns=columns[order], values=values[order], width=int(before[-1]))


def places_of_rows(starts: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """All places of the wanted rows, one after the other: which of the wanted it is of, and where it lies."""
    counts = starts[wanted + 1] - starts[wanted]
    at = np.repeat(np.arange(len(wanted)), counts)
    within = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    return at, starts[wanted][at] + within


def row_products(one: UnitRows, other: UnitRows, left: Ints, right: Ints) -> Floats:
    """The product of each pair of rows.

    Args:
        left, right: rows of the two tables, `left` ascending.
    """
    found = np.zeros(len(left))
    step = max(CELLS // max(one.width, 1), 1)
    for first in range(0, len(one), step):
        low, high = np.searchsorted(left, (first, first + step)).tolist()
        if low == high:
            continue
        table = np.zeros((step, one.width))
        own = slice(one.starts[first], one.starts[min(first + step, len(one))])
        table[one.rows_between(first, min(first + step, len(one))), one.columns[own]] = one.values[own]
        at, place = places_of_rows(other.starts, right[low:high])
        products = table[left[low:high][at] - first, other.columns[place]] * other.values[place]
        found[low:high] = np.bincount(at, products, high - low)
    return found


def nearest_rows(one: UnitRows, other: UnitRows, most: int) -> Ints:
    """Of each row the nearest ones of another table, as far as columns lead there: int64 [n, 2], ascending."""
    by_column = other.turned()
    counts = np.diff(by_column.starts)
    leads = counts[one.columns] <= MOST_HAVING
    kept_columns, kept_values, kept_rows = one.columns[leads], one.values[leads], one.rows()[leads]
    work = np.cumsum(counts[kept_columns])
    found = []
    first = 0
    while first < len(one) and len(other):
        begin = int(np.searchsorted(kept_rows, first))
        reach = int(np.searchsorted(work, (work[begin - 1] if begin else 0) + CELLS, side="right"))
        stop = int(kept_rows[reach]) if reach < len(kept_rows) else len(one)
        stop = max(min(stop, first + max(CELLS // max(len(other), 1), 1)), first + 1)
        own = slice(begin, int(np.searchsorted(kept_rows, stop)))
        at, place = places_of_rows(by_column.starts, kept_columns[own])
        keys = (kept_rows[own][at] - first) * len(other) + by_column.columns[place]
        sums = kept_values[own][at] * by_column.values[place]
        found.append(_largest(keys, sums, stop - first, len(other), most) + np.array((first, 0)))
        first = stop
    return np.concatenate([np.zeros((0, 2), np.int64), *found])


def _largest(keys: Ints, sums: Floats, rows: int, width: int, most: int) -> Ints:
    """The places of the largest sums of each row; of equal ones any, but always the same."""
    if width <= TABLE:
        table = np.bincount(keys, sums, rows * width).reshape(rows, width)
        kept = min(most, width)
        best = np.argpartition(-table, kept - 1, axis=1)[:, :kept]
        found = np.stack([np.repeat(np.arange(rows), kept), best.ravel()], axis=1)
        found = found[np.take_along_axis(table, best, axis=1).ravel() > 0]
        return found[np.lexsort((found[:, 1], found[:, 0]))]
    several, place = np.unique(keys, return_inverse=True)
    worth, of = np.bincount(place, sums, len(several)), several // width
    order = np.lexsort((several, -worth, of))
    within = np.arange(len(order)) - np.searchsorted(of[order], of[order])
    chosen = np.sort(several[order[within < most]])
    return np.stack([chosen // width, chosen % width], axis=1)
