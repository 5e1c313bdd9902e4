"""Remarks on the cells of a sheet of Excel: comments of old, and talks of several people (§18.7, [MS-XLSX] 2.6.204)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from galactica.sources.office.xlsx_cells import column_number
from galactica.sources.office.xmltree import number, text_of

Remarks = dict[tuple[int, int], tuple[str, str]]
"""(row from 1, column from 0) → (author, text)."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]), column_number(found[1])) if found else None


def remarks(root: Element) -> Remarks:
    """The comments of a sheet; the author's name that Excel writes before the text is taken off it."""
    authors = [text_of(each) for each in root.iter("x:author")]
    found: Remarks = {}
    for each in root.iter("x:comment"):
        place = _place(each.get("ref", ""))
        text = "".join(one.text or "" for one in each.iter("x:t"))
        at = number(each.get("authorId"), -1)
        author = authors[at] if 0 <= at < len(authors) else ""
        text = text.removeprefix(f"{author}:").strip()
        if place and text:
            found[place] = author, text
    return found


def threaded_comments(root: Element, persons: dict[str, str]) -> Remarks:
    """The comments of a sheet that stand in threads; what was answered follows what was asked."""
    found: Remarks = {}
    for each in root.iter():
        if not each.tag.endswith(":threadedComment"):
            continue
        place = _place(each.get("ref", ""))
        text = "".join(text_of(one) for one in each if one.tag.endswith(":text")).strip()
        author = persons.get(each.get("personId", ""), "")
        if place and text and place in found:
            before = found[place]
            found[place] = before[0], f"{before[1]}\n{author}: {text}" if author else f"{before[1]}\n{text}"
        elif place and text:
            found[place] = author, text
    return found


def people(root: Element) -> dict[str, str]:
    """Id → name of those who talk in a workbook."""
    return {each.get("id", ""): each.get("displayName", "") for each in root.iter() if each.tag.endswith(":person")}
