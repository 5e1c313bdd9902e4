"""What each side says to a question: of its answers that stood the check, the likeliest.

What the reader likes best may stand the check badly, and the next stretch of the same source well (`confidence`). A
side speaks once: what it says besides neither disputes that, nor is quoted for what another side says.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from galactica.ask.alike import Same, Side
from galactica.ask.asked import Asked
from galactica.ask.confidence import confidence
from galactica.ask.proving import Proved
from galactica.languages import primary
from galactica.model import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """An answer that stood the check, and how likely it is right."""

    asked: Asked
    proved: Proved
    confidence: float

    @property
    def first(self) -> Citation:
        """Its best quotation."""
        return self.proved.citations[0]


def said_by_sides(asked: Asked, groups: Sequence[Same], proved: Sequence[Proved]) -> list[Likely]:
    """What the sides of one edition say: each the likeliest of its answers; of equal ones the first.

    Args:
        groups: all answers that were marked there.
        proved: those of them that stood the check, best first.
    """
    every = [Likely(asked=asked, proved=each, confidence=confidence(asked, each, groups)) for each in proved]
    told: set[Side] = set()
    found = []
    for each in sorted(every, key=lambda each: -each.confidence):
        if each.proved.group.sides <= told:
            continue
        found.append(replace(each, proved=_of_own(each, told)))
        told |= each.proved.group.sides
    return found


def _of_own(likely: Likely, told: Set[Side]) -> Proved:
    """An answer without the quotations of sides that say something else, where any is left."""
    proved = likely.proved
    sides = [(each.source, primary(each.language), each.edition, "") for each in proved.citations]
    own = tuple(each for each, side in zip(proved.citations, sides, strict=True) if side not in told)
    page = likely.asked.holdings.page(own[0].edition, own[0].id) if own else None
    return proved if page is None else replace(proved, citations=own, page=page)
