"""What two articles claim, compared: whether their claims are those of one thing.

Only equality speaks for it. Against it speaks what has one value and cannot be read as the same in other words: two
capitals, areas of which one is half as large again, days of birth years apart. One such difference may be a fault of a
source or a reading; from two on, and not fewer than what agrees, they are of two things. So they are where three
amounts and more are claimed of both, each of one year where it changes, and none of them is nearly the same: two towns
of one name in one region are told in the same words, with other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from rapidfuzz.distance import Levenshtein

from galactica.claims.property_table import known_properties
from galactica.codes.letters import folded
from galactica.joining.topics.learning import UNKNOWN
from galactica.joining.topics.thing import Thing, title_parts
from galactica.languages import scripts_in
from galactica.model import Claim
from galactica.values.units import known_units

SEVERAL, ONE, NONE = range(3)
"""Levels: several claims agree, one does, none does or those of one value differ."""

APART = 2
"""Claims of one value that differ from which on two articles are about two things."""

FAR = 1.5
"""How many times as large an amount is as another that cannot be of the same: sources count in ways of their own."""

MEASURED = 3
"""Amounts that both claim of which none is nearly the same, from which on two articles are about two things."""

NEARLY = 1.01
"""How many times as large an amount may be as another and be nearly the same."""

YEARS = 2
"""Years between two dates from which on they are not of the same event."""

HELD = frozenset({"capital"})
"""Properties that change, but seldom, and of which a thing has one at a time."""

LONGEST_VALUE = 100
"""Characters of a value that are compared."""

_MARK = "\x1f"
_AT = "@"
_YEAR = re.compile(r"-?\d{4}")


def claim_key(claim: Claim) -> str:
    """A claim as it is compared: property, kind and value, amounts in the base of what their unit measures."""
    value = claim.value[:LONGEST_VALUE]
    unit = known_units().get(claim.unit)
    if claim.kind == "quantity" and unit is not None and not unit.zero:
        with suppress(ValueError, OverflowError):
            value = f"{float(value) * unit.size:.6g}"
    return _MARK.join((claim.property, claim.kind, value))


def claim_keys(claim: Claim) -> tuple[str, ...]:
    """How a claim is compared; an amount that changes with time a second time, as one of its year."""
    key = claim_key(claim)
    known = known_properties().get(claim.property)
    year = _YEAR.match(claim.time)
    if claim.kind != "quantity" or known is None or not known.changes or year is None:
        return (key,)
    return key, f"{claim.property}{_AT}{year[0]}{key[len(claim.property) :]}"


def claims_level(one: Thing, other: Thing) -> int:
    """`UNKNOWN` where they claim nothing of the same properties."""
    if not one.claims or not other.claims:
        return UNKNOWN
    ours, theirs = _by_property(one.claims), _by_property(other.claims)
    both = {each for each in ours.keys() & theirs.keys() if _AT not in each}
    if not both:
        return UNKNOWN
    agree = sum(bool(ours[each] & theirs[each]) for each in both)
    differ = sum(_differ(each, ours[each], theirs[each]) for each in both if each in _single())
    if not agree and not differ:
        return UNKNOWN
    if not agree or differ >= max(APART, agree):
        return NONE
    return SEVERAL if agree >= 2 and not differ else ONE


def items_claimed(thing: Thing) -> Iterator[tuple[str, str]]:
    """The items that a thing claims: property, and the key of the name as it is written."""
    for each in thing.claims:
        name, kind, value = each.split(_MARK, 2)
        if kind == "item":
            yield name, title_parts(value)[0]


def claims_apart(one: Thing, other: Thing) -> bool:
    """Whether two things have several claims of one value that differ, and none that agrees; or other amounts."""
    ours, theirs = _by_property(one.claims), _by_property(other.claims)
    if _amounts_apart(ours, theirs):
        return True
    both = ours.keys() & theirs.keys() & _single()
    if len(both) < APART or any(ours[each] & theirs[each] for each in both):
        return False
    return sum(_differ(each, ours[each], theirs[each]) for each in both) >= APART


def _amounts_apart(ours: dict[str, set[str]], theirs: dict[str, set[str]]) -> bool:
    """Whether `MEASURED` amounts and more that both claim, those that change of one year, are all unlike."""
    both = [name for name in ours.keys() & theirs.keys() if _AT in name or name in _single()]
    pairs = [[(a, b) for a in ours[name] for b in theirs[name]] for name in both]
    told = [some for some in pairs if all(each.startswith("quantity" + _MARK) for pair in some for each in pair)]
    return len(told) >= MEASURED and all(_far(*_values(pair), NEARLY) for some in told for pair in some)


def _values(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0].partition(_MARK)[2], pair[1].partition(_MARK)[2]


@cache
def _single() -> frozenset[str]:
    """Properties of which a thing has one value that stays."""
    return HELD | {each.id for each in known_properties().values() if not each.many and not each.changes}


def _by_property(claims: tuple[str, ...]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in claims:
        name, _, value = each.partition(_MARK)
        found.setdefault(name, set()).add(value)
    return found


def _differ(name: str, ours: set[str], theirs: set[str]) -> bool:
    """Whether no value of one can be one of the other's in other words."""
    return all(_unlike(a, b) for a in ours for b in theirs)


def _unlike(one: str, other: str) -> bool:
    kind, _, left = one.partition(_MARK)
    same_kind, _, right = other.partition(_MARK)
    if kind != same_kind or left == right:
        return False
    if kind == "quantity":
        return _far(left, right)
    if kind == "time":
        years = _YEAR.match(left), _YEAR.match(right)
        return years[0] is not None and years[1] is not None and abs(int(years[0][0]) - int(years[1][0])) >= YEARS
    if kind in ("item", "text"):
        return _other_words(folded(left), folded(right))
    return False


def _far(left: str, right: str, times: float = FAR) -> bool:
    try:
        low, high = sorted((abs(float(left)), abs(float(right))))
    except (ValueError, OverflowError):
        return False
    return high > times * low


def _other_words(left: str, right: str) -> bool:
    """Whether two names in one script have no word in common and are not nearly the same."""
    scripts = scripts_in(left), scripts_in(right)
    if not scripts[0] or scripts[0] != scripts[1] or set(left.split()) & set(right.split()):
        return False
    longest = max(len(left), len(right))
    return Levenshtein.distance(left, right) * 2 > longest and left not in right and right not in left
