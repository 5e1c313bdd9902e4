"""What languages are called in a few languages, and countries in English: `{{lang-de|…}}`, `{{FRA}}`.

The names are data in `languages.toml`: only what such templates commonly need.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from galactica.languages import primary


def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))


_NAMES = _read()
COUNTRY_CODES = frozenset(_NAMES["countries"])
"""Lower-case codes of countries that have a name here."""


def language_name(code: str, page_language: str) -> str:
    """What the language `code` is called on a page in `page_language`; "" where that is not known here."""
    names = _NAMES.get(primary(page_language), {})
    return names.get(code) or names.get(code.partition("-")[0], "")


@cache
def every_language_name() -> frozenset[str]:
    """What any language is called on pages in any of those that are known here, word for word, in lower case."""
    several = (names.values() for language, names in _NAMES.items() if language != "countries")
    return frozenset(word for names in several for name in names for word in name.casefold().split())


def country_name(code: str) -> str:
    """The English name of a country by its lower-case code; "" where unknown."""
    return _NAMES["countries"].get(code, "")


_CODES = frozenset(
    code for language, names in _NAMES.items() if language != "countries" for code in names if code.isascii()
) | frozenset(
    "ace als arz bar be-tarask be-x-old ckb cdo ceb diq eml ext fiu-vro gan glk hak hif ilo jbo kab lld lmo ltg lzh "
    "map-bms min mwl mzn nan nap nrm pcd pfl pms pnb sah simple szl tet vec vls vro war wuu yue zea zh-classical "
    "zh-min-nan zh-yue".split()
)


def is_language(code: str) -> bool:
    """True for the code of a language that has a name here, or of a wiki ("zh-yue", "simple")."""
    return code.lower() in _CODES
