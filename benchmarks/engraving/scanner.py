"""A scanner that looks at a printed page: askew, bent, badly lit, dirty; its carriage shakes, its files are JPEG.

The same seed gives the same picture. `SETTINGS` are three such scanners; docs/decisions/0045-sheets.md justifies each
number.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.engraving.damage import Damage, damaged
from benchmarks.engraving.printer import FINE_DPI, Printer, printed
from benchmarks.engraving.smoothing import Plane, clouds

ROWS = 256
"""Rows of a picture that are made at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """How a page is printed and scanned.

    Attributes:
        printer: how it was printed, and how sharply it is seen.
        damage: what became of it since.
        turned: degrees, the most that it lies askew; a page is turned by 0.3 to 1 times as much.
        stretched: share by which paper and carriage differ from true size, each way.
        slanted: share of the page by which a corner may be seen out of place (a camera's perspective).
        curled: mm by which a page that does not lie flat is seen out of place, over 100 mm.
        shaken: µm, the carriage's unsteadiness, over 0.6, 2 and 9 mm.
        uneven: share by which light falls off towards an edge.
        noise: standard deviation of a pixel's grey, of 255.
        gamma: exponent of the curve from light to grey.
        jpeg: quality of the file, 1 to 95; 0 for none.
        lid: light that comes back beside the page.
        margin: mm that are seen beside the page.
    """

    printer: Printer = field(default_factory=Printer)
    damage: Damage = field(default_factory=Damage)
    turned: float = 0.0
    stretched: float = 0.0
    slanted: float = 0.0
    curled: float = 0.0
    shaken: float = 0.0
    uneven: float = 0.0
    noise: float = 0.0
    gamma: float = 2.2
    jpeg: int = 0
    lid: float = 0.8
    margin: float = 3.0


SETTINGS = {
    "office": Scanner(
        damage=Damage(dust=100),
        turned=1.0,
        stretched=0.003,
        shaken=10.0,
        uneven=0.08,
        noise=3.0,
    ),
    "bad": Scanner(
        printer=Printer(
            spread=18, smear=22, fraying=14, ink=0.12, paper=0.8, mottle=0.1, voids=0.3, specks=0.3, optical=60,
            halo=0.25
        ),
        damage=Damage(dust=800, hairs=25, scratches=8, banding=0.02),
        turned=5.0,
        stretched=0.006,
        slanted=0.02,
        curled=0.4,
        shaken=14.0,
        uneven=0.4,
        noise=5.0,
        jpeg=75,
    ),
    "flood": Scanner(
        printer=Printer(
            spread=16, smear=22, fraying=13, ink=0.16, paper=0.7, mottle=0.15, voids=1, specks=0.6, optical=55,
            halo=0.25
        ),
        damage=Damage(
            dust=1500, hairs=40, scratches=20, stains=7, tides=3, corners=2, tears=3, holes=2, faded=0.45, banding=0.02
        ),
        turned=3.0,
        stretched=0.01,
        slanted=0.01,
        curled=0.8,
        shaken=10.0,
        uneven=0.25,
        noise=4.0,
        jpeg=85,
    ),
}  # fmt: skip


def scan(page: npt.NDArray[np.bool_], dpi: int, scanner: Scanner, scan_dpi: int, seed: int) -> npt.NDArray[np.uint8]:
    """The grey picture of a page (bool [height, width], True is ink, at `dpi`) that a scanner gives at `scan_dpi`."""
    drawn = np.random.default_rng(seed)
    light = printed(page, dpi, scanner.printer, drawn)
    paper = scanner.printer.paper
    scanner.damage.scratched(light, FINE_DPI, round(paper * 250), drawn)
    gone, shade, worn = damaged((light.shape[0], light.shape[1]), FINE_DPI, scanner.damage, drawn)
    way = _Way(scanner, light.shape, scan_dpi, drawn)
    picture = np.empty(way.shape, dtype=np.uint8)
    lamp = 1 - scanner.uneven * (0.5 + 0.5 * np.tanh(clouds(drawn, way.shape, max(way.shape) / 1.5)))
    for top in range(0, way.shape[0], ROWS):
        rows = min(ROWS, way.shape[0] - top)
        x, y = way.source(top, rows)
        seen = _sampled(light, x, y, scanner.lid * 250) / np.float32(250)
        place = x / _COARSE, y / _COARSE
        seen += (np.float32(paper) - seen) * (_sampled(worn, *place, 0) / 250)
        seen *= _sampled(shade, *place, 250) / 250
        seen = np.where(_sampled(gone, *place, 0) > 127, np.float32(scanner.lid), seen)
        seen *= lamp[top : top + rows]
        grey = 255 * np.clip(seen, 0, 1) ** np.float32(1 / scanner.gamma)
        grey += drawn.standard_normal(grey.shape, dtype=np.float32) * np.float32(scanner.noise)
        picture[top : top + rows] = np.clip(grey + 0.5, 0, 255)
    scanner.damage.dirty(picture, scan_dpi, drawn)
    return _as_jpeg(picture, scanner.jpeg) if scanner.jpeg else picture


_COARSE = np.float32(FINE_DPI / 150)
"""Fine pixels to one of what damage is drawn with."""


class _Way:
    """Which place of the page each pixel of the picture shows."""

    def __init__(self, scanner: Scanner, page: tuple[int, ...], scan_dpi: int, drawn: np.random.Generator) -> None:
        fine = FINE_DPI / scan_dpi
        margin = scanner.margin / 25.4 * scan_dpi
        self.shape = (int(page[0] / fine + 2 * margin), int(page[1] / fine + 2 * margin))
        sign = drawn.choice((-1.0, 1.0))
        angle = np.radians(scanner.turned) * drawn.uniform(0.3, 1) * sign
        scales = fine * (1 + scanner.stretched * drawn.uniform(-1, 1, 2))
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) @ np.diag(scales)
        slant = drawn.uniform(-1, 1, 2) * scanner.slanted * 2 / np.array(self.shape[::-1])
        self._turn, self._slant = turn, slant
        self._middle, self._target = np.array(self.shape[::-1]) / 2, np.array(page[::-1]) / 2
        um = FINE_DPI / 25_400
        self._curl = scanner.curled * 1000 * um
        self._phases = drawn.uniform(0, 2 * np.pi, 8)
        steps = np.arange(self.shape[0]) / scan_dpi * 25.4
        waves = zip((0.6, 2.0, 9.0), (0.4, 0.7, 1.0), self._phases[4:7], strict=True)
        self._shake = scanner.shaken * um * sum(part * np.sin(2 * np.pi * steps / mm + at) for mm, part, at in waves)

    def source(self, top: int, rows: int) -> tuple[Plane, Plane]:
        """(x, y) on the fine page of the middles of the pixels of some rows."""
        x = np.arange(self.shape[1]) + 0.5 - self._middle[0]
        y = (np.arange(top, top + rows) + 0.5 - self._middle[1])[:, None]
        depth = 1 + self._slant[0] * x + self._slant[1] * y
        across = (self._turn[0, 0] * x + self._turn[0, 1] * y) / depth + self._target[0]
        down = (self._turn[1, 0] * x + self._turn[1, 1] * y) / depth + self._target[1]
        wave = 2 * np.pi / (100 / 25.4 * FINE_DPI)
        bent = np.sin(wave * across + self._phases[0]) + 0.5 * np.sin(wave * 0.6 * down + self._phases[1])
        across = across + self._curl * bent
        down = (
            down
            + self._curl * 0.5 * np.sin(wave * 0.8 * across + self._phases[2])
            + self._shake[top : top + rows, None]
        )
        return (across - 0.5).astype(np.float32), (down - 0.5).astype(np.float32)


def _sampled(plane: npt.NDArray[np.uint8], x: Plane, y: Plane, beside: float) -> Plane:
    """Bilinear values at (x, y); `beside` outside."""
    height, width = plane.shape
    inside = (x >= 0) & (y >= 0) & (x < width - 1) & (y < height - 1)
    left, top = np.where(inside, x, 0).astype(np.int64), np.where(inside, y, 0).astype(np.int64)
    right, down = np.where(inside, x - left, 0).astype(np.float32), np.where(inside, y - top, 0).astype(np.float32)
    flat, at = plane.reshape(-1), top * width + left
    upper = flat[at] * (1 - right) + flat[at + 1] * right
    lower = flat[at + width] * (1 - right) + flat[at + width + 1] * right
    return np.where(inside, upper * (1 - down) + lower * down, np.float32(beside))


def _as_jpeg(picture: npt.NDArray[np.uint8], quality: int) -> npt.NDArray[np.uint8]:
    held = io.BytesIO()
    Image.fromarray(picture).save(held, "JPEG", quality=quality)
    with Image.open(held) as opened:
        return np.asarray(opened.convert("L"))
