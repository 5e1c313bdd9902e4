"""What a character of a PDF means: ligatures and presentation forms taken apart, private signs of old fonts told.

Rules: what Unicode calls a compatibility form of letters (ligatures, Arabic presentation forms) becomes the letters;
what Adobe's and Microsoft's fonts keep in the private use area (small capitals, old-style digits, the Symbol font)
becomes what it looks like; other private signs and control characters stand for nothing that is known.
Sources: Unicode 15 (FB00–FB4F, FB50–FDFF, FE70–FEFC); Adobe Glyph List 1.2 (F721–F7FF); the Symbol encoding of ISO
32000-1, annex D.5.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

UNKNOWN = "\ufffd"
"""Stands for a sign whose letter is not known."""

_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
"""The Symbol encoding from 0x20."""

_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
"""The same from 0xA0."""

_DINGBATS = {0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xFC: "✓", 0xE0: "→", 0x6C: "●", 0x6E: "■", 0x71: "❑", 0x76: "❖"}
"""The signs of Wingdings that stand before items of lists."""

_NO_LETTERS = ("extra", "webdings", "math", "euclid", "icon", "ornament", "awesome")
"""In names of fonts whose signs are no letters where they stand in the place of some."""

ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˘": "\u0306",
    "˙": "\u0307", "˚": "\u030a", "¸": "\u0327", "˝": "\u030b", "˛": "\u0328", "ˇ": "\u030c",
}  # fmt: skip
"""Spacing accents that old fonts print over a letter → the combining one."""


@lru_cache(maxsize=4096)
def sign(code: int, font: str) -> str:
    """What a code point says: letters, "" for nothing that is seen, `UNKNOWN` where that cannot be told.

    Args:
        font: the name of its font.
    """
    if 0x20 < code < 0x7F:
        return chr(code)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNKNOWN
    char = chr(code)
    if code == 2:
        return "-"
    if char in "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e":
        return char if code in (0x200C, 0x200D) else ""
    if 0xE000 <= code <= 0xF8FF:
        return _private(code, font.lower())
    if 0xFB00 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        return unicodedata.normalize("NFKC", char)
    if unicodedata.category(char) in ("Cc", "Cn", "Co"):
        return UNKNOWN
    return char


def _private(code: int, font: str) -> str:
    if 0xF020 <= code <= 0xF0FF:
        low = code - 0xF000
        if "wingdings" in font or "dingbat" in font:
            return _DINGBATS.get(low, UNKNOWN)
        if "symbol" in font or low >= 0xA0:
            high = low - 0xA0
            found = _SYMBOL[low - 0x20] if low < 0x7F else _SYMBOL_HIGH[high] if 0 <= high < len(_SYMBOL_HIGH) else "\0"
            return UNKNOWN if found == "\0" else found
        known = low < 0x7F and not any(word in font for word in _NO_LETTERS)
        return chr(low) if known else UNKNOWN
    if 0xF761 <= code <= 0xF77A:
        return chr(code - 0xF761 + ord("a"))
    if 0xF730 <= code <= 0xF739:
        return chr(code - 0xF730 + ord("0"))
    if 0xF7E0 <= code <= 0xF7FE:
        return chr(code - 0xF700)
    return UNKNOWN


@lru_cache(maxsize=8192)
def side(char: str) -> str:
    """How a character is written: "R" from right to left, "L" the other way and digits, "N" either, "M" a mark on the
    one before."""
    kind = unicodedata.bidirectional(char)
    if kind in ("R", "AL"):
        return "R"
    if kind == "NSM":
        return "M"
    return "L" if kind in ("L", "EN", "AN") else "N"


@lru_cache(maxsize=8192)
def unparted(char: str) -> bool:
    """Whether the script of a character parts no words with spaces: Han, kana, and what is printed with them."""
    code = ord(char)
    return (
        0x2E80 <= code <= 0x312F
        or 0x31A0 <= code <= 0xA4CF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
    )
