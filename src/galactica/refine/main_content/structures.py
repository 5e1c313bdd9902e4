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
from galactica.refine.main_content.outline import PageOutline, Spelling

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
    for element, first, last in _wholes(page):
        blocks = slice(first, last)
        if texts[blocks].max() > MAX_CELL:
            continue
        whole = int(texts[blocks].sum())
        likely = 2 * int((texts[blocks] * kept[blocks]).sum()) >= whole
        between = text_stays(kept, texts, first, -1) and text_stays(kept, texts, last - 1, 1)
        plain = not page.spelling[element].hints & _ELSEWHERE and linked[blocks].sum() <= MAX_LINKED * whole
        if likely or (between and plain):
            kept[blocks] = texts[blocks] > 0
        elif page.spelling[element].name == "table":
            kept[blocks] = False


def _wholes(page: PageOutline) -> Iterator[tuple[int, int, int]]:
    """(element, first block, after its last block) of the outermost elements that are wholes and hold text."""
    firsts = np.array(page.first)
    over = 0
    for element, one in enumerate(page.spelling):
        start, end = page.starts[element], page.ends[element]
        if one.name not in WHOLES or start < over:
            continue
        first, last = np.searchsorted(firsts, (start, end)).tolist()
        if last <= first or any(inner.name in _INSIDE_NONE for inner in _inside(page, element)):
            continue
        over = end
        yield element, first, last


def _inside(page: PageOutline, element: int) -> Iterator[Spelling]:
    end = page.ends[element]
    for at in range(element + 1, len(page.starts)):
        if page.starts[at] >= end:
            return
        yield page.spelling[at]


def text_stays(kept: NDArray[np.bool_], texts: NDArray[np.int64], at: int, step: int) -> bool:
    """Whether the nearest block of text before or after a place stays."""
    at += step
    while 0 <= at < len(kept):
        if texts[at]:
            return bool(kept[at])
        at += step
    return False
