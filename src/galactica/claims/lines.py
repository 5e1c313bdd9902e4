"""Claims of lists: "Capital: Warsaw", and terms with what is said of each.

Rule: an item of a list that is in no other list, not below a heading of its own thing, and whose name no other item of
the article has: else it is about one of several things.
"""

from __future__ import annotations

import re
from collections import Counter

from galactica.claims.cells import ArticleLayout, LaidCell, LaidLink, ListItem
from galactica.claims.found import FoundClaims
from galactica.claims.property_table import LONGEST_NAME, Property, name_key, properties_called
from galactica.claims.remarks import remarks_in, without_brackets
from galactica.claims.unit_signs import unit_named
from galactica.claims.values_read import values_read
from galactica.languages import primary

ORIGIN = "list"

DEEPEST = 2
"""Depth of a heading below which a list is still about the article's thing."""

_NAMED = re.compile(r"(?P<name>[^\n:：]{1,80}?)\s?[:：]\s*(?P<value>[^\n]{1,400})\Z")


def list_claims(found: FoundClaims, layout: ArticleLayout) -> None:
    """Adds the claims of an article's lists."""
    language = primary(found.article.language)
    rows = [row for item in layout.items if (row := _row(layout, item)) is not None]
    named = [(name, value, span, _properties(name, language), item) for name, value, span, item in rows]
    count = Counter(name_key(name) for name, _, _, properties, _ in named if properties)
    lists = Counter(item.number for *_, item in named)
    known = Counter(item.number for _, _, _, properties, item in named if properties)
    person = any(each.id == "date_of_birth" for *_, properties, _ in named for each in properties)
    for name, value, span, properties, item in named:
        if not properties:
            continue
        if count[name_key(name)] > 1 or item.within or item.depth > DEEPEST:
            found.left[ORIGIN, properties[0].id, "one-of-several"] += 1
            continue
        if 2 * known[item.number] < lists[item.number] or known[item.number] < 2:
            found.left[ORIGIN, properties[0].id, "alone-in-its-list"] += 1
            continue
        _, inside = without_brackets(name, 0, len(name))
        unit = next(filter(None, map(unit_named, inside)), "")
        for each in properties:
            if each.beside or each.apart or (person and not each.person):
                continue
            values, fault = values_read(each, layout.text, value, language, unit=unit)
            if fault:
                found.left[ORIGIN, each.id, fault] += 1
            for one in values:
                found.add(each, one, span, origin=ORIGIN, rule=name_key(name), time=remarks_in(inside).time)


def _row(layout: ArticleLayout, item: ListItem) -> tuple[str, LaidCell, tuple[int, int], ListItem] | None:
    """(name, value, span, item) of an item that says a value under a name; None where it does not."""
    cell, text = item.cell, layout.text
    if not cell.whole or cell.end - cell.start > LONGEST_NAME + 400:
        return None
    if item.term is not None and item.term.end > item.term.start:
        name = text[item.term.start : item.term.end]
        return (name, cell, (item.term.start, cell.end), item) if len(name) <= LONGEST_NAME else None
    match = _NAMED.match(text[cell.start : cell.end])
    if match is None:
        return None
    start = cell.start + match.start("value")
    links: list[LaidLink] = [link for link in cell.links if link.start >= start]
    return match["name"], LaidCell(start=start, end=cell.end, links=links), (cell.start, cell.end), item


def _properties(name: str, language: str) -> tuple[Property, ...]:
    return properties_called(name, language)
