"""The unit that stands at a place of a text: by its sign, where case counts, or by a word of whatever language."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from galactica.claims.cell_words import as_read
from galactica.codes.han import unspaced
from galactica.values.units import Unit, known_units
from galactica.values.written import fold_word

_NOT_READ = frozenset(("mil", "hand", "rod", "chain", "gr", "st", "ton", "a", "league", "degR", "inches"))
"""Units that the same letters are something else of in texts."""


def unit_named(text: str) -> str:
    """The unit that a text in brackets of a heading is: "km²", "in km2"; "" where it is none."""
    plain = re.sub(r"\A(?:in|en|em|in den)\s", "", text.strip())
    found = unit_at(plain, as_read(plain), 0)
    return found[0].name if found and found[1] == len(plain) else ""


@lru_cache(maxsize=4_096)
def unit_at(text: str, plain: str, at: int) -> tuple[Unit, int] | None:
    """The unit that stands at a place, the longest, and where it ends."""
    signs, words = _units()
    match = signs.match(text, at)
    word = words.match(plain, at)
    if match is not None and (word is None or match.end() >= word.end()):
        return _by_sign()[_sign_key(match[1])], match.end()
    return (known_units()[_by_word()[word[1]]], word.end()) if word is not None else None


def _sign_key(sign: str) -> str:
    return sign.replace("²", "2").replace("³", "3").replace("^", "").replace("\xa0", " ").replace("⋅", "·")


@cache
def _by_sign() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for unit in known_units().values():
        if unit.name in _NOT_READ:
            continue
        for sign in (unit.sign, *(code for code in unit.codes if len(code) > 1 and "." not in code)):
            if sign and sign not in ("tons", "gal", "st", "are", "mil"):
                found.setdefault(_sign_key(sign), unit)
    return found


@cache
def _by_word() -> dict[str, str]:
    every = ((fold_word(word), unit.name) for unit in known_units().values() for word in unit.words)
    return {word: name for word, name in every if word not in ("mil", "a", "t.")}


@cache
def _units() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Signs as they are written, case counts; words as they are folded."""
    signs = "|".join(
        re.escape(sign).replace("2", "(?:²|\\^?2)").replace("3", "(?:³|\\^?3)").replace(r"\ ", r"[ \xa0]?")
        for sign in sorted(_by_sign(), key=lambda sign: (-len(sign), sign))
    )
    words = "|".join(
        re.escape(word).replace(r"\ ", r"\s?") + ("" if unspaced(word) or not word[-1].isalnum() else r"(?!\w)")
        for word in sorted(_by_word(), key=lambda word: (-len(word), word))
        if _sign_key(word) not in _by_sign() or len(word) > 2 or unspaced(word)
    )
    return re.compile(rf"[\s\xa0‑-]?({signs})(?![\w²³^/])"), re.compile(rf"\s?-?({words})(?![²³^/])")
