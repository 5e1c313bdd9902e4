"""A packet: one symbol of one block of one release, and enough beside it to be understood alone.

docs/formats/packet.md is normative. All numbers are big-endian:

    0   1  kind: A1 a symbol of the announcement, A2 a symbol of a block of objects
    1   6  release: the first bytes of the SHA-256 of its document; tells releases apart, proves nothing
    7   3  A1: bytes of the announcement; A2: number of the block
    10  2  point of the symbol in its block
    12  …  the symbol, an even number of bytes, at least 64
    -4  4  CRC-32 of all before (RFC 1952 section 8)

A packet tells by its length how long symbols are. What is no packet costs whoever reads it one pass over its bytes.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Final, Literal

ANNOUNCEMENT: Final = 0xA1
BLOCK: Final = 0xA2
"""Kinds of packets. Their upper half is the version of the format: another one has other kinds."""

RELEASE_BYTES = 6
HEADER_BYTES = 12
CHECK_BYTES = 4
OVERHEAD = HEADER_BYTES + CHECK_BYTES
"""Bytes of a packet that are not its symbol."""

MIN_SYMBOL = 64
"""Bytes of a symbol: with fewer, headers would be a quarter of what is sent."""

MAX_PACKET = 8192
"""Bytes of a packet: jumbo frames carry 9,000, less what the network's headers take."""

MAX_BLOCKS = 1 << 24
"""Blocks of a release, by what the header's field holds."""

_HEADER = struct.Struct(f">B{RELEASE_BYTES}s3sH")
_CHECK = struct.Struct(">I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """What a packet says. Nothing vouches for it: whoever sends may have made it up.

    Attributes:
        kind: `ANNOUNCEMENT` or `BLOCK`.
        release: 6 bytes.
        place: bytes of the announcement, or the number of the block.
        point: of the symbol in its block, 0 to 65535.
        symbol: its bytes.
    """

    kind: Literal[0xA1, 0xA2]
    release: bytes
    place: int
    point: int
    symbol: bytes

    def to_bytes(self) -> bytes:
        """The bytes that travel."""
        body = _HEADER.pack(self.kind, self.release, self.place.to_bytes(3, "big"), self.point) + self.symbol
        return body + _CHECK.pack(zlib.crc32(body))


def read_packet(raw: bytes | memoryview) -> Packet | None:
    """The packet in these bytes, or None where they are no packet, or a damaged one."""
    size = len(raw)
    if not MIN_SYMBOL + OVERHEAD <= size <= MAX_PACKET or size % 2 or raw[0] not in (ANNOUNCEMENT, BLOCK):
        return None
    if zlib.crc32(raw[:-CHECK_BYTES]) != _CHECK.unpack_from(raw, size - CHECK_BYTES)[0]:
        return None
    kind, release, place, point = _HEADER.unpack_from(raw)
    symbol = bytes(raw[HEADER_BYTES:-CHECK_BYTES])
    return Packet(kind=kind, release=release, place=int.from_bytes(place, "big"), point=point, symbol=symbol)


def symbol_bytes(packet_bytes: int) -> int:
    """Bytes of a symbol in packets of that length at the most.

    Raises:
        ValueError: packets are never so short or so long.
    """
    if not MIN_SYMBOL + OVERHEAD <= packet_bytes <= MAX_PACKET:
        raise ValueError(f"a packet has {MIN_SYMBOL + OVERHEAD} to {MAX_PACKET} bytes, not {packet_bytes}")
    return (packet_bytes - OVERHEAD) // 2 * 2
