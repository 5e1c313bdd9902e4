"""How questions are worded, by language: `wordings.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.codes.han import simplified
from galactica.languages.tags import primary

DEFINITIONS = ("is_one", "was_one", "are_many", "were_many", "is_person", "was_person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """The wordings of a language.

    Attributes:
        language: en, zh-Hans or zh-Hant.
        definitions: kind of a definition → wordings; sections: heading in small letters → wordings; claims: property →
            wordings. `{x}` is what the article is about.
        of_places: those of the sections that are asked of places alone; place_headings: headings that tell one.
        source: how a source is named.
        unknown: what is said of a licence that is not stated.
    """

    language: str
    definitions: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, tuple[str, ...]]
    claims: Mapping[str, tuple[str, ...]]
    of_places: frozenset[str]
    place_headings: frozenset[str]
    source: str
    unknown: str


def wordings_for(language: str, text: str) -> Wordings | None:
    """The wordings for an article; None where its language has none.

    Args:
        language: BCP 47 tag of the article.
        text: its beginning, which tells traditional from simplified characters where the tag does not.
    """
    main = primary(language)
    if main != "zh":
        return _table().get(main)
    changed = simplified()
    return _table()["zh-Hant" if sum(ord(letter) in changed for letter in text) > len(text) / 50 else "zh-Hans"]


def languages_worded() -> tuple[str, ...]:
    """The languages that questions are made in."""
    return tuple(sorted({primary(each) for each in _table()}))


@cache
def _table() -> Mapping[str, Wordings]:
    raw = tomllib.loads((files("galactica.train.instruct") / "wordings.toml").read_text(encoding="utf-8"))
    return {
        language: Wordings(
            language=language,
            definitions={kind: tuple(each[kind]) for kind in DEFINITIONS if kind in each},
            sections={heading: tuple(several) for heading, several in each["sections"].items()},
            claims={name: tuple(several) for name, several in each["claims"].items()},
            of_places=frozenset(each.get("of_places", ())),
            place_headings=frozenset(each.get("place_headings", ())),
            source=each["source"],
            unknown=each["unknown"],
        )
        for language, each in raw.items()
    }
