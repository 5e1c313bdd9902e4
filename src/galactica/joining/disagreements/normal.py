"""What a claim's value is once its spelling, unit and precision are put aside, and whether two can both be right.

Rules, all in favour of agreement, because a disagreement that is none costs trust:
1. A number is as exact as it is written: its last digit, or its last digit that is no zero, never more than a tenth.
2. A date is as exact as it is said (`values.edtf`); ten to thirteen days apart it may be one day in two calendars.
3. Names are of the same where one is a part of the other (`values.names`), or where they are known to be of one thing.
   Names in different scripts, of which nothing is known, are not compared. Words for what bears a name ("Mount",
   "Kuh") are put aside.
4. What has no such form (a formula, a motto, a description) is not compared unless it is the same text.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from galactica.codes.letters import loose_key, title_key
from galactica.joining.disagreements.spelt import one_but_for_kind
from galactica.languages import script_of
from galactica.model.claim import Claim
from galactica.values.amounts import Amount, same_amount
from galactica.values.differing import may_name, names_differ
from galactica.values.edtf import Span, read_edtf, spans_meet, two_calendars

Known = Callable[[str], frozenset[str]]
"""The keys of all names and identifiers that the bearer of a name or identifier goes by; empty where it is unknown."""

LONGEST_VALUE = 400
"""Characters of a value that are compared; a longer one is compared whole, and only as the same or not compared."""

LONGEST_NAME = 120
"""Characters of a text that may be a name."""

LEAST_COARSE = 1_000
"""From which number on the noughts at the end of a count may be rounding."""

COARSEST = 0.1
"""The most that noughts may stand for, as a share of the number: 2,000,000 is 1.9 to 2.1 million."""

HARDLY = 1e-5
"""The share by which two amounts may differ that are converted or summed from one: 343,001 and 343,002 million."""

NEAR_BY = 1.0
"""Degrees: two points that lie nearer may be places in one town, country or lake."""

MOST_NUMBER = 40
"""Digits of a number; one with more is not read."""


class Agreement(StrEnum):
    """What two values are to each other."""

    SAME = "same"
    NEAR = "near"
    APART = "apart"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """A value as it is compared.

    Attributes:
        kind: "quantity", "time", "place", "name", "text" or "url".
        key: values with the same key are the same.
        amount, span, point: of a quantity, a time, a place; `point` is latitude, longitude and how exact, in degrees.
        text: of the others, as it is written, at most `LONGEST_VALUE`.
        width: how coarse it is; 0 for what is exact.
    """

    kind: str
    key: str
    amount: Amount | None = None
    span: Span | None = None
    point: tuple[float, float, float] | None = None
    text: str = ""
    width: float = 0.0


def normal_of(claim: Claim) -> Normal | None:
    """The value of a claim as it is compared; None where it is not of the form of its kind."""
    make = _MAKERS.get(claim.kind)
    return make(claim) if make is not None and claim.value else None


def agreement_of(one: Normal, other: Normal, known: Known = lambda name: frozenset()) -> tuple[Agreement, str]:
    """Whether two values can both be right, and by what where they are only near: "rounding", "precision", "calendars",
    "spelling", "part"."""
    if one.kind != other.kind:
        return Agreement.UNKNOWN, ""
    if one.key == other.key:
        return Agreement.SAME, ""
    if one.amount is not None and other.amount is not None:
        return _amounts(one.amount, other.amount)
    if one.span is not None and other.span is not None:
        return _spans(one.span, other.span)
    if one.point is not None and other.point is not None:
        return _points(one.point, other.point)
    return _names(one, other, known) if one.kind == "name" else (Agreement.UNKNOWN, "")


def _amounts(one: Amount, other: Amount) -> tuple[Agreement, str]:
    if not one.unit and not other.unit:
        one, other = _as_measured(one, other), _as_measured(other, one)
    verdict = same_amount(one, other, slack=1e-9)
    if verdict is False and one.unit == other.unit and _within(one, other):
        verdict = True
    if verdict is None or (one.unit != other.unit and not (one.unit and other.unit)):
        return Agreement.UNKNOWN, ""
    if verdict:
        return Agreement.NEAR, "rounding"
    return Agreement.APART, ""


def _as_measured(one: Amount, other: Amount) -> Amount:
    """A whole number beside one with a fraction: it is no count either, and may be rounded ("41" beside "41.1")."""
    if one.low != one.high or one.low != int(one.low) or other.low == other.high:
        return one
    middle = (other.low + other.high) / 2
    return Amount(low=one.low - 0.5, high=one.high + 0.5) if middle != round(middle) else one


def _within(one: Amount, other: Amount) -> bool:
    """Whether two amounts of five digits and more are one but for the last of them, in which one was computed anew."""
    middles = [(each.low + each.high) / 2 for each in (one, other)]
    return abs(middles[0] - middles[1]) <= HARDLY * max(map(abs, middles))


def _spans(one: Span, other: Span) -> tuple[Agreement, str]:
    if spans_meet(one, other):
        return Agreement.NEAR, "precision"
    return (Agreement.NEAR, "calendars") if two_calendars(one, other) else (Agreement.APART, "")


def _points(one: tuple[float, float, float], other: tuple[float, float, float]) -> tuple[Agreement, str]:
    east = abs(one[1] - other[1])
    east = min(east, 360 - east) * math.cos(math.radians((one[0] + other[0]) / 2))
    apart = math.hypot(one[0] - other[0], east)
    if apart <= max(one[2], other[2], NEAR_BY):
        return Agreement.NEAR, "rounding"
    return Agreement.APART, ""


def _names(one: Normal, other: Normal, known: Known) -> tuple[Agreement, str]:
    left, right = known(one.text), known(other.text)
    if left & right or one.key in right or other.key in left:
        return Agreement.SAME, ""
    identified = _IDENTIFIER.match(one.text), _IDENTIFIER.match(other.text)
    if all(identified):
        same_scheme = one.text.partition(":")[0] == other.text.partition(":")[0]
        return (Agreement.APART if same_scheme else Agreement.UNKNOWN), ""
    if any(identified):
        named, names = (other, left) if identified[0] else (one, right)
        if not names or _script(named.text) not in {_script(name) for name in names}:
            return Agreement.UNKNOWN, ""
        written = [name for name in names if not _IDENTIFIER.match(name) and _script(name) == _script(named.text)]
        near = any(not names_differ(name, named.text) for name in written)
        return (Agreement.NEAR, "part") if near else (Agreement.APART, "")
    if _script(one.text) != _script(other.text) or not (may_name(one.text) and may_name(other.text)):
        return Agreement.UNKNOWN, ""
    if not names_differ(one.text, other.text) or one_but_for_kind(one.text, other.text):
        return Agreement.NEAR, "part"
    return Agreement.APART, ""


def _script(text: str) -> str:
    return script_of(text[:LONGEST_NAME]) or ""


_IDENTIFIER = re.compile(r"(?:wikidata:[QPL][1-9]\d*|path:\S+|(?:isbn|doi|issn|ark|urn|geonames|viaf|iso):\S+)\Z")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")


def _quantity(claim: Claim) -> Normal | None:
    value = _plain(claim.value)
    if value is None:
        return None
    number = float(value)
    bounds = [float(each) for each in map(_plain, claim.bounds) if each is not None]
    if len(bounds) == 2 and bounds[0] <= number <= bounds[1] and bounds[0] < bounds[1]:
        low, high = bounds
    else:
        half = _step(value, bool(claim.unit)) / 2
        low, high = number - half, number + half
    return Normal(
        kind="quantity",
        key=f"{_trimmed(value)} {claim.unit}",
        amount=Amount(low=low, high=high, unit=claim.unit),
        width=(high - low) / max(abs(number), 1e-300),
    )


def _plain(text: str) -> str | None:
    """A decimal number in plain digits, whatever digits of the world it was written in; None where it is none."""
    if len(text) > MOST_NUMBER:
        return None
    written = "".join(str(unicodedata.decimal(each, each)) for each in text.strip()).replace("−", "-").lstrip("+")
    return written if _DECIMAL.fullmatch(written) else None


def _trimmed(value: str) -> str:
    value = value.rstrip("0").rstrip(".") if "." in value else value
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    digits = digits.lstrip("0") or "0"
    digits = f"0{digits}" if digits.startswith(".") else digits
    return digits if digits == "0" else sign + digits


def _step(value: str, measured: bool) -> float:
    """What the last digit that says something stands for; 0 for a count that is no round number."""
    whole, _, fraction = value.lstrip("-").partition(".")
    if fraction:
        return float(10.0 ** -len(fraction))
    noughts = len(whole) - len(whole.rstrip("0"))
    number = float(whole)
    if noughts and number >= (100 if measured else LEAST_COARSE):
        return min(10.0**noughts, COARSEST * number)
    return 1.0 if measured else 0.0


def _time(claim: Claim) -> Normal | None:
    span = read_edtf(claim.value)
    if span is None:
        return None
    return Normal(kind="time", key=f"{span.first}/{span.last}/{span.loose:d}", span=span, width=float(span.width))


def _place(claim: Claim) -> Normal | None:
    parts, _, rest = claim.value[:LONGEST_VALUE].partition(";")
    numbers = [_plain(each) for each in parts.split(",")[:2]]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None or "crs=" in rest:
        return None
    north, east = float(numbers[0]), float(numbers[1])
    if abs(north) > 90 or abs(east) > 360:
        return None
    exact = max(_step(each, True) for each in numbers if each is not None)
    return Normal(kind="place", key=f"{_trimmed(numbers[0])},{_trimmed(numbers[1])}", point=(north, east, exact))


def _item(claim: Claim) -> Normal:
    text = claim.value[:LONGEST_VALUE]
    return Normal(kind="name", key=_name_key(claim.value), text=text)


def _text(claim: Claim) -> Normal:
    text = claim.value
    whole = " ".join(unicodedata.normalize("NFKC", text[: 4 * LONGEST_VALUE]).split()).casefold()
    kind = "name" if len(text) <= LONGEST_NAME else "text"
    return Normal(
        kind=kind, key=_name_key(text) if kind == "name" else f"{len(text)} {whole}", text=text[:LONGEST_VALUE]
    )


def _url(claim: Claim) -> Normal:
    plain = re.sub(r"\A[a-z+]{2,9}://(?:www\.)?", "", claim.value[: 4 * LONGEST_VALUE].strip(), flags=re.IGNORECASE)
    host, slash, rest = plain.partition("/")
    return Normal(kind="url", key=f"{host.casefold()}{slash}{rest}".rstrip("/"))


def _name_key(name: str) -> str:
    """What spellings of a name have in common; of an identifier, itself."""
    name = name[:LONGEST_VALUE]
    return name if _IDENTIFIER.match(name) else loose_key(title_key(name))


_MAKERS: dict[str, Callable[[Claim], Normal | None]] = {
    "quantity": _quantity,
    "time": _time,
    "place": _place,
    "item": _item,
    "text": _text,
    "url": _url,
}
