"""A part of a page made into the HTML of an article: its title's heading, the levels of the others."""

from __future__ import annotations

from galactica.sources.epub_flow import PageHeading, PagePart
from galactica.sources.leaf import title_line

PAGE = '<span id="page:'
"""How the anchor of a printed page begins."""

_HEADINGS = tuple(f"<h{level}" for level in range(2, 7))

EARLY = 600
"""Characters of text before which a heading may stand that names its part."""


def heading_of(part: PagePart) -> str:
    """The text of the heading that a part begins with; "" where it begins with none."""
    found = (each for each in part.headings if each.text and each.before <= EARLY and not each.leads)
    return next((title_line(each.text) for each in found), "")


def article_html(part: PagePart, title: str) -> str:
    """The part as HTML.

    The heading that says the title and nothing else is the article's h1, if more than it stands in the part; all other
    headings stand below it, none of their words lost.
    """
    headings = [each for each in part.headings if each.end >= 0]
    named = next(iter(headings), None)
    if named is not None and not _names(named, part, title):
        named = None
    others = [each for each in headings if each is not named]
    shift = max(0, 2 - min((each.level for each in others), default=2))
    for each in headings:
        level = 1 if each is named else min(6, each.level + shift)
        part.pieces[each.at] = f"<h{level}{each.attributes}>"
        part.pieces[each.end] = f"</h{level}>"
    if named is not None:  # cleaning takes the title's heading away; the printed page that begins in it does not go
        inside = part.pieces[named.at + 1 : named.end]
        marks = [piece for piece in inside if piece.startswith(PAGE)]
        part.pieces[named.at] = "".join((*marks, part.pieces[named.at]))
    written = "".join(part.pieces)
    if written.count(PAGE) < 2:
        return written
    _keep_order(part.pieces)
    return "".join(part.pieces)


def _keep_order(pieces: list[str]) -> None:
    """Keep the order of several printed pages that begin before a heading.

    Cleaning gives the last of them to the heading and the others to its text; so all go into the heading.
    """
    marks: list[int] = []
    title = False  # inside the heading that goes
    for number, piece in enumerate(pieces):
        if piece.startswith(PAGE):
            marks.append(number)
        elif "<h1" in piece or title:
            title = piece != "</h1>"
        elif piece.startswith(_HEADINGS) and len(marks) > 1:
            pieces[number] += "".join(pieces[mark] for mark in marks)
            for mark in marks:
                pieces[mark] = ""
            marks = []
        elif piece.startswith("<img") or (not piece.startswith("<") and not piece.isspace() and piece):
            marks = []


def same_words(one: str, other: str) -> bool:
    """Whether two titles differ in nothing but signs and case."""
    return _words(one) == _words(other)


def _words(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _names(heading: PageHeading, part: PagePart, title: str) -> bool:
    """Whether a heading says no more than the title, and the part more than the heading."""
    inside = "".join(part.pieces[heading.at : heading.end])
    more = part.shown > 0 or part.size > len(heading.text)
    return (
        more and not heading.before and "<img" not in inside and "<a " not in inside and same_words(heading.text, title)
    )
