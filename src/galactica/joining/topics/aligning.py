"""The records of two sides matched one to one, without labels: by their names, by what they are linked with, and by
what sort of thing their links say that they are.

Round by round. What speaks for a candidate pair is added up in bits; the pairs that are each other's best by a margin
are taken for one thing, few at first and more in each round; and these teach the next round

* which neighbours are one (`neighbours`: PARIS, Suchanek et al. 2011), which also brings candidates;
* what stands for what in names (`translating`), which brings candidates, too;
* which relations a record of one side has where its partner has which (the same learning): a person has other ones than
  a county.

Rules:
1. How near two names are is less how near each is to its nearest (CSLS, Conneau et al., ICLR 2018): a name that lies
   near many says less.
2. Neighbours that are known and disagree speak against a pair.
3. A pair is as sure as it is ahead of the next of either record, and ahead of nothing at all (`NEEDED`), whichever is
   less.
4. Nothing is drawn by chance but folds (`translating`), whose numbers are fixed: the same sides give the same pairs.

Names are looked for by what they share (`unit_rows`), vectors up to `EXACT` records by comparing all, beyond in trees
(`nearest`): time grows with n log n then. Memory is about 1 KiB a candidate, of which a record has about forty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.candidates import (
    ALONE,
    Candidates,
    apart_from_next,
    nearest_vectors,
    one_to_one,
    over_general,
    vector_products,
)
from galactica.joining.topics.name_units import sounded_units, written_units
from galactica.joining.topics.neighbours import Neighbours
from galactica.joining.topics.translating import fold_numbers, translated
from galactica.joining.topics.unit_rows import (
    Floats,
    Ints,
    UnitRows,
    nearest_rows,
    row_products,
    summed_rows,
    unit_tables,
)

NEAREST, TAUGHT = 12, 8
"""Of each record, those that are compared: by each kind of name as it stands, by each way of translating it."""

BEGUN_WITH, GROWS = 8, 1.6
"""In the first round one in so many records is matched at the most; in each round so many times as many."""

SOUNDS, MEANING, TRANSLATED, BACK = 8.4, 12.0, 14.4, 12.0
"""Bits that a cosine of 1 says, by what is compared: names as they sound, vectors, and translations both ways."""

FAR = -0.15
"""What a name says against a pair at the most, as a cosine: names may be altogether different."""

SAID, SHARE, AGAINST, SORT = 0.5, 3.0, 0.3, 2.0
"""What counts of the bits that neighbours say; of the share of what they could say; against a pair of which known
neighbours say nothing, by the root of what they could; of how far the sorts agree."""

EVEN = 0.25
"""The cosine of sorts, one way, that says nothing."""

NEEDED, AT_FIRST = 4.0, 1.0
"""Bits that are asked of a pair; in the first round, when nothing is known but names as they stand."""

PER_BIT = 0.5
"""How fast a pair becomes sure: natural logarithm of the odds by bit."""

MARGIN = 2.0
"""How much a bit of being ahead of the next counts, where a bit of being ahead of nothing counts one."""

ENOUGH = 6.0
"""Bits that neighbours must say for a pair to become a candidate whose names are not near."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedSide:
    """The records of one side.

    Attributes:
        names: of each record.
        vectors: float32 [records, d], of length 1; d may be 0.
        links: int64 [n, 3]: from, relation, to.
    """

    names: Sequence[str]
    vectors: Vectors
    links: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class IngredientsUsed:
    """Which of what can speak for a pair is listened to; all of it but where a benchmark asks for less."""

    links: bool = True
    translations: bool = True
    sorts: bool = True


class Alignment:
    """The candidates of two sides, compared round by round.

    Attributes:
        pairs: candidates, as `left * records on the right + right`, ascending.
        worth: of each, in bits beyond what is needed; of a known pair, `ALONE`.
        said: what that is the sum of, each float64 [candidates]: names as they "sound", vectors ("meaning"), names as
            matched pairs translate them ("translated"), "sort", "neighbours", what is "needed".
        known: int64 [n, 2], pairs that are one thing (`know`).
        matched: the same, and records of the left and of the right that were matched in the last round.
        sure: of each of these, how likely it is one thing.
    """

    def __init__(self, sides: tuple[AlignedSide, AlignedSide], used: IngredientsUsed | None = None) -> None:
        self.sizes = len(sides[0].names), len(sides[1].names)
        self._used = used or IngredientsUsed()
        self._neighbours = Neighbours((sides[0].links, sides[1].links), self.sizes)
        self._sounds = _weighed(unit_tables([[sounded_units(name) for name in side.names] for side in sides]))
        self._units = [unit_tables([[written_units(name) for name in side.names]], 2)[0] for side in sides]
        self._sorts = [_sorts_of(side.links, size) for side, size in zip(sides, self.sizes, strict=True)]
        self._vectors = [side.vectors for side in sides]
        self._begun = np.union1d(
            self._numbers(nearest_rows(*self._sounds, NEAREST)),
            self._numbers(nearest_rows(self._sounds[1], self._sounds[0], NEAREST)[:, ::-1]),
        )
        self._begun = np.union1d(
            self._begun, self._numbers(nearest_vectors(self._vectors[0], self._vectors[1], NEAREST))
        )
        self._folds = [fold_numbers(size, side) for side, size in enumerate(self.sizes)]
        self._round = 0
        self._named = np.zeros((2, 0))
        self._named_pairs: Ints = np.zeros(0, np.int64)
        self.pairs: Ints = self._begun
        self.worth: Floats = np.zeros(len(self.pairs))
        self.said: dict[str, Floats] = {}
        self.known: Ints = np.zeros((0, 2), np.int64)
        self.matched: Ints = np.zeros((0, 2), np.int64)
        self.sure: Floats = np.zeros(0)

    def know(self, pairs: Ints) -> None:
        """Take pairs, int64 [n, 2], for one thing from now on, and of what else was matched nothing: they alone teach
        the next round, and match nothing else."""
        self.known, self.matched, self.sure = pairs, pairs, np.ones(len(pairs))

    def advance(self) -> None:
        """Compare all candidates by what the last round taught, and match those that are sure."""
        taught = self._taught() if len(self.matched) else []
        found = [self._begun, self._numbers(self.known), *(each.candidates for each in taught)]
        voted, votes = self._neighbours.votes(self.matched, self.sure)
        if self._used.links:
            found.append(voted[votes >= ENOUGH])
        self.pairs = np.unique(np.concatenate(found))
        rows = Candidates(self.pairs, self.sizes)
        self._name(rows.pairs)
        self.said = {
            "sound": SOUNDS * self._near(rows, self._named[0]),
            "meaning": MEANING * self._near(rows, self._named[1]),
        }
        for each in taught:
            self.said[each.kind] = self.said.get(each.kind, 0.0) + each.weight * each.said(rows)
        if self._used.links and len(self.matched):
            self.said["neighbours"] = self._heard(rows, voted, votes)
        self.said["needed"] = np.full(len(rows), -(NEEDED if len(self.matched) else AT_FIRST))
        self.worth = np.sum(list(self.said.values()), axis=0)
        self._match(rows)
        self._round += 1

    def _match(self, rows: Candidates) -> None:
        is_known = np.isin(rows.pairs, self._numbers(self.known))
        self.worth[is_known] = ALONE
        ahead = np.minimum(self.worth, MARGIN * apart_from_next(rows, self.worth))
        several = one_to_one(rows, self.worth)
        several = several[(ahead[several] > 0) & ~is_known[several]]
        most = int(min(self.sizes) / BEGUN_WITH * GROWS**self._round) + 1
        several = np.sort(several[np.argsort(-ahead[several], kind="stable")][:most])
        found = np.stack([rows.left[several], rows.right[several]], axis=1)
        self.matched = np.concatenate([self.known, found])
        self.sure = np.concatenate([np.ones(len(self.known)), 1 / (1 + np.exp(-PER_BIT * ahead[several]))])

    def _name(self, pairs: Ints) -> None:
        """How near the names of all candidates are as they stand; what is known from the last round is kept."""
        place = np.minimum(np.searchsorted(self._named_pairs, pairs), max(len(self._named_pairs) - 1, 0))
        is_known = self._named_pairs[place] == pairs if len(self._named_pairs) else np.zeros(len(pairs), bool)
        found = np.zeros((2, len(pairs)))
        found[:, is_known] = self._named[:, place[is_known]]
        new = Candidates(pairs[~is_known], self.sizes)
        found[0, ~is_known] = row_products(*self._sounds, new.left, new.right)
        found[1, ~is_known] = vector_products(self._vectors[0], self._vectors[1], new)
        self._named, self._named_pairs = found, pairs

    def _near(self, rows: Candidates, products: Floats) -> Floats:
        return np.maximum(over_general(rows, products), FAR)

    def _heard(self, rows: Candidates, voted: Ints, votes: Floats) -> Floats:
        """What known neighbours say of each candidate, in bits."""
        said = np.zeros(len(rows))
        if len(voted):
            place = np.minimum(np.searchsorted(voted, rows.pairs), len(voted) - 1)
            said = np.where(voted[place] == rows.pairs, votes[place], 0.0)
        ours = self._neighbours.known(self.matched, 0)[rows.left]
        theirs = self._neighbours.known(self.matched, 1)[rows.right]
        share = said / np.maximum(np.sqrt(ours * theirs), 1.0)
        silent = np.where(said == 0, np.sqrt(np.minimum(ours, theirs)), 0.0)
        return np.asarray(SAID * said + SHARE * share - AGAINST * silent, np.float64)

    def _taught(self) -> list[TaughtMeasure]:
        """What the pairs that were matched teach."""
        found = []
        if self._used.translations:
            ours, theirs = self._both_ways(self._units)
            weights = (TRANSLATED, BACK)
            for number, (one, other) in enumerate((ours, theirs)):
                near = nearest_rows(other, one, TAUGHT)[:, ::-1] if number else nearest_rows(one, other, TAUGHT)
                found.append(TaughtMeasure("translated", weights[number], one, other, self._numbers(near), over=True))
        if self._used.sorts:
            none = np.zeros(0, np.int64)
            found += [TaughtMeasure("sort", SORT, *each, none, over=False) for each in self._both_ways(self._sorts)]
        return found

    def _both_ways(self, units: list[UnitRows]) -> list[tuple[UnitRows, UnitRows]]:
        """The left in the units of the right beside the right; the left beside the right in the units of the left."""
        one, other = units
        ahead = translated(one, other, self.matched, self.sure, self._folds[0])
        back = translated(other, one, self.matched[:, ::-1], self.sure, self._folds[1])
        rare, rarely = other.rarity(), one.rarity()
        return [
            (ahead.of_length_one(rare), other.of_length_one(rare)),
            (one.of_length_one(rarely), back.of_length_one(rarely)),
        ]

    def _numbers(self, pairs: Ints) -> Ints:
        return np.unique(pairs[:, 0] * self.sizes[1] + pairs[:, 1])


@dataclass(frozen=True, slots=True)
class TaughtMeasure:
    """A measure that matched pairs taught: of what kind, what a cosine of 1 says, the two tables, candidates; whether
    it is `over` what is general."""

    kind: str
    weight: float
    one: UnitRows
    other: UnitRows
    candidates: Ints
    over: bool

    def said(self, rows: Candidates) -> Floats:
        """How near each candidate is."""
        products = row_products(self.one, self.other, rows.left, rows.right)
        return np.maximum(over_general(rows, products), FAR) if self.over else products - EVEN


def _weighed(tables: list[UnitRows]) -> tuple[UnitRows, UnitRows]:
    """Tables of two sides, weighed by how rare a unit is on both."""
    one, other = tables
    having = sum(np.bincount(each.columns, minlength=each.width) for each in tables)
    rare = np.asarray(np.log((len(one) + len(other) + 1) / (having + 1)), np.float64)
    return one.of_length_one(rare), other.of_length_one(rare)


def _sorts_of(links: Ints, size: int) -> UnitRows:
    """Which relations lead from and to each record: what sort of thing it is."""
    relations = int(links[:, 1].max(initial=-1)) + 1
    rows = np.concatenate([links[:, 0], links[:, 2]])
    columns = np.concatenate([links[:, 1], links[:, 1] + relations])
    keys = np.unique(rows * max(2 * relations, 1) + columns)
    of, which = keys // max(2 * relations, 1), keys % max(2 * relations, 1)
    return summed_rows(of, which, np.ones(len(keys)), size, 2 * relations)
