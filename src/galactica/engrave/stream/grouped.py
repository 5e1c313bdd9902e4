"""Which sheet stands in which group, and parity over the sheets of a group: any d of its sheets give all others.

Source: docs/formats/page.md, "Set". The arithmetic is that of `codes.cauchy`, byte by byte as a person would do it.
Memory: a stretch of 64 KiB of each sheet of a group, 13 MB for 200 sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from galactica.codes.cauchy.field import PRODUCTS
from galactica.codes.cauchy.matrix import MOST_SHARDS, Matrix, parity_matrix, restoring_matrix
from galactica.errors import UsageError

GROUP_SHEETS: Final = 200
"""Sheets of a group at the most: what is lost of 200 strays less from its share than what is lost of 20, and the field
allows 255."""

DEFAULT_SURVIVE: Final = 20
"""Percent of the sheets of each group that may be lost. In a set of up to `GROUP_SHEETS` sheets, which is one group,
that is any fifth of all; of more groups one may lose more than a fifth where a fifth of all is lost at random."""

MOST_SURVIVE: Final = 90
"""Percent."""

STRETCH: Final = 64 * 1024
"""Bytes of each sheet that are computed at a time."""

Read = Callable[[int, int, int], bytes]
"""(place in the group, first byte, bytes) → bytes of a payload, with zeros behind its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """The numbers of a set.

    Attributes:
        data: data sheets of all; groups; parity: parity sheets of each group.
    """

    data: int
    groups: int
    parity: int

    @property
    def sheets(self) -> int:
        """Sheets of the set."""
        return self.data + self.groups * self.parity

    def data_of(self, group: int) -> int:
        """Data sheets of a group."""
        return (self.data - group + self.groups - 1) // self.groups

    def place_of(self, sheet: int) -> tuple[int, int]:
        """(group, place in it) of a sheet."""
        return sheet % self.groups, sheet // self.groups

    def sheet_at(self, group: int, place: int) -> int:
        """The number of the sheet at a place of a group."""
        return place * self.groups + group


def plan_set(data: int, survive: int) -> SetPlan:
    """The plan of a set of `data` data sheets, of each group of which `survive` percent may be lost; at least one
    sheet.

    Raises:
        UsageError: no such share.
    """
    if not 0 < survive <= MOST_SURVIVE:
        raise UsageError(
            f"{survive} percent of the sheets cannot be made good.", f"Name 1 to {MOST_SURVIVE} percent (--survive)."
        )
    groups = 1
    while True:
        own = -(-data // groups)
        parity = max(1, -(-own * survive // (100 - survive)))
        if own + parity <= GROUP_SHEETS:
            return SetPlan(data=data, groups=groups, parity=parity)
        groups += 1


def data_sheets_of(sheets: int, survive: int) -> int:
    """How many data sheets a set of at most so many sheets has; 0 where there is no room for one and its parity."""
    low, high = 0, sheets
    while low < high:
        middle = (low + high + 1) // 2
        if plan_set(middle, survive).sheets <= sheets:
            low = middle
        else:
            high = middle - 1
    return low


def parity_of(data: int, parity: int, size: int, read: Read) -> Iterator[npt.NDArray[np.uint8]]:
    """The payloads of a group's parity sheets, stretch by stretch.

    Args:
        data, parity: sheets of the group.
        size: bytes of its longest data sheet.

    Yields:
        uint8 [parity, bytes of the stretch].
    """
    matrix = parity_matrix(data, parity)
    for low in range(0, size, STRETCH):
        rows = _rows(range(data), low, min(STRETCH, size - low), read)
        yield rows_by(matrix, rows)


def missing_rows(
    data: int, parity: int, have: Sequence[int], want: Sequence[int], size: int, read: Read
) -> Iterator[npt.NDArray[np.uint8]]:
    """The payloads of missing data sheets, stretch by stretch, with the zeros that they may have behind their end.

    Args:
        have: places of `data` sheets that are there.
        want: places of those that are missing.
        size: bytes of the longest of `have`.

    Yields:
        uint8 [len(want), bytes of the stretch].
    """
    matrix = restoring_matrix(data, parity, have, want)
    for low in range(0, size, STRETCH):
        rows = _rows(have, low, min(STRETCH, size - low), read)
        yield rows_by(matrix, rows)


def _rows(places: Sequence[int], low: int, size: int, read: Read) -> npt.NDArray[np.uint8]:
    rows = np.zeros((len(places), size), dtype=np.uint8)
    for row, place in zip(rows, places, strict=True):
        part = read(place, low, size)
        row[: len(part)] = np.frombuffer(part, dtype=np.uint8)
    return rows


def rows_by(matrix: Matrix, rows: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """A matrix over GF(256) applied to rows of bytes: uint8 [rows of the matrix, bytes]."""
    made = np.zeros((len(matrix), rows.shape[1]), dtype=np.uint8)
    for target, factors in zip(made, matrix, strict=True):
        for factor, row in zip(factors, rows, strict=True):
            if factor == 1:
                target ^= row
            elif factor:
                target ^= PRODUCTS[factor][row]
    return made


MAX_GROUP: Final = MOST_SHARDS
"""Sheets of a group that a reader takes."""
