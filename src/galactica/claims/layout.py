"""Tables and lists of an article as spans of its text: cells in a grid, links, what stands above them.

Rule: every span is one of the projection, half-open, and is found by the walk that makes it (`placed_tags`), not by
looking for its words. A cell that spans several columns or rows stands in each of them. Tables inside of cells are left
out with the cell around them: whose they are is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from galactica.claims.cells import ArticleLayout, LaidCell, LaidLink, LaidTable, ListItem
from galactica.model.projection import placed_tags, unescape

MOST_CELLS = 50_000
"""Cells of an article's tables, those that are spanned counted as often as they stand; a long list has 20,000."""

MOST_COLUMNS = 64
"""Columns of a table; wider ones are schedules."""

MOST_SPANNED = 400
"""Rows that one cell spans."""

MOST_ITEMS = 20_000
"""Items of an article's lists."""

LONGEST_RAISED = 3
"""Characters of what stands raised that are told: a note's mark has one or two."""

_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


def article_layout(body: str) -> ArticleLayout:
    """The tables and lists of a canonical body."""
    text, tags = placed_tags(body)
    walk = _Walk(ArticleLayout(text=text))
    for tag, at in tags:
        walk.tag(tag, at)
    return walk.layout


class _Open:
    """A table that is being read: its rows as they stand, without what spans them."""

    __slots__ = ("cell", "rows", "table")

    def __init__(self, table: LaidTable) -> None:
        self.table = table
        self.rows: list[list[LaidCell]] = []
        self.cell: LaidCell | None = None


class _Walk:
    def __init__(self, layout: ArticleLayout) -> None:
        self.layout = layout
        self.tables: list[_Open] = []
        self.items: list[ListItem | None] = []  # None: one that is not read, in a table or among the notes
        self.lists: list[int] = []
        self.count = self.notes = self.cells = 0
        self.term: LaidCell | None = None
        self.link: tuple[int, str] | None = None
        self.heading, self.depth = (0, 0), 0
        self.begun = self.raised = 0

    def tag(self, tag: str, at: int) -> None:
        name = tag.partition(" ")[0]
        known = _TAGS.get(name)
        if known is not None:
            known(self, tag, at)

    def title_begins(self, _: str, at: int) -> None:
        self.begun = at

    def heading_ends(self, tag: str, at: int) -> None:
        if at > self.begun:
            self.layout.headings.append((self.begun, at))
        if not self.tables:
            self.heading, self.depth = (self.begun, max(at, self.begun)), int(tag[2])

    def caption_ends(self, _: str, at: int) -> None:
        if self.tables and at > self.begun:
            self.tables[-1].table.caption = (self.begun, at)

    def table_begins(self, _: str, __: int) -> None:
        for cell in self.around():
            cell.whole = False
        self.tables.append(_Open(LaidTable(heading=self.heading, depth=self.depth)))

    def table_ends(self, _: str, __: int) -> None:
        open_ = self.tables.pop() if self.tables else None
        if open_ is None or self.tables or not open_.rows:
            return
        open_.table.rows = _grid(open_.rows)
        self.cells += sum(map(len, open_.table.rows))
        if self.cells > MOST_CELLS:
            self.layout.cut = True
        else:
            self.layout.tables.append(open_.table)

    def row_begins(self, _: str, __: int) -> None:
        if self.tables:
            self.tables[-1].rows.append([])

    def cell_begins(self, tag: str, at: int) -> None:
        if self.tables and self.tables[-1].rows:
            wide = high = 1
            if "span=" in tag:
                given = dict(_ATTRIBUTE.findall(tag))
                wide, high = (_span(given.get(name, "1")) for name in ("colspan", "rowspan"))
            self.tables[-1].cell = LaidCell(start=at, end=at, head=tag.startswith("th"), wide=wide, high=high)

    def cell_ends(self, _: str, at: int) -> None:
        if self.tables and (cell := self.tables[-1].cell) is not None:
            cell.end = max(at, cell.start)
            self.tables[-1].rows[-1].append(cell)
            self.tables[-1].cell = None

    def link_begins(self, tag: str, at: int) -> None:
        to = unescape(dict(_ATTRIBUTE.findall(tag)).get("href", ""))
        self.link = (at, to) if to and not to.startswith("#") else None

    def link_ends(self, _: str, at: int) -> None:
        if self.link is not None and at > self.link[0]:
            for cell in self.around()[-1:]:
                cell.links.append(LaidLink(start=self.link[0], end=at, to=self.link[1]))
        self.link = None

    def raised_begins(self, _: str, at: int) -> None:
        self.raised = at

    def raised_ends(self, _: str, at: int) -> None:
        if 0 < at - self.raised <= LONGEST_RAISED:
            for cell in self.around()[-1:]:
                cell.raised.append((self.raised, at))

    def around(self) -> list[LaidCell]:
        """The cells and items that are being read, the inmost last."""
        items = [each.cell for each in self.items if each is not None]
        cells = [each.cell for each in self.tables if each.cell is not None]
        return [*items, *([self.term] if self.term is not None else ()), *cells]

    def list_begins(self, tag: str, _: int) -> None:
        self.notes += 1 if self.notes or 'role="doc-endnotes"' in tag else 0
        if not self.tables:
            for cell in self.around():
                cell.whole = False
        self.count += 1
        self.lists.append(self.count)

    def list_ends(self, _: str, __: int) -> None:
        self.notes = max(0, self.notes - 1)
        if self.lists:
            self.lists.pop()

    def item_begins(self, tag: str, at: int) -> None:
        item = None
        if not self.tables and not self.notes and self.lists:
            item = ListItem(cell=LaidCell(start=at), within=len(self.lists) - 1, number=self.lists[-1])
            item.heading, item.depth = self.heading, self.depth
            item.term = self.term if tag.startswith("dd") else None
        self.items.append(item)

    def item_ends(self, _: str, at: int) -> None:
        item = self.items.pop() if self.items else None
        if item is not None:
            item.cell.end = max(at, item.cell.start)
            if len(self.layout.items) < MOST_ITEMS:
                self.layout.items.append(item)
            else:
                self.layout.cut = True

    def term_begins(self, _: str, at: int) -> None:
        self.term = LaidCell(start=at, head=True)

    def term_ends(self, _: str, at: int) -> None:
        if self.term is not None:
            self.term.end = max(at, self.term.start)

    def terms_end(self, tag: str, at: int) -> None:
        self.term = None
        self.list_ends(tag, at)


_TAGS: dict[str, Callable[[_Walk, str, int], None]] = {
    **{f"h{level}": _Walk.title_begins for level in range(2, 7)},
    **{f"/h{level}": _Walk.heading_ends for level in range(2, 7)},
    "caption": _Walk.title_begins,
    "/caption": _Walk.caption_ends,
    "table": _Walk.table_begins,
    "/table": _Walk.table_ends,
    "tr": _Walk.row_begins,
    "td": _Walk.cell_begins,
    "th": _Walk.cell_begins,
    "/td": _Walk.cell_ends,
    "/th": _Walk.cell_ends,
    "a": _Walk.link_begins,
    "/a": _Walk.link_ends,
    "sup": _Walk.raised_begins,
    "/sup": _Walk.raised_ends,
    "ul": _Walk.list_begins,
    "ol": _Walk.list_begins,
    "dl": _Walk.list_begins,
    "/ul": _Walk.list_ends,
    "/ol": _Walk.list_ends,
    "/dl": _Walk.terms_end,
    "li": _Walk.item_begins,
    "dd": _Walk.item_begins,
    "/li": _Walk.item_ends,
    "/dd": _Walk.item_ends,
    "dt": _Walk.term_begins,
    "/dt": _Walk.term_ends,
}


def _span(written: str) -> int:
    return min(max(1, int(written)), MOST_SPANNED) if written.isascii() and written.isdecimal() else 1


def _grid(rows: list[list[LaidCell]]) -> list[list[LaidCell]]:
    """Rows with the cells that span them, each in its columns; where one is missing stands an empty one."""
    spanned: dict[int, tuple[LaidCell, int]] = {}  # column → cell of a row above, rows that it still spans
    found = []
    for given in rows:
        row: list[LaidCell] = []
        waiting = list(reversed(given))
        while len(row) < MOST_COLUMNS and (waiting or any(column >= len(row) for column in spanned)):
            column = len(row)
            if column in spanned:
                cell, left = spanned.pop(column)
                if left > 1:
                    spanned[column] = (cell, left - 1)
                row.append(cell)
            elif waiting:
                cell = waiting.pop()
                for _ in range(min(cell.wide, MOST_COLUMNS - len(row))):
                    if cell.high > 1:
                        spanned[len(row)] = (cell, cell.high - 1)
                    row.append(cell)
            else:
                row.append(LaidCell(start=0))
        found.append(row)
    return found
