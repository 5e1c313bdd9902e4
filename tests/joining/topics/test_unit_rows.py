"""Tables of few numbers: products and nearest rows are those of the same tables written out in full."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.joining.topics import unit_rows
from galactica.joining.topics.candidates import Candidates, apart_from_next, one_to_one, over_general
from galactica.joining.topics.name_units import sounded_units, written_units
from galactica.joining.topics.translating import fold_numbers, translated
from galactica.joining.topics.unit_rows import UnitRows, nearest_rows, row_products, summed_rows, unit_tables


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
    assert one_to_one(rows, worth).tolist() == [0, 3]
    assert over_general(rows, worth)[4] == 0.0
