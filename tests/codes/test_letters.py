from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.letters import folded, prepare, title_key


def test_plain_text_is_prepared_by_doing_nothing():
    text = "Plain – with “quotes” and Ümläute"
    assert prepare(text) is text


def test_decomposed_letters_are_composed():
    assert prepare("Caf\u0065\u0301") == "Café"


def test_arabic_and_hebrew_points_do_not_count():
    assert prepare("مُحَمَّد") == "محمد"
    assert prepare("שָׁלוֹם") == "שלום"


def test_titles_that_differ_in_case_accents_or_dashes_share_a_key():
    assert title_key("Frédéric_CHOPIN") == title_key("frederic chopin")
    assert title_key("Rock ’n’ roll") == title_key("rock 'n' roll")
    assert title_key("Franco–Prussian War") == title_key("franco-prussian  war")
    assert title_key("龍") == title_key("龙")
    assert title_key("ＡＢＣ") == "abc"


def test_titles_that_differ_in_punctuation_do_not_share_a_key():
    assert len({title_key("C"), title_key("C++"), title_key("C#")}) == 3


def test_voiced_kana_are_other_letters():
    assert title_key("が") != title_key("か")


@given(st.text())
def test_folding_keeps_the_length_of_any_text(text):
    assert len(folded(text)) == len(text)


def test_folded_text_is_lower_case_without_accents():
    assert folded("ÉCOLE Łódź 龍 İ") == "ecole lodz 龙 i"
