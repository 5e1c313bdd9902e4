"""The records of two sides matched one to one: by how near their names are, and by what matched neighbours say.

Round by round: every candidate pair is compared field by field, the levels are weighed by EM (`learning`), pairs are
matched from the likeliest on (`clustering`), and what is matched speaks for its neighbours in the next round
(`neighbours`), which brings new candidates.

A name is near another by its cosine less how near each of the two is to its nearest in general (CSLS, Conneau et al.,
ICLR 2018): a name that lies near many says less. Nearest ones are looked for among
all, which grows with the square of the records and suits tens of thousands.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.clustering import TopicEdge, clustered
from galactica.joining.topics.learning import UNKNOWN, Pattern, Weights, learned_weights, probability
from galactica.joining.topics.neighbours import Floats, Ints, Neighbours

NEAREST = 12
"""Of each entity by each kind of name, those that are compared."""

TOGETHER = 1_024
"""Rows that are compared at a time."""

NEAR = (0.35, 0.25, 0.17, 0.11, 0.06, 0.02, -0.03)
"""Levels of names: cosine less how near each is to its nearest in general (CSLS, Conneau et al. 2018)."""

SAID = (28.0, 20.0, 14.0, 10.0, 7.0, 4.0, 2.0, 0.01)
"""Levels of neighbours, in bits."""

SHARES = (0.6, 0.4, 0.25, 0.15, 0.07, 0.001)
"""Levels of the share of what neighbours could say."""

BY_CHANCE = 200_000
"""Pairs that are drawn by chance, to learn how those of two things are."""

ONE_IN = 500
"""Of so many pairs that there are, one is drawn at the most: of few records chance meets pairs of one thing."""

STRENGTH = 100
"""Pairs that the shipped weights stand for."""

ENOUGH = 7.0
"""Bits that neighbours must say for a pair to become a candidate whose names are not near."""

UNIT, TIES = 1_000, 0.01
"""Of a bit; what names count where the bits are equal."""

TAKEN = 50_000
"""Pairs whose vectors are taken at a time."""

_MUTUAL = 2
"""The field that says whether each is the other's nearest."""

_NEAR_SAME, _NEAR_OTHER = (
    (0.2, 0.15, 0.15, 0.13, 0.12, 0.1, 0.08, 0.07),
    (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.98556),
)
BEGUN = Weights(
    share=0.0001,
    same=(
        _NEAR_SAME,
        _NEAR_SAME,
        (0.6, 0.25, 0.15),
        (0.12, 0.12, 0.14, 0.14, 0.14, 0.12, 0.1, 0.07, 0.05),
        (0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05),
    ),
    other=(
        _NEAR_OTHER,
        _NEAR_OTHER,
        (1e-4, 2e-4, 0.9997),
        (1e-6, 3e-6, 1e-5, 1e-4, 1e-3, 0.004, 0.01, 0.02, 0.964889 - 2.5e-4),
        (1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.9556),
    ),
)
Vectors = NDArray[np.float32]


class Alignment:
    """The candidates of two sides, compared and weighed round by round.

    Attributes:
        pairs: candidates, as `left * records on the right + right`, ascending.
        worth: of each, in bits; names break ties.
        matched: int64 [n, 2], records of the left and of the right that were matched in the last round.

    Args:
        vectors: of each kind of name (two kinds), vectors of length 1 of both sides.
        links: of both sides, as `Neighbours` has them.
    """

    def __init__(self, vectors: list[list[Vectors]], links: tuple[Ints, Ints]) -> None:
        self.sizes = len(vectors[0][0]), len(vectors[0][1])
        self._neighbours = Neighbours(links, self.sizes)
        found = [nearest_names(*each) for each in vectors]
        self._vectors, self._means = vectors, [means for _, means in found]
        self.pairs = np.unique(np.concatenate([pairs for pairs, _ in found]))
        every = self.sizes[0] * self.sizes[1]
        self._chance = np.unique(np.random.default_rng(7).integers(0, every, min(BY_CHANCE, every // ONE_IN + 1)))
        self._near, self._near_chance = self._named(self.pairs), self._named(self._chance)
        self._said: tuple[Ints, Floats] | None = None
        self._known = np.zeros(self.sizes[0]), np.zeros(self.sizes[1])
        self.worth: Floats = np.asarray(sum(self._near))
        self.matched: Ints = np.zeros((0, 2), np.int64)

    def advance(self) -> None:
        """Weigh all candidates, match the likeliest, and hear what these say of their neighbours."""
        patterns = self._patterns(self.pairs, self._near, _nearer_ones(self.pairs, self.worth, self.sizes))
        chance = self._patterns(self._chance, self._near_chance, np.full(len(self._chance), UNKNOWN))
        several, counts, place = _counted(patterns)
        weights = learned_weights(
            _by_pattern(several, counts),
            _by_pattern(*_counted(chance)[:2]),
            self.sizes[0] * self.sizes[1],
            _begun(max(self.sizes)),
            strength=STRENGTH,
        )
        bits = np.array([sum(weights.of(tuple(each))) + weights.before for each in several.tolist()])[place]
        self.worth = bits / UNIT + TIES * np.asarray(sum(self._near))
        likely = np.flatnonzero(bits > 0)
        edges = [
            TopicEdge(bits=round(UNIT * worth), low=pair // self.sizes[1], high=self.sizes[0] + pair % self.sizes[1])
            for pair, worth in zip(self.pairs[likely].tolist(), self.worth[likely].tolist(), strict=True)
        ]
        rows = clustered(edges, [0] * self.sizes[0] + [1] * self.sizes[1], lambda low, high: "").clusters
        self.matched = np.array([(low, high - self.sizes[0]) for low, high in rows], np.int64).reshape(-1, 2)
        self._hear(bits)

    def _hear(self, bits: Ints) -> None:
        """What the neighbours of matched pairs say, and which pairs that adds."""
        place = np.searchsorted(self.pairs, self.matched[:, 0] * self.sizes[1] + self.matched[:, 1])
        sure = np.array([probability(each) for each in bits[place].tolist()])
        self._said = self._neighbours.votes(self.matched, sure)
        self._known = self._neighbours.known(self.matched, 0), self._neighbours.known(self.matched, 1)
        new = np.setdiff1d(self._said[0][self._said[1] >= ENOUGH], self.pairs)
        order = np.argsort(np.concatenate([self.pairs, new]), kind="stable")
        self._near = [np.concatenate(each)[order] for each in zip(self._near, self._named(new), strict=True)]
        self.worth = np.concatenate([self.worth, np.full(len(new), -np.inf)])[order]
        self.pairs = np.concatenate([self.pairs, new])[order]

    def _named(self, pairs: Ints) -> list[Floats]:
        """How near the names of pairs are, by each kind of vector."""
        left, right = pairs // self.sizes[1], pairs % self.sizes[1]
        found = []
        for (one, other), means in zip(self._vectors, self._means, strict=True):
            near = np.zeros(len(pairs))
            for at in range(0, len(pairs), TAKEN):
                some = slice(at, at + TAKEN)
                near[some] = np.einsum("ij,ij->i", one[left[some]], other[right[some]])
            found.append(near - (means[0][left] + means[1][right]) / 2)
        return found

    def _patterns(self, pairs: Ints, near: list[Floats], mutual: Ints) -> NDArray[np.int64]:
        columns = [np.searchsorted(-np.array(NEAR), -each, side="left") for each in near]
        said = np.full(len(pairs), UNKNOWN)
        share = said.copy()
        if self._said is not None and len(self._said[0]):
            place = np.minimum(np.searchsorted(self._said[0], pairs), len(self._said[0]) - 1)
            heard = np.where(self._said[0][place] == pairs, self._said[1][place], 0.0)
            known = [self._known[0][pairs // self.sizes[1]], self._known[1][pairs % self.sizes[1]]]
            could = np.maximum(np.sqrt(known[0] * known[1]), 1e-9)
            both = (known[0] > 0) & (known[1] > 0)
            said = np.where(both, np.searchsorted(-np.array(SAID), -heard, side="left"), UNKNOWN)
            share = np.where(both, np.searchsorted(-np.array(SHARES), -heard / could, side="left"), UNKNOWN)
        return np.stack([*columns, mutual, said, share], axis=1).astype(np.int64)


def _begun(records: int) -> Weights:
    """The shipped weights; of two things each is the other's nearest as seldom as chance will have it."""
    other = list(BEGUN.other)
    other[_MUTUAL] = (0.5 / (records + 2), 1 / (records + 2), 1 - 1.5 / (records + 2))
    return Weights(share=BEGUN.share, same=BEGUN.same, other=tuple(other))


def _counted(patterns: Ints) -> tuple[Ints, Ints, Ints]:
    """Different patterns, how many there are of each, and which each row is."""
    keys = (patterns + 1) @ np.array([16**at for at in range(patterns.shape[1])])
    _, first, place, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return patterns[first], counts, place


def _by_pattern(several: Ints, counts: Ints) -> dict[Pattern, float]:
    return dict(zip(map(tuple, several.tolist()), counts.tolist(), strict=True))


def _nearer_ones(pairs: Ints, worth: Floats, sizes: tuple[int, int]) -> Ints:
    """Of each pair, for how many of the two it is not the likeliest: 0, 1 or 2."""
    away = np.zeros(len(pairs), np.int64)
    for rows, size in ((pairs // sizes[1], sizes[0]), (pairs % sizes[1], sizes[1])):
        best = np.full(size, -np.inf)
        np.maximum.at(best, rows, worth)
        away += worth < best[rows]
    return away


def nearest_names(one: Vectors, other: Vectors) -> tuple[Ints, tuple[Floats, Floats]]:
    """Pairs of each with its nearest, and how near each is to its eight nearest on average."""
    pairs, ours = [], np.zeros(len(one))
    kept = min(NEAREST, len(other))
    best = np.full((NEAREST, len(other)), -1.0, np.float32)
    who = np.zeros((NEAREST, len(other)), np.int64)
    for at in range(0, len(one), TOGETHER):
        scores = one[at : at + TOGETHER] @ other.T
        top = np.argpartition(-scores, kept - 1, axis=1)[:, :kept]
        values = np.take_along_axis(scores, top, axis=1)
        ours[at : at + TOGETHER] = -np.sort(-values, axis=1)[:, :8].mean(axis=1)
        pairs.append(((at + np.arange(len(scores)))[:, None] * len(other) + top).ravel())
        both = np.concatenate([best, scores])
        rows = np.concatenate([who, np.broadcast_to((at + np.arange(len(scores)))[:, None], scores.shape)])
        order = np.argpartition(-both, NEAREST - 1, axis=0)[:NEAREST]
        best, who = np.take_along_axis(both, order, axis=0), np.take_along_axis(rows, order, axis=0)
    pairs.append((who * len(other) + np.arange(len(other))).ravel())
    return np.unique(np.concatenate(pairs)), (ours, -np.sort(-best, axis=0)[:8].mean(axis=0).astype(np.float64))


def of_length_one(values: Vectors) -> Vectors:
    """The same rows, each of length 1; of zeros where it was."""
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.maximum(lengths, 1e-9), np.float32)
