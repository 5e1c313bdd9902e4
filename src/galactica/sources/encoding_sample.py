"""The bytes of a text that tell its encoding: its beginning, and where that is nearly all ASCII, what is not behind it.

A file of addresses may begin with a thousand lines of ASCII; in the first name with an accent its encoding is told, not
in them. Pieces begin and end with a line, or at a space, so that no character is cut where that can be helped.
"""

from __future__ import annotations

import re

TELLING = 64
"""Bytes beyond ASCII in the beginning of a text from which on nothing further is looked at."""

_BEFORE, _LONGEST = 200, 1_000
"""Bytes of a line that are taken before the one that is not ASCII, and of all of it."""

_HIGH = re.compile(rb"[\x80-\xff]")
_HIGHS = bytes(range(128, 256))


def telling_bytes(raw: bytes, size: int) -> bytes:
    """What tells the encoding of a text: at most twice `size` bytes, pieces of lines that follow each other."""
    head = raw[:size]
    if len(raw) <= size or size - len(head.translate(None, _HIGHS)) >= TELLING:
        return head
    pieces, at, left = [head], size, size
    while left > 0 and (found := _HIGH.search(raw, at)):
        begin = max(at, found.start() - _BEFORE)
        begin = max(raw.rfind(mark, begin, found.start()) + 1 for mark in (b"\n", b"\r")) or (
            max(begin, raw.find(b" ", begin, found.start())) if begin > at else at
        )
        end = min(_end(raw, found.start(), begin + min(left, _LONGEST)), len(raw))
        if begin > at and not pieces[-1].endswith(b"\n"):
            pieces.append(b"\n")
        pieces.append(raw[begin:end])
        left -= end - begin
        at = end
    return b"".join(pieces)


def _end(raw: bytes, start: int, limit: int) -> int:
    """Where a piece ends that goes on at `start`: behind its line, else at a space before the limit."""
    limit = max(limit, start + 1)
    line = raw.find(b"\n", start, limit)
    if line >= 0:
        return line + 1
    space = raw.rfind(b" ", start, limit)
    return space if space > start else limit
