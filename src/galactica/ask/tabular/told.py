"""Answers over all rows of a table: which has the most or the least, which say something, how many do.

1. Only a question every word of which is accounted for is answered (`parsing`), and only over a table that is whole
   (`grid`). The scope of a sheet is the sheet, and is told; what stands over a table of an article has to be asked for
   too: the longest river of a table of Slovakia's is not the longest.
2. The most of a column is told where its cells can be compared (`figures`), few are unread, and no way of reading them
   gives another row. Rows that are equal are all told. How many cells are empty or unread is told, and makes the answer
   less likely, by their share.
3. Two tables that say different things say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.ask.asked import Asked
from galactica.ask.claimed.telling import Reckoned
from galactica.ask.evidence import cite
from galactica.ask.kinds import Kind
from galactica.ask.tabular.comparable import has_scale, in_several_units, is_year
from galactica.ask.tabular.figures import ReadColumn, most_of, read_columns
from galactica.ask.tabular.grid import WholeTable, whole_tables
from galactica.ask.tabular.parsing import AskedOfTable, understood_over
from galactica.ask.tabular.words import (
    ANY,
    column_sorts,
    cut_words,
    names_people,
    says_nothing,
    stands_in,
    tabular_words,
)
from galactica.codes.han import unspaced
from galactica.languages import primary
from galactica.model import PassageHit, Position
from galactica.model.said import said

MOST_PAGES = 8
"""Articles whose tables are looked at, of those that were found."""

LIKELY = 0.97
"""How likely an answer over a whole table is right: a guess from the questions that were looked at."""

MOST_UNREAD = 0.2
"""Share of the rows whose cells may say what cannot be compared."""

LEAST_READ = 0.5
"""Share of the rows that have to have a cell that can be compared."""

MOST_LISTED = 60
"""Rows of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRows:
    """What is told of a table.

    Attributes:
        rows: those that are told.
        column: whose cells are quoted with them.
        by: the column by which they were compared, -1 for none.
        counts: whether their number is the answer.
        value: whether the cell is, not what the row is called.
        unread, empty: cells that were left out.
    """

    rows: tuple[int, ...]
    column: int
    by: int = -1
    counts: bool = False
    value: bool = False
    unread: int = 0
    empty: int = 0


def told_by_tables(asked: Asked, hits: Sequence[PassageHit]) -> Reckoned | None:
    """What the tables among the articles that were found answer over all their rows; None for nothing.

    Args:
        hits: passages that were found for the question.
    """
    question = asked.question.plain
    language = primary(question.language)
    words = tabular_words(language)
    if words is None or question.kind in (Kind.YES_NO, Kind.REASON, Kind.MANNER) or question.denied:
        return None
    found: dict[str, Reckoned] = {}
    places = dict.fromkeys((hit.edition, hit.id) for hit in hits)
    for edition, identity in list(places)[:MOST_PAGES]:
        page = asked.holdings.page(edition, identity)
        if page is None or not page.starts or not asked.allows(page.article) or "<table" not in page.article.body:
            continue
        for grid in whole_tables(page):
            wish = understood_over(question.text, language, grid, words)
            if wish is None or not _in_scope(question.text, grid):
                continue
            one = _of_rows(wish, grid, primary(page.article.language) if page.article.language != "und" else language)
            if one is not None:
                told = _reckoned(one, grid)
                found[told.text] = told
    return next(iter(found.values())) if len(found) == 1 else None


def _in_scope(question: str, grid: WholeTable) -> bool:
    """Whether a table is all that is asked over: a sheet, or one whose headings the question has."""
    return grid.sheet or set(cut_words(grid.named)) <= set(cut_words(question))


def _of_rows(wish: AskedOfTable, grid: WholeTable, language: str) -> OfRows | None:
    if wish.asks > 1 or (wish.most and (wish.counts or wish.none)):
        return None
    kept = _filtered(wish, grid)
    if kept is None:
        return None
    rows, wanted = kept
    if wish.most and wish.asks_amount(wanted):
        return None
    if wish.most:
        return _extreme(wish, grid, rows, wanted, language)
    if not wish.noun or wish.asks != 1 or wanted:
        return None
    if wish.none:
        return _without(wish, grid, rows, language)
    if not wish.values or not rows or len(rows) > MOST_LISTED:
        return None
    column = next(iter({column for _, column in wish.values[0]} - {grid.key}))
    empty = sum(map(says_nothing, grid.column(column)))
    return OfRows(rows=tuple(rows), column=column, counts=wish.counts, empty=empty)


def _filtered(wish: AskedOfTable, grid: WholeTable) -> tuple[list[int], list[frozenset[int]]] | None:
    """(the rows that have the value which a question names, the columns it names besides); None where it is not clear
    in which column that value has to stand."""
    every, wanted = list(range(len(grid.rows))), list(wish.wanted)
    if not wish.values:
        return every, wanted
    if len(wish.values) > 1:
        return None
    cells = wish.values[0]
    columns = {column for _, column in cells}
    named = [each for each in wanted if len(each) == 1 and each <= columns]
    if len(named) == 1:
        wanted.remove(named[0])
        columns = set(named[0])
    if len(columns) != 1 or grid.key in columns:
        return None
    own = {row for row, column in cells if column in columns}
    wish.values[0] = frozenset(cell for cell in cells if cell[1] in columns)
    (column,) = columns
    said_so = cut_words(grid.rows[min(own)][column])
    # "Thiès, Pire" may count as Thiès, or not.
    if any(row not in own and stands_in(said_so, cut_words(cell)) for row, cell in enumerate(grid.column(column))):
        return None
    return sorted(own), wanted


def _extreme(
    wish: AskedOfTable, grid: WholeTable, rows: list[int], wanted: list[frozenset[int]], language: str
) -> OfRows | None:
    """The rows that have most or least of the one column that is meant; of several, where all say the same."""
    found: set[tuple[int, ...]] = set()
    told = None
    for number in range(len(grid.heads)):
        sorts = column_sorts(grid.heads[number])
        parts = [each for each in wish.most if each.of in sorts or (each.of == ANY and wanted)]
        parts += [each for each in wish.most if each.of == "date" and wanted and each not in parts]
        if wish.who or names_people(grid.heads[grid.key]):
            parts = [each for each in parts if each.of != "year"]  # of school, or of joining: not of birth
        if number == grid.key or not parts or any(number not in each for each in wanted):
            continue
        directions = {each.most for each in parts}
        if len(directions) != 1:
            return None
        one = _most_by(grid, rows, number, directions.pop(), language, days={each.of for each in parts} == {"date"})
        if one is None:
            return None
        found.add(one.rows)
        told = told or one
    if told is None or len(found) != 1:
        return None
    asks_value = bool(wanted) and not wish.noun
    return OfRows(
        rows=told.rows, column=told.column, by=told.by, value=asks_value, unread=told.unread, empty=told.empty
    )


def _most_by(
    grid: WholeTable, rows: list[int], number: int, most: bool, language: str, *, days: bool = False
) -> OfRows | None:
    cells = grid.column(number)
    if in_several_units(grid, rows, number):
        return None
    sorts = column_sorts(grid.heads[number])
    several = read_columns(cells, language, whole="people" in sorts and not has_scale(grid.spans[0].heads[number]))
    best = [most_of(each, rows, most=most) for each in several]
    if not several or best[0] is None or any(each != best[0] for each in best):
        return None
    column, winners = several[0], best[0]
    if days and not column.days and "year" not in sorts:
        return None
    if "year" in sorts and not column.days and not all(is_year(each) for each in column.figures):
        return None
    empty = sum(says_nothing(cells[row]) for row in rows)
    read = sum(column.figures[row] is not None for row in rows)
    unread = len(rows) - empty - read
    if len(rows) < 2 or read < 2 or read < LEAST_READ * len(rows) or unread > MOST_UNREAD * len(rows):
        return None
    if any(column.figures[row] is None and re.search(r"\d", cells[row]) for row in rows):
        return None  # "> 100", "50-60", "(500)": it may be the most
    if _sums_up(column, winners):
        return None
    return OfRows(rows=tuple(winners), column=number, by=number, unread=unread, empty=empty)


def _sums_up(column: ReadColumn, winners: Sequence[int]) -> bool:
    """Whether the row with the most has what all others have together: a sum that nobody called one."""
    figures = [each.low for each in column.figures if each is not None]
    own = column.figures[winners[0]]
    last = winners[0] in (0, len(column.figures) - 1)
    return own is not None and last and len(figures) > 2 and abs(sum(figures) - 2 * own.low) < 1e-9 * abs(own.low)


def _without(wish: AskedOfTable, grid: WholeTable, rows: list[int], language: str) -> OfRows | None:
    """The rows whose number is 0."""
    columns = [
        number for number, head in enumerate(grid.heads) if wish.none in column_sorts(head) and number != grid.key
    ]
    if len(columns) != 1:
        return None
    cells = grid.column(columns[0])
    read = read_columns(cells, language, whole=True)
    if len(read) != 1 or read[0].days:
        return None
    figures = read[0].figures
    own = tuple(row for row in rows if (figure := figures[row]) is not None and figure.low == figure.high == 0)
    empty = sum(says_nothing(cells[row]) for row in rows)
    unread = sum(figures[row] is None for row in rows) - empty
    if not own or len(own) > MOST_LISTED or unread:
        return None
    return OfRows(rows=own, column=columns[0], counts=wish.counts, empty=empty)


def _reckoned(one: OfRows, grid: WholeTable) -> Reckoned:
    every = len(grid.rows)
    labels = [grid.label(row) for row in one.rows]
    joint = "、" if unspaced("".join(labels[:1])) else ", "
    text = joint.join(labels)
    if one.counts:
        text = str(len(labels))
    elif one.value:
        text = grid.rows[one.rows[0]][one.column]
    likely = LIKELY * (1 - (one.unread + one.empty) / every)
    notes = [
        said(
            "taken-over-rows", "Taken over the {rows:row} of the table “{table}”.", rows=every, table=grid.named.strip()
        )
    ]
    if one.by >= 0:
        notes.append(said("compared-by", "Compared by “{property}”.", property=grid.heads[one.by]))
    if one.empty or one.unread:
        notes.append(
            said(
                "rows-left-out",
                "Left out, because their cell is empty: {empty}; because it cannot be compared: {unread}.",
                empty=one.empty,
                unread=one.unread,
            )
        )
    return Reckoned(
        text=text,
        values=tuple(_position(grid, row, one.column, likely) for row in one.rows),
        confidence=likely,
        notes=tuple(notes),
    )


def _position(grid: WholeTable, row: int, column: int, likely: float) -> Position:
    span = grid.spans[row]
    (start, end), first = span.cells[column], span.first
    citation = cite(grid.page, first, span.last, (start - first, end - first))
    return Position(value=grid.rows[row][column], citations=(citation,), support=likely, of=grid.label(row))
