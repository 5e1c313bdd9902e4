"""All marks of a sheet, from the first ones that were found: which way is up, then those that are fainter.

From marks that are known the next ones are foretold and looked for nearby, wave by wave, so that a page may bend. What
comes out counts columns and rows from wherever it began: only headers tell where that is on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.engrave.scans.joining import Index, JoinedMarks, Points
from galactica.engrave.scans.matching import matched
from galactica.engrave.scans.pixels import Grey
from galactica.engrave.sheet.layout import MAX_TILES, PITCH, mark_pattern

_ALIKE = 0.55
"""Correlation with a mark from which one is believed; random cells reach 0.5 in one place of a million."""

_REACH = 3.0
"""Cells each way in which a foretold mark is looked for."""

_VOTERS = 200
"""Marks that are asked which way is up."""

_STIFF = (0.0, 0.2, 0.2, 0.5, 0.5, 0.5)
"""How strongly a surface through known marks is held to the way from mark to mark, and to being plane."""

_WAVES = 2 * MAX_TILES
_TRIES = 3
"""How often a mark is looked for that is not where it should be: again when more is known around it."""


@dataclass(slots=True)
class MarkLattice:
    """Marks in rows and columns, as the sheet has them: columns to the right, rows down.

    Attributes:
        at: float64 [rows, columns, 2], (x, y) in pixels; of unknown ones anything.
        alike: float64 [rows, columns], how alike a mark is; 0 where none is known.
    """

    at: npt.NDArray[np.float64]
    alike: npt.NDArray[np.float64]


def mark_lattice(grey: Grey, first: JoinedMarks) -> MarkLattice | None:
    """All marks that hang together with the first ones; None where these are no marks."""
    turned = _upright(grey, first)
    if turned is None:
        return None
    index, at, across, down = turned
    size = np.array(grey.shape[::-1], dtype=np.float64)
    margin = _room(index, at, across, down, size)
    columns, rows = (index.max(axis=0) + 1 + margin[0] + margin[1]).tolist()
    grown = _Growing(grey, int(rows), int(columns), across / PITCH, down / PITCH)
    grown.begin(index + margin[0], at)
    for _ in range(_WAVES):
        if not grown.wave():
            break
    return MarkLattice(grown.at, grown.alike)


def _upright(grey: Grey, first: JoinedMarks) -> tuple[Index, Points, Points, Points] | None:
    """(index, at, across, down) so that marks stand upright, whichever way the picture is turned or mirrored."""
    step = max(1, len(first.at) // _VOTERS)
    at = first.at[::step]
    pattern = mark_pattern()
    best, chosen = _ALIKE * 0.7, None
    for swap in (False, True):
        for right in (1, -1):
            for below in (1, -1):
                across, down = (first.down, first.across) if swap else (first.across, first.down)
                across, down = right * across / PITCH, below * down / PITCH
                alike = matched(grey, pattern, at, _many(across, at), _many(down, at), reach=2).alike
                merit = float(np.sort(alike)[len(alike) // 3 :].mean())
                if merit > best:
                    best, chosen = merit, (swap, right, below)
    if chosen is None:
        return None
    swap, right, below = chosen
    index = first.index[:, ::-1] if swap else first.index
    index = index * np.array([right, below])
    across, down = (first.down, first.across) if swap else (first.across, first.down)
    return index - index.min(axis=0), first.at, right * across, below * down


def _many(vector: Points, at: Points) -> Points:
    return np.broadcast_to(vector, at.shape)


def _room(index: Index, at: Points, across: Points, down: Points, size: Points) -> tuple[Index, Index]:
    """How many more columns and rows the picture has room for, before the first and behind the last."""
    corners = np.array([[0, 0], [size[0], 0], [0, size[1]], size])
    inverse = np.linalg.inv(np.stack([across, down], axis=1))
    origin = (at - index @ np.stack([across, down])).mean(axis=0)
    reached = (corners - origin) @ inverse.T
    most = MAX_TILES + 1
    before = np.clip(np.ceil(-reached.min(axis=0)) + 1, 0, most).astype(np.int64)
    behind = np.clip(np.ceil(reached.max(axis=0)) + 1 - index.max(axis=0), 0, most).astype(np.int64)
    return before, behind


class _Growing:
    """Marks that are known, and those looked for next."""

    def __init__(self, grey: Grey, rows: int, columns: int, across: Points, down: Points) -> None:
        self._grey, self._across, self._down = grey, across, down
        self.at = np.zeros((rows, columns, 2))
        self.alike = np.zeros((rows, columns))
        self._tries = np.zeros((rows, columns), dtype=np.int64)
        self._pattern = mark_pattern()

    def begin(self, index: Index, at: Points) -> None:
        """Take the first marks, each where it lies exactly."""
        found = matched(self._grey, self._pattern, at, _many(self._across, at), _many(self._down, at), reach=_REACH)
        good = found.alike > _ALIKE
        self.at[index[good, 1], index[good, 0]] = found.at[good]
        self.alike[index[good, 1], index[good, 0]] = found.alike[good]

    def wave(self) -> bool:
        """Look for all marks beside known ones; whether any was found."""
        known = self.alike > 0
        padded = np.pad(known, 1)
        near = sum(
            padded[y : y + known.shape[0], x : x + known.shape[1]].astype(np.int64) for y in range(3) for x in range(3)
        )
        rows, columns = np.nonzero((near > 0) & ~known & (self._tries < _TRIES))
        if not len(rows):
            return False
        self._tries[rows, columns] += 1
        at, across, down = foretold(self.at, known, rows, columns, self._across, self._down)
        height, width = self._grey.shape
        seen = (at[:, 0] > 0) & (at[:, 1] > 0) & (at[:, 0] < width) & (at[:, 1] < height)
        rows, columns, at, across, down = rows[seen], columns[seen], at[seen], across[seen], down[seen]
        found = matched(self._grey, self._pattern, at, across, down, reach=_REACH)
        good = found.alike > _ALIKE
        self.at[rows[good], columns[good]] = found.at[good]
        self.alike[rows[good], columns[good]] = found.alike[good]
        return bool(good.any())


def foretold(
    at: npt.NDArray[np.float64],
    known: npt.NDArray[np.bool_],
    rows: Index,
    columns: Index,
    across: Points,
    down: Points,
    *,
    reach: int = 3,
) -> tuple[Points, Points, Points]:
    """Where marks should be: a curved surface through the known ones up to `reach` away, nearer ones counting more.

    Args:
        at: float64 [rows, columns, 2].
        known: bool [rows, columns]; the marks that are asked for do not count for themselves.
        across, down: float64 [2], pixels from cell to cell, which is held to where few marks are known.

    Returns:
        (at, across, down), float64 [asked, 2] each; at is NaN where no mark is near.
    """
    padded = np.pad(known, reach)
    places = np.pad(at, ((reach, reach), (reach, reach), (0, 0)))
    terms = len(_STIFF)
    normal, right = np.zeros((len(rows), terms, terms)), np.zeros((len(rows), terms, 2))
    normal[:, range(terms), range(terms)] = _STIFF
    right[:, 1], right[:, 2] = _STIFF[1] * PITCH * across, _STIFF[2] * PITCH * down
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            if not dx and not dy:
                continue
            weight = padded[rows + reach + dy, columns + reach + dx] / (dx * dx + dy * dy) ** 1.5
            values = np.array([1.0, dx, dy, dx * dx, dx * dy, dy * dy])
            place = places[rows + reach + dy, columns + reach + dx][:, None, :]
            normal += weight[:, None, None] * np.outer(values, values)
            right += weight[:, None, None] * values[:, None] * place
    lonely = normal[:, 0, 0] == 0
    normal[lonely, 0, 0] = 1
    solved = np.linalg.solve(normal, right)
    solved[lonely, 0] = np.nan
    to_right: Points = solved[:, 1] / PITCH
    to_below: Points = solved[:, 2] / PITCH
    return solved[:, 0].astype(np.float64), to_right, to_below
