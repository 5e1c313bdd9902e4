"""At which place of its source a stretch of an article stands: page 214, row 7, the twelfth minute.

Bodies say it by ids, "KIND:VALUE" (docs/formats/body.md, "Anchors"); `projection.outline` finds them in the walk that
makes the text, so that no second reading of a body can disagree with the first. Here they are looked up: at a code
point of the text the last anchor of each kind at or before it is in force, but a sheet ends the row before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from urllib.parse import quote, unquote

from galactica.model.body import ANCHOR_KINDS
from galactica.model.said import said

Place = tuple[tuple[str, str], ...]
"""(kind, value) of each anchor in force, in the order of `ANCHOR_KINDS`; values are text that may hold anything."""

_SECONDS = re.compile(r"(\d{1,9})(?:\.\d{1,3})?")
_ENCODED = re.compile(r"[\s%]")


class Anchors:
    """The anchors of one text, to be asked for any of its code points in a time that hardly grows with their number.

    Args:
        found: (code point, id) in the order of the body, as `Projection.anchors` has them.
    """

    __slots__ = ("_first", "_ids", "_orders", "_positions")  # of each kind; "" is a recording's begin

    def __init__(self, found: Sequence[tuple[int, str]] = ()) -> None:
        self._ids = [identifier for _, identifier in found]
        self._first: dict[str, int] = {}
        self._positions: dict[str, list[int]] = {}
        self._orders: dict[str, list[int]] = {}
        for order, (position, identifier) in enumerate(found):
            self._first.setdefault(identifier, order)
            kind = identifier.partition(":")[0]
            self._positions.setdefault(kind, []).append(position)
            self._orders.setdefault(kind, []).append(order)

    def __len__(self) -> int:
        return len(self._ids)

    def at(self, position: int) -> Place:
        """The place at which code point `position` stands; () where no anchor is in force."""
        return tuple((kind, _value(self._ids[order])) for kind, order in self._in_force(position))

    def lead(self, position: int) -> str:
        """The id that a link to code point `position` can lead to: of the last anchor in force that is the first of its
        id in the body, because a browser goes to the first; "" where there is none."""
        orders = [order for _, order in self._in_force(position) if self._first[self._ids[order]] == order]
        return self._ids[max(orders)] if orders else ""

    def _in_force(self, position: int) -> list[tuple[str, int]]:
        """(kind, number in the order of the body) of the anchors in force."""
        if not self._ids:
            return []
        found: dict[str, int] = {}
        for kind in (*ANCHOR_KINDS, ""):
            number = bisect_right(self._positions.get(kind, ()), position) - 1
            if number >= 0:
                found[kind] = self._orders[kind][number]
        for kind, ending in (("row", "sheet"), ("time", "")):
            if found.get(kind, -1) < found.get(ending, -1):
                found.pop(kind, None)
        found.pop("", None)
        return list(found.items())


NO_ANCHORS = Anchors()
"""Of a text without any."""


def anchor_id(kind: str, value: str) -> str:
    """The id that says a place: white space and "%" in the value are percent-encoded."""
    return f"{kind}:{_ENCODED.sub(lambda found: quote(found[0], safe=''), value)}"


def told(place: Place) -> str:
    """A place in words, the outermost kind first: "sheet Budget, row 7"; "" where nothing is known."""
    words = ""
    for kind, value in place:
        one = _told(kind, value)
        words = said("place-and-place", "{first}, {second}", first=words, second=one) if words else one
    return words


def _told(kind: str, value: str) -> str:
    """One anchor in words; a time that is none is shown as it stands."""
    match kind:
        case "page":
            return said("place-page", "page {value}", value=value)
        case "slide":
            return said("place-slide", "slide {value}", value=value)
        case "sheet":
            return said("place-sheet", "sheet {value}", value=value)
        case "row":
            return said("place-row", "row {value}", value=value)
        case "line":
            return said("place-line", "line {value}", value=value)
        case _:
            return clock(value)


def clock(seconds: str) -> str:
    """Seconds as hours, minutes and seconds ("725.5" → "00:12:05"); what is no number of seconds as it stands."""
    match = _SECONDS.fullmatch(seconds)
    if match is None or not seconds.isascii():
        return seconds
    minutes, rest = divmod(int(match[1]), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def _value(identifier: str) -> str:
    """What an anchor's id says, decoded; as it stands where that is not possible."""
    value = identifier.partition(":")[2]
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:
        return value
