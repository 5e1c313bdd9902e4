"""What the links of two articles say of whether they are about one thing: how many lead to the same things.

Known things are the topics that were found without links. Of two articles that a first decision would join, each link
to a known thing that both sources have an article on is one that could agree; it does where the other article links to
that thing, too. Rules:

1. Links alone join nothing: a place and its history link to the same things. They decide between candidates that are
   about as near, and part what they contradict.
2. Where an article has several candidates in one source, agreement moves their weights by `AGREED` at the most, more
   than the margin that is asked for between two.
3. Where at least `CONTRADICTED` links could agree and none does, the pair is not joined, unless an identifier says so.
4. The topic of the pair itself says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.records import ThingFile
from galactica.joining.topics.thing import Thing, link_key

AGREED = 4_000
"""Thousandths of a bit that links say where all that could agree do."""

CONTRADICTED = 8
"""Links that could agree from which on it says something that none does: two articles on one thing that have eight
known things each in their links share one."""

FEW = 3
"""Links that could agree below which nothing is said."""

SHOWN = 3
"""Things that are named as examples."""

NOWHERE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksAgreed:
    """What links say of a pair.

    Attributes:
        agree: known things that both link to. could: that the one with fewer of them links to and that both could.
        rows: of some of the first, the article of the lower one's source, and of the higher one's: pairs of rows.
    """

    agree: int
    could: int
    rows: tuple[tuple[int, int], ...]

    @property
    def bits(self) -> int:
        """What that says, in thousandths of a bit: from 0 to `AGREED`."""
        return 0 if self.could < FEW else round(AGREED * self.agree / self.could)

    def in_words(self, things: ThingFile) -> str:
        """ "5 of 7 links lead to the same things, e.g. Rome – 罗马"."""
        named = ", ".join(f"{things[one].title} – {things[other].title}" for one, other in self.rows)
        return f"{self.agree} of {self.could} links lead to the same things" + (f", e.g. {named}" if named else "")

    @property
    def contradict(self) -> bool:
        """Whether as many could agree as should, and none does."""
        return self.could >= CONTRADICTED and not self.agree


NOTHING = LinksAgreed(agree=0, could=0, rows=())


class KnownLinks:
    """The links of an edition's articles to known things.

    Memory: 48 bytes an article at the most.

    Args:
        things: by row.
        groups: of each row, the number of the source that names each thing once; -1: of no such source.
        clusters: rows of each known thing.
    """

    def __init__(self, things: ThingFile, groups: NDArray[np.int64], clusters: Iterable[Sequence[int]]) -> None:
        self._things, self._groups = things, groups
        keys = np.fromiter((link_key(each.source, each.path) for each in things), np.uint64, len(things))
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        self._topic = np.full(len(things), NOWHERE, np.int64)
        for number, rows in enumerate(clusters):
            self._topic[list(rows)] = number
        has = (self._topic != NOWHERE) & (groups >= 0)
        self._sources = int(groups.max(initial=-1)) + 1
        self._had = np.unique(self._topic[has] * self._sources + groups[has])

    def agreed(self, low: int, high: int) -> LinksAgreed:
        """What the links of two articles say of whether they are one thing."""
        own = {int(self._topic[low]), int(self._topic[high])}
        if self._groups[low] < 0 or self._groups[high] < 0:
            return NOTHING
        ours = {at: row for at, row in self._known(low, int(self._groups[high])).items() if at not in own}
        theirs = {at: row for at, row in self._known(high, int(self._groups[low])).items() if at not in own}
        shared = sorted(ours.keys() & theirs.keys())
        could = min(len(ours), len(theirs))
        return LinksAgreed(agree=len(shared), could=could, rows=tuple((ours[at], theirs[at]) for at in shared[:SHOWN]))

    def against(self, low: int, high: int) -> str:
        """Why two articles are not one thing, as their links say; "" where they do not."""
        if self._groups[low] < 0 or self._groups[high] < 0 or not self.agreed(low, high).contradict:
            return ""
        one, other = self._things[low], self._things[high]
        identified = set(one.identifiers) & set(other.identifiers) or set(one.pages) & set(other.pages)
        return "" if identified else "links lead elsewhere"

    def _known(self, row: int, group: int) -> dict[int, int]:
        """The known things that an article links to and that another source has, and the article that it links to."""
        found: dict[int, int] = {}
        for linked in self.rows_of(self._things[row]):
            topic = int(self._topic[linked])
            if topic != NOWHERE and self._has(topic, group):
                found.setdefault(topic, linked)
        return found

    def _has(self, topic: int, group: int) -> bool:
        """Whether a source has an article on a known thing."""
        key = topic * self._sources + group
        place = int(np.searchsorted(self._had, key))
        return place < len(self._had) and int(self._had[place]) == key

    def rows_of(self, thing: Thing) -> list[int]:
        """The articles of the edition that an article links to."""
        keys = np.array(thing.links, np.uint64)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return [int(each) for each in self._order[places[self._keys[places] == keys]]]
