"""How many of a run are lost: by the formula, and by playing it."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.spread.plan import LinkProfile, loss_of_bits
from galactica.spread.plan.losing import at_most, binomial, lost, lost_of_runs

from .packet_by_packet import losses

RUNS = 4000


@pytest.mark.parametrize(("loss", "burst"), [(0.1, 1), (0.1, 8), (0.4, 3), (0.02, 40)])
def test_the_losses_of_a_run_are_those_of_the_chain_played(loss: float, burst: float) -> None:
    link = LinkProfile(rate=1, loss=loss, burst=burst)
    found = lost(60, 1, loss, link.together)
    random = np.random.default_rng(7)
    played = np.bincount([losses(random, 60, link).sum() for _ in range(RUNS)], minlength=61) / RUNS
    assert found.sum() == pytest.approx(1)
    assert found @ np.arange(61) == pytest.approx(60 * loss)
    assert np.abs(np.cumsum(found) - np.cumsum(played)).max() < 1.95 / RUNS**0.5  # Kolmogorov, one in a thousand


def test_what_is_sent_twice_is_lost_where_both_are_lost() -> None:
    link = LinkProfile(rate=1, loss=0.3, burst=6)
    found = lost(40, 2, 0.3, link.together)
    random = np.random.default_rng(3)
    both = [(losses(random, 40, link) & losses(random, 40, link)).sum() for _ in range(RUNS)]
    played = np.bincount(both, minlength=41) / RUNS
    assert found @ np.arange(41) == pytest.approx(40 * 0.09)
    assert np.abs(np.cumsum(found) - np.cumsum(played)).max() < 1.95 / RUNS**0.5


def test_bursts_of_no_length_are_chance() -> None:
    assert lost(50, 1, 0.2, 1e-5) == pytest.approx(binomial(50, 0.2), abs=1e-4)


def test_the_binomial_distribution_is_that_of_the_tables() -> None:
    # R. A. Fisher and F. Yates; also by hand: ten throws of a coin
    assert binomial(10, 0.5)[[0, 5, 10]] == pytest.approx([1 / 1024, 252 / 1024, 1 / 1024])
    assert binomial(4, 0.0).tolist() == [1, 0, 0, 0, 0]
    assert at_most(binomial(10, 0.5), 4) == pytest.approx(386 / 1024)
    assert at_most(binomial(10, 0.5), -1) == 0


def test_long_runs_keep_their_tails() -> None:
    found = binomial(20_000, 0.1)
    assert found.sum() == pytest.approx(1)
    assert 0 < at_most(found, 1700) < 1e-12


def test_runs_that_know_nothing_of_each_other_add_up() -> None:
    assert lost_of_runs([binomial(7, 0.3), binomial(5, 0.3)]) == pytest.approx(binomial(12, 0.3))


def test_a_packet_is_damaged_where_one_of_its_bits_is() -> None:
    assert loss_of_bits(1e-5, 1250) == pytest.approx(1 - (1 - 1e-5) ** 10_000)
    assert loss_of_bits(0, 1250) == 0
    assert loss_of_bits(1, 1) == 1


def test_a_run_that_nobody_sends_is_refused() -> None:
    with pytest.raises(ValueError, match="run of"):
        lost(10**9, 1, 0.1, 0.0)
