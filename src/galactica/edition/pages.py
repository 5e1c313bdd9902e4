"""One value out of a large Parquet column, by unpacking only the page it lies in.

pyarrow reads whole column chunks; for one article that is 8 MB of bodies unpacked for 16 kB wanted. Pages are
compressed one by one, so a reader that finds the page unpacks at most 512 kB: 0.25 ms instead of 8. This module reads
exactly what `tables` writes (data pages v1, PLAIN byte arrays, required column, zstd or no compression) and raises
`MalformedError` for anything else: then the caller reads the column chunk through pyarrow, slower and as right. An
edition rewritten by another Parquet writer stays readable.

Standard: Apache Parquet format 2.11 (parquet.thrift `PageHeader`, Encodings.md PLAIN), Thrift compact protocol.
All numbers come from a file that may be hostile: every offset is checked against the chunk it must lie in.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from galactica.codes.thrift import MalformedError, field_of, skip, zigzag

__all__ = ["DataPage", "MalformedError", "OpenPage", "leading_pages", "pages_of"]

MAX_PAGE = 256 * 2**20
"""Bytes that one page may unpack to; a bound against hostile files."""

_STEP = 1 << 16
_HEADER = 4096
_LENGTH = struct.Struct("<I")
_DATA_PAGE = 0
_PLAIN = 0


@dataclass(frozen=True, slots=True)
class DataPage:
    """Where a data page lies: first value, number of values, file offset and sizes of its compressed bytes."""

    first: int
    count: int
    offset: int
    packed: int
    unpacked: int


def pages_of(read: Callable[[int, int], bytes], start: int, length: int, values: int) -> tuple[DataPage, ...]:
    """The data pages of a column chunk.

    Args:
        read: gives the bytes of the file from an offset on: (offset, how many) → as many as there are.
        start: offset of the first page header (`data_page_offset`).
        length: bytes from there to the end of the chunk.
        values: how many values the chunk holds.

    Raises:
        MalformedError: a page is not a PLAIN data page v1 with plausible numbers.
    """
    return tuple(leading_pages(read, start, length, values))


def leading_pages(read: Callable[[int, int], bytes], start: int, length: int, values: int) -> Iterator[DataPage]:
    """As `pages_of`, page by page: where one is broken, those before it were given already."""
    position, end, first = start, start + length, 0
    if start < 0 or length < 0:
        raise MalformedError("column chunk outside the file")
    while first < values:
        beginning = read(position, min(_HEADER, end - position)) if position < end else b""
        header, size = _page_header(beginning, 0, len(beginning))
        position += size
        if header.kind != _DATA_PAGE or header.encoding != _PLAIN or header.count <= 0:
            raise MalformedError("not a plain data page")
        if header.packed < 0 or position + header.packed > end or not 0 <= header.unpacked <= MAX_PAGE:
            raise MalformedError("page outside its chunk")
        yield DataPage(first, header.count, position, header.packed, header.unpacked)
        position += header.packed
        first += header.count
    if first != values:
        raise MalformedError("pages hold another number of values than the chunk")


class OpenPage:
    """A page that is unpacked from its start as far as somebody needed; thread-safe.

    For all but the last eighth of its articles that is quicker than unpacking all of it at once. Nothing more is
    unpacked than the page's header promised.

    Args:
        packed: the page's compressed bytes.
        page: what its header says.
        codec: name of the compression for pyarrow; "" for none.
    """

    def __init__(self, packed: bytes, page: DataPage, codec: str) -> None:
        self._lock = threading.Lock()
        self._page = page
        self._packed = packed
        self._codec = codec
        self._starts = [0]
        self._stream: pa.NativeFile | None = None
        self._data: bytes | bytearray = b"" if codec else packed

    def value(self, number: int) -> bytes:
        """The `number`-th byte array of the page (each has its length before it, 4 bytes, little-endian).

        Raises:
            MalformedError: a length leads outside the page, or the page does not decompress.
        """
        with self._lock:
            if self._packed and self._codec:
                self._begin(whole=8 * number >= 7 * self._page.count)
            starts = self._starts
            start = starts[-1]
            while len(starts) <= number:  # of short articles some hundred times for each
                if start + 4 > len(self._data):
                    self._reach(start + 4)
                start += 4 + _LENGTH.unpack_from(self._data, start)[0]
                starts.append(start)
            start = starts[number]
            size = self._size(start)
            self._reach(start + 4 + size)
            return bytes(self._data[start + 4 : start + 4 + size])

    def _begin(self, *, whole: bool) -> None:
        try:
            if whole:
                self._data = pa.Codec(self._codec).decompress(self._packed, self._page.unpacked, asbytes=True)
            else:
                self._data = bytearray()
                self._stream = pa.CompressedInputStream(pa.BufferReader(self._packed), self._codec)
        except (OSError, pa.ArrowException) as error:
            raise MalformedError(str(error)) from error
        self._packed = b""  # the stream holds on to it as long as it needs it

    def _size(self, start: int) -> int:
        if start + 4 > len(self._data):
            self._reach(start + 4)
        return _LENGTH.unpack_from(self._data, start)[0]  # type: ignore[no-any-return]  # unpack is untyped

    def _reach(self, end: int) -> None:
        """Unpack until the first `end` bytes are there."""
        most = self._page.unpacked
        if end > most:
            raise MalformedError("value outside its page")
        while len(self._data) < end:
            try:
                more = self._stream.read(min(_STEP, most - len(self._data))) if self._stream else b""
            except (OSError, pa.ArrowException) as error:
                raise MalformedError(str(error)) from error
            if not more:
                raise MalformedError("page ends too early")
            self._data += more


@dataclass(slots=True)
class _Header:
    kind: int = -1
    unpacked: int = -1
    packed: int = -1
    count: int = -1
    encoding: int = -1


def _page_header(data: bytes, position: int, end: int) -> tuple[_Header, int]:
    """Read one `PageHeader` struct; returns it and the offset behind it."""
    header = _Header()
    field = 0
    while True:
        field, kind, position = field_of(data, position, end, field)
        if kind == 0:
            return header, position
        if kind == 5 and field in (1, 2, 3):
            number, position = zigzag(data, position, end)
            if field == 1:
                header.kind = number
            elif field == 2:
                header.unpacked = number
            else:
                header.packed = number
        elif kind == 12 and field == 5:
            position = _data_page_header(data, position, end, header)
        else:
            position = skip(data, position, end, kind, 0)


def _data_page_header(data: bytes, position: int, end: int, header: _Header) -> int:
    field = 0
    while True:
        field, kind, position = field_of(data, position, end, field)
        if kind == 0:
            return position
        if kind == 5 and field in (1, 2):
            number, position = zigzag(data, position, end)
            if field == 1:
                header.count = number
            else:
                header.encoding = number
        else:
            position = skip(data, position, end, kind, 0)
