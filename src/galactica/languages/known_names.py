"""What well known things, places, people and works are called in a language: 章鱼 and "pulpo" are an octopus.

The names stand in `known_names.toml`; those of some four hundred cities are CLDR's, the cities by which time zones are
known (Unicode Technical Standard 35, part 4, "exemplar cities"), as Babel brings them. A name counts in its own
language alone, and what two things are called is no name of either.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages.guessing import scripts_in
from galactica.languages.tags import primary
from galactica.languages.territories import territory_called, territory_names

LONGEST_KNOWN = 60
"""Characters of a name; none here is longer."""

HEAD = "en"
"""The language of the heads of the table."""

WHOLE = "zh_Hans"
"""A locale that names all cities: one whose script is another than that of the zones' own names."""


def known_names(name: str, language: str, languages: Sequence[str]) -> tuple[str, ...]:
    """What the thing that has a name in one language is called in others, the usual name of the first one first; none
    for what is not known.

    Example:
        >>> known_names("章鱼", "zh", ["en"])
        ('Octopus',)
    """
    if len(name) > LONGEST_KNOWN:
        return ()
    thing = _things(primary(language)).get(_key(name), "")
    if not thing:
        return ()
    return tuple(dict.fromkeys(each for tag in languages for each in _names(primary(tag)).get(thing, ())))


def called_elsewhere(name: str, language: str, languages: Sequence[str]) -> tuple[str, ...]:
    """What the country, or another well known thing, that has a name in one language is called in others; none for
    anything else."""
    code = territory_called(name, language)
    return territory_names(code, languages) if code else known_names(name, language, languages)


@cache
def _things(language: str) -> dict[str, str]:
    """Names as compared → heads."""
    found: dict[str, set[str]] = {}
    for head, names in _names(language).items():
        for name in names:
            found.setdefault(_key(name), set()).add(head)
    return {key: next(iter(heads)) for key, heads in found.items() if len(heads) == 1}


@cache
def _names(language: str) -> dict[str, tuple[str, ...]]:
    """Heads → names in a language, the usual one first."""
    return dict(_cities(language)) | dict(_told(language))


def _told(language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the table has."""
    table = tomllib.loads(files(__package__).joinpath("known_names.toml").read_text("utf-8"))
    for head, names in (entry for group in table.values() for entry in group.items()):
        plain = _BRACKETED.sub("", head)
        if language == HEAD:
            yield head, tuple(dict.fromkeys((head, plain)))
        elif language in names:
            yield head, tuple(each.strip() for each in names[language].split("|"))
        elif "Latin" in scripts_in(_SAMPLE.get(language, "")):
            yield head, (plain,)


_BRACKETED = re.compile(r"\s*\([^()]*\)\Z")
_SAMPLE = dict.fromkeys("de fr es pt it id tr sw nl sv da nb pl ro vi".split(), "a")
"""Languages in Latin letters, in which most people have the names that they have in English."""


def _cities(language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Cities, by what English calls them."""
    english = _zones(HEAD)
    for locale in _LOCALES.get(language, (language,)):
        for zone, name in _zones(locale).items():
            head = english.get(zone, "")
            if head and name and (language == HEAD or name != head):
                yield head, (name,)


_LOCALES = {"zh": ("zh_Hans",)}


def _zones(locale: str) -> dict[str, str]:
    """Time zones → the city of each; none where Babel is not installed or does not know the language."""
    try:
        from babel import Locale, UnknownLocaleError  # here, because few questions name a city in another language
    except ImportError:
        return {}
    try:
        zones = Locale.parse(locale).time_zones
    except (UnknownLocaleError, ValueError):
        return {}
    found = {zone: str(entry.get("city", "")) for zone, entry in zones.items()}
    if locale == HEAD:
        every = {**dict.fromkeys(Locale.parse(WHOLE).time_zones), **found}
        found = {zone: found.get(zone) or zone.rpartition("/")[2].replace("_", " ") for zone in every}
    return {zone: city for zone, city in found.items() if city and "/" in zone and not zone.startswith("Etc/")}


def _key(name: str) -> str:
    return " ".join(_JOINS.sub("", folded(fold_han(name)).replace("’", "'")).split())


_JOINS = re.compile("[·・･]")
"""What joins the parts of a foreign name, which people leave out: 约翰·列侬, 约翰列侬."""
