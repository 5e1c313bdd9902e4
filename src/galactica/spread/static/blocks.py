"""Blocks of sorted keys, found from the top: every pointer to a block holds the block's hash.

docs/formats/static.md, "Blocks". A *pointer* is where a block lies in its file, how long it is, and the SHA-256
of its bytes; so whoever has the pointer can check what a server sends before a byte of it is looked at. KeyedBlocks
of keys are the leaves; *branches* hold the first key of each block below with its pointer; the topmost branch lies in
the file `start`, whose hash is in the manifest.
"""

from __future__ import annotations

import hashlib
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from galactica.spread.static.coding import Bytes, front_coded, leb128, next_key

MAX_BLOCK = 4 * 2**20
"""Bytes of a block, packed and unpacked: what a reader holds of one at most. Written ones have some 16 kB; one with the
commonest words of a large edition has more."""

LEAF_BYTES = 16 * 1024
"""Unpacked bytes from which on a leaf is closed: some 9 kB packed."""

BRANCH_BYTES = 48 * 1024
"""Bytes of a branch, which cannot be packed: hashes have no pattern. What the top costs at opening."""

MAX_DEPTH = 6
"""Branches above a leaf: each has a thousand below it."""

HASH = 32


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where bytes lie in `file`, how many there are, and their SHA-256."""

    file: str
    offset: int
    size: int
    digest: bytes


def deflated(raw: bytes) -> bytes:
    """RFC 1951, as browsers unpack it ("deflate-raw")."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(raw) + packer.flush()


def inflated(raw: bytes, most: int = MAX_BLOCK) -> bytes:
    """What was packed; ValueError where it is broken, goes on behind its end, or holds more than `most` bytes."""
    unpacker = zlib.decompressobj(-15)
    try:
        out = unpacker.decompress(raw, most + 1)
    except zlib.error as error:
        raise ValueError("a block cannot be unpacked") from error
    if len(out) > most or not unpacker.eof or unpacker.unused_data or unpacker.unconsumed_tail:
        raise ValueError("a block unpacks to more than it may, or is cut off")
    return out


class BlockWriter:
    """Writes one file of sorted keys: `add` in order of keys, then `finish`.

    Args:
        file: to write to.
        name: of the file, for its pointers.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name
        self._at = 0
        self._below: list[tuple[bytes, int, int, bytes]] = []

    def add(self, first: bytes, raw: bytes) -> None:
        """A leaf.

        Args:
            first: its first key.
            raw: its bytes, not packed.
        """
        self._put(self._below, first, deflated(raw))

    def finish(self) -> bytes:
        """Write the branches; the topmost one, to be kept in `start`. One byte in front says how many levels are
        between it and the leaves."""
        below, depth = self._below, 0
        while True:
            groups = list(_groups(below))
            if len(groups) <= 1:
                return bytes((depth,)) + (groups[0] if groups else _branch([]))
            above: list[tuple[bytes, int, int, bytes]] = []
            done = 0
            for group in groups:
                first = below[done][0]
                self._put(above, first, group)
                done += Bytes(group).number()
            below, depth = above, depth + 1

    def _put(self, level: list[tuple[bytes, int, int, bytes]], first: bytes, packed: bytes) -> None:
        self._file.write(packed)
        level.append((first, self._at, len(packed), hashlib.sha256(packed).digest()))
        self._at += len(packed)


def _groups(level: list[tuple[bytes, int, int, bytes]]) -> Iterator[bytes]:
    """Branches over blocks that lie one behind the other."""
    group: list[tuple[bytes, int, int, bytes]] = []
    size = 0
    for entry in level:
        group.append(entry)
        size += len(entry[0]) + HASH + 4
        if size >= BRANCH_BYTES:
            yield _branch(group)
            group, size = [], 0
    if group:
        yield _branch(group)


def _branch(entries: list[tuple[bytes, int, int, bytes]]) -> bytes:
    parts = [leb128(len(entries)), leb128(entries[0][1] if entries else 0)]
    previous = b""
    for first, _, size, digest in entries:
        parts += [front_coded(previous, first), leb128(size), digest]
        previous = first
    return b"".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch that was read: the first keys of the blocks below it, in order, and their pointers."""

    firsts: tuple[bytes, ...]
    pointers: tuple[Pointer, ...]

    @classmethod
    def read(cls, raw: bytes, name: str) -> Branch:
        """The branch in these bytes, of the file `name`; ValueError where it is none."""
        reader = Bytes(raw)
        count, at = reader.number(), reader.number()
        firsts: list[bytes] = []
        pointers: list[Pointer] = []
        previous = b""
        for _ in range(count):
            previous = next_key(reader, previous)
            size = reader.number()
            if size > MAX_BLOCK or (firsts and previous < firsts[-1]):
                raise ValueError("a branch is out of order")
            firsts.append(previous)
            pointers.append(Pointer(name, at, size, reader.take(HASH)))
            at += size
        if not reader.ended:
            raise ValueError("something follows a branch")
        return cls(firsts=tuple(firsts), pointers=tuple(pointers))

    def below(self, key: bytes) -> int:
        """The number of the block that holds a key, or -1 where it is before the first."""
        return bisect_right(self.firsts, key) - 1
