"""A text is cut by one rule everywhere, and tokens looked up are those that the tokenizer gives."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.train.loading.vocabulary import Vocabulary, tokenizers_library
from galactica.train.loading.words import (
    MOST_HAN,
    MOST_LETTERS,
    MOST_SIGNS,
    MOST_SPACES,
    PIECE,
    cut_pieces,
)
from tests.properties import examples
from tests.train.loading.conftest import small_tokenizer, text

EVERY = "".join(chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000)


@pytest.mark.parametrize(
    ("given_text", "pieces"),
    [
        ("The dog's bone.", ["The", " dog", "'s", " bone", "."]),
        ("In 2015, 1234567", ["In", " 201", "5", ",", " 123", "456", "7"]),
        ("灯塔在港口 にゃ", ["灯塔在港口", " ", "にゃ"]),
        ("a  b\n\nc", ["a", "  ", "b", "\n\n", "c"]),
        ("Größe: m²", ["Größe", ":", " m", "²"]),
        ("हिन्दी में", ["हिन्दी", " में"]),
        ("(x)—[y]", ["(", "x", ")—[", "y", "]"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_numbers_signs_and_space(given_text: str, pieces: list[str]) -> None:
    assert cut_pieces(given_text) == pieces


@given(st.text())
def test_pieces_are_the_text(given_text: str) -> None:
    assert "".join(cut_pieces(given_text)) == given_text


def test_every_code_point_is_of_a_piece_and_no_piece_is_longer_than_its_bound() -> None:
    pieces = cut_pieces(EVERY)
    assert "".join(pieces) == EVERY
    assert max(map(len, pieces)) <= 1 + max(MOST_LETTERS, MOST_HAN, MOST_SIGNS, MOST_SPACES)


@given(st.text())
def test_a_piece_by_itself_is_cut_into_itself(given_text: str) -> None:
    for piece in cut_pieces(given_text):
        assert cut_pieces(piece) == [piece]


def test_the_tokenizer_cuts_as_python_does_at_every_code_point(vocabulary: Vocabulary) -> None:
    library = tokenizers_library()
    split = library.pre_tokenizers.Split(library.Regex(PIECE), "isolated")
    for joint in ("", " ", "a", "1", "中", "\u0301"):
        spread = joint.join(EVERY[:70_000:3] if joint else EVERY[:120_000])
        assert [piece for piece, _ in split.pre_tokenize_str(spread)] == cut_pieces(spread)


LETTERS = st.text(st.sampled_from(" \n\t'’aBzéß1239中文のท.,-—()\u0301\u200d😀\x00\u3000|<>end"), max_size=200)


@given(st.lists(LETTERS | st.text(), max_size=4))
@examples(100)
def test_tokens_that_are_looked_up_are_those_that_the_tokenizer_gives(texts: list[str]) -> None:
    vocabulary = made()
    assert vocabulary.quick
    slow = [list(ids) for ids in vocabulary._slow(texts)]
    assert [found.tolist() for found in vocabulary.encode(texts)] == slow
    assert [vocabulary.decode(ids) for ids in slow] == texts


_MADE: list[Vocabulary] = []


def made() -> Vocabulary:
    if not _MADE:
        _MADE.append(Vocabulary.of(small_tokenizer(600)))
    return _MADE[0]


def test_a_tokenizer_that_cuts_otherwise_or_drops_merges_is_not_looked_up() -> None:
    for changed in (
        {"normalizer": {"type": "NFC"}},
        {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}},
    ):
        raw = {**json.loads(small_tokenizer()), **changed}
        other = Vocabulary.of(json.dumps(raw).encode())
        assert not other.quick
        assert other.decode(other.encode([text(3)])[0].tolist()) == text(3)
    raw = json.loads(small_tokenizer())
    raw["model"]["dropout"] = 0.1
    assert not Vocabulary.of(json.dumps(raw).encode()).quick
