"""Packets in a file: each with its length before it (2 bytes, big-endian), one behind another, and nothing else.

Such a file may be cut anywhere, joined with others by appending, and damaged: a reader goes on at the next place
where a packet of the length of the last good one stands. docs/formats/packet.md, section "Files".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from galactica.spread.packets.packet import ANNOUNCEMENT, BLOCK, MAX_PACKET, MIN_SYMBOL, OVERHEAD, read_packet

_WINDOW = 1 << 20
MAX_SEARCH = 16
"""How many times its own length a damaged file may cost to search; then the rest of it is given up."""


def framed(packet: bytes) -> bytes:
    """A packet as it stands in a file."""
    return len(packet).to_bytes(2, "big") + packet


def packets_in(path: Path, most: int | None = None) -> Iterator[bytes]:
    """The intact packets of a file, in order.

    Args:
        most: bytes of the file that are read; None: all.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        yield from _packets(file, path.stat().st_size, most)


def _packets(file: BinaryIO, size: int, most: int | None) -> Iterator[bytes]:
    budget = MAX_SEARCH * size
    buffer, at, last = b"", 0, 0
    taken = 0
    ended = False
    while True:
        if not ended and len(buffer) - at < MAX_PACKET + 2:
            wanted = _WINDOW if most is None else min(_WINDOW, most - taken)
            more = file.read(wanted) if wanted > 0 else b""
            taken += len(more)
            ended = not more
            buffer, at = buffer[at:] + more, 0
            continue
        if len(buffer) - at < 2:
            return
        length = int.from_bytes(buffer[at : at + 2], "big")
        packet = buffer[at + 2 : at + 2 + length]
        if MIN_SYMBOL + OVERHEAD <= length <= MAX_PACKET and len(packet) == length:
            budget -= length if read_packet(packet) is None else 0
            if read_packet(packet) is not None:
                yield packet
                at += 2 + length
                last = length
                continue
        if budget < 0:
            return
        at = _next(buffer, at + 1, last)


def _next(buffer: bytes, at: int, length: int) -> int:
    """The next place where something may begin: a length like the last one's (or any, before the first) and a kind."""
    places = [
        found
        for kind in (ANNOUNCEMENT, BLOCK)
        if (found := buffer.find(length.to_bytes(2, "big") + bytes([kind]) if length else bytes([kind]), at)) >= 0
    ]
    if not places:
        return max(at, len(buffer) - 2)
    return min(places) if length else max(at, min(places) - 2)


class PacketFile:
    """A file that packets are appended to, up to a size.

    Args:
        path: of the file; made with the first packet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = 0
        path.unlink(missing_ok=True)

    def append(self, packet: bytes, most: int) -> None:
        """Keep a packet, where it fits into `most` bytes."""
        if self._size + len(packet) + 2 <= most:
            with self._path.open("ab") as file:
                file.write(framed(packet))
            self._size += len(packet) + 2

    def packets(self) -> Iterator[bytes]:
        """What was kept."""
        if self._path.exists():
            yield from packets_in(self._path)

    def remove(self) -> None:
        """Forget it."""
        self._path.unlink(missing_ok=True)
