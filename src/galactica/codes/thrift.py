"""Thrift's compact protocol, as much of it as finding one's way through a structure takes.

Standard: Thrift compact protocol (thrift/doc/specs/thrift-compact-protocol.md). All numbers come from a file that may
be hostile: every offset is checked against the bytes that there are, and nesting is bounded.
"""

from __future__ import annotations

MAX_DEPTH = 8
"""Structures inside each other; page headers of Parquet need 3."""

END, STRUCT, NUMBER = 0, 12, 5
"""Types of fields: the end of a structure, a structure, a 32-bit number."""


class MalformedError(ValueError):
    """The bytes are not what this reader reads."""


def field_of(data: bytes, position: int, end: int, last: int) -> tuple[int, int, int]:
    """(field id, type, offset behind) of a compact-protocol field header; type 0 is the end of the struct."""
    if position >= end:
        raise MalformedError("header runs out of its chunk")
    byte = data[position]
    position += 1
    kind, delta = byte & 15, byte >> 4
    if kind == 0:
        return last, 0, position
    if delta:
        return last + delta, kind, position
    number, position = zigzag(data, position, end)
    return number, kind, position


def varint(data: bytes, position: int, end: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the offset behind it."""
    result = shift = 0
    while True:
        if position >= end or shift > 63:
            raise MalformedError("number runs out of its chunk")
        byte = data[position]
        position += 1
        result |= (byte & 127) << shift
        if byte < 128:
            return result, position
        shift += 7


def zigzag(data: bytes, position: int, end: int) -> tuple[int, int]:
    """A number with a sign, and the offset behind it."""
    number, position = varint(data, position, end)
    return (number >> 1) ^ -(number & 1), position


def skip(data: bytes, position: int, end: int, kind: int, depth: int) -> int:
    """Offset behind a value of compact type `kind`."""
    if depth > MAX_DEPTH:
        raise MalformedError("header nests too deep")
    if kind in (1, 2):
        return position
    if kind == 3:
        return position + 1
    if kind in (4, 5, 6):
        return _behind_number(data, position, end)
    if kind == 7:
        return position + 8
    if kind == 8:
        size, position = varint(data, position, end)
        if position + size > end:
            raise MalformedError("text runs out of its chunk")
        return position + size
    if kind == 12:
        while position < end:
            byte = data[position]
            position += 1
            inner = byte & 15
            if inner == 0:
                return position
            if byte < 16:  # the field's number stands behind it
                position = _behind_number(data, position, end)
            if inner in (5, 6) and position < end and data[position] < 128:
                position += 1  # most fields of a footer; a footer of twenty groups has some thousands
            else:
                position = skip(data, position, end, inner, depth + 1)
        raise MalformedError("header runs out of its chunk")
    if kind in (9, 10):
        return _skip_list(data, position, end, depth)
    raise MalformedError("a type that page headers do not use")


def _behind_number(data: bytes, position: int, end: int) -> int:
    """Offset behind a number of seven bits a byte."""
    last = position
    while last < end and data[last] > 127:
        last += 1
    if last >= end or last - position > 9:
        raise MalformedError("number runs out of its chunk")
    return last + 1


def _skip_list(data: bytes, position: int, end: int, depth: int) -> int:
    if position >= end:
        raise MalformedError("list runs out of its chunk")
    size, kind = data[position] >> 4, data[position] & 15
    position += 1
    if size == 15:
        size, position = varint(data, position, end)
    if size > end - position:  # an element has a byte at least
        raise MalformedError("list runs out of its chunk")
    for _ in range(size):
        position = position + 1 if kind in (1, 2) else skip(data, position, end, kind, depth + 1)
    return position
