"""How the objects of a release lie in erasure blocks: known to whoever knows their sizes and the length of a symbol.

Rule 1. Objects are laid out in their order, which is that of their priority, each whole behind the one before.
Rule 2. A block is closed when it has at least a quarter of the bytes of all blocks before it, and at least 64
symbols: so the first are small, and whoever has received a hundredth of a release can read about a hundredth of it.
Rule 3. No block has more than 16,384 symbols or 32 MiB: an object that would lead past that begins the next block;
one that is longer than a block by itself is cut into pieces of the largest size.
Rule 4. A block is filled up with zeros to whole symbols.

docs/formats/packet.md, section "Blocks", is normative.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.spread.packets.packet import MAX_BLOCKS

MAX_BLOCK_SYMBOLS = 16_384
"""Source symbols of a block: three times as many repair symbols are left, and 0.3 % more than the ideal is enough."""

MAX_BLOCK_BYTES = 32 * 2**20
"""Bytes of a block: what sender and receiver hold in memory, some five times."""

LEAST_SYMBOLS = 64
"""Symbols from which on a block may be closed: below that, chance takes more repair symbols than the source has."""

SHARE = 4
"""A block is closed when it has one part in so many of all before it."""

MAX_OBJECTS = 1 << 20
"""Objects of a release: a thousand packs make some 300 MB."""

MAX_OBJECT_BYTES = 1 << 40
"""Bytes of an object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentObject:
    """An object that travels.

    Attributes:
        hash: SHA-256 of its bytes, 32 bytes.
        size: how many.
    """

    hash: bytes
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPiece:
    """A stretch of an object in a block.

    Attributes:
        object: its place in the list of objects.
        start, size: which bytes of it.
        offset: where they begin in the block.
    """

    object: int
    start: int
    size: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidBlock:
    """A block.

    Attributes:
        number: from 0.
        size: bytes of its pieces; zeros follow to whole symbols.
        symbols: k.
        pieces: in order, without gaps.
    """

    number: int
    size: int
    symbols: int
    pieces: tuple[BlockPiece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All blocks of a release.

    Attributes:
        symbol: bytes of a symbol.
        objects: what travels, in the order of priority.
        blocks: in order.
    """

    symbol: int
    objects: tuple[SentObject, ...]
    blocks: tuple[LaidBlock, ...]

    @property
    def size(self) -> int:
        """Bytes of all objects."""
        return sum(each.size for each in self.objects)

    def blocks_of(self, place: int) -> range:
        """The numbers of the blocks that hold a piece of the object at `place` of the list."""
        first = max(0, bisect_right(self.blocks, place, key=lambda block: block.pieces[0].object) - 1)
        while first and self.blocks[first - 1].pieces[-1].object == place:
            first -= 1
        last = first
        while last + 1 < len(self.blocks) and self.blocks[last + 1].pieces[0].object == place:
            last += 1
        return range(first, last + 1)


def lay_out(objects: Sequence[SentObject], symbol: int) -> Layout:
    """The blocks of these objects, in symbols of so many bytes.

    Raises:
        ValueError: they are too many, or one is too large, or empty.
    """
    if not 0 < len(objects) <= MAX_OBJECTS or any(not 0 < each.size <= MAX_OBJECT_BYTES for each in objects):
        raise ValueError("there are no objects, or too many, or one is empty or too large")
    most = min(MAX_BLOCK_SYMBOLS, MAX_BLOCK_BYTES // symbol) * symbol
    if sum(each.size for each in objects) // most >= MAX_BLOCKS // 2:
        raise ValueError("the objects are too large for symbols of this length")
    blocks: list[LaidBlock] = []
    pieces: list[BlockPiece] = []
    before = size = 0

    def close() -> None:
        nonlocal before, size
        if size:
            blocks.append(LaidBlock(number=len(blocks), size=size, symbols=-(-size // symbol), pieces=tuple(pieces)))
            before += size
            size = 0
            pieces.clear()

    for place, each in enumerate(objects):
        if size + each.size > most:
            close()
        for start in range(0, each.size, most):
            length = min(most, each.size - start)
            pieces.append(BlockPiece(object=place, start=start, size=length, offset=size))
            size += length
            if start + length < each.size:
                close()
        if size >= max(LEAST_SYMBOLS * symbol, min(before // SHARE, most)):
            close()
    close()
    return Layout(symbol=symbol, objects=tuple(objects), blocks=tuple(blocks))
