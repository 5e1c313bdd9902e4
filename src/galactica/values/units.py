"""What units measure and how large they are; one in another: 5 km are 3.1 mi.

The units are data in `units.toml`: sizes, signs, what texts and templates call them. Two units that measure the same
are converted into each other; a degree has a zero of its own; litres for a distance and a distance for litres are each
other's reciprocal.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from galactica.codes.han import unspaced
from galactica.languages import primary
from galactica.values.plurals import plural_form
from galactica.values.written import fold_word, scales

MONEY = frozenset("$£€¥₹")
"""Signs of money that stand before a sum, and are its unit. What one is in another changes by the day: unknown."""

SHARE = "percent"
"""The unit of shares: a number without a unit is none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit.

    Attributes:
        name: its own, pint's where texts are read for it.
        measures: what it is a measure of: "length", "area" …; "none" where nothing is converted.
        size: in the unit that stands beside what it measures in `units.toml`; of degrees, how many make a kelvin.
        zero: of degrees: how many lie between absolute zero and its own.
        sign: how it is written behind a number.
        to: code of the unit that {{convert}} gives beside it unless told; "" where it does not know it.
        codes: what {{convert}} of wikis calls it; case counts.
        words: what texts call it, in whatever language; "_" stands for a blank.
        wikidata: its number there; "" where it is not told.
        called: language → how it is written where it has no sign, its forms for one and for several set apart by "|".
    """

    name: str
    measures: str
    size: float = 1.0
    zero: float = 0.0
    sign: str = ""
    to: str = ""
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    wikidata: str = ""
    called: Mapping[str, str] = field(default_factory=dict)

    def larger(self, times: float, sign: str, to: str) -> Unit:
        """So many of it as a unit: a million acres."""
        return Unit(name=sign, measures=self.measures, size=self.size * times, sign=sign, to=to)


@cache
def known_units() -> dict[str, Unit]:
    """Name → unit."""
    kinds = tomllib.loads(files(__package__).joinpath("units.toml").read_text("utf-8"))
    return {
        name: Unit(
            name=name,
            measures=kind,
            size=row.get("size", 1.0),
            zero=row.get("zero", 0.0),
            sign=row.get("sign", ""),
            to=row.get("to", ""),
            codes=tuple(row["codes"].split(" | ")) if "codes" in row else (),
            words=tuple(row.get("words", "").split()),
            wikidata=row.get("wikidata", ""),
            called=row.get("called", {}),
        )
        for kind, rows in kinds.items()
        for name, row in rows.items()
    }


def unit_sign(name: str, number: str = "", language: str = "en") -> str:
    """How a unit is written behind a number for a reader: "km²" for "kilometre**2", "years" for "year".

    Args:
        name: of the table, or its number in Wikidata ("wikidata:Q712226"); any other comes back as it is.
        number: that it stands behind, as it is written; it decides between "year" and "years".
        language: the reader's, a tag; English where the table has no word in it.
    """
    unit = known_units().get(by_wikidata().get(name.removeprefix("wikidata:"), name))
    if unit is None or not (unit.sign or unit.called):
        return name
    words = unit.called.get(primary(language)) or unit.called.get("en", "")
    return unit.sign or plural_form(number, words.split("|"), language)


@cache
def by_code() -> dict[str, Unit]:
    """Code of {{convert}} → unit."""
    return {code: unit for unit in known_units().values() for code in unit.codes}


@cache
def by_wikidata() -> dict[str, str]:
    """Number of Wikidata ("Q11573") → name of the unit."""
    return {unit.wikidata: unit.name for unit in known_units().values() if unit.wikidata}


@cache
def by_word() -> dict[str, str]:
    """Word as texts write it, folded, with blanks → name of the unit."""
    return {fold_word(word): unit.name for unit in known_units().values() for word in unit.words}


@cache
def behind_numbers() -> tuple[str, ...]:
    """What stands behind a number and belongs to it, folded: words for units and for large numbers."""
    return (*by_word(), *scales())


@cache
def unit_names() -> frozenset[str]:
    """The same, without single letters."""
    return frozenset(word for word in behind_numbers() if len(word) > 1 or unspaced(word))


def measured_by(name: str) -> str:
    """What a unit that texts are read for measures, by its name; "" where it is not known."""
    if name in MONEY:
        return "money"
    unit = known_units().get(name)
    return unit.measures if unit is not None and unit.words else ""


@cache
def measures() -> frozenset[str]:
    """What the units measure that texts are read for."""
    return frozenset({"money", *(unit.measures for unit in known_units().values() if unit.words)})


def in_unit(value: float, unit: Unit, other: Unit) -> float | None:
    """A value in another unit, unrounded; None where the two do not measure the same."""
    if unit.measures != other.measures or unit.measures == "none":
        return None
    if unit.measures == "economy":  # litres per distance, and distances per gallon: one is the other's reciprocal
        litres = value if unit.size == 1.0 else unit.size / value if value else 0.0
        return litres if other.size == 1.0 else other.size / litres if litres else None
    if unit.measures == "temperature":
        return (value + unit.zero) / unit.size * other.size - other.zero
    return value * unit.size / other.size


def in_other_unit(value: float, name: str, other: str) -> float | None:
    """A value in another unit, both by name; None where one is not known or they do not measure the same."""
    one, two = known_units().get(name), known_units().get(other)
    return None if one is None or two is None else in_unit(value, one, two)
