"""A source's record: how often others confirm what it claims. Measured when it is asked for; no source keeps a mark.

Only groups count in which two sources or more say something of a property that has one value, at one time. A source is
confirmed in a group where another source stands on a side with it. That says nothing of who is right: two sources that
copy each other confirm each other, and a source that is alone in being right is confirmed by nobody.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from galactica.joining.disagreements.group import ClaimGroup, GroupKind

SURE = 1.959964
"""Standard deviations on either side of a normal distribution between which 95 % of it lie."""

COUNTED = (GroupKind.AGREE, GroupKind.ROUNDING, GroupKind.DIFFER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """How often something was so.

    Attributes:
        of: how often it could have been.
        low, high: Wilson's interval, 95 % (doi:10.1080/01621459.1927.10502953): where the share lies in the long run.
    """

    confirmed: int
    of: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """How often other sources confirm one.

    Attributes:
        source: its key.
        whole: over all properties.
        properties: by property, the most compared first.
    """

    source: str
    whole: Confirmed
    properties: tuple[tuple[str, Confirmed], ...]


def tally(confirmed: int, of: int) -> Confirmed:
    """A share with its interval; (0, 1) where nothing was counted."""
    if of <= 0:
        return Confirmed(confirmed=0, of=0, low=0.0, high=1.0)
    share, square = confirmed / of, SURE * SURE
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = SURE * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return Confirmed(confirmed=confirmed, of=of, low=max(0.0, middle - half), high=min(1.0, middle + half))


def source_records(groups: Iterable[ClaimGroup]) -> list[SourceRecord]:
    """The record of every source that could be confirmed, by key."""
    confirmed: Counter[tuple[str, str]] = Counter()
    of: Counter[tuple[str, str]] = Counter()
    for group in groups:
        by_side = [side.sources for side in group.sides]
        sources = sorted({source for several in by_side for source in several})
        if group.kind not in COUNTED or len(sources) < 2:
            continue
        for source in sources:
            of[source, group.property] += 1
            if any(source in several and len(several) > 1 for several in by_side):
                confirmed[source, group.property] += 1
    records = []
    for source in sorted({source for source, _ in of}):
        rows = sorted(
            ((name, tally(confirmed[source, name], count)) for (who, name), count in of.items() if who == source),
            key=lambda row: (-row[1].of, row[0]),
        )
        whole = tally(sum(each.confirmed for _, each in rows), sum(each.of for _, each in rows))
        records.append(SourceRecord(source=source, whole=whole, properties=tuple(rows)))
    return records
