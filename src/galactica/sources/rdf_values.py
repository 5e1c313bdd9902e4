"""Literals and names of RDF → values of statements.

Rule: a literal becomes a value where its datatype says what it is and it is of that form; else it is a text, and its
datatype stands in the statement's text. Standards: RDF 1.1 Concepts §3.3, XML Schema 1.1 part 2, GeoSPARQL 1.0 §8.5.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from galactica.sources.wikibase_times import days_of_month
from galactica.sources.wikibase_values import ENTITY_ID, Value, decimal, geo, identifier_of

XSD = "http://www.w3.org/2001/XMLSchema#"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"

_NUMBERS = frozenset(
    "integer decimal double float int long short byte nonNegativeInteger positiveInteger nonPositiveInteger"
    " negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte".split()
)
_TEXTS = frozenset(("", f"{XSD}string", LANG_STRING))
_DATE = re.compile(r"(-?\d{4,12})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d{1,12})?))?)?)?(?:Z|[+-]\d\d:\d\d)?")
_POINT = re.compile(
    r"\s*(?:<https?://[^<>]*?/?(Q[1-9]\d{0,14})?>\s*)?Point\s*\(\s*([-+\d.eE]{1,40})\s+([-+\d.eE]{1,40})\s*\)\s*", re.I
)
_SCHEME = re.compile(r"[a-z][a-z0-9]{0,29}:\S+")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Term:
    """A node of RDF: "iri", "blank" or "literal", its value, and of a literal its language and datatype."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""


def term_value(term: Term, tagged: str = "") -> Value:
    """What a term says as the value of a statement.

    Args:
        tagged: the tag of a literal's language.
    """
    if term.kind == "iri":
        return Value("item", resource_identifier(term.value))
    if term.kind == "blank":
        return Value("item", f"bnode:{term.value}")
    text, kind = term.value, term.datatype
    if kind in _TEXTS:
        return Value("text", text, language=tagged)
    name = kind.removeprefix(XSD) if kind.startswith(XSD) else ""
    found = _typed(text, name, kind)
    return found or Value("text", text, text=f'"{text[:1_000]}"^^<{kind}>')


def resource_identifier(address: str) -> str:
    """A resource as an identifier: that of Wikidata's entities, else its own address, which is one."""
    found = identifier_of(address)
    if _SCHEME.fullmatch(found):
        return found
    return f"urn:{_SPACE.sub('', found)}" if found else "urn:none"


def _typed(text: str, name: str, kind: str) -> Value | None:
    if name in _NUMBERS:
        number = decimal(text.strip())
        return Value("quantity", number) if number is not None else None
    if name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"):
        return _day(text.strip())
    if name == "anyURI" and _SCHEME.fullmatch(text):
        return Value("url", text)
    if kind == WKT:
        return point_of(text)
    return None


def _day(text: str) -> Value | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if (match[2] and not 1 <= month <= 12) or (match[3] and not 1 <= day <= days_of_month(year, month)):
        return None
    shown = f"{'-' if year < 0 else ''}{abs(year):04}" if abs(year) <= 9999 else f"Y{year}"
    shown += f"-{month:02}" if month else ""
    shown += f"-{day:02}" if day else ""
    told = match[4] is not None and match[4].strip("0:.")
    return Value("time", shown, text=text if told else "")


def point_of(text: str) -> Value | None:
    """A point in well-known text, longitude first; the address of a globe may stand before it."""
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    try:
        longitude, latitude = (f"{float(match[group]):.9f}".rstrip("0").rstrip(".") for group in (2, 3))
    except ValueError:
        return None
    globe = match[1] or ""
    return geo(latitude, longitude, None, globe if ENTITY_ID.fullmatch(globe or "x") else "", None)
