"""Where the chunks of one column lie, as a Parquet file's footer says; read without pyarrow.

pyarrow 26 ends the whole program where the footer of a damaged file gives a column one type in the schema and another
in its chunks (2026-11-28: 36 of 1,752 single flipped bits of a footer), as soon as the chunk is looked at. Here such a
footer gives other numbers, and every number is checked before it is used.

Standard: Apache Parquet format 2.11 (parquet.thrift `FileMetaData`, `RowGroup`, `ColumnChunk`, `ColumnMetaData`),
Thrift compact protocol. All numbers come from a file that may be hostile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from galactica.codes.thrift import END, NUMBER, STRUCT, MalformedError, field_of, skip, varint, zigzag

_LIST, _LONG = 9, 6
_MAX_FOOTER = 64 * 2**20
_MAX_GROUPS = 1 << 20

_ROW_GROUPS, _COLUMNS, _META = 4, 1, 3
"""Fields of `FileMetaData`, `RowGroup` and `ColumnChunk`."""

_ENCODINGS, _CODEC, _VALUES, _PACKED, _DATA, _DICTIONARY = 2, 4, 5, 7, 9, 11
"""Fields of `ColumnMetaData`."""

_MOST_ENCODINGS = 64

CODECS = ("UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW")
"""Names of parquet.thrift's `CompressionCodec`, by number."""

DELTA_BYTE_ARRAY = 7
"""Number of an encoding in which each value may repeat the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A column of a row group.

    Attributes:
        values: how many it holds.
        offset: of its first page of data.
        length: bytes of all its pages.
        dictionary: offset of its dictionary; -1 where it has none.
        codec: name of its compression; "" where that is none that is known.
        encodings: their numbers.
    """

    values: int
    offset: int
    length: int
    dictionary: int
    codec: str
    encodings: tuple[int, ...]


def chunks_of(read: Callable[[int, int], bytes], size: int, column: int) -> list[Chunk]:
    """The chunks of a column, one for each row group.

    Args:
        read: gives the bytes of the file from an offset on: (offset, how many).
        size: bytes of the file.
        column: its number among the leaves of the schema.

    Raises:
        MalformedError: the footer is none of a Parquet file.
    """
    tail = read(size - 8, 8) if size >= 12 else b""
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != b"PAR1" or not 0 < length <= min(size - 8, _MAX_FOOTER):
        raise MalformedError("no footer")
    data = read(size - 8 - length, length)
    end = len(data)
    position = _into(data, 0, end, _ROW_GROUPS, _LIST)
    count, position = _elements(data, position, end)
    found: list[Chunk] = []
    for _ in range(count):
        chunk, position = _group(data, position, end, column)
        found.append(chunk)
    return found


def _group(data: bytes, position: int, end: int, column: int) -> tuple[Chunk, int]:
    """The chunk of a row group, and the offset behind the group."""
    found, field = None, 0
    while True:
        field, kind, position = field_of(data, position, end, field)
        if kind == END:
            break
        if field != _COLUMNS or found is not None:
            position = skip(data, position, end, kind, 0)
            continue
        if kind != _LIST:
            break
        count, position = _elements(data, position, end)
        if not 0 <= column < count:
            raise MalformedError("no such column")
        for number in range(count):
            if number == column:
                found = _chunk(data, _into(data, position, end, _META, STRUCT), end)
            position = skip(data, position, end, STRUCT, 0)
    if found is None:
        raise MalformedError("a field is missing")
    return found, position


def _chunk(data: bytes, position: int, end: int) -> Chunk:
    numbers: dict[int, int] = {}
    encodings: tuple[int, ...] = ()
    field = 0
    while True:
        field, kind, position = field_of(data, position, end, field)
        if kind == END:
            break
        if kind == _LONG or (kind == NUMBER and field == _CODEC):
            numbers[field], position = zigzag(data, position, end)
        elif kind == _LIST and field == _ENCODINGS:
            encodings, position = _numbers(data, position, end)
        else:
            position = skip(data, position, end, kind, 0)
    try:
        return Chunk(
            values=numbers[_VALUES],
            offset=numbers[_DATA],
            length=numbers[_PACKED],
            dictionary=numbers.get(_DICTIONARY, -1),
            codec=CODECS[codec] if 0 <= (codec := numbers.get(_CODEC, -1)) < len(CODECS) else "",
            encodings=encodings,
        )
    except KeyError:
        raise MalformedError("a chunk without its numbers") from None


def _numbers(data: bytes, position: int, end: int) -> tuple[tuple[int, ...], int]:
    """A list of numbers, and the offset behind it."""
    if position >= end:
        raise MalformedError("list runs out of the footer")
    count, kind = data[position] >> 4, data[position] & 15
    position += 1
    if count == 15:
        count, position = varint(data, position, end)
    if kind != NUMBER or count > _MOST_ENCODINGS:
        raise MalformedError("no list of encodings")
    found = []
    for _ in range(count):
        number, position = zigzag(data, position, end)
        found.append(number)
    return tuple(found), position


def _into(data: bytes, position: int, end: int, wanted: int, kind: int) -> int:
    """Offset of the value of a field of a structure."""
    field = 0
    while True:
        field, found, position = field_of(data, position, end, field)
        if found == END or (field == wanted and found != kind):
            raise MalformedError("a field is missing")
        if field == wanted:
            return position
        position = skip(data, position, end, found, 0)


def _elements(data: bytes, position: int, end: int) -> tuple[int, int]:
    """(number of elements, offset of the first) of a list of structures."""
    if position >= end:
        raise MalformedError("list runs out of the footer")
    count, kind = data[position] >> 4, data[position] & 15
    position += 1
    if count == 15:
        count, position = varint(data, position, end)
    if kind != STRUCT or count > _MAX_GROUPS:
        raise MalformedError("no list of structures")
    return count, position
