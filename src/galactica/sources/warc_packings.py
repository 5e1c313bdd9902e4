"""Web archives that are packed as one stream: LZ4 and Zstandard beside what all files may be packed with.

A Zstandard archive may begin with the dictionary that all its records need, in a frame that unpackers skip.
Standards: LZ4 frame format 1.6; RFC 8878 §3.1.2 (skippable frames); the .warc.zst convention of IIPC.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from galactica.errors import MissingError
from galactica.sources import packed

LZ4 = b"\x04\x22\x4d\x18"
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""How the skippable frame with the dictionary begins."""

MAX_DICTIONARY = 2**24
"""Bytes of a dictionary; those that crawlers make have some 100 kB."""

FED = 2**11
"""Packed bytes that are unpacked at a time: 4 of Zstandard can stand for 128 kB."""

_ZSTD = b"\x28\xb5\x2f\xfd"


def whole_stream(head: bytes) -> Callable[[BinaryIO], BinaryIO] | None:
    """What unpacks a file that begins so, as one stream; None where it is not packed."""
    if head.startswith(LZ4):
        return _lz4
    if head.startswith(DICTIONARY):
        return _zstd
    return packed.unpack if packed.packing(head) else None


def unpacked_start(head: bytes) -> bytes:
    """The first bytes of what begins so, packed with LZ4; b"" where they cannot be told."""
    import pyarrow as pa

    try:
        return bytes(pa.CompressedInputStream(pa.BufferReader(head), "lz4").read(1024))
    except (OSError, ValueError, pa.ArrowException):
        return b""


def _lz4(file: BinaryIO) -> BinaryIO:
    import pyarrow as pa  # here, because most archives need none of it

    found: BinaryIO = pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "lz4")
    return found


def _zstd(file: BinaryIO) -> BinaryIO:
    """Zstandard with a dictionary.

    Raises:
        MissingError: the library that knows dictionaries is not installed.
        OSError: there is no whole dictionary.
    """
    try:
        import zstandard
    except ImportError as error:
        raise MissingError(
            "This web archive is packed by Zstandard with a dictionary, which needs the package zstandard.",
            "Install it with: pip install 'galactica[build]'",
        ) from error
    (size,) = struct.unpack("<4xI", file.read(8).ljust(8, b"\0"))
    if size > MAX_DICTIONARY:
        raise OSError("a dictionary that is too large")
    raw = file.read(size)
    if len(raw) < size or not size:
        raise OSError("the dictionary has no end")
    try:
        if raw.startswith(_ZSTD):
            raw = zstandard.ZstdDecompressor().stream_reader(raw).read(MAX_DICTIONARY)
        unpacker = zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(raw))
    except zstandard.ZstdError as error:
        raise OSError(str(error)) from error
    return cast(BinaryIO, _Frames(file, unpacker.decompressobj, zstandard.ZstdError))


class _Unzstd(Protocol):
    """What unpacks one frame."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes) -> bytes: ...


class _Frames:
    """Frames after each other as a stream; one that breaks off is told, which the library's own stream does not."""

    def __init__(self, file: BinaryIO, make: Callable[[], _Unzstd], error: type[Exception]) -> None:
        self._file = file
        self._make = make
        self._error = error
        self._frame: _Unzstd | None = None
        self._rest = b""

    def read(self, size: int) -> bytes:
        """Some of the next bytes, b"" at the end; more than `size` where they unpack to more."""
        while True:
            data = self._rest or self._file.read(FED)
            if not data:
                if self._frame is not None:
                    raise OSError("the last frame has no end")
                return b""
            frame = self._frame = self._frame or self._make()
            try:
                found = frame.decompress(data[:FED])
            except self._error as error:
                raise OSError(str(error)) from error
            self._rest = data[FED:]
            if frame.eof:
                self._rest, self._frame = frame.unused_data + self._rest, None
            if found:
                return found

    def close(self) -> None:
        """Let go of it."""
        self._frame = None
