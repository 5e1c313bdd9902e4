"""What languages are called in a few languages, and countries in English: `{{lang-de|…}}`, `{{FRA}}`.

The names are data in `languages.toml`: only what such templates commonly need.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files


def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))


_NAMES = _read()
COUNTRY_CODES = frozenset(_NAMES["countries"])
"""Lower-case codes of countries that have a name here."""


def language_name(code: str, page_language: str) -> str:
    """What the language `code` is called on a page in `page_language`; "" where that is not known here."""
    names = _NAMES.get(page_language.partition("-")[0], {})
    return names.get(code) or names.get(code.partition("-")[0], "")


def country_name(code: str) -> str:
    """The English name of a country by its lower-case code; "" where unknown."""
    return _NAMES["countries"].get(code, "")
