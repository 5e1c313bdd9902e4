"""Tables of few numbers: products and nearest rows are those of the same tables written out in full."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.joining.topics import unit_rows
from galactica.joining.topics.candidates import (
    Candidates,
    apart_from_next,
    best_of_each,
    one_to_one,
    over_general,
    shared_evenly,
    widest_directions,
)
from galactica.joining.topics.name_units import sounded_units, written_units
from galactica.joining.topics.translating import fold_numbers, translated
from galactica.joining.topics.unit_rows import (
    UnitRows,
    joined_columns,
    nearest_rows,
    row_products,
    summed_rows,
    unit_tables,
)


def table(rng: np.random.Generator, rows: int, width: int) -> tuple[UnitRows, np.ndarray]:
    full = np.where(rng.random((rows, width)) < 0.2, rng.random((rows, width)) + 0.1, 0.0)
    at, columns = np.nonzero(full)
    return summed_rows(at, columns, full[at, columns], rows, width), full


def none_of(rows: int, width: int) -> UnitRows:
    nothing = np.zeros(0, np.int64)
    return summed_rows(nothing, nothing, np.zeros(0), rows, width)


@pytest.mark.parametrize("cells", [1 << 20, 60, 1])
def test_products_and_nearest_rows_are_those_of_full_tables(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_rows, "CELLS", cells)
    rng = np.random.default_rng(4)
    (one, ours), (other, theirs) = table(rng, 23, 17), table(rng, 31, 17)
    pairs = np.arange(23 * 31)
    found = row_products(one, other, pairs // 31, pairs % 31)
    assert np.allclose(found, (ours @ theirs.T).ravel())
    near = nearest_rows(one, other, 3)
    for row in range(23):
        best = np.argsort(-(ours[row] @ theirs.T), kind="stable")[:3]
        assert near[near[:, 0] == row][:, 1].tolist() == sorted(best.tolist())


def test_many_rows_are_looked_for_without_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    (one, _), (other, _) = table(rng, 9, 12), table(rng, 14, 12)
    whole = nearest_rows(one, other, 4).tolist()
    monkeypatch.setattr(unit_rows, "TABLE", 3)
    assert nearest_rows(one, other, 4).tolist() == whole


def test_a_column_of_too_many_rows_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = unit_tables([[{"all": 1.0, "rare": 1.0}], [{"all": 1.0}, {"all": 1.0}, {"all": 1.0, "rare": 1.0}]])
    assert nearest_rows(one, other, 3)[:, 1].tolist() == [0, 1, 2]
    monkeypatch.setattr(unit_rows, "MOST_HAVING", 2)
    assert nearest_rows(one, other, 3)[:, 1].tolist() == [2]
    assert nearest_rows(none_of(2, 2), other, 3).shape == (0, 2)


def test_units_that_few_names_have_are_no_columns() -> None:
    (found,) = unit_tables([[{"a": 1.0, "b": 1.0}, {"b": 2.0}]], 2)
    assert (found.width, found.values.tolist()) == (1, [1.0, 2.0])
    lengths = found.of_length_one(np.array([3.0])).values
    assert lengths.tolist() == [1.0, 1.0]


def test_names_are_taken_apart_by_how_they_are_written_and_said() -> None:
    assert {"汤", "汤普", "汤普森", "ptang", "w汤普森"} <= written_units("汤普森").keys()
    assert written_units("湯普森") == written_units("汤普森")
    assert {"wcounty", "^co", "ty$"} <= written_units("Knox County").keys()
    assert "n2010" in sounded_units("Expo 2010")
    assert sounded_units("") == written_units("") == written_units("(…)") == {}


def test_what_stands_for_what_is_learned_and_never_from_the_pair_itself() -> None:
    ours = [{"k1": 1.0, "xian": 1.0}, {"k2": 1.0, "xian": 1.0}, {"k3": 1.0, "xian": 1.0}, {"k4": 1.0}] * 12
    theirs = [{f"n{at}": 1.0, "county": 1.0} if at % 4 < 3 else {f"n{at}": 1.0} for at in range(48)]
    (one,), (other,) = unit_tables([ours]), unit_tables([theirs])
    pairs = np.stack([np.arange(48)] * 2, axis=1)
    found = translated(one, other, pairs, np.ones(48), fold_numbers(48, 0))
    full = np.zeros((48, other.width))
    full[found.rows(), found.columns] = found.values
    named = sorted({name for row in theirs for name in row})
    assert full[0, named.index("county")] > 0.4
    assert full[3, named.index("county")] < 0.1
    assert all(full[at, named.index(f"n{at}")] == 0 for at in range(48))


def test_candidates_are_ahead_of_the_next_and_chosen_once() -> None:
    rows = Candidates(np.array([0, 1, 3, 4, 8]), (3, 3))
    worth = np.array([5.0, 3.0, 4.0, 1.0, -1.0])
    assert apart_from_next(rows, worth).tolist()[:4] == [1.0, -2.0, -1.0, -3.0]
    assert apart_from_next(rows, worth)[4] > 100
    assert one_to_one(rows, worth).tolist() == [0, 3, 4]
    assert best_of_each(rows, worth, 1).tolist() == [0, 1, 2, 4]
    assert over_general(rows, worth)[4] == 0.0


def test_a_record_that_two_are_near_to_goes_to_the_one_that_has_no_other() -> None:
    rows = Candidates(np.array([0, 1, 2]), (2, 2))  # the first has both of the right, the second the first of them
    worth = np.array([6.0, 5.5, 5.8])
    assert one_to_one(rows, worth).tolist() == [0]
    shared = shared_evenly(rows, worth)
    assert one_to_one(rows, shared).tolist() == [2, 1]


def test_shares_of_a_record_and_of_nobody_are_one_together() -> None:
    rng = np.random.default_rng(7)
    numbers = np.unique(rng.integers(0, 12 * 9, 60))
    rows = Candidates(numbers, (12, 9))
    worth = rng.normal(-6, 4, len(rows))
    shares = np.exp(shared_evenly(rows, worth))
    for of, size in rows.sides:
        assert np.all(np.bincount(of, shares, size) < 1 + 1e-6)
    assert np.all(np.isfinite(shared_evenly(rows, np.full(len(rows), 1e3))))
    alone = shared_evenly(Candidates(np.array([0]), (1, 1)), np.array([-8.0]))
    assert abs(float(np.exp(alone)[0]) - 0.38) < 0.01  # p where p = (1 - p) ** 2: as much to the other as to nobody
    assert len(shared_evenly(Candidates(np.zeros(0, np.int64), (0, 3)), np.zeros(0))) == 0


def test_tables_stand_side_by_side_and_rows_are_taken() -> None:
    rng = np.random.default_rng(8)
    (one, ours), (other, theirs) = table(rng, 6, 5), table(rng, 6, 4)
    both = joined_columns([one, other], [2.0, 0.5])
    full = np.zeros((6, 9))
    full[both.rows(), both.columns] = both.values
    assert np.allclose(full, np.concatenate([2 * ours, theirs / 2], axis=1))
    assert both.width == 9
    some = both.taken(np.array([4, 1]))
    part = np.zeros((2, 9))
    part[some.rows(), some.columns] = some.values
    assert np.allclose(part, full[[4, 1]])


def test_a_record_of_no_pair_is_translated_by_what_all_pairs_teach() -> None:
    ours = [{"k": 1.0, "a": 1.0}, {"k": 1.0, "b": 1.0}]
    (one,), (other,) = unit_tables([ours]), unit_tables([[{"said": 1.0, "c": 1.0}, {"other": 1.0}]])
    pair, folds = np.array([[0, 0]]), np.array([0, 0])
    found = translated(one, other, pair, np.ones(1), folds)
    assert found.values[found.rows() == 0].sum() == 0
    assert found.values[found.rows() == 1].sum() > 0


def test_numbers_are_the_same_however_they_are_written() -> None:
    for name in ("Friends (season 8)", "老友记 (第八季)", "Friends VIII"):
        assert "n8" in sounded_units(name)
        assert "n8" in written_units(name)
    assert not [unit for unit in sounded_units("Ivory Mill") if unit.startswith("n")]
    assert sounded_units("12 Monkeys")["n12"] == 3.0


def test_vectors_are_narrowed_to_where_they_lie_apart() -> None:
    rng = np.random.default_rng(9)
    vectors = rng.normal(size=(80, 6)) * np.array([5, 0.01, 4, 0.01, 0.01, 3])
    main = widest_directions(vectors.astype(np.float32), 3)
    assert main.shape == (6, 3)
    assert np.allclose(main.T @ main, np.eye(3), atol=1e-5)
    assert np.allclose(vectors @ main @ main.T, vectors, atol=0.2)
    assert np.allclose(widest_directions(np.zeros((0, 5), np.float32), 3), np.eye(5))
