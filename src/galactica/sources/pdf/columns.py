"""In which order the words of a page are read: columns and strips, found by the white between them.

Rules:
1. A *gutter* is a strip of white, wider than the space between words, that few lines cross, with lines on both sides
   that are long enough to be text and fill their width (a list's numbers, a table's cells do not).
2. Where there is one: what crosses it (a title, a wide figure's caption) parts the page into sections; of each the left
   column is read before the right, both by these rules again.
3. Where there is none the page is cut at wide horizontal white, and neighbouring strips that have a gutter together
   are taken together, as many as can be.
4. Else it is one column.
The method is a cut along white as in Nagy and Seth (1984), with cover trees after Breuel (2002) left out: a gutter
may be crossed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from galactica.sources.pdf.words import PdfWord

MAX_CUTS = 12
"""Cuts inside each other; no page has as many."""

MAX_STRIPS = 14
"""Strips of a page that are tried together; of more, those with the least white between them are one."""

_CROSSED = 0.34
"""Share of lines that may cross a gutter."""

_WIDE = 0.75
"""Of the size: the narrowest gutter."""

_TEXT_WIDTH = 7.0
"""Of the size: mean width of lines that are text."""

_FILL = 0.62
"""Mean share of its column that a line of text fills; cells of tables fill less."""


def in_order(words: Sequence[PdfWord]) -> list[list[PdfWord]]:
    """The words as columns and strips in reading order; words within one in the order in which they came."""
    return [part for part in _ordered(list(words), 0) if part]


def _ordered(words: list[PdfWord], depth: int) -> list[list[PdfWord]]:
    if len(words) < 6 or depth > MAX_CUTS:
        return [words]
    size = _typical(words)
    gutter = _gutter(words, size)
    if gutter:
        return _by_gutter(words, gutter, size, depth)
    strips = _strips(words, size)
    if len(strips) < 2:
        return [words]
    found: list[list[PdfWord]] = []
    plain: list[PdfWord] = []
    at = 0
    while at < len(strips):
        for end in range(len(strips), at, -1):
            if end - at == len(strips):
                continue  # the whole has none
            together = [word for strip in strips[at:end] for word in strip]
            gutter = _gutter(together, size) if len(together) > 12 else None
            if gutter:
                found.append(plain)
                plain = []
                found.extend(_by_gutter(together, gutter, size, depth))
                at = end
                break
        else:
            plain.extend(strips[at])
            at += 1
    return [*found, plain]


def _typical(words: Sequence[PdfWord]) -> float:
    """The size of most letters."""
    sizes: dict[float, int] = {}
    for word in words:
        sizes[round(word.size, 1)] = sizes.get(round(word.size, 1), 0) + len(word.text)
    return max(max(sizes, key=lambda size: (sizes[size], -size)), 1.0)


def _rows(words: Sequence[PdfWord], size: float) -> list[list[PdfWord]]:
    """The words by baseline, from above."""
    rows: list[list[PdfWord]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base < 0.45 * size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _gutter(words: list[PdfWord], size: float) -> tuple[float, float] | None:
    """The best gutter (from, to), or None."""
    rows = _rows(words, size)
    if len(rows) < 4:
        return None
    low, high = min(word.left for word in words), max(word.right for word in words)
    bins = int(high - low) + 2
    if bins < 12 * size or bins > 20_000:
        return None
    change = [0] * (bins + 1)
    for word in words:
        change[max(0, round(word.left - low))] += 1
        change[min(bins, max(0, round(word.right - low)))] -= 1
    cover = list(accumulate(change))
    allowed = _CROSSED * len(rows)
    best: tuple[float, tuple[float, float]] | None = None
    at = 0
    while at < bins:
        if cover[at] > allowed:
            at += 1
            continue
        end = at
        while end < bins and cover[end] <= allowed:
            end += 1
        for start, stop in _cores(cover, at, end, len(rows)):
            if stop - start >= _WIDE * size:
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
    crossing = _crossing(words, core, size)
    left = [word for word in words if id(word) not in crossing and word.right + word.left < 2 * middle]
    right = [word for word in words if id(word) not in crossing and word.right + word.left >= 2 * middle]
    if not left or not right:
        return 0.0
    sides = [_rows(side, size) for side in (left, right)]
    if min(map(len, sides)) < 3:
        return 0.0
    tops = [side[0][0].base for side in sides]
    ends = [side[-1][0].base for side in sides]
    shared = min(ends) - max(tops)
    if shared < 0.3 * max(end - top for end, top in zip(ends, tops, strict=True)) and shared < 4 * size:
        return 0.0
    fills = []
    for side in sides:
        widths = [_width(row) for row in side]
        widest = sorted(widths)[int(0.9 * (len(widths) - 1))]
        mean = sum(widths) / len(widths)
        if mean < _TEXT_WIDTH * size or not widest:
            return 0.0
        fills.append(min(1.0, mean / widest))
    bases = [row[0].base for row in sides[0]]
    level = sum(any(abs(row[0].base - base) < 0.15 * size for base in bases) for row in sides[1]) / len(sides[1])
    if min(fills) < _FILL and (level > 0.8 or min(map(len, sides)) < 6):
        return 0.0
    if min(fills) < 0.45 and level > 0.4:
        return 0.0
    return float(min(map(len, sides))) + min(5.0, (core[1] - core[0]) / size)


def _width(row: Sequence[PdfWord]) -> float:
    """How much of a line is filled: from its first word to its last, wide gaps left out."""
    total, last = 0.0, None
    for word in sorted(row, key=lambda word: word.left):
        total += word.right - word.left
        if last is not None and 0 < word.left - last < 1.5 * word.size:
            total += word.left - last
        last = word.right
    return total


def _crossing(words: list[PdfWord], core: tuple[float, float], size: float) -> set[int]:
    """Ids of the words of lines that cross a gutter."""
    reach = 2 * size
    found: set[int] = set()
    for row in _rows(words, size):
        row.sort(key=lambda word: word.left)
        if not any(word.left < core[1] - 0.5 and word.right > core[0] + 0.5 for word in row):
            continue
        for run in _runs(row):
            left, right = run[0].left, max(word.right for word in run)
            if left < core[0] - reach and right > core[1] + reach:
                found.update(id(word) for word in run)
    return found


def _runs(row: list[PdfWord]) -> list[list[PdfWord]]:
    """A line cut where the space is wider than between words."""
    runs: list[list[PdfWord]] = [[row[0]]]
    for word in row[1:]:
        before = runs[-1][-1]
        if word.left - max(each.right for each in runs[-1][-3:]) > 1.2 * max(word.size, before.size):
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs


def _by_gutter(words: list[PdfWord], core: tuple[float, float], size: float, depth: int) -> list[list[PdfWord]]:
    crossing = _crossing(words, core, size)
    middle = (core[0] + core[1]) / 2
    wide = sorted((word for word in words if id(word) in crossing), key=lambda word: word.base)
    rest = sorted((word for word in words if id(word) not in crossing), key=lambda word: word.base)
    found: list[list[PdfWord]] = []
    at = 0

    def section(part: list[PdfWord]) -> None:
        if part:
            found.extend(_ordered([word for word in part if word.left + word.right < 2 * middle], depth + 1))
            found.extend(_ordered([word for word in part if word.left + word.right >= 2 * middle], depth + 1))

    strip: list[PdfWord] = []
    for word in wide:
        until = at
        while until < len(rest) and rest[until].base < word.base - 0.3 * size:
            until += 1
        if until > at:
            found.append(strip)
            strip = []
            section(rest[at:until])
            at = until
        strip.append(word)
    found.append(strip)
    section(rest[at:])
    return found


def _strips(words: list[PdfWord], size: float) -> list[list[PdfWord]]:
    """The words cut at wide horizontal white."""
    rows = _rows(words, size)
    gaps = [min(word.top for word in two) - max(word.bottom for word in one) for one, two in pairwise(rows)]
    limit = 0.6 * size
    wide = sorted((gap for gap in gaps if gap > limit), reverse=True)
    if len(wide) >= MAX_STRIPS:
        limit = wide[MAX_STRIPS - 2]
    strips: list[list[PdfWord]] = [list(rows[0])]
    for gap, row in zip(gaps, rows[1:], strict=True):
        if gap > limit:
            strips.append([])
        strips[-1].extend(row)
    return strips
