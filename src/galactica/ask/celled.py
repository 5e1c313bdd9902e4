"""The cell of a table, by its row and its column: "How much quinine is in stock?" of a list of medicines.

A person's own tables (a price list, a stock, a register) say what is asked in no sentence: a reader marks some number
of the row. Here a question has to name a row, all words of its first cell; all else that it says, but for words that
only ask, has to stand in what one column is called, brackets apart ("Price (EUR)"), and in no other's. Then the cell is
the answer, quoted with its row. Where several cells are as well asked for and say different things, nothing is told.
Where a question does not say what the column is called, but another word for it ("cost" of a price), or is in a script
without spaces, every word of it has to be accounted for (`tabular.parsing`). Nothing that can be written raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from galactica.ask.asked import Asked
from galactica.ask.holdings import Page
from galactica.ask.kinds import common_words
from galactica.ask.pieces import stem_of
from galactica.ask.stated_value import Stated, made
from galactica.ask.tabled import Row, table_rows
from galactica.ask.tabular.grid import WholeTable, whole_tables
from galactica.ask.tabular.parsing import cell_wanted
from galactica.ask.tabular.words import changes_nothing, cut_words, noun_first
from galactica.codes.han import unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import PassageHit
from galactica.search.analysis import analyser_for
from galactica.search.asking import asking
from galactica.search.query import understand

MOST_PAGES = 6
"""Articles whose tables are looked at, of those that were found."""

MOST_WORDS = 16
"""Words of a question that asks for a cell."""

LONGEST_LABEL = 80
"""Characters of a row's first cell, and of what a column is called."""

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


def cells_asked(asked: Asked, hits: Sequence[PassageHit] = ()) -> list[Stated]:
    """The cell that a question names by row and column, the first of those that say the same; mostly none.

    Args:
        hits: passages that were found for the question.
    """
    question = asked.question.plain
    return _one_value(_by_words(asked, hits)) or _one_value(
        one
        for page in _pages(asked, hits)
        for grid in whole_tables(page)
        if (cell := cell_wanted(question.text, primary(question.language), grid)) is not None
        for one in _told(grid, *cell)
    )


def _one_value(several: Iterable[Stated]) -> list[Stated]:
    """The first of several that all say the same; none where they do not."""
    found = list(several)
    values = {one.hit.text[one.start - one.hit.start : one.end - one.hit.start] for one in found}
    return found[:1] if len(values) == 1 else []


def _told(grid: WholeTable, row: int, column: int) -> Iterator[Stated]:
    span = grid.spans[row]
    if span.cells[column][0] < span.cells[column][1]:
        yield made(grid.page, *span.cells[column], span.first, span.last, 1.0)


def _by_words(asked: Asked, hits: Sequence[PassageHit]) -> Iterator[Stated]:
    """Cells whose row and column a question has all words of, and nothing else."""
    question = asked.question.plain
    if unspaced(question.text):
        return
    language = primary(question.language)
    said = _words(question.text, language)
    content = said - {_stem(word, language) for word in asking(understand(question.text))}
    if not 1 < len(content) <= MOST_WORDS:
        return
    for page in _pages(asked, hits):
        yield from _cells(page, content, said, language)


def _pages(asked: Asked, hits: Sequence[PassageHit]) -> Iterator[Page]:
    places = dict.fromkeys((hit.edition, hit.id) for hit in hits)
    for edition, identity in list(places)[:MOST_PAGES]:
        page = asked.holdings.page(edition, identity)
        if page is not None and page.starts and asked.allows(page.article):
            yield page


def _cells(page: Page, content: frozenset[str], said: frozenset[str], language: str) -> Iterator[Stated]:
    for row in table_rows(page):
        label = _words(row.label[:LONGEST_LABEL], language)
        if not label or not label <= said:
            continue
        number = _column(row, content - label, language)
        if number and row.cells[number][0] < row.cells[number][1]:
            yield made(page, *row.cells[number], row.first, row.last, 1.0)


def _column(row: Row, rest: frozenset[str], language: str) -> int:
    """The number of the one column whose name has all words that are asked besides the row; 0 for none or several."""
    heads = [_BRACKETS.sub(" ", head)[:LONGEST_LABEL] for head in row.heads[: len(row.cells)]]
    found = [
        number
        for number, head in enumerate(heads)
        if number and rest and rest <= _words(head, language) and _names_it(head, rest, language)
    ]
    return found[0] if len(found) == 1 else 0


def _names_it(head: str, rest: frozenset[str], language: str) -> bool:
    """Whether the words that are asked have the noun of what a column is called: an "adult dose" is a dose, and a
    "population density" no population."""
    every = [match[0] for match in _WORD.finditer(head)]
    common = common_words(language)
    core = [word for word in every if folded(word) not in common and not changes_nothing(cut_words(word))]
    return len(core) < 2 or _stem(core[0 if noun_first(language) else -1], language) in rest


def _words(text: str, language: str) -> frozenset[str]:
    """The stems of the words of a text, without common ones and what an apostrophe leaves of them ("l'")."""
    common = common_words(language)
    words = (match[0] for match in _WORD.finditer(text))
    return frozenset(
        _stem(word, language) for word in words if folded(word) not in common and (len(word) > 1 or word.isdigit())
    )


def _stem(word: str, language: str) -> str:
    return stem_of(word, analyser_for(language, word))
