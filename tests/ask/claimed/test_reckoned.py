"""Answers over several things: which has most, which of two has more, how many, which has a value."""

from __future__ import annotations

import pytest

from galactica.library import Library
from galactica.model import Verdict


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which country has the largest area?", "Nordia"),
        ("What is the smallest country?", "Sund"),
        ("Is Nordia bigger than Sund?", "Yes"),
        ("Is Sund bigger than Nordia?", "No"),
        ("Which is larger, Ostia or Varaland?", "Varaland"),
        ("Which country has fewer inhabitants, Ostia or Varaland?", "Ostia"),
        ("How many neighbours does Varaland have?", "3"),
        ("Which country has the capital Vik?", "Ostia"),
        ("Ist Nordia größer als Sund?", "Ja"),
    ],
)
def test_a_question_over_several_things_is_answered(library: Library, question: str, text: str) -> None:
    found = library.ask(question, reader="rules")
    assert found.verdict in (Verdict.ANSWERED, Verdict.PROBABLY)
    assert found.text == text
    assert found.values
    assert all(each.citations for each in found.values)


def test_over_how_many_it_was_taken_and_how_many_lack_it_is_told(library: Library) -> None:
    found = library.ask("Which country has the most people?", reader="rules")
    assert found.text == "Nordia"
    assert found.over is not None
    assert (found.over.sort, found.over.property, found.over.topics, found.over.lacking) == (
        "country",
        "population",
        5,
        1,
    )
    assert any("nothing is said" in note for note in found.notes)
    assert found.verdict is Verdict.PROBABLY  # one of five lacks it


def test_every_value_that_was_compared_is_quoted(library: Library) -> None:
    found = library.ask("Is Nordia bigger than Sund?", reader="rules")
    assert [(each.of, each.value) for each in found.values] == [("Nordia", "9,850 km2"), ("Sund", "310 km2")]


@pytest.mark.parametrize(
    "question",
    [
        "Is Nordia bigger than Atlantis?",
        "Which landlocked country has the largest area?",
        "Which country in Asia has the largest area?",
        "Is Nordia much bigger than Sund was?",
        "Which country has the largest army?",
    ],
)
def test_what_is_not_understood_whole_is_not_reckoned(library: Library, question: str) -> None:
    found = library.ask(question, reader="rules")
    assert found.over is None
    assert found.text not in ("Yes", "No")


def test_a_person_who_wants_one_source_is_not_answered_over_all(library: Library) -> None:
    assert library.ask("Which country has the largest area?", reader="rules", sources=["almanac"]).over is None
