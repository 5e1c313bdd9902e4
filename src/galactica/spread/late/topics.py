"""Where in a release a topic lies: which packs hold the articles that a wish names, by the words of their titles.

Nothing but the release's packs is needed. They are read once, when the first wish comes; kept is for each word of a
title, or of another title of it, which packs have it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from galactica.codes.letters import folded
from galactica.edition.decode import article_of, fields_of
from galactica.progress import Report, silent
from galactica.spread.release.document import PACK, ReleaseObject
from galactica.spread.release.pack import check_object, read_pack

MOST_WORDS = 5_000_000
"""Words of titles that are kept: of some two million articles."""
MOST_PACKS = 8
"""That a wish leads to: it is to be there soon."""
_WORD = re.compile(r"\w+")


class TopicFinder:
    """Finds the packs of wishes.

    Args:
        objects: what travels, in order.
        read: gives the bytes of the object at a place.
        version: of the edition's format.
        report: stage "topics" (packs), when the first wish comes.
    """

    def __init__(
        self,
        objects: Sequence[ReleaseObject],
        read: Callable[[int], bytes],
        version: int,
        report: Report = silent,
    ) -> None:
        self._objects, self._read, self._version, self._report = objects, read, version, report
        self._words: dict[str, Counter[int]] | None = None
        self._titles: dict[str, int] = {}

    def __call__(self, wish: str) -> Sequence[int]:
        """Places of objects: the one whose article is called like the wish, then those with most titles of its words;
        words that no title has are left out.

        Raises:
            ProofError, OSError: an object is damaged, or cannot be read.
        """
        words = set(_words(wish))
        if not words:
            return ()
        if self._words is None:
            self._words = self._looked_through()
        exact = self._titles.get(" ".join(_words(wish)))
        counts = sorted((self._words[word] for word in words if word in self._words), key=len)
        every = {place: min(each[place] for each in counts) for place in counts[0]} if counts else {}
        if not any(every.values()) and counts:
            every = dict(counts[0])  # no pack has titles with all these words: those with the rarest
        found = sorted((place for place in every if every[place]), key=lambda place: (-every[place], place))
        return tuple(dict.fromkeys([*((exact,) if exact is not None else ()), *found]))[:MOST_PACKS]

    def _looked_through(self) -> dict[str, Counter[int]]:
        """Word → packs, once for each title that has it there."""
        found: dict[str, Counter[int]] = {}
        kept = 0
        for place, stated in enumerate(self._objects):
            self._report("topics", place, len(self._objects), "packs")
            if stated.kind != PACK or "articles" not in dict(stated.records):
                continue
            for entry in read_pack(check_object(self._read(place), stated), self._version):
                if entry.table != "articles" or kept >= MOST_WORDS:
                    continue
                article = article_of(fields_of(entry.record, "articles", self._version))
                for title in (article.title, *(alias.title for alias in article.aliases)):
                    words = _words(title)
                    self._titles.setdefault(" ".join(words), place)
                    for word in set(words):
                        found.setdefault(word, Counter())[place] += 1
                        kept += 1
        return found


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))
