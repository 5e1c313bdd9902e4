"""Compound files: the folders and streams in one file that Office wrote before 2007, and Outlook still writes.

The file is cut into sectors; a table says of each which one follows it. Hostile files have tables that lead round in
circles, streams that claim gigabytes, folders in folders without end, and many streams over the same bytes: a stream is
no longer than the file, and all reading together is bounded by the size of the file. What is cut off is read as far as
it goes, and counted. Standard: [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from galactica.sources.office.faults import PartError
from galactica.sources.office.kinds import OLE

MAX_ENTRIES = 100_000
"""Streams and folders of one file. A mail with a thousand attachments has some 30,000."""

MAX_FOLDERS = 40
"""Folders in each other. A mail in a mail takes two of them."""

TIMES_READ = 3
"""How often the bytes of a file may be read, all its streams together: those of a whole file share none."""

_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA
"""Numbers from here on are no sectors."""

_FOLDER, _STREAM, _ROOT = 1, 2, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CompoundStream:
    """Where a stream lies: first sector, bytes."""

    start: int
    size: int


class CompoundFile:
    """A compound file that is held in memory.

    Attributes:
        streams: "folder/name" in small letters → where it lies.
        folders: folders, as they are called in `streams`, in the order of their names.
        damaged: streams that were not whole.

    Raises:
        PartError: it has no header or no folder that could be read.
    """

    def __init__(self, raw: bytes) -> None:
        if len(raw) < _HEADER or not raw.startswith(OLE):
            raise PartError("truncated", "a compound file that breaks off in its header")
        self._raw = raw
        shift, mini_shift = struct.unpack_from("<HH", raw, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise PartError("truncated", "a compound file with a broken header")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._cutoff = min(int.from_bytes(raw[56:60], "little"), 2**20)
        self._count = (len(raw) - 1) // self._size  # the header takes the place of one sector
        self._left = TIMES_READ * len(raw) + 2**20
        self.damaged: set[str] = set()
        self.streams: dict[str, CompoundStream] = {}
        self.folders: list[str] = []
        self._next = self._table(self._listed_tables())
        self._mini = memoryview(b"")
        root = self._directory(self._chain(int.from_bytes(raw[48:52], "little"), len(raw))[0])
        self._mini = memoryview(self._chain(root.start, root.size)[0])
        most = 4 * -(-len(self._mini) // self._mini_size)  # a number for each small sector, and no more
        short = self._chain(int.from_bytes(raw[60:64], "little"), most)[0]
        self._mini_next = struct.unpack_from(f"<{len(short) // 4}I", short)

    def find(self, name: str) -> CompoundStream | None:
        """A stream by its path, in any letters; None where there is none."""
        return self.streams.get(name.lower())

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of a stream, of one that breaks off as many as there are.

        Raises:
            PartError: it is not there, has more than `limit` bytes, or more was read than the file has.
        """
        found = self.find(name)
        if found is None:
            raise PartError("truncated", f"{name} is missing")
        if found.size > limit and min(found.size, len(self._raw)) > limit:
            raise PartError("too-large", f"{name} has more than {limit:,} bytes")
        content, whole = (self._short if found.size < self._cutoff else self._chain)(found.start, found.size)
        if not whole:
            self.damaged.add(name.lower())
        return content

    def _taken(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise PartError("too-large", "its streams lie over each other, so that they have more bytes than the file")

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        return self._raw[begin : begin + self._size]

    def _listed_tables(self) -> list[int]:
        """The sectors of the table of sectors: 109 in the header, the rest in a chain of lists."""
        found = list(struct.unpack_from("<109I", self._raw, 76))
        at, seen = int.from_bytes(self._raw[68:72], "little"), set[int]()
        while at < self._count and at not in seen:
            seen.add(at)
            part = self._sector(at)
            numbers = struct.unpack_from(f"<{len(part) // 4}I", part)
            found.extend(numbers[:-1])
            at = numbers[-1] if len(part) == self._size else _LAST
        needed = self._count // (self._size // 4) + 1
        return [each for each in dict.fromkeys(found) if each < _LAST][:needed]

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        """Of every sector which one follows it; a table that lies beyond the end of the file leads nowhere."""
        parts = [
            self._sector(each).ljust(self._size, b"\xff") if each < self._count else b"\xff" * self._size
            for each in sectors
        ]
        joined = b"".join(parts)
        return struct.unpack_from(f"<{len(joined) // 4}I", joined)

    def _chain(self, start: int, size: int) -> tuple[bytes, bool]:
        """(the bytes of a chain of sectors, up to `size`; whether there are so many)."""
        size, claimed = min(size, self._count * self._size), size
        parts: list[bytes] = []
        at, needed = start, -(-size // self._size)
        while len(parts) < needed and at < self._count:
            parts.append(self._sector(at))
            at = self._next[at] if at < len(self._next) else _LAST
        content = b"".join(parts)[:size]
        self._taken(len(content))
        return content, len(content) == claimed

    def _short(self, start: int, size: int) -> tuple[bytes, bool]:
        """The same of a short stream, whose small sectors lie in the stream of the root."""
        parts: list[bytes] = []
        at, needed = start, -(-size // self._mini_size)
        while len(parts) < needed and (at + 1) * self._mini_size <= len(self._mini) + self._mini_size - 1:
            parts.append(bytes(self._mini[at * self._mini_size : (at + 1) * self._mini_size]))
            at = self._mini_next[at] if at < len(self._mini_next) else _LAST
        content = b"".join(parts)[:size]
        self._taken(len(content))
        return content, len(content) == size

    def _directory(self, raw: bytes) -> CompoundStream:
        """Every folder and stream, from the root down; where the root's own bytes lie."""
        count = min(len(raw) // _ENTRY, MAX_ENTRIES)
        if not count or raw[66] != _ROOT:
            raise PartError("truncated", "a compound file whose list of streams cannot be read")
        seen = {0}
        stack = [(struct.unpack_from("<I", raw, 76)[0], "", 0)]
        while stack:
            number, folder, depth = stack.pop()
            if number >= count or number in seen:
                continue
            seen.add(number)
            at = number * _ENTRY
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            left, right, child = struct.unpack_from("<III", raw, at + 68)
            stack.extend(((left, folder, depth), (right, folder, depth)))
            name = raw[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace").lower()
            path = f"{folder}/{name}" if folder else name
            if kind == _STREAM:
                self.streams.setdefault(path, self._lies(raw, at))
            elif kind == _FOLDER and depth < MAX_FOLDERS:
                self.folders.append(path)
                stack.append((child, path, depth + 1))
        self.folders.sort()
        return self._lies(raw, 0)

    def _lies(self, raw: bytes, at: int) -> CompoundStream:
        start, low, high = struct.unpack_from("<III", raw, at + 116)
        return CompoundStream(start=start, size=low if self._size == 512 else low | high << 32)
