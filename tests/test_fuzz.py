"""Every target of the fuzzer takes its own seeds, and small heaps of its pieces."""

from __future__ import annotations

import importlib
from itertools import islice

import pytest
from fuzz import TARGETS
from fuzz.__main__ import inputs


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds_and_pieces(name: str) -> None:
    target = importlib.import_module(f"fuzz.{name}")
    assert target.SEEDS
    for data in islice(inputs(target, 300), 120):
        target.one(data)
