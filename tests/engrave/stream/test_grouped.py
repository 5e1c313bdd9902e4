"""Which sheet stands where in which group, and the parity, computed as a person would."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from galactica.engrave.stream.grouped import data_sheets_of, missing_rows, parity_of, plan_set, rows_by
from galactica.errors import UsageError


def times(a: int, b: int) -> int:
    """The product in GF(256), by shifting and adding: written from docs/formats/page.md alone."""
    made = 0
    while b:
        if b & 1:
            made ^= a
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return made


def by(a: int, b: int) -> int:
    return next(c for c in range(256) if times(b, c) == a)


def factor(p: int, j: int, m: int) -> int:
    def q(p: int, j: int) -> int:
        y = 1 + m + j
        return by(1 ^ y, (1 + p) ^ y)

    return by(q(p, j), q(p, 0))


@pytest.mark.parametrize(("data", "parity"), [(1, 1), (3, 2), (6, 3)])
def test_parity_is_what_the_format_says(data: int, parity: int) -> None:
    rows = np.random.default_rng(7).integers(0, 256, (data, 20), dtype=np.uint8)
    (made,) = parity_of(data, parity, 20, lambda place, low, count: rows[place, low : low + count].tobytes())
    for p, n in itertools.product(range(parity), range(20)):
        expected = 0
        for j in range(data):
            expected ^= times(factor(p, j, parity), int(rows[j, n]))
        assert made[p, n] == expected
    assert (made[0] == np.bitwise_xor.reduce(rows, axis=0)).all()


def test_rows_that_are_missing_come_back_over_several_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galactica.engrave.stream.grouped.STRETCH", 7)
    rows = np.random.default_rng(8).integers(0, 256, (5, 20), dtype=np.uint8)
    made = np.hstack(list(parity_of(5, 2, 20, lambda place, low, count: rows[place, low : low + count].tobytes())))
    every = np.vstack([rows, made])
    read = lambda place, low, count: every[place, low : low + count].tobytes()  # noqa: E731
    back = np.hstack(list(missing_rows(5, 2, [0, 2, 4, 5, 6], [1, 3], 20, read)))
    assert (back == rows[[1, 3]]).all()


@pytest.mark.parametrize("data", [1, 2, 5, 149, 150, 151, 400, 1000])
def test_every_sheet_has_a_place_of_its_own_and_groups_are_no_larger_than_they_may_be(data: int) -> None:
    plan = plan_set(data, 25)
    places = [plan.place_of(sheet) for sheet in range(plan.sheets)]
    assert len(set(places)) == plan.sheets
    assert all(plan.sheet_at(*place) == sheet for sheet, place in enumerate(places))
    for group in range(plan.groups):
        own = sorted(place for at, place in places if at == group)
        assert own == list(range(plan.data_of(group) + plan.parity))
        assert len(own) <= 200
        assert 4 * plan.parity >= len(own)
    assert sum(map(plan.data_of, range(plan.groups))) == data
    assert all(place < plan.data_of(group) for group, place in places[:data])


def test_as_many_data_sheets_as_a_number_of_sheets_allows() -> None:
    for sheets in range(2, 300):
        data = data_sheets_of(sheets, 25)
        assert plan_set(data, 25).sheets <= sheets < plan_set(data + 1, 25).sheets
    assert data_sheets_of(1, 25) == 0


@pytest.mark.parametrize("survive", [0, -1, 91])
def test_a_share_that_is_none_is_refused(survive: int) -> None:
    with pytest.raises(UsageError, match="percent"):
        plan_set(5, survive)


def test_a_matrix_of_zeros_gives_zeros() -> None:
    assert not rows_by(((0, 0),), np.ones((2, 3), dtype=np.uint8)).any()
