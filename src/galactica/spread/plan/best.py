"""Which redundancy serves best: the one for which an article is waited for least, or all are there earliest.

The two are not the same. With little of it a cycle's rounds give every block what it still lacks, and all blocks are
restored within a short time, at the end; with more, each is restored in its turn, and all somewhat later.

For choosing, the symbols that a block needs are reckoned with a normal distribution, whose variance bursts make larger;
the curve of what was chosen is then reckoned exactly.
"""

from __future__ import annotations

import dataclasses
import math
from enum import StrEnum
from statistics import NormalDist

from galactica.errors import LimitError
from galactica.progress import Report, silent
from galactica.spread.plan.completion import Completion
from galactica.spread.plan.load import Load
from galactica.spread.plan.profile import LinkProfile

MOST_REDUNDANCY = 4.0
"""Repair symbols for each symbol of a block: it has no more new ones."""
_STEPS = 24
_QUANTILES = (0.1, 0.3, 0.5, 0.7, 0.9)
NEVER = math.inf


class Aim(StrEnum):
    """What a redundancy is to be best for."""

    EARLY = "early"
    ALL = "all"


def best_redundancy(
    link: LinkProfile, load: Load, *, aim: Aim = Aim.EARLY, chance: float = 0.9, report: Report = silent
) -> float:
    """The redundancy that serves best; of equal ones the least.

    A grid of ratios first, each a quarter above the one before, and then smaller steps around the best.

    Args:
        link, load: what is planned for.
        aim: for what.
        chance: with which all are to be there, where that is the aim.
        report: as for any long work.

    Raises:
        LimitError: none brings it across within `completion.MOST_CYCLES` cycles or a hundred years.
    """
    if not link.loss and not link.outages:
        return 0.0
    low = min(max(link.loss / (1 - link.loss) / 2, 0.002), MOST_REDUNDANCY / 2)
    grid = [0.0] + [low * (MOST_REDUNDANCY / low) ** (at / (_STEPS - 1)) for at in range(_STEPS)]
    found: dict[float, float] = {}
    best = 0.0
    for turn in range(4):
        for at, ratio in enumerate(grid):
            report("redundancy", turn * _STEPS + at, 4 * _STEPS, "ratios")
            if ratio not in found:
                found[ratio] = _cost(link, dataclasses.replace(load, redundancy=ratio), aim, chance)
        ratios = sorted(found)
        best = min(ratios, key=lambda each: (found[each], each))
        at = ratios.index(best)
        low, high = ratios[max(0, at - 1)], ratios[min(len(ratios) - 1, at + 1)]
        grid = [low + (high - low) * step / 9 for step in range(1, 9)]
    if found[best] == NEVER:
        raise LimitError("This link does not bring it across.", "Give a better link, or less to send.")
    return round(best, 4)


def symbols_needed(sources: int, chance: float, link: LinkProfile) -> float:
    """How many symbols of a block must be sent, so that so many arrive with that chance: by the normal distribution."""
    kept = 1 - link.loss
    together = link.together
    spread = NormalDist().inv_cdf(chance) * math.sqrt(link.loss * kept * (1 + together) / (1 - together))
    root = (spread + math.sqrt(spread**2 + 4 * kept * sources)) / (2 * kept)  # of m · kept − spread · √m = sources
    return max(float(sources), root**2)


def _cost(link: LinkProfile, load: Load, aim: Aim, chance: float) -> float:
    """Seconds to be made less: an article's mean wait, or the time until all are there."""
    curve = Completion(link, load)
    try:
        if aim == Aim.ALL:
            each = chance ** (1 / len(load.blocks))
            return max(curve.reached(block, symbols_needed(block.sources, each, link)) for block in load.blocks)
        waits = [
            block.sources * curve.reached(block, symbols_needed(block.sources, quantile, link))
            for block in load.blocks
            for quantile in _QUANTILES
        ]
        return math.fsum(waits) / len(_QUANTILES) / load.sources
    except LimitError:
        return NEVER
