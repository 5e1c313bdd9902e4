"""What a language calls itself, which way it is written, and whether its words stand apart."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from galactica.languages.tables import facts
from galactica.languages.tags import primary, tag

_RIGHT_TO_LEFT = frozenset("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
"""Scripts that are written from right to left, by their code of ISO 15924. Source: Unicode, `Bidi_Class`."""

_WITHOUT_SPACES = frozenset("Hani Hans Hant Hira Jpan Kana Khmr Laoo Mymr Thai Tibt".split())
"""Scripts in which words are not separated, by their code of ISO 15924."""

_NO_LANGUAGE = frozenset(("", "und", "mul", "mis", "zxx"))


@lru_cache(maxsize=4_096)
def name_of(written: str) -> str:
    """What a language calls itself, or its tag where that is not known; "" for a text whose language is not known, or
    several at once.

    Args:
        written: a tag; a script or country counts where the language has a name of its own for it ("zh-Hant").
    """
    if written.partition("-")[0].lower() in _NO_LANGUAGE:
        return ""
    own = facts(primary(written))
    several = own.get("variants", {})
    name = (several.get(written) or several.get(tag(written)) or {}).get("name") or own.get("name")
    return str(name or written)


def name_among(written: str, others: Iterable[str]) -> str:
    """The same in a list of languages: with its tag behind it where another of the list is called alike.

    Example:
        >>> name_among("en-GB", ["en-GB", "en-US", "fr"])
        'English (en-GB)'
    """
    name = name_of(written)
    alike = name and any(name_of(each) == name for each in others if each != written)
    return f"{name} ({written})" if alike else name


@lru_cache(maxsize=4_096)
def right_to_left(written: str) -> bool:
    """Whether a language is written from right to left: by the script that its tag names, else by its usual one."""
    return _script(written) in _RIGHT_TO_LEFT


@lru_cache(maxsize=4_096)
def separates_words(written: str) -> bool:
    """Whether a language is written with spaces between its words, as far as is known."""
    return _script(written) not in _WITHOUT_SPACES


def _script(written: str) -> str:
    """The script that a tag names, else the one that its language is usually written in; "" where neither is known."""
    named = next((part for part in tag(written).split("-")[1:2] if len(part) == 4 and part.isalpha()), "")
    return named or str(facts(primary(written)).get("script", ""))
