"""Which of the values that claims give of a property holds now, or held in a year; what it was before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from galactica.claims.property_table import known_properties
from galactica.joining.disagreements.dating import span_of
from galactica.joining.disagreements.group import ClaimGroup, ClaimSide, DatedClaim, GroupKind
from galactica.joining.disagreements.normal import normal_of
from galactica.model.claim import said_outright
from galactica.values.edtf import A_YEAR, read_edtf


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedValues:
    """What is said of a property of one topic.

    Attributes:
        current: the sides of the answer; of several, none can be right beside another.
        several: whether all sides are one answer.
        earlier: what it was at other times.
        uncompared: what is said outright, and could not be compared with `current` (names in two scripts): each may be
            the same.
        limited: what is reported, denied, planned, estimated or disputed.
    """

    current: tuple[ClaimSide, ...]
    several: bool = False
    earlier: tuple[ClaimSide, ...] = ()
    uncompared: tuple[ClaimSide, ...] = ()
    limited: tuple[DatedClaim, ...] = ()


def values_now(group: ClaimGroup, year: int) -> ClaimedValues | None:
    """What of a group answers; None where nothing in it does.

    Args:
        year: that is asked for; 0 for none.
    """
    if year:
        return _in_year(group, year)
    several = group.kind is GroupKind.SEVERAL
    limited = tuple(each for each in group.beside if not said_outright(each.claim))
    if len(group.sides) < 2 or several:
        return ClaimedValues(current=group.sides, several=several, uncompared=_uncompared(group), limited=limited)
    known = known_properties().get(group.property)
    ordered = sorted(group.sides, key=newest)
    if group.kind is GroupKind.DIFFER:
        last = newest(ordered[-1])[0]
        now = [side for side in ordered if not (known and known.changes) or newest(side)[0] > last - A_YEAR]
        earlier = tuple(side for side in ordered if side not in now)
        return ClaimedValues(current=tuple(reversed(now)), earlier=earlier, limited=limited)
    return ClaimedValues(current=(ordered[-1],), earlier=tuple(ordered[:-1]), limited=limited)


def _uncompared(group: ClaimGroup) -> tuple[ClaimSide, ...]:
    """The values said outright that fit no side of a group, each with all who say it."""
    found: dict[tuple[str, str], list[DatedClaim]] = {}
    for each in group.beside:
        normal = normal_of(each.claim) if said_outright(each.claim) else None
        if normal is not None:
            found.setdefault((normal.kind, normal.key), []).append(each)
    return tuple(
        ClaimSide(value=first.claim.value, unit=first.claim.unit, kind=first.claim.kind, claims=(first, *others))
        for first, *others in found.values()
    )


def _in_year(group: ClaimGroup, year: int) -> ClaimedValues | None:
    sides = []
    for side in group.sides:
        held = tuple(each for each in side.claims if each.basis == "said" and _covers(each, year))
        if held:
            sides.append(replace(side, claims=held))
    if not sides:
        return None
    exact = [side for side in sides if any(_within(each, year) for each in side.claims)]
    several = group.kind is GroupKind.SEVERAL
    return ClaimedValues(current=tuple(exact or sides), several=several)


def _covers(each: DatedClaim, year: int) -> bool:
    span = span_of(each)
    return span is not None and span.first < (year + 1) * A_YEAR and year * A_YEAR <= span.last


def _within(each: DatedClaim, year: int) -> bool:
    span = read_edtf(each.time)
    return span is not None and year * A_YEAR <= span.first and span.last < (year + 1) * A_YEAR


def newest(side: ClaimSide) -> tuple[int, int]:
    """(last, first) day of the newest claim of a side; before all days where none says one."""
    spans = [span for each in side.claims if (span := span_of(each)) is not None]
    return max(((span.last, span.first) for span in spans), default=(-1, -1))
