"""XQuAD's questions asked of passages in other languages."""

from __future__ import annotations

from benchmarks.qa_crossed import crossed

SAID = {
    "en": {"a": "Where?", "b": "When?"},
    "de": {"a": "Wo?", "b": "Wann?"},
    "es": {"a": "¿Dónde?"},
}


def test_a_question_is_asked_in_another_language_with_its_answers() -> None:
    (found,) = crossed({"id": "a", "question": "Wo?", "answers": [{"text": "hier"}]}, "de", SAID)
    assert found["question"] in ("Where?", "¿Dónde?")
    assert found["answers"] == [{"text": "hier"}]
    assert found["id"] in ("a in en", "a in es")


def test_of_an_english_passage_it_is_asked_in_two_languages() -> None:
    found = [each["question"] for each in crossed({"id": "a", "question": "Where?"}, "en", SAID)]
    assert sorted(found) == ["Wo?", "¿Dónde?"]


def test_languages_that_lack_the_question_are_left_out() -> None:
    assert [each["question"] for each in crossed({"id": "b", "question": "When?"}, "en", SAID)] == ["Wann?"]
