"""What a field of the World Factbook says, where all of it is understood: an amount with its unit, a place, a day.

Rule: a value is read only where nothing is left over but remarks in brackets; anything else is a text. The wording is
kept beside each value. Of which year it is stands in its last brackets: "(2023 est.)", "(2014/15 est.)", "(July 2020)".
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from galactica.model import Qualifier
from galactica.sources.wikibase_times import MONTHS, days_of_month
from galactica.values.units import by_word
from galactica.values.written import fold_word

_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--[^<>]{0,500}-->")
_SCALES = {"": 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_AMOUNT = re.compile(
    r"(?P<money>\$)?(?P<number>-?\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?|-?\d{1,18}(?:\.\d{1,12})?)"
    r"(?: (?P<scale>thousand|million|billion|trillion))?(?P<rest>[ %](?:\(s\)|[^(;:]){0,80})?"
    r"(?P<remarks>(?:\s*\([^()]{1,300}\)){0,3})"
)
_PER = re.compile(r"[A-Za-z()-]{1,30}(?: [A-Za-z-]{1,20}){0,3}/(?:1,000|100,000|10,000|100)? ?[A-Za-z][A-Za-z -]{0,30}")
_OF_TOTAL = re.compile(r"%(?: [A-Za-z-]{1,20}){0,8}")
_PLAIN_UNITS = frozenset(
    "people|persons|sq km|cu km|cu m|cubic meters|kW|kWh|kt|barrels|bbl|tons|metric tons|metric tonnes|nm"
    "|metric tonnes of CO2|liters of pure alcohol|micrograms per cubic meter".split("|")
)
"""Words of the Factbook for units, beside those of `values/units.toml`; "nm" are nautical miles."""
_PLACE = re.compile(r"(\d{1,2}) (\d{2}) ([NS]),? (\d{1,3}) (\d{2}) ([EW])")
_DAY = re.compile(r"(?:(\d{1,2}) )?([A-Z][a-z]{2,8})?\.? ?(\d{4})")
_MONTH_NUMBERS = {name[:length]: number for number, name in enumerate(MONTHS) if name for length in (3, len(name))}
_YEARS = re.compile(r"(\d{4})(?:[-/–](\d{1,4}))?")
_BRACKETS = re.compile(r"\(([^()]{4,60})\)\s*\Z")
_TIMED = re.compile(
    r"(?P<since>since )?(?P<time>(?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.? )?\d{4}(?:[-/–]\d{1,4})?)"
    r"(?P<est> ests?\.)?(?: est\.)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """A value as `SourceStatement` has it, with what narrows it."""

    kind: str
    value: str
    unit: str = ""
    qualifiers: tuple[Qualifier, ...] = ()


def wording(text: str) -> str:
    """The words of a field without its HTML; where it breaks lines, they break."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


def field_value(words: str) -> FieldValue:
    """What a field says, by its words."""
    timed = _timed(words)
    if place := _PLACE.fullmatch(words):
        return FieldValue(kind="place", value=_geo(place))
    amount = _AMOUNT.fullmatch(words)
    if amount is not None and (unit := _unit(amount)) is not None:
        return FieldValue(kind="quantity", value=_number(amount), unit=unit, qualifiers=timed)
    before, _, remarks = words.partition(" (")
    if _DAY.fullmatch(before) and any(letter.isalpha() for letter in before) and (not remarks or remarks.endswith(")")):
        day = _edtf(before)
        if day:
            return FieldValue(kind="time", value=day)
    return FieldValue(kind="text", value=words, qualifiers=timed)


def _number(amount: re.Match[str]) -> str:
    number = Decimal(amount["number"].replace(",", "")).scaleb(_SCALES[amount["scale"] or ""])
    return f"{number:f}" if number else "0"


def _unit(amount: re.Match[str]) -> str | None:
    """The unit of an amount in the source's own words, "" for a mere number; None where what follows is no unit."""
    rest = (amount["rest"] or "").strip()
    if amount["money"]:
        return "$" if not rest else None
    if not rest or _is_unit(rest):
        return rest
    return None


@cache
def _is_unit(words: str) -> bool:
    known = fold_word(words) in by_word() or words in _PLAIN_UNITS
    return known or _OF_TOTAL.fullmatch(words) is not None or _PER.fullmatch(words) is not None


def _geo(place: re.Match[str]) -> str:
    """Degrees and minutes as a geo URI: exact to a minute, of latitude 1,853 metres."""
    north, east = (
        round((int(place[low]) + int(place[low + 1]) / 60) * (-1 if place[low + 2] in "SW" else 1), 6) for low in (1, 4)
    )
    return f"{_short(north)},{_short(east)};u=1853"


def _short(degrees: float) -> str:
    shown = f"{degrees:.6f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def _timed(words: str) -> tuple[Qualifier, ...]:
    """The time that the last brackets say, and whether it is an estimate."""
    brackets = _BRACKETS.search(words)
    match = _TIMED.fullmatch(brackets[1]) if brackets else None
    when = _edtf(match["time"]) if match else ""
    if match is None or not when:
        return ()
    name = "start time" if match["since"] else "point in time"
    made = Qualifier(property=name, kind="time", value=when)
    return (made, Qualifier(property="estimate", kind="text", value="est.")) if match["est"] else (made,)


def _edtf(written: str) -> str:
    """A year, a span of years, a month or a day in EDTF; "" for what is none."""
    if years := _YEARS.fullmatch(written):
        first, last = years[1], years[2]
        if not last:
            return first
        last = first[: 4 - len(last)] + last
        return f"{first}/{last}" if last > first else ""
    day = _DAY.fullmatch(written)
    month = _MONTH_NUMBERS.get(day[2] or "") if day else None
    if day is None or month is None:
        return ""
    if not day[1]:
        return f"{day[3]}-{month:02}"
    number = int(day[1])
    return f"{day[3]}-{month:02}-{number:02}" if 1 <= number <= days_of_month(int(day[3]), month) else ""
