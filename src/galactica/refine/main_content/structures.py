"""Tables and lists are kept as wholes: half of a table is a wrong table.

A table in which cells are short and nothing else stands (one that only arranges a page holds whole columns of it), a
list, code: all of it stays where most of its text is likely content, or where it stands between text that stays and is
no list of links. Else all of a table goes, and of a list what is not likely.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from galactica.refine.main_content.hints import KINDS
from galactica.refine.main_content.outline import PageOutline

WHOLES = frozenset({"table", "ul", "ol", "dl", "pre"})

MAX_CELL = 400
"""Characters of a cell or item; where one is longer, the element arranges text and is no whole."""

MAX_LINKED = 0.5
"""Share of its characters that may stand in links where it stays for its place alone."""

_INSIDE_NONE = frozenset({"form", "article", "section", "main", "aside", "nav"})
_ELSEWHERE = sum(
    1 << KINDS.index(kind)
    for kind in ("navigation", "comments", "sharing", "related", "advertising", "foot", "asking", "consent")
)


def keep_wholes(page: PageOutline, texts: NDArray[np.int64], kept: NDArray[np.bool_]) -> None:
    """Make `kept` the same for all blocks of each table, list and piece of code."""
    linked = np.minimum(np.array(page.linked), texts)
    before, after = text_around(texts)
    for element, first, last in _wholes(page):
        blocks = slice(first, last)
        if texts[blocks].max() > MAX_CELL:
            continue
        whole = int(texts[blocks].sum())
        likely = 2 * int((texts[blocks] * kept[blocks]).sum()) >= whole
        between = before[first] >= 0 and after[last - 1] >= 0 and kept[before[first]] and kept[after[last - 1]]
        plain = not page.spelling[element].hints & _ELSEWHERE and linked[blocks].sum() <= MAX_LINKED * whole
        if likely or (between and plain):
            kept[blocks] = texts[blocks] > 0
        elif page.spelling[element].name == "table":
            kept[blocks] = False


def _wholes(page: PageOutline) -> Iterator[tuple[int, int, int]]:
    """(element, first block, after its last block) of the outermost elements that are wholes and hold text."""
    firsts, starts = np.array(page.first), np.array(page.starts)
    arranging = np.cumsum([0, *(one.name in _INSIDE_NONE for one in page.spelling)])
    over = 0
    for element, one in enumerate(page.spelling):
        start, end = page.starts[element], page.ends[element]
        if one.name not in WHOLES or start < over:
            continue
        first, last = np.searchsorted(firsts, (start, end)).tolist()
        after = int(np.searchsorted(starts, end))
        if last > first and arranging[after] == arranging[element]:
            over = end
            yield element, first, last


def text_around(texts: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Of each block, the nearest block of text before and after it; -1 where there is none."""
    before, after = [], [-1] * len(texts)
    last = -1
    for at, length in enumerate(texts.tolist()):
        before.append(last)
        last = at if length else last
    last = -1
    for at in range(len(texts) - 1, -1, -1):
        after[at] = last
        last = at if texts[at] else last
    return before, after
