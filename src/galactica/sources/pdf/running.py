"""Headers, footers and page numbers: lines at the edges of pages that come again.

Rules, over the lines that stand first or last on their pages:
1. What stands at nearly the same height on three pages or more, the same but for one number that goes with the pages,
   is a header or footer; so is another line at such a height, in its size, where most pages have one there (the name
   of a short chapter).
2. A line of nothing but a number that counts up with the pages, or is its page's label, is a page number.
3. What a tagged file calls an artifact of its pages, at an edge, is one of both.
A line that is larger than the text is a title and stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from galactica.sources.pdf.page import PdfLine, PdfPage

OUTERMOST = 4
"""Lines at each edge that are looked at."""

EDGE = 0.16
"""Share of a page's height that an edge has."""

PAGES = 3
"""Pages on which a line comes again."""

MAX_NUMBERS = 20
"""Numbers of a line of which one may go with the pages."""

_NEAR = 6.0
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[ivxlc]{1,7}\b", re.I)
_ONLY_NUMBER = re.compile(
    r"(?:[^\W\d_]{1,8}(?:\.\s?|\s))?[-–—|·•\[(]{0,3}\s?#\s?(?:(?:/|[^\W\d_]{1,4})\s?#\s?)?[-–—|·•\])]{0,3}"
)


_PAGE = re.compile(
    r"(?:pages?|p|seite|s|página|pag(?:ina)?|pág|str(?:ona|ana)?|стр(?:аница)?|sid[ae]|sivu|oldal)\b", re.I
)
"""What a number of a page is called."""


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line at the edge of a page: its number there, the edge, how far from it, its size and text without numbers."""

    page: int
    line: int
    edge: str
    far: float
    size: float
    key: str
    text: str
    artifact: bool


def edge_lines(number: int, page: PdfPage) -> list[EdgeLine]:
    """The lines of a page that may be headers or footers."""
    upright = [(at, line) for at, line in enumerate(page.lines) if line.turned == 0]
    found = []
    for edge, lines in (
        ("top", sorted(upright, key=lambda each: each[1].base)[:OUTERMOST]),
        ("bottom", sorted(upright, key=lambda each: -each[1].base)[:OUTERMOST]),
    ):
        for at, line in lines:
            far = line.base if edge == "top" else page.height - line.base
            if far <= EDGE * page.height:
                text = " ".join(line.text.split())
                key = _ROMAN.sub("#", _NUMBER.sub("#", text.casefold())) if len(text) < 9 else _NUMBER.sub("#", text)
                found.append(EdgeLine(number, at, edge, far, line.size, key[:200], text, line.tag == "Artifact"))
    return found


def running_lines(edges: Iterable[EdgeLine], labels: tuple[str, ...], body: float) -> dict[int, dict[int, str]]:
    """Page → number of a line → "pdf:header", "pdf:footer" or "pdf:page-number".

    Args:
        labels: of the pages.
        body: size of the text.
    """
    found: dict[int, dict[int, str]] = defaultdict(dict)
    small = [each for each in edges if each.size <= 1.25 * body or each.artifact]
    alike: dict[tuple[str, str], list[EdgeLine]] = defaultdict(list)
    for each in small:
        alike[each.edge, each.key].append(each)
    heights: Counter[tuple[str, int, float]] = Counter()
    pages = {each.page for each in small}
    for group in alike.values():
        again = _come_again(group)
        values: dict[int, set[int]] = defaultdict(set)
        for each in group:
            if (value := _value(each.text)) is not None and len(values[value - each.page]) < 2:
                values[value - each.page].add(each.page)
        for each in group:
            rule = _rule(each, each in again, values, labels)
            if rule:
                found[each.page][each.line] = rule
                heights[_height(each)] += 1
    for each in small:
        if each.line not in found[each.page] and len(pages) > PAGES and heights[_height(each)] > 0.5 * len(pages):
            found[each.page][each.line] = "pdf:header" if each.edge == "top" else "pdf:footer"
    return found


def _rule(line: EdgeLine, again: bool, values: dict[int, set[int]], labels: tuple[str, ...]) -> str:
    if _ONLY_NUMBER.fullmatch(line.key):
        label = labels[line.page] if line.page < len(labels) else ""
        number = str(line.page + 1)
        own = line.text.strip("-–—|·• []()") in (label or number, number)
        own = own or bool(_PAGE.match(line.text) and _value(line.text) == line.page + 1)
        if own or _counts_up(line, values):
            return "pdf:page-number"
    if line.artifact or again:
        return "pdf:header" if line.edge == "top" else "pdf:footer"
    return ""


def _come_again(group: list[EdgeLine]) -> set[EdgeLine]:
    """The lines of a group that stand at nearly the same height on `PAGES` pages, the same but for one number that goes
    with the pages.

    "Pressure 1.5 bar" and "Pressure 2.5 bar" on two pages of one form are what the form says. Each line is put beside
    those of its forms, not beside all: a book has thousands of pages.
    """
    same: dict[tuple[str, int], list[EdgeLine]] = defaultdict(list)
    for each in group:
        for form in _forms(each):
            same[form].append(each)
    found: set[EdgeLine] = set()
    for lines in same.values():
        lines.sort(key=lambda each: each.far)
        first, after = 0, 0
        pages: Counter[int] = Counter()
        for each in lines:
            while after < len(lines) and lines[after].far < each.far + _NEAR:
                pages[lines[after].page] += 1
                after += 1
            while lines[first].far <= each.far - _NEAR:
                pages[lines[first].page] -= 1
                if not pages[lines[first].page]:
                    del pages[lines[first].page]
                first += 1
            if len(pages) >= PAGES:
                found.add(each)
    return found


def _forms(line: EdgeLine) -> Iterator[tuple[str, int]]:
    """What a line says (one numbered in Roman, but for that number), and what it says but for each of its numbers in
    turn, with how far that is from its page."""
    yield line.text if _NUMBER.search(line.text) else line.key, 0
    for number in islice(_NUMBER.finditer(line.text), MAX_NUMBERS):
        if len(number[0]) < 7 and number[0].isascii():
            text = f"{line.text[: number.start()]}\0{line.text[number.end() :]}"
            yield text, int(number[0]) - line.page


def _counts_up(line: EdgeLine, values: dict[int, set[int]]) -> bool:
    """Whether the first number of a line goes with its page as on another page.

    Args:
        values: how far a line's first number is from its page → pages that have such a line, two at most.
    """
    value = _value(line.text)
    return value is not None and bool(values[value - line.page] - {line.page})


def _value(text: str) -> int | None:
    number = _NUMBER.search(text)
    return int(number[0]) if number and len(number[0]) < 7 and number[0].isascii() else None


def _height(line: EdgeLine) -> tuple[str, int, float]:
    return line.edge, round(line.far / 2), round(line.size, 1)


def body_size(pages: Iterable[PdfPage]) -> float:
    """The size of most letters of the pages."""
    sizes: Counter[float] = Counter()
    for page in pages:
        sizes.update(sizes_of(page.lines))
    return commonest(sizes)


def sizes_of(lines: Iterable[PdfLine]) -> Counter[float]:
    """Size, to half a point → letters."""
    found: Counter[float] = Counter()
    for line in lines:
        found[round(line.size * 2) / 2] += len(line.text)
    return found


def commonest(sizes: Counter[float]) -> float:
    """The size that most letters have; 10 where there are none."""
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 10.0
