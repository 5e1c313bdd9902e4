"""Texts are cut into words, whatever they are written in, and the same words have the same hashes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.joining.tokens import LONGEST_TOKEN, mixed, shingles_of, tokens_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello, WORLD 1.5", ["hello", "world", "1", "5"]),
        ("中文字典 abc中文", ["中", "文", "字", "典", "abc", "中", "文"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("cafe\u0301 CAFÉ", ["café", "café"]),
        ("\U0001f600 \U000e0041 x\ud800y", ["x", "y"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_a_text_is_cut_into_its_words(text: str, words: list[str]) -> None:
    assert tokens_of(text).words() == words


def test_equal_words_have_equal_hashes_and_others_do_not() -> None:
    found = tokens_of("one two one " + "x" * 70 + " " + "x" * 71).hashes.tolist()
    assert found[0] == found[2]
    assert len(set(found)) == 4


def test_letters_behind_the_bound_count_by_their_number_alone() -> None:
    same = "y" * LONGEST_TOKEN
    one, other, longer = tokens_of(f"{same}a {same}b {same}ab").hashes.tolist()
    assert one == other
    assert one != longer


def test_letters_of_scripts_without_spaces_are_counted() -> None:
    assert tokens_of("中文 abc").alone == 2


@given(st.text(max_size=60))
def test_any_text_is_cut_without_losing_a_letter(text: str) -> None:
    found = tokens_of(text)
    assert all(found.words())
    inside = "".join(found.words())
    assert [letter for letter in found.text if letter.isalnum()] == [c for c in inside if c.isalnum()]


def test_shingles_are_runs_of_tokens() -> None:
    hashes = tokens_of("a b c d a b c d").hashes
    found = shingles_of(hashes, 4)
    assert len(found) == 5
    assert found[0] == found[4]
    assert len(shingles_of(hashes[:3], 4)) == 0


def test_mixing_is_that_of_splitmix64() -> None:
    # The first output of SplitMix64 with seed 1234567, as published with the generator.
    assert int(mixed(np.array([1234567 + 0x9E3779B97F4A7C15], dtype=np.uint64))[0]) == 6457827717110365317
