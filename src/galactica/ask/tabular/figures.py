"""A column of a table as amounts or days that can be compared; nothing where that is not sure.

1. How thousands and decimals are marked is told by all cells of a column together: "1.234,50" beside "12,5". Where both
   ways remain, all are compared in both, and whoever asks takes what is the same in both.
2. Units are one, or measure the same (g and kg). Different money, a number with a unit beside one without, words that
   are no unit beside others: nothing is compared.
3. A cell that says nothing is empty; one that says something else is unread. Both are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from galactica.ask.tabular.words import counts_backwards, says_about, says_nothing, table_text
from galactica.values.numerals import style_of
from galactica.values.units import MONEY, by_word, in_other_unit
from galactica.values.written import as_looked_through, scales

ABOUT = 0.1
"""How much "about" allows on both sides, as a share."""

LONGEST_FIGURE = 60
"""Characters of a cell that is a number with its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFigure:
    """What a cell says, from `low` to `high`, in the unit of its column."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadColumn:
    """A column as it may be read in one way.

    Attributes:
        figures: of each row; None where its cell is empty or unread.
        days: whether they are days or years.
    """

    figures: tuple[TableFigure | None, ...]
    days: bool = False


def read_columns(cells: Sequence[str], language: str = "", *, whole: bool = False) -> list[ReadColumn]:
    """The ways in which a column may be read; none where it cannot be compared.

    Args:
        language: of the table, else of who asks: how numbers are written where the column does not tell.
        whole: whether they count things: then a mark that may be of thousands or of decimals is of thousands.
    """
    days = _as_days(cells)
    if days:
        return days
    parted = [None if says_nothing(cell) else _parted(cell) for cell in cells]
    if not any(parted):
        return []
    found = []
    whole = whole and all(each.scale == 1 for each in parted if each is not None)
    for mark in _marks([each.digits for each in parted if each is not None], language, whole=whole):
        read = _in_one_unit([None if each is None else (each, _value(each.digits, mark)) for each in parted])
        if read is None:
            return []
        found.append(ReadColumn(figures=tuple(read)))
    return found


def most_of(column: ReadColumn, rows: Iterable[int], *, most: bool) -> list[int] | None:
    """The rows that have the most or the least, several where they are the same; None where ranges overlap."""
    own = [(row, figure) for row in rows if (figure := column.figures[row]) is not None]
    if not own:
        return None
    sign = 1 if most else -1
    best = max(own, key=lambda pair: sign * (pair[1].low + pair[1].high))[1]
    found = [row for row, figure in own if figure == best and figure.low == figure.high]
    for row, figure in own:
        apart = figure.high < best.low if most else figure.low > best.high
        if row not in found and figure is not best and not apart:
            return None
    return found or [row for row, figure in own if figure is best]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parted:
    """A cell in its parts: digits with their marks, a scale, a unit, whether it is about so much."""

    digits: str
    scale: float
    unit: str
    about: bool


_FIGURE = re.compile(
    r"(?P<before>[^\d+-]*?)(?P<sign>[+-]?)(?P<money>[$£€¥₹]?) ?(?P<digits>\d[\d.,'’ ]*(?<=\d)|\d)\s*(?P<behind>[^\d]*)"
)


def _parted(cell: str) -> _Parted | None:
    text = as_looked_through(cell.strip()[:LONGEST_FIGURE]).replace("٬", ",").replace("٫", ".")
    match = _FIGURE.fullmatch(text)
    if match is None or len(cell.strip()) > LONGEST_FIGURE:
        return None
    before, behind = match["before"].strip(), match["behind"].strip()
    digits = re.sub(r"[ '’](?=\d{3}(?!\d))", "", match["digits"])
    if re.search(r"[ '’]|[.,]{2}", digits):
        return None
    about = bool(before) and says_about(before)
    money = match["money"] or (before if before in MONEY else "")
    if (before and not about and not money) or counts_backwards(behind):
        return None
    scale = 1.0
    for word in sorted(scales(), key=len, reverse=True):
        if behind.startswith(word) and not behind[len(word) : len(word) + 1].isalpha():
            scale, behind = scales()[word], behind[len(word) :].strip()
            break
    unit = money or by_word().get(behind, behind)
    if money and behind:
        return None
    return _Parted(digits=match["sign"] + digits, scale=scale, unit=unit, about=about)


def _marks(every: Sequence[str], language: str, *, whole: bool) -> list[str]:
    """The decimal marks by which all these can be read: both, where the cells do not tell."""
    found = [mark for mark in ".," if all(_fits(each, mark) for each in every)]
    told = [each for each in every if re.search("[.,]", each)]
    if len(found) < 2 or not told:
        return found[:1]
    if any(re.fullmatch(r"[+-]?0[.,]\d+", each) for each in told):
        return [next(mark for mark in ".," if any(mark in each for each in told))]
    if whole:
        return [mark for mark in found if not any(mark in each for each in every)] or found
    own = style_of(language).decimal if language not in ("", "und") else ""
    apart = {mark for each in told for mark in ".," if mark in each}
    # Programs write decimals with a point in every language: "1.250" is no thousand for who writes "1,25" alone.
    return [own] if own == "." and own not in apart else found


def _fits(digits: str, mark: str) -> bool:
    """Whether a number can be read with a mark before its decimals."""
    group = re.escape("," if mark == "." else ".")
    thousands = rf"\d{{1,3}}(?:{group}\d{{3}})+|\d{{1,2}}(?:{group}\d{{2}})+{group}\d{{3}}"
    return re.fullmatch(rf"[+-]?(?:\d+|{thousands})(?:{re.escape(mark)}\d+)?", digits) is not None


def _value(digits: str, mark: str) -> float:
    return float(digits.replace("," if mark == "." else ".", "").replace(mark, "."))


def _in_one_unit(cells: Sequence[tuple[_Parted, float] | None]) -> list[TableFigure | None] | None:
    """Each in the unit of the first; None where they cannot be."""
    own = next(each[0].unit for each in cells if each is not None)
    found: list[TableFigure | None] = []
    for each in cells:
        if each is None:
            found.append(None)
            continue
        value: float | None = each[1] * each[0].scale
        if each[0].unit != own:
            alone = {own, each[0].unit} & {"", *MONEY}
            value = None if alone else in_other_unit(each[1] * each[0].scale, each[0].unit, own)
        if value is None:
            return None
        off = ABOUT * abs(value) if each[0].about else 0.0
        found.append(TableFigure(low=value - off, high=value + off))
    return found


_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_NUMBERED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


def _as_days(cells: Sequence[str]) -> list[ReadColumn]:
    """A column of nothing but days, in the one or two orders that they may be written in."""
    told = [table_text(cell.strip()) for cell in cells if not says_nothing(cell)]
    if not told or not all(_ISO.fullmatch(each) or _NUMBERED.fullmatch(each) for each in told):
        return []
    found = []
    for day_first in (True, False):
        read = [None if says_nothing(cell) else _day(table_text(cell.strip()), day_first) for cell in cells]
        if all(each is not None or says_nothing(cell) for each, cell in zip(read, cells, strict=True)):
            column = ReadColumn(figures=tuple(read), days=True)
            found += [column] if column not in found else []
    return found


def _day(text: str, day_first: bool) -> TableFigure | None:
    iso, numbered = _ISO.fullmatch(text), _NUMBERED.fullmatch(text)
    try:
        if iso is not None:
            year, month = int(iso[1]), int(iso[2])
            if iso[3]:
                day = float(date(year, month, int(iso[3])).toordinal())
                return TableFigure(low=day, high=day)
            low = date(year, month, 1).toordinal()
            return TableFigure(low=low, high=date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        if numbered is None:
            return None
        first, second, year = int(numbered[1]), int(numbered[3]), int(numbered[4])
        swapped = not day_first and numbered[2] != "."
        day = float(date(year, *((first, second) if swapped else (second, first))).toordinal())
        return TableFigure(low=day, high=day)
    except ValueError:
        return None
