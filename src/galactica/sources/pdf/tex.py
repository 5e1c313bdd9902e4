"""Signs of TeX's fonts for which a file gives no letter, so that PDFium shows the code: what they say.

The fonts of signs (CMSY) have no digits, no small letters and no equals sign, so that one that is read there is always
another sign; a number in its place would be a wrong value ("x 6= y" for "x ≠ y"). The stroke of ≠ and the foot of ↦ are
printed under the next sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from galactica.sources.pdf.words import Glyph

STROKE, FOOT = "\u0338", "\u21a6"
"""What is printed together with another sign: a stroke through it, the foot of an arrow."""

_DIGITS = f"′∞∈∋△▽{STROKE}{FOOT}∀∃"
_SMALL = "⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡"
_BESIDE = "¬∅ℜℑ⊤⊥ℵ∪⊎∧∨⊢"
_SIGNS = dict(zip("0123456789abcdefghijklmnopqrstuvwxyz:;<=>?@[]^_`", _DIGITS + _SMALL + _BESIDE, strict=True))
_FONTS = (
    (re.compile(r"(?:[A-Z]{6}\+)?CMB?SY\d{1,2}"), _SIGNS),
    (re.compile(r"(?:[A-Z]{6}\+)?MSBM\d{1,2}"), {"(": "⊊", ")": "⊋"}),
    (re.compile(r"(?:[A-Z]{6}\+)?MSAM\d{1,2}"), {"\x04": "□"}),
)


@lru_cache(maxsize=4096)
def tex_sign(code: int, font: str) -> str:
    """What a code says in one of TeX's fonts of signs; "" where it says itself."""
    for name, signs in _FONTS:
        if name.fullmatch(font):
            return signs.get(chr(code), "")
    return ""


def with_signs_of_tex(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The characters with TeX's signs told, those that are printed together as one."""
    found: list[Glyph] = []
    for glyph in glyphs:
        thing = glyph.letter.object
        told = tex_sign(glyph.letter.code, thing.font) if thing is not None else ""
        before = found[-1] if found else None
        glyph.text = told or glyph.text
        if before is not None and abs(before.base - glyph.base) < 0.3 * glyph.size:
            apart = abs(before.left - glyph.left)
            if told == STROKE and apart < 0.3 * glyph.size and not before.text.isalnum():
                before.text = unicodedata.normalize("NFC", before.text + STROKE)
                continue
            first = tex_sign(before.letter.code, before.letter.object.font) if before.letter.object else ""
            near = before.text == first and apart < 0.5 * glyph.size
            if near and (first == STROKE or (first == FOOT and glyph.text == "→")):
                glyph.text = FOOT if first == FOOT else unicodedata.normalize("NFC", glyph.text + STROKE)
                glyph.spaced = max(glyph.spaced, before.spaced)
                found.pop()
        found.append(glyph)
    return found
