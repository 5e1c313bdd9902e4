import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.letters import prepare, title_key
from galactica.search.analysis import STEMMED, analyser, analyser_for


@pytest.mark.parametrize("name", [*STEMMED, "words", "marks", "grams"])
def test_every_analyser_can_be_built(name):
    assert analyser(name).terms("abc 123") == analyser(name).kept("abc 123")


def test_english_words_are_stemmed_and_stop_words_left_out_of_bodies():
    assert analyser("en").kept("The runners were running") == ["runner", "were", "run"]
    assert analyser("en").terms("The running")[0] == "the"


def test_accents_do_not_count():
    assert analyser("fr").terms("élections") == analyser("fr").terms("elections")
    assert analyser("en").terms("Frédéric") == analyser("en").terms("frederic")


def test_german_words_share_their_stem_with_their_plural():
    assert analyser("de").terms("Häuser") == analyser("de").terms("Haus")


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("nb", "no"),
        ("eng", "en"),
        ("ENG", "en"),
        ("English", "en"),
        ("zh_Hant_TW", "grams"),
        ("cmn", "grams"),
        ("deu-AT", "de"),
        ("hin", "marks"),
        ("zh-yue", "grams"),
        ("zh-Hant", "grams"),
        ("ja", "grams"),
        ("hi", "marks"),
        ("pl", "words"),
        ("ltg", "words"),
        ("und", "words"),
        ("", "words"),
    ],
)
def test_a_language_tag_names_its_analyser(tag, name):
    assert analyser_for(tag) == name


def test_where_no_language_is_known_the_script_decides():
    assert analyser_for("und", "东京是日本的首都，也是一个大的城市。") == "grams"
    assert analyser_for("und", "दिल्ली भारत की राजधानी है") == "marks"
    assert analyser_for("mul", "Plain words") == "words"


def test_devanagari_words_are_not_cut_at_vowel_signs():
    assert analyser("marks").terms("हिन्दी भाषा") == ["हिन्दी", "भाषा"]


@given(st.text())
def test_any_text_can_be_prepared_analysed_and_keyed(text):
    clean = text.encode("utf-8", "replace").decode()
    for name in ("en", "grams", "marks"):
        analyser(name).terms(prepare(clean))
    title_key(clean)
