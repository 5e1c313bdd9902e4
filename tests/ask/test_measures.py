"""A number with a unit of something else, or of another year, is the value of something else, and no answer."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.bearing import of_another, other_years
from galactica.ask.forms import formed
from galactica.ask.measures import measures_asked
from galactica.ask.properties import properties
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.ask.sought import question_language
from galactica.model import Answer, Verdict
from galactica.values.units import measures

from .group.pretended import Pointing, Shelf, article
from .test_stated import table


@pytest.mark.parametrize(
    ("question", "fits", "does_not"),
    [
        ("What is the population of Elm?", "91,400", "5,120 km²"),
        ("What is the population of Elm?", "about 2.1 million", "12%"),
        ("What is the population of Elm?", "91,400", "$3 million"),
        ("How many inhabitants does Elm have?", "91,400", "410 m"),
        ("How many moons does Mora have?", "31", "3,100 km"),
        ("What is the population of Elm?", "1.2345 million", "30.337250"),
        ("How many people live in Elm?", "30.337.250", "-90,841927"),
        ("What is the area of Elm?", "5,120 km²", "120 km"),
        ("What is the area of Elm?", "310 hectares", "3.1 million tonnes"),
        ("What is the height of Mount Karn?", "3,120 m", "3,120 km²"),
        ("How high is Mount Karn?", "10,236 feet", "12 acres"),
        ("How deep is Lake Vell?", "212 m", "212 kg"),
        ("What is the mass of Mora?", "31 kg", "31 km"),
        ("Wie hoch ist der Karn?", "3.120 m", "12 km²"),
        ("how many planets has mora got", "8", "1,400 km"),
        ("How many keys are on it?", "88", "125 mm"),
        ("How many people can play it?", "six", "four hours"),
        ("莫拉有几颗行星？", "8颗", "1,400公里"),
        ("榆木城有多少人口？", "91,400人", "5,120平方公里"),
        ("榆木城的面积是多少？", "5,120平方公里", "120公里"),
    ],
)
def test_a_unit_has_to_measure_what_is_asked(question: str, fits: str, does_not: str) -> None:
    asked = measures_asked(question, question_language(question, ("en", "zh", "de")))
    assert asked.fit(fits)
    assert not asked.fit(does_not)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How long is the voyage?", "12 days"),
        ("How high was the fine?", "$4 million"),
        ("What is the population density of Elm?", "120 people per km²"),
        ("What is the population growth of Elm?", "1.2%"),
        ("What area of physics did she study?", "optics"),
        ("Who led Elm in 1911?", "Ola Lind"),
        ("What is the height of Karn?", "312 verst"),
        ("What is the area of Elm?", "5,120"),
        ("How much does it weigh?", "31 stone"),
        ("How many miles is it?", "120 miles"),
        ("How many hours does it take?", "20 to 30 hours"),
        ("How much did they pay?", "$7 million"),
        ("它有几公里长？", "12公里"),
        ("走了几个小时？", "3小时"),
        ("人口密度是多少？", "每平方公里120人"),
        ("Hur mycket?", "3 km"),
        ("What percentage of the population of Elm is Norse?", "17.8%"),
        ("就业人口中的百分之多少？", "8.90%"),
    ],
)
def test_what_may_be_meant_or_is_not_known_is_left(question: str, value: str) -> None:
    assert measures_asked(question, question_language(question, ("en", "zh"))).fit(value)


def test_every_measure_of_a_property_is_known() -> None:
    assert {name for each in properties() for name in each.measure} <= {*measures(), "count"}


NORLAND = article("Norland", "Norland is a country. Its capital is Elm. It covers 5,120 km². It had 91,400 people.")
ROWS = article("Elmland", body="<p>Elmland is a country.</p>" + table("Population|12%", "Population|77,310|2020"))
MORA = article("Mora", "Mora is a planet. It was looked at often. Mora had 31 known rings in May 2020.")


def ask(question: str, marked: str, margin: float = 9.0) -> Answer:
    shelf = Shelf(NORLAND, ROWS, MORA)
    return answer(Asked(question=read_question(question, "en"), holdings=shelf, reader=Pointing(**{marked: margin})))


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("What is the population of Elm?", "5,120 km²"),
        ("What is the population of Elm?", "Elm. It covers 5,120 km²"),
        ("What is the area of Elm?", "capital is Elm. It covers 5,120 km²"),
        ("What is the area of Elm?", "5,120"),
        ("How many rings did Mora have in 1900?", "31"),
    ],
)
def test_a_value_of_something_else_or_of_another_year_is_no_answer(question: str, marked: str) -> None:
    assert ask(question, marked).verdict is Verdict.NOT_FOUND


def test_a_row_of_the_name_with_another_unit_is_passed_over() -> None:
    found = answer(
        Asked(question=read_question("population of Elmland", "en"), holdings=Shelf(ROWS), reader=RuleReader())
    )
    assert (found.verdict, found.text) == (Verdict.ANSWERED, "77,310")


@pytest.mark.parametrize(
    ("question", "title", "told", "another"),
    [
        ("What is the area of Elm?", "Norland", "It covers 5,120 km².", True),
        ("What is the area of Norland?", "Norland", "It covers 5,120 km².", False),
        ("What is the area of Elm?", "Norland", "Elm covers 12 km².", False),
        ("Who ruled Elm?", "Norland", "It was Ola.", False),
    ],
)
def test_a_pronoun_stands_for_what_the_article_is_about(question: str, title: str, told: str, another: bool) -> None:
    assert of_another(read_question(question, "en"), title, told) is another


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("Its seat is Elm. It covers 5,120 km² of land.", "seat is Elm. It covers 5,120 km²", "5,120 km²"),
        ("It covers 5,120 km² of land.", "It covers 5,120", "5,120 km²"),
        ("It covers more than 5,120 km² of land.", "more than 5,120", "more than 5,120 km²"),
        ("It covers between 10 and 20 km² of land.", "between 10 and 20", "between 10 and 20 km²"),
        ("It has 10 km². It had 20 km².", "10 km². It had 20 km²", None),
    ],
)
def test_a_quantity_is_narrowed_to_its_number_and_never_over_a_sentence(
    text: str, marked: str, whole: str | None
) -> None:
    start = text.index(marked)
    found = formed(read_question("How large is it?", "en"), text, start, start + len(marked), "en")
    assert (None if found is None else text[slice(*found)]) == whole


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("How many rings did Mora have in 1900?", "Mora had 31 known rings in May 2020.", True),
        ("1900年莫拉有多少环？", "2020年5月，莫拉有31个环。", True),
        ("How many rings did Mora have in 2020?", "Mora had 31 known rings in May 2020.", False),
        ("How many rings did Mora have in 1900?", "Mora had 31 known rings.", False),
        ("How many rings did Mora have?", "Mora had 31 known rings in May 2020.", False),
        ("Who ruled Elm in 1905?", "Ola Lind ruled from 1900 to 1911.", False),
        ("Who ruled Elm in 1905?", "Ola Lind ruled in the 1900s.", False),
    ],
)
def test_a_year_that_is_asked_for_has_to_be_the_quotations(question: str, told: str, other: bool) -> None:
    assert other_years(read_question(question, "en"), told) is other


def test_the_same_reader_is_believed_where_the_value_is_what_is_asked() -> None:
    assert ask("How many rings did Mora have in 2020?", "31").text == "31"
