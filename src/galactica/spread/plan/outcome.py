"""What has become of a block: the chance that it is restored, from how many of its symbols were sent how often.

Exact for what `losing` says of a run. What was sent in different segments of a cycle, or a different number of times,
is taken to be lost independently; that matters only for bursts, and only at the ends of runs.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from galactica.spread.plan.losing import at_most, lost, lost_of_runs

Tally = tuple[tuple[int, int, int], ...]
"""Runs of symbols that know nothing of each other: (how often sent, symbols, packets from one to the next)."""


@functools.lru_cache(maxsize=100_000)
def restored(tally: Tally, need: int, loss: float, together: float) -> float:
    """Chance that a block is restored.

    Args:
        tally: of its symbols.
        need: symbols that restore it.
        loss, together: as in `losing.lost`.
    """
    spare = sum(count for _, count, _ in tally) - need
    if spare < 0:
        return 0.0
    found = at_most(lost_of_runs(lost(n, times, loss, together**apart) for times, n, apart in tally), spare)
    return 1.0 if found > 1 - 1e-12 else found


def tallied(runs: Iterable[tuple[int, int]], period: int) -> Tally:
    """How often the symbols were sent that stretches [from, to) name; `period` and more begin again with 0."""
    edges: dict[int, int] = {}
    whole = 0
    for begin, end in runs:
        turns, first = divmod(begin, period)
        last = end - turns * period
        whole += max(0, (last - first) // period)
        last -= max(0, (last - first) // period) * period
        for a, b in ((first, min(last, period)), (0, last - period)):
            if a < b:
                edges[a] = edges.get(a, 0) + 1
                edges[b] = edges.get(b, 0) - 1
    counts: dict[int, int] = {}
    for times, count in _stretches(edges, period):
        counts[times + whole] = counts.get(times + whole, 0) + count
    return tuple(sorted((times, count, 1) for times, count in counts.items() if times and count))


def _stretches(edges: dict[int, int], period: int) -> Iterator[tuple[int, int]]:
    times, last = 0, 0
    for edge in sorted(edges):
        yield times, edge - last
        times, last = times + edges[edge], edge
    yield times, period - last
