"""Stretches of a passage that a reader marked, those that have nothing in common."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPieces:
    """A stretch of a passage before it is compared with others: pieces from `first` to `last`."""

    margin: float
    first: int
    last: int


def pieces_apart(found: Sequence[MarkedPieces], most: int) -> list[MarkedPieces]:
    """The best stretches that have nothing in common."""
    chosen: list[MarkedPieces] = []
    for each in heapq.nsmallest(len(found), found, key=lambda m: (-m.margin, m.first, m.last)):
        if all(each.last < other.first or each.first > other.last for other in chosen):
            chosen.append(each)
            if len(chosen) == most:
                break
    return chosen
