"""All claims of one property of a thing in groups: those that can be compared with each other, and the others alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from galactica.claims.remarks import METHOD
from galactica.joining.disagreements.comparing import compare_claims, scope_of
from galactica.joining.disagreements.dating import DateOf, dated_claim, order_in_time
from galactica.joining.disagreements.gathering import OfOneProperty
from galactica.joining.disagreements.group import ClaimGroup, ClaimSide, DatedClaim, GroupKind
from galactica.joining.disagreements.natures import nature_of
from galactica.joining.disagreements.normal import Known
from galactica.model.claim import Claim, said_outright


def property_groups(
    several: OfOneProperty,
    *,
    known: Known = lambda name: frozenset(),
    date_of: DateOf = lambda claim: "",
) -> list[ClaimGroup]:
    """The claims of one topic, subject and property, compared; those with which nothing can be compared alone.

    Args:
        known, date_of: as for `compare_claims`.
    """
    whole = {_without_method(claim): claim for claim in several.claims}
    compared = compare_claims(whole, nature_of(several.property), topic=several.topic, known=known, date_of=date_of)
    told = {each.claim for group in compared for side in group.sides for each in side.claims}
    told |= {each.claim for group in compared for each in group.beside}
    compared = [_with_method(group, whole) for group in compared]
    alone: dict[str, list[DatedClaim]] = {}
    for plain, claim in whole.items():
        if plain not in told and not several.left_out:
            alone.setdefault(scope_of(plain), []).append(dated_claim(claim, date_of))
    every = [*compared, *(_alone(scope, some, several) for scope, some in sorted(alone.items()))]
    return [
        replace(group, topic=several.topic, subject=several.subject, left_out=group.left_out + several.left_out)
        for group in every
    ]


def _without_method(claim: Claim) -> Claim:
    """A claim without how it was found out: a census and an estimate of one day say the same of the same thing."""
    kept = tuple(each for each in claim.qualifiers if each.property != METHOD)
    return claim if len(kept) == len(claim.qualifiers) else replace(claim, qualifiers=kept)


def _with_method(group: ClaimGroup, whole: Mapping[Claim, Claim]) -> ClaimGroup:
    """A group with its claims as they were."""

    def back(claims: Iterable[DatedClaim]) -> tuple[DatedClaim, ...]:
        return tuple(replace(each, claim=whole.get(each.claim, each.claim)) for each in claims)

    sides = tuple(replace(side, claims=back(side.claims)) for side in group.sides)
    return replace(group, sides=sides, beside=back(group.beside))


def _alone(scope: str, claims: list[DatedClaim], several: OfOneProperty) -> ClaimGroup:
    """Claims of which none says anything about another: one that counts, and those that do not count."""
    ordered = sorted(claims, key=order_in_time)
    sides = tuple(
        ClaimSide(value=each.claim.value, unit=each.claim.unit, kind=each.claim.kind, claims=(each,))
        for each in ordered
        if said_outright(each.claim)
    )
    return ClaimGroup(
        property=several.property,
        scope=scope,
        kind=GroupKind.AGREE if len(sides) < 2 else GroupKind.SEVERAL,
        sides=sides,
        beside=tuple(each for each in ordered if not said_outright(each.claim)),
    )
