"""A packet is understood alone, or is none."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.spread.packets.packet import (
    ANNOUNCEMENT,
    BLOCK,
    MAX_PACKET,
    OVERHEAD,
    Packet,
    read_packet,
    symbol_bytes,
)

SYMBOLS = st.integers(32, 200).flatmap(lambda half: st.binary(min_size=2 * half, max_size=2 * half))


def packet(symbol: bytes = bytes(64)) -> Packet:
    return Packet(kind=BLOCK, release=b"abcdef", place=258, point=772, symbol=symbol)


@given(st.sampled_from([ANNOUNCEMENT, BLOCK]), st.binary(min_size=6, max_size=6), st.integers(0, 2**24 - 1), SYMBOLS)
def test_what_was_written_is_read(kind: int, release: bytes, place: int, symbol: bytes) -> None:
    sent = Packet(kind=kind, release=release, place=place, point=place & 65535, symbol=symbol)  # type: ignore[arg-type]
    assert read_packet(sent.to_bytes()) == sent
    assert len(sent.to_bytes()) == len(symbol) + OVERHEAD


def test_its_bytes_are_those_of_the_description() -> None:
    header = bytes([0xA2]) + b"abcdef" + bytes([0, 1, 2]) + bytes([3, 4])
    body = header + bytes(64)
    assert packet().to_bytes() == body + zlib.crc32(body).to_bytes(4, "big")


def test_any_flipped_bit_makes_it_none() -> None:
    raw = packet(bytes(range(64))).to_bytes()
    for place in range(8 * len(raw)):
        flipped = bytearray(raw)
        flipped[place >> 3] ^= 1 << (place & 7)
        assert read_packet(bytes(flipped)) is None


@given(st.binary(max_size=200))
def test_garbage_is_no_packet(raw: bytes) -> None:
    assert read_packet(raw) is None


@pytest.mark.parametrize("size", [0, 1, 63, 65, 62, MAX_PACKET])
def test_a_packet_of_another_length_is_none(size: int) -> None:
    assert read_packet(packet(bytes(size)).to_bytes()) is None


def test_of_another_version_it_is_none() -> None:
    body = b"\xb2" + packet().to_bytes()[1:-4]
    assert read_packet(body + zlib.crc32(body).to_bytes(4, "big")) is None


def test_symbols_are_even_and_as_long_as_fits() -> None:
    assert [symbol_bytes(size) for size in (80, 81, 82, 200, 1400, 8192)] == [64, 64, 66, 184, 1384, 8176]
    for size in (0, 79, 8193):
        with pytest.raises(ValueError, match="a packet has 80 to 8192 bytes"):
            symbol_bytes(size)
