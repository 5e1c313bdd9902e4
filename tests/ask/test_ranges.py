"""An amount that is told as a range is answered as the whole range."""

from __future__ import annotations

import pytest

from galactica.ask.forms import formed
from galactica.ask.question import read_question


def told(question: str, text: str, marked: str, language: str = "en") -> str:
    start = text.index(marked)
    wide = formed(read_question(question, language), text, start, start + len(marked), language)
    return "" if wide is None else text[slice(*wide)]


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("It killed an estimated 75 to 200 million people.", "75", "75 to 200 million"),
        ("It killed an estimated 75 to 200 million people.", "200 million", "75 to 200 million"),
        ("It killed an estimated 75–200 million people.", "75", "75–200 million"),
        ("It killed between 75 and 200 million people.", "200 million", "between 75 and 200 million"),
        ("It killed 1,200 or 1,300 people.", "1,200", "1,200 or 1,300"),
    ],
)
def test_either_end_of_a_range_is_widened_to_the_whole(text: str, marked: str, whole: str) -> None:
    assert told("how many people did it kill?", text, marked) == whole


def test_units_stand_at_either_end() -> None:
    assert told("how long do looms last?", "Looms last for 12–15 years.", "15 years") == "12–15 years"
    assert told("how tall are squills?", "They are 1.1 m to 1.3 m tall.", "1.1 m") == "1.1 m to 1.3 m"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Their number rose from 20 to 300 in a year.", "300"),
        ("They had 20 and later 300 members.", "20"),
        ("Two teams of 20 and 300 members met.", "20"),
        ("They won 3–1 in the end.", "3"),
        ("In 1914–1918 members were 20.", "1914"),
        ("They lost 300 to 20 votes.", "300"),
    ],
)
def test_what_changes_is_no_range_nor_are_scores_and_years(text: str, marked: str) -> None:
    assert told("how many members were there?", text, marked) == marked


def test_in_other_languages_their_own_words_join_a_range() -> None:
    assert told("Wie viele Menschen starben?", "Es starben 75 bis 200 Millionen Menschen.", "75", "de").startswith(
        "75 bis 200"
    )


def test_how_far_something_is_no_multiple_answers() -> None:
    assert not told("how far is velin from the sun", "It is 1.5 times as far as Aldova.", "1.5 times")


def test_a_range_in_words_is_told_whole() -> None:
    text = "Das Baugewerbe macht sechs bis neun Prozent der Leistung aus."
    assert told("Wie viel Prozent macht das Baugewerbe aus?", text, "neun Prozent", "de") == "sechs bis neun Prozent"
    assert told("how many eggs do they lay?", "They lay two to five eggs.", "five") == "two to five"


@pytest.mark.parametrize(
    ("question", "text", "marked", "whole", "language"),
    [
        ("how many days are paid?", "Most require more than 28 days of it.", "28 days", "more than 28 days", "en"),
        ("how many days are paid?", "It is at least 28 days there.", "28 days", "at least 28 days", "en"),
        ("Wie viele Tage sind es?", "Es sind mindestens 28 Tage.", "28 Tage", "mindestens 28 Tage", "de"),
        ("有多少人？", "这里有超过5000人。", "5000人", "超过5000人", "zh"),
        ("有多少人？", "这里有5000人以上。", "5000人", "5000人以上", "zh"),
        ("how many days are paid?", "They moved over. 28 days are paid.", "28 days", "28 days", "en"),
    ],
)
def test_what_makes_a_number_a_bound_belongs_to_it(
    question: str, text: str, marked: str, whole: str, language: str
) -> None:
    assert told(question, text, marked, language) == whole
