"""Mistyped words that only ask, or call a property, are read as they were meant; names stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.ask.typed import as_meant
from galactica.library import build, open_library


def nowhere(word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("waht is the captial of Aldova", "what is the capital of Aldova"),
        ("wich countries border aldova", "which countries border aldova"),
        ("whre was Thorn born", "where was Thorn born"),
        ("What is the popluation of Aldova?", "What is the population of Aldova?"),
    ],
)
def test_a_word_that_no_article_has_is_read_as_the_one_that_is_one_mistake_away(typed: str, meant: str) -> None:
    assert as_meant(typed, "en", nowhere) == meant


@pytest.mark.parametrize(
    "question",
    [
        "what is the capital of Narnia",  # a name
        "Where is Captial?",  # a name
        "hwo discovered velin",  # who or how
        "what is the captial",
        "how tall is it",
        "which capitale is it",  # another ending
        "",
        "?",
    ],
)
def test_names_and_what_may_be_two_words_stay(question: str) -> None:
    assert as_meant(question, "en", lambda word: word == "captial") == question


def test_scripts_without_spaces_and_unknown_languages_stay() -> None:
    assert as_meant("波兰的首都", "zh", nowhere) == "波兰的首都"
    assert as_meant("waht is the captial", "und", nowhere) == "waht is the captial"


def test_what_was_read_is_told_and_the_question_stays_as_it_was_typed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    table = "<table><tr><th>Capital</th><td>Vara</td></tr></table><p>Aldova is a country.</p>"
    page = f'<!DOCTYPE html><html lang="en"><title>Aldova</title><h1>Aldova</h1>{table}</html>'
    (tmp_path / "in" / "a.html").write_text(page, encoding="utf-8")
    build(tmp_path / "a.edition", [tmp_path / "in"], workers=0)
    with open_library([tmp_path / "a.edition"]) as library:
        found = library.ask("waht is the captial of aldova", reader="rules")
    assert (found.text, found.question) == ("Vara", "waht is the captial of aldova")
    assert any("what is the capital of aldova" in note for note in found.notes)
