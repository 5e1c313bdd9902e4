"""Letters for the primer's pages: which font draws which text. The only module that needs Pillow, with `typesetting`.

Fonts are looked for in this order: files that are named; the packages of the extra `engrave` (Noto Sans for text,
Source Code Pro for what must stand in columns; SIL Open Font License); DejaVu, where a system keeps it; Aileron, which
is part of Pillow. Aileron has no letters of one width: there each letter stands in the middle of a place of its own.
So pages are the same wherever the extra is installed, and can be drawn, less well, with Pillow alone.

A text that a font has no letters for is never drawn as boxes: `Fonts.for_text` says that there is none.
"""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from galactica.errors import MissingError

try:
    from PIL import ImageFont, features
except ImportError as problem:  # pragma: no cover - Pillow is an extra
    raise MissingError(
        "pages are drawn with Pillow, which is not installed", remedy="pip install 'galactica[engrave]'"
    ) from problem

_PACKAGED = {
    "text": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "mono": ("fontpkg_source_code_pro", "SourceCodePro[wght].ttf"),
    "Arab": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    "Deva": ("fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf"),
}
_SYSTEM = {"text": "DejaVuSans.ttf", "mono": "DejaVuSansMono.ttf", "Arab": "DejaVuSans.ttf"}
_FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",  # Debian
    "/usr/share/fonts/dejavu-sans-fonts",  # Fedora
    "/usr/share/fonts/TTF",  # Arch
    "/Library/Fonts",
    "C:/Windows/Fonts",
)

_SHAPED = ((0x590, 0x8FF), (0x900, 0xDFF), (0x1000, 0x109F), (0x1780, 0x17FF))
"""Code points of letters that change by what stands beside them, or run to the left: only a shaper (Raqm) sets them.
Others are set without it, so that pages are the same whether there is one or not."""

_ENGINES = {False: ImageFont.Layout.BASIC, True: ImageFont.Layout.RAQM}

_TRIED = 40
"""Pixels: at this height no two letters look alike."""


class LetterFont(Protocol):
    """What is used of a font of Pillow's."""

    def getlength(self, text: str, *, direction: str | None = None) -> float:
        """Pixels from the beginning of a text to its end."""

    def getmask(self, text: str, mode: str) -> Any:  # noqa: ANN401 - Pillow's own kind
        """The picture of a text."""


class Fonts:
    """The fonts of one primer.

    Args:
        files: fonts to look into first for what the primer's own has no letters for.

    Attributes:
        shaper: whether Pillow can shape complex scripts here.
    """

    def __init__(self, files: Sequence[Path] = ()) -> None:
        self.shaper = bool(features.check("raqm"))
        self._text = _found("text")
        self._mono = _found("mono")
        extra = [path for script in ("Arab", "Deva") if (path := _found(script)) is not None]
        self._others = [*files, *extra]

    @property
    def told(self) -> str:
        """Which fonts draw, for people."""
        names = [path.name.split("[")[0] for path in (self._text, self._mono) if path is not None]
        return ", ".join(names) if len(names) == 2 else ", ".join([*names, "Aileron"])

    def text(self, size: int) -> LetterFont:
        """The font of running text, `size` pixels high."""
        return _loaded(self._text, size)

    def mono(self, size: int) -> tuple[LetterFont, bool]:
        """The font of listings, and whether its letters have one width."""
        return _loaded(self._mono, size), self._mono is not None

    def can_draw(self, text: str) -> bool:
        """Whether a text can be drawn as it should be."""
        return self.for_text(text, _TRIED) is not None

    def drawable(self, text: str) -> str:
        """The text, with "?" for letters that no font has, where no one font has them all."""
        if self.for_text(text, _TRIED) is not None:
            return text
        return "".join(letter if letter.isspace() or self.for_text(letter, _TRIED) else "?" for letter in text)

    def for_text(self, text: str, size: int) -> LetterFont | None:
        """A font that has every letter of the text; None where there is none, or where they need a shaper."""
        shaped = any(low <= ord(letter) <= high for letter in text for low, high in _SHAPED)
        if shaped and not self.shaper:
            return None
        for path in [self._text, *self._others]:
            if _has(path, text):
                return _loaded(path, size, shaped)
        return None


def _found(role: str) -> Path | None:
    package, name = _PACKAGED[role]
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "files" / name
        if path.is_file():
            return path
    if role in _SYSTEM:
        for folder in _FOLDERS:
            path = Path(folder) / _SYSTEM[role]
            if path.is_file():
                return path
    return None


@lru_cache(64)
def _loaded(path: Path | None, size: int, shaped: bool = False) -> LetterFont:
    if path is None:
        plain: LetterFont = ImageFont.load_default(size)
        return plain
    try:
        font: Any = ImageFont.truetype(str(path), size, layout_engine=_ENGINES[shaped])
    except OSError as problem:
        raise MissingError(f"{path.name} cannot be read as a font: {problem}", remedy="name another font") from problem
    with contextlib.suppress(OSError):  # a font of one weight
        font.set_variation_by_name("Regular")
    loaded: LetterFont = font
    return loaded


def _has(path: Path | None, text: str) -> bool:
    return all(_has_letter(path, letter) for letter in _letters(text))


@lru_cache(4096)
def _has_letter(path: Path | None, letter: str) -> bool:
    font = _loaded(path, _TRIED)
    return _drawn(font, letter) != _drawn(font, "\U0010ffff")


def _letters(text: str) -> Iterable[str]:
    return sorted({letter for letter in text if not letter.isspace() and ord(letter) not in (0x200C, 0x200D)})


def _drawn(font: LetterFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter, mode="L")
    return mask.size, bytes(mask)
