"""Documents are shown in an order that is theirs for a secret, on every machine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.train.loading import order
from galactica.train.loading.order import ShuffledOrder, secret_of, shuffle_keys


def all_of(found: ShuffledOrder) -> list[int]:
    return [found[position] for position in range(len(found))]


@given(st.integers(0, 300), st.integers(0, 2**63))
def test_every_document_comes_once(count: int, seed: int) -> None:
    members = np.arange(count, dtype=np.uint32) * 3
    assert sorted(all_of(ShuffledOrder(members, secret_of(seed)))) == members.tolist()


def test_keys_are_the_same_on_every_machine() -> None:
    """The numbers were computed with Python's own integers, by the definition of SplitMix64."""

    def mixed(x: int) -> int:
        x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
        x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) % 2**64
        return x ^ (x >> 31)

    secret = bytes(range(16))
    one, two = int.from_bytes(secret[:8], "little"), int.from_bytes(secret[8:], "little")
    numbers = [0, 1, 2, 17, 2**32 - 1]
    expected = [mixed((mixed((n * 0x9E3779B97F4A7C15 + one) % 2**64) + two) % 2**64) for n in numbers]
    assert shuffle_keys(np.array(numbers, np.uint64), secret).tolist() == expected


def test_a_large_order_is_sorted_a_stretch_at_a_time_and_is_the_same_as_sorted_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    members = np.arange(5_000, dtype=np.uint32)
    at_once = all_of(ShuffledOrder(members, secret_of("x")))
    monkeypatch.setattr(order, "STRETCH_BITS", 6)
    in_stretches = ShuffledOrder(members, secret_of("x"))
    assert all_of(in_stretches) == at_once
    assert [in_stretches[position] for position in (4_999, 0, 2_500)] == [at_once[at] for at in (4_999, 0, 2_500)]


def test_another_secret_is_another_order_without_likeness() -> None:
    members = np.arange(2_000, dtype=np.uint32)
    one, other = (np.array(all_of(ShuffledOrder(members, secret_of(seed)))) for seed in (1, 2))
    for a, b in ((one, other), (one, members)):
        assert abs(float(np.corrcoef(a, b)[0, 1])) < 0.08  # 3.6 standard deviations
    assert 0 < int((one == members).sum()) + int((one == other).sum()) + 1 < 12


def test_neighbours_in_a_view_are_no_neighbours_in_the_order() -> None:
    found = np.array(all_of(ShuffledOrder(np.arange(4_000, dtype=np.uint32), secret_of(3))))
    assert int((np.abs(np.diff(found)) == 1).sum()) < 12  # two are expected
    assert abs(float(np.abs(np.diff(found)).mean()) / (4_000 / 3) - 1) < 0.05


def test_there_is_nothing_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        ShuffledOrder(np.arange(3, dtype=np.uint32), secret_of(0))[3]
