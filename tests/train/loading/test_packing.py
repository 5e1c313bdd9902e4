"""Sequences are full, lose nothing, and keep strangers side by side."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from galactica.train.loading.mixing import Mixture
from galactica.train.loading.packing import LANES, Packer, Stretch


def packer(sizes: list[int], seq_len: int, epochs: int | None = 1) -> Packer:
    mixture = Mixture(np.zeros(len(sizes), np.uint16), (1.0,), ("s",), epochs)
    return Packer(mixture, lambda document: (1_000 * document, sizes[document]), seq_len)


def all_of(found: Packer) -> list[tuple[Stretch, ...]]:
    """Every sequence, asked for in numbers that differ."""
    every: list[tuple[Stretch, ...]] = []
    for most in itertools.cycle((1, 2, 7)):
        several = found.sequences(most)
        every += several
        if len(several) < most:
            return every
    raise AssertionError


@given(st.lists(st.integers(0, 70), min_size=1, max_size=200), st.integers(1, 40))
def test_every_token_of_every_document_is_given_once_and_in_order(sizes: list[int], seq_len: int) -> None:
    given_of: dict[int, int] = defaultdict(int)
    for stretches in all_of(packer(sizes, seq_len)):
        assert sum(length for _, _, length, _ in stretches) <= seq_len
        for document, offset, length, place in stretches:
            assert offset == given_of[document]
            assert place == 1_000 * document + offset
            assert length > 0
            given_of[document] += length
    assert given_of == {number: size for number, size in enumerate(sizes) if size}


@given(st.lists(st.integers(1, 500), min_size=1, max_size=30), st.integers(1, 40))
def test_without_an_end_every_sequence_is_full(sizes: list[int], seq_len: int) -> None:
    found = packer(sizes, seq_len, None)
    for stretches in found.sequences(200):
        assert sum(length for _, _, length, _ in stretches) == seq_len


def test_sequences_of_one_long_document_stand_far_apart() -> None:
    found = packer([1_000] * 200, 10)
    sequences = found.sequences(LANES * 3)
    of = [stretches[0][0] for stretches in sequences]
    assert len(set(of[:LANES])) == LANES
    assert of[:LANES] == of[LANES : 2 * LANES]


def test_at_the_end_only_the_last_sequence_of_a_lane_is_short() -> None:
    full = [sum(n for _, _, n, _ in stretches) == 16 for stretches in all_of(packer([37] * 500, 16))]
    assert full.count(False) <= LANES
    assert all(full[: -3 * LANES])


def test_documents_without_tokens_are_passed_over() -> None:
    assert all_of(packer([0, 0, 5, 0], 4)) == [((2, 0, 4, 2_000),), ((2, 4, 1, 2_004),)]
