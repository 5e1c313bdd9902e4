"""Forms of nouns."""

from __future__ import annotations

import pytest

from galactica.languages.inflected import dictionary_words, words_beside, words_of_grammar
from galactica.languages.lexicon import LEXICON_LANGUAGES, _read_as, all_concepts, concepts_called, concepts_in_kana
from galactica.languages.tables import by_language


@pytest.mark.parametrize(
    ("form", "language", "word"),
    [
        ("livres", "fr", "livre"),
        ("Chevaux", "fr", "cheval"),
        ("yeux", "fr", "œil"),
        ("lápices", "es", "lápiz"),
        ("revoluções", "pt", "revolução"),
        ("buku-buku", "id", "buku"),
        ("vitabu", "sw", "kitabu"),
        ("люди", "ru", "человек"),
        ("книг", "ru", "книга"),
        ("kitaplar", "tr", "kitap"),
    ],
)
def test_a_form_has_a_word_of_a_dictionary(form, language, word):
    assert word in dictionary_words(form, language)


@pytest.mark.parametrize(
    ("word", "language"), [("livre", "fr"), ("os", "fr"), ("", "fr"), ("livres", "xx"), ("a-b", "id"), ("สัตว์", "th")]
)
def test_other_words_have_none(word, language):
    assert dictionary_words(word, language) == ()


def test_every_irregular_form_is_one_of_a_noun_in_the_tables():
    for language, entry in by_language("nouns").items():
        words = [each.partition(":")[2] for each in str(entry.get("forms", "")).split()]
        assert [word for word in words if not concepts_called(word, language)] == [], language


def test_every_pair_changes_something():
    for language, entry in by_language("nouns").items():
        assert language in LEXICON_LANGUAGES
        for key in ("endings", "beginnings", "forms"):
            pairs = [each.split(":") for each in str(entry.get(key, "")).split()]
            assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs), (language, key)
            assert len(pairs) == len({tuple(pair) for pair in pairs}), (language, key)


def test_words_beside_a_noun_have_their_accents_or_none():
    assert {"los", "un"} <= words_beside("es")
    assert {"quyển", "quyen"} <= words_beside("vi")
    assert "quyền" not in words_beside("vi")
    assert words_beside("xx") == words_of_grammar("xx") == frozenset()


@pytest.mark.parametrize(
    ("kana", "word"), [("ねこ", "cat"), ("ネコ", "cat"), ("うみ", "sea"), ("きりん", "giraffe"), ("おおかみ", "wolf")]
)
def test_a_japanese_noun_is_known_in_any_kana(kana, word):
    assert word in [concept["en"][0] for concept in concepts_in_kana(kana)]


def test_what_sounds_alike_is_all_of_it():
    assert {"bridge", "chopsticks"} <= {concept["en"][0] for concept in concepts_in_kana("はし")}
    assert concepts_in_kana("猫") == concepts_in_kana("") == concepts_in_kana("cat") == ()


def test_every_noun_that_is_read_in_kana_is_in_the_tables():
    japanese = {word for concept in all_concepts() for word in concept.get("ja", ())}
    assert {word for several in _read_as().values() for word in several} <= japanese
