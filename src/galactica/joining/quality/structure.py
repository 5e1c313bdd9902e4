"""What a body is made of: headings, lists, tables, pictures, references and links, read from its tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(r"<[^>]*>")
_OPENS = re.compile(r"<(/?)(table|ul|ol|dl)\b")
_ENTITIES = ("&amp;", "&lt;", "&gt;", "&quot;")
"""How a canonical body writes letters that mean something in it: one letter each."""

_COUNTED = {
    "headings": re.compile(r"<h[2-6][ >]"),
    "items": re.compile(r"<(?:li|dd)[ >]"),
    "pictures": re.compile(r"<img "),
    "formulas": re.compile(r"<math[ >]"),
    "references": re.compile(r'<sup [^>]*role="doc-noteref"'),
    "inner_links": re.compile(r'<a [^>]*href="\./'),
    "outer_links": re.compile(r'<a [^>]*href="https?:'),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyStructure:
    """What a body is made of.

    Attributes:
        headings, items, pictures, formulas: how many.
        references: marks of footnotes.
        inner_links, outer_links: links to articles of the same source, and to the web.
        list_share, table_share: of the letters of its text, those in lists and in tables, the outermost deciding.
    """

    headings: int
    items: int
    pictures: int
    formulas: int
    references: int
    inner_links: int
    outer_links: int
    list_share: float
    table_share: float


def structure_of(body: str) -> BodyStructure:
    """What a canonical body is made of, in one pass for each kind."""
    letters = {"table": 0, "list": 0}
    depth, begin, kind = 0, 0, ""
    for match in _OPENS.finditer(body):
        if not match[1]:
            if not depth:
                begin, kind = match.start(), "table" if match[2] == "table" else "list"
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                letters[kind] += _letters(body[begin : match.start()])
    whole = _letters(body)
    counts = {name: sum(1 for _ in pattern.finditer(body)) for name, pattern in _COUNTED.items()}
    return BodyStructure(
        **counts,
        list_share=letters["list"] / whole if whole else 0.0,
        table_share=letters["table"] / whole if whole else 0.0,
    )


def _letters(body: str) -> int:
    """Letters of a stretch of a body without its tags and blanks."""
    plain = _TAG.sub(" ", body)
    return sum(map(len, plain.split())) - sum(plain.count(name) * (len(name) - 1) for name in _ENTITIES)
