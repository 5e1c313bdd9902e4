"""How languages ask, from their files."""

from __future__ import annotations

import pytest

from galactica.train.reading.asking_words import KINDS, asking_words


@pytest.mark.parametrize(
    ("language", "question", "kind", "phrase"),
    [
        ("en", "in what year was it built?", "date", "what year"),
        ("en", "whose idea was it?", "which", "whose"),
        ("de", "wie viele brücken gibt es?", "number", "wie viele"),
        ("zh", "她女儿在哪里工作？", "place", "哪里"),
    ],
)
def test_the_longest_phrase_says_what_is_asked_for(language: str, question: str, kind: str, phrase: str) -> None:
    found = asking_words()[language].asks(question)
    assert found is not None
    start, end, said = found
    assert question[start:end].endswith(phrase) or phrase in question[start:end]
    assert said in {kind, "person"}


def test_a_phrase_inside_a_word_asks_for_nothing() -> None:
    assert asking_words()["en"].asks("tell me of the nowhere man") is None


def test_every_language_says_something_for_every_kind() -> None:
    for language, words in asking_words().items():
        assert all(words.by_kind[kind] for kind in (*KINDS, "which")), language
