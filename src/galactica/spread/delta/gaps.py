"""Ascending numbers in few bytes: one for each, where they lie within 128 of each other."""

from __future__ import annotations

from collections.abc import Iterable


def gap_bytes(numbers: Iterable[int]) -> bytes:
    """Ascending numbers as bytes: of each how many lie between it and the one before, in groups of seven bits, the
    lowest first, the eighth bit set where more follow (LEB128)."""
    found = bytearray()
    last = -1
    for number in numbers:
        gap, last = number - last - 1, number
        while gap > 127:
            found.append(gap & 127 | 128)
            gap >>= 7
        found.append(gap)
    return bytes(found)


def numbers_of(raw: bytes, limit: int) -> tuple[int, ...]:
    """The numbers, each below `limit`, that `gap_bytes` made bytes of.

    Raises:
        ValueError: the bytes are of no such numbers.
    """
    found: list[int] = []
    last, gap, shift = -1, 0, 0
    for byte in raw:
        gap |= (byte & 127) << shift
        if byte & 128:
            shift += 7
            if shift > 35:
                raise ValueError("a number is too large")
            continue
        if shift and not byte:
            raise ValueError("a number is not in its shortest form")
        last += gap + 1
        if last >= limit:
            raise ValueError("a record is named that there is not")
        found.append(last)
        gap = shift = 0
    if shift:
        raise ValueError("a number ends too early")
    return tuple(found)
