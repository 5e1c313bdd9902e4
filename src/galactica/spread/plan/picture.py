"""A picture of curves over time as a PNG, without any drawing library: axes with words, bands, lines, a legend.

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

from galactica.spread.plan.letters import HIGH, WIDE, dots_of

Colour = tuple[int, int, int]
INKS: tuple[Colour, ...] = ((31, 98, 171), (201, 92, 12), (34, 128, 66), (136, 65, 157), (90, 90, 90))
"""Of lines, in order; the third and the fourth differ in brightness, too."""
_GREY, _BLACK = (222, 222, 222), (30, 30, 30)

WIDTH, HEIGHT = 1200, 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 30, 60, 90
_LARGE, _SMALL = 3, 2

UNITS = ((365.25 * 86_400.0, "years"), (86_400.0, "days"), (3600.0, "hours"), (60.0, "minutes"), (1.0, "seconds"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlottedLine:
    """A curve.

    Attributes:
        name: said in the legend.
        points: (seconds, value), in order of time.
        band: (seconds, low, high) around it; empty: none.
    """

    name: str
    points: Sequence[tuple[float, float]]
    band: Sequence[tuple[float, float, float]] = ()


def curves_png(
    title: str, lines: Sequence[PlottedLine], *, until: float, since: float = 0.0, said: str = "share that can be read"
) -> bytes:
    """A PNG of lines between 0 and 1 over time.

    Args:
        title: above it; letters of ASCII.
        lines: as many as `INKS`.
        until: seconds at the right edge.
        since: seconds at the left edge; above 0, the axis of time is logarithmic.
        said: what goes up, beside the title.
    """
    return _Canvas(since, until).drawn(title, lines, said)


class _Canvas:
    def __init__(self, since: float, until: float) -> None:
        self._since, self._until = since, max(until, since * 1.001 + 1e-9)
        self._dots: NDArray[np.uint8] = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)

    def drawn(self, title: str, lines: Sequence[PlottedLine], said: str) -> bytes:
        """The whole picture."""
        for line, ink in zip(lines, INKS, strict=False):
            self._band(line, ink)
        self._axes(said)
        for line, ink in zip(lines, INKS, strict=False):
            self._line(line.points, ink)
        self._text(title, _LEFT, 14, _LARGE)
        column = _LEFT
        for line, ink in zip(lines, INKS, strict=False):
            self._dots[HEIGHT - 24 : HEIGHT - 18, column : column + 28] = ink
            self._text(line.name, column + 36, HEIGHT - 30, _SMALL)
            column += 36 + WIDE * _SMALL * (len(line.name) + 2)
        return self._png()

    def _axes(self, said: str) -> None:
        for tenth in range(0, 11, 2):
            row = self._row(tenth / 10)
            self._dots[row, _LEFT : WIDTH - _RIGHT] = _GREY
            text = f"{tenth * 10}%"
            self._text(text, _LEFT - 10 - WIDE * _SMALL * len(text), row - 7, _SMALL)
        for time, text in self._ticks():
            column = self._column(time)
            self._dots[_TOP : HEIGHT - _BOTTOM, column] = _GREY
            self._text(text, column - WIDE * _SMALL * len(text) // 2, HEIGHT - _BOTTOM + 8, _SMALL)
        unit = "time since the sender began" if self._since else f"{self._unit()[1]} since the sender began"
        self._text(unit, WIDTH - _RIGHT - WIDE * _SMALL * len(unit), HEIGHT - _BOTTOM + 32, _SMALL)
        self._text(said, _LEFT, HEIGHT - _BOTTOM + 32, _SMALL)

    def _unit(self) -> tuple[float, str]:
        return next((each for each in UNITS if self._until >= 2 * each[0]), UNITS[-1])

    def _ticks(self) -> list[tuple[float, str]]:
        """(seconds, what is said there)."""
        if self._since:
            marks = [(1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3600, "1 h"), (36_000, "10 h")]
            marks += [(86_400 * n, f"{n} d") for n in (1, 2, 4, 10, 20, 40, 100, 200, 400, 1000)]
            return [each for each in marks if self._since <= each[0] <= self._until]
        unit = self._unit()[0]
        step = _round_step(self._until / unit / 8)
        return [(n * step * unit, f"{n * step:g}") for n in range(int(self._until / unit / step) + 1)]

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

    def _column(self, time: float) -> int:
        if self._since:
            share = math.log(max(time, self._since) / self._since) / math.log(self._until / self._since)
        else:
            share = time / self._until
        return _LEFT + round(min(max(share, 0.0), 1.0) * (WIDTH - _LEFT - _RIGHT))

    @staticmethod
    def _row(value: float) -> int:
        return HEIGHT - _BOTTOM - round(min(max(value, 0.0), 1.0) * (HEIGHT - _BOTTOM - _TOP))

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


def _round_step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20, …"""
    power = 10.0 ** math.floor(math.log10(max(least, 1e-9)))
    return next(part * power for part in (1, 2, 5, 10) if part * power >= least * (1 - 1e-9))
