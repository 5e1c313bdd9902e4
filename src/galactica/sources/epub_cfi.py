"""Places in a book that are told by counting tags and characters (CFI): printed pages that begin inside of a text.

A place counts only where everything that it says besides is true (the id of the tag, the words around it): a book that
was changed after its places were told must not name wrong pages. Only well-formed pages are counted through.
Standard: EPUB Canonical Fragment Identifiers 1.1, 3.1 (steps), 3.1.9 (assertions); offsets are of characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from galactica.sources.xml_stream import XmlEvents

LOOKED_BACK = 300
"""Characters before a place that the words it says must stand in."""

_STEP = re.compile(r"/(\d{1,7})(?:\[([^\[\]]{0,200})\])?")
_CFI = re.compile(
    r"epubcfi\((/[^!]{1,500})!((?:/\d{1,7}(?:\[[^\[\]]{0,200}\])?){1,200})(?::(\d{1,9})(?:\[([^\[\]]{0,200})\])?)?\)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CfiPlace:
    """A place in a page: the steps to it, the id that the last tag on the way must have, characters into its text.

    Attributes:
        order: number of the item in the reading order, from 0.
        offset: -1 for a tag.
        before, after: words that must stand there; "" where it says none.
    """

    order: int
    steps: tuple[int, ...]
    mark: str = ""
    offset: int = -1
    before: str = ""
    after: str = ""


class PageListener(XmlEvents, Protocol):
    """A listener to whom the beginning of a printed page can be told."""

    def begin_page(self, label: str) -> None:
        """A printed page begins here."""


def cfi_place(fragment: str) -> CfiPlace | None:
    """The place that a decoded fragment tells; None for what is none."""
    found = _CFI.fullmatch(fragment)
    if found is None:
        return None
    package, steps = _STEP.findall(found[1]), _STEP.findall(found[2])
    if len(package) != 2 or int(package[1][0]) % 2 or not int(package[1][0]):
        return None
    marks = [mark for number, mark in steps if not int(number) % 2]
    before, _, after = (found[4] or "").partition(",")
    return CfiPlace(
        order=int(package[1][0]) // 2 - 1,
        steps=tuple(int(number) for number, _ in steps),
        mark=marks[-1] if marks else "",
        offset=int(found[3]) if found[3] else -1,
        before=before,
        after=after,
    )


@dataclass(slots=True)
class _Level:
    """A tag that is open: its id, how many tags were in it so far, the text behind the last one: how much, its end."""

    mark: str
    tags: int = 0
    size: int = 0
    said: str = ""


@dataclass(slots=True)
class CfiEvents:
    """A listener that tells another one where printed pages begin.

    Args:
        page: who is told.
        places: (place, label) of this page.

    Attributes:
        found: how many places were there.
    """

    page: PageListener
    places: Sequence[tuple[CfiPlace, str]]
    found: int = 0
    _way: list[int] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=lambda: [_Level("")])
    _done: set[CfiPlace] = field(default_factory=set)
    _known: dict[tuple[int, ...], list[tuple[CfiPlace, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, label in sorted(self.places, key=lambda each: each[0].offset):
            self._known.setdefault(place.steps, []).append((place, label))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        around = self._levels[-1]
        around.tags, around.size, around.said = around.tags + 1, 0, ""
        if len(self._levels) > 1:  # steps begin inside the outermost tag
            self._way.append(2 * around.tags)
        mark = attributes.get("id", "")
        self._levels.append(_Level(mark))
        for place, label in self._known.get(tuple(self._way), ()):
            if place.offset < 0 and place.mark in ("", mark):
                self._tell(label)
        self.page.start(name, attributes)

    def end(self, name: str) -> None:
        """A tag ends."""
        self._levels.pop()
        if self._way:
            self._way.pop()
        self.page.end(name)

    def text(self, text: str) -> None:
        """Text, which is told in two where a printed page begins inside it."""
        level, told = self._levels[-1], 0
        for place, label in self._known.get((*self._way, 2 * level.tags + 1), ()):
            at = place.offset - level.size
            if not 0 <= at <= len(text) or place in self._done or place.mark not in ("", level.mark):
                continue
            if (level.said + text[:at]).endswith(place.before) and text[at:].startswith(place.after):
                self._done.add(place)
                self.page.text(text[told:at])
                self._tell(label)
                told = at
        level.size += len(text)
        level.said = (level.said + text)[-LOOKED_BACK:]
        self.page.text(text[told:])

    def _tell(self, label: str) -> None:
        self.found += 1
        self.page.begin_page(label)
