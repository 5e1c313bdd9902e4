"""What a question asks of a thing: what something is called is no time, and what somebody does is no place."""

from __future__ import annotations

import pytest

from galactica.ask.properties import every_way
from galactica.ask.question import read_question
from galactica.ask.wishes import asked_of_beginning, wishes


def asked(question: str, language: str = "en", thing: str = "emily holt") -> set[str]:
    """The properties that a question asks for, of a library that has only the thing."""
    found = wishes(read_question(question, language), lambda name: name if name.lower() == thing else "")
    return {wish.property.name for wish in found if wish.property is not None}


@pytest.mark.parametrize(
    "question",
    ["what did emily holt die of", "what did emily holt die from", "what was the cause of death of emily holt"],
)
def test_what_somebody_died_of_is_no_time(question: str) -> None:
    assert "died" not in asked(question)


@pytest.mark.parametrize("question", ["when did emily holt die", "on what day did emily holt die"])
def test_when_somebody_died_is_one(question: str) -> None:
    assert "died" in asked(question)


def test_the_noun_that_asks_may_name_a_time() -> None:
    assert "founded" in asked("what was the founding of oldham", thing="oldham")
    assert "founded" not in asked("what did oldham found", thing="oldham")


def test_how_something_is_done_is_no_number_of_anything() -> None:
    assert asked("how do people in oldham make a living", thing="oldham") == set()
    assert "population" in asked("how many people live in oldham", thing="oldham")


def test_what_somebody_lives_of_is_no_place() -> None:
    assert "occupation" in asked("what did emily holt do for a living")
    assert "occupation" not in asked("where did emily holt live")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("艾米是干哪一行的", "occupation"),
        ("艾米是哪个大学毕业的", "educated_at"),
        ("艾米是谁拍的", "director"),
        ("艾米是哪年设的", "founded"),
        ("艾米是谁开发的", "developer"),
        ("艾米归谁管", "operator"),
        ("艾米在哪里", "located_in"),
        ("艾米在哪个省", "located_in"),
    ],
)
def test_everyday_words_ask_for_properties(question: str, name: str) -> None:
    assert name in asked(question, "zh", thing="艾米")


def test_what_a_question_begins_with_may_be_called_anything() -> None:
    found = asked_of_beginning(read_question("恐怖片艾米是谁拍的？", "zh"))
    assert {(wish.thing, wish.property.name if wish.property else "") for wish in found} == {("恐怖片艾米", "director")}


def test_ways_to_ask_are_written_short() -> None:
    assert every_way("(a|b|)c | d") == ["ac", "bc", "c", "d"]
