"""The records of two sides matched one to one, without labels: by their names, by what they are linked with, and by
what sort of thing their links say that they are.

Round by round. What speaks for a candidate pair is added up in bits; the pairs that are each other's best by a margin
are taken for one thing, few at first and more in each round; and these teach the next round

* which neighbours are one (`neighbours`: PARIS, Suchanek et al. 2011), which also brings candidates;
* what stands for what in names (`translating`), which brings candidates, too;
* how names in other characters are transliterated (`transliterated_sides`), which brings candidates, too; readings are
  known beforehand;
* how the vectors of one side are turned into those of the other (`turning`), which brings candidates, too;
* which relations a record of one side has where its partner has which (the learning of names): a person has other ones
  than a county.

Rules:
1. How near two names are is less how near each is to its nearest (CSLS, Conneau et al., ICLR 2018): a name that lies
   near many says less.
2. Neighbours that are known and disagree speak against a pair.
3. A pair is as sure as it is ahead of the next of either record, and ahead of nothing at all (`NEEDED`), whichever is
   less. Which pairs are chosen is decided of all at once (`shared_evenly`): a record that many are near to goes to the
   one that has no other.
4. New candidates are looked for among records that are not matched beyond doubt (`SETTLED`), by all kinds of names
   together; of the candidates of a round each record takes its best ones (`KEPT`) along.
5. Nothing is drawn by chance but folds (`translating`), whose numbers are fixed: the same sides give the same pairs.

Names are looked for by what they share (`unit_rows`), vectors up to `EXACT` records by comparing all, beyond in trees
(`nearest`): time grows with n log n then. Memory is about 1 KiB a candidate, of which a record has about sixty.
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
    best_of_each,
    nearest_vectors,
    one_to_one,
    shared_evenly,
    vector_products,
    widest_directions,
)
from galactica.joining.topics.name_units import sounded_units, written_units
from galactica.joining.topics.neighbours import Neighbours
from galactica.joining.topics.taught import TaughtMeasure, above_far, both_ways, sorts_of, weighed_together
from galactica.joining.topics.translating import fold_numbers
from galactica.joining.topics.transliterated_sides import TaughtTransliteration
from galactica.joining.topics.turning import turned_beside
from galactica.joining.topics.unit_rows import (
    Floats,
    Ints,
    joined_columns,
    nearest_rows,
    row_products,
    unit_tables,
)

NEAREST = 12
"""Of each record, those that are looked for by each kind of name as it stands, by all that is learned of names
together, and by turned vectors."""

TRANSLITERATION_ROUNDS = 2
"""One in so many rounds looks for names by how they are spelt, the dearest search; where pairs are known beforehand,
each does."""

SETTLED, KEPT = 0.9, 20
"""How sure a pair is whose records are looked for no more; candidates of each record that it takes along."""

SEARCHED = 192
"""Directions of vectors by which they are looked for; compared they are by all."""

BESIDE_LEARNED = 0.6
"""How much names as they sound count, where names are looked for, beside each way of translating them."""

BEGUN_WITH, GROWS = 8, 1.6
"""In the first round one in so many records is matched at the most; in each round so many times as many."""

SOUNDS, MEANING, TRANSLATED, BACK = 8.4, 15.0, 14.4, 12.0
"""Bits that a cosine of 1 says, by what is compared: names as they sound, vectors, and translations both ways."""

TRANSLITERATED = 2.5
"""Bits that names say by how they are spelt, for one of `transliteration.explained_words`."""

SAID, SHARE, AGAINST, SORT = 0.375, 2.25, 0.225, 3.0
"""What counts of the bits that neighbours say; of the share of what they could say; against a pair of which known
neighbours say nothing, by the root of what they could; of how far the sorts agree. Neighbours counted a third more,
sorts two thirds and transliteration four fifths until 2026-11-30 (decision 35)."""

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
    """Which of what can speak for a pair is listened to."""

    links: bool = True
    translations: bool = True
    transliteration: bool = True
    sorts: bool = True
    turned: bool = True


class Alignment:
    """The candidates of two sides, compared round by round.

    Attributes:
        pairs: candidates, as `left * records on the right + right`, ascending.
        worth: of each, in bits beyond what is needed; of a known pair, `ALONE`.
        shared: of each, the natural logarithm of its share of both records where all are shared evenly.
        said: what that is the sum of, each float64 [candidates]: names as they "sound", vectors ("meaning"), names as
            matched pairs translate them ("translated") and spell them ("transliterated"), "sort", "neighbours", what is
            "needed".
        known: int64 [n, 2], pairs that are one thing (`know`).
        matched: the same, and records of the left and of the right that were matched in the last round.
        sure: of each of these, how likely it is one thing.
    """

    def __init__(self, sides: tuple[AlignedSide, AlignedSide], used: IngredientsUsed | None = None) -> None:
        self.sizes = len(sides[0].names), len(sides[1].names)
        self._used = used or IngredientsUsed()
        self._neighbours = Neighbours((sides[0].links, sides[1].links), self.sizes)
        self._sounds = weighed_together(unit_tables([[sounded_units(name) for name in side.names] for side in sides]))
        self._units = [unit_tables([[written_units(name) for name in side.names]], 2)[0] for side in sides]
        self._sorts = [sorts_of(side.links, size) for side, size in zip(sides, self.sizes, strict=True)]
        self._vectors = [side.vectors for side in sides]
        self._main = widest_directions(self._vectors[1], SEARCHED)
        self._kept: Ints = np.unique(
            np.concatenate(
                [
                    self._numbers(nearest_rows(*self._sounds, NEAREST)),
                    self._numbers(nearest_rows(self._sounds[1], self._sounds[0], NEAREST)[:, ::-1]),
                    self._numbers(nearest_vectors(self._vectors[0], self._vectors[1], NEAREST)),
                ]
            )
        )
        transliteration = (
            TaughtTransliteration((sides[0].names, sides[1].names)) if self._used.transliteration else None
        )
        self._transliteration = transliteration if transliteration and transliteration.is_used else None
        self._folds = [fold_numbers(size, side) for side, size in enumerate(self.sizes)]
        self._round = 0
        self._sounding = np.zeros(0)
        self.pairs: Ints = np.zeros(0, np.int64)
        self.worth: Floats = np.zeros(len(self.pairs))
        self.shared: Floats = np.zeros(len(self.pairs))
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
        transliteration = self._transliteration if len(self.matched) else None
        if transliteration:
            transliteration.teach(self.matched, self.sure, self._folds)
        ours = self._turned()
        found = [self._kept, self._numbers(self.known), *self._looked_for(taught, ours, transliteration)]
        voted, votes = self._neighbours.votes(self.matched, self.sure)
        if self._used.links:
            found.append(voted[votes >= ENOUGH])
        before, self.pairs = self.pairs, np.unique(np.concatenate(found))
        rows = Candidates(self.pairs, self.sizes)
        self._sound(before)
        meant = vector_products(self._vectors[0] if ours is None else ours, self._vectors[1], rows)
        self.said = {"sound": SOUNDS * above_far(rows, self._sounding), "meaning": MEANING * above_far(rows, meant)}
        for each in taught:
            self.said[each.kind] = self.said.get(each.kind, 0.0) + each.weight * each.said(rows)
        if transliteration:
            self.said["transliterated"] = TRANSLITERATED * transliteration.said(rows)
        if self._used.links and len(self.matched):
            self.said["neighbours"] = self._heard(rows, voted, votes)
        self.said["needed"] = np.full(len(rows), -(NEEDED if len(self.matched) else AT_FIRST))
        self.worth = np.sum(list(self.said.values()), axis=0)
        self._match(rows)
        self._kept = rows.pairs[best_of_each(rows, self.worth, KEPT)]
        self._round += 1

    def _match(self, rows: Candidates) -> None:
        is_known = np.isin(rows.pairs, self._numbers(self.known))
        self.worth[is_known] = ALONE
        self.shared = shared_evenly(rows, self.worth)
        ahead = np.minimum(self.worth, MARGIN * apart_from_next(rows, self.worth))
        several = one_to_one(rows, self.shared)
        several = several[(ahead[several] > 0) & ~is_known[several]]
        most = int(min(self.sizes) / BEGUN_WITH * GROWS**self._round) + 1
        several = np.sort(several[np.argsort(-ahead[several], kind="stable")][:most])
        found = np.stack([rows.left[several], rows.right[several]], axis=1)
        self.matched = np.concatenate([self.known, found])
        self.sure = np.concatenate([np.ones(len(self.known)), 1 / (1 + np.exp(-PER_BIT * ahead[several]))])

    def _turned(self) -> Vectors | None:
        """The vectors of the left as matched pairs teach to turn them."""
        if not self._used.turned or not len(self.matched):
            return None
        return turned_beside(self._vectors[0], self._vectors[1], self.matched, self.sure, self._folds[0])

    def _looked_for(
        self, taught: list[TaughtMeasure], ours: Vectors | None, transliteration: TaughtTransliteration | None
    ) -> list[Ints]:
        """New candidates of records that are not matched beyond doubt."""
        settled = self.matched[self.sure >= SETTLED]
        left, right = (np.setdiff1d(np.arange(size), settled[:, at]) for at, size in enumerate(self.sizes))
        found = []
        names = [each for each in taught if each.kind == "translated"]
        if names:
            weights = [BESIDE_LEARNED, *(1.0 for _ in names)]
            one = joined_columns([self._sounds[0], *(each.one for each in names)], weights).taken(left)
            other = joined_columns([self._sounds[1], *(each.other for each in names)], [1.0] * len(weights)).taken(
                right
            )
            found += [nearest_rows(one, other, NEAREST), nearest_rows(other, one, NEAREST)[:, ::-1]]
        if ours is not None:
            found.append(nearest_vectors(ours[left] @ self._main, self._vectors[1][right] @ self._main, NEAREST))
        found = [np.stack([left[each[:, 0]], right[each[:, 1]]], axis=1) for each in found]
        if transliteration and (self._round % TRANSLITERATION_ROUNDS == 1 or len(self.known)):
            found.append(transliteration.nearest(left, right, self.sizes))
        return [self._numbers(each) for each in found]

    def _sound(self, before: Ints) -> None:
        """How near the names of all candidates are as they sound; what is known of those `before` is kept."""
        place = np.minimum(np.searchsorted(before, self.pairs), max(len(before) - 1, 0))
        is_known = before[place] == self.pairs if len(before) else np.zeros(len(self.pairs), bool)
        found = np.zeros(len(self.pairs))
        found[is_known] = self._sounding[place[is_known]]
        new = Candidates(self.pairs[~is_known], self.sizes)
        found[~is_known] = row_products(*self._sounds, new.left, new.right)
        self._sounding = found

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
        for is_used, kind, tables, weights in (
            (self._used.translations, "translated", self._units, (TRANSLATED, BACK)),
            (self._used.sorts, "sort", self._sorts, (SORT, SORT)),
        ):
            if is_used:
                ways = both_ways(tables, self.matched, self.sure, self._folds)
                found += [
                    TaughtMeasure(kind=kind, weight=weight, one=one, other=other, over=kind == "translated")
                    for weight, (one, other) in zip(weights, ways, strict=True)
                ]
        return found

    def _numbers(self, pairs: Ints) -> Ints:
        return np.unique(pairs[:, 0] * self.sizes[1] + pairs[:, 1])
