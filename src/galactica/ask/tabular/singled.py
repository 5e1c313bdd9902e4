"""Whether a question singles out the row of a table in which a reader has marked something.

A reader marks some cell where a question asks for the most of a column, for how many rows there are, or for a row of
which it names nothing: what it marks is a guess among rows, and no answer. So it counts for nothing where

1. another row of the table has as much of what the question names, and says something else in that column;
2. the question compares ("the largest", "more than"), and the row does not say so itself;
3. it asks how many, and neither the column's head nor the cell has any word of it; how much, the same where the row has
   several amounts;
4. it asks for one cell and nothing else, and another one was marked, because that is empty.

Tables without heads, as infoboxes are, name their rows in their first cell; they are left to the reader.
"""

from __future__ import annotations

from galactica.ask.holdings import Page
from galactica.ask.question import ReadQuestion
from galactica.ask.tabled import Row, table_rows
from galactica.ask.tabular.grid import LEAST_ROWS, whole_tables
from galactica.ask.tabular.parsing import cell_wanted
from galactica.ask.tabular.words import column_sorts, cut_words, stands_in, table_text, tabular_words
from galactica.codes.han import unspaced
from galactica.languages import primary

MOST_ROWS_COMPARED = 500
"""Rows of a table that are compared with the one that was marked."""


def guessed_among_rows(question: ReadQuestion, page: Page, start: int, end: int, here: tuple[str, ...] = ()) -> bool:
    """Whether a stretch of an article's text stands in a row of a table that the question does not single out.

    Args:
        here: what the library calls the things that a question in another language names.
    """
    every = table_rows(page)
    own = next((row for row in every if row.first <= start and end <= row.last and row.heads), None)
    if own is None:
        return False
    others = [row for row in every if row.table == own.table and row is not own][:MOST_ROWS_COMPARED]
    if len(others) + 1 < LEAST_ROWS:
        return False
    roles = _roles(question)
    said = table_text(page.text[own.first : own.last])
    if not roles.isdisjoint(("most", "beyond")) and not _says_most(said, question):
        return True
    number = next((at for at, (low, high) in enumerate(own.cells) if low <= start < max(high, low + 1)), 0)
    amount = "count" in roles or (question.form == "number" and _amounts(page, own) > 1)
    if amount and _calls_no_column(question, page, own, number):
        return True
    if _asks_for_another(question, page, own, number):
        return True
    asked = " ".join((question.text, *here))
    share = _shared(asked, page, own, question)
    cell = _cell(page, own, number)
    return any(share <= _shared(asked, page, row, question) and _cell(page, row, number) != cell for row in others)


def _asks_for_another(question: ReadQuestion, page: Page, row: Row, number: int) -> bool:
    """Whether a question asks for another cell than the one with a number in a row."""
    language = primary(question.language)
    for grid in whole_tables(page):
        wanted = cell_wanted(question.text, language, grid)
        if wanted is not None and grid.spans[wanted[0]] is row:
            return wanted[1] != number
    return False


def _roles(question: ReadQuestion) -> frozenset[str]:
    """The roles of the phrases of its language that a question has."""
    words = tabular_words(primary(question.language))
    if words is None:
        return frozenset()
    told = cut_words(question.text)
    return frozenset(
        part.role
        for phrase, parts in words.phrases.items()
        if stands_in(phrase, told)
        for part in parts
        if part.of != "date"  # "the first king" is told by a row of kings, or it is not singled out
    )


def _says_most(said: str, question: ReadQuestion) -> bool:
    """Whether a row says itself what is compared: "Largest city"."""
    words = tabular_words(primary(question.language))
    told, asked = cut_words(said), cut_words(question.text)
    return words is not None and any(
        stands_in(phrase, told) and stands_in(phrase, asked) and any(part.role == "most" for part in parts)
        for phrase, parts in words.phrases.items()
    )


def _amounts(page: Page, row: Row) -> int:
    """How many cells of a row, but for the first, have a digit."""
    return sum(any(map(str.isdigit, _cell(page, row, number))) for number in range(1, len(row.cells)))


def _calls_no_column(question: ReadQuestion, page: Page, row: Row, number: int) -> bool:
    """Whether what is asked for is nothing that the column of a cell, or the cell, has a word of."""
    head = row.heads[number] if number < len(row.heads) else ""
    words = tabular_words(primary(question.language))
    told = cut_words(question.text)
    sorts = {
        part.of
        for phrase, parts in (words.phrases.items() if words is not None else ())
        if stands_in(phrase, told)
        for part in parts
        if part.role == "said"
    }
    if not sorts.isdisjoint(column_sorts(head)):
        return False
    beside = (*cut_words(head), *cut_words(_cell(page, row, number)))
    if unspaced(question.text):
        return not any(letters in table_text(question.text) for letters in (table_text(head), *beside) if letters)
    stems = [word[:_STEM] for word in told if word not in question.quiet]
    return not any(word.startswith(stem) for word in beside for stem in stems if not stem.isdigit())


_STEM = 5
"""Letters of a word by which it is compared with what a column is called."""


def _shared(asked: str, page: Page, row: Row, question: ReadQuestion) -> frozenset[str]:
    """What of a question stands in a row: words; of a question without spaces, cells."""
    told = page.text[row.first : row.last]
    if unspaced(asked):
        plain = table_text(asked)
        cells = (table_text(page.text[start:end]).strip() for start, end in row.cells)
        return frozenset(cell for cell in cells if len(cell) > 1 and cell in plain)
    own = frozenset(cut_words(told))
    return frozenset(word for word in cut_words(asked) if word in own and word not in question.quiet)


def _cell(page: Page, row: Row, number: int) -> str:
    return page.text[slice(*row.cells[number])].strip() if number < len(row.cells) else ""
