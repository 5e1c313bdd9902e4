"""Blocks: what a sheet's payload is a row of. Each says its kind, its length and its check, and is unpacked by itself.

Source: docs/formats/page.md, "Stream".
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from galactica.engrave.stream.deflate import as_deflate, from_deflate

EDITION, LIST, RECORDS, PROOFS, NODES = "E", "L", "R", "P", "N"
"""The kinds of blocks; a reader steps over others."""

PLAIN, DEFLATE = 0, 1

_HEAD: Final = struct.Struct(">BBHHIII")
HEAD_BYTES: Final = _HEAD.size

MAX_CONTENT: Final = 64 * 2**20
"""Bytes of a block, unpacked: the largest record of an edition, with some room."""

MAX_PIECES: Final = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetBlock:
    """A block, packed.

    Attributes:
        kind: a letter.
        number: from 0, among those of its kind.
        packing: `PLAIN` or `DEFLATE`.
        packed: its bytes, of all pieces.
        check: CRC-32 of its content.
    """

    kind: str
    number: int
    packing: int
    packed: bytes
    check: int

    @property
    def size(self) -> int:
        """Bytes that it takes in one piece."""
        return HEAD_BYTES + len(self.packed)

    def whole(self) -> bytes:
        """Its bytes on a sheet, in one piece."""
        return self.piece(0, 1, self.packed)

    def piece(self, at: int, pieces: int, part: bytes) -> bytes:
        """The bytes of one of its pieces on a sheet."""
        head = _HEAD.pack(ord(self.kind), self.packing, at, pieces, self.number, len(part), self.check)
        return head + part

    def content(self) -> bytes:
        """What it holds.

        Raises:
            ValueError: it is damaged, too large, or packed in a way that this program does not know.
        """
        if self.packing == PLAIN:
            content = self.packed
        elif self.packing == DEFLATE:
            content = from_deflate(self.packed, MAX_CONTENT)
        else:
            raise ValueError(f"it is packed in way {self.packing}, which this program does not know")
        if len(content) > MAX_CONTENT:
            raise ValueError(f"it has more than {MAX_CONTENT:,} bytes")
        if zlib.crc32(content) != self.check:
            raise ValueError("its checksum fails")
        return content


def packed_block(kind: str, number: int, content: bytes, *, plain: bool = False, quick: bool = False) -> SheetBlock:
    """The block of a content: packed, where that makes it smaller.

    Args:
        plain: do not try.
        quick: only to see about how large it is.
    """
    packed = content if plain else as_deflate(content, quick=quick)
    smaller = len(packed) < len(content)
    return SheetBlock(
        kind=kind,
        number=number,
        packing=DEFLATE if smaller else PLAIN,
        packed=packed if smaller else content,
        check=zlib.crc32(content),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPiece:
    """A piece of a block, as a sheet has it; most blocks have one."""

    kind: str
    number: int
    packing: int
    at: int
    pieces: int
    check: int
    part: bytes


def pieces_in(payload: bytes) -> Iterator[SheetPiece]:
    """The pieces of blocks on a sheet, in order; where it does not go on as a row of blocks, no more."""
    at = 0
    while at + HEAD_BYTES <= len(payload):
        kind, packing, piece, pieces, number, size, check = _HEAD.unpack_from(payload, at)
        at += HEAD_BYTES
        if not kind or piece >= pieces or at + size > len(payload):
            return
        yield SheetPiece(
            kind=chr(kind),
            number=number,
            packing=packing,
            at=piece,
            pieces=pieces,
            check=check,
            part=payload[at : at + size],
        )
        at += size


class PieceJoiner:
    """Puts pieces together that come one by one, those of a block in any order."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, int, int, int], dict[int, bytes]] = {}
        self._held = 0

    def joined(self, piece: SheetPiece) -> SheetBlock | None:
        """The block whose last missing piece this is; None where there is more to come."""
        key = (piece.kind, piece.number, piece.pieces, piece.check)
        parts = {piece.at: piece.part}
        if piece.pieces > 1:
            if self._held + len(piece.part) > MAX_CONTENT:  # pieces whose others are lost
                self._waiting.clear()
                self._held = 0
            parts = self._waiting.setdefault(key, {})
            self._held += 0 if piece.at in parts else len(piece.part)
            parts.setdefault(piece.at, piece.part)
            if len(parts) < piece.pieces:
                return None
            del self._waiting[key]
            self._held -= sum(map(len, parts.values()))
        packed = b"".join(parts[at] for at in range(piece.pieces))
        return SheetBlock(kind=piece.kind, number=piece.number, packing=piece.packing, packed=packed, check=piece.check)
