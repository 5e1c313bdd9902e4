"""The files of `data/`: what is known of a language, read when it is asked for and kept.

A file is TOML and is called as its language's tag; `data/README.md` says what stands in it. Of one language one file is
read; a list over all languages reads them all, once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FIRST = "en"
"""The language that stands first in lists over languages: what nothing else decides is read in it."""

_DATA = Path(__file__).parent / "data"


@cache
def known_languages() -> frozenset[str]:
    """The languages that have a file."""
    return frozenset(path.stem for path in _DATA.glob("*.toml"))


@cache
def facts(language: str) -> Mapping[str, Any]:
    """What stands in the file of a language; empty where it has none.

    Args:
        language: a primary tag, as `primary` gives it.
    """
    if language not in known_languages():
        return MappingProxyType({})
    return MappingProxyType(tomllib.loads((_DATA / f"{language}.toml").read_text("utf-8")))


@cache
def by_language(part: str) -> Mapping[str, Any]:
    """Language → what its file says under one head ("asking"), for those that say something; English stands first, the
    others by their tags."""
    ordered = sorted(known_languages(), key=lambda language: (language != FIRST, language))
    return MappingProxyType({language: facts(language)[part] for language in ordered if part in facts(language)})
