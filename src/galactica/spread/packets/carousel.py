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
from pathlib import Path
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
        scratch: an empty folder for repair symbols, of about the size of the objects: without it those that rounds send
            are made again for each round.

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
        scratch: Path | None = None,
    ) -> None:
        self.packet_bytes = symbol_bytes(packet_bytes) + OVERHEAD
        self.plan = plan or CarouselPlan()
        self._head = announcement.to_bytes()
        self.release = announcement.release
        self._read = read
        self._plainly = plainly
        self._scratch = scratch
        self._aside: dict[int, int] = {}  # block → which stretch of its repair symbols is put aside
        symbol = self.packet_bytes - OVERHEAD
        self.layout: Layout = lay_out(objects, symbol)
        self._head_block = announced_block(len(self._head), symbol)
        self.schedule = SendingOrder(self.layout, self._head_block.symbols, self.plan)
        self._held: OrderedDict[tuple[int, int], Symbols] = OrderedDict()

    @property
    def announced_bytes(self) -> int:
        """Bytes of the announcement as it travels."""
        return len(self._head)

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
            return bytes(self._kept(block)[number])
        width = first_repair(block.symbols)
        chunk, within = divmod(number - block.symbols, width)
        return bytes(self._repairs(block, chunk, width)[within])

    def _kept(self, block: LaidBlock) -> Symbols:
        """The source symbols of a block."""
        return self._hold((block.number, -1), lambda: self._source(block))

    def _repairs(self, block: LaidBlock, chunk: int, width: int) -> Symbols:
        """A stretch of repair symbols of a block, as long as its power of two: held, or read where it was put aside."""

        def made() -> Symbols:
            return repair_symbols(self._kept(block), chunk * width, width, plainly=self._plainly)

        if self._scratch is None:
            return self._hold((block.number, chunk), made)
        path = self._scratch / f"{block.number}-{chunk}.repair"
        before = self._aside.get(block.number)
        if before != chunk:
            with path.open("wb") as file:
                made().tofile(file)
            if before is not None:
                (self._scratch / f"{block.number}-{before}.repair").unlink()
            self._aside[block.number] = chunk
        key = (block.number, chunk)
        return self._hold(key, lambda: np.memmap(path, np.uint8, "r", shape=(width, self.layout.symbol)))

    def _hold(self, key: tuple[int, int], make: Callable[[], Symbols]) -> Symbols:
        """What is held under a key, made if it is not; what was asked for longest ago goes."""
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = make()
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
