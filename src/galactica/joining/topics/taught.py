"""What matched pairs teach of the units that two records are made of, as measures of candidates.

What stands for what is learned both ways (`translating`), whatever the units are: runs of letters of names, or the
relations that lead from and to a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from galactica.joining.topics.candidates import Candidates, over_general
from galactica.joining.topics.translating import translated
from galactica.joining.topics.unit_rows import Floats, Ints, UnitRows, row_products, summed_rows

FAR = -0.15
"""What a name says against a pair at the most, as a cosine: names may be altogether different."""

EVEN = 0.25
"""The cosine of sorts, one way, that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtMeasure:
    """A measure that matched pairs taught: of what kind, what a cosine of 1 says, the two tables; whether it is `over`
    what is general."""

    kind: str
    weight: float
    one: UnitRows
    other: UnitRows
    over: bool

    def said(self, rows: Candidates) -> Floats:
        """How near each candidate is."""
        products = row_products(self.one, self.other, rows.left, rows.right)
        return above_far(rows, products) if self.over else products - EVEN


def above_far(rows: Candidates, products: Floats) -> Floats:
    """How near candidates are over how near their records are in general, from `FAR` on."""
    return np.maximum(over_general(rows, products), FAR)


def both_ways(
    units: Sequence[UnitRows], pairs: Ints, sure: Floats, folds: Sequence[Ints]
) -> list[tuple[UnitRows, UnitRows]]:
    """The left in the units of the right beside the right; the left beside the right in the units of the left. Rows
    have length 1, and what is rare counts more, once of the two rows together.

    Args:
        units: of both sides.
        pairs: int64 [n, 2], records that are taken for one thing. sure: how likely each is.
        folds: of the records of each side (`translating.fold_numbers`).
    """
    one, other = units
    ahead = translated(one, other, pairs, sure, folds[0])
    back = translated(other, one, pairs[:, ::-1], sure, folds[1])
    rare, rarely = np.sqrt(other.rarity()), np.sqrt(one.rarity())
    return [
        (ahead.of_length_one(rare), other.of_length_one(rare)),
        (one.of_length_one(rarely), back.of_length_one(rarely)),
    ]


def weighed_together(tables: Sequence[UnitRows]) -> tuple[UnitRows, UnitRows]:
    """Tables of two sides, weighed by how rare a unit is on both, each row of length 1."""
    one, other = tables
    having = sum(np.bincount(each.columns, minlength=each.width) for each in tables)
    rare = np.asarray(np.log((len(one) + len(other) + 1) / (having + 1)), np.float64)
    return one.of_length_one(rare), other.of_length_one(rare)


def sorts_of(links: Ints, size: int) -> UnitRows:
    """Which relations lead from and to each record: what sort of thing it is.

    Args:
        links: int64 [n, 3]: from, relation, to.
        size: how many records there are.
    """
    relations = int(links[:, 1].max(initial=-1)) + 1
    rows = np.concatenate([links[:, 0], links[:, 2]])
    columns = np.concatenate([links[:, 1], links[:, 1] + relations])
    keys = np.unique(rows * max(2 * relations, 1) + columns)
    of, which = keys // max(2 * relations, 1), keys % max(2 * relations, 1)
    return summed_rows(of, which, np.ones(len(keys)), size, 2 * relations)
