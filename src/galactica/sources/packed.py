"""Files packed with gzip, bzip2, xz or Zstandard, as the readers of single files and archives see them: plain streams.

Rules: recognised by the first bytes, never by the name; whatever is wrong with the bytes comes out as `PackedError`,
so that callers know one thing to expect; a stream that unpacks to far more than any text does is cut off (a few
kilobytes can stand for a terabyte of zeros). Standards: RFC 1952 (gzip), the .xz file format 1.2.1, RFC 8878 (zstd).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from galactica.sources import mediawiki_streams
from galactica.sources.contract import HEAD_BYTES

MAX_RATIO = 250
"""How many times its packed size a stream may unpack to beyond `FREE_BYTES`. Real text stays below 20."""

FREE_BYTES = 256 * 2**20
"""Unpacked bytes before `MAX_RATIO` is looked at: small files may be as repetitive as they like."""

FREE_UNPACKED = 4 * FREE_BYTES
"""Bytes that any archive may unpack to, all levels together, before its size is looked at."""

PEEK_PACKED = 2**20
"""Packed bytes that `peek` reads at most: a bzip2 block has up to 900 kB."""

SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
"""Endings that packing adds to a name."""

_TAR_SUFFIXES = (".tgz", ".tbz2", ".tbz", ".txz", ".tzst")
_ZSTD = b"\x28\xb5\x2f\xfd"
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")


class PackedError(Exception):
    """A packed stream is damaged, cut off, or unpacks to too much.

    Attributes:
        reason: word for `Rejected.reason`: "truncated", "checksum" or "too-large".
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Budget:
    """What an archive may unpack to, all archives inside it together, and how many files it may hold.

    Args:
        size: bytes of the archive on disk.
        files: how many it may hold.
    """

    def __init__(self, size: int, files: int) -> None:
        self._left = FREE_UNPACKED + MAX_RATIO * size
        self._files = files

    @property
    def spent(self) -> bool:
        """Whether nothing more is to be taken from it."""
        return self._left < 0 or self._files < 0

    def take(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            PackedError: there were too many.
        """
        self._left -= size
        if self._left < 0:
            raise PackedError("too-large", f"unpacks to more than {MAX_RATIO} times its size")

    def file(self) -> None:
        """Count a file."""
        self._files -= 1


def packing(head: bytes) -> str:
    """Which packing these first bytes show: "gzip", "bzip2", "xz", "zstd", or "" for none."""
    if head.startswith(_ZSTD):
        return "zstd"
    kind = mediawiki_streams.packing(head)
    return "" if kind == "bzip2" and head[4:10] not in _BZIP2_BLOCKS else kind


def unpack(stream: BinaryIO) -> BinaryIO:
    """A reader of what the packed `stream` holds; closing it closes the stream.

    Raises (from its `read`): PackedError.
    """
    return cast(BinaryIO, io.BufferedReader(_Unpacked(stream), 2**18))


def peek(stream: BinaryIO, head: bytes) -> bytes:
    """The first unpacked `HEAD_BYTES` of a file that starts with `head`; less where there is less to be had.

    Args:
        stream: at its start; up to `PEEK_PACKED` bytes are read from it, and it is not closed.
    """
    if not packing(head):
        return head
    out = b""
    reader = _Unpacked(cast(BinaryIO, io.BytesIO(stream.read(PEEK_PACKED))))
    try:
        while len(out) < HEAD_BYTES and (piece := reader.read(HEAD_BYTES - len(out))):
            out += piece
    except PackedError:  # the end of what was peeked at looks like a file cut off: what came before it counts
        return out
    return out


def unpacked_name(name: str) -> str:
    """A name without the ending that packing added: "a.html.gz" → "a.html", "dump.tgz" → "dump.tar"."""
    lower = name.lower()
    for suffix in _TAR_SUFFIXES:
        if lower.endswith(suffix):
            return name[: -len(suffix)] + ".tar"
    for suffix in SUFFIXES:
        if lower.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


class _Unpacked(io.RawIOBase):
    """The bytes behind `unpack`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._pieces = _pieces(stream)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._stream.close()
        super().close()

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        size = min(len(view), len(self._rest))
        view[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what is unpacked, never an empty piece.

    Raises:
        PackedError: where it breaks off; what came before it has been yielded.
    """
    first = stream.read(4)
    counted = _Counted(stream, first)
    given = 0
    for piece in _zstd(counted) if first == _ZSTD else _members(counted):
        given += len(piece)
        if given > FREE_BYTES and given > MAX_RATIO * counted.taken:
            raise PackedError("too-large", f"unpacks to more than {MAX_RATIO} times its size")
        if piece:
            yield piece


def _members(counted: _Counted) -> Iterator[bytes]:
    unpacked = mediawiki_streams.Unpacked(cast(BinaryIO, counted))
    yield from unpacked.pieces()
    if unpacked.fault:
        raise PackedError(unpacked.fault.reason, unpacked.fault.detail)


def _zstd(counted: _Counted) -> Iterator[bytes]:
    import pyarrow as pa  # here, because recognising a text file must not load it

    try:
        stream = pa.CompressedInputStream(pa.PythonFile(counted, mode="r"), "zstd")
        while piece := stream.read(2**20):
            yield piece
    except (OSError, ValueError, MemoryError, pa.ArrowException) as error:
        reason = "truncated" if "end" in str(error).lower() else "checksum"
        raise PackedError(reason, f"packed stream is damaged: {error}"[:300]) from error


class _Counted(io.RawIOBase):
    """A stream that counts what was read from it, and gives its first bytes once more."""

    def __init__(self, stream: BinaryIO, first: bytes) -> None:
        self._stream = stream
        self._first = first
        self.taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        first, self._first = self._first, b""
        data = first + self._stream.read(size - len(first) if size >= 0 else -1)
        self.taken += len(data)
        return data
