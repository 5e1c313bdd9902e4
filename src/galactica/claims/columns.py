"""Claims of tables with a heading over each column: of the thing that a row names, what a column is called.

Rules:
1. The first rows of headings name the columns; those above each other are read together ("Population", below it
   "2010"). A heading may hold a unit, and a year, in brackets.
2. A row's thing is named by the first column that is no number in an order, no time, and no property's value; its names
   must differ from row to row. Rows that add up are left out. Where the headings begin anew, another such table stands
   beside, and is not read.
3. A table without such a column, whose first is years, is about the article's own thing, at these times; only
   amounts are taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from galactica.claims.cell_words import as_read, cell_words
from galactica.claims.cells import ArticleLayout, LaidCell, LaidTable
from galactica.claims.found import FoundClaims
from galactica.claims.names_read import looks_like_a_name
from galactica.claims.property_table import Property, name_key, properties_called
from galactica.claims.remarks import remarks_in, without_brackets
from galactica.claims.times import spoken_time
from galactica.claims.unit_signs import unit_named
from galactica.claims.values_read import values_read
from galactica.languages import primary
from galactica.model.claim import LIMITS

ORIGIN = "table"

MOST_HEADINGS = 4
"""Rows of headings over a table."""

LONGEST_HEADING = 300
"""Characters of a heading, or of the name of a row, that are read."""

LEAST_ROWS = 2
"""Rows below them."""

DISTINCT = 0.8
"""Share of the names of rows that must be names of their own."""

ALIKE = 0.6
"""Share of the cells of a column that make it one of names, or of years."""


_MARKS = ' \xa0*†‡§#•·\u200e"“”'
"""What stands around the name of a row and is none of it."""

_GROUPS = frozenset(("nationality", "religion", "official_language", "work_language", "occupation", "genre"))
"""Properties whose values are sorts of people or works: a number beside one counts them in the article's thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedColumn:
    """What stands over a column: its names from the top, what it may be of, and time and unit of brackets."""

    names: tuple[str, ...]
    properties: tuple[Property, ...]
    time: str = ""
    unit: str = ""

    @property
    def key(self) -> str:
        """Its lowest name as it is compared."""
        return name_key(self.names[-1]) if self.names else ""


def column_claims(found: FoundClaims, layout: ArticleLayout, table: LaidTable) -> None:
    """Adds the claims of a table with headings."""
    language = primary(found.article.language)
    heads = _heads(table)
    rows = table.rows[heads:]
    if not heads or len(rows) < LEAST_ROWS:
        return
    wide = max(map(len, table.rows))
    columns = [_column(layout.text, table, heads, at, language) for at in range(wide)]
    if not any(column.properties for column in columns):
        return
    subject = _subject(layout.text, rows, columns)
    timed = _timed(layout.text, rows, columns) if subject is None else []
    if subject is None and not timed:
        found.left[ORIGIN, "", "no-subject"] += 1
        return
    columns = _once(columns, subject) if subject is not None else columns
    names = _names(layout.text, rows, subject)
    for row in rows:
        if subject is not None and (subject >= len(row) or names.get(id(row)) is None):
            found.left[ORIGIN, "", "no-name"] += 1
            continue
        when = {at: spoken_time(_text(layout.text, row, at)) for at in timed}
        _row(found, layout, row, columns, subject, names.get(id(row)) or "", when)


def _row(
    found: FoundClaims,
    layout: ArticleLayout,
    row: Sequence[LaidCell],
    columns: Sequence[HeadedColumn],
    subject: int | None,
    name: str,
    when: Mapping[int, str],
) -> None:
    language = primary(found.article.language)
    cells = [cell for cell in row if cell.end > cell.start]
    span = (min(cell.start for cell in cells), max(cell.end for cell in cells)) if cells else (0, 0)
    for at, cell in enumerate(row[: len(columns)]):
        column = columns[at]
        if at == subject or not column.properties or (at and row[at - 1] is cell) or row.count(cell) > 1:
            continue
        for each in column.properties:
            if (subject is None and each.kind != "quantity") or each.beside or each.apart:
                continue
            values, fault = values_read(each, layout.text, cell, language, unit=column.unit)
            if fault and fault != "empty":
                found.left[ORIGIN, each.id, fault] += 1
            time = column.time or when.get(max((other for other in when if other < at), default=-1), "")
            if subject is None and not time:
                continue
            for value in values:
                found.add(each, value, span, origin=ORIGIN, rule=column.key, subject=name, time=time)


def _heads(table: LaidTable) -> int:
    """How many rows of headings a table begins with; 0 where it has none, or nothing but such rows."""
    count = 0
    for row in table.rows[: MOST_HEADINGS + 1]:
        if not all(cell.head or cell.end == cell.start for cell in row) or not any(cell.head for cell in row):
            break
        count += 1
    return count if 0 < count <= MOST_HEADINGS and count < len(table.rows) else 0


def _column(text: str, table: LaidTable, heads: int, at: int, language: str) -> HeadedColumn:
    names: list[str] = []
    time, unit = "", ""
    for row in table.rows[:heads]:
        if at >= len(row) or row[at].end == row[at].start or len(set(map(id, row))) == 1:
            continue  # a row that is one heading is a title
        written = " ".join(text[row[at].start : row[at].end][:LONGEST_HEADING].split())
        if names and names[-1] == written:
            continue
        bare, inside = without_brackets(written, 0, len(written))
        time = time or remarks_in(inside).time
        unit = unit or next(filter(None, map(unit_named, inside)), "")
        year = spoken_time(bare) if re.search(r"\d{4}", bare) else ""
        if year and as_read(bare).strip(" .年").isdecimal():
            time = year
            continue
        names.append(bare.strip())
        if "," in bare and not unit:
            unit = unit_named(bare.rpartition(",")[2])
    tried = [" ".join(names), *names[-1:], *names[:1]] if names else []
    for name in tried:
        if properties := (properties_called(name, language) or properties_called(name.partition(",")[0], language)):
            if (
                len(names) > 1
                and name != tried[0]
                and name_key(names[-1]) not in cell_words("whole") | {name_key(name)}
            ):
                continue  # "Population", below it "Urban": not the whole
            return HeadedColumn(names=tuple(names), properties=properties, time=time, unit=unit)
    return HeadedColumn(names=tuple(names), properties=())


def _once(columns: list[HeadedColumn], subject: int) -> list[HeadedColumn]:
    """The columns up to where their headings begin anew: what stands behind is of other things, beside these."""
    for at in range(subject + 2, len(columns)):
        own, before = columns[at], columns[at - 1]
        again = own.key and own.key == columns[subject].key and before.key != own.key
        if again or (own.properties and before != own and own in columns[:at]):
            return columns[:at]
    return columns


def _subject(text: str, rows: Sequence[Sequence[LaidCell]], columns: Sequence[HeadedColumn]) -> int | None:
    """The column that names what each row is about."""
    for at, column in enumerate(columns):
        if column.key in cell_words("order") or column.key in cell_words("when"):
            continue
        written = [_text(text, row, at) for row in rows if at < len(row)]
        filled = [each for each in written if each]
        if not filled or sum(map(_is_order, filled)) > ALIKE * len(filled):
            continue
        if sum(bool(spoken_time(each)) for each in filled) > ALIKE * len(filled):
            continue
        if any(each.kind != "item" or each.id in _GROUPS for each in column.properties):
            return None
        if column.key in cell_words("wider"):
            return None
        named = [each for each in filled if looks_like_a_name(_name(each), proper=False)]
        distinct = len({as_read(each) for each in named})
        if len(named) < DISTINCT * len(written) or distinct < DISTINCT * len(written):
            return None
        return at
    return None


def _timed(text: str, rows: Sequence[Sequence[LaidCell]], columns: Sequence[HeadedColumn]) -> list[int]:
    """The columns of years or dates, each of its own, where the first is one; an amount is of the nearest before it."""
    found = []
    for at, column in enumerate(columns):
        if column.key in cell_words("when"):
            told = [each for row in rows if (each := _text(text, row, at))]
            times = {spoken_time(each) for each in told} - {""}
            if len(times) < DISTINCT * len(told):
                return []
            found.append(at)
    return found if found[:1] == [0] else []


def _names(text: str, rows: Sequence[Sequence[LaidCell]], subject: int | None) -> dict[int, str | None]:
    """Row → the name of its thing; None where it has none, adds up, or another row has the same."""
    found: dict[int, str | None] = {}
    count: dict[str, int] = {}
    for row in rows:
        name = _name(_text(text, row, subject)) if subject is not None else ""
        key = as_read(name)
        sums = any(word in cell_words("total") for word in (key, key.split(" ")[0], key.rpartition(" ")[2]))
        ok = looks_like_a_name(name, proper=False) and not sums
        found[id(row)] = name if ok else None
        count[key] = count.get(key, 0) + 1
    for row in rows:
        own = found[id(row)]
        if own is not None and count[as_read(own)] > 1:
            found[id(row)] = None
    return found


def _text(text: str, row: Sequence[LaidCell], at: int | None) -> str:
    return text[row[at].start : row[at].end] if at is not None and at < len(row) else ""


def _name(written: str) -> str:
    """The name of a row's thing: its first line without brackets and marks of notes; "" where that goes on, or is but
    planned."""
    line, _, more = written[:LONGEST_HEADING].partition("\n")
    bare, inside = without_brackets(line, 0, len(line))
    if any(each.property in LIMITS for each in remarks_in(inside).qualifiers):
        return ""
    name = bare.strip(_MARKS)
    if name[-1:] in ("/", "-", ",", "&") and more:
        return ""
    return name if name and "  " not in name else line.strip(_MARKS)


def _is_order(written: str) -> bool:
    return re.fullmatch(r"[#№]?\s?\d{1,4}[.ºª)]?|[-–—]", written.strip()) is not None
