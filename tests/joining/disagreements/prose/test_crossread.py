"""Values that answer one question, found by a reader; the reader of these tests looks for words."""

from __future__ import annotations

from typing import cast

import pytest

from galactica.joining.disagreements.prose.crossread import MOST_QUESTIONS, SURE
from galactica.joining.disagreements.prose.opposed import contradictions

ONE = "The last person who was jailed for heresy in Wickland was Abel Norrby."
OTHER = "In Wickland, Carl Lee Smith was the last one in the dock for heresy."


class Marks:
    """Marks the first of some stretches that a text has."""

    def __init__(self, *stretches: str, margin: float = 1.0) -> None:
        self.stretches, self.margin, self.asked = stretches, margin, list[str]()

    def __call__(self, question: str, text: str, title: str) -> list[tuple[int, int, float]]:
        self.asked.append(question)
        places = [(text.find(each), len(each)) for each in self.stretches]
        return [(at, at + length, self.margin) for at, length in places if at >= 0]


def found(one: str, other: str, marks: Marks, title: str = "Heresy") -> list[tuple[str, str]]:
    several = contradictions(one, other, title=title, marks=marks)
    return [(one[slice(*each.one)], other[slice(*each.other)]) for each in several if each.rule == "read"]


def test_two_names_that_answer_one_question_contradict_each_other() -> None:
    marks = Marks("Abel Norrby", "Carl Lee Smith")
    assert found(ONE, OTHER, marks) == [("Abel Norrby", "Carl Lee Smith")]
    assert marks.asked[0] == "The last person who was jailed for heresy in Wickland was who or what?"


def test_the_reader_must_be_sure_both_ways() -> None:
    assert found(ONE, OTHER, Marks("Abel Norrby", "Carl Lee Smith", margin=SURE - 0.1)) == []
    assert found(ONE, OTHER, Marks("Carl Lee Smith")) == []
    assert found(ONE, OTHER, Marks("Abel Norrby", "Wickland")) == []


def test_without_a_reader_nothing_is_read() -> None:
    assert contradictions(ONE, OTHER, title="Heresy") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The gate was raised by three monks.", "The gate was raised by 3 monks."),
        ("The gate was raised by three monks.", "According to a chronicle the gate was raised by five monks."),
        ("In 1990 the gate was kept by three monks.", "In 2010 the gate was kept by five monks."),
        ("The gate was kept by at least three monks.", "The gate was kept by five monks."),
        ("The gate was kept by three monks.", "The gate was not kept by five monks."),
        ("The first gate was kept by three monks.", "The last gate was kept by five monks."),
        ("The gate was kept by three monks.", "The gate was kept by five nuns."),
        ("The gate was 300 metres from the well.", "The gate was 96 metres long."),
        ("In 1931 the gate was kept by 14 monks.", "In 1937 the gate was kept by 15 monks."),
        ("The Elm gate was built in 1931.", "The Oak gate was built in 1937."),
        ("The gate had three kings under Weir.", "The gate had two kings under Holm."),
        ("Its keeper died in 1971.", "The brother of its keeper died in 1944."),
        ("The gate stood until 1931.", "The gate was seen in 1937."),
    ],
)
def test_what_may_both_be_right_is_not_asked_for(one: str, other: str) -> None:
    marks = Marks("three", "five", "3", "1931", "1937", "1971", "1944", "14", "15", "96", "Weir", "Holm")
    assert found(one, other, marks, "Gate") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The gate was kept by monks such as Weir.", "The gate was kept by Holm."),
        ("The gate was kept by Weir and Arno.", "The gate was kept by Holm."),
        ("The gate was kept by Arno, Weir, and Tarn.", "The gate was kept by Holm."),
        ("The gate was kept by Weir, Arno and Tarn.", "The gate was kept by Holm."),
        ("The gate was then kept by Weir.", "The gate was kept by Holm."),
        ("The gate was kept by Weir until the flood.", "The gate was kept by Holm."),
        ("In May the gate was kept by Weir.", "In August the gate was kept by Holm."),
        ("The keeper (6 June 1868 – 29 March 1912) had a gate.", "In March 1888 the keeper had a gate."),
    ],
)
def test_one_of_several_in_turn_and_of_other_months_or_a_life_is_not_asked_for(one: str, other: str) -> None:
    marks = Marks("Weir", "Holm", "6 June 1868", "March 1888")
    assert found(one, other, marks, "Gate") == []
    assert not any("Weir" in each or "1888" in each for each in marks.asked)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The gate was kept by Weir.", "The gate was kept by Holm."),
        ("In May the gate was kept by Weir.", "In May the gate was kept by Holm."),
        ("In London the gate was kept by Weir, a monk.", "The gate was kept by Holm."),
        ("The keeper (born 6 June 1868) had a gate.", "The keeper was born in March 1888 at the gate."),
        ("The keeper (6 June 1868 – 29 March 1912) had a gate.", "The keeper of the gate was born in March 1888."),
    ],
)
def test_one_name_and_days_of_one_life_are_asked_for(one: str, other: str) -> None:
    assert len(found(one, other, Marks("Weir", "Holm", "6 June 1868", "March 1888"), "Gate")) == 1


def test_the_surest_of_several_rivals_that_are_marked_both_ways_is_told() -> None:
    def marks(question: str, text: str, title: str) -> list[tuple[int, int, float]]:
        if "Abel" in text:  # asked for Tarn or Carl Lee Smith
            at = text.find("Abel Norrby")
            return [(at, at + 11, 2.0)] if "Those of Tarn" in question else []
        tarn, carl = text.find("Tarn"), text.find("Carl Lee Smith")
        return [(tarn, tarn + 4, 1.0), (carl, carl + 14, 0.5)]

    one, other = "The judge fined Abel Norrby.", "Those of Tarn saw that the judge fined Carl Lee Smith."
    assert found(one, other, cast(Marks, marks), "Heresy") == [("Abel Norrby", "Carl Lee Smith")]


def test_questions_are_bounded() -> None:
    one = " ".join(f"The gate number {n} was kept by {n + 200} monks." for n in range(100))
    other = " ".join(f"The gate number {n} was kept by {n + 400} monks." for n in range(100))
    marks = Marks()
    found(one, other, marks, "Gate")
    assert 0 < len(marks.asked) <= MOST_QUESTIONS
