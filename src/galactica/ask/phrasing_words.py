"""How questions about things are put and how sentences say what they ask for, by language: `phrased.toml`, read once.

See `phrased`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.languages import facts

LONGEST_NAME = 60
"""Characters of a thing's name in a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasedWay:
    """Something that is asked of things, in one language.

    Attributes:
        asked: patterns of whole questions for it; the group `thing` is what it is of.
        said: patterns of what says it, with the signs that `phrased.toml` names.
        place: whether what is said has to name a place.
        itself: whether what is said of what is the thing's does not say it.
        besides: the title of another article on it, with "~" for the thing; "" for none.
        unit: of `units`; "" for a mere number, and for a stretch of text.
    """

    asked: tuple[re.Pattern[str], ...]
    said: tuple[str, ...]
    unit: str
    place: bool
    itself: bool
    besides: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasingWords:
    """The words of one language; what they are says `phrased.toml`."""

    of: dict[str, PhrasedWay]
    subjects: str
    classes: frozenset[str]
    owners: str
    articles: str
    grown: str
    another: str
    rough: str
    between: str
    spelled: str
    often: str
    stops: str
    turning: str
    apart: frozenset[str]
    firms: str
    loose: frozenset[str]
    besides: str
    being: str
    units: dict[str, str]


@cache
def phrasing_words(language: str) -> PhrasingWords | None:
    """The words of a language; None where it has none."""
    entry = tomllib.loads(files(__package__).joinpath("phrased.toml").read_text("utf-8")).get(language)
    if entry is None:
        return None
    thing = rf"(?P<whole>(?:(?:{_any(entry['articles'])}) )?(?P<thing>\S.{{0,{LONGEST_NAME}}}?))"
    return PhrasingWords(
        of={
            name: PhrasedWay(
                asked=tuple(re.compile(_asked(way, thing)) for way in _split(one["asked"])),
                said=tuple(_split(_PIECE.sub(lambda piece: entry["pieces"][piece[1]], one["said"]))),
                unit=one["unit"],
                place=bool(one.get("place", False)),
                itself=bool(one.get("itself", False)),
                besides=str(one.get("besides", "")),
            )
            for name, one in entry["of"].items()
        },
        subjects=rf"{_any(entry['subjects'])}|{entry['article']} (?:{_any(entry['classes'])})",
        classes=frozenset(entry["classes"].split()),
        owners=_any(entry["owners"]),
        articles=_any(entry["articles"]),
        grown=_any(entry["grown"]),
        another=_any(entry["another"]),
        rough=_any(entry["rough"]),
        between=_any(entry["between"]),
        often=_any(entry["often"]),
        stops=_any(entry["stops"]),
        turning=_any(entry["turning"]),
        apart=frozenset(entry["apart"].split()),
        firms=_any(entry["firms"]),
        loose=frozenset(entry["loose"].split()),
        besides=_any(entry["besides"]),
        being=_any(entry["being"]),
        spelled=_any(str(facts(language).get("numbers", {}).get("words", ""))) or "(?!)",
        units=entry["units"],
    )


_PIECE = re.compile(r"(?<!P)<(\w+)>")
"""What stands for a pattern of its own, and for no group."""


def _asked(way: str, thing: str) -> str:
    return way.replace("~", thing).replace("{noun}", "(?P<noun>[a-z]+(?: [a-z]+)?)")


def _any(words: str) -> str:
    return "|".join(re.escape(word) for word in words.split())


def _split(ways: str) -> list[str]:
    """Patterns between the strokes that stand in no bracket."""
    found, depth = [""], 0
    for letter in ways:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "|" and not depth:
            found.append("")
        else:
            found[-1] += letter
    return [each.strip() for each in found]
