"""What it is worth that two records agree on a field, or do not: Fellegi and Sunter's weights, learned without labels.

Pairs come as *patterns*: the level that each comparison ended at, 0 the nearest, -1 where it is unknown. Only how often
each pattern occurs is kept, so that memory does not grow with the pairs, and the sums do not depend on their order.

Rules:
1. How levels are distributed among pairs of two things (u) is counted on pairs drawn by chance, of which next to
   none is of one thing; not on those that are compared, which were chosen because they are alike.
2. How they are distributed among pairs of one thing (m), and how many of those there are, is learned by expectation and
   maximisation over the pairs that are compared; all others count as of two things.
3. Shipped values stand as so many pairs (`strength`): few pairs move little, many decide.
4. The log-ratio of m and u does not rise from a nearer to a farther level (pooled adjacent violators): what looks alike
   never speaks against.
5. Weights are whole thousandths of a bit, so that no last digit of a logarithm decides anything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Pattern = tuple[int, ...]
"""The level of each comparison; -1: unknown."""

UNKNOWN = -1

UNIT = 1_000
"""Weights are counted in 1/UNIT bit."""

MOST_BITS = 14.0
"""Bits that one field may speak for or against: fields are not independent, and none may decide everything."""

ROUNDS = 40
SETTLED = 1e-6
"""Rounds of learning, and the change of the share after which it ends."""

LEAST_FOUND = 1.0
"""Pairs of one thing that there are at least, so that no share is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each level of each field is worth.

    Attributes:
        share: of pairs of one thing among those that are compared.
        same, other: for each field the probability of each level, of one thing and of two.
    """

    share: float
    same: tuple[tuple[float, ...], ...]
    other: tuple[tuple[float, ...], ...]

    def of(self, pattern: Pattern) -> tuple[int, ...]:
        """What each field says, in 1/`UNIT` bit; 0 of what is unknown."""
        return tuple(
            0 if level < 0 else _bits(self.same[at][level], self.other[at][level]) for at, level in enumerate(pattern)
        )

    @property
    def before(self) -> int:
        """What is known before anything is compared, in 1/`UNIT` bit."""
        return round(UNIT * math.log2(self.share / (1 - self.share)))


def probability(bits: int) -> float:
    """The probability of a weight in 1/`UNIT` bit."""
    return 1 / (1 + math.exp2(-max(min(bits / UNIT, 60.0), -60.0)))


def learned_weights(
    patterns: Mapping[Pattern, float],
    by_chance: Mapping[Pattern, float],
    every: float,
    begun: Weights,
    *,
    strength: float = 200.0,
) -> Weights:
    """Weights learned from how often each pattern occurs.

    Args:
        patterns: of the pairs that were compared.
        by_chance: of pairs drawn by chance.
        every: how many pairs there are in all, compared or not.
        begun: where learning begins, and what it is held to.
        strength: how many pairs of one thing the beginning is worth, and how many of two.
    """
    rows = sorted(patterns.items())
    if not rows or every <= 0:
        return begun
    other = _distributions(sorted(by_chance.items()), begun.other, strength)
    now = _monotonic(Weights(share=_share(LEAST_FOUND + begun.share * len(rows), every), same=begun.same, other=other))
    for _ in range(ROUNDS):
        chances = [_chance(now, pattern) for pattern, _ in rows]
        weighed = [(p, c * w) for (p, c), w in zip(rows, chances, strict=True)]
        same = _distributions(weighed, begun.same, strength)
        found = math.fsum(count for _, count in weighed)
        before, now = now, _monotonic(Weights(share=_share(found + LEAST_FOUND, every), same=same, other=other))
        if abs(before.share - now.share) < SETTLED * now.share:
            break
    return now


def _share(found: float, every: float) -> float:
    return min(max(found / every, 1e-12), 0.5)


def _chance(weights: Weights, pattern: Pattern) -> float:
    bits = math.log2(weights.share / (1 - weights.share))
    for at, level in enumerate(pattern):
        if level >= 0:
            bits += _clipped(math.log2(weights.same[at][level] / weights.other[at][level]))
    return 1 / (1 + math.exp2(-max(min(bits, 60.0), -60.0)))


def _distributions(
    counted: Sequence[tuple[Pattern, float]], begun: tuple[tuple[float, ...], ...], strength: float
) -> tuple[tuple[float, ...], ...]:
    found: list[tuple[float, ...]] = []
    for at, shipped in enumerate(begun):
        sums = [strength * each for each in shipped]
        for pattern, count in counted:
            if pattern[at] >= 0:
                sums[pattern[at]] += count
        total = math.fsum(sums)
        found.append(tuple(max(each / total, 1e-9) for each in sums))
    return tuple(found)


def _monotonic(weights: Weights) -> Weights:
    """The same with levels pooled where a farther one would be worth more than a nearer one."""
    same, other = [], []
    for ours, theirs in zip(weights.same, weights.other, strict=True):
        blocks: list[tuple[float, float, int]] = []
        for m, u in zip(ours, theirs, strict=True):
            blocks.append((m, u, 1))
            while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] < blocks[-1][0] * blocks[-2][1]:
                last, before = blocks.pop(), blocks.pop()
                blocks.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
        ratios = [(m / u) for m, u, levels in blocks for _ in range(levels)]
        # u keeps its own shape and m follows the pooled ratio, so that both stay what they are: probabilities
        raised = [u * ratio for u, ratio in zip(theirs, ratios, strict=True)]
        total = math.fsum(raised)
        same.append(tuple(max(each / total, 1e-9) for each in raised))
        other.append(theirs)
    return Weights(share=weights.share, same=tuple(same), other=tuple(other))


def _bits(m: float, u: float) -> int:
    return round(UNIT * _clipped(math.log2(m / u)))


def _clipped(bits: float) -> float:
    return max(min(bits, MOST_BITS), -MOST_BITS)
