"""The rows of a table out of its lines: a bad one costs itself, never those after it.

A quote that is never closed would take in everything that follows. So a row of several lines is looked at again: where
its last quote is missing, or a quote in it opens another cell instead of closing the first, its first line is given up
and the others are read afresh. No line is read afresh more than once for each quote in it, so time stays linear.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from galactica.sources.encoding_lines import TextLine

MAX_CELL = 16 * 2**20
"""Longest cell in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRow:
    """A row: the number of its first line, its cells, and a word where it cannot be used.

    Attributes:
        fault: "" or the reason to reject it: "bad-row", "bad-encoding", "too-large".
        detail: for a person.
    """

    line: int
    cells: list[str] = field(default_factory=list)
    fault: str = ""
    detail: str = ""


def rows_of_csv(lines: Iterator[TextLine], delimiter: str) -> Iterator[CsvRow]:
    """Yield every row that is not empty, and what could not be read."""
    csv.field_size_limit(MAX_CELL)  # one setting for the whole process; its default would refuse long articles
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        feed.row.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            line = feed.again()
            reader = csv.reader(feed, delimiter=delimiter)
            yield CsvRow(line=line, fault="bad-row", detail=str(error))
            continue
        faulty = feed.fault()
        if faulty is None and (len(feed.row) > 1 or feed.ended) and _is_unclosed(feed.text(), delimiter):
            line = feed.again()
            reader = csv.reader(feed, delimiter=delimiter)
            yield CsvRow(line=line, fault="bad-row", detail="a quote that is not closed")
        elif faulty is not None and len(feed.row) > 1:
            line = feed.again()  # the quoted cell runs over a line that cannot be read
            reader = csv.reader(feed, delimiter=delimiter)
            yield CsvRow(
                line=line, fault="bad-row", detail="a quote that is not closed before a line that cannot be read"
            )
        elif faulty is not None:
            yield CsvRow(line=faulty.number, fault=faulty.fault)
        elif any(map(str.strip, cells)):
            yield CsvRow(line=feed.row[0].number, cells=cells)


class _Feed:
    """Lines as the csv module wants them, and those of the row that it is reading.

    Attributes:
        row: the lines that were handed out for the row.
        ended: whether the last of all lines has been handed out.
    """

    def __init__(self, lines: Iterator[TextLine]) -> None:
        self._lines = lines
        self._waiting: deque[TextLine] = deque()
        self.row: list[TextLine] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._waiting:
            line = self._waiting.popleft()
        else:
            try:
                line = next(self._lines)
            except StopIteration:
                self.ended = True
                raise
        self.row.append(line)
        return f"{line.text}\n"

    def again(self) -> int:
        """Give up the first line of the row, hand the others out once more; returns the number of the first."""
        first, *others = self.row
        self._waiting.extendleft(reversed(others))
        self.row = []
        return first.number

    def fault(self) -> TextLine | None:
        """The first line of the row that cannot be used."""
        return next((line for line in self.row if line.fault), None)

    def text(self) -> str:
        """The row as it stands in the file."""
        return "\n".join(line.text for line in self.row)


def _is_unclosed(text: str, delimiter: str) -> bool:
    """Whether a quote that opens a cell is never closed, or a quote that opens another cell stands where it should be.

    A quote between words is neither: people write them without doubling them, and what is meant is plain.
    """
    border = re.compile(f"[{re.escape(delimiter)}\n]")
    place = 0
    while True:
        if text.startswith('"', place):
            end = text.find('"', place + 1)
            while text.startswith('"', end + 1) and end >= 0:
                end = text.find('"', end + 2)
            if end < 0:
                return True
            if text[end + 1 : end + 2] not in (delimiter, "\n", "") and text[end - 1] in (delimiter, "\n"):
                return True
            place = end + 1
        following = border.search(text, place)
        if following is None:
            return False
        place = following.end()
