"""The frames of a film: several codes side by side, one picture after the other.

Every frame of a film has the same shape and codes of the same version, as its largest packet needs, so that a player
shows them in one place and a camera stays in focus. Neighbours share their quiet zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from galactica.errors import LimitError, UsageError
from galactica.spread.film.symbols import QUIET, Modules, symbol, version_for

MAX_PACKETS = 100_000
"""Packets of one film: two and a half hours at ten frames a second of two, 140 MB; by then another way is better."""

MAX_SIDE = 4
"""Codes beside each other, and below each other."""

_GRID = re.compile("([1-9])x([1-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameGrid:
    """How many codes a frame shows."""

    columns: int = 2
    rows: int = 1

    @property
    def codes(self) -> int:
        """Codes of a frame."""
        return self.columns * self.rows


def grid_of(text: str) -> FrameGrid:
    """ "2x1": two codes beside each other.

    Raises:
        UsageError: it says something else, or too many.
    """
    found = _GRID.fullmatch(text.strip().lower())
    if found is None or max(int(found[1]), int(found[2])) > MAX_SIDE:
        raise UsageError(
            f"{text[:40]} is no number of codes.", f"Say columns and rows, 1x1 to {MAX_SIDE}x{MAX_SIDE}: 2x1."
        )
    return FrameGrid(columns=int(found[1]), rows=int(found[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """Packets that are shown as a film.

    Attributes:
        packets: in the order in which they are shown; at least one, each of at most `envelope.MAX_PACKET` bytes.
        grid: the codes of a frame. What remains free in the last frame is filled with the first packets again.
        version: of all codes, 1 to 40.
    """

    packets: Sequence[bytes]
    grid: FrameGrid
    version: int

    @property
    def count(self) -> int:
        """Frames."""
        return -(-len(self.packets) // self.grid.codes)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of a frame in modules, quiet zone included."""
        step = 17 + 4 * self.version + QUIET
        return self.grid.rows * step + QUIET, self.grid.columns * step + QUIET

    def frame(self, number: int) -> Modules:
        """Frame `number` (from 0, beyond the last from the beginning): `uint8 [shape]`, 1 dark."""
        made = np.zeros(self.shape, np.uint8)
        first = number % self.count * self.grid.codes
        for place in range(self.grid.codes):
            code = symbol(self.packets[(first + place) % len(self.packets)], self.version)
            row, column = divmod(place, self.grid.columns)
            top, left = (QUIET + at * (len(code) + QUIET) for at in (row, column))
            made[top : top + len(code), left : left + len(code)] = code
        return made

    def frames(self) -> Iterator[Modules]:
        """All frames, once."""
        return map(self.frame, range(self.count))


def film_of(packets: Sequence[bytes], grid: FrameGrid | None = None) -> Film:
    """A film of packets.

    Raises:
        UsageError: there are none.
        LimitError: there are too many.
        MissingError: segno is not installed.
        ValueError: a packet is too large for a code.
    """
    if not packets:
        raise UsageError("There is nothing to show: no packet.", "Name an edition that has articles.")
    if len(packets) > MAX_PACKETS:
        raise LimitError(
            f"A film of {len(packets):,} codes would run for hours; at most {MAX_PACKETS:,} are shown.",
            "Broadcast a smaller edition, or over another link: --out or --udp.",
        )
    return Film(packets=packets, grid=grid or FrameGrid(), version=version_for(max(map(len, packets))))
