"""What a language calls itself, and which way it is written."""

from __future__ import annotations

from functools import lru_cache

from galactica.languages.tables import facts
from galactica.languages.tags import primary, tag

_RIGHT_TO_LEFT = frozenset("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
"""Scripts that are written from right to left, by their code of ISO 15924. Source: Unicode, `Bidi_Class`."""

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


@lru_cache(maxsize=4_096)
def right_to_left(written: str) -> bool:
    """Whether a language is written from right to left: by the script that its tag names, else by its usual one."""
    usual = tag(written)
    script = next((part for part in usual.split("-")[1:2] if len(part) == 4 and part.isalpha()), "")
    return (script or facts(primary(written)).get("script", "")) in _RIGHT_TO_LEFT
