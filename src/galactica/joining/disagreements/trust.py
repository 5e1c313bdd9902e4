"""Whom a reader believes, as the reader says in a file; what that decides, and where it goes against most sources.

The file is TOML:

    order = ["factbook", "wikidata"]      # the first of them that says something is believed

    [weights]                             # or: the side with the most weight is believed
    factbook = 2.0
    enwiki = 1

    measured = true                       # or, before [weights]: by how often others confirm each source (`record`)

Nothing is believed of a group about which the file says nothing, nor where two sides have as much. No file is kept, and
no source is preferred without one.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from galactica.errors import UsageError
from galactica.joining.disagreements.group import ClaimGroup, GroupKind
from galactica.joining.disagreements.record import SourceRecord

LARGEST_TRUST = 1 << 20
"""Bytes of a file: ten thousand sources are less."""

MOST_TRUSTED = 10_000
"""Sources that a file names."""

GREATEST = 1e6
"""Weight of a source; the least is 0."""

OPEN = (GroupKind.DIFFER, GroupKind.UNDATED)
"""Outcomes in which belief chooses a side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom a reader believes.

    Attributes:
        order: keys of sources, the most believed first.
        weights: key of a source → what it counts; those that it does not name count nothing.
    """

    order: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What trust makes of a group.

    Attributes:
        side: number of the side that is believed; -1 for none.
        why: "order", "weight", or "" where nothing is believed.
        by: the source that comes first, where the order decided.
        against_most: whether another side has more sources.
    """

    side: int = -1
    why: str = ""
    by: str = ""
    against_most: bool = False


def read_trust(raw: bytes, records: Sequence[SourceRecord] = ()) -> Trust:
    """What a file of trust says.

    Args:
        raw: its bytes.
        records: of the sources, for `measured = true`.

    Raises:
        UsageError: it is no such file.
    """
    if len(raw) > LARGEST_TRUST:
        raise UsageError("The file of trust is too large.", f"It may have {LARGEST_TRUST:,} bytes.")
    try:
        told = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError("The file of trust is not TOML.", f'Write order = ["SOURCE", …] into it ({error}).') from error
    unknown = sorted(set(told) - {"order", "weights", "measured"})
    order, weights, measured = told.get("order", []), told.get("weights", {}), told.get("measured", False)
    fine = (
        not unknown
        and isinstance(order, list)
        and all(isinstance(each, str) for each in order)
        and isinstance(weights, dict)
        and all(_is_weight(each) for each in weights.values())
        and isinstance(measured, bool)
        and max(len(order), len(weights)) <= MOST_TRUSTED
    )
    if not fine:
        what = f"It has {', '.join(unknown[:5])}." if unknown else "Something in it is of another kind than it must be."
        raise UsageError(
            f"The file of trust cannot be used. {what}",
            'Write order = ["SOURCE", …], [weights] with SOURCE = number from 0 to a million, or measured = true.',
        )
    found = {name: float(each) for name, each in weights.items()}
    if measured:
        found = {**measured_weights(records), **found}
    return Trust(order=tuple(dict.fromkeys(order)), weights=tuple(sorted(found.items())))


def believed(group: ClaimGroup, trust: Trust) -> Belief:
    """Which side of a group is believed."""
    if group.kind not in OPEN or len(group.sides) < 2:
        return Belief()
    counts = [len(side.sources) for side in group.sides]
    for source in trust.order:
        holding = [number for number, side in enumerate(group.sides) if source in side.sources]
        if len(holding) == 1:
            return Belief(side=holding[0], why="order", by=source, against_most=max(counts) > counts[holding[0]])
        if holding:
            return Belief()  # it says both
    weights = dict(trust.weights)
    sums = [math.fsum(weights.get(source, 0.0) for source in side.sources) for side in group.sides]
    best = max(sums)
    if best <= 0 or sums.count(best) > 1:
        return Belief()
    side = sums.index(best)
    return Belief(side=side, why="weight", against_most=max(counts) > counts[side])


def measured_weights(records: Sequence[SourceRecord]) -> Mapping[str, float]:
    """What each source counts by its record: by the low end of its interval (`weight_of_share`)."""
    return {each.source: weight_of_share(each.whole.low) for each in records}


def weight_of_share(share: float) -> float:
    """What a voter counts that is right so often: the log of the odds (Nitzan and Paroush, 1982); 0 below a half."""
    share = min(max(share, 0.0), 0.999)
    return max(0.0, math.log(share / (1 - share))) if share > 0 else 0.0


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= GREATEST
