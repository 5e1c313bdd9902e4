"""The stretch of a passage that is shown under a result, with the words that matched.

About `LENGTH` characters around the place where the most weight of words stands together, cut at spaces (at any
character where a script has none), with an ellipsis where something was cut off. White space becomes single spaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from galactica.search.passages import Place

LENGTH = 240
"""Characters of a snippet, ellipses and marks aside."""

SLACK = 20
"""Characters that a border may move to reach a space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Plain text, and the spans of it that matched: (start, end) in order, not overlapping."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(text: str, start: int, end: int, places: Sequence[Place], weights: Sequence[float]) -> Snippet:
    """Cut a snippet.

    Args:
        text: the projection of the article.
        start, end: the passage.
        places: what matched in the passage, in order.
        weights: of the words that the places number.
    """
    first, last = _window(start, end, places, weights)
    first = _border(text, first, start, end, forward=True)
    last = _border(text, last, start, end, forward=False)
    pieces: list[str] = ["… "] if first > start else []
    marks: list[tuple[int, int]] = []
    length = sum(map(len, pieces))
    at = first
    for begin, stop, _ in places:
        if begin < at or stop > last:
            continue
        before, inside = _plain(text[at:begin]), _plain(text[begin:stop])
        pieces += [before, inside]
        length += len(before)
        if marks and not before and marks[-1][1] == length:
            marks[-1] = (marks[-1][0], length + len(inside))  # neighbours without a space between, as n-grams are
        else:
            marks.append((length, length + len(inside)))
        length += len(inside)
        at = stop
    pieces.append(_plain(text[at:last]).rstrip())
    if last < end and text[last:end].strip():
        pieces.append(" …")
    return Snippet(text="".join(pieces), marks=tuple(marks))


def _window(start: int, end: int, places: Sequence[Place], weights: Sequence[float]) -> tuple[int, int]:
    """The stretch of `LENGTH` characters with the most weight of different words, those at the start preferred."""
    if end - start <= LENGTH:
        return start, end
    best, chosen = -1.0, (start, start)
    for number, (begin, _, _) in enumerate(places):
        seen: dict[int, float] = {}
        stop = begin
        for _, until, word in places[number : number + 60]:
            if until > begin + LENGTH - SLACK:
                break
            seen[word] = weights[word]
            stop = until
        value = sum(seen.values())
        if value > best + 1e-9:
            best, chosen = value, (begin, stop)
    spare = max(0, LENGTH - (chosen[1] - chosen[0]))
    first = max(start, chosen[0] - spare // 3)
    if chosen[1] <= start + LENGTH:
        first = start  # the beginning of the passage reads best, where it shows as much
    last = min(end, first + LENGTH)
    return max(start, min(first, last - LENGTH)), last


def _border(text: str, at: int, start: int, end: int, *, forward: bool) -> int:
    """A border moved to a space near by, so that no word is cut; left where there is none."""
    if at <= start or at >= end:
        return at
    if forward:
        found = min(
            (i for i in (text.find(" ", at, at + SLACK), text.find("\n", at, at + SLACK)) if i >= 0), default=-1
        )
        return found + 1 if found >= 0 else at
    found = max(text.rfind(" ", at - SLACK, at + 1), text.rfind("\n", at - SLACK, at + 1))
    return found if found > 0 else at


def _plain(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
