"""Which blocks of a page stay: likelihoods of single blocks become one decision about the page.

A block of text stays where it is as likely as not to be content, or nearly so between two that are. Where a page has
too little of that but a block that stands out, what is nearly as likely as that one stays. Pictures have no text to be
judged by: they stay between blocks that stay, and with their captions. A page of which too little is left is not
decided: all of it stays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.refine.main_content.outline import NUMBER, PageOutline
from galactica.refine.main_content.structures import keep_wholes, text_around

LIKELY = 0
"""Log odds, in thousandths, from which on a block is content: as likely as not. On pages that trees were not learned
from, a fifth more or less moves F1 by less than another seed does (benchmarks/main_content_fit.py, 2026-11-29)."""

BETWEEN = 1000
"""How much less likely a block may be that stands between two likely ones and is not made of links."""

STANDS_OUT = -1500
"""Log odds that the likeliest block must have for a page to have content at all: a likelihood of 0.18."""

NEARLY = 700
"""Where too little is likely: how far below the likeliest block others may be to stay with it."""

MIN_CHARACTERS = 140
"""Characters of content below which a page is not decided: about two sentences."""

LINE = 40
"""Characters of a block from which on it can stand out."""

LONGEST_HEADING = 80
"""Characters of a line that announces what follows it."""

_CAPTIONS = frozenset({NUMBER["figcaption"], NUMBER["figure"]})


def clear_blocks(page: PageOutline, odds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which blocks stay because they are likely to be content; none where that is too little.

    Args:
        odds: of each block, `BlockTrees.odds`.
    """
    return _enough(page, _between(page, odds))


def outstanding_blocks(page: PageOutline, odds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which blocks stay because they stand out, on a page without any that are likely; none where none do."""
    texts = np.array([len(text) for text in page.texts])
    most = int(odds[texts >= LINE].max(initial=STANDS_OUT - 1))
    return _enough(page, (odds >= min(LIKELY, most - NEARLY)) & (most >= STANDS_OUT))


def _between(page: PageOutline, odds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which blocks are likely, or stand between two that are and are hardly unlikely; blocks without text are not."""
    texts = np.array([len(text) for text in page.texts])
    kept = (odds >= LIKELY) & (texts > 0)
    places = np.flatnonzero(texts)
    likely = kept[places]
    inner = np.zeros(len(places), np.bool_)
    inner[1:-1] = likely[:-2] & likely[2:]
    plain = 2 * np.array(page.linked)[places] < texts[places]
    kept[places] |= inner & plain & (odds[places] >= LIKELY - BETWEEN)
    return kept


def _enough(page: PageOutline, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    texts = np.array([len(text) for text in page.texts])
    kept = kept & (texts > 0)
    if texts[kept].sum() >= MIN_CHARACTERS:
        keep_wholes(page, texts, kept)
        _drop_idle_headings(page, texts, kept)
    if texts[kept].sum() < MIN_CHARACTERS:
        return np.zeros(len(texts), np.bool_)
    _keep_pictures(page, texts, kept)
    return kept


def _drop_idle_headings(page: PageOutline, texts: NDArray[np.int64], kept: NDArray[np.bool_]) -> None:
    """A heading, or a line that announces something, goes with the links that stood under it."""
    _, following = text_around(texts)
    for at in np.flatnonzero(kept & (texts < LONGEST_HEADING)).tolist():
        if not page.spelling[page.owner[at]].level and not page.texts[at].endswith((":", "?", "…", "：")):
            continue
        after = following[at]
        if after >= 0 and not kept[after] and 2 * page.linked[after] >= texts[after]:
            kept[at] = False


def _keep_pictures(page: PageOutline, texts: NDArray[np.int64], kept: NDArray[np.bool_]) -> None:
    """Keep pictures that stand between blocks that stay, and the captions of figures there."""
    places = np.flatnonzero(kept)
    low, high = places[0], places[-1]
    numbers = [one.number for one in page.spelling]
    figure = _figures(page)
    preceding, following = text_around(texts)
    stays = set()
    for at in range(max(low - 2, 0), min(high + 2, len(kept))):
        if texts[at] or not page.media[at]:
            continue
        before = preceding[at] >= 0 and kept[preceding[at]]
        after = following[at] >= 0 and kept[following[at]]
        if (before and after) or ((before or after) and figure[page.owner[at]]):
            kept[at] = True
            stays.add(figure[page.owner[at]])
    stays.discard(0)
    for at in range(low, high + 1):
        own = page.owner[at]
        if texts[at] and not kept[at] and figure[own] in stays and numbers[own] in _CAPTIONS:
            kept[at] = True


def _figures(page: PageOutline) -> list[int]:
    """Of each element, the figure that it is or stands in, plus one; 0 where it is in none."""
    found: list[int] = []
    for at, one in enumerate(page.spelling):
        above = page.parent[at]
        found.append(at + 1 if one.name == "figure" else found[above] if above >= 0 else 0)
    return found
