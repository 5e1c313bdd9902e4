"""The sides of what one article states: several values of a property that it prints and that cannot all be right.

1. Rows and lines that are called alike are sides of each other; where both name a year and the years are not the same,
   the newer one is meant, and nothing is disputed.
2. Rows of a section that says that sources differ are sides, whatever their years; so are rows that each name a source
   of their own for something that no year changes.
3. What agrees by the rules of `disputes`, as a rounded value with an exact one, is one side. It is quoted by the row
   that names its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from galactica.ask.disputes import disputed
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.properties import as_compared, words_for
from galactica.ask.stated_value import Stated
from galactica.ask.tabled import Row
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.values.dates import dates

MOST_SIDES = 6
"""Sides of one article that are told apart."""

MOST_TOLD = 60
"""Rows of one article that are compared; a table of more is a series, and its newest row is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldValue:
    """A value with what its row says besides.

    Attributes:
        label: what the row is called, as compared; "" where the heading says it.
        year: that it names besides the value; 0 for none.
        source: what its column of sources says; "" where there is none.
        differ: whether its section says that sources differ.
    """

    value: Stated
    label: frozenset[str] | str = ""
    year: int = 0
    source: str = ""
    differ: bool = False


def told_in_row(page: Page, row: Row, value: Stated, *, label: frozenset[str] | str = "", at: int = 1) -> ToldValue:
    """A value with what else stands in its row.

    Args:
        at: number of the cell that has the value.
    """
    language = primary(page.article.language)
    cells = [page.text[start:end] for start, end in row.cells]
    beside = [cell for number, cell in enumerate(cells) if number not in (0, at)] if at else cells[1:]
    years = {date.year for cell in beside for date in dates(cell[:200]) if date.year and date.span == 1}
    inner = _BRACKET.findall(cells[at]) if at < len(cells) else []
    years = years or {date.year for part in inner for date in dates(part) if date.year and date.span == 1}
    column = _cites(row, language)
    return ToldValue(
        value=value,
        label=label,
        year=max(years, default=0),
        source=cells[column].strip() if column is not None and column != at and column < len(cells) else "",
        differ=says_differ(row.heading, language),
    )


_BRACKET = re.compile(r"[(（]([^()（）]{3,80})[)）]")


def sides(page: Page, found: Sequence[ToldValue], claimed: Sequence[ToldValue], form: str) -> list[Stated]:
    """The best of what was found, and what disputes it in the same article, each by the row that names its source.

    Args:
        found: what may be the answer; not empty.
        claimed: what tables of claims say, which may be among it.
    """
    language = page.article.language
    best = max(found, key=lambda each: (each.value.exact, each.year))
    every = list(dict.fromkeys((*found, *claimed)))[:MOST_TOLD]
    told = [replace(best, source=_with_source(page, best, every, form, language).source)]
    for other in every:
        if len(told) < MOST_SIDES and all(_against(page, side, other, form, language) for side in told):
            told.append(other)
    if len(told) == 1:
        return [best.value]
    named = [_with_source(page, side, every, form, language) for side in told]
    return [
        replace(by.value, exact=side.value.exact - place * 1e-3, rival=True)
        for place, (side, by) in enumerate(zip(told, named, strict=True))
    ]


def compared_as(form: str, other: Kind) -> Kind:
    """The kind that values of a form are compared as.

    Args:
        other: for a form that says nothing.
    """
    return {"number": Kind.NUMBER, "quantity": Kind.NUMBER, "date": Kind.DATE, "person": Kind.PERSON}.get(form, other)


def _against(page: Page, one: ToldValue, other: ToldValue, form: str, language: str) -> bool:
    alike = one.label == other.label and bool(one.label)
    apart = bool(one.source and other.source) and one.source != other.source
    if not (one.differ or other.differ):
        if not (alike or apart):
            return False
        if one.year and other.year and one.year != other.year and not (apart and form == "quantity"):
            return False
    elif one.source and one.source == other.source and one.year != other.year:
        return False  # one source that learned more
    return not _agree(page, one, other, form, language)


def _agree(page: Page, one: ToldValue, other: ToldValue, form: str, language: str) -> bool:
    left, right = (unglossed(page.text[each.value.start : each.value.end]) for each in (one, other))
    return not disputed(left, right, compared_as(form, Kind.PLACE), languages=(language, language))


def unglossed(value: str) -> str:
    """A value without what stands in brackets behind it: the same again, rounded or in another unit."""
    plain = _GLOSS.sub("", value).strip()
    return plain if any(map(str.isalnum, plain)) else value


_GLOSS = re.compile(r"[(（][^()（）]{0,200}[)）]")


def _with_source(page: Page, side: ToldValue, every: Sequence[ToldValue], form: str, language: str) -> ToldValue:
    """What says the same as a side and names its source, itself where it does; else the side."""
    if side.source and side in every:
        return side
    agreeing = (each for each in every if each.source and each.differ and _agree(page, side, each, form, language))
    return next(agreeing, side)


def value_column(row: Row, language: str, property_named: Callable[[frozenset[str] | str], bool]) -> int | None:
    """Which cell of a row holds a claim: below "Value", or below the property's name in a table that names sources."""
    heads = row.heads[: len(row.cells)]
    cites = _cites(row, language)
    for number, head in enumerate(heads):
        if _is("values", head, language) and (number == 0 or cites is not None):
            return number
    if cites is None:
        return None
    for number, head in enumerate(heads):
        others = [other for place, other in enumerate(heads) if place not in (number, cites)]
        plain = cites == 0 or says_differ(row.heading, language) or all(_is("dated", each, language) for each in others)
        if plain and (label := as_compared(head[:80], language)) and property_named(label):
            return number
    return None


def _is(name: str, head: str, language: str) -> bool:
    """Whether a column is called by nothing but words of a table."""
    words = words_for(name, language)
    if unspaced(head):
        return folded(fold_han(head)).strip() in words
    label = as_compared(head[:80], language)
    return bool(label) and isinstance(label, frozenset) and label <= words


def named_by(row: Row, language: str) -> list[frozenset[str] | str]:
    """What a table of claims may be about: by its heading, with and without the words that sources differ; by the name
    of its column."""
    parts = re.split(r"[:：]", row.heading)
    labels = [as_compared(parts[-1][:80], language)]
    labels += [_without(part[:80], language) for part in parts if says_differ(row.heading, language)]
    labels += [as_compared(head[:80], language) for head in row.heads if not _is("values", head, language)]
    return [label for label in labels if label]


def says_differ(heading: str, language: str) -> bool:
    """Whether a heading says that sources differ."""
    words = words_for("differ", language)
    if unspaced(heading):
        plain = folded(fold_han(heading[:120]))
        return any(word in plain for word in words)
    return not words.isdisjoint(as_compared(heading[:120], language)) if heading else False


def _without(heading: str, language: str) -> frozenset[str] | str:
    """What a heading names besides that sources differ, as compared."""
    words = frozenset().union(*(words_for(name, language) for name in ("differ", "cites", "values")))
    if not unspaced(heading):
        return frozenset(as_compared(heading, language)) - words
    plain = folded(fold_han(heading))
    for word in sorted(words, key=lambda word: (-len(word), word)):
        plain = plain.replace(word, "")
    return as_compared(plain.strip("关于对的在上"), language)


def _cites(row: Row, language: str) -> int | None:
    """The column of a table that names sources; None where there is none."""
    return next((number for number, head in enumerate(row.heads) if _is("cites", head, language)), None)
