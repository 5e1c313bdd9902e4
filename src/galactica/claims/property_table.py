"""The properties that claims are of, and what each is called in several languages: `properties.toml`.

A row, column or line says a property where it is called so (`properties_called`): by a name in the article's language,
or by the parameter of an infobox, which whoever wrote the template named in any language. Names are compared by
`name_key`. One name may be that of several properties: which of them a cell gives is told by its value.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.codes.on_demand import OnDemand
from galactica.languages import primary
from galactica.model.said import Translated

LONGEST_NAME = 80
"""Characters of what may be the name of a property; the longest in the table has 50."""

_SETTINGS = frozenset(
    "wikidata kind measures unit many changes person beside apart commas proper form factbook params dated "
    "named".split()
) | {"example"}
_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]{0,60}[)）\]]\s*\Z")
_YEARLY = re.compile(r"([^:]{1,200}): \1 ((?:19|20)\d\d)")
"""A field of one year among those of several: "Gini Index: Gini Index 2021"."""
_MARKS = " \t\n•·●○▪–—-:：*†‡§.،,;、"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property as `properties.toml` has it.

    Attributes:
        id: as claims name it.
        kind: of its values, as in `Claim.kind`.
        wikidata: its numbers there ("P1082"), the usual one first; () where it has none.
        measures: of a quantity, what its unit measures (`values.units`), "count" for a mere number; "" for others.
        unit: the usual one, by its name in `values.units`; "" for others.
        many: whether a thing may have several at once.
        changes: whether it is of its time.
        person: False where it is none of a person's.
        beside: ids of which the same box must have one; () where none is needed.
        apart: ids of which the same box has none; () where any may stand there.
        commas: of names, where a comma parts two: "always", "links" (between two links), "never".
        proper: whether its values are names that begin with a capital.
        form: expression that the whole of a text or name matches; "" for any.
        factbook: what the World Factbook calls it, as it stands there.
        params: what parameters of infoboxes call it, as compared (`name_key`).
        names: language → what rows and columns call it, the usual one first, as they are written.
        dated: names of rows that say of which time its value is, as compared.
        named: language → names of rows in which the value stands behind a date, as compared.
        examples: (language, name of the row, its cell, values) that a test reads.
    """

    id: str
    kind: str
    wikidata: tuple[str, ...] = ()
    measures: str = ""
    unit: str = ""
    many: bool = False
    changes: bool = False
    person: bool = True
    beside: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    commas: str = "never"
    proper: bool = False
    form: str = ""
    factbook: tuple[str, ...] = ()
    params: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    examples: tuple[tuple[str, str, str, str], ...] = ()

    def label(self, language: str) -> str:
        """What it is called in a language, in English where that is not known, else its id."""
        names = self.names.get(primary(language)) or self.names.get("en") or (self.id,)
        return names[0]


@cache
def known_properties() -> Mapping[str, Property]:
    """Id → property, in the order of the table."""
    table = tomllib.loads(files(__package__).joinpath("properties.toml").read_text("utf-8"))
    return {name: _read(name, entry) for name, entry in table.items()}


def property_label(name: str, language: str) -> str:
    """What a property is called for a reader: one of the table, a number of Wikidata that is one's, or what only
    sentences or qualifiers have (`labels.toml`); any other as it is.

    Args:
        name: as claims have it: "population", "wikidata:P36", "instance_of".
        language: that it is wanted in, a tag; English where it is not called anything there.
    """
    known = known_properties().get(name) or property_of_wikidata(name.removeprefix("wikidata:"))
    if known is not None:
        return known.label(language)
    told = _labels().get(name, {})
    return told.get(primary(language)) or told.get("en") or name


def property_meant(name: str) -> str:
    """The id of the property that a person names by its id, or by what it is called in English; any other as it is."""
    if name in known_properties():
        return name
    named = (each for each in (*known_properties(), *_labels()) if property_label(each, "en").lower() == name.lower())
    return next(named, name)


def property_named(name: str) -> Translated:
    """The same in English, for a sentence that is said in the reader's language (`model.said`)."""
    return Translated(property_label(name, "en"), OnDemand(_LABELLED, lambda language: property_label(name, language)))


_LABELLED = ("en", "zh")


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    """Name → language → what it is called, of properties that no row is of."""
    return tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))


@lru_cache(maxsize=8_192)
def properties_called(name: str, language: str) -> tuple[Property, ...]:
    """The properties that a row or column of this name may give in an article of a language, in the table's order.

    Args:
        name: as it is written.
        language: a tag of any form; where it is not known ("und"), only names of parameters count.
    """
    if len(name) > LONGEST_NAME:
        return ()
    key = name_key(name)
    own = _by_name(primary(language)).get(key, ()) if key else ()
    also = _by_param().get(key, ()) if key else ()
    return tuple(each for each in known_properties().values() if each in own or each in also)


def property_of_wikidata(number: str) -> Property | None:
    """The property of a number of Wikidata ("P36"); None where the table does not hold it."""
    return _by_number().get(number)


def property_of_factbook(field: str) -> Property | None:
    """The property of a field of the World Factbook ("Capital: name"); None where the table does not hold it."""
    yearly = _YEARLY.fullmatch(field)
    return _by_field().get(yearly[1] if yearly else field)


def year_of_field(field: str) -> str:
    """The year of a field of the World Factbook of which there is one for each year; "" for others."""
    yearly = _YEARLY.fullmatch(field)
    return yearly[2] if yearly else ""


def name_key(name: str) -> str:
    """What names of a property are compared by: no case, accents, width, brackets at the end, marks around it."""
    plain = folded(fold_han(unicodedata.normalize("NFKC", name[: 2 * LONGEST_NAME]))).replace("_", " ")
    plain = " ".join(plain.split()).strip(_MARKS)
    bare = _BRACKETS.sub("", plain).strip(_MARKS)
    return bare or plain


@cache
def _by_name(language: str) -> Mapping[str, tuple[Property, ...]]:
    found: dict[str, tuple[Property, ...]] = {}
    for each in known_properties().values():
        keys = {name_key(name) for name in each.names.get(language, ())} | each.named.get(language, frozenset())
        for key in keys:
            found[key] = (*found.get(key, ()), each)
    return found


@cache
def _by_param() -> Mapping[str, tuple[Property, ...]]:
    found: dict[str, tuple[Property, ...]] = {}
    for each in known_properties().values():
        for key in each.params | each.dated:
            found[key] = (*found.get(key, ()), each)
    return found


@cache
def _by_number() -> Mapping[str, Property]:
    return {number: each for each in known_properties().values() for number in each.wikidata}


@cache
def _by_field() -> Mapping[str, Property]:
    return {field: each for each in known_properties().values() for field in each.factbook}


def _read(name: str, entry: Mapping[str, Any]) -> Property:
    return Property(
        id=name,
        kind=entry["kind"],
        wikidata=tuple(entry.get("wikidata", "").split()),
        measures=entry.get("measures", ""),
        unit=entry.get("unit", ""),
        many=entry.get("many", False),
        changes=entry.get("changes", False),
        person=entry.get("person", True),
        beside=tuple(entry.get("beside", "").split()),
        apart=tuple(entry.get("apart", "").split()),
        commas=entry.get("commas", "always" if entry.get("many", False) else "never"),
        proper=entry.get("proper", False),
        form=entry.get("form", ""),
        factbook=_names(entry.get("factbook", "")),
        params=frozenset(map(name_key, _names(entry.get("params", "")))),
        dated=frozenset(map(name_key, _names(entry.get("dated", "")))),
        names={language: _names(text) for language, text in entry.items() if language not in _SETTINGS},
        named={tag: frozenset(map(name_key, _names(text))) for tag, text in entry.get("named", {}).items()},
        examples=tuple((each[0], each[1], each[2], each[3]) for each in entry.get("example", ())),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in text.split("|") if each.strip())
