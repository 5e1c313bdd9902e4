"""How a character may be spelt in Latin letters, before any pair of names has taught it.

Of a letter or syllable, as `romanising` writes it; of a Han character also as Wade and Giles wrote Mandarin, and as
names in Japanese, Korean and Cantonese often have it (`han_readings.toml`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from galactica.codes.han import fold_han
from galactica.joining.topics.romanising import romanised

ELSEWHERE = {"ja": 0.3, "ko": 0.2, "yue": 0.2}
"""How likely, beside the reading itself, a character is read as elsewhere: all its readings there together."""

WADE_GILES = 0.2
"""How likely it is spelt so, where that is another spelling."""

_HAN = re.compile("[\u3400-\u9fff]")
_NOT_LETTERS = re.compile("[^a-z]")


def reading_of(character: str) -> str:
    """A character in Latin letters; "" where nothing is known."""
    return romanised(character).replace(" ", "")


def other_readings(character: str) -> dict[str, float]:
    """How else a Han character may be spelt, with how likely that is beside 1 for its Mandarin reading."""
    if not _HAN.match(character):
        return {}
    found = dict(_elsewhere().get(character, {}))
    spelt = _wade_giles(character)
    if spelt and spelt != reading_of(character):
        found[spelt] = max(found.get(spelt, 0.0), WADE_GILES)
    return found


def _wade_giles(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    spelt = "".join(lazy_pinyin(character, style=Style.WADEGILES, errors="ignore"))
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKD", spelt))


@cache
def _elsewhere() -> dict[str, dict[str, float]]:
    raw = tomllib.loads(files("galactica.joining.topics").joinpath("han_readings.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, float]] = {}
    for tag, chance in ELSEWHERE.items():
        for entry in raw[tag]["readings"].split():
            characters, _, written = entry.partition(":")
            readings = written.split("/")
            for character in {*characters, *fold_han(characters)}:
                of = found.setdefault(character, {})
                for reading in readings:
                    of[reading] = max(of.get(reading, 0.0), chance / len(readings))
    return found
