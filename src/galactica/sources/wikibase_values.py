"""What a property of an entity has: every kind of value that Wikibase knows → the kinds of `model.SourceStatement`.

Rule: no value is lost. One that is not of the form that its kind has becomes text, as it stands, and is counted.
Addresses of Wikidata's entities are written as identifiers ("wikidata:Q42"); those of another Wikibase stay addresses.

Standards: Wikibase JSON (mediawiki.org/wiki/Wikibase/DataModel/JSON); geo URIs (RFC 5870), with the uncertainty in
metres that follows from a precision in degrees, and `crs` the number of the globe where that is not the Earth.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from galactica.languages import tag
from galactica.sources.wikibase_times import moment

SCHEME = "wikidata"
COMMONS = "commons"
"""Schemes of identifiers: Wikidata's entities, and the files of Wikimedia Commons (M…)."""

EARTH = "Q2"
METRES_A_DEGREE = 111_195
"""Of latitude, on a sphere of the mean radius of the Earth (6,371 km)."""

LONGEST_NUMBER = 400
"""Digits of a number that is written out; Wikibase allows 127."""

MAX_TEXT = 100_000
"""Characters of one value; Wikibase allows 1,500 (strings) and 2,500. What is longer is cut and counted."""

ENTITY_ID = re.compile(r"[QPEM][1-9]\d{0,14}|L[1-9]\d{0,14}(?:-[FS][1-9]\d{0,8})?")
_WIKIDATA = re.compile(rf"https?://(?:www\.)?wikidata\.org/entity/({ENTITY_ID.pattern})")
_NUMBER = re.compile(r"([+-]?)0*(\d+)(?:\.(\d+))?")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,30}:\S+", re.IGNORECASE)
_LETTER = {"item": "Q", "property": "P", "entity-schema": "E", "mediainfo": "M"}
_UNIT_OF_NONE = ("", "1")


class Value(NamedTuple):
    """A value; the first five as in `SourceStatement`. (A tuple, because an entity has hundreds.)

    Attributes:
        text: what the source says and the other five do not; "" where they say it all.
        shown: a time in English words.
        fault: what about it was not understood, a word to count it by; "" for nothing.
    """

    kind: str
    value: str = ""
    unit: str = ""
    bounds: tuple[str, ...] = ()
    language: str = ""
    text: str = ""
    shown: str = ""
    fault: str = ""


@dataclass(slots=True)
class EntityValues:
    """Reads values; remembers addresses and languages that it has met.

    Args:
        scheme: of the identifiers of the entities that are named by number alone.
    """

    scheme: str = SCHEME
    _units: dict[str, str] = field(default_factory=dict)
    _tags: dict[str, str] = field(default_factory=dict)

    def snak(self, snak: dict[str, Any]) -> Value:
        """The value of a snak, the pair of property and value that claims, qualifiers and references are made of."""
        kind = snak.get("snaktype")
        if kind == "novalue":
            return _NONE
        if kind == "somevalue":
            return _UNKNOWN
        held = snak.get("datavalue")
        if not isinstance(held, dict) or "value" not in held:
            return Value("unknown", fault="no-value")
        return self.value(held.get("type", ""), held["value"], snak.get("datatype", ""))

    def value(self, kind: object, value: object, datatype: object = "") -> Value:
        """A value by the type that stands beside it ("quantity") and its property's datatype, where that is known."""
        if kind == "wikibase-entityid":
            return self._entity(value)
        if kind == "string":
            return _string(value, datatype)
        if not isinstance(value, dict):
            return _as_text(value, "bad-value")
        if kind == "time":
            return _time(value)
        if kind == "quantity":
            return self._quantity(value)
        if kind == "monolingualtext":
            text = value.get("text")
            if isinstance(text, str):
                shown, fault = _cut(text)
                return Value("text", shown, language=self.tag(value.get("language", "")), fault=fault)
        if kind == "globecoordinate":
            return _place(value)
        return _as_text(value, "bad-value")

    def identifier(self, number: str) -> str:
        """The identifier of an entity, by its number ("Q42")."""
        return f"{COMMONS if number[:1] == 'M' else self.scheme}:{number}"

    def unit(self, address: object) -> str:
        """A unit, by its address: an identifier, "" for mere numbers."""
        if address in _UNIT_OF_NONE or not isinstance(address, str):
            return ""
        found = self._units.get(address)
        if found is None:
            found = identifier_of(address)
            if len(self._units) < 10_000:
                self._units[address] = found
        return found

    def tag(self, written: object) -> str:
        """A tag of a language, by Wikimedia's code; the code itself where it is none."""
        if not isinstance(written, str):
            return ""
        found = self._tags.get(written)
        if found is None:
            found = tag(written) or written[:40]
            if len(self._tags) < 10_000:
                self._tags[written] = found
        return found

    def _entity(self, value: object) -> Value:
        if isinstance(value, dict):
            number = value.get("id")
            if number is None and isinstance(value.get("numeric-id"), int):
                letter = _LETTER.get(value.get("entity-type", "item"))
                number = f"{letter}{value['numeric-id']}" if letter else None
            if isinstance(number, str) and ENTITY_ID.fullmatch(number):
                return Value("item", self.identifier(number))
        return _as_text(value, "bad-value")

    def _quantity(self, value: dict[str, Any]) -> Value:
        amount = decimal(value.get("amount"))
        if amount is None:
            return _as_text(value, "bad-quantity")
        low, high = decimal(value.get("lowerBound")), decimal(value.get("upperBound"))
        given = value.get("lowerBound") is not None or value.get("upperBound") is not None
        bounds = (low, high) if low is not None and high is not None else ()
        return Value(
            "quantity", amount, self.unit(value.get("unit")), bounds, fault="bad-bounds" if given and not bounds else ""
        )


_NONE, _UNKNOWN = Value("none"), Value("unknown")


def identifier_of(address: str) -> str:
    """What lies at an address: an identifier where it is an entity of Wikidata's, else the address."""
    match = _WIKIDATA.fullmatch(address)
    return f"{SCHEME}:{match[1]}" if match else address[:4_000]


def decimal(number: object) -> str | None:
    """A number as docs/formats/edition.md has it: no plus, no leading zeros, its digits behind the point kept; None
    for what is none."""
    text = number if isinstance(number, str) else repr(number) if isinstance(number, int | float) else ""
    if isinstance(number, bool) or len(text) > LONGEST_NUMBER:
        return None
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        try:
            exact = Decimal(text)
        except InvalidOperation:
            return None
        if not exact.is_finite() or abs(exact.adjusted()) > LONGEST_NUMBER:
            return None
        match = _NUMBER.fullmatch(f"{exact:f}")
        if match is None:
            return None
    sign, whole, rest = match.groups()
    plain = f"{whole}.{rest}" if rest else whole
    return f"-{plain}" if sign == "-" and plain.strip("0.") else plain


def _string(value: object, datatype: object) -> Value:
    if not isinstance(value, str):
        return _as_text(value, "bad-value")
    shown, fault = _cut(value)
    if datatype == "url" and _ADDRESS.fullmatch(shown):
        return Value("url", shown, fault=fault)
    return Value("text", shown, fault=fault)


def _cut(text: str) -> tuple[str, str]:
    return (text, "") if len(text) <= MAX_TEXT else (text[:MAX_TEXT], "long-value")


def _time(value: dict[str, Any]) -> Value:
    time, precision = value.get("time"), value.get("precision", 11)
    before, after = value.get("before", 0), value.get("after", 0)
    whole = isinstance(precision, int) and isinstance(before, int) and isinstance(after, int)
    if not isinstance(time, str) or not whole:
        return _as_text(value, "bad-time")
    calendar = "" if value.get("gregorian") else str(value.get("calendarmodel", ""))
    found = moment(time, precision, calendar, before, after, year_zero=bool(value.get("gregorian")))
    if not found.edtf:
        return _as_text(value, "bad-time")
    return Value("time", found.edtf, text="" if found.exact else found.shown, shown=found.shown)


def _place(value: dict[str, Any]) -> Value:
    latitude, longitude = _degrees(value.get("latitude")), _degrees(value.get("longitude"))
    if latitude is None or longitude is None:
        return _as_text(value, "bad-place")
    altitude = _degrees(value.get("altitude"))
    globe = str(value.get("globe") or "").rpartition("/")[2]
    return geo(latitude, longitude, altitude, globe, value.get("precision"))


def geo(latitude: str, longitude: str, altitude: str | None, globe: str, precision: object) -> Value:
    """A place on a globe; `globe` is its number, "" and Q2 for the Earth; `precision` is in degrees."""
    shown = f"{latitude},{longitude}" + (f",{altitude}" if altitude is not None else "")
    if globe not in ("", EARTH):
        shown += f";crs={globe}" if ENTITY_ID.fullmatch(globe) else ""
    elif isinstance(precision, int | float) and math.isfinite(precision) and 0 < precision <= 360:
        metres = precision * METRES_A_DEGREE
        shown += f";u={metres:.0f}" if metres >= 1 else f";u={metres:.4f}".rstrip("0").rstrip(".")
    return Value("place", shown)


def _degrees(number: object) -> str | None:
    """Degrees as they are given, without what binary fractions add behind the ninth decimal (0.1 mm)."""
    if isinstance(number, bool) or not isinstance(number, int | float | str):
        return None
    try:
        value = float(number)
    except ValueError:
        return None
    if not math.isfinite(value) or abs(value) > 1e6:
        return None
    shown = f"{value:.9f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def _as_text(value: object, fault: str) -> Value:
    shown, _ = _cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True))
    return Value("text", shown, fault=fault)
