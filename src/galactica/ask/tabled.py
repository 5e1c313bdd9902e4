"""The rows of an article's tables, as spans of its text: what each is called, and its cells.

The body knows what is a cell and what is a heading; the text is what is quoted. Cells are looked for in the text in the
order in which they stand in the body, so that each is found where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from galactica.ask.holdings import Page
from galactica.codes.cache import Cache, one
from galactica.model.projection import project

MOST_ROWS = 2_000
"""Of one article; an infobox has a hundred, a long list a few hundred."""

MOST_LOST = 20
"""Cells that are not found in the text before the rest is left: the two do not belong together."""

LONGEST_BODY = 2_000_000
"""Characters of a body that are looked through."""

LONGEST_HEADING = 120
"""Characters of what stands over a table."""

BEFORE_TABLE = 4_000
"""Characters before a table in which its heading is looked for."""

MOST_KEPT = 32
"""Articles whose rows are kept for the next question."""

_ROW = re.compile(r"<tr(?: [^>]*)?>")
_CELL = re.compile(r"<t([hd])(?: [^>]*)?>")
_HEADING = re.compile(r"<(h[2-6]|caption)(?: [^>]*)?>([^\n]{0,400}?)</\1>")
_END = re.compile(r"</t[hdr]>|</table>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row with at least two cells.

    Attributes:
        label: its first cell, as it is written.
        cells: (start, end) of each in the article's text; those that are empty have start == end.
        head: whether all cells are headings: it names the columns.
        heads: what the columns of its table are called; none where it does not say.
        heading: what stands over its table, or its caption; "" where nothing does.
        table: number of its table in the article.
    """

    label: str
    cells: tuple[tuple[int, int], ...]
    head: bool
    heads: tuple[str, ...]
    heading: str
    table: int

    @property
    def starts(self) -> int:
        """Where the second cell begins."""
        return self.cells[1][0]

    @property
    def ends(self) -> int:
        """Where the second cell ends."""
        return self.cells[1][1]

    @property
    def first(self) -> int:
        """Where the row begins."""
        return self.cells[0][0]

    @property
    def last(self) -> int:
        """Where the row ends."""
        return max(end for _, end in self.cells)


def table_rows(page: Page) -> tuple[Row, ...]:
    """The rows of an article's tables with two cells or more, without those that only name the columns."""
    return tuple(row for row in _all_rows(page) if not row.head)


def names_column(page: Page, start: int, end: int) -> bool:
    """Whether a stretch of an article's text stands in a row that only names the columns of a table: "Height cm"."""
    return any(row.head and row.first <= start and end <= row.last for row in _all_rows(page))


def _all_rows(page: Page) -> tuple[Row, ...]:
    place = (page.edition, page.article.id, hash(page.article.body))
    return _KEPT.get(place, lambda: tuple(_rows(page)), one)


_KEPT = Cache(MOST_KEPT)


def _rows(page: Page) -> list[Row]:
    body = page.article.body[:LONGEST_BODY]
    found: list[Row] = []
    at = lost = table = 0
    heads: tuple[str, ...] = ()
    heading = ""
    places = [match.span() for match in _ROW.finditer(body)][:MOST_ROWS]
    for number, (opened, begun) in enumerate(places):
        before = body[places[number - 1][1] if number else 0 : opened]
        if "</table>" in before or "<table" in before:
            table, heads = table + 1, ()
            over = list(_HEADING.finditer(before[-BEFORE_TABLE:]))
            heading = project(over[-1][2])[:LONGEST_HEADING] if over else heading
        stop = places[number + 1][0] if number + 1 < len(places) else len(body)
        closed = body.find("</tr>", begun, stop)
        kinds, texts = _cells(body[begun : closed if closed >= 0 else stop])
        spans = []
        for text in texts:
            place = page.text.find(text, at) if text else at
            if place < 0:
                lost += 1
                place, text = at, ""
            spans.append((place, place + len(text)))
            at = place + len(text)
        if lost > MOST_LOST:
            break
        if len(texts) >= 2:
            head = all(kind == "h" for kind in kinds)
            if head and not heads:
                heads = tuple(texts)
            found.append(Row(label=texts[0], cells=tuple(spans), head=head, heads=heads, heading=heading, table=table))
    return found


def _cells(row: str) -> tuple[list[str], list[str]]:
    """(kinds, texts) of the cells of a row."""
    kinds, texts = [], []
    opened = list(_CELL.finditer(row))
    for number, match in enumerate(opened):
        stop = opened[number + 1].start() if number + 1 < len(opened) else len(row)
        end = _END.search(row, match.end(), stop)
        kinds.append(match[1])
        texts.append(project(row[match.end() : end.start() if end else stop]))
    return kinds, texts
