"""Where marks may be in a picture: black squares of six cells in bare frames of eight, whatever their size in pixels.

A square that is darker than the frame around it, by more than the cells between the marks ever are: these are black as
often as bare, so that 36 of them are hardly ever all black while the 28 around are all bare. The size of cells is not
known; it is tried on parts of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.engrave.scans.pixels import Grey, Plane, box_sums, reduced
from galactica.engrave.sheet.layout import PITCH

SMALLEST_CELL, LARGEST_CELL = 1.7, 16.0
"""Pixels of a cell in a picture."""

_STEP = 1.12
"""From one size that is tried to the next: the square may be wrong by half of it."""

_LEAST_PX = 1.2
"""Pixels of a cell in the smaller picture that is looked at."""

_SIZES = 6
"""Sizes that are looked at in the whole picture."""

_WINDOW = 448
"""Pixels of a part that sizes are tried on: it holds nine to thirty marks."""

_BAND = 4_000_000
"""Pixels that are looked at together: bounds the memory to some 300 MB."""

MOST_HITS = 16_000
"""Marks of one picture: A3 at 1200 dpi has 7,700."""

_SPARE = 3
"""Hits that are kept for each mark that the picture has room for: what is no mark comes after the marks."""

_ALIKE = 0.5
"""Correlation of a place with a black square in a bare frame, at least: the edge of a stain has less."""

_MOST = 8.0
"""No mark can stand out by more: it has 64 cells."""

_SURE = 4.5
"""Standard deviations of the chance that a mark stands out by; of four million places one or two do by chance."""


@dataclass(frozen=True, slots=True)
class MarkHits:
    """Places that look like marks, the surest first.

    Attributes:
        x, y: float64 [hits], pixels of the picture, of the middles.
        sure: float64 [hits], by how many standard deviations.
        cell: pixels of a cell, about.
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    sure: npt.NDArray[np.float64]
    cell: float


class Pyramid:
    """A picture, and the same made smaller by 2, 4, 8, each when it is asked for."""

    def __init__(self, grey: Grey) -> None:
        self._levels = {1: grey}
        self.shape = grey.shape

    def for_cell(self, cell: float) -> tuple[Grey, int]:
        """The smallest of them in which a cell has at least 1.2 pixels, and how many times smaller it is."""
        factor = 1
        while factor < 8 and cell / (2 * factor) >= _LEAST_PX:
            factor *= 2
        return self._level(factor), factor

    def _level(self, factor: int) -> Grey:
        if factor not in self._levels:
            self._levels[factor] = reduced(self._level(factor // 2), 2)
        return self._levels[factor]


def likely_cells(pyramid: Pyramid) -> list[float]:
    """Sizes that cells may have, in pixels, the likeliest first: six at most (a finder looks like a large mark)."""
    sizes = [SMALLEST_CELL]
    while sizes[-1] * _STEP <= min(LARGEST_CELL, min(pyramid.shape) / 100):
        sizes.append(sizes[-1] * _STEP)
    merits = [_merit(pyramid, each) for each in sizes]
    chosen: list[int] = []
    for at in sorted(range(len(sizes)), key=lambda at: -merits[at]):
        if merits[at] > 0 and all(abs(at - other) > 1 for other in chosen):
            chosen.append(at)
    return [sizes[at] for at in chosen[:_SIZES]]


def _merit(pyramid: Pyramid, cell: float) -> float:
    """How much parts of the picture look as if cells had this size."""
    small, factor = pyramid.for_cell(cell)
    span = min(_WINDOW, *small.shape)
    expected = (span * factor / (64 * cell)) ** 2
    enough = max(2, int(expected / 2))
    places = {
        (int((small.shape[0] - span) * down), int((small.shape[1] - span) * across))
        for down in (0.2, 0.5, 0.8)
        for across in (0.25, 0.75)
    }
    found = []
    for top, left in sorted(places):
        _, _, sure = _peaks(small[top : top + span, left : left + span], cell / factor)
        found.append(float(np.sort(sure)[::-1][:enough].sum()) / enough)
    return float(np.mean(np.sort(found)[len(found) // 3 :]))  # a third may be torn off


def find_marks(pyramid: Pyramid, cell: float) -> MarkHits:
    """Where marks may be whose cells have about this many pixels."""
    small, factor = pyramid.for_cell(cell)
    margin = round(20 * cell / factor)
    found = [(np.zeros(0), np.zeros(0), np.zeros(0))]
    for top in range(0, small.shape[0], step := max(4 * margin, _BAND // small.shape[1])):
        low, high = max(0, top - margin), min(small.shape[0], top + step + margin)
        across, below, surely = _peaks(small[low:high], cell / factor)
        below += low
        own = (below >= top) & (below < top + step)
        found.append((across[own], below[own], surely[own]))
    x, y, sure = (np.concatenate(each) for each in zip(*found, strict=True))
    expected = pyramid.shape[0] * pyramid.shape[1] / cell**2 / PITCH**2
    order = np.argsort(-sure, kind="stable")[: min(MOST_HITS, int(_SPARE * expected) + 50)]
    middle = (factor - 1) / 2
    return MarkHits(x[order] * factor + middle, y[order] * factor + middle, sure[order], cell)


def _peaks(
    small: Grey, cell: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(x, y, sure) of the places that stand out."""
    nothing = (np.zeros(0), np.zeros(0), np.zeros(0))
    inner = max(2, round(5.6 * cell))
    outer, around = max(inner + 2, round(7.8 * cell)), round(30 * cell)
    if min(small.shape) < around + 4:
        return nothing
    plane = np.pad(small, around // 2, mode="reflect").astype(np.float32)
    contrast = _contrast(plane, inner, outer, around)
    spread = float(np.median(np.abs(contrast[contrast < 0]))) * 1.4826 if (contrast < 0).any() else 0.0
    if spread <= 0:
        return nothing
    level = np.float32(_SURE * spread)
    high = contrast[1:-1, 1:-1]
    peak = high > level
    ys, xs = np.nonzero(peak)
    if len(ys) > 40 * MOST_HITS:
        return nothing
    return _thinned(xs + 1, ys + 1, contrast[ys + 1, xs + 1] / spread, outer, (small.shape, contrast.shape))


def _thinned(
    xs: npt.NDArray[np.int64],
    ys: npt.NDArray[np.int64],
    sure: npt.NDArray[np.float32],
    apart: int,
    shapes: tuple[tuple[int, ...], tuple[int, ...]],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Of places that stand out the best of each neighbourhood, moved to its weighted middle, in pixels of the plane."""
    best = np.zeros(tuple(each // apart + 3 for each in shapes[1]), dtype=np.float32)
    rows, columns = ys // apart + 1, xs // apart + 1
    np.maximum.at(best, (rows, columns), sure)
    around = np.max(
        [best[r : best.shape[0] - 2 + r, c : best.shape[1] - 2 + c] for r in (0, 1, 2) for c in (0, 1, 2)], axis=0
    )
    top = sure >= around[rows - 1, columns - 1]
    shift = (shapes[0][0] - shapes[1][0]) / 2, (shapes[0][1] - shapes[1][1]) / 2
    return xs[top] + shift[1], ys[top] + shift[0], np.minimum(sure[top], _MOST).astype(np.float64)


def _contrast(plane: Plane, inner: int, outer: int, around: int) -> Plane:
    """By how much each square of `inner` pixels is darker than its frame of `outer`, for the local contrast."""
    sums = box_sums(plane)
    squares = box_sums(plane * plane)
    wide = _boxes(sums, around) / around**2
    spread = np.sqrt(np.maximum(_boxes(squares, around) / around**2 - wide * wide, 4.0))
    large, little = _boxes(sums, outer), _boxes(sums, inner)
    near = np.sqrt(np.maximum(_boxes(squares, outer) / outer**2 - (large / outer**2) ** 2, 1.0))
    large, little, near = (_middle(each, spread.shape) for each in (large, little, near))
    darker = (large - little) / (outer**2 - inner**2) - little / inner**2
    return np.where(darker > _ALIKE * 2 * near, darker / spread, np.minimum(darker / spread, 0)).astype(np.float32)


def _boxes(sums: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.float64]:
    boxes: npt.NDArray[np.float64] = (
        sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    )
    return boxes


def _middle(plane: npt.NDArray[np.float64], shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """The part of a plane that has the middles of a smaller one's boxes."""
    top, left = (plane.shape[0] - shape[0]) // 2, (plane.shape[1] - shape[1]) // 2
    return plane[top : top + shape[0], left : left + shape[1]]
