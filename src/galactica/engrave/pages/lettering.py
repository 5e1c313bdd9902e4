"""Lines of text on pages of sheets, in the primer's fonts: a word at a time, cut where a line is too long."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from galactica.engrave.primer.fonts import Fonts

_LETTERS: Final = 0.72
"""Size of the font by height of a line: what stands below the base line and above capitals has room."""

_WORDS: Final = re.compile(r"\s+|[^\s]+")


def text_line(text: str, fonts: Fonts, *, width_px: int, height_px: int) -> npt.NDArray[np.bool_]:
    """A line of text.

    Args:
        text: cut, with an ellipsis, where it is wider than the line; letters that no font has are "?".
        width_px, height_px: of the line.

    Returns:
        bool [height_px, width_px]: True is ink.
    """
    size = max(6, round(_LETTERS * height_px))
    shown = _fitting(text, fonts, size, width_px)
    picture = Image.new("1", (width_px, height_px), 1)
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    across = 0.0
    for word, font in _words(shown, fonts, size):
        pen.text((round(across), height_px // 2), word, font=font, fill=0, anchor="lm")
        across += font.getlength(word)
    return ~np.asarray(picture, dtype=np.bool_)


def _fitting(text: str, fonts: Fonts, size: int, width: int) -> str:
    """As much of the text as is no wider."""
    if _wide(text, fonts, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _wide(text[:middle] + "…", fonts, size) <= width else (low, middle - 1)
    return text[:low] + "…"


def _wide(text: str, fonts: Fonts, size: int) -> float:
    return sum(float(font.getlength(word)) for word, font in _words(text, fonts, size))


def _words(text: str, fonts: Fonts, size: int) -> list[tuple[str, Any]]:
    """Each word, and each stretch of spaces, with a font that has its letters."""
    found = []
    for word in _WORDS.findall(text):
        shown, font = _word(word, fonts, size)
        found.append((shown, font))
    return found


@lru_cache(1024)
def _word(word: str, fonts: Fonts, size: int) -> tuple[str, Any]:
    font = fonts.for_text(word, size)
    return (word, font) if font is not None else (fonts.drawable(word), fonts.text(size))
