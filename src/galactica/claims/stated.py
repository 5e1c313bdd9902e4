"""Claims of statements: what sources say in a form of their own, under the properties of the table.

Rules:
1. A number of Wikidata ("wikidata:P36") or a field of the World Factbook ("Capital: name") that the table knows becomes
   its property; any other stays in the source's own words. Units become those of `values/`, where they are known.
2. A text where the property has names or codes is read as a cell is; what is not understood is counted and left out.
3. Of the languages of a country those that the Factbook marks "(official)" are its official ones, too.
4. Times among the qualifiers say when the claim holds; of a field that tells a history they do not. What a source ranks
   as deprecated it does not stand by, and what it expects is to come: both are no plain claims.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from galactica.claims.cell_words import as_read, cell_words
from galactica.claims.cells import LaidCell
from galactica.claims.judged import share_right
from galactica.claims.names_read import looks_like_a_name
from galactica.claims.property_table import Property, property_of_factbook, property_of_wikidata, year_of_field
from galactica.claims.remarks import END_TIME, METHOD, POINT_IN_TIME, START_TIME
from galactica.claims.values_read import values_read
from galactica.model import SourceStatement
from galactica.model.claim import DISPUTED, ESTIMATED, PLANNED, REPORTED, Claim
from galactica.model.document import Qualifier
from galactica.values.units import by_wikidata, by_word
from galactica.values.written import fold_word

ORIGIN = "statement"
RANK = "rank"

_WIKIDATA = re.compile(r"wikidata:([PQ][1-9]\d{0,14})")
_TIMES = {"wikidata:P585": POINT_IN_TIME, "wikidata:P580": START_TIME, "wikidata:P582": END_TIME}
_LIMITS = {
    ("wikidata:P1480", "wikidata:Q5727902"): ESTIMATED,  # sourcing circumstances: circa
    ("wikidata:P1480", "wikidata:Q18122778"): ESTIMATED,  # presumably
    ("wikidata:P5102", "wikidata:Q32188232"): REPORTED,  # nature of statement: allegedly
    ("wikidata:P5102", "wikidata:Q18603603"): ESTIMATED,  # hypothetically
    ("wikidata:P5102", "wikidata:Q30230067"): ESTIMATED,  # possibly
}
_DISPUTED_BY = "wikidata:P1310"
_FACTBOOK_UNITS = {
    "sq km": "kilometre**2",
    "nm": "nmi",
    "cu km": "km3",
    "cu m": "m3",
    "cubic meters": "m3",
    "children born/woman": "",
}
_NO_CLAIMS = frozenset(("sitelink", "data type", "deleted"))
"""What is said of an entry of a database, not of what it is about."""

_EVERY = re.compile(r"\s*\d[\d,.]*\s?(?:km|sq km)\b.*\Z", re.DOTALL)
_STAND_IN = ("represented by", "acting for", "deputized by")
"""What begins a part of a field that names who stands in for whom is asked for."""

_POINTS = ("highest_point", "lowest_point")
"""Properties of which a field says the height behind the name."""

_LANGUAGES = frozenset(("Languages: Languages", "Languages"))
_OFFICIAL = re.compile(r"\s*\(official(?: national)?(?: language)?(?:[,;][^()]*)?\)")
"""Behind a language that is official; what is so only in regions, or for a minority, is marked otherwise."""

_BRACKET = re.compile(r"\s?\(([^()]*)\)")
_OTHER_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?: [\w'’.-]+){0,4}")
_HEIGHT = re.compile(r"(?: more than| less than| about)? -?\d[\d,.]* m\Z")

_WHOLE_TIME = re.compile(r"-?\d{4}(?:-\d\d){0,2}")

_DATED = re.compile(r"Independence|.*\bdate\b.*")
"""Fields of the World Factbook that say when something was or will be: a mere number there is a year."""

_YEAR = re.compile(r"[1-9]\d{2,3}")

_EXPECTED = re.compile(r"(?:.*: )?expected\b.*")
"""Fields that say what is to come."""

_OF_OLD = re.compile(r"National holiday\b.*|Flag|.*\b(?:etymology|history)")
"""Fields whose years tell how something came to be, not when it holds."""

_NO_VALUE = frozenset(("na", "n/a"))
"""What a field says for "not available"."""


def statement_claims(statement: SourceStatement, left: Counter[tuple[str, str, str]]) -> Iterator[Claim]:
    """The claims of a statement: mostly one, of a list several, none where it says no value or is not understood.

    Args:
        left: is told what was not understood, as `FoundClaims.left`.
    """
    if statement.kind in ("none", "unknown"):
        left[ORIGIN, statement.property, f"says-{statement.kind}"] += 1
        return
    if statement.property in _NO_CLAIMS:
        return
    match = _WIKIDATA.fullmatch(statement.property)
    each = property_of_wikidata(match[1]) if match else property_of_factbook(statement.property)
    time, qualifiers = _qualified(statement)
    if each is not None and not time and (year := year_of_field(statement.property)):
        time = year
    if each is None and match is None:
        time, qualifiers = _of_field(statement.property, time, qualifiers)
    claim = Claim(
        source=statement.source,
        path=statement.path,
        subject=statement.subject,
        property=each.id if each is not None else statement.property,
        kind="time" if _is_year(statement) else statement.kind,
        value=statement.value,
        unit=_unit(statement.unit),
        bounds=statement.bounds if set(statement.bounds) != {statement.value} else (),
        time=time,
        qualifiers=qualifiers,
        origin=ORIGIN,
        rule=statement.property[:80],
        confidence=share_right(ORIGIN),
    )
    said = as_read(statement.value).strip(" .")
    if said in _NO_VALUE or (each is not None and said in cell_words("empty")):
        left[ORIGIN, claim.property, "empty"] += 1
        return
    if statement.property in _LANGUAGES and statement.kind == "text":
        yield from _official(claim)
    if each is None or statement.kind != "text" or each.kind not in ("item", "quantity", "time"):
        yield claim
        return
    yield from _read(each, claim, left)


def _read(each: Property, claim: Claim, left: Counter[tuple[str, str, str]]) -> Iterator[Claim]:
    """The claims of a text whose property has names, amounts or times."""
    if each.id in _POINTS:
        yield from _point(claim, each, left)
        return
    several = each.many or each.kind == "item"
    parts = [part for line in claim.value.split("\n") for part in line.split(";")] if several else [claim.value]
    for part in parts:
        text = _EVERY.sub("", part).strip() if each.id == "borders" else part.strip()
        note = text.partition("; note")[0]
        if note.startswith(_STAND_IN):
            left[ORIGIN, each.id, "stands-in"] += 1
            continue
        readings, fault = values_read(each, note, LaidCell(start=0, end=len(note)), "en")
        if fault:
            left[ORIGIN, each.id, fault] += 1
        for one in readings:
            yield replace(
                claim,
                kind=each.kind,
                value=one.value,
                unit=one.unit,
                bounds=one.bounds,
                time=one.time or claim.time,
                qualifiers=tuple(dict.fromkeys((*claim.qualifiers, *one.qualifiers))),
            )


def _official(claim: Claim) -> Iterator[Claim]:
    """The languages of a field that are marked as official: "Aldovan (official) 91%, Sundish 6%, other 3%"."""
    text = claim.value.partition("; note")[0]
    at = 0
    for match in _OFFICIAL.finditer(text):
        name = _SHARE.sub("", _PART.split(text[at : match.start()])[-1].strip())
        at = match.end()
        if _TONGUE.fullmatch(name) and not _NO_TONGUE.search(name):
            yield replace(claim, property="official_language", kind="item", value=name)


_TONGUE, _NO_TONGUE = (
    re.compile(r"[^\W\d_][^\d()%:]{1,50}"),
    re.compile(r"\b(?:only|other|various|groups?|dialects?|some)\b"),
)
_SHARE = re.compile(r"\s+(?:less than |over |about |nearly )?\d[\d.,]*%\Z")
_PART = re.compile(r"[,;\n]\s*(?:and\s)?|\)[^,;(]*[,;]\s*")


def _point(claim: Claim, each: Property, left: Counter[tuple[str, str, str]]) -> Iterator[Claim]:
    """Who is highest or lowest: "Mount Elm (Mont Orme) 958 m" is Mount Elm (Mont Orme); of other brackets nothing."""
    line = claim.value.partition("\n")[0].partition("; note")[0]
    bare = _BRACKET.sub(lambda match: match[0] if _OTHER_NAME.fullmatch(match[1]) else " ", line)
    name = " ".join(_HEIGHT.sub("", " ".join(bare.split())).split())
    if not looks_like_a_name(name, proper=True) or any(map(str.isdigit, name)) or any(mark in name for mark in ";:,/"):
        left[ORIGIN, each.id, "no-name"] += 1
        return
    yield replace(claim, kind=each.kind, value=name)


def _qualified(statement: SourceStatement) -> tuple[str, tuple[Qualifier, ...]]:
    """(time, qualifiers) of a statement."""
    told: dict[str, str] = {}
    found: list[Qualifier] = []
    for each in statement.qualifiers:
        name = _TIMES.get(each.property, each.property)
        limit = _LIMITS.get((each.property, each.value))
        if name in (POINT_IN_TIME, START_TIME, END_TIME) and each.kind == "time" and name not in told:
            told[name] = each.value
        elif limit or each.property == _DISPUTED_BY:
            found.append(Qualifier(property=limit or DISPUTED, kind=each.kind, value=each.value))
        elif each.property == "estimate":
            found.append(Qualifier(property=METHOD, kind="text", value="estimate"))
        else:
            found.append(each)
    if statement.rank == "deprecated":
        found.append(Qualifier(property=DISPUTED, kind="text", value="deprecated"))
    elif statement.rank:
        found.append(Qualifier(property=RANK, kind="text", value=statement.rank))
    return _interval(told), tuple(found)


def _of_field(field: str, time: str, qualifiers: tuple[Qualifier, ...]) -> tuple[str, tuple[Qualifier, ...]]:
    """Time and qualifiers of a field in a source's own words: none of a history, a plan of what is expected."""
    planned = (Qualifier(property=PLANNED, kind="text"),) if _EXPECTED.fullmatch(field) else ()
    return ("" if _OF_OLD.fullmatch(field) else time), qualifiers + planned


def _is_year(statement: SourceStatement) -> bool:
    """Whether a field that says when something was holds a bare year, which its source gives as a number."""
    bare = statement.kind == "quantity" and not statement.unit and _YEAR.fullmatch(statement.value)
    return bool(bare and _DATED.fullmatch(statement.property))


def _interval(told: dict[str, str]) -> str:
    """When it holds, in EDTF; what a span of time cannot be made of is no part of it."""
    if POINT_IN_TIME in told:
        return told[POINT_IN_TIME]
    first, last = told.get(START_TIME, ""), told.get(END_TIME, "")
    if not first and not last:
        return ""
    if not all(_WHOLE_TIME.fullmatch(each) for each in (first, last) if each):
        return ""
    return f"{first or '..'}/{last or '..'}"


def _unit(unit: str) -> str:
    """A unit by its name in `values/`; as the source has it where that does not know it."""
    match = _WIKIDATA.fullmatch(unit)
    if match:
        return by_wikidata().get(match[1], unit)
    if not unit:
        return ""
    return _FACTBOOK_UNITS[unit] if unit in _FACTBOOK_UNITS else by_word().get(fold_word(unit), unit)
