"""The passage of an article's text that has most of a question's words, by rules that a page in a browser follows too.

A passage is some lines of the projection, at least `LEAST` characters (`docs/formats/static.md`, "Passages"): the
page has not the passages that an edition keeps. Words are told by their forms: those that the dictionary leads to the
same list as the question's. What a passage scores is what `search.passages` says: the weight of each different word,
a little more where words come again or stand together.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.codes.han import unspaced
from galactica.codes.letters import folded, prepare
from galactica.search.passages import AGAIN, NEAR
from galactica.spread.static.folding import form

LEAST = 600
"""Characters of a passage; one more line is added until it has as many."""

LONGEST = 400_000
"""Characters of one article that are looked through."""

SNIPPET = 240
"""Characters that are shown."""

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]+[^\W_]*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtWord:
    """A word of the question, its forms in this edition, what it weighs."""

    text: str
    forms: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticPassage:
    """A passage: its span of the projection, what it scores, and what is shown of it, with the spans that matched."""

    start: int
    end: int
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]


def best_passage(text: str, words: Sequence[SoughtWord]) -> StaticPassage:
    """The best passage of a text, the first of equals."""
    text = text[:LONGEST]
    places = _places(text, words)
    best, chosen, inside = -1.0, (0, min(len(text), LEAST)), []
    at = 0
    for start, end in _spans(text):
        own = []
        while at < len(places) and places[at][0] < end:
            own.append(places[at])
            at += 1
        score = _score(own, words)
        if score > best:
            best, chosen, inside = score, (start, end), own
    start, end = chosen
    snippet, marks = _shown(text, start, end, inside, words)
    return StaticPassage(start=start, end=end, score=max(0.0, best), snippet=snippet, marks=marks)


def _spans(text: str) -> list[tuple[int, int]]:
    """Passages: whole lines together until they have `LEAST` characters."""
    found, start = [], 0
    while start < len(text):
        end = text.find("\n", min(len(text), start + LEAST))
        end = len(text) if end < 0 else end
        found.append((start, end))
        start = end + 1
    return found


def _places(text: str, words: Sequence[SoughtWord]) -> list[tuple[int, int, int]]:
    """(start, end, number of the word) of every word of the question in a text, in order."""
    numbers = {each: number for number, word in enumerate(words) for each in word.forms}
    cache: dict[str, int] = {}
    found = []
    for match in _WORD.finditer(text):
        written = match[0]
        number = cache.get(written)
        if number is None:
            number = cache[written] = numbers.get(form(prepare(written).strip().lower()), -1)
        if number >= 0:
            found.append((match.start(), match.end(), number))
    runs = [(number, word.text) for number, word in enumerate(words) if unspaced(word.text)]
    if runs:
        lower = folded(text)
        for number, run in runs:
            at = lower.find(run)
            while at >= 0:
                found.append((at, at + len(run), number))
                at = lower.find(run, at + 1)
        found.sort()
    return found


def _score(places: Sequence[tuple[int, int, int]], words: Sequence[SoughtWord]) -> float:
    if not places:
        return 0.0
    counts: dict[int, int] = {}
    for _, _, number in places:
        counts[number] = counts.get(number, 0) + 1
    plain = sum(words[number].weight * (1 + (AGAIN if count > 1 else 0.0)) for number, count in counts.items())
    whole = sum(word.weight for word in words)
    pairs: dict[tuple[int, int], float] = {}
    for (_, end, left), (start, _, right) in itertools.pairwise(places):
        if left != right:
            pair = (min(left, right), max(left, right))
            value = (words[left].weight + words[right].weight) / (1 + max(0, start - end) / 10)
            pairs[pair] = max(pairs.get(pair, 0.0), value)
    near = min(1.0, sum(pairs.values()) / (2 * whole)) if whole else 0.0
    return plain * (1 + NEAR * near)


def _shown(
    text: str, start: int, end: int, places: Sequence[tuple[int, int, int]], words: Sequence[SoughtWord]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """What is shown of a passage: the stretch with most weight of different words, from its beginning where that has
    as much."""
    first = start
    if end - start > SNIPPET:
        best = _weight(places, words, start, start + SNIPPET)
        for low, _, _ in places:
            begin = max(start, text.rfind(" ", start, max(start, low - SNIPPET // 4)) + 1)
            value = _weight(places, words, begin, begin + SNIPPET)
            if value > best + 1e-9:
                best, first = value, begin
    last = min(end, first + SNIPPET)
    if last < end:
        space = text.rfind(" ", first + SNIPPET // 2, last + 1)
        last = space if space > 0 else last
    before, after = "… " if first > start else "", " …" if last < end else ""
    shift = len(before) - first
    marks: list[tuple[int, int]] = []
    for low, high, _ in places:
        if low >= first and high <= last:
            if marks and low + shift <= marks[-1][1]:
                marks[-1] = (marks[-1][0], max(marks[-1][1], high + shift))
            else:
                marks.append((low + shift, high + shift))
    shown = text[first:last].replace("\n", " ").replace("\t", " ")
    return f"{before}{shown}{after}", tuple(marks)


def _weight(places: Sequence[tuple[int, int, int]], words: Sequence[SoughtWord], start: int, end: int) -> float:
    return sum(words[number].weight for number in {n for low, high, n in places if start <= low and high <= end})
