"""What a property of a thing is, as a number that can be compared, with the claims that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from galactica.ask.claimed.choosing import values_now
from galactica.ask.claimed.quoting import QuotedClaim, position, quoted_claim
from galactica.ask.claimed.told import quoted_side
from galactica.ask.holdings import ClaimedThings
from galactica.claims.property_table import Property, known_properties
from galactica.codes.letters import title_key
from galactica.joining.disagreements.dating import span_of
from galactica.joining.disagreements.group import ClaimGroup, ClaimSide, DatedClaim
from galactica.joining.disagreements.normal import normal_of
from galactica.model import Position
from galactica.model.claim import Claim
from galactica.values.units import in_unit, known_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """A thing with what it has of a property.

    Attributes:
        topic: its name.
        low, high: of all that sources say now, in the usual unit; equal where it is exact.
        value: of the newest and best.
        side: the claims that say that.
        differs: whether sources differ on it.
    """

    topic: str
    low: float
    high: float
    value: float
    side: ClaimSide
    differs: bool = False

    def quoted(self, things: ClaimedThings, language: str) -> list[QuotedClaim]:
        """Its claims where they stand."""
        return quoted_side(things, self.side.claims, language)


def valued(things: ClaimedThings, name: str, *, counted: bool = False, topic: str = "") -> dict[str, Valued]:
    """Topic → what it has of a property now; those of which nothing plain is said are left out.

    Args:
        counted: whether the values are counted, and none is a number itself.
        topic: only this one.
    """
    found: dict[str, Valued] = {}
    each = known_properties()[name]
    own = (group for group in things.of(name, topic) if not group.subject)
    for of, several in groupby(own, key=lambda group: group.topic):
        groups = list(several)
        one = _counted(of, groups) if counted else _measured(of, groups, each)
        if one is not None:
            found[of] = one
    return found


def _measured(topic: str, groups: Sequence[ClaimGroup], each: Property) -> Valued | None:
    values = next((values_now(group, 0) for group in groups if not group.scope), None)
    if values is None or values.several or not values.current:
        return None
    told = [(side, spans) for side in values.current if (spans := _spans(side.claims, each))]
    if not told:
        return None
    low, high = min(span[0] for _, spans in told for span in spans), max(span[1] for _, spans in told for span in spans)
    side, spans = told[0]
    return Valued(topic=topic, low=low, high=high, value=spans[0][2], side=side, differs=len(values.current) > 1)


def _spans(claims: Iterable[DatedClaim], each: Property) -> list[tuple[float, float, float]]:
    """(least, most, value) of each claim in the usual unit; of days, for times."""
    found = []
    for dated in claims:
        normal = normal_of(dated.claim)
        if normal is None:
            continue
        if normal.span is not None:
            middle = (normal.span.first + normal.span.last) / 2
            found.append((float(normal.span.first), float(normal.span.last), middle))
        elif normal.amount is not None:
            three = [_usual(value, normal.amount.unit, each) for value in (normal.amount.low, normal.amount.high)]
            exact = _usual(float(dated.claim.value), normal.amount.unit, each)
            if exact is not None and three[0] is not None and three[1] is not None:
                found.append((three[0], three[1], exact))
    return found


def _usual(value: float, unit: str, each: Property) -> float | None:
    if each.measures == "count" or not each.unit:
        return value if not unit else None
    if unit == each.unit:
        return value
    own, usual = known_units().get(unit), known_units().get(each.unit)
    return in_unit(value, own, usual) if own is not None and usual is not None else None


def _counted(topic: str, groups: Sequence[ClaimGroup]) -> Valued | None:
    side = listed_side(groups)
    if side is None:
        return None
    number = float(len(_names(side.claims)))
    return Valued(topic=topic, low=number, high=number, value=number, side=side)


def listed_side(groups: Sequence[ClaimGroup], prefer: Callable[[Claim], int] = lambda claim: 0) -> ClaimSide | None:
    """The values that one source names side by side, whatever narrows each: of the newest source, those of the row that
    has most; None where there are none.

    Args:
        prefer: how much rather the person would read it where a claim stands.
    """
    rows: dict[tuple[str, str, int, int], list[DatedClaim]] = {}
    for each in (each for group in groups for side in group.sides for each in side.claims):
        claim = each.claim
        key = (claim.source, "" if claim.origin == "statement" else claim.path, claim.start, claim.end)
        rows.setdefault(key, []).append(each)
    if not rows:
        return None
    best = max(rows.values(), key=lambda row: (prefer(row[0].claim), _last(row), len(_names(row)), _read(row)))
    return ClaimSide(value=best[0].claim.value, claims=tuple(best))


def whole_list(things: ClaimedThings, side: ClaimSide) -> tuple[QuotedClaim, tuple[str, ...]] | None:
    """A list as one row or sentence has it, and the names in it; None where it cannot be shown whole, or where it has
    more or fewer parts than names were read: then something in it was not understood. Where it marks those that are
    meant ("Aldovan (official), Sundish"), as many are marked as were read."""
    quoted = [quoted_claim(things, each) for each in side.claims]
    whole = [each for each in quoted if each is not None]
    if not whole or len(whole) < len(quoted) or len({(each.first, each.last) for each in whole}) > 1:
        return None
    names = _names(side.claims)
    row = whole[0].page.text[whole[0].first : whole[0].last].rpartition("\t")[2]
    parts = _SEMICOLON.split(row) if ";" in row else _COMMA.split(row)
    marked = sum("(official" in part for part in parts)
    count = marked or sum(any(map(str.isalpha, part)) for part in parts)
    return (whole[0], names) if count == len(names) else None


def _names(claims: Iterable[DatedClaim]) -> tuple[str, ...]:
    """The names among values, each once: "Russia (northwest)" is Russia."""
    found = {title_key(bare): bare for each in claims if (bare := _BRACKET.sub("", each.claim.value).strip())}
    return tuple(found.values())


_BRACKET = re.compile(r"\s*[(（][^()（）]{0,80}[)）]\Z")
_SEMICOLON = re.compile(r";|,(?=\s)")
_COMMA = re.compile(r",(?!\d{3})|[，、]|\s(?:and|und|и)\s|和")


def _last(row: Sequence[DatedClaim]) -> int:
    return max((span.last for each in row if (span := span_of(each)) is not None), default=-1)


def _read(row: Sequence[DatedClaim]) -> bool:
    """Whether it was read out of an article, where it can be quoted as one row."""
    return row[0].claim.origin != "statement"


def position_of(quoted: Sequence[QuotedClaim], title: str, each: Valued, counted: bool) -> Position:
    """A value of a thing with its quotations; of one that is counted, where its list stands."""
    return position(quoted[:1] if counted else quoted, of=title, value=f"{each.value:.0f}" if counted else "")
