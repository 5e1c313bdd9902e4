"""What of an article is laid out in tables and lists: cells, links, items, as spans of its text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidLink:
    """A link: the code points of its words, and where it leads, as in the body."""

    start: int
    end: int
    to: str


@dataclass(slots=True, kw_only=True)
class LaidCell:
    """A cell, or an item of a list.

    Attributes:
        start, end: code points of the article's text; equal where it is empty.
        head: whether it is a heading (th, dt).
        links: those in it, in order.
        raised: stretches that stand raised (a note's letter), short ones.
        whole: False where a table, or for an item a list, is inside.
        wide, high: columns and rows that it spans.
    """

    start: int
    end: int = 0
    head: bool = False
    links: list[LaidLink] = field(default_factory=list)
    raised: list[tuple[int, int]] = field(default_factory=list)
    whole: bool = True
    wide: int = 1
    high: int = 1


@dataclass(slots=True, kw_only=True)
class LaidTable:
    """A table.

    Attributes:
        rows: the grid; a cell that spans others stands in each.
        caption: span of its caption; (0, 0) where it has none.
        heading: span of the nearest heading above it; (0, 0) where none is.
        depth: of that heading, 2 to 6; 0 where none is: it stands near the article's beginning.
    """

    rows: list[list[LaidCell]] = field(default_factory=list)
    caption: tuple[int, int] = (0, 0)
    heading: tuple[int, int] = (0, 0)
    depth: int = 0


@dataclass(slots=True, kw_only=True)
class ListItem:
    """An item of a list: a term with what is said of it, or one line.

    Attributes:
        term: of a list of terms; None of others.
        cell: what it says.
        within: how many lists are around the one that it is an item of.
        number: of its list in the article.
        heading, depth: as of a table.
    """

    cell: LaidCell
    term: LaidCell | None = None
    within: int = 0
    number: int = 0
    heading: tuple[int, int] = (0, 0)
    depth: int = 0


@dataclass(slots=True, kw_only=True)
class ArticleLayout:
    """What of an article's body is laid out in tables and lists.

    Attributes:
        text: the projection of the body.
        headings: spans of its headings, in order.
        cut: True where there is more than the bounds allow, which is not looked at.
    """

    text: str
    tables: list[LaidTable] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    cut: bool = False
