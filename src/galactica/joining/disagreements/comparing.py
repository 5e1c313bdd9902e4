"""Claims of one topic and one property → what they are to each other.

1. Only what is said outright counts (`model.claim.said_outright`). The rest is shown beside.
2. Claims are compared with those of the same scope: "of the urban area" says nothing against "of the city".
3. Values that are the same are one; then the exact come before the coarse, and each joins the side whose every value it
   agrees with. One that agrees with several sides that differ speaks for none of them and is shown beside.
4. Two sides of a property that has one value at a time differ, unless it changes with time and their times do not meet.
   Where a time is not said, the date of the source stands for it, and that is said: an amount may be older than what it
   stands in. What holds "since" a year holds until the source's date, as far as the source can know. Values that all
   say their times, and other times, are a series whatever the property is.
5. Several values in one row, sentence or statement are meant as several. Of names that change, two share it for good.
   Names that sound alike may be spellings of one: they stand side by side as several, and do not differ.
6. What one article says twice of what changes, it says of two times, where it does not say the time of both.

Deterministic; the time is that of sorting, and of comparing at most `MOST_VALUES` values with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from galactica.joining.disagreements.dating import TIMES, DateOf, dated_claim, order_in_time, span_of
from galactica.joining.disagreements.group import ClaimGroup, ClaimSide, DatedClaim, GroupKind, Nature
from galactica.joining.disagreements.normal import Agreement, Known, Normal, agreement_of, normal_of
from galactica.joining.disagreements.spelt import may_be_spellings
from galactica.model.claim import LIMITS, Claim, said_outright
from galactica.values.edtf import A_YEAR, Span, spans_meet
from galactica.values.names import words_in_common

MOST_CLAIMS = 2_000
"""Claims of one topic and property that are kept; more of them are a table, not a disagreement. The rest is counted."""

MOST_VALUES = 64
"""Different values that are compared with each other: two thousand comparisons."""

MOST_SCOPE = 200
"""Characters of what narrows a claim."""

GROWN = 2.0
"""How many times as large an amount without a date may be as another of a property that changes, before the two differ
whatever their dates."""

MOST_WORDS_APART = 0.5
"""Share of words up to which names that hold since one day may be those of two."""

A_DAY = 10
"""Characters of a day in EDTF."""

_BACKING = frozenset(("reference", "source", "wikidata:P459", "wikidata:P1480", "wikidata:P813", "wikidata:P248"))
"""Of those that say how or by whom it was found out."""


def compare_claims(
    claims: Iterable[Claim],
    nature: Nature,
    *,
    topic: str = "",
    known: Known = lambda name: frozenset(),
    date_of: DateOf = lambda claim: "",
) -> list[ClaimGroup]:
    """What the claims of one topic and property are to each other, one result for each scope that has two that count.

    Args:
        claims: of one topic, one subject and one property; any order.
        nature: of the property.
        topic: its name.
        known: what a name or identifier is also called.
        date_of: of what a claim stands in.
    """
    every = sorted(set(claims), key=_order)
    kept, left_out = every[:MOST_CLAIMS], max(0, len(every) - MOST_CLAIMS)
    dated = [dated_claim(claim, date_of) for claim in kept]
    quiet = [each for each in dated if not said_outright(each.claim)]
    scopes: dict[str, list[DatedClaim]] = {}
    for each in dated:
        if said_outright(each.claim):
            scopes.setdefault(scope_of(each.claim), []).append(each)
    found = []
    for scope, several in sorted(scopes.items()):
        beside = [each for each in quiet if scope_of(each.claim) == scope]
        result = _compared(several, beside, nature, known)
        if result is not None:
            kind, sides, others = result
            first = several[0].claim
            found.append(
                ClaimGroup(
                    topic=topic,
                    subject=first.subject,
                    property=first.property,
                    scope=scope,
                    kind=kind,
                    sides=sides,
                    beside=tuple(sorted(others, key=order_in_time)),
                    left_out=left_out,
                )
            )
    return found


def scope_of(claim: Claim) -> str:
    """What narrows a claim, besides its time and who says it: "" for nothing."""
    parts = sorted(
        f"{each.property} {each.value} {each.unit}".strip()
        for each in claim.qualifiers
        if each.property not in LIMITS and each.property not in TIMES and each.property not in _BACKING
    )
    return "; ".join(parts)[:MOST_SCOPE]


@dataclass(slots=True)
class _Value:
    normal: Normal
    claims: list[DatedClaim]
    reasons: set[str] = field(default_factory=set)


def _compared(
    counted: Sequence[DatedClaim], beside: list[DatedClaim], nature: Nature, known: Known
) -> tuple[GroupKind, tuple[ClaimSide, ...], list[DatedClaim]] | None:
    values: dict[tuple[str, str], _Value] = {}
    for each in counted:
        normal = normal_of(each.claim)
        if normal is None:
            beside.append(each)
            continue
        values.setdefault((normal.kind, normal.key), _Value(normal, [])).claims.append(each)
    ordered = sorted(values.values(), key=lambda value: (value.normal.width, -len(value.claims), value.normal.key))
    for value in ordered[MOST_VALUES:]:
        beside += value.claims
    sides, lost = _sides(ordered[:MOST_VALUES], known)
    beside += [each for value in lost for each in value.claims]
    if sum(len(value.claims) for side in sides for value in side) < 2:
        return None
    kind = _kind_of(sides, nature)
    made = [_side(side) for side in sides]
    return kind, tuple(sorted(made, key=lambda side: (*order_in_time(side.claims[0]), side.value))), beside


def _sides(values: Sequence[_Value], known: Known) -> tuple[list[list[_Value]], list[_Value]]:
    """The values put together, and those that fit no one side."""
    sides: list[list[_Value]] = []
    lost: list[_Value] = []
    for value in values:
        fits: list[tuple[list[_Value], set[str]]] = []
        doubted = False
        for side in sides:
            verdicts = [
                (Agreement.SAME, "") if _one_holder(value, other) else agreement_of(value.normal, other.normal, known)
                for other in side
            ]
            if all(verdict in (Agreement.SAME, Agreement.NEAR) for verdict, _ in verdicts):
                fits.append((side, {reason for _, reason in verdicts if reason}))
            doubted |= any(verdict is Agreement.UNKNOWN for verdict, _ in verdicts)
        if len(fits) == 1:
            side, reasons = fits[0]
            value.reasons |= reasons
            side.append(value)
        elif fits or doubted:
            lost.append(value)
        else:
            sides.append([value])
    return sides, lost


def _one_holder(one: _Value, other: _Value) -> bool:
    """Whether two names are spellings of one: most of their words are the same, and both hold since one day.

    "Sultan HAYTHAM bin Tariq Al Said" and "Sultan HAITHAM bin Tarik Al Said" since 11 January 2020."""
    if one.normal.kind != "name" or not (_since(one) & _since(other)):
        return False
    return words_in_common(one.normal.text, other.normal.text) > MOST_WORDS_APART


def _since(value: _Value) -> set[str]:
    starts = (each.time.partition("/")[0] for each in value.claims if each.basis == "said")
    return {start for start in starts if len(start) == A_DAY}


def _side(values: Sequence[_Value]) -> ClaimSide:
    best = values[0]
    first = best.claims[0].claim
    return ClaimSide(
        value=first.value,
        unit=first.unit,
        kind=first.kind,
        claims=tuple(sorted((each for value in values for each in value.claims), key=order_in_time)),
        reasons=tuple(sorted({reason for value in values for reason in value.reasons})),
    )


def _kind_of(sides: Sequence[Sequence[_Value]], nature: Nature) -> GroupKind:
    if len(sides) == 1:
        return GroupKind.ROUNDING if any(value.reasons for value in sides[0]) else GroupKind.AGREE
    if not nature.single:
        return GroupKind.SEVERAL
    pairs = [(one, other) for number, one in enumerate(sides) for other in sides[:number]]
    apart = [pair for pair in pairs if not (_in_one_breath(*pair) or _spelt_apart(*pair))]
    several = len(apart) < len(pairs)
    if several and nature.changes and sides[0][0].normal.kind == "name":
        return GroupKind.SEVERAL
    undated = False
    for one, other in apart:
        if nature.changes and _within_one(one, other) and not (_all_said(one) and _all_said(other)):
            undated = True
        else:
            met, told = _meet(one, other)
            if met or not (nature.changes or (told and _all_said(one) and _all_said(other))):
                return GroupKind.DIFFER
            undated |= not told
    if several:
        return GroupKind.SEVERAL
    return GroupKind.UNDATED if undated else GroupKind.TIME


def _in_one_breath(one: Sequence[_Value], other: Sequence[_Value]) -> bool:
    """Whether one row, sentence or statement gives both values: then it means several."""
    places = [_places(side) for side in (one, other)]
    return bool(places[0] & places[1])


def _spelt_apart(one: Sequence[_Value], other: Sequence[_Value]) -> bool:
    """Whether names of two sides may be two spellings of one."""
    names = [[value.normal.text for value in side if value.normal.kind == "name"] for side in (one, other)]
    return any(may_be_spellings(a, b) for a in names[0] for b in names[1])


def _places(side: Sequence[_Value]) -> set[tuple[str, str, int, int]]:
    """The rows and sentences that give a side; of a statement, its own name."""
    claims = [each.claim for value in side for each in value.claims]
    return {(c.source, c.path, c.start, c.end) for c in claims if c.end or c.origin == "statement"}


def _within_one(one: Sequence[_Value], other: Sequence[_Value]) -> bool:
    """Whether one article gives both sides, and nobody else either."""
    return len({(c.claim.source, c.claim.path) for side in (one, other) for v in side for c in v.claims}) == 1


def _all_said(side: Sequence[_Value]) -> bool:
    return all(each.basis == "said" for value in side for each in value.claims)


def _meet(one: Sequence[_Value], other: Sequence[_Value]) -> tuple[bool, bool]:
    """Whether two sides speak of one time, and whether it is told of when they speak."""
    left, right = (_that_say_when(side) for side in (one, other))
    spans = [(span_of(each), each.basis) for each in left], [(span_of(each), each.basis) for each in right]
    told = True
    for a, how_a in spans[0]:
        for b, how_b in spans[1]:
            if a is None or b is None:
                told = False
            elif spans_meet(a, b) and not _follow(a, b):
                if "source" not in (how_a, how_b) or one[0].normal.amount is None:
                    return True, told
                told = False
    if any(all(each.claim.origin == "sentence" and not each.time for each in side) for side in (left, right)):
        return False, told  # a sentence may tell of a census long ago
    dated = all(any(each.time for each in side) for side in (left, right))
    return not told and not dated and _too_far(one[0].normal, other[0].normal), told


def _that_say_when(side: Sequence[_Value]) -> list[DatedClaim]:
    """The claims of a side of which it is told when they hold; all where it is told of none."""
    every = [each for value in side for each in value.claims]
    return [each for each in every if each.time] or every


def _follow(one: Span, other: Span) -> bool:
    """Whether one time ends in the year in which the other begins: a predecessor and a successor."""
    overlap = min(one.last, other.last) - max(one.first, other.first) + 1
    return overlap <= A_YEAR and overlap < min(one.width, other.width)


def _too_far(one: Normal, other: Normal) -> bool:
    """Whether an amount cannot have become another in any usual time."""
    if one.amount is None or other.amount is None or one.amount.unit != other.amount.unit:
        return False
    least, most = sorted((abs(one.amount.low + one.amount.high) / 2, abs(other.amount.low + other.amount.high) / 2))
    return most > GROWN * least


def _order(claim: Claim) -> tuple[str, str, int, int, str, str, str]:
    return (claim.source, claim.path, claim.start, claim.value_start, claim.value, claim.unit, claim.origin)
