"""A table that can be asked over all its rows: whole, regular, each row with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.ask.holdings import Page
from galactica.ask.tabled import MOST_ROWS, Row, table_rows
from galactica.ask.tabular.words import cut_words, says_nothing, says_total, sums_some_up

LEAST_ROWS = 3
"""Rows of a table that something is said of over all of them."""

LONGEST_CELL = 80
"""Characters of a cell that is compared with the words of a question."""

_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_PART = re.compile(r"\(\d+–\d+\)\Z")
"""Behind the title of a sheet that is cut into several articles."""

_WORDS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTable:
    """A table, without the rows that sum the others up.

    Attributes:
        heads: what its columns are called, brackets apart.
        rows: cells of each row.
        spans: of each row, as it stands in the article.
        key: the column that names the rows.
        named: what stands over it: the title of a sheet, the heading of a table in an article.
        sheet: whether it is all that the article is, a sheet or a file of rows.
    """

    page: Page
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    spans: tuple[Row, ...]
    key: int
    named: str
    sheet: bool

    def label(self, row: int) -> str:
        """What a row is called."""
        return self.rows[row][self.key]

    def column(self, number: int) -> list[str]:
        """The cells of a column."""
        return [row[number] for row in self.rows]


def whole_tables(page: Page) -> Iterator[WholeTable]:
    """The tables of an article that can be asked over all their rows."""
    every = table_rows(page)
    if len(every) >= MOST_ROWS - 1 or _PART.search(page.article.title):
        return  # not all of it is here
    for number in dict.fromkeys(row.table for row in every):
        own = [row for row in every if row.table == number]
        found = _grid(page, own, alone=own == list(every))
        if found is not None:
            yield found


def _grid(page: Page, rows: list[Row], *, alone: bool) -> WholeTable | None:
    heads = rows[0].heads
    if len(heads) < 2 or any(len(row.cells) != len(heads) or row.heads != heads for row in rows):
        return None
    if _merged(page):
        return None
    told = [(tuple(page.text[start:end].strip() for start, end in row.cells), row) for row in rows]
    kept = [(cells, row) for cells, row in told if not says_total(next(filter(None, cells), ""))]
    key = _key([cells for cells, _ in kept], heads)
    if len(kept) < LEAST_ROWS or key is None:
        return None
    if any(sums_some_up(label) for cells, _ in kept for label in (cells[key], next(filter(None, cells)))):
        return None
    sheet = alone and page.text.startswith("\t".join(heads)) and "sheet:" in page.article.body[:200]
    return WholeTable(
        page=page,
        heads=tuple(_BRACKETS.sub(" ", head).strip()[:LONGEST_CELL] for head in heads),
        rows=tuple(cells for cells, _ in kept),
        spans=tuple(row for _, row in kept),
        key=key,
        named=page.article.title if sheet else f"{page.article.title} {rows[0].heading}",
        sheet=sheet,
    )


def _merged(page: Page) -> bool:
    """Whether cells are merged: then it is not sure under which head one stands."""
    return "colspan=" in page.article.body or "rowspan=" in page.article.body


def _key(rows: list[tuple[str, ...]], heads: tuple[str, ...]) -> int | None:
    """The first column of words that names every row, each in another way."""
    for number in range(len(heads)):
        cells = [row[number] for row in rows]
        if all(_WORDS.search(cell) and not says_nothing(cell) for cell in cells):
            return number if len({cut_words(cell) for cell in cells}) == len(cells) else None
    return None
