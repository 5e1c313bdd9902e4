"""A question in another language than the edition's is answered, and the person is told what was asked."""

from __future__ import annotations

import json

import pytest

from galactica import library

TEXT = "Ludwig van Beethoven (17 December 1770 – 26 March 1827) was a German composer."


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    folder = tmp_path_factory.mktemp("across")
    row = {"path": "b", "title": "Ludwig van Beethoven", "text": TEXT, "language": "en"}
    (folder / "articles.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    library.build(folder / "english.edition", [folder / "articles.jsonl"], language="en", meaning=False)
    return folder / "english.edition"


@pytest.mark.parametrize("question", ["贝多芬是什么时候去世的", "Когда умер Бетховен?", "quando morreu beethoven?"])
def test_it_is_answered_as_an_english_question_is_and_says_what_was_asked(english, question: str) -> None:
    with library.open_library([english]) as opened:
        answer = opened.ask(question, reader="rules")
    assert (answer.question, answer.text) == (question, "26 March 1827")
    assert len(answer.notes) == 1
    assert "it was asked as “when did Ludwig van Beethoven die”" in answer.notes[0]


def test_a_question_in_the_editions_language_is_told_nothing_of_that(english) -> None:
    with library.open_library([english]) as opened:
        answer = opened.ask("When did Ludwig van Beethoven die?", reader="rules")
    assert (answer.text, answer.notes) == ("26 March 1827", ())
