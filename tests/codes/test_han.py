from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.han import fold_han, simplified, spread, unspaced


def test_traditional_characters_are_folded_one_for_one():
    assert fold_han("漢語龍") == "汉语龙"
    assert all(len(new) == 1 for new in simplified().values())


def test_full_width_forms_are_narrowed():
    assert fold_han("ＡＢ１") == "AB1"


def test_han_runs_become_overlapping_pairs():
    assert spread("北京大学").split() == ["北京", "京大", "大学"]
    assert spread("北京").split() == ["北京"]
    assert spread("氧").split() == ["氧"]


def test_latin_words_inside_stay_words():
    assert spread("使用Python语言").split() == ["使用", "Python", "语言"]


def test_thai_runs_become_threes():
    assert spread("ไทยแลนด์").split()[0] == "ไทย"
    assert all(len(part) == 3 for part in spread("ประเทศไทย").split())


def test_spaced_scripts_are_left_alone():
    assert spread("plain слова") == "plain слова"
    assert not unspaced("plain слова")


@given(st.text())
def test_folding_never_changes_a_length(text):
    assert len(fold_han(text)) == len(text)
