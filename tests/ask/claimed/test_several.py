"""Answers put together of several claims, and yes or no by what claims say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from galactica import library as made
from galactica.library import Library, open_library
from galactica.model import Verdict
from tests.ask.claimed.shelf import row
from tests.joining.making import built


def told(title: str, *rows: tuple[str, str]) -> dict[str, object]:
    table = "".join(row(*each) for each in rows)
    body = f"<p>{title} is a place in the north.</p><table>{table}</table>"
    return {"path": title, "title": title, "body": body, "language": "en"}


PLACES = [
    told("Poland", ("Capital", "Holm"), ("Population", "812,300"), ("Border countries", "Germany; Spain")),
    told("Germany", ("Capital", "Ask"), ("Population", "2,104,500"), ("Border countries", "Poland")),
    told("Spain", ("Capital", "Malm"), ("Population", "95,200"), ("Border countries", "Poland; Nowhere")),
    told("Iceland", ("Capital", "Vik"), ("Total land boundaries", "0 km")),
    told("Holm", ("Population", "41,000")),
    told("Capital"),
    told("Ask", ("Population", "52,000")),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    edition = built(tmp_path_factory.mktemp("places"), almanac=PLACES)
    edition.close()
    for stage in ("claims", "topics", "properties"):
        made.join(edition.path, only=stage)
    with open_library([edition.path]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What are the capitals of Poland and Germany?", "Holm; Ask"),
        ("What are the capitals of Spain, Poland and Germany?", "Malm; Holm; Ask"),
        ("What is the capital of Poland and Germany?", "Holm; Ask"),
        ("What is the population of the capital of Poland?", "41,000"),
        ("Does Poland border Spain?", "Yes"),
        ("Does Germany border Spain?", "No"),
        ("Is Holm the capital of Poland?", "Yes"),
        ("Is Ask the capital of Poland?", "No"),
        ("How many countries does Iceland border?", "0"),
    ],
)
def test_a_question_is_answered_whose_every_word_is_understood(places: Library, question: str, text: str) -> None:
    found = places.ask(question, reader="rules")
    assert found.verdict is not Verdict.NOT_FOUND
    assert found.text == text
    assert found.values
    assert all(each.citations for each in found.values)


@pytest.mark.parametrize(
    "question",
    [
        "What are the capitals of Poland and Atlantis?",
        "What are the capitals of Poland or Germany?",
        "What were the capitals of Poland and Germany in wars?",
        "What is the population of the oldest town of Poland?",
        "What is the population of the capital of Spain?",
        "Is Krakow the capital of Poland?",
        "Is Holm the capital of Spain?",
        "Does Spain border Iceland?",
        "Does Poland not border Spain?",
        "Does Poland border Spain and Germany?",
        "Is Poland the capital?",
    ],
)
def test_what_is_not_known_or_not_understood_is_neither_so_nor_not(places: Library, question: str) -> None:
    found = places.ask(question, reader="rules")
    assert found.text not in ("Yes", "No")
    assert not found.values


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Was ist die Hauptstadt von Polen?", "Holm"),
        ("Wie heißt die Hauptstadt Deutschlands?", "Ask"),
        ("Wie lauten die Hauptstädte von Polen und Deutschland?", "Holm; Ask"),
        ("Grenzt Deutschland an Polen?", "Ja"),
        ("Welches Land hat mehr Einwohner, Polen oder Deutschland?", "Deutschland"),
        ("Какая столица Польши?", "Holm"),
        ("какая столица польши?", "Holm"),
        ("Граничит ли Германия с Польшей?", "Да"),
        ("Какое население в столице Польши?", "41,000"),
        ("Где больше населения: в Польше или в Германии?", "Германии"),
        ("波兰的首都是哪里？", "Holm"),
        ("波兰和德国的首都是什么？", "Holm; Ask"),
        ("德国和波兰接壤吗？", "是"),
    ],
)
def test_a_country_is_known_by_its_name_in_the_language_of_the_question(
    places: Library, question: str, text: str
) -> None:
    pytest.importorskip("babel")
    found = places.ask(question, reader="rules")
    assert found.verdict is not Verdict.NOT_FOUND
    assert found.text == text
