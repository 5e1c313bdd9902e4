"""Links as people describe them, and when they are open."""

from __future__ import annotations

import math

import pytest

from galactica.errors import GalacticaError, LimitError, UsageError
from galactica.spread.plan import PROFILES, LinkProfile, Stretch, Windows, profile_named
from galactica.spread.plan.airtime import Airtime
from galactica.spread.plan.profile import MARS_FAR, MARS_NEAR, MOON
from galactica.spread.plan.written import (
    read_duration,
    read_rate,
    read_share,
    read_size,
    read_stretch,
    read_windows,
)


def test_light_takes_as_long_as_it_does() -> None:
    assert pytest.approx(1.28, abs=0.005) == MOON
    assert pytest.approx(3.03, abs=0.01) == MARS_NEAR / 60
    assert pytest.approx(22.3, abs=0.05) == MARS_FAR / 60


def test_a_link_with_a_name_is_one_to_begin_from() -> None:
    assert profile_named("mars").delay == 1200
    assert {"moon", "mars", "datacast", "sneakernet"} == set(PROFILES)
    with pytest.raises(UsageError, match="pluto"):
        profile_named("pluto")


@pytest.mark.parametrize("loss", [0.0, 0.01, 0.3, 0.9])
def test_bursts_shorter_than_chance_gives_are_chance(loss: float) -> None:
    assert LinkProfile(rate=1, loss=loss, burst=1).together == pytest.approx(0)


def test_time_on_the_air_and_time_of_day_lead_to_each_other() -> None:
    link = LinkProfile(
        rate=1,
        windows=Windows(every=100, open=30, first=10),
        silences=(Stretch(begin=120, end=135), Stretch(begin=130, end=220)),
    )
    air = Airtime(link)
    assert [air.aired(time) for time in (5, 10, 25, 40, 90, 110, 120, 219, 230, 240, 310)] == [
        0, 0, 15, 30, 30, 30, 40, 40, 50, 60, 60,
    ]  # fmt: skip
    assert [air.at(aired) for aired in (0, 1, 30, 35, 40, 41, 60, 61)] == [0, 11, 40, 115, 120, 221, 240, 311]
    assert [air.next_open(time) for time in (0, 20, 40, 125, 239.5, 240)] == [10, 20, 110, 220, 239.5, 310]


def test_a_link_that_is_always_open_is_open_for_a_hundred_years_and_no_longer() -> None:
    air = Airtime(LinkProfile(rate=1))
    assert air.at(5) == air.aired(5) == 5
    with pytest.raises(LimitError):
        air.at(1e12)
    shut = Airtime(LinkProfile(rate=1, silences=(Stretch(begin=0, end=100 * 366 * 86_400),)))
    assert shut.next_open(3) == math.inf


@pytest.mark.parametrize(
    "odd",
    [
        {"rate": 0},
        {"rate": float("inf")},
        {"rate": float("nan")},
        {"rate": 1, "loss": 1},
        {"rate": 1, "loss": -0.1},
        {"rate": 1, "burst": 0.5},
        {"rate": 1, "delay": -1},
        {"rate": 1, "silences": (Stretch(begin=0, end=1),) * 20_000},
    ],
)
def test_a_link_that_cannot_be_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        LinkProfile(**odd)  # type: ignore[arg-type]


def test_numbers_are_read_as_people_write_them() -> None:
    assert [read_duration(text) for text in ("90", "1.28s", "20min", "8h", "14d", "2w", "5 ms")] == [
        90, 1.28, 1200, 28_800, 1_209_600, 1_209_600, 0.005,
    ]  # fmt: skip
    assert [read_rate(text) for text in ("9600", "500k", "2M", "267Mbit/s", "1 Gbps")] == [9600, 5e5, 2e6, 267e6, 1e9]
    assert [read_size(text) for text in ("5", "300MB", "1GB", "256KiB", "1.5GiB")] == [
        5, 300_000_000, 10**9, 262_144, 1_610_612_736,
    ]  # fmt: skip
    assert [read_share(text) for text in ("5%", "0.05", "0", "100%")] == [0.05, 0.05, 0, 1]
    assert read_windows("10min/90min+5min") == Windows(open=600, every=5400, first=300)
    assert read_stretch("10d+14d") == Stretch(begin=864_000, end=2_073_600)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_duration, "soon"),
        (read_duration, "5 parsecs"),
        (read_duration, "-3"),
        (read_rate, "fast"),
        (read_rate, "2MB"),
        (read_size, "1e999"),
        (read_size, "9" * 5000),
        (read_share, "5 of 100"),
        (read_share, ""),
        (read_windows, "8h"),
        (read_windows, "25h/24h"),
        (read_windows, "0/0"),
        (read_stretch, "10d"),
        (read_stretch, "10d+0"),
        (read_stretch, "999999w+1d"),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_write(read: object, text: str) -> None:
    with pytest.raises(GalacticaError) as refused:
        read(text)  # type: ignore[operator]
    assert refused.value.remedy
