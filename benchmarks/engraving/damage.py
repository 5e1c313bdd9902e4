"""What becomes of paper and glass: dust, hairs, scratches, stains with tide lines, torn corners, holes, faded ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.engraving.smoothing import blurred, clouds

COARSE_DPI = 150
"""Points an inch of what is drawn of damage to the paper."""

Coarse = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What becomes of an A4 page, and of the glass on which it is scanned.

    Attributes:
        dust: grains on the glass, 40 to 250 µm, white or black.
        hairs: lines on the glass, 40 to 100 µm wide, 3 to 20 mm long.
        scratches: straight lines in the print, 60 to 250 µm wide, 10 to 120 mm long, where the ink is off.
        stains: spots of 8 to 35 mm, where a third to two thirds of the light are gone.
        tides: lines that water left: 0.4 to 1.2 mm wide, dark.
        corners: torn off, 12 to 35 mm each way.
        tears: from an edge inwards, 10 to 50 mm, up to 2 mm wide.
        holes: 2 to 6 mm.
        faded: share of the ink's darkness that is lost where it is lost most; clouds of some 50 mm.
        banding: share by which single rows of the sensor are too dark or too bright (streaks along the page).
    """

    dust: int = 0
    hairs: int = 0
    scratches: int = 0
    stains: int = 0
    tides: int = 0
    corners: int = 0
    tears: int = 0
    holes: int = 0
    faded: float = 0.0
    banding: float = 0.0

    def dirty(self, picture: npt.NDArray[np.uint8], dpi: int, drawn: np.random.Generator) -> None:
        """Put dust, hairs and streaks onto a scanned picture, in place."""
        height, width = picture.shape
        um = dpi / 25_400
        share = height * width / (11.69 * 8.27 * dpi * dpi)
        for _ in range(drawn.poisson(self.dust * share)):
            x, y = drawn.uniform(0, width), drawn.uniform(0, height)
            self._line(picture, x, y, x + 1, y + 1, drawn.uniform(40, 250) * um / 2, drawn.choice((25, 245)))
        for _ in range(drawn.poisson(self.hairs * share)):
            x, y, angle = drawn.uniform(0, width), drawn.uniform(0, height), drawn.uniform(0, 2 * np.pi)
            thick, grey = drawn.uniform(40, 100) * um / 2, drawn.choice((40, 240))
            step = 0.5 / 25.4 * dpi
            for _ in range(int(drawn.uniform(3, 20) / 0.5)):
                angle += drawn.normal(0, 0.15)
                to = x + step * np.cos(angle), y + step * np.sin(angle)
                self._line(picture, x, y, *to, thick, grey)
                x, y = to
        if self.banding:
            off = self.banding * drawn.standard_normal(width)
            gain = 1 + np.where(drawn.random(width) < 0.7, 0, off)
            for top in range(0, height, 256):
                picture[top : top + 256] = np.clip(picture[top : top + 256] * gain, 0, 255)

    def scratched(self, light: npt.NDArray[np.uint8], dpi: int, paper: int, drawn: np.random.Generator) -> None:
        """Take the ink off along scratches, in place."""
        height, width = light.shape
        mm = dpi / 25.4
        for _ in range(drawn.poisson(self.scratches * height * width / (297 * 210 * mm * mm))):
            x, y, angle = drawn.uniform(0, width), drawn.uniform(0, height), drawn.uniform(0, 2 * np.pi)
            thick, step = drawn.uniform(0.03, 0.125) * mm, 3 * mm
            for _ in range(int(drawn.uniform(10, 120) / 3)):
                to = x + step * np.cos(angle), y + step * np.sin(angle)
                if drawn.random() < 0.8:  # not everywhere to the ground
                    self._line(light, x, y, *to, thick, paper)
                x, y = to

    @staticmethod
    def _line(
        plane: npt.NDArray[np.uint8], x: float, y: float, to_x: float, to_y: float, half: float, grey: int
    ) -> None:
        """A line with round ends, cut off at the picture's edges."""
        left, right = int(max(0, min(x, to_x) - half)), int(min(plane.shape[1], max(x, to_x) + half + 2))
        top, down = int(max(0, min(y, to_y) - half)), int(min(plane.shape[0], max(y, to_y) + half + 2))
        if left >= right or top >= down:
            return
        xs, ys = np.arange(left, right) - x, (np.arange(top, down) - y)[:, None]
        far = (to_x - x) ** 2 + (to_y - y) ** 2
        along = np.clip((xs * (to_x - x) + ys * (to_y - y)) / far, 0, 1)
        beside = (xs - along * (to_x - x)) ** 2 + (ys - along * (to_y - y)) ** 2
        plane[top:down, left:right][beside <= half * half] = grey


def damaged(
    fine: tuple[int, int], fine_dpi: int, damage: Damage, drawn: np.random.Generator
) -> tuple[Coarse, Coarse, Coarse]:
    """What became of the paper, at 150 points an inch.

    Returns:
        (gone, shade, worn): 255 where there is no paper any more; how much light is left, and how much of the ink's
        darkness is not, 250 is all of it.
    """
    shape = (fine[0] * COARSE_DPI // fine_dpi + 2, fine[1] * COARSE_DPI // fine_dpi + 2)
    height, width = shape
    mm = COARSE_DPI / 25.4
    ys, xs = np.mgrid[:height, :width].astype(np.float32)
    ragged = clouds(drawn, shape, 4 * mm) * 2 * mm + clouds(drawn, shape, 1 * mm) * 0.5 * mm
    gone, shade = np.zeros(shape, dtype=np.bool_), np.ones(shape, dtype=np.float32)
    for number in drawn.permutation(4)[: damage.corners].tolist():
        x = xs if number % 2 else width - xs
        y = ys if number // 2 else height - ys
        wide, high = drawn.uniform(12, 35, 2) * mm
        gone |= x / wide + y / high + ragged / (20 * mm) < 1
    for _ in range(damage.tears):
        x, long, lean = drawn.uniform(0, width), drawn.uniform(10, 50) * mm, drawn.normal(0, 0.3)
        y = ys if drawn.random() < 0.5 else height - ys
        open_by = np.clip(1 - y / long, 0, 1) * drawn.uniform(0.5, 2) * mm
        gone |= (np.abs(xs - x - lean * y - ragged * 0.5) < open_by) & (y < long)
    for _ in range(damage.holes):
        x, y, radius = drawn.uniform(0, width), drawn.uniform(0, height), drawn.uniform(1, 3) * mm
        gone |= np.hypot(xs - x, ys - y) + ragged * 0.2 < radius
    for number in range(damage.stains):
        x, y, radius = drawn.uniform(0, width), drawn.uniform(0, height), drawn.uniform(4, 17) * mm
        inside = np.clip((radius - np.hypot(xs - x, ys - y) - ragged) / mm, 0, 1)
        shade *= 1 - inside * drawn.uniform(0.33, 0.66)
        if number % 2 == 0:
            rim = np.exp(-(((np.hypot(xs - x, ys - y) + ragged - radius) / (0.4 * mm)) ** 2))
            shade *= 1 - 0.4 * rim
    for _ in range(damage.tides):
        angle, offset = drawn.uniform(-0.3, 0.3), drawn.uniform(0.1, 0.9) * height
        edge = ys - offset - angle * (xs - width / 2) - 4 * ragged
        shade *= 1 - drawn.uniform(0.3, 0.6) * np.exp(-((edge / (drawn.uniform(0.2, 0.6) * mm)) ** 2))
        shade *= 1 - drawn.uniform(0.05, 0.25) * (edge > 0)
    worn = damage.faded * (0.5 + 0.5 * np.tanh(clouds(drawn, shape, 50 * mm)))
    light = np.clip(blurred(shade, 1.0) * 250, 0, 250).astype(np.uint8)
    return np.where(gone, 255, 0).astype(np.uint8), light, (worn * 250).astype(np.uint8)
