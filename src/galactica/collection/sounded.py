"""The titles of one edition by how they sound: "Шекспир" and 莎士比亚 are near "William Shakespeare".

A title counts without what tells it from others, what looks like the name of a person by its last word, too, and
that of a ruler by name and number ("Alfonso XIII of Spain"). How
near a name is, is said by `joining.topics.sounding`, against the chance that one of so many titles sounds alike.
Made when it is first asked for, of the `MOST_TITLES` most prominent articles.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from galactica.ask.holdings import Sounding
from galactica.errors import EditionError
from galactica.joining.topics.sounding import (
    LONGEST_SOUND,
    ROMAN,
    SoundRows,
    sound_odds,
    sound_rows,
    sounds,
    worst_stretch,
)
from galactica.search.layout import LENGTH_STEPS, LINK_STEPS
from galactica.search.store import TextIndex

MOST_TITLES = 60_000
"""Titles that are compared. 13,000 take 0.7 seconds of a processor and 2 MB to make ready, and 21 ms for a name."""

SHORTEST_SOUND = 3
"""Sounds of a name; with fewer everything sounds alike."""

LAST_NAME = 1.5
"""What a name of a person's last word alone is less likely, in logarithms, than a whole title."""

TOLD_APART = 1.0
"""The same of a title with brackets ("Java (programming language)")."""

FEWEST_TITLES = 10_000
"""Things that a name may be of, at least, however few of them a library has."""

LINKS_COUNT, LENGTH_COUNTS = 0.7, 0.5
"""How much likelier an article is meant with each doubling of the links to it, and of its length, in doublings."""

MOST_SOUNDING = 6
"""Articles that are given for a name."""

MOST_ALIGNED = 12
"""Titles whose worst stretch is looked at; one takes a third of a millisecond."""

WORST_COUNTS = 0.7
"""What the worst stretch of an alignment counts besides: names of two things often differ in one word alone."""

LEAST_ODDS = -4.0
"""Logarithm of how much likelier a title has to be the one that was meant than that one of so many sounds alike."""


@dataclass(frozen=True, slots=True)
class _Ready:
    texts: list[str]
    sounds: SoundRows
    rows: np.ndarray[tuple[int], np.dtype[np.int64]]
    prior: np.ndarray[tuple[int], np.dtype[np.float32]]


class SoundedTitles:
    """The titles of an edition by sound; thread-safe.

    Args:
        index: of its words, which says how prominent its articles are too.
    """

    def __init__(self, index: TextIndex) -> None:
        self._edition = index.edition
        self._index = index
        self._lock = threading.Lock()

    def near(self, name: str, language: str) -> tuple[Sounding, ...]:
        """The articles whose titles sound like a name, the likeliest first, each once; at most `MOST_SOUNDING`."""
        if not SHORTEST_SOUND <= len(sounds(name)) <= LONGEST_SOUND:
            return ()
        with self._lock:
            ready = self._ready
        chosen, odds = sound_odds(name, language, ready.sounds)
        odds = odds + ready.prior[chosen]
        found: dict[int, float] = {}
        for place in np.argsort(-odds, kind="stable")[:MOST_ALIGNED].tolist():
            if odds[place] < LEAST_ODDS:
                break
            number = int(chosen[place])
            worst = worst_stretch(name, language, ready.texts[number])
            row = int(ready.rows[number])
            found[row] = max(found.get(row, LEAST_ODDS), float(odds[place]) + WORST_COUNTS * worst)
        best = sorted(found.items(), key=lambda pair: -pair[1])
        able = [(row, value) for row, value in best if value > LEAST_ODDS][:MOST_SOUNDING]
        root = self._edition.root
        return tuple(Sounding(place=(root, self._edition.head(row).id), odds=value) for row, value in able)

    @cached_property
    def _ready(self) -> _Ready:
        standing = self._index.prominence.astype(np.int64)
        order = np.argsort(-(standing[:, 0] * 256 + standing[:, 1]), kind="stable")[:MOST_TITLES]
        texts, rows, less = [], [], []
        for row in order.tolist():
            for text, minus in _spoken(self._title(row)):
                texts.append(text)
                rows.append(row)
                less.append(minus)
        own = np.array(rows, dtype=np.int64)
        links, length = standing[own, 0] / LINK_STEPS, standing[own, 1] / LENGTH_STEPS
        weights = np.exp2(LINKS_COUNT * links + LENGTH_COUNTS * length)
        everything = max(weights.sum(), FEWEST_TITLES * weights.mean()) if len(own) else 1.0
        prior = np.log(weights / everything) - np.array(less)
        return _Ready(texts, sound_rows(texts), own, prior.astype(np.float32))

    def _title(self, row: int) -> str:
        try:
            return self._edition.head(row).title
        except EditionError:  # whoever reads it says that it is damaged
            return ""


def _spoken(title: str) -> list[tuple[str, float]]:
    """(sounds, what they are less likely meant) of what a title may be called by."""
    plain = _BRACKETED.sub("", title)
    minus = TOLD_APART if plain != title else 0.0
    own = sounds(plain)
    found = [(own, minus)] if SHORTEST_SOUND <= len(own) <= LONGEST_SOUND else []
    ruler = _RULER.search(plain)
    if ruler is not None and ruler[0] != plain:
        found.append((sounds(ruler[0]), LAST_NAME + minus))
    if _PERSON.fullmatch(plain):
        last = sounds(plain.rpartition(" ")[2])
        if SHORTEST_SOUND < len(last) <= LONGEST_SOUND:
            found.append((last, LAST_NAME + minus))
    return found


_RULER = re.compile(rf"[^\W\d_a-z][^\W\d_]+ (?:{'|'.join(sorted(ROMAN[1:], key=len, reverse=True))})(?!\w)")
_BRACKETED = re.compile(r"\s*\([^()]*\)\Z|,\s.*\Z")
_PERSON = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_'’.-]*\.? ){1,3}"
    r"(?:(?:van|von|de|da|di|du|le|la|der|den|del|ibn|al|bin) ){0,2}[^\W\d_a-z][^\W\d_]{3,}"
)
