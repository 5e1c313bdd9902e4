"""What in a sentence may be a value."""

from __future__ import annotations

from galactica.claims.sentences.lexicon import Lexicon, lexicon
from galactica.claims.sentences.topics import Topic, name_key
from galactica.claims.tagging.candidates import candidates_of, place_end, properties_of


def words_of(language: str) -> Lexicon:
    found = lexicon(language)
    assert found is not None
    return found


def found_in(sentence: str, language: str, title: str) -> list[tuple[str, str]]:
    words = words_of(language)
    topic = Topic(names=frozenset((name_key(title, words),)), kind="", nouns=frozenset(), pronouns=frozenset(("She",)))
    return [(each.kind, sentence[each.start : each.end]) for each in candidates_of(sentence, topic, words)]


def test_dates_amounts_and_names_are_candidates_and_the_article_itself_is_none() -> None:
    sentence = "Ida Noddack came from Wesel to Berlin in May 1896, 12 km on foot."
    assert found_in(sentence, "en", "Ida Noddack") == [
        ("proposed", "Wesel"),
        ("proposed", "Berlin"),
        ("date", "May 1896"),
        ("length", "12 km"),
    ]


def test_a_capital_that_only_begins_a_sentence_is_none() -> None:
    assert found_in("She saw that. The end.", "en", "Ida Noddack") == []


def test_chinese_names_are_cut_at_words_that_name_nothing() -> None:
    assert ("proposed", "山西省北部") in found_in("大同市位于山西省北部。", "zh", "大同市")
    assert ("proposed", "红楼梦") in found_in("他著有《红楼梦》。", "zh", "曹雪芹")


def test_a_sentence_with_too_many_is_a_list() -> None:
    assert found_in(", ".join(f"Borg{'a' * n}" for n in range(2, 80)), "en", "X") == []


def test_a_place_goes_on_behind_a_comma() -> None:
    sentence = "She came from Wesel, Germany, on foot."
    assert sentence[14 : place_end(sentence, 14, 19, words_of("en"))] == "Wesel, Germany"


def test_a_date_may_be_a_birth_and_no_place() -> None:
    names = {each.id for each in properties_of("date")}
    assert "date_of_birth" in names
    assert "place_of_birth" not in names
    assert {each.id for each in properties_of("area")} >= {"area", "land_area"}
