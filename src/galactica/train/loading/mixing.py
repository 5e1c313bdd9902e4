"""Whose turn it is: documents of each group in an order of their own, groups by weight.

The rule, which needs nothing but what was taken so far:

1. The next document is of the group that has the fewest tokens for its weight (of equal ones, the first). Weights are
   taken as the fractions that they are; nothing is rounded.
2. Within a group documents come in shuffled order, each once in an epoch. When all were taken, the group's next epoch
   begins, in another order.
3. With `epochs` a group is done when it was gone through so often; without, no group ever is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt

from galactica.train.loading.order import ShuffledOrder, secret_of

MAX_TOKENS = 2**62
"""Tokens or epochs that a state may tell of: more than any run sees, few enough for 64 bits."""


@dataclass(slots=True, kw_only=True)
class GroupPlace:
    """How far a group has come.

    Attributes:
        epoch: how often all of its documents were taken.
        position: documents of this epoch that were taken.
        tokens: of all documents that were taken.
    """

    epoch: int = 0
    position: int = 0
    tokens: int = 0


class Mixture:
    """The documents of a view, one after the other.

    Args:
        groups: `uint16 [documents]`, the group of each.
        weights: of the groups, each above 0.
        secret: parts that the order depends on.
        epochs: how often each document is given; None: again and again.
    """

    def __init__(
        self,
        groups: npt.NDArray[np.uint16],
        weights: Sequence[float],
        secret: Sequence[str | int],
        epochs: int | None = None,
    ) -> None:
        self._secret = tuple(secret)
        self._epochs = epochs
        self._members = [np.flatnonzero(groups == each).astype(np.uint32) for each in range(len(weights))]
        self._counted = tuple(number for number, members in enumerate(self._members) if len(members))
        self._factors = _factors([weights[number] for number in self._counted])
        self.places = [GroupPlace() for _ in weights]
        self._orders: dict[int, tuple[int, ShuffledOrder]] = {}
        self._from = 0

    @property
    def documents(self) -> int:
        """How many documents all groups have."""
        return sum(map(len, self._members))

    def take(self) -> int | None:
        """The next document; None where all groups are done. `charge` must be told its tokens before the next."""
        group = self._next_group()
        if group is None:
            return None
        place = self.places[group]
        kept = self._orders.get(group)
        order = kept[1] if kept is not None and kept[0] == place.epoch else self._order(group, place.epoch)
        document = order[place.position]
        place.position += 1
        if place.position == len(order):
            place.epoch, place.position = place.epoch + 1, 0
        self._from = group
        return document

    def charge(self, tokens: int) -> None:
        """Count the tokens of the document that was taken last."""
        self.places[self._from].tokens += tokens

    def members(self, group: int) -> int:
        """How many documents a group has."""
        return len(self._members[group])

    def upcoming(self) -> Iterator[int]:
        """Documents that will be taken, about in the order in which they will; each group's current epoch, then
        what was taken of it before. Of several groups nothing more can be known before tokens are."""
        walks = []
        for number in self._counted:
            place, size = self.places[number], len(self._members[number])
            if not self._done(number):
                order = self._order(number, place.epoch)
                walks.append((size, map(order.__getitem__, range(place.position, size))))
        longest = max((size for size, _ in walks), default=0)
        for at in range(longest):
            for size, walk in walks:
                for _ in range((at + 1) * size // longest - at * size // longest):
                    document = next(walk, None)
                    if document is not None:
                        yield document

    def _next_group(self) -> int | None:
        if len(self._counted) == 1:
            only = self._counted[0]
            return None if self._epochs is not None and self.places[only].epoch >= self._epochs else only
        least: int | None = None
        cost = 0
        for number, factor in zip(self._counted, self._factors, strict=True):
            if self._epochs is not None and self._done(number):
                continue
            owed = self.places[number].tokens * factor
            if least is None or owed < cost:
                least, cost = number, owed
        return least

    def _done(self, group: int) -> bool:
        return self._epochs is not None and self.places[group].epoch >= self._epochs

    def _order(self, group: int, epoch: int) -> ShuffledOrder:
        kept = self._orders.get(group)
        if kept is None or kept[0] != epoch:
            kept = epoch, ShuffledOrder(self._members[group], secret_of(*self._secret, group, epoch))
            self._orders[group] = kept
        return kept[1]


def _factors(weights: Sequence[float]) -> list[int]:
    """Whole numbers that stand to each other as the weights' reciprocals: tokens times factor is what a group had."""
    reciprocals = [1 / Fraction(weight) for weight in weights]
    common = lcm(*(each.denominator for each in reciprocals)) if reciprocals else 1
    return [int(each * common) for each in reciprocals]
