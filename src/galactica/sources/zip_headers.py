"""The parts of a zip archive: from its directory, and where that is missing or lies, from the parts' own headers.

`zipfile` reads the directory; what a part's own header says of the same part is not compared, because writers differ in
it. A part without a size in its header ends where its deflated data ends, or before the next header. Standard:
APPNOTE.TXT 6.3.10, 4.3.7 (header of a part), 4.3.9 (data descriptor), 4.3.12 and 4.3.14 (directory and its end).
"""

from __future__ import annotations

import mmap
import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

END_BYTES = 22 + 65_535
"""Bytes at the end of an archive in which its directory's own end stands, with the longest comment."""

_PART = b"PK\x03\x04"
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_DESCRIPTOR = b"PK\x07\x08"
_ENTRY = b"PK\x01\x02"
_UNKNOWN = 0xFFFFFFFF
MAX_TRIED, TRIED_BYTES = 200_000, 2**20
"""Records behind stored data that are tried for the parts of an archive, and bytes between two of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipEntry:
    """A part as the archive tells of it.

    Attributes:
        at: where its own header begins.
        packed: bytes of its data as it lies, at most.
        size: bytes unpacked; -1 where that is not stated.
        checked: whether `checksum` (CRC-32 of what is unpacked) is stated.
    """

    name: str
    at: int
    method: int
    packed: int
    size: int
    checksum: int = 0
    checked: bool = True
    encrypted: bool = False


def directory_size(stream: BinaryIO, size: int) -> int:
    """Bytes of the directory as the archive states them, before any of it is read; 0 where it states nothing."""
    stream.seek(max(0, size - END_BYTES))
    tail = stream.read(END_BYTES)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 16:
        return 0
    (stated,) = struct.unpack_from("<I", tail, at + 12)
    wide = tail.rfind(_END64)
    if wide >= 0 and len(tail) >= wide + 48:
        return max(int(struct.unpack_from("<Q", tail, wide + 40)[0]), int(stated) if stated != _UNKNOWN else 0)
    return int(stated)


def from_directory(stream: BinaryIO) -> list[ZipEntry]:
    """The parts that the directory names, folders left out.

    Raises:
        zipfile.BadZipFile: there is no directory, or none that makes sense.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            found = archive.infolist()
    except zipfile.BadZipFile:
        raise
    except Exception as error:  # hostile directories raise struct.error, ValueError, OverflowError … through zipfile
        raise zipfile.BadZipFile(str(error) or type(error).__name__) from error
    return [
        ZipEntry(
            name=zip_name(info),
            at=info.header_offset,
            method=info.compress_type,
            packed=max(0, info.compress_size),
            size=info.file_size,
            checksum=info.CRC,
            encrypted=bool(info.flag_bits & 1),
        )
        for info in found
        if not info.filename.endswith("/")  # `is_dir` fails on a name without a letter
    ]


def zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member: UTF-8 also where its flag does not say so, as macOS and older tools write it."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def data_start(stream: BinaryIO, entry: ZipEntry) -> int:
    """Where the data of a part begins; -1 where its header is not at the place that is stated."""
    try:
        stream.seek(entry.at)
        header = stream.read(_HEADER.size)
    except (OSError, ValueError, OverflowError):
        return -1
    if len(header) < _HEADER.size or not header.startswith(_PART):
        return -1
    *_, name, extra = _HEADER.unpack(header)
    return int(entry.at + _HEADER.size + name + extra)


def from_parts(stream: BinaryIO, size: int, most: int) -> list[ZipEntry]:
    """The parts whose headers stand in the file, in its order, folders left out; `most` of them."""
    found: list[ZipEntry] = []
    if not size:
        return found
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as held:
        marks = _Marks(held)
        at = held.find(_PART)
        while at >= 0 and len(found) < most:
            entry, end = _part(held, at, size, marks)
            if entry is not None and not entry.name.endswith("/"):
                found.append(entry)
            at = held.find(_PART, max(end, at + 4))
    return found


class _Marks:
    """Where marks stand in a file, asked for from ever later places; so that none is looked for twice over.

    Attributes:
        tried: records that were looked at and were none.
    """

    def __init__(self, held: mmap.mmap) -> None:
        self.tried = 0
        self._held = held
        self._known: dict[bytes, tuple[int, int]] = {}  # mark → from where it was looked for, where it was found

    def next(self, mark: bytes, start: int) -> int:
        """The first place of a mark at `start` or later, -1 for none."""
        begun, found = self._known.get(mark, (0, 0))
        if not (begun <= start and (found < 0 or start <= found)):
            found = self._held.find(mark, start)
            self._known[mark] = (start, found)
        return found


def _part(held: mmap.mmap, at: int, size: int, marks: _Marks) -> tuple[ZipEntry | None, int]:
    """The part whose header is at a place, and where to look for the next one."""
    header = held[at : at + _HEADER.size]
    if len(header) < _HEADER.size:
        return None, size
    _, _, flags, method, _, _, checksum, packed, unpacked, name_size, extra = _HEADER.unpack(header)
    start = at + _HEADER.size + name_size + extra
    raw = held[at + _HEADER.size : at + _HEADER.size + name_size]
    if start > size or not raw:
        return None, at + 4
    later = bool(flags & 8)  # checksum and sizes stand behind the data
    whole = (start + packed <= size and packed != _UNKNOWN) if packed or not later else False
    end = start + packed if whole else _end_of(held, start, size, marks, stored=method == zipfile.ZIP_STORED)
    entry = ZipEntry(
        name=raw.decode("utf-8", "replace") if flags & 0x800 else _name(raw),
        at=at,
        method=method,
        packed=end - start if whole or method == zipfile.ZIP_STORED else size - start,  # deflated data knows its end
        size=-1 if later else unpacked,
        checksum=checksum,
        checked=not later,
        encrypted=bool(flags & 1),
    )
    return entry, end


def _end_of(held: mmap.mmap, start: int, size: int, marks: _Marks, *, stored: bool) -> int:
    """Where the data of a part at the latest ends that does not say how long it is."""
    if stored:
        at = marks.next(_DESCRIPTOR, start)
        while at >= 0 and marks.tried < MAX_TRIED:
            marks.tried += 1
            if int.from_bytes(held[at + 8 : at + 12], "little") == at - start:
                return at
            at = held.find(_DESCRIPTOR, at + 4, at + TRIED_BYTES)
    return min((at for at in (marks.next(_PART, start), marks.next(_ENTRY, start)) if at >= 0), default=size)


def _name(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp437")
