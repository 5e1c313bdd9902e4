"""Bits a byte: windows count each token once, and costs are those of the model's own shares."""

from __future__ import annotations

import gzip
import math
import os
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from galactica.train.lm.plain import PlainDecoder
from galactica.train.lm.scoring import PlainScorer, bits_of, overlapping_windows, packed_beside, token_costs

from .conftest import drawn, with_vocabulary


class Counting:
    """Costs that say which token was told: its own number."""

    context, end = 6, 0

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once

    def costs(self, windows: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        assert len(windows) <= self.at_once
        assert all(2 <= len(window) <= self.context + 1 for window in windows)
        return [np.array(window[1:], np.float32) for window in windows]


@given(st.lists(st.integers(1, 9), max_size=60), st.integers(1, 9))
def test_each_token_counts_once_and_is_told_from_half_a_context(tokens: list[int], context: int) -> None:
    told = []
    for window, counted in overlapping_windows(tokens, context, 0):
        assert len(window) <= context + 1
        assert len(window) - counted >= min(len(told) + 1, max(1, context - context // 2))
        told += window[len(window) - counted :]
    assert told == tokens


@given(st.lists(st.lists(st.integers(1, 9), max_size=40), max_size=12), st.integers(1, 5))
def test_costs_come_back_to_the_document_that_they_are_of(documents: list[list[int]], at_once: int) -> None:
    assert [each.tolist() for each in token_costs(Counting(at_once), documents)] == documents


def test_a_model_that_knows_nothing_pays_for_every_token_alike() -> None:
    shape = with_vocabulary(32)
    still = {name: array * 0 for name, array in drawn(shape).items()}
    found = token_costs(PlainScorer(PlainDecoder(shape, still), 0), [[1, 2, 3] * 40])
    measured = bits_of(found, [240])
    assert measured.nats == pytest.approx(math.log(32))
    assert measured.bits == pytest.approx(5 * 120 / 240)
    assert (measured.documents, measured.bytes, measured.tokens) == (1, 240, 120)


def test_torch_measures_the_same() -> None:
    pytest.importorskip("torch")
    from galactica.train.lm.torch_scoring import TorchScorer, loaded_decoder

    shape = with_vocabulary(32)
    tensors = drawn(shape)
    documents = [list(range(1, 30)), [5] * 100, [7], []]
    ours = token_costs(PlainScorer(PlainDecoder(shape, tensors), 3), documents)
    theirs = token_costs(TorchScorer(loaded_decoder(shape, tensors, "cpu"), 3), documents)
    for one, other in zip(ours, theirs, strict=True):
        assert np.abs(one - other).max(initial=0) < 1e-4


def test_nothing_costs_nothing() -> None:
    assert bits_of([], []).bits == 0
    assert packed_beside([]) == ()


def test_compressors_have_all_documents_in_one_file() -> None:
    text = os.urandom(2000)
    found = {each.name: each.bits for each in packed_beside([text, text])}
    assert list(found) == ["gzip -9", "xz -9e", "zstd -19"]
    assert all(4 < bits < 5 for bits in found.values())
    assert found["gzip -9"] == 8 * len(gzip.compress(text + text, 9, mtime=0)) / 4000
