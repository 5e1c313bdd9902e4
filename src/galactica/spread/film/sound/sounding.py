"""Packets as sound.

Source: docs/formats/film.md, "Sound".
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.spread.film.envelope import MAX_PACKET
from galactica.spread.film.sound.convolution import encoded_bits
from galactica.spread.film.sound.profile import CHIRP, GROUP, ROOM, Profile, blocks_of, spread_order

Samples = NDArray[np.float32]
"""`float32 [n]`, −1 to 1, at `profile.RATE` samples a second."""

LOUDNESS = 0.16
"""Root mean square of the symbols, of 1: peaks of so many tones are six times that, and what is above 1 is cut off."""

_STEPS = np.exp(0.5j * np.pi * np.arange(4))
_GRAY = np.array([0, 1, 3, 2])
"""Two bits → quarter turns: neighbours differ in one bit."""


def sounded(packets: Iterable[bytes], profile: Profile = ROOM) -> Iterator[Samples]:
    """The sound of packets, frame after frame.

    Raises:
        ValueError: a packet is empty or too large.
    """
    return (sounded_group(group, profile) for group in groups_of(packets))


def groups_of(packets: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    """The packets of each frame: up to `GROUP` neighbours of one size."""
    group: list[bytes] = []
    for packet in packets:
        if group and (len(group) == GROUP or len(packet) != len(group[0])):
            yield tuple(group)
            group = []
        group.append(packet)
    if group:
        yield tuple(group)


def sounded_group(group: Sequence[bytes], profile: Profile = ROOM) -> Samples:
    """The frame of sound that carries packets.

    Args:
        group: 1 to `GROUP` packets of one size.

    Raises:
        ValueError: they are too many, empty, larger than `MAX_PACKET` bytes or of several sizes.
    """
    size = len(group[0]) if group else 0
    if not (0 < size <= MAX_PACKET and len(group) <= GROUP and all(len(packet) == size for packet in group)):
        raise ValueError(f"a frame of sound carries 1 to {GROUP} packets of one size, at most {MAX_PACKET} bytes each")
    plain = b"".join(group)
    bits = np.concatenate([header_bits(len(group), size, profile), payload_bits(plain, profile)])
    moves = _STEPS[_GRAY[bits.reshape(-1, len(profile.tones), 2) @ np.array((2, 1))]]
    phases = profile.reference * np.cumprod(np.concatenate([np.ones((1, len(profile.tones))), moves]), axis=0)
    spectrum = np.zeros((len(phases), profile.size // 2 + 1), np.complex128)
    spectrum[:, profile.tones] = phases
    waves = np.fft.irfft(spectrum, profile.size, axis=1)
    waves *= LOUDNESS / np.sqrt((waves**2).mean())
    symbols = np.concatenate([waves[:, -profile.guard :], waves], axis=1).reshape(-1)
    made = np.zeros(profile.samples(len(plain)), np.float32)
    made[:CHIRP] = profile.chirp * 0.5
    begin = CHIRP + profile.guard
    made[begin : begin + len(symbols)] = np.clip(symbols, -1, 1)
    return made


def header_bits(count: int, size: int, profile: Profile) -> NDArray[np.uint8]:
    """The coded bits of the header, again and again until the symbol is full.

    Args:
        count: packets, 1 to 16: the upper four bits say one less.
        size: bytes of each, up to 4,095.
    """
    told = (count - 1 << 12 | size).to_bytes(2, "big")
    raw = told + binascii.crc_hqx(told, 0xFFFF).to_bytes(2, "big")
    coded = encoded_bits(np.unpackbits(np.frombuffer(raw, np.uint8))[None])[0]
    order = spread_order(profile.bits)
    made = np.empty(profile.bits, np.uint8)
    made[order] = np.resize(coded, profile.bits)
    return made


def payload_bits(plain: bytes, profile: Profile) -> NDArray[np.uint8]:
    """The coded bits of packets, spread, and filled up to whole symbols with the first again."""
    blocks, each = blocks_of(len(plain))
    filled = np.frombuffer(plain.ljust(blocks * each, b"\0"), np.uint8)
    coded = encoded_bits(np.unpackbits(whitened(filled)).reshape(blocks, -1)).reshape(-1)
    total = profile.symbols(len(plain)) * profile.bits
    made = np.empty(total, np.uint8)
    made[spread_order(total)] = np.resize(coded, total)
    return made


def whitened(plain: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bytes with a fixed sequence laid over them, so that a row of zeros is no pure tone; doing it again takes it off.

    The sequence is x(i) = high byte of (i · 40503 + 12345) · 2654435761 mod 2³².
    """
    at = np.arange(len(plain), dtype=np.uint64)
    sequence = ((at * 40503 + 12345) * 2654435761 & 0xFFFFFFFF) >> 24
    return plain ^ sequence.astype(np.uint8)
