"""The same load on the same link, packet by packet: what the formulas are checked against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.spread.plan import Completion, LinkProfile, Load


def losses(random: np.random.Generator, packets: int, link: LinkProfile) -> NDArray[np.bool_]:
    """Which of a run of packets are lost, by Gilbert's chain: runs of good and bad, each of geometric length."""
    found = np.zeros(packets, bool)
    if not link.loss:
        return found
    bad = random.random() < link.loss
    at = 0
    while at < packets:
        leaves = 1 / link.run if bad else link.loss / (link.run * (1 - link.loss))
        length = int(random.geometric(leaves))
        found[at : at + length] = bad
        at, bad = at + length, not bad
    return found


def order(load: Load) -> list[tuple[float, int, int]]:
    """(place, block, symbol) of a cycle; -1 is the announcement."""
    found = []
    for number, block in enumerate((load.announcement, *load.blocks), -1):
        symbol = 0
        for segment in block.segments:
            step = (segment.end - segment.begin) / segment.symbols
            found += [(segment.begin + (at + 1) * step, number, symbol + at) for at in range(segment.symbols)]
            symbol += segment.symbols
    return sorted(found)


def shares(link: LinkProfile, load: Load, times: Sequence[float], seed: int) -> Iterator[float]:
    """The share that one receiver can read at each of `times`, which are in order."""
    random = np.random.default_rng(seed)
    curve = Completion(link, load)
    until = [curve.sent(time) for time in times]
    blocks = [load.announcement, *load.blocks]
    cycle = order(load)
    lost = losses(random, int(max(until)) + load.cycle + 10, link)
    outages = [tuple(curve.sent(each + link.delay) for each in (one.begin, one.end)) for one in link.outages]
    have: list[set[int]] = [set() for _ in blocks]
    number, left = 0, iter(until)
    stop = next(left)
    while True:
        turn, at = divmod(number, len(cycle))
        place, block, symbol = cycle[at]
        sent = turn * load.cycle + place
        while sent > stop + 1e-6:
            yield _readable(load, have)
            after = next(left, None)
            if after is None:
                return
            stop = after
        if not lost[number] and not any(begin < sent <= end for begin, end in outages):
            one = blocks[block + 1]
            have[block + 1].add((turn * one.each + symbol) % one.period)
        number += 1


def _readable(load: Load, have: Sequence[set[int]]) -> float:
    if len(have[0]) < load.announced:
        return 0.0
    whole = sum(
        block.sources for block, there in zip(load.blocks, have[1:], strict=True) if len(there) >= block.sources
    )
    return whole / load.sources
