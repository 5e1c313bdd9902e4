"""A plan for a link: when something, a part, and all can be read, and with which redundancy that is earliest."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from galactica.errors import LimitError, UsageError
from galactica.progress import Report, silent
from galactica.spread.plan.best import Aim, best_redundancy
from galactica.spread.plan.completion import Completion, CurvePoint
from galactica.spread.plan.load import MOST_BLOCKS, Load
from galactica.spread.plan.profile import LinkProfile

SURE = 0.9
"""Chance with which a plan says that something is there, where nobody asks for another."""
POINTS = 160
"""Moments of a curve."""
SHARES = (0.01, 0.1, 0.5)
"""Shares for which a plan says when they can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlan:
    """What is to be expected of a link.

    Attributes:
        link, load: what was planned for, with the redundancy.
        aim: what the redundancy was chosen for; None: it was given.
        chance: with which `first` and `all` hold.
        first: seconds until an object can be read.
        shares: (share, seconds until it can be read on average).
        all: seconds until all can be read.
        plain: the same without any code, packets sent over and over; None where that takes hundreds of cycles, or there
            are too many objects to reckon it.
        least: seconds that no way of sending goes below: each packet that is not lost is of use.
        cycles: cycles that are sent until then.
        curve: the completion curve.
    """

    link: LinkProfile
    load: Load
    aim: Aim | None
    chance: float
    first: float
    shares: tuple[tuple[float, float], ...]
    all: float
    plain: float | None
    least: float
    cycles: float
    curve: tuple[CurvePoint, ...]


def plan(
    link: LinkProfile, load: Load, *, aim: Aim | None = Aim.EARLY, chance: float = SURE, report: Report = silent
) -> LinkPlan:
    """Plan for a link.

    Args:
        link: what it is like.
        load: what is sent; its redundancy is replaced where one is to be chosen.
        aim: what the redundancy is to be best for; None: it stays as it is.
        chance: with which it is to be there by then, (0, 1).
        report: as for any long work.

    Raises:
        LimitError: it would take more than a hundred years, or hundreds of cycles.
        UsageError: numbers that no link has.
    """
    if not 0 < chance < 1:
        raise UsageError(f"A chance of {chance:g} is none to plan with.", "Give one between 0 and 100 %, as 90%.")
    chosen = load
    if aim is not None and not load.plain:
        best = best_redundancy(link, load, aim=aim, chance=chance, report=report)
        chosen = dataclasses.replace(load, redundancy=best)
    curve = Completion(link, chosen)
    all_there = curve.when_all(chance)
    end = max(curve.when_all(0.99), all_there) * 1.02
    times = [0.0] * (link.delay > 0)
    times += [link.delay + (end - link.delay) * (at / POINTS) ** 1.5 for at in range(POINTS + 1)]
    moments = []
    for at, time in enumerate(times):
        report("curve", at, len(times), "moments")
        moments.append(curve.at(time))
    return LinkPlan(
        link=link,
        load=chosen,
        aim=aim,
        chance=chance,
        first=curve.when_some(chance),
        shares=tuple((share, curve.when_share(share)) for share in SHARES),
        all=all_there,
        plain=_plain(link, load, chance),
        least=curve.time(load.sources / (1 - link.loss)),
        cycles=curve.sent(all_there) / chosen.cycle,
        curve=tuple(moments),
    )


def _plain(link: LinkProfile, load: Load, chance: float) -> float | None:
    """When all can be read without any code."""
    if load.size / load.object > MOST_BLOCKS:
        return None
    try:
        return Completion(link, dataclasses.replace(load, plain=True)).when_all(chance)
    except LimitError:
        return None
