"""Draws laid-out pages of the primer: letters, lines, squares, as dots of ink. Pillow is needed.

Memory: one page, three bytes a dot while it is drawn (A4 at 1200 dpi, 139 million dots: 0.66 GB, the page before
still held; 2026-11-29).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from galactica.engrave.primer.document import SQUARE_DOTS, TEXT_MM, Box, Cells, Dot, FigureLabel, Shape, Stroke, Symbols
from galactica.engrave.primer.fonts import Fonts
from galactica.engrave.primer.typesetting import LEAST_HEIGHT_MM, LETTERS_WIDE, PAGE_MM, PlacedPiece

_RIGHT_TO_LEFT = ("ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "ckb", "dv", "syr", "arz", "pnb", "azb", "mzn", "glk")


class PageArtist:
    """Draws pages of one size.

    Args:
        width_px, height_px: of a page.
        fonts: what letters are drawn with.
    """

    def __init__(self, width_px: int, height_px: int, fonts: Fonts) -> None:
        self._size = (width_px, height_px)
        self._unit = min(width_px / PAGE_MM, height_px / LEAST_HEIGHT_MM)
        self._left = (width_px - PAGE_MM * self._unit) / 2
        self._fonts = fonts
        self._stamps: dict[tuple[str, int], tuple[Image.Image, float]] = {}
        self.height_mm = height_px / self._unit

    def drawn(self, page: Iterable[PlacedPiece]) -> npt.NDArray[np.bool_]:
        """bool [height_px, width_px]: True is ink."""
        picture = Image.new("1", self._size, 1)
        pen = ImageDraw.Draw(picture)
        pen.fontmode = "1"
        for each in page:
            if each.figure is not None:
                for shape in each.figure.shapes:
                    self._shape(pen, shape, each.x, each.y)
            elif each.mono:
                self._mono(picture, each.x, each.y, each.text, each.size)
            else:
                self._line(pen, each)
        ink = np.array(picture, dtype=np.bool_)
        return np.logical_not(ink, out=ink)

    def dots(self, length: float) -> int:
        """So many dots fit into a length in millimetres."""
        return int(length * self._unit)

    def _px(self, length: float) -> int:
        return round(length * self._unit)

    def _x(self, place: float) -> int:
        return round(place * self._unit + self._left)

    def _line(self, pen: ImageDraw.ImageDraw, each: PlacedPiece) -> None:
        size = max(1, self._px(each.size))
        font = self._fonts.for_text(each.text, size) or self._fonts.text(size)
        at = self._x(each.x), self._px(each.y)
        heavy = max(0, round(size / 28)) if each.heavy else 0
        backward = each.language.split("-")[0] in _RIGHT_TO_LEFT
        if backward:
            at = self._x(each.x + TEXT_MM) - round(font.getlength(each.text, direction="rtl")), at[1]
        pen.text(at, each.text, fill=0, font=font, stroke_width=heavy, direction="rtl" if backward else None)

    def _mono(self, picture: Image.Image, x: float, y: float, text: str, size: float) -> None:
        """Each letter at a place of its own, so that columns stand under each other whatever the font."""
        high = max(1, self._px(size))
        wide = size * LETTERS_WIDE * self._unit
        for number, letter in enumerate(text):
            if letter != " ":
                stamp, inset = self._stamp(letter, high, wide)
                picture.paste(0, (round(x * self._unit + self._left + number * wide + inset), self._px(y)), stamp)

    def _stamp(self, letter: str, high: int, wide: float) -> tuple[Image.Image, float]:
        """The picture of a letter, and how far it stands to the right in its place. Drawn once: there are thousands."""
        key = letter, high
        if key not in self._stamps:
            font, even = self._fonts.mono(high)
            stamp = Image.new("1", (2 * high, 2 * high), 0)
            pen = ImageDraw.Draw(stamp)
            pen.fontmode = "1"
            pen.text((0, 0), letter, fill=1, font=font)
            self._stamps[key] = stamp, 0.0 if even else (wide - font.getlength(letter)) / 2
        return self._stamps[key]

    def _shape(self, pen: ImageDraw.ImageDraw, shape: Shape, x: float, y: float) -> None:
        match shape:
            case Box():
                box = [self._x(x + shape.x), self._px(y + shape.y)]
                box += [self._x(x + shape.x + shape.width), self._px(y + shape.y + shape.height)]
                pen.rectangle(box, fill=0 if shape.filled else None, outline=0, width=max(1, self._px(shape.thick)))
            case Stroke():
                self._stroke(pen, shape, x, y)
            case Dot():
                left, top, radius = x + shape.x, y + shape.y, shape.radius
                box = [self._x(left - radius), self._px(top - radius), self._x(left + radius), self._px(top + radius)]
                pen.ellipse(box, fill=0)
            case FigureLabel():
                self._label(pen, shape, x, y)
            case Cells():
                self._cells(pen, shape, x, y)
            case Symbols():
                dots = max(SQUARE_DOTS, self.dots(shape.module))
                left, top = self._x(x + shape.x), self._px(y + shape.y)
                count = range(len(shape.rows) + 1)
                _squares(pen, shape.rows, [left + at * dots for at in count], [top + at * dots for at in count])

    def _stroke(self, pen: ImageDraw.ImageDraw, shape: Stroke, x: float, y: float) -> None:
        start = np.array([x + shape.x1, y + shape.y1])
        end = np.array([x + shape.x2, y + shape.y2])
        ends = [(self._x(float(cx)), self._px(float(cy))) for cx, cy in (start, end)]
        pen.line(ends, fill=0, width=max(1, self._px(shape.thick)))
        if shape.arrow:
            along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
            across = np.array([-along[1], along[0]])
            corners = [end, end - 2.4 * along + 0.9 * across, end - 2.4 * along - 0.9 * across]
            pen.polygon([(self._x(float(cx)), self._px(float(cy))) for cx, cy in corners], fill=0)

    def _label(self, pen: ImageDraw.ImageDraw, shape: FigureLabel, x: float, y: float) -> None:
        size = max(1, self._px(shape.size))
        font = self._fonts.mono(size)[0] if shape.mono else self._fonts.text(size)
        anchor = {"left": "lm", "middle": "mm", "right": "rm"}[shape.anchor]
        pen.text((self._x(x + shape.x), self._px(y + shape.y)), shape.text, fill=0, font=font, anchor=anchor)

    def _cells(self, pen: ImageDraw.ImageDraw, shape: Cells, x: float, y: float) -> None:
        columns = [self._x(x + shape.x + at * shape.cell) for at in range(len(shape.rows[0]) + 1)]
        rows = [self._px(y + shape.y + at * shape.cell) for at in range(len(shape.rows) + 1)]
        _squares(pen, shape.rows, columns, rows)
        if shape.lines:
            thin = max(1, self._px(0.12))
            for column in columns:
                pen.line([column, rows[0], column, rows[-1]], fill=0, width=thin)
            for row in rows:
                pen.line([columns[0], row, columns[-1], row], fill=0, width=thin)


def _squares(pen: ImageDraw.ImageDraw, cells: tuple[str, ...], columns: list[int], rows: list[int]) -> None:
    """Squares between these borders; black ones beside each other are drawn as one."""
    for row, line in enumerate(cells):
        begin = None
        for column, value in enumerate(line + "0"):
            if value == "1" and begin is None:
                begin = column
            elif value != "1" and begin is not None:
                pen.rectangle([columns[begin], rows[row], columns[column] - 1, rows[row + 1] - 1], fill=0)
                begin = None
