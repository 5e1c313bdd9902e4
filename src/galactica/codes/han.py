"""Scripts written without spaces: Han, kana, Hangul, Thai, Lao, Khmer and Burmese, made searchable by n-grams.

Rules:
1. Traditional characters are folded to simplified ones, one for one, so that 龍 finds 龙 and offsets do not move. The
   table comes from OpenCC's own t2s conversion of single characters; it is built once, at first use.
2. Full-width letters and digits become plain ones, half-width kana become full-width.
3. A run of such characters becomes overlapping n-grams separated by spaces: two for Han, kana and Hangul, three for
   the South-East Asian scripts (whose vowel signs are characters too). A run shorter than that stays as it is. Latin
   words inside such text stay words.

Source: Unicode 15 blocks; sizes of the n-grams by measurement, docs/decisions/0004-words-by-article.md.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

PAIRS = "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30fa\u30fc-\u318f\u31a0-\u31ff\u3400-\u9fff\ua960-\ua97f"
PAIRS += "\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
"""Character class of what is cut into pairs."""

TRIPLES = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
"""Character class of what is cut into threes: Thai, Lao, Burmese, Khmer letters and signs, without digits."""

_PAIR_RUN = re.compile(f"[{PAIRS}]+")
_TRIPLE_RUN = re.compile(f"[{TRIPLES}]+")
_ANY = re.compile(f"[{PAIRS}{TRIPLES}]")
_WIDE = re.compile("[\u3000\uff01-\uffdc]")


@cache
def simplified() -> dict[int, str]:
    """Code point of a traditional character → its simplified form, one character each; about 4,200 entries."""
    import opencc  # here, because only text with Han characters needs it

    spans = ((0x3400, 0xA000), (0xF900, 0xFAFF))
    single = [chr(point) for start, stop in spans for point in range(start, stop)]
    converted = opencc.OpenCC("t2s").convert("\n".join(single)).split("\n")
    pairs = zip(single, converted, strict=True)
    return {ord(old): new for old, new in pairs if old != new and len(new) == 1}


@cache
def _narrow() -> dict[int, str]:
    """Full-width forms → plain, half-width kana → full-width, where this is one character for one."""
    table = {0x3000: " "}
    for point in range(0xFF01, 0xFFDD):
        plain = unicodedata.normalize("NFKC", chr(point))
        if len(plain) == 1:
            table[point] = plain
    return table


def fold_han(text: str) -> str:
    """The same text, as many characters long, in simplified characters and without full-width forms."""
    return narrowed(text).translate(simplified())


def narrowed(text: str) -> str:
    """The same text, as many characters long, without full-width forms."""
    return text.translate(_narrow()) if _WIDE.search(text) else text


def unspaced(text: str) -> bool:
    """Whether any character of a script without spaces occurs."""
    return not text.isascii() and _ANY.search(text) is not None


def spread(text: str, *, pairs: bool = True, triples: bool = True) -> str:
    """`text` with every run of unspaced script folded and replaced by its n-grams, separated by spaces.

    `pairs` and `triples` say which of the two kinds of script to look for; each look is a pass over the text.
    Only the runs are folded: a whole article that holds three Han characters takes 2 ms to translate, its runs none.

    Example:
        >>> spread("北京大學 and 氧")
        ' 北京 京大 大学  and  氧 '
    """
    if pairs:
        text = _PAIR_RUN.sub(_pairs, text)
    return _TRIPLE_RUN.sub(_triples, text) if triples else text


def _pairs(run: re.Match[str]) -> str:
    text = run[0].translate(simplified())
    if len(text) < 3:
        return f" {text} "
    return f" {' '.join(map(str.__add__, text, text[1:]))} "


def _triples(run: re.Match[str]) -> str:
    text = run[0]
    if len(text) < 4:
        return f" {text} "
    return f" {' '.join([text[i : i + 3] for i in range(len(text) - 2)])} "
