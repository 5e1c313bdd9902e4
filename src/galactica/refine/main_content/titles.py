"""The title of a page: the heading that its data name, else what they name, without the name of the site.

Sites write their name, and that of a section, before or behind the title that they give to browsers. What of it is the
title is told by a heading of the page that is one part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from galactica.refine.main_content import linked_data
from galactica.refine.main_content.page_data import PageData, letters, node_text, on_one_line

MAX_TITLE = 500
"""Characters of a title."""

MAX_HEADINGS = 50
"""Headings of each level that are looked at."""

_NAMES = tuple("og:title citation_title dc.title dcterms.title twitter:title parsely-title sailthru.title".split())
_BREAK = re.compile(r"\s+[|\-–—·•»:/│]+\s+|(?<=\S)[|│|]\s?")


def title_said(data: PageData) -> str:
    """The title of a page; "" where it has none."""
    named = on_one_line(node_text(data.tree.css_first("head > title")))
    said = next((line for text in data.said(_NAMES) if (line := on_one_line(text))), "")
    stated = next((line for thing in data.things if (line := on_one_line(linked_data.text_in(thing, "headline")))), "")
    candidates = [each for each in (stated, said, named) if each and not _same(each, data.site)]
    for level in ("h1", "h2"):
        headings = _headings(data, level)
        if (shown := _shown(headings, candidates, whole=level == "h2")) and not _same(shown, data.site):
            return shown[:MAX_TITLE]
    if candidates:
        return _without_site(candidates[0], data)[:MAX_TITLE]
    first = next(iter(_headings(data, "h1")), "")
    return (first or named)[:MAX_TITLE]


def _headings(data: PageData, level: str) -> list[str]:
    texts = (on_one_line(node_text(node)) for node in data.tree.css(level)[:MAX_HEADINGS])
    return [text for text in dict.fromkeys(texts) if len(text) > 3]


def _shown(headings: Sequence[str], candidates: Sequence[str], *, whole: bool) -> str:
    """The only heading that stands in a candidate; where it must be a whole part, between breaks, of it."""
    if whole:
        parts = {part.casefold() for each in candidates for part in (each, *_BREAK.split(each))}
        found = [heading for heading in headings if heading.casefold() in parts]
    else:
        text = "\n".join(candidates).casefold()
        found = [heading for heading in headings if heading.casefold() in text]
    return found[0] if len(found) == 1 else ""


def _without_site(title: str, data: PageData) -> str:
    """A title without the name of the site before or behind it."""
    breaks = list(_BREAK.finditer(title))
    if not breaks:
        return title
    first, last = breaks[0], breaks[-1]
    if _is_site(title[last.end() :], data):
        return title[: last.start()]
    if _is_site(title[: first.start()], data):
        return title[first.end() :]
    return title


def _is_site(part: str, data: PageData) -> bool:
    named, own = letters(part), letters(data.site)
    if own and (named == own or (len(named) > 3 and named in own) or (len(own) > 3 and own in named)):
        return True
    return len(named) > 3 and named in data.host


def _same(one: str, other: str) -> bool:
    return bool(other) and letters(one) == letters(other)
