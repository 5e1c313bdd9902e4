"""What keeps the numbers of a column from being compared, though each can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from galactica.ask.tabular.figures import TableFigure
from galactica.ask.tabular.grid import WholeTable
from galactica.ask.tabular.words import says_unit, table_text
from galactica.values.written import scales

YEARS = range(1000, 2200)
"""Numbers that may be compared as years: a lower one may be a year of school."""


def is_year(figure: TableFigure | None) -> bool:
    """Whether a number may be a year; a cell that says none is no hindrance."""
    return figure is None or (figure.low in YEARS and figure.low == figure.high)


def in_several_units(table: WholeTable, rows: Sequence[int], number: int) -> bool:
    """Whether the numbers of a column are in different units: another column says in which money each is, or some
    cells say the thousands that what the column is called says for all.

    Args:
        rows: that are compared.
        number: of the column.
    """
    for column, head in enumerate(table.heads):
        if column != number and says_unit(head) and len({table_text(table.rows[row][column]) for row in rows}) > 1:
            return True
    return has_scale(table.spans[0].heads[number]) and any(map(has_scale, table.column(number)))


def has_scale(text: str) -> bool:
    """Whether a text has a word of thousands, millions or more."""
    return any(
        not {word, word.removesuffix("s")}.isdisjoint(scales()) for word in re.findall(r"[^\W\d_]+", text.lower())
    )
