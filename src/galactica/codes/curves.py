"""A picture of curves as a PNG, without any drawing library: axes with words, bands, lines, a legend.

Source: PNG specification, third edition, sections 5 and 11.2 (chunks), 9 (filter 0).
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from galactica.codes.dots import HIGH, WIDE, dots_of

Colour = tuple[int, int, int]
INKS: tuple[Colour, ...] = ((31, 98, 171), (201, 92, 12), (34, 128, 66), (136, 65, 157), (90, 90, 90))
"""Of lines, in order; the third and the fourth differ in brightness, too."""
_GREY, _BLACK = (222, 222, 222), (30, 30, 30)

WIDTH, HEIGHT = 1200, 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 30, 60, 90
_LARGE, _SMALL = 3, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlottedLine:
    """A curve.

    Attributes:
        name: said in the legend.
        points: (place across, value), in order of place.
        band: (place across, low, high) around it; empty: none.
    """

    name: str
    points: Sequence[tuple[float, float]]
    band: Sequence[tuple[float, float, float]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What a side of the picture shows.

    Attributes:
        low, high: values at its ends.
        ticks: (value, what is said there).
        name: said along it; letters of ASCII.
        logarithmic: whether equal stretches are equal ratios; then `low` is above 0.
    """

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    name: str
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Where a value lies, 0 at the low end to 1 at the high one; the ends for what is beyond."""
        if self.logarithmic:
            value, low, high = math.log(max(value, self.low)), math.log(self.low), math.log(self.high)
        else:
            low, high = self.low, self.high
        return min(max((value - low) / max(high - low, 1e-12), 0.0), 1.0)


def draw_curves(title: str, lines: Sequence[PlottedLine], *, across: Axis, up: Axis) -> bytes:
    """A PNG of lines.

    Args:
        title: above it; letters of ASCII.
        lines: as many as `INKS`.
        across, up: the axes.
    """
    return _Canvas(across, up).drawn(title, lines)


def even_ticks(low: float, high: float, parts: int) -> list[tuple[float, str]]:
    """Round values between two, about so many parts apart, and how they are written."""
    step = round_step((high - low) / parts)
    first = math.ceil(low / step - 1e-9)
    return [(n * step, f"{n * step:g}") for n in range(first, math.floor(high / step + 1e-9) + 1)]


class _Canvas:
    def __init__(self, across: Axis, up: Axis) -> None:
        self._across, self._up = across, up
        self._dots: NDArray[np.uint8] = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)

    def drawn(self, title: str, lines: Sequence[PlottedLine]) -> bytes:
        """The whole picture."""
        for line, ink in zip(lines, INKS, strict=False):
            self._band(line, ink)
        self._axes()
        for line, ink in zip(lines, INKS, strict=False):
            self._line(line.points, ink)
        self._text(title, _LEFT, 14, _LARGE)
        column = _LEFT
        for line, ink in zip(lines, INKS, strict=False):
            self._dots[HEIGHT - 24 : HEIGHT - 18, column : column + 28] = ink
            self._text(line.name, column + 36, HEIGHT - 30, _SMALL)
            column += 36 + WIDE * _SMALL * (len(line.name) + 2)
        return self._png()

    def _axes(self) -> None:
        for value, text in self._up.ticks:
            row = self._row(value)
            self._dots[row, _LEFT : WIDTH - _RIGHT] = _GREY
            self._text(text, _LEFT - 10 - WIDE * _SMALL * len(text), row - 7, _SMALL)
        for value, text in self._across.ticks:
            column = self._column(value)
            self._dots[_TOP : HEIGHT - _BOTTOM, column] = _GREY
            self._text(text, column - WIDE * _SMALL * len(text) // 2, HEIGHT - _BOTTOM + 8, _SMALL)
        said = self._across.name
        self._text(said, WIDTH - _RIGHT - WIDE * _SMALL * len(said), HEIGHT - _BOTTOM + 32, _SMALL)
        self._text(self._up.name, _LEFT, HEIGHT - _BOTTOM + 32, _SMALL)

    def _band(self, line: PlottedLine, ink: Colour) -> None:
        pale = tuple(255 - (255 - part) // 4 for part in ink)
        for (time, low, high), (then, later_low, later_high) in pairwise(line.band):
            first, last = self._column(time), self._column(then)
            for column in range(first, last + 1):
                share = (column - first) / max(1, last - first)
                top = self._row(high + share * (later_high - high))
                self._dots[top : self._row(low + share * (later_low - low)) + 1, column] = pale

    def _line(self, points: Sequence[tuple[float, float]], ink: Colour) -> None:
        for (time, value), (then, later) in pairwise(points):
            (c1, r1), (c2, r2) = (self._column(time), self._row(value)), (self._column(then), self._row(later))
            for share in np.linspace(0, 1, 1 + max(abs(c2 - c1), abs(r2 - r1), 1)):
                column, row = round(c1 + share * (c2 - c1)), round(r1 + share * (r2 - r1))
                self._dots[row - 1 : row + 2, column - 1 : column + 2] = ink

    def _column(self, value: float) -> int:
        return _LEFT + round(self._across.share(value) * (WIDTH - _LEFT - _RIGHT))

    def _row(self, value: float) -> int:
        return HEIGHT - _BOTTOM - round(self._up.share(value) * (HEIGHT - _BOTTOM - _TOP))

    def _text(self, text: str, column: int, row: int, scale: int) -> None:
        column = max(0, column)
        dots = dots_of(text, scale)[: HEIGHT - row, : max(0, WIDTH - column)]
        self._dots[row : row + HIGH * scale, column : column + dots.shape[1]][dots] = _BLACK

    def _png(self) -> bytes:
        rows = b"".join(b"\0" + row.tobytes() for row in self._dots)
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in parts
        )


def round_step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20, …"""
    power = 10.0 ** math.floor(math.log10(max(least, 1e-9)))
    return next(part * power for part in (1, 2, 5, 10) if part * power >= least * (1 - 1e-9))
