"""What reading a Parquet file would take, told from its page headers before anything of it is unpacked.

A few hundred bytes can stand for gigabytes: one page that unpacks to a huge cell, or a dictionary whose one long text
every row names. Both show in the headers of the pages, which are read one after the other without what follows them;
what the footer says is not believed. Standard: Apache Parquet format 2.11 (parquet.thrift, `PageHeader`).
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from galactica.codes.thrift import END, NUMBER, STRUCT, MalformedError, field_of, skip, zigzag

HEADER = 4096
"""Bytes that a page header is looked for in at first; statistics in it may hold long texts."""

MAX_HEADER = 16 * 2**20
"""Bytes of the longest page header."""

MAX_PAGES = 1_000_000
"""Pages of one column chunk."""

_LENGTH = struct.Struct("<I")
_DATA, _DICTIONARY, _DATA_V2 = 0, 2, 3
_INNER = {5: _DATA, 7: _DICTIONARY, 8: _DATA_V2}
"""Field of a page header → the kind of page whose own header it holds."""


@dataclass(slots=True, kw_only=True)
class Cost:
    """What a column chunk takes, in bytes unpacked.

    Attributes:
        page: of its largest data page.
        mean: of a value, in the page where values are longest.
        dictionary: of its dictionary.
        entries: how many values the dictionary has.
        place: offset and packed size of the dictionary's page.
        longest: of the dictionary's longest value, where somebody looked.
        values: how many values the data pages have.
    """

    page: int = 0
    mean: float = 0.0
    dictionary: int = 0
    entries: int = 0
    place: tuple[int, int] = (0, 0)
    longest: int = 0
    values: int = 0


def cost_of(read: Callable[[int, int], bytes], start: int, length: int, values: int) -> Cost:
    """What the column chunk at `start` takes.

    Args:
        read: gives the bytes of the file from an offset on: (offset, how many) → as many as there are.
        start: offset of the first page header.
        length: bytes of the chunk.
        values: how many values the footer says that it has.

    Raises:
        MalformedError: the headers make no sense.
    """
    cost = Cost()
    position, end = start, start + length
    if start < 4 or length < 0:
        raise MalformedError("column chunk outside the file")
    for _ in range(MAX_PAGES):
        if cost.values >= values or position >= end:
            return cost
        kind, unpacked, packed, count, size = _header(read, position, end)
        position += size + packed
        if min(unpacked, packed, count) < 0 or position > end:
            raise MalformedError("page outside its chunk")
        if kind == _DICTIONARY:
            if cost.entries:
                raise MalformedError("a second dictionary")
            if count > unpacked:
                raise MalformedError("a dictionary of more values than bytes")
            cost.dictionary, cost.entries, cost.place = unpacked, count, (position - packed, packed)
        elif kind in (_DATA, _DATA_V2):
            cost.values += count
            cost.page = max(cost.page, unpacked)
            cost.mean = max(cost.mean, unpacked / max(1, count))
    raise MalformedError("too many pages")


def longest_value(page: bytes, entries: int) -> int:
    """Bytes of the longest value of a dictionary of byte arrays (PLAIN: a length of four bytes before each).

    Raises:
        MalformedError: it does not hold so many.
    """
    longest = place = 0
    for _ in range(entries):
        if place + 4 > len(page):
            raise MalformedError("a dictionary of fewer values than it says")
        (size,) = _LENGTH.unpack_from(page, place)
        longest = max(longest, size)
        place += 4 + size
    return longest


def _header(read: Callable[[int, int], bytes], position: int, end: int) -> tuple[int, int, int, int, int]:
    """A page header: kind, bytes unpacked and packed, number of values, and how long the header is."""
    room = HEADER
    while True:
        data = read(position, min(room, end - position))
        try:
            return _parse(data)
        except MalformedError:
            if len(data) < room or room >= MAX_HEADER:
                raise
            room *= 16


def _parse(data: bytes) -> tuple[int, int, int, int, int]:
    numbers = {1: -1, 2: -1, 3: -1}
    counts: dict[int, int] = {}
    position = field = 0
    while True:
        field, kind, position = field_of(data, position, len(data), field)
        if kind == END:
            return numbers[1], numbers[2], numbers[3], counts.get(numbers[1], 0), position
        if kind == NUMBER and field in numbers:
            numbers[field], position = zigzag(data, position, len(data))
        elif kind == STRUCT and field in _INNER:
            counts[_INNER[field]], position = _count(data, position)
        else:
            position = skip(data, position, len(data), kind, 0)


def _count(data: bytes, position: int) -> tuple[int, int]:
    """The number of values that the header of a certain kind of page names first, and the offset behind it."""
    count = field = 0
    while True:
        field, kind, position = field_of(data, position, len(data), field)
        if kind == END:
            return count, position
        if kind == NUMBER and field == 1:
            count, position = zigzag(data, position, len(data))
        else:
            position = skip(data, position, len(data), kind, 0)
