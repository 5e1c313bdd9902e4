"""Letters that are written for each other: what each is looked up as, so that spellings of one word meet.

Only what readers of a script take for the same when they type is put together:
* digits of every script; presentation forms, ligatures, letters of mathematics, half and full width (NFKC);
* what is left out at will: vowel points and harakat, tatweel, nukta, stress, soft hyphens, joiners without width;
* Arabic script: ي ى ی, ك ک, ه ة ھ ہ ە, ا أ إ آ; Greek without tonos and with one sigma; Cyrillic ё ѐ ѝ ґ;
* Devanagari: a nasal before its own class of consonants is anusvara, as is chandrabindu (हिन्दी, हिंदी; हाँ, हां);
* apostrophes, primes and the ʻokina; hyphens; the dotted capital İ.

Latin accents and ß are not here: stemmers want them, the analysers fold them afterwards. Sources: Unicode 15; Lucene's
normalisers of Arabic, Persian, Hindi and Indic text fold the same letters, chosen by people who read them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_LEFT_OUT = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
    (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7),  # Hebrew points
    (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC),  # Arabic marks
    (0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x08D3, 0x08FF),
    (0x180B, 0x180E), (0x200B, 0x200B), (0x200D, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
)  # fmt: skip
"""Ranges of code points that do not count, once what can be composed is composed (NFC)."""

_COMPATIBLE = (
    (0x0132, 0x0133), (0x013F, 0x0140), (0x0149, 0x0149), (0x017F, 0x017F), (0x01C4, 0x01CC), (0x01F1, 0x01F3),
    (0x02B0, 0x02B8), (0x1D2C, 0x1DBF), (0x2070, 0x209C), (0x2102, 0x214E), (0x2160, 0x217F), (0x2E80, 0x2FDF),
    (0xFB00, 0xFDFF), (0xFE70, 0xFEFC), (0x1D400, 0x1D7FF),
)  # fmt: skip
"""Ranges of forms that Unicode has for compatibility alone."""

_GREEK = ((0x0370, 0x03FF), (0x1F00, 0x1FFF))

_NUKTA = "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc"
_WITH_NUKTA = "\u0929\u0931\u0934"  # the only ones that NFC composes

_GROUPS = (
    "'ʻʼʽʾʿˈˊˋ‘’‛′´`ꞌ׳",
    '"״',
    "-‐‑־",
    "يیىېۍ",
    "كکڪ",
    "هةھہەۀۂۃ",
    "اأإآٱٲٳ",
    "еёѐ",
    "ЕЁЀ",
    "иѝ",
    "ИЍ",
    "гґ",
    "ГҐ",
    "Iİ",
    "ंँ",
)
"""The first of each group stands for the others."""

_SAME = {other: group[0] for group in _GROUPS for other in group[1:]}
_SAME |= dict.fromkeys(_NUKTA, "") | {c: unicodedata.normalize("NFD", c)[0] for c in _WITH_NUKTA}
_SAME |= {"װ": "וו", "ױ": "וי", "ײ": "יי"}

_NASAL = re.compile("ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")
_SEVERAL = frozenset("ßæœþ")
"""Letters that the analysers make two of."""

_VIRAMA = "\u094d"
_CHILLU = dict(zip(("ണ", "ന", "ര", "ല", "ള", "ക"), "ൺൻർൽൾൿ", strict=True))
_TOGETHER = {"\u0e4d\u0e32": "\u0e33", "\u0ecd\u0eb2": "\u0eb3"}
_TOGETHER |= {f"{letter}\u0d4d\u200d": chillu for letter, chillu in _CHILLU.items()}
"""Two or three characters that one is written for: Thai and Lao am, Malayalam chillus."""

_COMPOSED = re.compile("[\u0300-\u036f\u0653-\u0655\u0800-\u1fff\u2126\u212a\u212b\u3000-\u30ff\uf900-\ufeff]")
"""What a text has that may not be in composed form."""

LEFT_OUT = "".join(f"{chr(first)}-{chr(last)}" for first, last in _LEFT_OUT) + _NUKTA
"""Character class of what does not count."""

_MOST_REPLACED = 40
"""Different characters that are replaced one after the other, at the speed of memory; more go through a table."""

_ASCII = bytes(range(128))


def strange(text: str) -> set[str]:
    """The different characters of a text that are not ASCII."""
    if text.isascii():
        return set()
    raw = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(raw.decode("utf-8", "surrogatepass"))


@lru_cache(maxsize=200_000)
def like(character: str) -> str:
    """What a character is looked up as: itself, another, several, or none at all ("")."""
    point = ord(character)
    if point < 0x80:
        return character
    if character in _SAME:
        return _SAME[character]
    if _in(point, _LEFT_OUT):
        return ""
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if _in(point, _GREEK):
        return unicodedata.normalize("NFD", character)[0].replace("ς", "σ")
    if character.isalnum() and _in(point, _COMPATIBLE):
        plain = unicodedata.normalize("NFKC", character)
        return "".join(map(like, plain)) if plain != character else character
    return character


def alike(text: str, found: Iterable[str]) -> str:
    """`text` in composed form, each character as what it is looked up as.

    Args:
        found: its different characters that are not ASCII (`strange`).
    """
    joined = "".join(found)
    if _COMPOSED.search(joined) and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        found = strange(text)
    for several, one in _TOGETHER.items():
        if several[-1] in joined:
            text = text.replace(several, one)
    text = replaced(text, {c: new for c in found if (new := like(c)) != c})
    return _NASAL.sub("\u0902", text) if _VIRAMA in joined else text


def uneven(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand, (start, end), that are not as long when they are looked up as they are written: what no
    string of letters finds in a text of the same length."""
    found = strange(text)
    several = [c for c in found if c in _SEVERAL or len(like(c)) != 1]
    places = [at for c in several for at in _places(text, c)]
    if _VIRAMA in found:
        places += [match.start() for match in _NASAL.finditer(text)]
    end = 0
    for at in sorted(places):
        if at >= end:
            start, end = at, at
            while start and _goes_on(text[start - 1]):
                start -= 1
            while end < len(text) and _goes_on(text[end]):
                end += 1
            if end > start:
                yield start, end


def replaced(text: str, changes: dict[str, str]) -> str:
    """`text` with characters replaced."""
    if len(changes) > _MOST_REPLACED:
        return text.translate({ord(old): new for old, new in changes.items()})
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _goes_on(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M" or like(character) == ""


def _places(text: str, character: str) -> Iterator[int]:
    at = text.find(character)
    while at >= 0:
        yield at
        at = text.find(character, at + 1)


def _in(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= point <= last for first, last in ranges)
