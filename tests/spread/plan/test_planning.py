"""Plans: what is best for whom, and the picture of it."""

from __future__ import annotations

import dataclasses
import struct
import zlib

import numpy as np
import pytest

from galactica.codes.curves import HEIGHT, WIDTH, PlottedLine
from galactica.errors import LimitError
from galactica.spread.plan import Aim, Completion, LinkProfile, Load, best_redundancy, plan
from galactica.spread.plan.best import symbols_needed
from galactica.spread.plan.losing import at_most, binomial
from galactica.spread.plan.picture import curves_png

LINK = LinkProfile(rate=2e6, loss=0.1)
LOAD = Load(size=5_000_000, object=100_000)


def mean_wait(load: Load) -> float:
    """Seconds for which an article is waited, on average: the area above the curve."""
    curve = Completion(LINK, load)
    end = curve.when_all(0.999)
    return float(np.trapezoid([1 - curve.at(end * part / 200).mean for part in range(201)], dx=end / 200))


def test_the_redundancy_that_is_best_for_the_mean_article_beats_others() -> None:
    best = best_redundancy(LINK, LOAD)
    waits = {
        ratio: mean_wait(dataclasses.replace(LOAD, redundancy=ratio)) for ratio in (best, best / 3, best * 2, best * 4)
    }
    assert min(waits, key=lambda ratio: waits[ratio]) == best
    assert 0.05 < best < 0.2


def test_the_redundancy_that_is_best_for_the_last_article_beats_others() -> None:
    best = best_redundancy(LINK, LOAD, aim=Aim.ALL)
    ends = {
        ratio: Completion(LINK, dataclasses.replace(LOAD, redundancy=ratio)).when_all(0.9)
        for ratio in (best, best + 0.1, best + 0.3)
    }
    assert min(ends, key=lambda ratio: ends[ratio]) == best


def test_a_link_that_loses_nothing_needs_no_redundancy() -> None:
    assert best_redundancy(LinkProfile(rate=1e6), LOAD) == 0


def test_a_link_that_loses_nearly_everything_brings_nothing_across() -> None:
    with pytest.raises(LimitError):
        best_redundancy(LinkProfile(rate=1e6, loss=0.999), LOAD)


def test_the_symbols_that_a_block_needs_are_those_of_the_exact_distribution() -> None:
    needed = round(symbols_needed(5000, 0.9, LINK))
    assert at_most(binomial(needed, 0.1), needed - 5000) == pytest.approx(0.9, abs=0.01)


def test_a_plan_says_when_what_is_there_and_no_sooner_than_can_be() -> None:
    found = plan(LINK, LOAD)
    assert found.first < found.shares[0][1] + 1 < found.shares[2][1] < found.all
    assert found.least < found.all < found.plain  # type: ignore[operator]
    assert found.all < 1.1 * found.least
    times = [each.time for each in found.curve]
    assert times == sorted(times)


def test_a_given_redundancy_stays() -> None:
    found = plan(LINK, dataclasses.replace(LOAD, redundancy=0.5), aim=None)
    assert found.load.redundancy == 0.5
    assert found.aim is None


@pytest.mark.parametrize("since", [0.0, 1.0])
def test_the_picture_is_a_png_of_its_size_with_the_curve_in_it(since: float) -> None:
    points = [(float(at), at / 50) for at in range(1, 51)]
    raw = curves_png("A curve, 5%", [PlottedLine(name="mean", points=points)], since=since, until=50)
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack_from(">II", raw, 16) == (WIDTH, HEIGHT)
    at, data = 8, b""
    while at < len(raw):
        length, kind = struct.unpack_from(">I4s", raw, at)
        chunk = raw[at + 4 : at + 8 + length]
        assert zlib.crc32(chunk) == struct.unpack_from(">I", raw, at + 8 + length)[0]
        data += chunk[4:] if kind == b"IDAT" else b""
        at += 12 + length
    dots = (
        np.frombuffer(zlib.decompress(data), np.uint8).reshape(HEIGHT, 1 + 3 * WIDTH)[:, 1:].reshape(HEIGHT, WIDTH, 3)
    )
    blue = (dots == (31, 98, 171)).all(axis=2)
    assert blue.sum() > 1000
    assert blue[:200, -60:].any()  # it ends at the top on the right
    assert not blue[:200, :300].any()
