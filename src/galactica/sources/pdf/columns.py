"""In which order the words of a page are read: columns and strips, found by the white between them.

Rules:
1. A *gutter* is a strip of white, wider than the space between words, that few lines cross, with lines on both sides
   that are long enough to be text and fill their width (a list's numbers, a table's cells do not).
2. Where there is one: what crosses it (a title, a wide figure's caption) parts the page into sections; of each the left
   column is read before the right, both by these rules again.
3. Where there is none the page is cut at wide horizontal white, and neighbouring strips that have a gutter together
   are taken together, as many as can be.
4. Else it is one column, or boxes beside each other (`boxes`).
The method is a cut along white as in Nagy and Seth (1984), with cover trees after Breuel (2002) left out: a gutter
may be crossed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import sub

from galactica.sources.pdf.boxes import box_by_box
from galactica.sources.pdf.gutters import (
    CROSSED,
    WIDE,
    are_cells,
    beside,
    best_gutter,
    cover_of,
    crossing_words,
    text_rows,
)
from galactica.sources.pdf.words import RULED, PdfWord

MAX_CUTS = 12
"""Cuts inside each other; no page has as many."""

MAX_STRIPS = 14
"""Strips of a page that are tried together; of more, those with the least white between them are one."""


def in_order(words: Sequence[PdfWord]) -> list[list[PdfWord]]:
    """The words as columns, strips and boxes in reading order.

    Args:
        words: in the order of drawing.
    """
    found = [[word for word in part if word.table != RULED] for part in _ordered(list(words), 0)]
    drawn = {id(word): number for number, word in enumerate(words)}
    return [box for part in found if part for box in box_by_box(part, _typical(part), drawn)]


def _ordered(words: list[PdfWord], depth: int) -> list[list[PdfWord]]:
    if len(words) < 6 or depth > MAX_CUTS:
        return [words]
    size = _typical(words)
    low = min(word.left for word in words)
    bins = int(max(word.right for word in words) - low) + 2
    if bins < 12 * size or bins > 20_000:
        return [words]
    strips = _strips(words, size)
    counts = [len(text_rows(strip, size)) for strip in strips]
    covers = [cover_of(strip, low, bins) for strip in strips]
    gutter = best_gutter(strips, sum(counts), [sum(column) for column in zip(*covers, strict=True)], low, size)
    if gutter:
        return _by_gutter(words, gutter, size, depth)
    if len(strips) < 2:
        return [words]
    dense = [_is_dense(cover, size, count) for cover, count in zip(covers, counts, strict=True)]
    found: list[list[PdfWord]] = []
    plain: list[PdfWord] = []
    at = 0
    while at < len(strips):
        last = next((border for border in range(at, len(strips)) if dense[border]), len(strips))
        cover = [sum(column) for column in zip(*covers[at:last], strict=True)]
        for end in range(last, at, -1):
            if end < last:
                cover = list(map(sub, cover, covers[end]))
            gutter = (
                best_gutter(strips[at:end], sum(counts[at:end]), cover, low, size) if end - at < len(strips) else None
            )
            if gutter:
                found.append(plain)
                plain = []
                found.extend(_by_gutter([word for strip in strips[at:end] for word in strip], gutter, size, depth))
                at = end
                break
        else:
            plain.extend(strips[at])
            at += 1
    return [*found, plain]


def _is_dense(cover: Sequence[int], size: float, rows: int) -> bool:
    """Whether a strip is a paragraph without white from its top to its foot, so that no gutter goes through it."""
    covered = [at for at, count in enumerate(cover) if count]
    if rows < 3 or not covered or covered[-1] - covered[0] < 20 * size:
        return False
    white = 0
    for count in cover[covered[0] : covered[-1]]:
        white = white + 1 if count <= CROSSED * rows else 0
        if white >= WIDE * size:
            return False
    return True


def _typical(words: Sequence[PdfWord]) -> float:
    """The size of most letters."""
    sizes: dict[float, int] = {}
    for word in words:
        sizes[round(word.size, 1)] = sizes.get(round(word.size, 1), 0) + len(word.text)
    return max(max(sizes, key=lambda size: (sizes[size], -size)), 1.0)


def _by_gutter(words: list[PdfWord], core: tuple[float, float], size: float, depth: int) -> list[list[PdfWord]]:
    crossing = crossing_words(words, core, size)
    middle = (core[0] + core[1]) / 2
    wide = sorted((word for word in words if id(word) in crossing), key=lambda word: word.base)
    rest = sorted((word for word in words if id(word) not in crossing), key=lambda word: word.base)
    found: list[list[PdfWord]] = []
    at = 0

    def section(part: list[PdfWord], framed: bool = False) -> None:
        if _is_whole(part, core, size, framed):
            found.append(part)
        elif part:
            found.extend(_ordered([word for word in part if word.left + word.right < 2 * middle], depth + 1))
            found.extend(_ordered([word for word in part if word.left + word.right >= 2 * middle], depth + 1))

    strip: list[PdfWord] = []
    for word in wide:
        until = at
        while until < len(rest) and rest[until].base < word.base - 0.3 * size:
            until += 1
        if until > at:
            ruled = bool(strip) and strip[-1].table == RULED and word.table == RULED
            found.append(strip)
            strip = []
            section(rest[at:until], ruled)
            at = until
        strip.append(word)
    found.append(strip)
    section(rest[at:])
    return found


def _is_whole(part: list[PdfWord], core: tuple[float, float], size: float, framed: bool) -> bool:
    """Whether what stands left and right of a gutter is read across: the rows of a table.

    Args:
        framed: a line is drawn above it and one below it, both over the gutter.
    """
    if len(part) < 2 or not (framed or len(part) > 11):
        return False
    sides = beside(part, core, size)
    rows = min(map(len, sides))
    return (rows > 2 and are_cells(sides, size)) or (framed and 0 < rows <= 3)


def _strips(words: list[PdfWord], size: float) -> list[list[PdfWord]]:
    """The words cut at wide horizontal white."""
    rows = text_rows(words, size)
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
