"""A sentence of another time or the other side than the question says is no answer to it."""

from __future__ import annotations

import pytest

from galactica.ask.constrained import constraint_words, contradicts
from galactica.ask.question import read_question


def contradicted(question: str, text: str, stretch: str, language: str = "en") -> bool:
    start = text.index(stretch)
    asked = read_question(question, language)
    return contradicts(asked, text, start, start + len(stretch), language)


@pytest.mark.parametrize(
    ("question", "year", "another"),
    [
        ("when was sund invaded in world war 2", "1914", True),
        ("when was sund invaded in world war 2", "1940", False),
        ("when was sund invaded during the First World War?", "1914", False),
        ("when was sund invaded in world war i", "1940", True),
        ("when was sund invaded", "1914", False),
        ("when did world war 2 begin in the tales of sund", "1950", False),  # it is what is asked of
    ],
)
def test_a_time_lies_in_the_period_that_a_question_names(question: str, year: str, another: bool) -> None:
    assert contradicted(question, f"Sund was invaded in August {year}.", year) is another


def test_a_period_is_told_in_scripts_without_spaces() -> None:
    assert contradicted("二战时松德什么时候被入侵", "1914年松德被入侵。", "1914年", language="zh")
    assert not contradicted("二战时松德什么时候被入侵", "1940年松德被入侵。", "1940年", language="zh")


@pytest.mark.parametrize(
    ("text", "stretch", "another"),
    [
        ("At Sund Ida Thorn won a decisive victory over the general Karl Reed.", "Karl Reed", True),
        ("At Sund Ida Thorn won a decisive victory over the general Karl Reed.", "Ida Thorn", False),
        ("Ida Thorn defeated Karl Reed at Sund.", "Karl Reed", True),
        ("Karl Reed was defeated by Ida Thorn at Sund.", "Ida Thorn", False),
        ("Karl Reed fought against Ole Dahl, and Ida Thorn won.", "Ida Thorn", False),
    ],
)
def test_who_won_is_not_who_was_beaten(text: str, stretch: str, another: bool) -> None:
    assert contradicted("who won the battle of sund", text, stretch) is another
    assert not contradicted("who fought at sund", text, stretch)


def test_the_thing_by_another_name_is_nobody_who_is_asked_for() -> None:
    text = "Ida Thorn was born Augusta Ida Reed, a daughter of Karl Reed."
    assert contradicted("who was the father of ida thorn", text, "Augusta Ida Reed")
    assert not contradicted("who was the father of ida thorn", text, "Karl Reed")


def test_of_a_language_without_such_words_nothing_is_told() -> None:
    assert constraint_words("fr") is None
    assert not contradicted("quand a-t-il été envahi", "Il fut envahi en 1914.", "1914", language="fr")
