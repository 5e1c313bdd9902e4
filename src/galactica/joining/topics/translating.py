"""What stands for what in the names of two languages, learned from pairs of names that are taken for one thing.

Each unit of a name (a word, a run of letters) brings units of the other language's name with some probability, each
by itself (noisy or); which unit brought which is learned by expectation and maximisation, as in the first model of
Brown et al. (Computational Linguistics 19(2), 1993), but for presence in place of counts. So 县 comes to bring
"county", and 汤普森 "tho", "mps", "son".

Rules:
1. What a pair teaches is never asked of that pair: records are parted into `FOLDS` by chance, and each is translated by
   what the pairs of the others teach, a record of no pair by what all teach. A wrong pair does not vouch for itself.
2. A unit that few pairs have brings little: it counts as if one pair more had it, which brought nothing.
3. The surest `MOST_TAUGHT` pairs teach; that bounds memory.
"""

from __future__ import annotations

import numpy as np

from galactica.joining.topics.unit_rows import Floats, Ints, UnitRows, places_of_rows, summed_rows

FOLDS = 3
ROUNDS = 4
"""Of learning; later ones move little."""

MOST_TAUGHT = 12_000
"""Pairs that teach: about 500 combinations of units each, 24 bytes a piece, are 150 MB."""

LEAST_BROUGHT = 0.02
"""The probability from which on what a unit brings is kept."""

BEGUN, BESIDE, UNSEEN = 0.1, 0.5, 1.0
"""The probability that learning begins at; how much of a unit's frequency speaks for its being there by chance; the
pairs that are added to those that have a unit."""


def fold_numbers(count: int, side: int) -> Ints:
    """The fold of each record of a side, drawn evenly."""
    return np.random.default_rng(101 + side).integers(0, FOLDS, count)


def asked_apart(folds: Ints, pairs: Ints) -> Ints:
    """The fold of each record of the first side; `FOLDS`, no pair's, of one that is of no pair: all teach it."""
    found = np.full(len(folds), FOLDS)
    found[pairs[:, 0]] = folds[pairs[:, 0]]
    return found


def translated(one: UnitRows, other: UnitRows, pairs: Ints, sure: Floats, folds: Ints) -> UnitRows:
    """The names of one side in the units of the other, with the probability of each.

    Args:
        pairs: int64 [n, 2], rows of the two sides that are taken for one thing.
        sure: how likely each is.
        folds: of each row of the first side.
    """
    kept = np.sort(np.argsort(-sure, kind="stable")[:MOST_TAUGHT])
    pairs, sure = pairs[kept], sure[kept]
    ours, first = places_of_rows(one.starts, pairs[:, 0])
    at, second = places_of_rows(other.starts, pairs[ours, 1])
    pair, unit, brought = ours[at], one.columns[first][at], other.columns[second]
    keys, which = np.unique(unit * other.width + brought, return_inverse=True)
    sizes = np.diff(other.starts)[pairs[:, 1]]
    seen_in = second - (other.starts[pairs[:, 1]] - (np.cumsum(sizes) - sizes))[pair]
    of, into = keys // max(other.width, 1), keys % max(other.width, 1)
    folds = asked_apart(folds, pairs)
    parts = []
    for fold in range(FOLDS + 1):
        weight = np.where(folds[pairs[:, 0]] != fold, sure, 0.0)
        having = np.bincount(one.columns[first], weight[ours], one.width)
        by_chance = BESIDE * np.bincount(other.columns, minlength=other.width)[brought] / max(len(other), 1)
        chances = np.full(len(keys), BEGUN)
        for _ in range(ROUNDS):
            here = chances[which]
            share = here / (np.bincount(seen_in, here)[seen_in] + by_chance)
            chances = np.bincount(which, share * weight[pair], len(keys)) / (having[of] + UNSEEN)
        known = chances >= LEAST_BROUGHT
        table = summed_rows(of[known], into[known], chances[known], one.width, other.width)
        parts.append(_brought(one, table, np.flatnonzero(folds == fold)))
    rows, columns, values = (np.concatenate(each) for each in zip(*parts, strict=True))
    return summed_rows(rows, columns, values, len(one), other.width)


def _brought(one: UnitRows, table: UnitRows, rows: Ints) -> tuple[Ints, Ints, Floats]:
    """What the units of some rows bring together: rows, units of the other side, probabilities."""
    at, place = places_of_rows(one.starts, rows)
    units, there = places_of_rows(table.starts, one.columns[place])
    not_brought = np.log1p(-np.minimum(table.values[there], 0.95))
    found = summed_rows(at[units], table.columns[there], not_brought, len(rows), table.width)
    return rows[found.rows()], found.columns, -np.expm1(found.values)
