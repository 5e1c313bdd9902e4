"""Capitals and small letters as the languages have them: the dotless i, and letters that have no capital of one sign.

Rules: Turkish and its neighbours write i–İ and ı–I; a first letter takes its title form (ǆ → ǅ) and stays where it has
none of a single code point (ß, ŉ) or none in use (Georgian). Standard: Unicode 5.18 and SpecialCasing.txt; titles of
MediaWiki's pages begin so.
"""

from __future__ import annotations

_DOTLESS = frozenset(("tr", "az", "kaa", "gag", "kiu", "lzz", "kk-latn", "kk-tr", "tt-latn"))
"""Language tags in lower case; the first two subtags decide."""


def has_dotless_i(language: str) -> bool:
    """Whether a language (BCP 47) has two letters i, one with a dot and one without.

    Kazakh and Tatar have them in Latin script alone, Azerbaijani not in Arabic or Cyrillic (which have no i).
    """
    first, _, rest = language.lower().partition("-")
    return first in _DOTLESS or f"{first}-{rest.partition('-')[0]}" in _DOTLESS


def small(text: str, language: str = "") -> str:
    """`text` in small letters."""
    if has_dotless_i(language):
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def capitals(text: str, language: str = "") -> str:
    """`text` in capitals."""
    return (text.replace("i", "İ") if has_dotless_i(language) else text).upper()


def first_capital(text: str, language: str = "") -> str:
    """`text` with a capital first, where its first letter has one."""
    first = text[:1]
    if "A" <= first <= "Z":  # as most titles of most wikis
        return text
    if first == "i" and has_dotless_i(language):
        return "İ" + text[1:]
    capital = first.title()
    return capital + text[1:] if len(capital) == 1 else text


def first_small(text: str, language: str = "") -> str:
    """`text` with a small letter first."""
    first = text[:1]
    if first in "Iİ" and first and has_dotless_i(language):
        return ("ı" if first == "I" else "i") + text[1:]
    lower = first.lower()
    return lower + text[1:] if len(lower) == 1 else text
