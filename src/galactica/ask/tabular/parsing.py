"""A question as it is understood over a table: every word of it is accounted for, or it is not understood.

A word is one of the language's (`words`), of what a column is called, of what the rows are called, or what stands in
cells. The longest stretches count first, from the left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from galactica.ask.tabular.grid import LONGEST_CELL, WholeTable
from galactica.ask.tabular.words import (
    QuestionPart,
    TabularWords,
    changes_nothing,
    column_sorts,
    cut_words,
    has_any,
    nouns_like,
    table_text,
    tabular_words,
    word_stems,
)
from galactica.codes.han import unspaced
from galactica.languages.lexicon import concepts_called

MOST_WORDS = 24
"""Words of a question, or characters of one without spaces, three times as many."""

LONGEST_PHRASE = 12
"""Words of a stretch; characters of one without spaces, three times as many."""


@dataclass(slots=True, kw_only=True)
class AskedOfTable:
    """What a question asks of a table.

    Attributes:
        asks: how many words ask for a row.
        counts: whether it asks how many rows.
        most: what is compared, and in which direction, one of several perhaps; none where nothing is.
        none: the sort of column whose number has to be 0.
        wanted: columns that are named, each as those that may be meant.
        noun: whether the rows are named by what they are.
        values: what stands in cells, each as the cells that say so.
        order: the stretches that say what is compared, the rows or a column, as they follow each other.
        much, who: whether it asks for an amount; for a person.
        letters: whether it is in a script without spaces.
    """

    asks: int = 0
    counts: bool = False
    most: tuple[QuestionPart, ...] = ()
    none: str = ""
    wanted: list[frozenset[int]] = field(default_factory=list)
    noun: bool = False
    values: list[frozenset[tuple[int, int]]] = field(default_factory=list)
    order: list[str | frozenset[int]] = field(default_factory=list)
    much: bool = False
    who: bool = False
    letters: bool = False

    def asks_amount(self, wanted: Sequence[frozenset[int]]) -> bool:
        """Whether it asks for what a row says in a column ("the price of the cheapest"), not for the row.

        Args:
            wanted: the columns that are named, but for those of which it names a value.
        """
        if not self.noun or self.much or not wanted:
            return self.noun and self.much
        column, noun, most = (self.order.index(each) for each in (wanted[0], "noun", "most"))
        return most < noun < column or (column < noun and not self.letters)


def understood_over(question: str, language: str, grid: WholeTable, words: TabularWords) -> AskedOfTable | None:
    """What a question asks of a table; None where any word of it is not accounted for.

    Args:
        language: of the question, a primary tag.
    """
    own, keys = cut_words(question), word_stems(question, language)
    wide = 3 if unspaced(question) else 1
    if len(own) != len(keys) or not 0 < len(own) <= MOST_WORDS * wide:
        return None
    by_stem = _of_table(grid, language)
    by_word = _of_cells(grid)
    found = AskedOfTable(much=has_any(question, "much"), who=has_any(question, "who"), letters=wide > 1)
    at = 0
    while at < len(own):
        for long in range(min(LONGEST_PHRASE * wide, len(own) - at), 0, -1):
            part = own[at : at + long]
            said = [
                *words.phrases.get(part, ()),
                *by_stem.get(keys[at : at + long], ()),
                *by_word.get(part, ()),
            ]
            if not said and long == 1:
                said = _noun_elsewhere(part[0], language, grid)
            if said:
                break
        else:
            return None
        if not _take(found, said, grid):
            return None
        at += long
    return found


def cell_wanted(question: str, language: str, grid: WholeTable) -> tuple[int, int] | None:
    """(row, column) of the one cell that a question asks for, every word of which is accounted for; None for none."""
    words = tabular_words(language)
    wish = understood_over(question, language, grid, words) if words is not None else None
    if wish is None or wish.most or wish.none or wish.asks > 1 or len(wish.values) != 1 or not wish.wanted:
        return None
    rows = {row for row, column in wish.values[0] if column == grid.key}
    columns = frozenset.intersection(*wish.wanted) - {grid.key}
    return (next(iter(rows)), next(iter(columns))) if len(rows) == len(columns) == 1 else None


def _take(found: AskedOfTable, said: Sequence[QuestionPart], grid: WholeTable) -> bool:
    """Add what a stretch of the question is; False where that is not clear, or is said twice."""
    by: dict[str, list[QuestionPart]] = {}
    for each in said:
        by.setdefault(each.role, []).append(each)
    role = next(role for role in _ORDER if role in by and not (role == "noun" and "said" in by))
    parts = by[role]
    if role == "glue":
        return True
    if role in ("ask", "count"):
        found.asks += 1
        found.counts = found.counts or role == "count"
        return True
    if role == "most":
        twice, found.most = bool(found.most), tuple(parts)
        found.order.append(role)
        return not twice
    if role == "none":
        twice, found.none = bool(found.none), parts[0].of
        return not twice
    if role == "value":
        found.values.append(frozenset(cell for each in parts for cell in each.cells))
        return True
    return role != "beyond" and _names(found, role, parts, grid) and not (role == "column" and "value" in by)


_ORDER = ("count", "most", "none", "beyond", "column", "noun", "ask", "glue", "value", "said")
"""What a stretch is that may be several things."""


def _names(found: AskedOfTable, role: str, parts: Sequence[QuestionPart], grid: WholeTable) -> bool:
    """Add what names a column or the rows; False where nothing is called so, or the rows are named twice."""
    columns = frozenset(number for each in parts for number in each.columns)
    if role == "said":
        sorts = {each.of for each in parts}
        columns = frozenset(
            number for number, head in enumerate(grid.heads) if not sorts.isdisjoint(column_sorts(head))
        )
    if role == "noun" or columns == {grid.key}:
        twice, found.noun = found.noun, True
        found.order.append("noun")
        return not twice
    found.wanted.append(columns)
    found.order.append(columns)
    return bool(columns)


def _of_table(grid: WholeTable, language: str) -> Mapping[tuple[str, ...], list[QuestionPart]]:
    """What the columns and the rows of a table are called, and each word of it, by stems."""
    found: dict[tuple[str, ...], list[QuestionPart]] = {}

    def add(key: tuple[str, ...], part: QuestionPart) -> None:
        if key:
            found.setdefault(key, []).append(part)

    wholes = {word_stems(head, language) for head in grid.heads}
    for number, head in enumerate(grid.heads):
        whole, words = word_stems(head, language), cut_words(head)
        add(whole, QuestionPart(role="column", columns=frozenset((number,))))
        for at, stem in enumerate(whole if len(whole) > 1 and not unspaced(head) else ()):
            alone = len(stem) > 1 and (stem,) not in wholes
            if alone and changes_nothing((*words[:at], *words[at + 1 :])):
                add((stem,), QuestionPart(role="column", columns=frozenset((number,))))
    for noun in (*nouns_like(grid.heads[grid.key]), *_titles(grid.named)):
        add(word_stems(noun, language), QuestionPart(role="noun"))
    return found


def _titles(named: str) -> Iterable[str]:
    """The words that stand over a table, each of which may be what its rows are."""
    return [named] if unspaced(named) else [word for word in cut_words(named) if len(word) > 2 and not word.isdigit()]


def _of_cells(grid: WholeTable) -> Mapping[tuple[str, ...], list[QuestionPart]]:
    """What stands in the cells of a table, by words."""
    cells: dict[tuple[str, ...], set[tuple[int, int]]] = {}
    for number, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            if cell and len(cell) <= LONGEST_CELL:
                cells.setdefault(cut_words(cell), set()).add((number, column))
    return {key: [QuestionPart(role="value", cells=frozenset(where))] for key, where in cells.items() if key}


def _noun_elsewhere(word: str, language: str, grid: WholeTable) -> list[QuestionPart]:
    """A noun that the first column has for its name in another language, or another noun of the same thing."""
    head = table_text(grid.heads[grid.key])
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("n")}
    for form in sorted(forms):
        for concept in concepts_called(form, language):
            if any(table_text(each) == head for several in concept.values() for each in several):
                return [QuestionPart(role="noun")]
    return []
