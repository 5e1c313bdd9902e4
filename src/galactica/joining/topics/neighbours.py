"""What two records' neighbours say: how many of one's are, as far as is known, the same things as the other's.

After PARIS (Suchanek, Abiteboul and Senellart, PVLDB 5(3), 2011). Rules:

1. A link says as much as few have it: what one in three is linked with by that relation says nearly all, what a
   thousand are linked with, hardly anything.
2. Two relations of two sides mean the same as far as the pairs that are known have both of them.
3. Two neighbours that are one count once for a pair, by the relation that says most.
4. Nothing is known of a pair where neither has a neighbour that is known.

Grows with the links: a pair of neighbours that would give more than `MOST_PAIRS` pairs gives none, and all together no
more than `MOST_BESIDE`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_PAIRS = 10_000
"""Pairs that one pair of neighbours may give: a hundred on each side. What is linked with more says next to nothing."""

MOST_BESIDE = 1_500_000
"""Pairs that all pairs of neighbours may give together, about 200 bytes each: those of the least links give theirs."""

UNSEEN = 0.1
"""How far two relations of which nothing is known mean the same."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Neighbours:
    """The links of two sides.

    Args:
        links: of each side, int64 [n, 3]: from, relation, to.
        sizes: records of each side.
    """

    def __init__(self, links: tuple[Ints, Ints], sizes: tuple[int, int]) -> None:
        self._sizes = sizes
        self._links: list[Ints] = []
        self._starts: list[Ints] = []
        self._shared: list[Floats] = []
        for several, size in zip(links, sizes, strict=True):
            turned = several[:, ::-1].copy()
            turned[:, 1] += several[:, 1].max(initial=-1) + 1
            both = np.unique(np.concatenate([several, turned]), axis=0)
            both = both[np.lexsort((both[:, 0], both[:, 1], both[:, 2]))]
            self._links.append(both)
            self._starts.append(np.searchsorted(both[:, 2], np.arange(size + 1)))
            of = both[:, 2] * (both[:, 1].max(initial=0) + 1) + both[:, 1]
            _, place, counts = np.unique(of, return_inverse=True, return_counts=True)
            self._shared.append(counts[place].astype(np.float64))

    def votes(self, matched: Ints, sure: Floats) -> tuple[Ints, Floats]:
        """Pairs that matched neighbours speak for, as `left * records on the right + right`, ascending; how many bits.

        Args:
            matched: int64 [n, 2], each record once.
            sure: how likely each pair is one.
        """
        left, right, at = self._beside(matched)
        ours, theirs = self._links[0][left], self._links[1][right]
        agree = self._agreement(matched, at, ours, theirs)
        most = np.maximum(self._shared[0][left], self._shared[1][right])
        bits = np.log2(1 + sure[at] * agree * min(self._sizes) / most)
        pairs = ours[:, 0] * self._sizes[1] + theirs[:, 0]
        order = np.lexsort((-bits, at, pairs))
        pairs, at, bits = pairs[order], at[order], bits[order]
        first = np.r_[True, (pairs[1:] != pairs[:-1]) | (at[1:] != at[:-1])][: len(pairs)]
        pairs, bits = pairs[first], bits[first]
        starts = np.flatnonzero(np.r_[True, pairs[1:] != pairs[:-1]][: len(pairs)])
        return pairs[starts], np.add.reduceat(bits, starts) if len(starts) else bits

    def known(self, matched: Ints, side: int) -> Floats:
        """Of each record of a side, how much its matched neighbours could say at the most, in bits."""
        is_known = np.zeros(self._sizes[side] + 1, bool)
        is_known[matched[:, side]] = True
        links = self._links[side]
        bits = np.log2(1 + min(self._sizes) / self._shared[side]) * is_known[links[:, 2]]
        order = np.lexsort((-bits, links[:, 2], links[:, 0]))
        links, bits = links[order], bits[order]
        first = np.r_[True, (links[1:, 0] != links[:-1, 0]) | (links[1:, 2] != links[:-1, 2])][: len(links)]
        return np.asarray(np.bincount(links[first, 0], bits[first], self._sizes[side]), np.float64)

    def _beside(self, matched: Ints) -> tuple[Ints, Ints, Ints]:
        """Each link of the one of a matched pair with each of the other's: their places, and the pair's."""
        begins = [self._starts[side][matched[:, side]] for side in (0, 1)]
        counts = [self._starts[side][matched[:, side] + 1] - begins[side] for side in (0, 1)]
        several = np.where(counts[0] * counts[1] <= MOST_PAIRS, counts[0] * counts[1], 0)
        order = np.argsort(several, kind="stable")
        several[order[np.cumsum(several[order]) > MOST_BESIDE]] = 0
        at = np.repeat(np.arange(len(matched)), several)
        within = np.arange(len(at)) - np.repeat(np.cumsum(several) - several, several)
        return begins[0][at] + within // counts[1][at], begins[1][at] + within % counts[1][at], at

    def _agreement(self, matched: Ints, at: Ints, ours: Ints, theirs: Ints) -> Floats:
        """Of each pair of links, how far their relations mean the same: how many are of a matched pair, of those that
        could be."""
        partner = np.full(self._sizes[0], -1, np.int64)
        partner[matched[:, 0]] = matched[:, 1]
        is_known = np.zeros(self._sizes[1], bool)
        is_known[matched[:, 1]] = True
        of = ours[:, 1] * (int(self._links[1][:, 1].max(initial=0)) + 1) + theirs[:, 1]
        _, relations = np.unique(of, return_inverse=True)
        _, here, counts = np.unique(at * (len(of) + 1) + relations, return_inverse=True, return_counts=True)
        could = (partner[ours[:, 0]] >= 0) & is_known[theirs[:, 0]]
        right = np.bincount(relations, partner[ours[:, 0]] == theirs[:, 0])
        # where n links of each stand beside each other, n of their n * n pairs can be right
        tried = np.maximum(np.bincount(relations, could / np.sqrt(counts[here])), right)
        return np.asarray(((right + UNSEEN) / (tried + 1))[relations], np.float64)
