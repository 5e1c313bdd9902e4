"""How surely does an answer lie in a place of a passage, wherever in it it begins and ends?

Of a text in which people talk a reader often knows the sentence and not the stretch: it gives many stretches of it a
little each, and another sentence one that is marked a little more surely. So all that begin in a sentence are added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from galactica.ask.contract import Begun, Given
from galactica.encode.cross import HeadsRead
from galactica.encode.pieces import Tokens

Span = tuple[int, int]

NOWHERE = -30.0
"""Logit of a place in which nothing can be an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """What a reader says of the places of one passage.

    Attributes:
        sums: of each place, how much likelier an answer begins in it than that the passage has none, in logits.
        marks: (start, end) of the surest stretch that begins there, within the place; the place itself where there is
            none.
        shares: of each place, which part of its sum is the surest stretch and those that lie in it or hold it: 0 to 1.
        relevant, answerable, near: logits that the passage is one for the question, that it answers, that it is about
            what is asked.
    """

    sums: tuple[float, ...]
    marks: tuple[Span, ...]
    shares: tuple[float, ...]
    relevant: float
    answerable: float
    near: float


@runtime_checkable
class Locating(Protocol):
    """A reader that says how surely an answer lies in a place; see `contract.Reader` for its rules."""

    def locate(self, question: str, passages: Sequence[Given], places: Sequence[Sequence[Span]]) -> list[Located]:
        """What it says of places of each passage.

        Args:
            places: of each passage, (start, end) in code points of its text, in order and apart.
        """
        ...


def located(
    cut: Tokens | None,
    read: Sequence[tuple[HeadsRead, NDArray[np.floating[Any]]]],
    begun: Begun | None,
    places: Sequence[Span],
) -> Located:
    """What the windows of one passage say of its places; of windows that overlap the surer.

    Args:
        cut: the passage in pieces; None where nothing was read.
        read: of each window what the heads say, and the margins of its stretches, `float32 [first piece, last piece]`.
        begun: what its windows say of it at a glance.
    """
    sums = [NOWHERE] * len(places)
    marks = list(places)
    shares = [0.0] * len(places)
    cut = cut or Tokens(ids=(), starts=(), ends=())
    starts = np.array(cut.starts)
    for heads, margins in read:
        first = heads.window.piece
        begin = starts[first : first + heads.window.count]
        for number, (low, high) in enumerate(places):
            rows = np.flatnonzero((begin >= low) & (begin < high))
            if not len(rows):
                continue
            own = margins[rows[0] : rows[-1] + 1].astype(np.float64)
            total = float(np.logaddexp.reduce(own, axis=None))
            if total <= sums[number]:
                continue
            at, to = np.unravel_index(int(np.argmax(own)), own.shape)
            start, end = cut.starts[first + rows[0] + int(at)], cut.ends[first + int(to)]
            sums[number] = total
            marks[number] = (start, min(high, end)) if start < min(high, end) else (low, high)
            part = np.exp(own - own[at, to])
            same = part[: int(at) + 1, int(to) :].sum() + part[int(at) :, : int(to) + 1].sum() - 1.0
            shares[number] = float(same / part.sum())
    return Located(
        sums=tuple(sums),
        marks=tuple(marks),
        shares=tuple(shares),
        relevant=NOWHERE if begun is None else begun.relevant,
        answerable=max((heads.answerable for heads, _ in read), default=NOWHERE),
        near=max((heads.near for heads, _ in read), default=NOWHERE),
    )
