"""Answers out of tables: the cell where the row and the column meet that a question asks for.

A projection has the rows of a table as lines with a tab between cells (`model.projection`, rule 3), so that the lines
themselves are the table and each cell is a span that can be quoted. A line "Label: value" of a list is a row of two
cells as well. What stands above a table names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.named import keys_of
from galactica.ask.sought import Sought
from galactica.codes.letters import folded

MOST_ROWS = 2_000
"""Of one article."""

MOST_CELLS = 30
LONGEST_CELL = 200
LONGEST_LINE = 1_500

BESIDE = 0.5
"""What a row counts less whose label says nothing but what was not asked for; in part, where it does in part."""

_LABELLED = re.compile(r"(?P<label>[^\t:：]{2,40})\s?[:：]\s+(?P<value>\S[^\t]{0,200})")
_NUMBER = re.compile(r"\d")
_COUNTED = (Kind.NUMBER, Kind.MEASURE, Kind.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a table.

    Attributes:
        start, end: of its line, in code points of the article's text.
        cells: (start, end) of each cell.
        head: cells of the table's first row, as text; none where this is it, or a list.
        above: the line before the table.
    """

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]
    head: tuple[str, ...]
    above: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell that may answer.

    Attributes:
        row: it stands in.
        start, end: its span.
        score: share of the question that its article, table, row and column name, 0 to 1.
    """

    row: TableRow
    start: int
    end: int
    score: float


def rows_of_article(page: Page) -> Iterator[TableRow]:
    """The rows of all tables and lists of an article, in order."""
    text, position, count = page.text, 0, 0
    head: tuple[str, ...] = ()
    above, inside = "", False
    for line in text.split("\n"):
        start, position = position, position + len(line) + 1
        if count >= MOST_ROWS:
            return
        if "\t" in line and len(line) <= LONGEST_LINE:
            cells = _cells(line, start)
            if not inside:
                inside, head = True, tuple(text[a:b] for a, b in cells)
                yield TableRow(start=start, end=start + len(line), cells=cells, head=(), above=above)
            else:
                yield TableRow(start=start, end=start + len(line), cells=cells, head=head, above=above)
            count += 1
            continue
        inside = False
        match = _LABELLED.fullmatch(line) if len(line) <= LONGEST_LINE else None
        if match is not None:
            spans = tuple((start + a, start + b) for a, b in (match.span("label"), match.span("value")))
            yield TableRow(start=start, end=start + len(line), cells=spans, head=(), above=above)
            count += 1
        elif line.strip():
            above = line[:LONGEST_CELL]


def cells_for(page: Page, sought: Sought, keys: frozenset[str], *, most: int = 3) -> list[Cell]:
    """The cells of an article that answer a question best, best first.

    Args:
        keys: what the question's words are compared by; of them the title, the table, the row and the column must name
            at least half, and the row or the column one that the title does not.
    """
    language = page.article.language
    title = keys & _keys(" ".join((page.article.title, *(alias.title for alias in page.article.aliases[:5]))), language)
    wanted = keys - title
    if not wanted:
        return []
    found: list[Cell] = []
    begins = tuple(key[:4] for key in wanted)
    text = folded(page.text)
    heads_of: dict[tuple[str, ...], list[frozenset[str]]] = {}
    for row in rows_of_article(page):
        # Most rows share not even the beginning of a word with the question, and cutting them up takes long.
        if len(text) == len(page.text) and not _begins(text[row.start : row.end], row.head, begins):
            continue
        whole = _keys(page.text[slice(*row.cells[0])], language) if row.cells else set()
        label = wanted & whole
        if row.head not in heads_of:
            heads_of[row.head] = [wanted & _keys(head, language) for head in row.head]
        heads = heads_of[row.head]
        if not label and not any(heads):
            continue
        above = wanted & _keys(row.above, language)
        # "Coordinates of the capital" is not what "the capital" asks for.
        less = BESIDE * (len(whole) - len(whole & keys)) / len(whole) if label else 0.0
        for at, (start, end) in enumerate(row.cells[1:], 1):
            column = heads[at] if at < len(heads) else set()
            named = label | column
            if not named or not _fits(page.text[start:end], sought):
                continue
            # A column whose head says nothing stands after those whose head does, and the first before the others.
            score = len(title | named | above) / len(keys) - 0.02 * (at - 1) - less
            if score >= 0.5:
                found.append(Cell(row=row, start=start, end=end, score=min(1.0, score)))
    return sorted(found, key=lambda cell: (-cell.score, cell.start))[:most]


def _begins(line: str, head: tuple[str, ...], begins: tuple[str, ...]) -> bool:
    """Whether a row or the head of its table has the beginning of a word of the question."""
    if any(begin in line for begin in begins):
        return True
    named = folded("\t".join(head))
    return any(begin in named for begin in begins)


def _cells(line: str, offset: int) -> tuple[tuple[int, int], ...]:
    spans, at = [], offset
    for cell in line.split("\t")[:MOST_CELLS]:
        spans.append((at, at + len(cell)))
        at += len(cell) + 1
    return tuple(spans)


def _keys(text: str, language: str) -> set[str]:
    return keys_of(text[:LONGEST_CELL], language)


def _fits(value: str, sought: Sought) -> bool:
    """Whether a cell is the kind of thing that is asked for, as far as that can be seen."""
    if not value.strip() or len(value) > LONGEST_CELL:
        return False
    if sought.kind in _COUNTED:
        return _NUMBER.search(value) is not None
    if sought.kind in (Kind.PERSON, Kind.PLACE):
        return any(each.isalpha() for each in value)
    return True
