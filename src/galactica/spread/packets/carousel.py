"""The sending side: a release as an endless row of packets, the same from the same place however often it is begun
again.

Bytes of objects come in by a function, packets go out by an iterator; there is no socket, no clock, and nothing is kept
that could not be made again. Held in memory are the blocks that are being sent, at most `HELD_BYTES`, and what the
code takes to make their repair symbols.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from galactica.codes.erasure import first_repair, repair_symbols, symbol_point
from galactica.codes.erasure.layout import Symbols
from galactica.spread.packets.announcement import Announcement
from galactica.spread.packets.layout import LaidBlock, Layout, SentObject, lay_out
from galactica.spread.packets.packet import ANNOUNCEMENT, BLOCK, OVERHEAD, Packet, symbol_bytes
from galactica.spread.packets.schedule import CarouselPlan, SendingOrder

HELD_BYTES = 96 * 2**20
"""Bytes of source and repair symbols that are held: of two of the largest blocks, or of all the small ones before
them."""

ReadObject = Callable[[int, int, int], bytes]
"""(place in the list of objects, first byte, how many) → the bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A packet and where it stands.

    Attributes:
        cycle, index: what to go on from is the index behind it.
        packet: what is sent.
    """

    cycle: int
    index: int
    packet: bytes


class Carousel:
    """Makes the packets of a release.

    Args:
        announcement: its document, and what proves it.
        objects: what travels, in order of priority.
        read: gives bytes of an object.
        packet_bytes: length of packets, at the most; a symbol is an even number of bytes.
        plan: what the sender chooses.
        plainly: whether numpy alone makes repair symbols.

    Attributes:
        packet_bytes: length of each packet.
        release: its 6 bytes in packets.
        layout: its blocks.
        schedule: the order of sending.

    Raises:
        ValueError: the objects, the announcement or the length of packets are beyond their bounds.
    """

    def __init__(
        self,
        announcement: Announcement,
        objects: Sequence[SentObject],
        read: ReadObject,
        *,
        packet_bytes: int = 1400,
        plan: CarouselPlan | None = None,
        plainly: bool = False,
    ) -> None:
        self.packet_bytes = symbol_bytes(packet_bytes) + OVERHEAD
        self.plan = plan or CarouselPlan()
        self._head = announcement.to_bytes()
        self.release = announcement.release
        self._read = read
        self._plainly = plainly
        symbol = self.packet_bytes - OVERHEAD
        self.layout: Layout = lay_out(objects, symbol)
        self._head_block = announced_block(len(self._head), symbol)
        self.schedule = SendingOrder(self.layout, self._head_block.symbols, self.plan)
        self._held: OrderedDict[tuple[int, int], Symbols] = OrderedDict()

    def packets(self, cycle: int = 0, index: int = 0) -> Iterator[Sent]:
        """The packets from a place on, without end.

        Raises:
            OSError: an object cannot be read.
            ValueError: an object is shorter than it should be.
        """
        for at_cycle, place, slot in self.schedule.slots(cycle, index):
            yield Sent(cycle=at_cycle, index=place, packet=self.packet(slot.block, slot.number))

    def packet(self, number: int, symbol: int) -> bytes:
        """The packet of a symbol, by its number, of a block; -1 is the announcement."""
        block = self._head_block if number < 0 else self.layout.blocks[number]
        kind: Literal[0xA1, 0xA2] = ANNOUNCEMENT if number < 0 else BLOCK
        return Packet(
            kind=kind,
            release=self.release,
            place=len(self._head) if number < 0 else number,
            point=symbol_point(block.symbols, symbol),
            symbol=self._symbol(block, symbol),
        ).to_bytes()

    def _symbol(self, block: LaidBlock, number: int) -> bytes:
        if number < block.symbols:
            return bytes(self._kept(block, 0)[number])
        width = first_repair(block.symbols)
        chunk, within = divmod(number - block.symbols, width)
        return bytes(self._kept(block, chunk + 1)[within])

    def _kept(self, block: LaidBlock, chunk: int) -> Symbols:
        """The source symbols (chunk 0), or a stretch of repair symbols as long as their power of two."""
        key = (block.number, chunk)
        found = self._held.get(key)
        if found is None:
            if chunk:
                width = first_repair(block.symbols)
                found = repair_symbols(self._kept(block, 0), (chunk - 1) * width, width, plainly=self._plainly)
            else:
                found = self._source(block)
            self._held[key] = found
            while len(self._held) > 1 and sum(each.nbytes for each in self._held.values()) > HELD_BYTES:
                self._held.popitem(last=False)
        self._held.move_to_end(key)
        return found

    def _source(self, block: LaidBlock) -> Symbols:
        if block.number < 0:
            raw = self._head
        else:
            raw = b"".join(self._read(piece.object, piece.start, piece.size) for piece in block.pieces)
        if len(raw) != block.size:
            raise ValueError("an object is not as long as the release says")
        return symbols_in(raw, block.symbols, self.layout.symbol)


def announced_block(size: int, symbol: int) -> LaidBlock:
    """The block of an announcement of so many bytes.

    Raises:
        ValueError: it does not fit in one.
    """
    count = -(-size // symbol)
    if not 1 <= count <= 1 << 15:
        raise ValueError(f"an announcement of {size:,} bytes does not fit in symbols of {symbol} bytes")
    return LaidBlock(number=-1, size=size, symbols=count, pieces=())


def symbols_in(raw: bytes, count: int, symbol: int) -> Symbols:
    """The bytes of a block as its source symbols, zeros behind its end: uint8 [count, symbol]."""
    found = np.zeros(count * symbol, np.uint8)
    found[: len(raw)] = np.frombuffer(raw, np.uint8)
    return found.reshape(count, symbol)
