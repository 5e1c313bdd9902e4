"""Texts cut into the entries of a table, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.letters import unaccented
from galactica.encode.subwords import Cutter, fold_words, without_spaces

CUTTER = Cutter({"radi", "radium", "-um", "-o", "marie", "r", "北京", "北京大学", "大学", "京", "กรุง", "1867"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Marie Curie's 1,867 grams", ["marie", "curie", "s", "1867", "grams"]),
        ("Über Ökonomie", ["über", "ökonomie"]),
        ("Ｆｕｌｌ width", ["full", "width"]),
        ("北京大學在2015年", ["北京大学在", "2015", "年"]),
        ("한국의 역사", ["한국의", "역사"]),
        ("مُحَمَّد", ["محمد"]),
        ("שָׁלוֹם", ["שלום"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("iPhone発売", ["iphone", "発売"]),
    ],
)
def test_words_are_runs_of_one_kind_of_letters_folded(text: str, words: list[str]) -> None:
    assert fold_words(text) == words


def test_a_word_that_is_an_entry_is_that_entry() -> None:
    assert CUTTER.pieces("radium") == ["radium"]
    assert CUTTER.pieces("rádium") == ["radium"], "without its accents it is one"


def test_any_other_word_is_cut_from_its_beginning_into_the_longest_entries() -> None:
    assert CUTTER.pieces("radio") == ["radi", "-o"]
    assert CUTTER.pieces("radiumo") == ["radium", "-o"]
    assert CUTTER.pieces("radius") == ["radi", "-u", "-s"], "what no entry begins with is a letter by itself"


def test_what_goes_on_with_a_word_begins_none() -> None:
    assert CUTTER.pieces("um") == ["u", "-m"]


def test_scripts_without_spaces_are_cut_where_the_text_is() -> None:
    assert CUTTER.units("在北京大学 Radium") == ["在", "北京大学", "radium"]
    assert CUTTER.units("北京的大学") == ["北京", "的", "大学"]
    assert CUTTER.units("กรุงเก่า")[0] == "กรุง"
    assert CUTTER.pieces("东京") == ["东", "京"], "there is no beginning and no inside of words there"
    assert without_spaces("京")
    assert not without_spaces("한국")


@given(st.text(max_size=200))
def test_nothing_of_a_word_is_lost_or_added(text: str) -> None:
    for word in CUTTER.units(text):
        pieces = CUTTER.pieces(word)
        if pieces != [unaccented(word)]:
            assert "".join([pieces[0], *(piece.removeprefix("-") for piece in pieces[1:])]) == word


def test_a_long_word_ends_at_its_bound_and_lone_surrogates_are_no_word() -> None:
    assert [len(word) for word in CUTTER.units("x" * 500)] == [60]
    assert CUTTER.units("\ud800 ?!") == []
