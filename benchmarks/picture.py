"""A plain chart as a PNG, without any drawing library: axes, lines, numbers at the ticks.

Written for one curve or three; what the colours mean is said beside the picture. Source: PNG specification, third
edition, sections 5 and 11.2 (chunks), 9 (filter 0).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Colour = tuple[int, int, int]
BLUE, ORANGE, GREEN, GREY, BLACK = (31, 98, 171), (214, 108, 22), (40, 138, 72), (217, 217, 217), (40, 40, 40)

WIDTH, HEIGHT, LEFT, BOTTOM, EDGE = 720, 440, 56, 40, 18

_ROWS = {
    "0": "757 555 557", "1": "262 222 227", "2": "717 171 747", "3": "717 171 717", "4": "555 571 111",
    "5": "747 471 717", "6": "747 475 557", "7": "711 122 222", "8": "757 575 557", "9": "755 571 717",
    ".": "000 000 002", "-": "000 070 000",
}  # fmt: skip


class Chart:
    """Draws in the rectangle of `x` and `y`, each from its lowest to its highest value."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float], *, ticks: tuple[float, float]) -> None:
        self._x, self._y = x, y
        self._canvas: NDArray[np.uint8] = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
        for value in np.arange(np.ceil(x[0] / ticks[0]) * ticks[0], x[1] + 1e-9, ticks[0]):
            self._rule((value, y[0]), (value, y[1]))
            column, row = self._at((value, y[0]))
            self._number(value, column - 3 * len(f"{value:g}"), row + 8)
        for value in np.arange(np.ceil(y[0] / ticks[1]) * ticks[1], y[1] + 1e-9, ticks[1]):
            self._rule((x[0], value), (x[1], value))
            column, row = self._at((x[0], value))
            self._number(value, column - 8 * len(f"{value:g}") - 6, row - 5)

    def line(self, points: Sequence[Point], colour: Colour, thick: int = 2) -> None:
        """A line through points."""
        for (x1, y1), (x2, y2) in pairwise(points):
            (c1, r1), (c2, r2) = self._at((x1, y1)), self._at((x2, y2))
            for share in np.linspace(0, 1, 2 + 2 * max(abs(c2 - c1), abs(r2 - r1))):
                column, row = round(c1 + share * (c2 - c1)), round(r1 + share * (r2 - r1))
                self._canvas[max(0, row) : row + thick, max(0, column) : column + thick] = colour

    def write(self, path: Path) -> None:
        """Write the picture."""
        rows = b"".join(b"\0" + row.tobytes() for row in self._canvas)
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)

    def _at(self, point: Point) -> tuple[int, int]:
        """(column, row) of a point."""
        across = (point[0] - self._x[0]) / (self._x[1] - self._x[0])
        up = (point[1] - self._y[0]) / (self._y[1] - self._y[0])
        return round(LEFT + across * (WIDTH - LEFT - EDGE)), round(HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - EDGE))

    def _rule(self, one: Point, other: Point) -> None:
        self.line([one, other], GREY, 1)

    def _number(self, value: float, column: int, row: int) -> None:
        for place, sign in enumerate(f"{value:g}"):
            for down, bits in enumerate("".join(_ROWS[sign].split())[:9]):
                for right in range(3):
                    if int(bits) >> (2 - right) & 1:
                        top, left = row + down, column + place * 8 + right * 2
                        self._canvas[top : top + 1, left : left + 2] = BLACK


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
