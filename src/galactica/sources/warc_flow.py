"""The unpacked bytes of a web archive, with the places where a packed member ends: records begin there.

A WARC or ARC is packed record by record, a gzip member each (WARC 1.1 annex D), so that a member's end says where a
record ends whatever its header claims, and damage costs one member: reading goes on at the next. Archives that are not
packed, or packed as one stream (gzip, Zstandard, LZ4, bzip2, xz), have no such places but those of their damage.

Rule 1: at most `CHUNK` packed and `PIECE` unpacked bytes are held at a time, besides what was peeked at.
Rule 2: `Flow.back` reads something again, within a budget; whoever finds out that a length was a lie needs it.
Standards: RFC 1952 (gzip), RFC 1951 (deflate).
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from galactica.sources import packed
from galactica.sources.warc_packings import whole_stream

CHUNK = 2**17
"""Packed bytes read at a time."""

PIECE = 2**18
"""Unpacked bytes handed on at a time."""

MEMBERS = 4096
"""Members whose beginnings are remembered, for `back`; a record lies in one, seldom in more."""

FREE_AGAIN = 2**29
"""Bytes that may be read again, besides eight times the file: damage costs its member twice, lies cost as they like."""

SALVAGE = 4
"""How many times as long as reading on it takes to save what a damaged member still holds."""

SAVED_STEP = 1024
"""Packed bytes of a damaged member that are unpacked at a time."""

GZIP = b"\x1f\x8b\x08"
_GZIP_NEXT = re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.DOTALL)
_GZIP_NEXT_BYTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Where a packed member ends.

    Attributes:
        begins: byte of the file at which the next member begins; -1 where none is known.
        fault: what is wrong with the bytes before it: "", "truncated", "checksum" or "too-large".
    """

    begins: int = -1
    fault: str = ""


class Flow:
    """The bytes of an archive, in order. Positions are in unpacked bytes.

    Attributes:
        taken: bytes of the file that were read, again where they were read again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.taken = 0
        self._size = path.stat().st_size
        self._again = FREE_AGAIN + 8 * self._size
        self._start(0, 0)

    def _start(self, begins: int, position: int) -> None:
        self._file = self._path.open("rb")
        self._source = self._events(begins)
        self._held = b""
        self._at = 0
        self._base = position  # position of the first byte held
        self._edges: deque[tuple[int, Edge]] = deque()
        self._members: list[tuple[int, int]] = [(position, begins)]
        self._plain = False
        self._ended = False

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()
        self._file.close()

    @property
    def position(self) -> int:
        """Of the next byte."""
        return self._base + self._at

    @property
    def rest(self) -> int:
        """Bytes to the end, where that is known: of a file that is not packed; else more than any record has."""
        self.peek(1)
        return max(0, self._size - self.position) if self._plain else 2**62

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay where they are; fewer only at the end."""
        while len(self._held) - self._at < size and self._fill():
            pass
        return self._held[self._at : self._at + size]

    def edge(self) -> Edge | None:
        """The end of a member, where the next byte is the first after it; the faultiest of several."""
        self.peek(1)
        found: Edge | None = None
        while self._edges and self._edges[0][0] <= self.position:
            place, edge = self._edges.popleft()
            if place == self.position and (found is None or edge.fault):
                found = edge
        return found

    def edges(self, size: int) -> list[tuple[int, Edge]]:
        """The ends of members among the next bytes: how far away each is."""
        self.peek(size)
        return [(place - self.position, edge) for place, edge in self._edges if 0 < place - self.position < size]

    def piece(self, limit: int) -> bytes:
        """Take some of the next bytes, at most `limit`, none of them behind the next end of a member."""
        if not self.peek(1):
            return b""
        size = min(limit, len(self._held) - self._at)
        for place, _ in self._edges:
            if place > self.position:
                size = min(size, place - self.position)
                break
        self._at += size
        return self._held[self._at - size : self._at]

    def back(self, position: int) -> bool:
        """Go back to a position; False where that is too far, or was done too often."""
        if self._plain and position >= self._base:
            self._at = position - self._base
            return True
        number = bisect_right(self._members, (position, 2**62)) - 1
        if number < 0:
            return False
        start, begins = (position, position) if self._plain else self._members[number]
        self._again -= self.position - start
        if self._again < 0:
            return False
        self.close()
        self._start(begins, start)
        while self.position < position and self.piece(position - self.position):
            pass
        return self.position == position

    def _fill(self) -> bool:
        """Read on; False at the end."""
        event = None if self._ended else next(self._source, None)
        if event is None:
            self._ended = True
            return False
        if isinstance(event, Edge):
            place = self._base + len(self._held)
            self._edges.append((place, event))
            if event.begins >= 0:
                self._members.append((place, event.begins))
                del self._members[:-MEMBERS]
            return True
        if self._at:
            self._base += self._at
            self._held = self._held[self._at :]
            self._at = 0
        self._held += event
        return True

    def _read(self, size: int) -> bytes:
        try:
            data = self._file.read(size)
        except OSError:  # a disk that fails: what was read so far counts
            data = b""
        self.taken += len(data)
        return data

    def _events(self, begins: int) -> Generator[bytes | Edge]:
        self._file.seek(0)
        head = self._file.read(16)
        self._file.seek(begins)
        if head.startswith(GZIP):
            yield from self._members_of(begins)
        elif unpack := whole_stream(head):
            yield from self._stream(unpack)
        else:
            self._plain = True
            while data := self._read(PIECE):
                yield data

    def _stream(self, unpack: Callable[[BinaryIO], BinaryIO]) -> Iterator[bytes | Edge]:
        """One packed stream without members that could be told apart."""
        try:
            with closing(unpack(self._file)) as stream:
                while data := stream.read(PIECE):
                    self.taken = self._file.tell()
                    yield data
        except packed.PackedError as error:
            yield Edge(fault=error.reason)
        except (OSError, ValueError) as error:
            yield Edge(fault="truncated" if "end" in str(error).lower() else "checksum")

    # -- gzip, member by member ---------------------------------------------------------------------------------------

    def _members_of(self, begins: int) -> Iterator[bytes | Edge]:
        """Unpack gzip members, beginning with the one at a byte of the file."""
        first = self.taken
        data, given = self._read(CHUNK), 0
        while data:
            inner = zlib.decompressobj(wbits=31)
            fault, fed, unpacked = "", data, 0
            while not (inner.eof or fault):
                try:
                    piece = inner.decompress(fed, PIECE)
                except zlib.error:
                    piece, fault = b"" if unpacked or self._again < 0 else _salvaged(data), "checksum"
                    self._again -= SALVAGE * len(piece)
                fed = inner.unconsumed_tail
                unpacked += len(piece)
                given += len(piece)
                if piece:
                    yield piece
                elif not (fed or inner.eof or fault):
                    fed = self._read(CHUNK)
                    fault = "" if fed else "truncated"
                if given > packed.FREE_BYTES and given > packed.MAX_RATIO * (self.taken - first):
                    yield Edge(fault="too-large")
                    return
            if fault:  # the next member may have been taken for a part of this one
                self._again -= unpacked + self._file.tell() - begins
                self._file.seek(begins + 1)
                data = self._next(self._read(CHUNK), damaged=True)[0] if self._again >= 0 else b""
            else:
                data, fault = self._next(inner.unused_data)
            begins = self._file.tell() - len(data)
            yield Edge(begins=begins if data else -1, fault=fault)

    def _next(self, data: bytes, damaged: bool = False) -> tuple[bytes, str]:
        """(the bytes from the next member on, b"" for none; "checksum" where bytes between were none of one)."""
        if not damaged:
            data = data.lstrip(b"\0")
            while len(data) < len(GZIP) and (more := self._read(CHUNK)):
                data = (data + more).lstrip(b"\0")
            if not data or data.startswith(GZIP):
                return data, ""
        while True:
            found = _GZIP_NEXT.search(data)
            if found:
                return data[found.start() :], "checksum"
            more = self._read(CHUNK)
            if not more:
                return b"", "checksum"
            data = data[-_GZIP_NEXT_BYTES:] + more


def _salvaged(data: bytes) -> bytes:
    """What can be unpacked of a damaged member before its damage: zlib gives nothing of a call that meets it, so that
    the last `SAVED_STEP` bytes are fed one by one."""
    inner = zlib.decompressobj(wbits=31)
    found: list[bytes] = []
    size = 0
    for start in range(0, len(data), SAVED_STEP):
        before = inner.copy()
        try:
            found.append(inner.decompress(data[start : start + SAVED_STEP], PIECE))
        except zlib.error:
            found += _one_by_one(before, data[start : start + SAVED_STEP])
            break
        size += len(found[-1])
        if inner.eof or size > PIECE:
            break
    return b"".join(found)


def _one_by_one(inner: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    for place in range(len(data)):
        try:
            yield inner.decompress(data[place : place + 1], PIECE)
        except zlib.error:
            return
