"""Characters that a file gives no letter for: whether what PDFium shows in their place can be the text.

PDFium shows the code itself, which is the letter in many files with one-byte fonts and in none with numbered glyphs.
Rules, for all such characters of one font together: control characters, several scripts, Latin without vowels or with
capitals inside words, and Han or Hangul without any of their most frequent characters, are no text.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from galactica.sources.pdf.signs import UNKNOWN
from galactica.sources.pdf.tex import tex_sign
from galactica.sources.pdf.words import Glyph

GARBLED = 0.4
"""Share of a page's characters without a letter above which its text is not taken."""

_VOWELS = frozenset("aeiouyAEIOUYàáâãäåæèéêëìíîïòóôõöøùúûüýÿÀÁÂÃÄÅÆÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ")
_HAN = frozenset(
    "的一是不了人我在有他这這为為之大来來以个個中上们們到说說国國和地也子时時道出而要于於就下得可你年生自会會那后後能对對着著事其"
    "里裡所去行过過家十用发發天如然作方成者多日都三小军軍二无無同么麼经經法当當起与與好看学學进進种種将將还還分此心前面又定见見只"
    "主没沒公从從本合月場場部高新開開長長間間内內関関動動社会業業理体體全市東東名代目第号県区電電文書書字数數"
)
_HANGUL = frozenset("이다는을의에가고하은를지한로도사어기인그리나아자시일대있해과정전보수라들제서것만상적주여부게면")


def without_letters(glyphs: Sequence[Glyph]) -> int:
    """Put `UNKNOWN` in place of what cannot be text, and say how many such characters there are."""
    by_font: dict[str, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        thing = glyph.letter.object
        if glyph.letter.unknown and thing is not None and not tex_sign(glyph.letter.code, thing.font):
            by_font[thing.font].append(glyph)
    for found in by_font.values():
        if not plausible("".join(" " * bool(glyph.spaced) + glyph.text for glyph in found)):
            for glyph in found:
                glyph.text = UNKNOWN
    return sum(UNKNOWN in glyph.text for glyph in glyphs)


def plausible(text: str) -> bool:
    """Whether the characters of a font, in their order, can be text."""
    seen = [char for char in text if not char.isspace()]
    if UNKNOWN in seen:
        return seen.count(UNKNOWN) < 0.02 * len(seen)
    if sum(not _common(char) for char in seen) > 0.1 * len(seen):
        return False
    latin = [char for char in seen if char.isalpha() and ord(char) < 0x250]
    if len(latin) >= 12:
        share = sum(char in _VOWELS for char in latin) / len(latin)
        inside = sum(one.islower() and two.isupper() for one, two in pairwise(text))
        if not 0.2 <= share <= 0.7 or inside > 0.12 * len(latin):
            return False
    return _frequent(seen, "CJK UNIFIED", _HAN, 20, 0.06) and _frequent(seen, "HANGUL", _HANGUL, 10, 0.12)


def _frequent(seen: Sequence[str], script: str, most: frozenset[str], enough: int, share: float) -> bool:
    of_script = [char for char in seen if unicodedata.name(char, "").startswith(script)]
    return len(of_script) < enough or sum(char in most for char in of_script) >= share * len(of_script)


def _common(char: str) -> bool:
    """Whether a code may well be the letter itself: Latin with its signs, and the scripts of two-byte codes."""
    code = ord(char)
    return 0x20 <= code < 0x100 or 0x2010 <= code <= 0x2044 or 0x3000 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3
