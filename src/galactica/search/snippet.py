"""The stretch of a passage that is shown under a result, with the words that matched.

Prose goes before what is not: a snippet begins with a sentence that has the words, not with a heading, a caption or the
cells of a table, unless nothing else has them. About `LENGTH` characters, from the beginning of the sentence where that
shows as much, else around the place where the most weight of words stands together, cut at spaces (at any character
where a script has none), with an ellipsis where something was cut off. White space becomes single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.codes.han import unspaced
from galactica.codes.segment import sentences
from galactica.search.passages import Match

LENGTH = 240
"""Characters of a snippet, ellipses and marks aside."""

SLACK = 20
"""Characters that a border may move to reach a space."""

LINE = 60
UNSPACED_LINE = 25
"""Characters from which a line that ends with no stop is prose all the same, of scripts with and without spaces."""

LEAST = 1 / 3
"""Weight of words that prose must have, as a share of what the whole passage has, to be shown instead of it."""

AS_GOOD = 0.8
"""Weight that a snippet from the beginning of a sentence must show, as a share of what the best cut would."""

FILLED = 150
"""Characters that a snippet has where there are as many, rather than to begin with the last sentence."""

MOST_SENTENCES = 200
"""Beginnings of sentences of one passage that are tried."""

_STOP = re.compile(
    r"[.!?:;\u2026\u3002\uff01\uff1f\uff1b\u061f\u06d4\u0964\u0965\u104b\u1362\u0589\u17d4][\"'\u201d\u2019\u00bb)\]\u300d\u300f]*(?:\[\d+\])*\s*\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Plain text, the spans of it that matched, (start, end) in order, not overlapping, and the code point of the
    article's text at which the first of them stands, or the snippet, where nothing matched."""

    text: str
    marks: tuple[tuple[int, int], ...]
    at: int


def snippet(text: str, start: int, end: int, places: Sequence[Match], weights: Sequence[float]) -> Snippet:
    """Cut a snippet.

    Args:
        text: the projection of the article.
        start, end: the passage.
        places: what matched in the passage, in order.
        weights: of the words that the places number.
    """
    begin, stop = _shown(text, start, end, places, weights)
    inside = [place for place in places if begin <= place[0] and place[1] <= stop]
    first, last = _window(begin, stop, inside, weights)
    beginnings = _beginnings(text, begin, stop) if first > begin else [begin]
    if first > begin:
        first, last = _sentence(beginnings, stop, inside, weights, _weight(inside, weights, first, last)) or (
            first,
            last,
        )
    opening = first == begin or first in beginnings
    first = first if opening else _border(text, first, begin, stop, forward=True)
    last = _border(text, last, begin, stop, forward=False)
    pieces: list[str] = [] if opening else ["… "]
    marks: list[tuple[int, int]] = []
    length = sum(map(len, pieces))
    at = first
    shown = -1
    for low, high, _ in inside:
        if low < at or high > last:
            continue
        shown = low if shown < 0 else shown
        before, word = _plain(text[at:low]), _plain(text[low:high])
        pieces += [before, word]
        length += len(before)
        if marks and not before and marks[-1][1] == length:
            marks[-1] = (marks[-1][0], length + len(word))  # neighbours without a space between, as n-grams are
        else:
            marks.append((length, length + len(word)))
        length += len(word)
        at = high
    pieces.append(_plain(text[at:last]).rstrip())
    if last < stop and text[last:stop].strip():
        pieces.append(" …")
    return Snippet(text="".join(pieces), marks=tuple(marks), at=first if shown < 0 else shown)


def prose(text: str, start: int, end: int, places: Sequence[Match], weights: Sequence[float]) -> bool:
    """Whether a passage has prose with a fair part of what matched in it; any prose, where nothing matched."""
    runs = list(_runs(text, start, end))
    return any(_weight(places, weights, *run) >= LEAST * _weight(places, weights, start, end) for run in runs)


def _shown(text: str, start: int, end: int, places: Sequence[Match], weights: Sequence[float]) -> tuple[int, int]:
    """The part of a passage that a snippet is cut from: the paragraphs together that have most of the words."""
    whole = _weight(places, weights, start, end)
    runs = [(_weight(places, weights, *run), run) for run in _runs(text, start, end)]
    best = max(runs, key=lambda pair: pair[0], default=(-1.0, (start, end)))
    if best[0] < LEAST * whole:
        return start, end
    return best[1]


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of prose: lines without cells that end as sentences do, or are long, one after the other."""
    run: tuple[int, int] | None = None
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        long = len(line) >= (UNSPACED_LINE if unspaced(line) else LINE)
        if "\t" not in line and (long or _STOP.search(line[-SLACK:])) and line.strip():
            run = (run[0] if run else at, stop)
        elif run:
            yield run
            run = None
        at = stop + 1
    if run:
        yield run


def _weight(places: Sequence[Match], weights: Sequence[float], start: int, end: int) -> float:
    """What different words between two places weigh together."""
    return sum(weights[word] for word in {word for low, high, word in places if start <= low and high <= end})


def _beginnings(text: str, start: int, end: int) -> list[int]:
    return [low for (low, _), _ in zip(sentences(text, start, end), range(MOST_SENTENCES), strict=False)]


def _sentence(
    beginnings: Sequence[int], end: int, places: Sequence[Match], weights: Sequence[float], most: float
) -> tuple[int, int] | None:
    """A window from the beginning of a sentence that shows about as much as the best one; None where none does.

    Args:
        most: weight that the best one shows.
    """
    shown = [(_weight(places, weights, low, min(end, low + LENGTH)), end - low >= FILLED, low) for low in beginnings]
    best, _, low = max(shown, default=(-1.0, False, 0))
    return (low, min(end, low + LENGTH)) if best >= AS_GOOD * most else None


def _window(start: int, end: int, places: Sequence[Match], weights: Sequence[float]) -> tuple[int, int]:
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
