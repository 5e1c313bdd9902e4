"""What the tags of pages became before: each spelling is judged once, and remembered for the next page."""

from __future__ import annotations

import re

from galactica.refine.clean.attributes import escape_attribute, unescape_attribute
from galactica.refine.clean.rules import RuleBook
from galactica.refine.clean.tags import Tag, TagKind, judge_tag

MAX_REMEMBERED = 20_000
"""Spellings of tags that are remembered; then memory starts afresh."""

_SIMPLE_LINK = re.compile(r'<a href="([^"&]*)"(?: title="([^"]*)")?(?: class="mw-redirect")?>')

_remembered: tuple[dict[str, Tag], dict[str, Tag]] = ({}, {})
_COMMENT = Tag(TagKind.NOTHING)
_COMMENT.void = True


def remembered(*, found: bool) -> dict[str, Tag]:
    """Start tag → what it became, of pages in which an article was `found`, or of the others; the callers share it."""
    return _remembered[found]


def judged(text: str, book: RuleBook, *, found: bool) -> Tag:
    """What a start tag becomes, remembered for the next page unless it is one of a kind."""
    known = _remembered[found]
    plain = text
    place = text.find(' id="mw')
    if place > 0:
        end = text.find('"', place + 7)
        if 2 <= end - place - 7 <= 5:  # Parsoid numbers every tag: such an id is nobody's target
            plain = text[:place] + text[end + 1 :]
            what = known.get(plain)
            if what is not None:
                return what
    if plain.startswith("<a ") and (simple := _SIMPLE_LINK.fullmatch(plain)):
        link = Tag(TagKind.LINK, "a")
        link.href = simple[1]
        if simple[2]:
            link.attributes = f' title="{escape_attribute(unescape_attribute(simple[2]))}"'
        return link
    if plain.startswith("<!"):
        return _COMMENT
    what = judge_tag(plain, book, page=not found)
    if len(known) > MAX_REMEMBERED:
        known.clear()
    if what.kind is not TagKind.LINK and what.kind is not TagKind.IMAGE:
        known[plain] = what
    return what
