"""Lines of text on pages of sheets: one font, one size, cut where they are too long. The only module here that needs
Pillow to be imported."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from galactica.errors import MissingError

try:
    from PIL import Image, ImageDraw, ImageFont
except ImportError as problem:  # pragma: no cover - Pillow is an extra
    raise MissingError(
        "Pages are drawn with the package Pillow, which is not installed.",
        "Install the extra: pip install 'galactica[engrave]'",
    ) from problem

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_LETTERS: Final = 0.72
"""Size of the font by height of a line: what stands below the base line and above capitals has room."""


def text_line(text: str, *, width_px: int, height_px: int) -> npt.NDArray[np.bool_]:
    """A line of text.

    Args:
        text: cut, with an ellipsis, where it is wider than the line; a letter that the font lacks is "?".
        width_px, height_px: of the line.

    Returns:
        bool [height_px, width_px]: True is ink.
    """
    font = _font(max(6, round(_LETTERS * height_px)))
    shown = drawable(text, font)
    if font.getlength(shown) > width_px:
        low, high = 0, len(shown)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if font.getlength(shown[:middle] + "…") <= width_px else (low, middle - 1)
        shown = shown[:low] + "…"
    picture = Image.new("1", (width_px, height_px), 1)
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    pen.text((0, height_px // 2), shown, font=font, fill=0, anchor="lm")
    return ~np.asarray(picture, dtype=np.bool_)


def drawable(text: str, font: Font) -> str:
    """A text without the letters that a font does not have: "?" stands for each run of them."""
    missing = _glyph(font, "\U0010ffff")
    made: list[str] = []
    for letter in text:
        known = letter.isspace() or _glyph(font, letter) != missing
        if known or made[-1:] != ["?"]:
            made.append(letter if known else "?")
    return "".join(made)


def _glyph(font: Font, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter, mode="1")
    return mask.size, bytes(mask)


@lru_cache(8)
def _font(size: int) -> Font:
    return ImageFont.load_default(size)
