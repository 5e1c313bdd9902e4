"""The article of a page of the open web, told from what the site puts around it, and what the page says of itself.

Only pages marked "webpage" (`model.document.Markup`) come here: a page of a wiki or of documentation and a chapter of a
book are known to `refine.clean` as they are. What is left out is counted by rule in `dropped`. Where no content
stands out clearly, the whole page stays and `sure` is False.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborHTMLParser

from galactica.refine.clean.bounds import check_cost
from galactica.refine.clean.xhtml import as_html, is_xhtml
from galactica.refine.main_content.cutting import part_written
from galactica.refine.main_content.facts import SaidOfItself, said_by
from galactica.refine.main_content.features import described_blocks
from galactica.refine.main_content.keeping import clear_blocks, outstanding_blocks
from galactica.refine.main_content.outline import MAX_BLOCKS, PageOutline
from galactica.refine.main_content.seen import SeenPage, seen_page
from galactica.refine.main_content.trees import block_trees

_KNOWN = 'id="mw-content-text"'
"""A page of a wiki, wherever it was captured: the cleaner finds its article."""

MAX_TAGS = 300_000
"""Tags, with end tags, of a page that is looked at; one with more stays whole. The most that was seen is 21,000."""

_UNCLEAR = (("no-clear-content", 1),)

__all__ = ["MainContent", "SaidOfItself", "extract"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MainContent:
    """The main content of a page.

    Attributes:
        html: what of the page is content, as HTML to be cleaned; the whole page where `sure` is False.
        sure: whether content could be told from what is around it.
        facts: what the page says of itself.
        dropped: (rule, how often) of what was left out, by name of rule.
    """

    html: str
    sure: bool
    facts: SaidOfItself
    dropped: tuple[tuple[str, int], ...] = ()


def extract(html: str, *, path: str = "") -> MainContent:
    """Find the main content of a page.

    Args:
        html: a whole page, with its scripts.
        path: its path in its source: one that ends in ".xhtml" is read as XML is.

    Raises:
        Unclean: it is over a bound of `refine.clean.bounds`.
    """
    if is_xhtml(html, path):
        html = as_html(html)
    check_cost(html)
    if _KNOWN in html or html.count("<") > MAX_TAGS:
        known = _KNOWN in html
        facts = said_by(LexborHTMLParser(html.encode("utf-8", "ignore")))[0]
        return MainContent(html=html, sure=known, facts=facts, dropped=() if known else _UNCLEAR)
    shown = _judged(seen_page(html))
    opened = None
    for choose in (clear_blocks, outstanding_blocks):
        if part := _content(shown, choose, shown[0].facts):
            return part
        opened = opened or _judged(seen_page(html, opened=True))
        if part := _content(opened, choose, shown[0].facts):
            return part
    return MainContent(html=html, sure=False, facts=shown[0].facts, dropped=_UNCLEAR)


_Judged = tuple[SeenPage, NDArray[np.int64]]


def _judged(seen: SeenPage) -> _Judged:
    """A page with the odds of its blocks; without odds where it has no blocks or too many."""
    if not 0 < len(seen.outline.texts) <= MAX_BLOCKS:
        return seen, np.zeros(0, np.int64)
    return seen, block_trees().odds(described_blocks(seen.outline, seen.facts.title, seen.description, seen.stated))


def _content(
    judged: _Judged, choose: Callable[[PageOutline, NDArray[np.int64]], NDArray[np.bool_]], facts: SaidOfItself
) -> MainContent | None:
    """The content of a page that was looked at in one way, its blocks chosen in one way; None where there is none."""
    seen, odds = judged
    kept = choose(seen.outline, odds) if len(odds) else np.zeros(0, np.bool_)
    if not kept.any():
        return None
    part, dropped = part_written(seen.outline, kept, facts.title)
    if seen.hyphens:
        dropped["soft-hyphens"] += seen.hyphens
    return MainContent(html=seen.base + part, sure=True, facts=facts, dropped=tuple(sorted(dropped.items())))
