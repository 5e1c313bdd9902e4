"""The values that are frozen when claims have been compared: sides of a group, and what the group is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from galactica.model.claim import Claim


class GroupKind(StrEnum):
    """What the claims of one topic and property are to each other; what a reader wants to know most stands first.

    `UNDATED`: the property changes with time, the values are not the same, and it is not told of when one of them is.
    """

    DIFFER = "differ"
    UNDATED = "undated"
    TIME = "time"
    SEVERAL = "several"
    ROUNDING = "rounding"
    AGREE = "agree"


BASES = ("said", "source", "")
"""Where the time of a claim is from: the claim itself, the date of its source or article, nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """What is known of a property.

    Attributes:
        single: whether a thing has one value of it at a time; False where it may have several, or nobody knows.
        changes: whether that is another one at another time.
    """

    single: bool = False
    changes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedClaim:
    """A claim with when it holds.

    Attributes:
        claim: as it was read.
        time: EDTF; the claim's own, else the date of its source; "" where neither is told.
        basis: of `BASES`.
    """

    claim: Claim
    time: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSide:
    """Claims that can all be right.

    Attributes:
        value, unit, kind: of the most exact among them.
        claims: by time, those without one last, then by source and place.
        reasons: why their values are one where they are written apart ("rounding", "precision", "calendars", "part").
    """

    value: str
    unit: str = ""
    kind: str = ""
    claims: tuple[DatedClaim, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of those who say so, each once, sorted."""
        return tuple(sorted({each.claim.source for each in self.claims}))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGroup:
    """The claims of one topic and one property, compared.

    Attributes:
        topic: its name; "" where the caller knows it.
        subject: as in `Claim.subject`.
        property: as in `Claim.property`.
        scope: what narrows all of them alike ("urban area"), as text; "" for nothing.
        kind: what they are to each other.
        sides: in the order of time: by the first dated claim of each, those without a date last. No source comes first.
        beside: what does not count: reported, denied, planned, estimated, disputed claims, values that could not be
            compared, values that fit several sides.
        left_out: claims that were not looked at, because there are too many.
    """

    topic: str = ""
    subject: str = ""
    property: str
    scope: str = ""
    kind: GroupKind
    sides: tuple[ClaimSide, ...] = ()
    beside: tuple[DatedClaim, ...] = ()
    left_out: int = 0


def within_one_article(group: ClaimGroup) -> bool:
    """Whether all sides stand in one article."""
    return len({(each.claim.source, each.claim.path) for side in group.sides for each in side.claims}) == 1
