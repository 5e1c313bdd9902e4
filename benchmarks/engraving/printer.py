"""A page as a laser printer puts it on paper, and as light comes back from it: ink spreads, edges fray, toner fails.

Everything is in micrometres of paper, so that the same printer draws fine and coarse cells. The page is made at 1,200
points an inch (21.2 µm), whatever the picture's own resolution is: a printer of 600 dpi draws each pixel as two by two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.engraving.smoothing import Plane, blurred, clouds

FINE_DPI = 1200
FINE_UM = 25_400 / FINE_DPI

_STEPS = np.linspace(-3.5, 3.5, 141)
_SHARE = np.array([0.5 + 0.5 * math.erf(step / math.sqrt(2)) for step in _STEPS])
"""How many standard deviations inside a straight edge a place is, by what the blur leaves of it."""

BAND = 1024
"""Rows of the page that are made at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """How a page is printed.

    Attributes:
        spread: µm by which ink grows over each edge (dot gain; a printer's dot has to reach the corners of its square
            pixel, which alone is 0.2 pixels: 9 µm at 600 dpi).
        smear: µm, standard deviation of the ink's soft edge.
        fraying: µm, standard deviation of the place of an edge (raggedness, ISO/IEC 24790), over some 40 µm.
        ink, paper: share of light that comes back from both.
        mottle: share by which the ink's darkness varies over a millimetre.
        voids: holes in the ink, a square millimetre of it.
        specks: toner beside the ink (satellites), a square millimetre.
        grain: µm, standard deviation of the radius of both, of which the mean is 25.
        optical: µm, standard deviation of the blur of light in paper and lens together.
        halo: share of the light that comes back from some 120 µm away (Yule-Nielsen: light spreads in paper).
    """

    spread: float = 12.0
    smear: float = 18.0
    fraying: float = 10.0
    ink: float = 0.05
    paper: float = 0.85
    mottle: float = 0.05
    voids: float = 0.1
    specks: float = 0.1
    grain: float = 10.0
    optical: float = 50.0
    halo: float = 0.2


def printed(
    page: npt.NDArray[np.bool_], dpi: int, printer: Printer, drawn: np.random.Generator
) -> npt.NDArray[np.uint8]:
    """How much light comes back from a page, at 1,200 points an inch.

    Args:
        page: bool [height, width], True is ink.
        dpi: of the page; divides 1,200.

    Returns:
        uint8 [height · 1200 / dpi, width · 1200 / dpi], 250 is all light.
    """
    scale = FINE_DPI // dpi
    assert scale * dpi == FINE_DPI
    fine = np.repeat(np.repeat(page, scale, axis=0), scale, axis=1)
    seen = np.empty(fine.shape, dtype=np.uint8)
    reach = 24
    for top in range(0, len(fine), BAND):
        low, high = max(0, top - reach), min(len(fine), top + BAND + reach)
        light = _light(fine[low:high], printer, drawn)
        seen[top : top + BAND] = np.clip(light[top - low :][:BAND] * 250 + 0.5, 0, 255)
    return seen


def _light(ink: npt.NDArray[np.bool_], printer: Printer, drawn: np.random.Generator) -> Plane:
    smear = max(printer.smear / FINE_UM, 0.35)
    soft = blurred(ink.astype(np.float32), smear)
    inside = np.interp(soft, _SHARE, _STEPS).astype(np.float32) * np.float32(smear)  # from the edge, fine pixels
    frayed = blurred(drawn.standard_normal(ink.shape, dtype=np.float32), 0.8) / np.float32(0.35)
    moved = (printer.spread + frayed * np.float32(printer.fraying)) / np.float32(FINE_UM)
    covered = np.clip(inside + moved + 0.5, 0, 1).astype(np.float32)
    _dot(covered, 0.0, printer.voids, printer, drawn)
    _dot(covered, 1.0, printer.specks, printer, drawn)
    darkness = (printer.paper - printer.ink) * (1 - printer.mottle * np.abs(clouds(drawn, ink.shape, 1000 / FINE_UM)))
    light = (printer.paper - covered * darkness).astype(np.float32)
    near = blurred(light, printer.optical / FINE_UM)
    return (1 - printer.halo) * near + printer.halo * _box(light, round(240 / FINE_UM))


def _dot(covered: Plane, value: float, density: float, printer: Printer, drawn: np.random.Generator) -> None:
    """Put round specks on the page, in place."""
    height, width = covered.shape
    count = drawn.poisson(density * height * width * (FINE_UM / 1000) ** 2)
    ys, xs = drawn.integers(0, height, count), drawn.integers(0, width, count)
    radii = np.clip(drawn.normal(25, printer.grain, count), 10, 120) / FINE_UM
    for y, x, radius in zip(ys.tolist(), xs.tolist(), radii.tolist(), strict=True):
        reach = int(radius) + 1
        part = covered[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1]
        down = np.arange(max(0, y - reach), max(0, y - reach) + part.shape[0])[:, None] - y
        across = np.arange(max(0, x - reach), max(0, x - reach) + part.shape[1]) - x
        part[down**2 + across**2 <= radius**2] = value


def _box(plane: Plane, size: int) -> Plane:
    """The mean of a square of `size` pixels around each."""
    half = size // 2
    for axis in (0, 1):
        padding = [(half + 1, half) if each == axis else (0, 0) for each in (0, 1)]
        sums = np.cumsum(np.pad(plane, padding, mode="edge"), axis=axis, dtype=np.float64)
        if axis:
            plane = ((sums[:, 2 * half + 1 :] - sums[:, : -2 * half - 1]) / (2 * half + 1)).astype(np.float32)
        else:
            plane = ((sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1)).astype(np.float32)
    return plane
