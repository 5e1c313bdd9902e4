"""What a benchmark calls a right answer."""

from __future__ import annotations

import unicodedata

import pytest
from benchmarks.rightness import names, right

from galactica.evaluate.question import Question


def asked(text: str, *answers: str, language: str = "en") -> Question:
    return Question(id="1", text=text, answers=answers, language=language)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (asked("Who built the mill?", "Mary Anning"), "Mary Anning"),
        (asked("Who built the mill?", "Mary Anning"), "the miller Mary Anning"),
        (asked("Where is the mill?", "in the valley of the Ouse"), "valley of the Ouse"),
        (asked("这个车站的编号是多少？", "编号是KK02", language="zh"), "KK02"),
        (asked("天桥是在哪一年新设的？", "2007年新设天桥", language="zh"), "2007年"),
        (asked("Kasaba nerede?", unicodedata.normalize("NFD", "Söğüt"), language="tr"), "Söğüt"),
        (asked("На сколько лет?", "15—17", language="ru"), "15—17лет"),
        (asked("Ne zaman?", "12 Ocak 1920’de", language="tr"), "12 Ocak 1920'de"),
    ],
)
def test_what_matches_a_known_answer_is_right(question: Question, text: str) -> None:
    assert right(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (asked("Who built the mill?", "Mary Anning"), "John Smith"),
        (asked("Who built the mill?", "Mary Anning"), "the mill"),
        (asked("Which mills stand there?", "Ouse Mill and Weir Mill"), "Weir Mill"),
        (asked("When was it, 1901 or 1902?", "1901"), "1902"),
        (asked("When was the mill built?", "11 February 1929"), "1929"),
        (asked("Is there a mill?"), "a mill"),
    ],
)
def test_what_does_not_is_not(question: Question, text: str) -> None:
    assert not right(question, text)


@pytest.mark.parametrize(
    ("text", "value", "stands"),
    [
        ("some 12 km", "12", True),
        ("128", "12", False),
        ("12.5", "12", False),
        ("812,300 people", "812300", True),
        ("10", "0", False),
        ("a task", "Ask", False),
        ("Ask, a town", "Ask", True),
        ("首都为东京。", "东京", True),
        ("nothing", "", False),
    ],
)
def test_a_value_stands_in_a_text_as_a_whole(text: str, value: str, stands: bool) -> None:
    assert names(text, value) == stands
