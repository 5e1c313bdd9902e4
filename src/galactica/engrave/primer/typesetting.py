"""The primer's pieces on pages: where each stands (`laid_out`), and the picture of one page (`PageArtist`).

Everything is reckoned in millimetres of a page 210 mm wide and drawn at the resolution of the page, so that a sheet of
A3 has larger letters and a frame of film smaller ones, and line breaks are the same on all. Memory: one page, a byte a
dot while it is drawn.

Letters are measured at one size, `_REFERENCE` dots, whatever the resolution: how lines break does not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from galactica.engrave.primer.document import (
    TEXT_MM,
    Box,
    Cells,
    Dot,
    Figure,
    Heading,
    Label,
    Listing,
    NewPage,
    Piece,
    Shape,
    Steps,
    Stroke,
    Symbols,
    Words,
)
from galactica.engrave.primer.fonts import Fonts

PAGE_MM = 210.0
_TOP = 14.0
_BOTTOM = 17.0
_TEXT = 4.1
_HEADINGS = {1: 7.5, 2: 5.2}
_MONO_MOST = 3.4
_MONO_LEAST = 2.75
_LEADING = 1.42
_REFERENCE = 100
_LETTERS_WIDE = 0.6  # width of a letter of one width, by its size
_RIGHT_TO_LEFT = ("ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "ckb", "dv", "syr", "arz", "pnb", "azb", "mzn", "glk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A line of text, or a figure, at a place of a page; millimetres from the upper left corner."""

    x: float
    y: float
    size: float = 0.0
    text: str = ""
    mono: bool = False
    heavy: bool = False
    language: str = ""
    figure: Figure | None = None


@dataclass(slots=True, kw_only=True)
class _Pages:
    height: float
    pages: list[list[Placed]] = field(default_factory=lambda: [[]])
    at: float = _TOP

    @property
    def left(self) -> float:
        return self.height - _BOTTOM - self.at

    def turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self.at = _TOP

    def put(self, placed: Placed, high: float) -> None:
        self.pages[-1].append(placed)
        self.at += high


def laid_out(pieces: Iterable[Piece], fonts: Fonts, *, height: float) -> list[list[Placed]]:
    """What stands where, page by page.

    Args:
        height: of a page, in millimetres where its width is `PAGE_MM`.

    Raises:
        ValueError: a figure is higher than a page.
    """
    pages = _Pages(height=height)
    for piece in pieces:
        _PLACERS[type(piece)](pages, piece, fonts)
    return [page for page in pages.pages if page]


def _heading(pages: _Pages, piece: Heading, fonts: Fonts) -> None:
    size = _HEADINGS[piece.level]
    if piece.level == 1:
        pages.turn()
    else:
        pages.at += 2.5 if pages.pages[-1] else 0
        if pages.left < 30:
            pages.turn()
    for line in wrapped(piece.text, fonts, size, TEXT_MM):
        pages.put(Placed(x=_margin(), y=pages.at, size=size, text=line, heavy=True), size * 1.3)
    pages.at += 2.0


def _words(pages: _Pages, piece: Words, fonts: Fonts) -> None:
    _paragraph(pages, piece.text, fonts, language=piece.language)
    pages.at += 1.9


def _paragraph(
    pages: _Pages, text: str, fonts: Fonts, *, mark: str = "", indent: float = 0.0, language: str = ""
) -> None:
    high = _TEXT * _LEADING
    lines = wrapped(text, fonts, _TEXT, TEXT_MM - indent, language)
    if len(lines) > 1 and pages.left < 2 * high:
        pages.turn()
    for number, line in enumerate(lines):
        if pages.left < high:
            pages.turn()
        if mark and not number:
            pages.pages[-1].append(Placed(x=_margin() + 0.5, y=pages.at, size=_TEXT, text=mark))
        pages.put(Placed(x=_margin() + indent, y=pages.at, size=_TEXT, text=line, language=language), high)


def _steps(pages: _Pages, piece: Steps, fonts: Fonts) -> None:
    for number, item in enumerate(piece.items, 1):
        _paragraph(pages, item, fonts, mark=f"{number}." if piece.numbered else "-", indent=8.0)
        pages.at += 0.8
    pages.at += 1.2


def _listing(pages: _Pages, piece: Listing, fonts: Fonts) -> None:
    longest = max((len(line) for line in piece.lines), default=1)
    size = max(_MONO_LEAST, min(_MONO_MOST, TEXT_MM / (max(longest, 1) * _LETTERS_WIDE)))
    high = size * 1.3
    whole = high * len(piece.lines) + (6.0 if piece.caption else 0)
    if (
        (piece.together or len(piece.lines) <= 12) and pages.left < whole <= pages.height - _TOP - _BOTTOM
    ) or pages.left < min(4, len(piece.lines)) * high + 6.0:
        pages.turn()
    if piece.caption:
        _paragraph(pages, piece.caption + ":", fonts)
    for line in piece.lines:
        if pages.left < high:
            pages.turn()
        pages.put(Placed(x=_margin(), y=pages.at, size=size, text=line, mono=True), high)
    pages.at += 2.6


def _figure(pages: _Pages, piece: Figure, fonts: Fonts) -> None:
    room = pages.height - _TOP - _BOTTOM
    if piece.height > room:
        raise ValueError(f"a figure {piece.height} mm high is higher than a page ({room} mm)")
    if pages.left < piece.height + (7.0 if piece.caption else 0):
        pages.turn()
    pages.put(Placed(x=_margin(), y=pages.at, figure=piece), piece.height + 1.5)
    if piece.caption:
        _paragraph(pages, piece.caption, fonts, indent=8.0)
    pages.at += 2.5


def _new_page(pages: _Pages, piece: NewPage, fonts: Fonts) -> None:
    pages.turn()


_PLACERS: dict[type[Piece], Callable[[_Pages, Any, Fonts], None]] = {
    Heading: _heading,
    Words: _words,
    Steps: _steps,
    Listing: _listing,
    Figure: _figure,
    NewPage: _new_page,
}


def footer(left: str, right: str, height: float) -> list[Placed]:
    """The line at the bottom of a page: what it is, and what it belongs to."""
    return [
        Placed(x=_margin(), y=height - 13.0, size=3.6, text=left),
        Placed(x=_margin(), y=height - 8.0, size=2.75, text=right, mono=True),
    ]


def _margin() -> float:
    return (PAGE_MM - TEXT_MM) / 2


def wrapped(text: str, fonts: Fonts, size: float, width: float, language: str = "") -> list[str]:
    """Lines of the text no wider than `width` millimetres. A word wider than that, or a text in a script without spaces
    between words, is broken between any two characters."""
    font = fonts.for_text(text, _REFERENCE) or fonts.text(_REFERENCE)
    scale = size / _REFERENCE
    lines: list[str] = []
    line = ""
    for word in _words_of(text):
        longer = line + word if not line or word[:1] == "\u200b" else f"{line} {word}"
        longer = longer.replace("\u200b", "")
        if not line or font.getlength(longer) * scale <= width:
            line = longer
        else:
            lines.append(line)
            line = word.replace("\u200b", "")
        while font.getlength(line) * scale > width and len(line) > 1:
            cut = len(line) - 1
            while cut > 1 and font.getlength(line[:cut]) * scale > width:
                cut -= 1
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def _words_of(text: str) -> Iterator[str]:
    """Words; before a character of a script without spaces stands U+200B: the line may break there, without a space."""
    for word in text.split():
        if any(_unspaced(letter) for letter in word):
            run = ""
            for number, letter in enumerate(word):
                closing = letter in "，。、；：！？）」』》"
                if run and not closing and (_unspaced(letter) or _unspaced(run[-1])):
                    yield run
                    run = "\u200b"
                run += letter
                del number
            yield run
        else:
            yield word


def _unspaced(letter: str) -> bool:
    code = ord(letter)
    return (
        0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or letter in "，。、；：！？「」"
    )


class PageArtist:
    """Draws pages of one size.

    Args:
        width_px, height_px: of a page.
        fonts: what letters are drawn with.
    """

    def __init__(self, width_px: int, height_px: int, fonts: Fonts) -> None:
        self._size = (width_px, height_px)
        self._unit = width_px / PAGE_MM
        self._fonts = fonts
        self.height_mm = height_px / self._unit

    def drawn(self, page: Iterable[Placed]) -> npt.NDArray[np.bool_]:
        """bool [height_px, width_px]: True is ink."""
        picture = Image.new("1", self._size, 1)
        pen = ImageDraw.Draw(picture)
        pen.fontmode = "1"
        for each in page:
            if each.figure is not None:
                for shape in each.figure.shapes:
                    self._shape(pen, shape, each.x, each.y)
            elif each.mono:
                self._mono(pen, each.x, each.y, each.text, each.size)
            else:
                self._line(pen, each)
        return ~np.asarray(picture, dtype=np.bool_)

    def _px(self, length: float) -> int:
        return round(length * self._unit)

    def _line(self, pen: ImageDraw.ImageDraw, each: Placed) -> None:
        size = max(1, self._px(each.size))
        font = self._fonts.for_text(each.text, size) or self._fonts.text(size)
        at = self._px(each.x), self._px(each.y)
        heavy = max(0, round(size / 28)) if each.heavy else 0
        backward = each.language.split("-")[0] in _RIGHT_TO_LEFT
        if backward:
            at = self._px(each.x + TEXT_MM) - round(font.getlength(each.text, direction="rtl")), at[1]
        pen.text(at, each.text, fill=0, font=font, stroke_width=heavy, direction="rtl" if backward else None)

    def _mono(self, pen: ImageDraw.ImageDraw, x: float, y: float, text: str, size: float) -> None:
        """Each letter at a place of its own, so that columns stand under each other whatever the font."""
        high = max(1, self._px(size))
        font, even = self._fonts.mono(high)
        wide = size * _LETTERS_WIDE
        for number, letter in enumerate(text):
            if letter != " ":
                left = (x + number * wide) * self._unit
                if not even:
                    left += (wide * self._unit - font.getlength(letter)) / 2
                pen.text((round(left), self._px(y)), letter, fill=0, font=font)

    def _shape(self, pen: ImageDraw.ImageDraw, shape: Shape, x: float, y: float) -> None:
        match shape:
            case Box():
                box = [self._px(x + shape.x), self._px(y + shape.y)]
                box += [self._px(x + shape.x + shape.width), self._px(y + shape.y + shape.height)]
                pen.rectangle(box, fill=0 if shape.filled else None, outline=0, width=max(1, self._px(shape.thick)))
            case Stroke():
                self._stroke(pen, shape, x, y)
            case Dot():
                left, top, radius = x + shape.x, y + shape.y, shape.radius
                pen.ellipse([self._px(v) for v in (left - radius, top - radius, left + radius, top + radius)], fill=0)
            case Label():
                self._label(pen, shape, x, y)
            case Cells():
                self._cells(pen, shape, x, y)
            case Symbols():
                dots = max(shape.least, self._px(shape.module))
                _squares(pen, shape.rows, self._px(x + shape.x), self._px(y + shape.y), dots)

    def _stroke(self, pen: ImageDraw.ImageDraw, shape: Stroke, x: float, y: float) -> None:
        start = np.array([x + shape.x1, y + shape.y1])
        end = np.array([x + shape.x2, y + shape.y2])
        ends = [self._px(value) for value in (*start.tolist(), *end.tolist())]
        pen.line(ends, fill=0, width=max(1, self._px(shape.thick)))
        if shape.arrow:
            along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
            across = np.array([-along[1], along[0]])
            corners = [end, end - 2.4 * along + 0.9 * across, end - 2.4 * along - 0.9 * across]
            pen.polygon([(self._px(float(cx)), self._px(float(cy))) for cx, cy in corners], fill=0)

    def _label(self, pen: ImageDraw.ImageDraw, shape: Label, x: float, y: float) -> None:
        size = max(1, self._px(shape.size))
        font = self._fonts.mono(size)[0] if shape.mono else self._fonts.text(size)
        anchor = {"left": "lm", "middle": "mm", "right": "rm"}[shape.anchor]
        pen.text((self._px(x + shape.x), self._px(y + shape.y)), shape.text, fill=0, font=font, anchor=anchor)

    def _cells(self, pen: ImageDraw.ImageDraw, shape: Cells, x: float, y: float) -> None:
        dots = max(1, self._px(shape.cell))
        left, top = self._px(x + shape.x), self._px(y + shape.y)
        _squares(pen, shape.rows, left, top, dots)
        if shape.lines:
            wide, high = len(shape.rows[0]) * dots, len(shape.rows) * dots
            thin = max(1, self._px(0.12))
            for at in range(0, wide + 1, dots):
                pen.line([left + at, top, left + at, top + high], fill=0, width=thin)
            for at in range(0, high + 1, dots):
                pen.line([left, top + at, left + wide, top + at], fill=0, width=thin)


def _squares(pen: ImageDraw.ImageDraw, rows: tuple[str, ...], left: int, top: int, dots: int) -> None:
    for row, line in enumerate(rows):
        begin = None
        for column, value in enumerate(line + "0"):
            if value == "1" and begin is None:
                begin = column
            elif value != "1" and begin is not None:
                box = [left + begin * dots, top + row * dots, left + column * dots - 1, top + (row + 1) * dots - 1]
                pen.rectangle(box, fill=0)
                begin = None
