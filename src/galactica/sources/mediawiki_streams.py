"""A dump's bytes, unpacked as they are read: plain, gzip, bzip2 or xz, told apart by content.

Rule 1: at most `CHUNK` bytes of input and `PIECE` bytes of output are held at a time.
Rule 2: concatenated members (multistream bzip2, RFC 1952 §2.2 for gzip, xz §2) are one stream; padding after the last
member is left alone.
Rule 3: a stream that breaks off or is damaged does not raise: it ends, and `Unpacked.fault` says how. Where that is
wanted, reading goes on at the next member of the file instead (of a multistream dump one stream of a hundred pages is
lost), and a `Fault` stands among the pieces where bytes are missing.
"""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

CHUNK = 256 * 1024
"""Bytes read from the file at a time."""

PIECE = 1024 * 1024
"""Bytes unpacked at a time, at most."""

HELD_BACK = 1024 * 1024
"""Unpacked bytes of bzip2 that wait until what follows them was read: a block has 900,000 at most, but for runs."""

XZ_MEMORY = 256 * 2**20
"""Bytes of memory that an xz stream may ask for; `xz -9` needs 65 MB."""

BOMB_BYTES, BOMB_RATIO = 256 * 2**20, 3000
"""Output is refused beyond this many bytes where it is also this many times the input: real dumps pack 3 to 100
fold, a bzip2 bomb a million fold."""


class _Decoder(Protocol):
    """What the three unpackers have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gunzip:
    """zlib's unpacker behind the interface of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max(max_length, 0))


def _unxz() -> _Decoder:
    return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=XZ_MEMORY)


_MAGIC: tuple[tuple[bytes, str, Callable[[], _Decoder]], ...] = (
    (b"BZh", "bzip2", bz2.BZ2Decompressor),
    (b"\x1f\x8b\x08", "gzip", _Gunzip),
    (b"\xfd7zXZ\x00", "xz", _unxz),
)


_NEXT = {
    # packing → how a member of it begins, more of it than the mark: found in the middle of damaged bytes
    "bzip2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    "gzip": re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.DOTALL),
    "xz": re.compile(rb"\xfd7zXZ\x00\x00[\x00\x01\x04\x0a]"),
}
_NEXT_BYTES = 10


def packing(head: bytes) -> str:
    """How bytes that begin with `head` are packed: "bzip2", "gzip", "xz", or "" for not at all."""
    return next((name for magic, name, _ in _MAGIC if head.startswith(magic)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a stream ended before its end: `reason` "truncated", "checksum" or "too-large"; `detail` for a person."""

    reason: str
    detail: str


class Unpacked:
    """The unpacked bytes of an open file; iterate `pieces()` once, or `parts()` to read on behind damage.

    Attributes:
        taken: bytes of the file read so far.
        given: bytes handed out so far.
        fault: why it ended early, or None.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.taken = 0
        self.given = 0
        self.fault: Fault | None = None
        self._rest = b""

    def _more(self) -> bytes:
        try:
            data = self._file.read(CHUNK)
        except OSError as error:
            self.fault = Fault(reason="truncated", detail=f"the file cannot be read further: {error.strerror}")
            return b""
        self.taken += len(data)
        return data

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes in order; ends early where the stream does, and then `fault` is set."""
        for part in self.parts():
            if isinstance(part, Fault):
                self.fault = part
                return
            yield part

    def parts(self) -> Iterator[bytes | Fault]:
        """Yield the bytes in order, and a `Fault` where some are missing; ends where nothing more can be unpacked."""
        first = self._more()
        make = next((make for magic, _, make in _MAGIC if first.startswith(magic)), None)
        source = self._plain(first) if make is None else self._members(first, make)
        for part in source:
            if isinstance(part, bytes):
                self.given += len(part)
                if self.given > BOMB_BYTES and self.given > BOMB_RATIO * self.taken:
                    self.fault = Fault(reason="too-large", detail=f"unpacks to over {BOMB_RATIO} times its size")
                    return
            yield part

    def _plain(self, data: bytes) -> Iterator[bytes]:
        while data:
            yield data
            data = self._more()

    def _members(self, data: bytes, make: Callable[[], _Decoder]) -> Iterator[bytes | Fault]:
        magic, kind = next((magic, kind) for magic, kind, m in _MAGIC if m is make)
        while True:
            yield from self._member(make(), data)
            fault, data = self.fault, self._rest
            if fault is None:
                data = data.lstrip(b"\0")
                while len(data) < len(magic):
                    more = self._more()
                    if not more:
                        break
                    data = (data + more).lstrip(b"\0")
                if not data:
                    return
                if data.startswith(magic):
                    continue
                # gzip -c and tar leave padding; anything else after the last member is not ours to read.
                fault = Fault(reason="checksum", detail="bytes after the packed stream are not part of it")
            self.fault = None
            data = self._next(data, kind)
            if not data:
                self.fault = fault
                return
            yield fault

    def _member(self, decoder: _Decoder, data: bytes) -> Iterator[bytes]:
        """One member; `_rest` is then what of the bytes read may belong to the next."""
        self._rest = data
        # bzip2 finds out that a block is wrong only when it has unpacked it: until then its text is not given out.
        behind = HELD_BACK if isinstance(decoder, bz2.BZ2Decompressor) else 0
        held: deque[bytes] = deque()
        waiting = 0
        while not decoder.eof:
            starved = not data and decoder.needs_input
            if starved:
                data = self._more()
                self._rest = data or self._rest
            try:
                piece = decoder.decompress(data, PIECE)
            except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, MemoryError) as error:
                self.fault = Fault(reason="checksum", detail=f"packed stream is damaged: {error}"[:300])
                return
            if starved and not data and not piece and not decoder.eof:
                self.fault = self.fault or Fault(reason="truncated", detail="packed stream breaks off")
                break
            data = b""
            if piece:
                held.append(piece)
                waiting += len(piece)
                while held and waiting - len(held[0]) >= behind:
                    waiting -= len(held[0])
                    yield held.popleft()
        yield from held
        self._rest = decoder.unused_data if decoder.eof else self._rest

    def _next(self, data: bytes, kind: str) -> bytes:
        """The bytes from the next member on, b"" where none follows; `data` begins with the damaged one, or in it."""
        while True:
            found = _NEXT[kind].search(data, 1)
            if found:
                return data[found.start() :]
            data = data[-_NEXT_BYTES:]
            more = self._more()
            if not more:
                return b""
            data += more
