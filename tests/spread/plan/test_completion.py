"""The completion curve beside receivers that are played packet by packet."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from galactica.errors import LimitError
from galactica.spread.plan import Completion, LinkProfile, Load, Stretch, Windows

from .packet_by_packet import shares

RECEIVERS = 150
SMALL: dict[str, Any] = {"size": 64 * 1000, "packet": 80, "frame": 20, "object": 640}

LINKS = {
    "chance": (LinkProfile(rate=8000, loss=0.1, delay=3), Load(**SMALL, redundancy=0.05)),
    "no code": (LinkProfile(rate=8000, loss=0.1), Load(**SMALL, plain=True)),
    "an outage": (
        LinkProfile(rate=8000, loss=0.1, outages=(Stretch(begin=60, end=85),)),
        Load(**SMALL, redundancy=0.1),
    ),
    "bursts": (LinkProfile(rate=8000, loss=0.1, burst=8), Load(**SMALL, redundancy=0.15)),
    "windows": (
        LinkProfile(rate=8000, loss=0.05, windows=Windows(every=50, open=20), silences=(Stretch(begin=100, end=210),)),
        Load(**SMALL, redundancy=0.05),
    ),
}


@pytest.mark.parametrize("name", LINKS)
def test_the_curve_is_that_of_receivers_played_packet_by_packet(name: str) -> None:
    link, load = LINKS[name]
    curve = Completion(link, load)
    times = [curve.time(load.cycle * part) for part in (0.2, 0.4, 0.6, 0.8, 0.9, 1.1, 1.6, 2.2)]
    played = np.array([list(shares(link, load, times, seed)) for seed in range(RECEIVERS)])
    slack = 0.02 if link.burst > 1 else 0.004  # a block more or less at a boundary; of bursts, ends of runs
    for at, time in enumerate(times):
        moment, column = curve.at(time), played[:, at]
        sure = 4 * (column.std() + 0.01) / math.sqrt(RECEIVERS)
        assert moment.mean == pytest.approx(column.mean(), abs=sure + slack)
        assert moment.all == pytest.approx((column > 1 - 1e-9).mean(), abs=4 * 0.5 / math.sqrt(RECEIVERS))
        assert (column < moment.low - 0.01).mean() < 0.05 + 4 * 0.22 / math.sqrt(RECEIVERS)
        assert (column > moment.high + 0.01).mean() < 0.05 + 4 * 0.22 / math.sqrt(RECEIVERS)


@pytest.mark.parametrize("name", LINKS)
def test_a_curve_never_falls_and_ends_with_all(name: str) -> None:
    curve = Completion(*LINKS[name])
    end = curve.when_all(0.999)
    moments = [curve.at(end * part / 20) for part in range(21)]
    means = [each.mean for each in moments]
    assert means == sorted(means)
    assert means[0] == 0
    assert means[-1] > 0.999
    assert all(0 <= each.low <= each.high <= 1 for each in moments)


def test_nothing_is_there_before_light_has_come() -> None:
    curve = Completion(LinkProfile(rate=1e9, delay=1200), Load(size=10_000))
    assert curve.at(1199).some == 0
    assert curve.when_all(0.9) > 1200


def test_a_link_without_losses_needs_no_longer_than_its_bytes() -> None:
    load = Load(size=1_000_000, redundancy=0.0, rounds=0.0)
    curve = Completion(LinkProfile(rate=1e6), load)
    assert curve.when_all(0.99) == pytest.approx(load.cycle * load.wire * 8 / 1e6, rel=0.01)


def test_a_link_that_is_never_open_long_enough_is_said_to_be_too_slow() -> None:
    curve = Completion(LinkProfile(rate=1), Load(size=10**9))
    with pytest.raises(LimitError, match="hundred years"):
        curve.when_all(0.9)


def test_an_outage_that_takes_a_whole_cycle_costs_a_cycle() -> None:
    load = Load(**SMALL)
    length = load.cycle * load.wire * 8 / 8000
    free = Completion(LinkProfile(rate=8000, loss=0.05), load).when_all(0.9)
    struck = Completion(LinkProfile(rate=8000, loss=0.05, outages=(Stretch(begin=0, end=length),)), load).when_all(0.9)
    assert struck == pytest.approx(free + length, rel=0.05)
