"""Questions that are made of a sentence."""

from __future__ import annotations

import pytest

from galactica.joining.disagreements.prose.questions import LONGEST_QUESTION, AskedValue, values_to_ask
from galactica.joining.disagreements.prose.sentences import sentences_of_text


def values(text: str, topic: str = "") -> list[AskedValue]:
    return [each for sentence in sentences_of_text(text) for each in values_to_ask(sentence, frozenset(topic.split()))]


def asked_for(text: str, value: str) -> tuple[str, ...]:
    return next(each.questions for each in values(text) if each.text == value)


def test_a_value_is_asked_for_in_its_own_clause_in_two_forms() -> None:
    text = "The span was called North Bridge when it opened in 1950, and was renamed Arland Bridge in 1983 for a hero."
    assert asked_for(text, "1983") == (
        "was renamed Arland Bridge in when for a hero?",
        "When was renamed Arland Bridge for a hero?",
    )


def test_a_clause_that_says_too_little_is_widened() -> None:
    assert asked_for("It was closed for good, in 1983.", "1983")[0] == "It was closed for good, in when?"
    assert asked_for("Karl Elm (born 1838) was an explorer of the ice.", "1838")[0] == "Karl Elm (born when?"


def test_a_number_is_asked_for_with_what_it_counts() -> None:
    assert asked_for("The recipe is known to three monks.", "three") == (
        "The recipe is known to how many monks?",
        "How many monks The recipe is known?",
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("In the early 1970s they met Ann Lee.", ["early 1970s", "Ann Lee"]),
        ("Norrby (from Old Tarnish) was the old city.", ["Norrby", "Old Tarnish"]),
        ("Larvae feed on oak in May.", []),
        ("The monks pray.", []),
        ("It may have been built by Ann Lee.", []),
        ("About 300 monks lived there.", []),
        ("They came from Wickland.", ["Wickland"]),
        ("They met between March 1990 and 1995, until 2001, and after 2003.", []),
        ("It is of class K2III.", []),
        ("They met Italian and Wessish monks of Western lands in 300 BC.", []),
    ],
)
def test_what_is_asked_for(text: str, known: list[str]) -> None:
    assert [each.text for each in values(text)] == known


def test_the_topic_itself_is_not_asked_for() -> None:
    assert [each.text for each in values("They came from Norrby to Wickland.", "norrby")] == ["Wickland"]


def test_a_decade_is_a_date_of_ten_years() -> None:
    (value,) = values("They met in the early 1970s.")
    assert (value.kind, [each.span for each in value.days]) == ("date", [10])


def test_places_are_those_of_the_whole_text() -> None:
    text = "They pray. They came from Wickland."
    (value,) = values(text)
    assert text[slice(*value.place)] == "Wickland"


@pytest.mark.parametrize("hostile", ["In 1990 (" * 2_000, "Ann Lee, " * 3_000, "3 a" * 5_000, "\ud800 born 1990.", "("])
def test_any_sentence_is_read_in_bounded_time(hostile: str) -> None:
    for value in values(hostile):
        assert all(len(each) <= LONGEST_QUESTION for each in value.questions)
