"""Writes the part of a page that stays, as a fragment of HTML, and counts what does not.

Elements in which nothing stays go whole. Of a block that goes while its element stays, text, pictures and line breaks
go: tags that stand in pairs stay, so that all still nest, and the cleaner takes away what has become empty. `main` and
`article` become `div`, because for the cleaner they would mean that all outside of them goes. The title is the
article's own, no text of it: its heading goes, and other headings of its level go down one.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from galactica.refine.main_content.hints import KINDS
from galactica.refine.main_content.outline import PageOutline

COMMENTS = 1 << KINDS.index("comments")

_VOID = re.compile(r"<(?:img|br|wbr|hr|input|embed|source|track)\b")
_RENAMED = {"main": "div", "article": "div", "body": "div", "h1": "h2"}
_NAMED = re.compile(r"(</?)(main|article|body|h1)\b")
_ROLE = re.compile(r' role="main"| id="mw-content-text"')


def part_written(page: PageOutline, kept: NDArray[np.bool_], title: str) -> tuple[str, Counter[str]]:
    """What stays of a page, and rule → how many blocks, or tags of the cleaner's rules, go."""
    holds = _holding(page, kept)
    tokens = list(page.tokens)
    dropped = Counter(page.dropped)
    told = title.casefold()
    comments = _in_comments(page)
    for at, stays in enumerate(kept.tolist()):
        owner = page.owner[at]
        if stays and not (page.spelling[owner].level and page.texts[at].casefold() == told):
            continue
        if not stays:
            dropped["readers-comments" if comments[owner] else "around-the-article"] += 1
        if holds[owner] or stays:
            _blank(tokens, page.first[at], page.last[at])
    for at, start in enumerate(page.starts):
        above = page.parent[at]
        if not holds[at] and (above < 0 or holds[above]):
            tokens[start : page.ends[at]] = [""] * (page.ends[at] - start)
        elif holds[at] and page.spelling[at].name in _RENAMED:
            end = page.ends[at] - 1
            tokens[start] = _NAMED.sub(_renamed, tokens[start], count=1)
            tokens[end] = _NAMED.sub(_renamed, tokens[end], count=1)
        if holds[at] and ("role=" in tokens[start] or "mw-content-text" in tokens[start]):
            tokens[start] = _ROLE.sub("", tokens[start])
    return "".join(tokens), dropped


def _holding(page: PageOutline, kept: NDArray[np.bool_]) -> list[bool]:
    """Of each element, whether something in it stays."""
    holds = [False] * len(page.spelling)
    for at in np.flatnonzero(kept).tolist():
        holds[page.owner[at]] = True
    for at in range(len(holds) - 1, 0, -1):
        if holds[at]:
            holds[page.parent[at]] = True
    return holds


def _in_comments(page: PageOutline) -> list[bool]:
    """Of each element, whether it or one that it stands in is called so; what the whole page is called says nothing."""
    found: list[bool] = []
    for above, one in zip(page.parent, page.spelling, strict=True):
        found.append(above >= 0 and (found[above] or one.hints & COMMENTS > 0))
    return found


def _blank(tokens: list[str], first: int, last: int) -> None:
    """Take text, pictures and breaks out of a stretch of tokens."""
    for place in range(first, last):
        if not place % 2 or _VOID.match(tokens[place]):
            tokens[place] = " " if not place % 2 else ""


def _renamed(found: re.Match[str]) -> str:
    return found[1] + _RENAMED[found[2]]
