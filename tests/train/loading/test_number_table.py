"""A table gives back what was put in, whatever shares a slot, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.train.loading import number_table as module
from galactica.train.loading.number_table import NumberTable
from tests.properties import examples

KEYS = st.tuples(st.integers(0, 5) | st.integers(0, 2**64 - 1), st.integers(0, 3))


@given(st.lists(st.dictionaries(KEYS, st.integers(0, 2**62), max_size=40), max_size=6), st.lists(KEYS, max_size=20))
@examples(100)
def test_it_gives_what_was_put_in(parts: list[dict[tuple[int, int], int]], asked: list[tuple[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LEAST_BITS", 2)
        table = NumberTable(2)
    known: dict[tuple[int, int], int] = {}
    for part in parts:
        new = {key: number for key, number in part.items() if key not in known}
        table.add(array(new), np.array(list(new.values()), np.int64))
        known |= new
        assert len(table) == len(known)
        for keys in (list(known), asked):
            assert table.find(array(keys)).tolist() == [known.get(key, -1) for key in keys]


def test_many_keys_that_want_one_slot_are_all_found() -> None:
    table = NumberTable(1)
    table._factors = [np.uint64(1), np.uint64(0)]
    keys = np.arange(1_000, dtype=np.uint64).reshape(-1, 1)
    table.add(keys, np.arange(1_000))
    assert table.find(keys).tolist() == list(range(1_000))
    assert table.find(keys + np.uint64(1_000)).tolist() == [-1] * 1_000


def array(keys: object) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    return np.array(list(keys), np.uint64).reshape(-1, 2)
