"""Frames as PNG pictures, and as one animated PNG: black and white, one bit a pixel.

Source: PNG, third edition (W3C 2025): §5.3 chunks, §11.2.1 IHDR, §11.3.6 acTL, fcTL, fdAT.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

import numpy as np

from galactica.spread.film.symbols import Modules

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_SCALE = 32
"""Pixels of a module's side."""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _header(modules: Modules, scale: int) -> bytes:
    height, width = modules.shape
    return SIGNATURE + _chunk(b"IHDR", struct.pack(">IIBBBBB", width * scale, height * scale, 1, 0, 0, 0, 0))


def _rows(modules: Modules, scale: int) -> bytes:
    """The picture's rows, compressed; the rows of a module are the same, which filter 2 (up) makes zeros."""
    bits = np.packbits(np.repeat(1 - modules, scale, axis=1), axis=1)
    rows = np.zeros((len(bits) * scale, bits.shape[1] + 1), np.uint8)
    rows[:, 0] = 2
    rows[::scale, 0] = 0
    rows[::scale, 1:] = bits
    return zlib.compress(rows.tobytes(), 6)


def png(modules: Modules, *, scale: int = 8) -> bytes:
    """A frame as a PNG file.

    Args:
        scale: pixels of a module's side, 1 to `MAX_SCALE`.
    """
    return _header(modules, scale) + _chunk(b"IDAT", _rows(modules, scale)) + _chunk(b"IEND", b"")


def animated_png(frames: Iterable[Modules], count: int, *, rate: int, scale: int = 8) -> Iterator[bytes]:
    """The pieces of an animated PNG, which plays without end.

    Args:
        frames: of one shape, at least one.
        count: how many there are.
        rate: frames a second.
    """
    sequence = 0
    for number, modules in enumerate(frames):
        if number == 0:
            yield _header(modules, scale) + _chunk(b"acTL", struct.pack(">II", count, 0))
        height, width = modules.shape
        told = struct.pack(">IIIIIHHBB", sequence, width * scale, height * scale, 0, 0, 1, rate, 0, 0)
        rows = _rows(modules, scale)
        sequence += 1
        yield _chunk(b"fcTL", told)
        if number == 0:
            yield _chunk(b"IDAT", rows)
        else:
            yield _chunk(b"fdAT", struct.pack(">I", sequence) + rows)
            sequence += 1
    yield _chunk(b"IEND", b"")
