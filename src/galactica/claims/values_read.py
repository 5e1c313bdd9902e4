"""The values that a cell gives of a property, each with its stretch of the text; or why it gives none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from galactica.claims.cell_words import as_read, cell_words, words_inside
from galactica.claims.cells import LaidCell
from galactica.claims.names_read import has_joint, looks_like_a_name, names_of_cell
from galactica.claims.places import place_at
from galactica.claims.property_table import Property
from galactica.claims.quantities import amount_of_cell, same_again
from galactica.claims.remarks import limits, remarks_in, without_brackets
from galactica.claims.times import LONGEST_CELL, date_spans, single_date
from galactica.model.document import Qualifier

LONGEST_TEXT = 80
"""Characters of a value that is text: a code, a formula, a name as it is written."""

_HEADED = re.compile(r"[:：]\s*(?:\n|\Z)|\n[^\n]{1,60}[:：]\s")
"""A line that is over others, or names what stands in it."""

_FAR = re.compile(r"\s+-?\d[\d.,]*\s?(?:km|mi|m|sq km)\Z")
"""How long a border is, behind the name of who is there."""

_TOLD = re.compile(r",\s*(?!d[aeio]s?\b|van\b|von\b|al-)[a-zà-öø-ÿа-я]")
"""A part of a chain of places that begins small: "island in the sea"."""

_CHAIN_ENDS = re.compile(r",[^\S\n]*\n")
"""A chain of places that goes on in the next line: each line would be a place of its own."""

LONGEST_ITEMS = 600
"""Characters of a cell that is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellValue:
    """A value as `Claim` has it, and its stretch of the article's text."""

    value: str
    start: int
    end: int
    unit: str = ""
    bounds: tuple[str, ...] = ()
    time: str = ""
    qualifiers: tuple[Qualifier, ...] = ()


HEADS = frozenset(("head_of_state", "head_of_government"))
"""Properties whose cells name whoever is second beside the first."""

JOINT = "joint-inside"
"""Why some of several names are not understood: they may be two."""

Read = tuple[list[CellValue], str]
"""What was read, and why nothing was, or not all; "" where all was."""


def values_read(
    each: Property, text: str, cell: LaidCell, language: str, *, unit: str = "", behind: bool = False
) -> Read:
    """The values that a cell gives of a property.

    Args:
        text: of the article.
        unit: of the row or column, for amounts without one.
        behind: whether the value stands behind a date ("Born": "1 May 1900, Paris").
    """
    if not cell.whole:
        return [], "table-inside"
    if cell.end - cell.start > LONGEST_ITEMS:
        return [], "long"
    if cell.end <= cell.start or as_read(text[cell.start : cell.end]).strip(" \n.-") in cell_words("empty") | {""}:
        return [], "empty"
    if behind:
        return _behind_date(each, text, cell)
    if each.kind == "quantity":
        return _quantity(each, text, cell, language, unit)
    return _READERS[each.kind](each, text, cell, language)


def _quantity(each: Property, text: str, cell: LaidCell, language: str, unit: str) -> Read:
    bare, inside = without_brackets(text, cell.start, cell.end)
    found, fault = amount_of_cell(bare, each.measures, language, unit)
    if found is None:
        return [], fault
    said = remarks_in([one for one in inside if not same_again(one, found, each.measures, language)])
    made = CellValue(
        value=found.value,
        start=cell.start + found.start,
        end=cell.start + found.end,
        unit=found.unit,
        bounds=found.bounds,
        time=said.time,
        qualifiers=(*found.qualifiers, *said.qualifiers),
    )
    return [made], ""


def _time(each: Property, text: str, cell: LaidCell, _: str) -> Read:
    if cell.end - cell.start > LONGEST_CELL:
        return [], "long"
    bare, inside = without_brackets(text, cell.start, cell.end)
    date, start, end, fault = single_date(bare)
    if fault:
        return [], fault
    said = remarks_in(inside)
    if said.time and said.time != date and not date.startswith(said.time):
        return [], "two-dates"  # "1 May (O.S. 20 April) 1900", "1990 (2001)"
    qualifiers = (*said.qualifiers, *limits(as_read(bare[:start] + " " + bare[end:])))
    return [CellValue(value=date, start=cell.start + start, end=cell.start + end, qualifiers=qualifiers)], ""


def _behind_date(each: Property, text: str, cell: LaidCell) -> Read:
    """A place behind a date: on a line of its own, or behind a comma or "in"."""
    if cell.end - cell.start > LONGEST_CELL:
        return [], "long"
    bare, _ = without_brackets(text, cell.start, cell.end)
    found = date_spans(bare)
    if len(found) != 1:
        return [], "no-date" if not found else "several-dates"
    rest = bare[found[0][1] :]
    lead = re.match(r"\s*[,;、，]?\s*(?:(?:in|à|en|a|em|w)\s+)?", rest)
    begin = found[0][1] + (lead.end() if lead else 0)
    stop = len(bare.rstrip(" \n,;"))
    name = bare[begin:stop]
    if "\n" in name.strip() or "  " in name.strip() or any(map(str.isdigit, name)):
        return [], "lines-behind-date"
    if not looks_like_a_name(name, proper=True):
        return [], "no-name" if name.strip() else "empty"
    return [CellValue(value=name, start=cell.start + begin, end=cell.start + stop)], ""


def _items(each: Property, text: str, cell: LaidCell, language: str) -> Read:
    if _HEADED.search(text[cell.start : cell.end]):
        return [], "headings-inside"
    if each.commas == "never" and _CHAIN_ENDS.search(text[cell.start : cell.end]):
        return [], "lines-of-a-chain"
    found: list[CellValue] = []
    fault = ""
    parts = list(names_of_cell(text, cell, language, commas=each.commas, proper=each.proper))
    for start, end, inside in parts:
        end = start + len(_FAR.sub("", text[start:end]))
        name = text[start:end]
        if as_read(name).strip() in cell_words("empty") or place_at(name) is not None:
            continue
        if each.id in HEADS and _second().match(as_read(name)):
            continue
        if not looks_like_a_name(name, proper=each.proper):
            return [], "no-name"
        if each.form and not re.fullmatch(each.form, name):
            return [], "another-form"
        if each.commas == "never" and (any(map(str.isdigit, name)) or _TOLD.search(name)):
            return [], "no-chain"  # an address, or words about where it lies
        several = each.commas == "links" or (each.commas == "always" and (each.proper or len(parts) > 1))
        if several and has_joint(text, start, end, cell, language):
            fault = JOINT
            continue
        said = remarks_in(inside)
        found.append(CellValue(value=name, start=start, end=end, time=said.time, qualifiers=said.qualifiers))
    return (found, fault) if found or fault else ([], "empty")


def _texts(each: Property, text: str, cell: LaidCell, language: str) -> Read:
    found = []
    for start, end, inside in names_of_cell(text, cell, "und", commas="always" if each.many else "never", codes=True):
        if end - start > LONGEST_TEXT or "\n" in text[start:end]:
            return [], "long"
        if as_read(text[start:end]).strip() in cell_words("empty"):
            continue
        if each.form and not re.fullmatch(each.form, text[start:end]):
            return [], "another-form"
        said = remarks_in(inside)
        found.append(CellValue(value=text[start:end], start=start, end=end, time=said.time, qualifiers=said.qualifiers))
    return (found, "") if found else ([], "empty")


def _place(each: Property, text: str, cell: LaidCell, _: str) -> Read:
    found = place_at(text[cell.start : cell.end])
    if found is None:
        return [], "no-place"
    value, start, end = found
    return [CellValue(value=value, start=cell.start + start, end=cell.start + end)], ""


def _url(each: Property, text: str, cell: LaidCell, _: str) -> Read:
    found = [
        CellValue(value=link.to, start=link.start, end=link.end)
        for link in cell.links
        if link.to.startswith(("http://", "https://"))
    ]
    return (found, "") if found else ([], "no-address")


@cache
def _second() -> re.Pattern[str]:
    """A title that begins with "deputy", a blank or a hyphen behind it."""
    return re.compile(rf"(?:first |second )?(?:{words_inside('second').pattern})[\s-]")


_READERS: dict[str, Callable[[Property, str, LaidCell, str], Read]] = {
    "time": _time,
    "item": _items,
    "text": _texts,
    "place": _place,
    "url": _url,
}
