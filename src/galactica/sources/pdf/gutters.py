"""Gutters: strips of white between columns, wider than the space between words, that few lines cross.

A gutter has text on both sides: enough lines, long enough, not those of a table. How white it is counts by points of
the page from left to right: how many words lie over each.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from galactica.sources.pdf.words import RULED, PdfWord

CROSSED = 0.34
"""Share of lines that may cross a gutter."""

WIDE = 0.75
"""Of the size: the narrowest gutter."""

_TEXT_WIDTH = 7.0
"""Of the size: mean width of lines that are text."""

_FILL = 0.62
"""Mean share of its column that a line of text fills; cells of tables fill less."""


def cover_of(words: Sequence[PdfWord], low: float, bins: int) -> list[int]:
    """How many words lie over each point of a stretch from `low` on."""
    change = [0] * (bins + 1)
    for word in words:
        change[int(word.left - low + 0.5)] += 1
        change[min(bins, int(word.right - low + 0.5))] -= 1
    return list(accumulate(change))


def text_rows(words: Sequence[PdfWord], size: float) -> list[list[PdfWord]]:
    """The words by baseline, from above."""
    rows: list[list[PdfWord]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base < 0.45 * size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def best_gutter(
    strips: Sequence[list[PdfWord]], rows: int, cover: Sequence[int], low: float, size: float
) -> tuple[float, float] | None:
    """The best gutter (from, to) of strips that have so many rows together, or None.

    Args:
        cover: how many of their words lie over each point from `low` on.
    """
    if rows < 4:
        return None
    allowed = CROSSED * rows
    best: tuple[float, tuple[float, float]] | None = None
    words: list[PdfWord] = []
    at, bins = next((at for at, count in enumerate(cover) if count), 0), len(cover)
    while bins and not cover[bins - 1]:
        bins -= 1
    while at < bins:
        if cover[at] > allowed:
            at += 1
            continue
        end = at
        while end < bins and cover[end] <= allowed:
            end += 1
        if end - at >= WIDE * size:
            for start, stop in _cores(cover, at, end, rows):
                if stop - start < WIDE * size:
                    continue
                words = words or [word for strip in strips for word in strip]
                core = (low + start, low + stop)
                worth = _worth(words, core, size)
                if worth and (best is None or worth > best[0]):
                    best = (worth, core)
        at = end
    return best[1] if best else None


def _cores(cover: Sequence[int], start: int, end: int, rows: int) -> list[tuple[int, int]]:
    """The whitest stretches of a strip that is not much covered."""
    least = min(cover[start:end])
    limit = least + 0.06 * rows
    found: list[tuple[int, int]] = []
    at = start
    while at < end:
        if cover[at] > limit:
            at += 1
            continue
        stop = at
        while stop < end and cover[stop] <= limit:
            stop += 1
        found.append((at, stop))
        at = stop
    return found


def _worth(words: list[PdfWord], core: tuple[float, float], size: float) -> float:
    """How good a gutter is; 0 for none."""
    middle = (core[0] + core[1]) / 2
    sums = [0.0, 0.0]
    for word in words:
        sums[word.left >= middle] += word.right - word.left
    if min(sums) < 3 * _TEXT_WIDTH * size:
        return 0.0
    sides = beside(words, core, size)
    if min(map(len, sides)) < 3:
        return 0.0
    tops = [side[0][0].base for side in sides]
    ends = [side[-1][0].base for side in sides]
    shared = min(ends) - max(tops)
    if shared < 0.3 * max(end - top for end, top in zip(ends, tops, strict=True)) and shared < 4 * size:
        return 0.0
    if min(sum(map(_width, side)) / len(side) for side in sides) < _TEXT_WIDTH * size or are_cells(sides, size):
        return 0.0
    return float(min(map(len, sides))) + min(5.0, (core[1] - core[0]) / size)


def beside(words: Sequence[PdfWord], core: tuple[float, float], size: float) -> list[list[list[PdfWord]]]:
    """The rows left and right of a gutter, without what crosses it."""
    middle = (core[0] + core[1]) / 2
    crossing = crossing_words(words, core, size)
    own = [word for word in words if id(word) not in crossing and word.table != RULED]
    left = [word for word in own if word.right + word.left < 2 * middle]
    right = [word for word in own if word.right + word.left >= 2 * middle]
    return [text_rows(left, size), text_rows(right, size)]


def are_cells(sides: Sequence[list[list[PdfWord]]], size: float) -> bool:
    """Whether rows left and right of a gutter are those of a table: on one level, and short or with gaps inside."""
    if min(map(len, sides)) < 2:
        return False
    bases = [row[0].base for row in sides[0]]
    level = sum(any(abs(row[0].base - base) < 0.15 * size for base in bases) for row in sides[1]) / len(sides[1])
    fills, gaps = [], []
    for side in sides:
        widths = [_width(row) for row in side]
        widest = sorted(widths)[int(0.9 * (len(widths) - 1))]
        fills.append(min(1.0, sum(widths) / len(widths) / max(widest, 1.0)))
        gaps.append(sum(len(runs_of(sorted(row, key=lambda word: word.left))) > 1 for row in side) / len(side))
    if level > 0.8:
        return min(fills) < _FILL or min(gaps) > 0.6
    return (min(fills) < _FILL and min(map(len, sides)) < 6) or (min(fills) < 0.45 and level > 0.4)


def _width(row: Sequence[PdfWord]) -> float:
    """How much of a line is filled: from its first word to its last, wide gaps left out."""
    total, last = 0.0, None
    for word in sorted(row, key=lambda word: word.left):
        total += word.right - word.left
        if last is not None and 0 < word.left - last < 1.5 * word.size:
            total += word.left - last
        last = word.right
    return total


def crossing_words(words: Sequence[PdfWord], core: tuple[float, float], size: float) -> set[int]:
    """Ids of the words of lines that cross a gutter."""
    reach = 2 * size
    found: set[int] = set()
    for row in text_rows(words, size):
        row.sort(key=lambda word: word.left)
        if not any(word.left < core[1] - 0.5 and word.right > core[0] + 0.5 for word in row):
            continue
        for run in runs_of(row):
            left, right = run[0].left, max(word.right for word in run)
            if left < core[0] - reach and right > core[1] + reach:
                top, bottom = min(word.top for word in run), max(word.bottom for word in run)
                found.update(
                    id(word)  # raised and lowered letters of the line too
                    for word in words
                    if left <= word.left <= right and top < (word.top + word.bottom) / 2 < bottom
                )
    return found


def runs_of(row: list[PdfWord]) -> list[list[PdfWord]]:
    """A line cut where the space is wider than between words."""
    runs: list[list[PdfWord]] = [[row[0]]]
    for word in row[1:]:
        before = runs[-1][-1]
        if word.left - max(each.right for each in runs[-1][-3:]) > 1.2 * max(word.size, before.size):
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs
