"""Common nouns in 23 languages."""

from __future__ import annotations

import unicodedata

import pytest

from galactica.languages import scripts_in
from galactica.languages.lexicon import (
    LEXICON_LANGUAGES,
    LONGEST_CONCEPT,
    all_concepts,
    concepts_called,
    noun_elsewhere,
)

SCRIPTS = {
    "ru": {"Cyrillic"},
    "ar": {"Arabic"},
    "zh": {"zh"},
    "ja": {"zh", "ja"},
    "ko": {"ko"},
    "hi": {"Devanagari"},
    "th": {"th"},
    "el": {"el"},
    "fa": {"Arabic"},
    "bn": {"bn"},
}


def english(word: str, language: str) -> list[str]:
    return [concept["en"][0] for concept in concepts_called(word, language)]


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("волк", "ru"),
        ("ВОЛК", "ru"),
        ("lobo", "es"),
        ("loup", "fr"),
        ("Wolf", "de"),
        ("狼", "zh"),
        ("オオカミ", "ja"),
        ("ذئب", "ar"),
        ("الذئب", "ar"),
        ("mbwa mwitu", "sw"),
        ("mbwa  mwitu", "sw"),
        ("หมาป่า", "th"),
        ("λύκος", "el"),
        ("wilk", "pl"),
        ("گرگ", "fa"),
    ],
)
def test_a_noun_is_known_in_its_language(word, language):
    assert english(word, language) == ["wolf"]


@pytest.mark.parametrize(
    ("word", "language"),
    [("волк", "en"), ("lobo", "ru"), ("", "es"), ("x" * (LONGEST_CONCEPT + 1), "es"), ("lobo", "xx"), ("ال", "ar")],
)
def test_what_is_no_noun_of_a_language_is_none(word, language):
    assert concepts_called(word, language) == ()


def test_a_half_space_and_composed_letters_are_as_they_may_be_typed():
    assert english("شبه‌جزیره", "fa") == english("شبه جزیره", "fa") != []
    assert english(unicodedata.normalize("NFC", "নেকড়ে"), "bn") == english("নেকড়ে", "bn") == ["wolf"]


def test_accents_count_where_two_words_differ_by_them():
    assert english("mèo", "vi") == ["cat"]
    assert english("raton", "es") == english("ratón", "es")


def test_the_tables_have_a_concept_a_line_and_each_once():
    heads = [concept["en"][0] for concept in all_concepts()]
    assert len(heads) > 1_000
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize("language", LEXICON_LANGUAGES)
def test_words_are_whole_and_short(language):
    words = [word for concept in all_concepts() for word in concept.get(language, ())]
    assert len(words) > 900
    assert [word for word in words if word != word.strip() or not 0 < len(word) <= LONGEST_CONCEPT] == []
    assert [word for word in words if set(word) & set("()/;|")] == []


@pytest.mark.parametrize("language", SCRIPTS)
def test_words_are_in_the_script_of_their_language(language):
    strange = [
        word
        for concept in all_concepts()
        for word in concept.get(language, ())
        if not scripts_in(word) & SCRIPTS[language] and not word.isascii()
    ]
    assert strange == []


def test_a_noun_is_called_otherwise_where_a_library_has_another_language():
    assert noun_elsewhere("волк", "ru", ["en"])[0] == "wolf"
    assert noun_elsewhere("wolf", "en", ["ru-RU"])[0] == "волк"
    assert noun_elsewhere("wolf", "en", ["en"]) == ()
