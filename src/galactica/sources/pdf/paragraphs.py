"""Paragraphs: which lines belong together, across columns and pages too.

Rules, for a line and the next: tags decide where both have them; else a paragraph ends where there is more white than
between its lines, where size changes, where the next line is set in or begins with a list's mark, and where the line
ends early with the end of a sentence, or very early. What ends a column full and without the end of a sentence goes on
in the next.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from galactica.sources.pdf.page import PdfLine

BULLET = re.compile(r"^\s*[•◦▪●■◻❑❖➢✓‣∙·–—*-]\s+(?=\S)|^\s*[•◦▪●■◻❑❖➢✓‣]")
"""What begins an item of a list that is not numbered."""

_ITEM = re.compile(r"^\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\])\s+\S", re.I)
_NOTE = re.compile(r"\s*[*∗†‡§¶]")

SMALL = 0.92
"""Of the text's size: the largest of a note at the foot of a page."""

_LISTED = re.compile(r"(?:[.·…]\s?){3,}\s*\S{0,8}$|\S\s+(?:\d{1,4}|[ivxl]{1,6})$")
"""A line of a list of contents ends so, and so does the next."""

_END = re.compile(r"[.!?:;…。！？：；।؟۔][\"'”’»）)\]]{0,3}$")


class Column:
    """What the lines of one column of a page have in common."""

    def __init__(self, lines: Sequence[PdfLine]) -> None:
        self.start = min(_start(line) for line in lines)
        self.end = max(_end(line) for line in lines)
        starts = sorted(_start(line) for line in lines)
        self.usual = statistics.median_low(starts)
        steps = [two.base - one.base for one, two in pairwise(lines) if two.base > one.base]
        near = [step for step in steps if step < 2.2 * max(line.size for line in lines)]
        self.step = statistics.median_low(near) if near else 0.0


def column_facts(lines: Sequence[PdfLine]) -> dict[int, Column]:
    """Number of a column → what its lines have in common."""
    held: dict[int, list[PdfLine]] = defaultdict(list)
    for line in lines:
        held[line.column].append(line)
    return {number: Column(of_column) for number, of_column in held.items()}


def ends(line: PdfLine, following: PdfLine, after: PdfLine | None, columns: dict[int, Column]) -> bool:
    """Whether a paragraph ends between two lines of a page that follow each other.

    Args:
        after: the line after the two; None where there is none in that column.
        columns: as `column_facts` gives them.
    """
    if is_item(following):
        return True
    if line.turned != following.turned or abs(line.size - following.size) > 0.12 * max(line.size, following.size):
        return True
    if _LISTED.search(line.text.rstrip()) and (_LISTED.search(following.text.rstrip()) or ". ." in line.text):
        return True
    if line.element >= 0 and following.element >= 0 and (line.tag or following.tag):
        return line.element != following.element
    if line.gaps and following.gaps and line.column == following.column:
        return True  # rows of a table without lines
    column = columns[line.column]
    if line.column != following.column:
        return not goes_on(line, following, column)
    step, size = following.base - line.base, line.size
    usual = column.step or 1.2 * size
    if step < 0.3 * size or step > 1.3 * usual + 0.1 * size:
        return True
    wide = column.end - column.start
    room = column.end - _end(line)
    if _END.search(line.text.rstrip()) and room > max(2 * size, 0.1 * wide):
        return True
    if line.bold != following.bold and room > 0.1 * wide:
        return True
    if room > 0.4 * wide and not following.text[:1].islower():
        return True
    indent = _start(following) - _start(line)
    if indent > 0.8 * size:
        hangs = after is not None and abs(_start(after) - _start(following)) < 0.5 * size
        return not (hangs or is_item(line)) and bool(_END.search(line.text.rstrip()) or room > 2 * size)
    return indent < -0.8 * size and after is not None and _start(after) > _start(following) + 0.8 * size


def has_end(line: PdfLine) -> bool:
    """Whether a line ends with the end of a sentence."""
    return bool(_END.search(line.text.rstrip()))


def footnotes(lines: Sequence[PdfLine], body: float) -> list[int]:
    """Numbers of the lines that are notes at the foot of their columns: smaller than the text, the first with a mark.

    Args:
        body: size of the text.
    """
    held: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        held[line.column].append(number)
    found: list[int] = []
    for numbers in held.values():
        above = max((at for at, number in enumerate(numbers) if lines[number].size > SMALL * body), default=-1)
        foot = numbers[above + 1 :] if above >= 0 else []
        first = next((at for at, number in enumerate(foot) if _is_note(lines[number])), -1)
        found.extend(foot[first:] if first >= 0 else [])
    return found


def _is_note(line: PdfLine) -> bool:
    first = line.spans[0]
    return bool(_NOTE.match(line.text)) or (first.mark == "sup" and len(first.text.strip()) <= 3)


def goes_on(line: PdfLine, following: PdfLine, column: Column) -> bool:
    """Whether the last line of a column or page goes on in the first line of the next."""
    if is_item(following) or abs(line.size - following.size) > 0.08 * line.size or line.bold != following.bold:
        return False
    if line.turned != following.turned or line.rtl != following.rtl:
        return False
    text = line.text.rstrip()
    if line.split or text[-1:] in "-,\u2010\u00ad、，":
        return True
    if following.text[:1].islower():
        return not text.endswith((".", "!", "?"))
    full = column.end - _end(line) < 2 * line.size
    return full and not _END.search(text) and not is_item(following)


def is_item(line: PdfLine) -> bool:
    """Whether a line begins an item of a list."""
    return bool(BULLET.match(line.text) or _ITEM.match(line.text))


def _start(line: PdfLine) -> float:
    return -line.right if line.rtl else line.left


def _end(line: PdfLine) -> float:
    return -line.left if line.rtl else line.right
