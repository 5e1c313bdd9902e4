"""A name in Latin letters, whatever script it is in, and how it sounds, roughly: so that names meet across scripts.

Han characters by pypinyin's readings, Hangul by its letters (Revised Romanization, letter by letter), kana by Hepburn,
Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic and Devanagari by the tables beside this module. What is in
none of them is left
out. `sound_of` keeps the consonants in classes that transcriptions confuse (b p, d t, g k q, l r, s z c, f v w h): the
Chinese 托尼·阿博特 and Tony Abbott are both "tnpt".
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from galactica.codes.han import fold_han
from galactica.codes.letters import title_key
from galactica.languages import scripts_in

LONGEST = 200
"""Characters of a name that are looked at."""

_WRITTEN_TOGETHER = (
    frozenset({"Latin", "zh", "ja"}),
    frozenset({"Latin", "zh", "ko"}),
    frozenset({"Latin", "zh", "Bopomofo"}),
)
"""Scripts that one word may have letters of (UTS 39, "highly restrictive"); "zh" is Han, "ja" kana, "ko" Hangul."""

_RUN = re.compile(r"\w+")
_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = " k kk ks n nj nh t l lk lm lb ls lt lp lh m p bs s ss ng j ch k t p h".split(" ")
_WORDS = re.compile(r"[a-z0-9]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_LONG = re.compile(r"(.)ー")


def mixes_scripts(name: str) -> bool:
    """Whether a word of a name has letters of scripts that are not written together: it looks like another name, and is
    none of its transcriptions (Unicode Technical Standard 39, section 5.2)."""
    if name.isascii():
        return False
    for word in _RUN.findall(name[:LONGEST]):
        scripts = frozenset() if word.isascii() else scripts_in(word)
        if len(scripts) > 1 and not any(scripts <= each for each in _WRITTEN_TOGETHER):
            return True
    return False


def romanised(name: str) -> str:
    """A name in small Latin letters, its words apart; "" where nothing of it can be written so."""
    return _romanised(name[:LONGEST])


@lru_cache(maxsize=65_536)
def _romanised(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).replace("·", " ").replace("・", " ").replace("=", " ")
    text = title_key(text.replace("ー", ""))
    if not text.isascii():
        text = _HAN.sub(lambda run: f" {_pinyin(run[0])} ", text)
        text = _kana(text)
        text = "".join(_letter(character) for character in text)
    return " ".join(_WORDS.findall(text))


def sound_of(name: str) -> str:
    """The consonants of a name in classes, without those that repeat; "" where there are none."""
    return _sound(romanised(name))


@lru_cache(maxsize=65_536)
def _sound(latin: str) -> str:
    words = []
    for word in latin.split():
        kept = ""
        text = _SAID.sub(lambda match: _TOGETHER[match[0]], word)
        for character in text:
            group = _CLASS.get(character, "")
            if group and not kept.endswith(group):
                kept += group
        words.append(kept)
    return "".join(words)


_TOGETHER = {
    "sch": "s", "tch": "c", "ch": "c", "sh": "s", "zh": "c", "ph": "f", "th": "t", "ck": "k", "gh": "g", "x": "ks",
    "kh": "k", "ts": "c", "tz": "c", "wr": "r", "kn": "n", "qu": "kw", "ng": "n", "ce": "se", "ci": "si", "cy": "si",
}  # fmt: skip
_SAID = re.compile("|".join(sorted(_TOGETHER, key=len, reverse=True)))
_GROUPS = {"p": "bp", "t": "dt", "k": "gkq", "l": "lr", "s": "szcjx", "f": "fvwh", "m": "m", "n": "n"}
_CLASS = {letter: group for group, letters in _GROUPS.items() for letter in letters}


def _pinyin(text: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(fold_han(text), style=Style.NORMAL, errors="ignore")).replace("ü", "u")


def _kana(text: str) -> str:
    """Kana as syllables: what is small joins the one before."""
    table = _tables()["kana"]
    found, at = [], 0
    while at < len(text):
        pair = text[at : at + 2]
        point = ord(text[at])
        if 0x3040 <= point <= 0x30FF:
            two = _katakana(pair)
            if len(two) == 2 and two in table:
                found.append(table[two])
                at += 2
                continue
            found.append(table.get(_katakana(text[at]), ""))
        else:
            found.append(text[at])
        at += 1
    return "".join(found)


def _katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if 0x3041 <= ord(c) <= 0x3096 else c for c in text)


def _letter(character: str) -> str:
    if character.isascii():
        return character
    point = ord(character)
    if 0xAC00 <= point <= 0xD7A3:
        at = point - 0xAC00
        return _INITIALS[at // 588] + _VOWELS[at % 588 // 28] + _FINALS[at % 28]
    found = _tables()["letters"].get(character)
    if found is not None:
        return found
    plain = unicodedata.normalize("NFKD", character)
    return "".join(c for c in plain if c.isascii()) or (" " if not character.isalnum() else "")


@cache
def _tables() -> dict[str, dict[str, str]]:
    raw = tomllib.loads(files("galactica.joining.topics").joinpath("letters.toml").read_text(encoding="utf-8"))
    letters: dict[str, str] = {}
    for script in raw["scripts"].values():
        letters |= {pair[0]: pair[1:] for pair in script["letters"].split()}
    kana: dict[str, str] = {}
    for entry in raw["kana"]["syllables"].split():
        written, _, said = entry.partition(":")
        kana[written] = said
    return {"letters": letters, "kana": kana}
