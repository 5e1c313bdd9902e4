"""How sound carries bits: many tones at once (OFDM), each of which says two bits by how its phase moves.

A frame of sound is a chirp, by which it is found, and symbols of many tones: one to compare the first with, one that
says how many packets follow and how long they are, and those of the packets. Their bits are protected by a
convolutional code and spread over all tones and symbols, so that tones that a room swallows cost nothing that the code
cannot make good. Before each symbol stands the end of itself, longer than most of the echo. A chirp that rises is of
the profile for rooms, one that falls of that for cables.

Source: docs/formats/film.md, "Sound"; measured in benchmarks/spread_film.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
"""Samples a second, at which sound is made and understood; what was recorded at another rate is resampled."""

CHIRP = 2_048
"""Samples of a chirp."""

HEADER_BITS = 32
"""Of the packets' number and size (16) and their check (16)."""

GROUP = 4
"""Packets of one frame at most: its first symbols and its chirp then cost a tenth; a longer frame is lost in one."""

BLOCK = 200
"""Bytes that are coded as one block at most."""


@dataclass(frozen=True)
class Profile:
    """A way of sounding.

    Attributes:
        name: for a person.
        size: samples of a symbol without what is repeated, a power of two.
        guard: samples repeated before each.
        low, high: hertz of the band.
        rising: whether its chirp rises.
    """

    name: str
    size: int
    guard: int
    low: float
    high: float
    rising: bool

    @cached_property
    def tones(self) -> NDArray[np.int64]:
        """Numbers of the tones, multiples of RATE / size hertz."""
        return np.arange(int(np.ceil(self.low * self.size / RATE)), int(self.high * self.size / RATE) + 1)

    @property
    def step(self) -> int:
        """Samples of a symbol."""
        return self.size + self.guard

    @property
    def bits(self) -> int:
        """Coded bits of a symbol."""
        return 2 * len(self.tones)

    @cached_property
    def chirp(self) -> NDArray[np.float64]:
        """`float64 [CHIRP]`: sweeps the band, its ends faded, peak 1."""
        at = np.arange(CHIRP) / RATE
        span = CHIRP / RATE
        first, last = (self.low, self.high) if self.rising else (self.high, self.low)
        wave = np.sin(2 * np.pi * (first * at + (last - first) * at**2 / (2 * span)))
        fade = np.minimum(1, np.minimum(np.arange(CHIRP), np.arange(CHIRP)[::-1]) / 96)
        return np.asarray(wave * fade, np.float64)

    @cached_property
    def reference(self) -> NDArray[np.complex128]:
        """Phases of the tones in the first symbol: Schroeder's, which keep the wave flat."""
        count = len(self.tones)
        return np.asarray(np.exp(-1j * np.pi * np.arange(count) ** 2 / count), np.complex128)

    def symbols(self, size: int) -> int:
        """Symbols of so many bytes, without the first two."""
        return -(-coded_length(size) // self.bits)

    def samples(self, size: int) -> int:
        """Samples of a frame for so many bytes."""
        return CHIRP + self.guard + (2 + self.symbols(size)) * self.step + self.guard

    def seconds(self, size: int) -> float:
        """How long a frame of so many bytes sounds."""
        return self.samples(size) / RATE


ROOM = Profile(name="room", size=8_192, guard=3_072, low=1_000.0, high=9_000.0, rising=True)
"""Loudspeaker and microphone in a room."""

CABLE = Profile(name="cable", size=1_024, guard=64, low=500.0, high=15_000.0, rising=False)
"""A cable, a tape, a telephone line without echo."""

PROFILES = {each.name: each for each in (ROOM, CABLE)}


def blocks_of(size: int) -> tuple[int, int]:
    """(blocks, bytes of each) in which `size` bytes are coded; the last is filled with zeros."""
    blocks = max(1, -(-size // BLOCK))
    return blocks, -(-size // blocks)


def coded_length(size: int) -> int:
    """Coded bits of so many bytes."""
    blocks, each = blocks_of(size)
    return blocks * 2 * (8 * each + 6)


def spread_order(count: int) -> NDArray[np.int64]:
    """Where each of `count` coded bits stands among those that are sent: neighbours lie far apart.

    Multiplied by a number near the golden section of `count` that shares no divisor with it.
    """
    stride = max(1, int(count * 0.6180339887498949))
    while np.gcd(stride, count) != 1:
        stride += 1
    return np.arange(count, dtype=np.int64) * stride % count
