"""Which words and pieces a student knows, and how texts are cut into them."""

from __future__ import annotations

import math

import numpy as np

from galactica.encode.pieces import SPECIAL
from galactica.train.student.entries import bags_of, choose, cut_all
from galactica.train.student.plan import Taught

PIECES = (*SPECIAL, "▁River", "▁über", "▁", "▁river", "s", ".", "▁don't", "北京", "▁北京", "ing", "q")
SCORES = (0.0, 0.0, 0.0, 0.0, -8.0, -9.0, -3.0, -7.0, -4.0, -3.5, -7.0, -9.0, -10.0, -6.0, -12.0)


def taught(*texts: str) -> list[Taught]:
    return [Taught(text=text, asked=False, language="en") for text in texts]


def test_pieces_that_fold_to_one_are_one_entry_shown_as_the_commonest_is_written() -> None:
    entries = choose(PIECES, SCORES, taught("one text"), 100)
    shown = dict(zip(entries.names, entries.shown, strict=True))
    assert shown["river"] == "river"
    assert shown["über"] == "über"
    assert entries.names.count("北京") == 1, "words of Han have no beginning"


def test_pieces_inside_words_are_told_and_punctuation_is_none() -> None:
    names = choose(PIECES, SCORES, taught("one text"), 100).names
    assert {"-s", "-ing", "-q", "river"} <= set(names)
    assert not {".", "▁", "", "don't"} & set(names)
    assert "s" not in names, "a letter that only goes on with words begins none"


def test_words_that_are_met_often_are_entries_the_commonest_first() -> None:
    texts = taught(*["the glacier"] * 3, *["the glacier moves"] * 2)
    entries = choose(PIECES, SCORES, texts, 100)
    assert "glacier" in entries.names
    assert "moves" not in entries.names, "twice is no often"
    assert entries.counts[entries.names.index("glacier")] == 5
    assert entries.rarity[entries.names.index("-q")] > entries.rarity[entries.names.index("-s")]
    assert len(choose(PIECES, SCORES, texts, 4).names) == 4


def test_a_text_is_its_entries_each_once_with_the_root_of_its_number() -> None:
    cut = cut_all(["river", "-s", "ri"], ["River rivers river", "", "rim"])
    assert cut.borders.tolist() == [0, 2, 2, 3]
    assert dict(zip(cut.at[:2].tolist(), cut.weights[:2].tolist(), strict=True)) == {
        0: np.float32(math.sqrt(2) + 1),
        1: 1.0,
    }
    at, weights, begins = bags_of(cut, [2, 0])
    assert (at.tolist(), begins.tolist()) == ([2, 0, 1], [0, 1])
    assert len(weights) == 3
