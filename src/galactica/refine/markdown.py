"""Markdown to HTML: CommonMark with tables, strikethrough and footnotes; the cleaner sees the result.

Raw HTML in the text is kept: the cleaner treats it as it treats any page. Headings get no ids here. markdown-it-py is
an extra, `build`; a machine that only reads does without it. Depth of nesting is bounded by the parser.
Source: CommonMark 0.31.2; GitHub Flavored Markdown 0.29, sections 4.10 (tables) and 6.5 (strikethrough).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from galactica.errors import MissingError
from galactica.refine.markdown_notes import with_notes

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MAX_NESTING = 20
"""Lists and quotations inside each other; deeper ones are text."""

MAX_CHARS = 16 * 2**20
"""Longest Markdown text; the parser makes a tree that is many times larger."""

FREE_BRACKETS = 5_000
"""From this many on, "[" that mostly have no "]" are text: each costs the parser a search through all that follows."""


def markdown_to_html(text: str) -> str:
    """The HTML of a Markdown text.

    Raises:
        MissingError: markdown-it-py is not installed.
        ValueError: longer than `MAX_CHARS`, or nested so deeply that it cannot be converted.
    """
    if len(text) > MAX_CHARS:
        raise ValueError(f"Markdown of more than {MAX_CHARS:,} characters")
    if (opened := text.count("[")) > FREE_BRACKETS and 2 * text.count("]") < opened:
        text = text.replace("[", "\\[")
    try:
        return str(_parser().render(with_notes(text)))
    except RecursionError as error:
        raise ValueError("Markdown nested too deeply") from error


@functools.cache
def _parser() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise MissingError(
            "Markdown cannot be read: the package markdown-it-py is not installed.",
            "Install the extra for building: pip install 'galactica[build]'.",
        ) from error
    # Link validation is left to the cleaner, which knows what a body may hold.
    options = {"html": True, "linkify": False, "typographer": False, "maxNesting": MAX_NESTING}
    found = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    found.core.ruler.push("times", _times)
    return found


def _times(state: StateCore) -> None:
    """Let "2*3*4" be what it says: stars between digits are signs, though CommonMark would set the 3 in italics."""
    for block in state.tokens:
        inside = block.children or []
        opened: list[int] = []
        for place, token in enumerate(inside):
            if token.type == "em_open" and token.markup == "*":
                opened.append(place)
            elif token.type == "em_close" and token.markup == "*" and opened:
                start = opened.pop()
                if all(_between_digits(inside, at) for at in (start, place)):
                    for each in (inside[start], token):
                        each.type, each.tag, each.nesting, each.content = "text", "", 0, "*"


def _between_digits(tokens: list[Token], place: int) -> bool:
    before, after = tokens[place - 1] if place else None, tokens[place + 1 : place + 2]
    return bool(before and before.content[-1:].isdigit() and after and after[0].content[:1].isdigit())
