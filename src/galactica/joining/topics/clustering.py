"""From pairs that are likely of one thing to groups of records, kept precise.

Rules:
1. A record that is about as near to two records of a source that names each thing once is joined with neither: it is
   undecided between them (`undecided`).
2. Pairs are taken from the likeliest to the least likely, equal ones by row. Two clusters become one only where
they share no
   such source, and nothing forbids any pair of their records: so no chain joins namesakes.
3. What was refused says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

LOOKED_AT = 24
"""Records of a cluster that each newcomer is compared with: the first to come in."""

ONE_FOR = 20
"""Of so many compared pairs between two clusters one at least must be for joining them (the even half of Cora, where
one in 4 to one in 12 are nearly as good)."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TopicEdge:
    """A pair of records, by row, and what all that was compared is worth, in thousandths of a bit."""

    bits: int
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """What came of the pairs.

    Attributes:
        clusters: rows of each of two records at least, ascending; by their first row.
        refused: pair → why it was not joined.
    """

    clusters: tuple[tuple[int, ...], ...]
    refused: Mapping[tuple[int, int], str]


def undecided(
    edges: Iterable[TopicEdge], groups: Mapping[int, int] | Sequence[int], margin: int
) -> dict[tuple[int, int], str]:
    """The pairs of which one record is nearly as near, or nearer, to another record of the same source.

    Args:
        groups: of each row, the number of the source that names each thing once; -1: of no such source.
        margin: in thousandths of a bit.
    """
    best: dict[tuple[int, int], list[TopicEdge]] = {}
    every = sorted(edges, key=_likeliest)
    for edge in every:
        for row, other in ((edge.low, edge.high), (edge.high, edge.low)):
            if groups[other] >= 0:
                kept = best.setdefault((row, groups[other]), [])
                if len(kept) < 2:
                    kept.append(edge)
    found: dict[tuple[int, int], str] = {}
    for edge in every:
        for row, other in ((edge.low, edge.high), (edge.high, edge.low)):
            kept = best.get((row, groups[other]), [])
            if len(kept) < 2:
                continue
            if edge is not kept[0] or kept[1].bits > edge.bits - margin:
                found[edge.low, edge.high] = "undecided" if edge.bits >= kept[0].bits - margin else "another is nearer"
                break
    return found


def clustered(
    edges: Iterable[TopicEdge],
    groups: Mapping[int, int] | Sequence[int],
    forbidden: Callable[[int, int], str],
    together: Iterable[tuple[int, int]] = (),
    compared: Mapping[tuple[int, int], int] | None = None,
) -> Clustering:
    """Clusters of pairs.

    Args:
        edges: pairs that are to be joined.
        groups: as `undecided` has them.
        forbidden: why two records are not the same, "" where nothing is against it.
        together: pairs that are joined before all others, whatever forbids it.
        compared: what each pair that was compared is worth, beyond what is needed: two clusters become one only where
            one in `ONE_FOR` of the pairs between them is for it; None: one pair is enough.
    """
    home: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    taken: dict[int, set[int]] = {}
    refused: dict[tuple[int, int], str] = {}

    def place(row: int) -> int:
        if row not in home:
            home[row] = row
            members[row] = [row]
            taken[row] = {groups[row]} - {-1}
        return home[row]

    def unite(one: int, other: int) -> None:
        if len(members[one]) < len(members[other]):
            one, other = other, one
        for row in members[other]:
            home[row] = one
        members[one] += members.pop(other)
        taken[one] |= taken.pop(other)

    for low, high in together:
        one, other = place(low), place(high)
        if one != other:
            unite(one, other)
    for edge in sorted(edges, key=_likeliest):
        one, other = place(edge.low), place(edge.high)
        if one == other:
            continue
        if taken[one] & taken[other]:
            refused[edge.low, edge.high] = "one of a source"
            continue
        why = _against(members[one], members[other], forbidden)
        if not why and compared is not None and _hardly_for(members[one], members[other], compared):
            why = "most of their pairs are against it"
        if why:
            refused[edge.low, edge.high] = why
        else:
            unite(one, other)
    clusters = sorted(tuple(sorted(rows)) for rows in members.values() if len(rows) > 1)
    return Clustering(clusters=tuple(clusters), refused=refused)


def _against(ours: list[int], theirs: list[int], forbidden: Callable[[int, int], str]) -> str:
    for one in ours[:LOOKED_AT]:
        for other in theirs[:LOOKED_AT]:
            why = forbidden(min(one, other), max(one, other))
            if why:
                return why
    return ""


def _hardly_for(ours: list[int], theirs: list[int], compared: Mapping[tuple[int, int], int]) -> bool:
    """Whether of the compared pairs between two clusters hardly any is for joining them: one likely pair is a chain."""
    several = [
        worth
        for one in ours[:LOOKED_AT]
        for other in theirs[:LOOKED_AT]
        if (worth := compared.get((min(one, other), max(one, other)))) is not None
    ]
    return sum(worth >= 0 for worth in several) * ONE_FOR < len(several)


def _likeliest(edge: TopicEdge) -> tuple[int, int, int]:
    return -edge.bits, edge.low, edge.high
