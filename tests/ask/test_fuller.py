"""Somebody is called by the whole name of the article about them, and nothing else is made longer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.confidence import calibration
from galactica.ask.fuller import fuller
from galactica.ask.holdings import Page
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.model import Article

from .group.pretended import ROOT, Shelf, article

PAINTER = article(
    "Ida van Berg", "Ida van Berg (3 May 1871 – 9 June 1940) was a painter. The Green Wall was painted by Berg."
)
LIVING = article("Ola Lind (painter)", "Ola Lind (born 5 December 1949) is a painter.")
LAKE = article("Lake Victoria", "Lake Victoria (also called Nalubaale) is a lake.")
BATTLE = article("Battle of Holm", "The Battle of Holm (12–25 August 1920) was fought in 1920.")
TWIN = article("Ida of Holm", "Ida of Holm (1410–1444) was a queen.")
MOULD = article(
    "Mould", "A mould was seen by the doctor Ola Lind. Lind grew it. Later Dr Lind and his brother, Per Berg, left."
)
TWO = article("Paint", "It was made by Ida Berg, and sold by Per Berg. Berg became rich.")
WHO = "Who painted the Green Wall?"


def page(of: Article) -> Page:
    shelf = Shelf(of)
    found = shelf.page(ROOT, of.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("of", "text", "said"),
    [
        (PAINTER, "Berg", "Ida van Berg"),
        (PAINTER, "van Berg", "Ida van Berg"),
        (PAINTER, "Ida van Berg", "Ida van Berg"),
        (PAINTER, "Ida", "Ida"),  # no last name
        (PAINTER, "Otto Berg", "Otto Berg"),  # somebody else
        (LIVING, "Lind", "Ola Lind"),
        (MOULD, "Lind", "Ola Lind"),  # as its article gives the name
        (MOULD, "Ola", "Ola"),
        (TWO, "Berg", "Berg"),  # either
        (LAKE, "Victoria", "Victoria"),  # an article about no person
        (BATTLE, "Holm", "Holm"),
        (TWIN, "Holm", "Holm"),
    ],
)
def test_a_part_of_a_name_becomes_the_name_of_the_persons_own_article(of: Article, text: str, said: str) -> None:
    assert fuller(text, page(of), read_question(WHO, "en")) == said


def test_only_where_a_person_is_asked_for() -> None:
    assert fuller("Berg", page(PAINTER), read_question("What is the Green Wall?", "en")) == "Berg"


def test_the_answer_has_the_whole_name_and_its_quotation_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lenient = replace(calibration(), probably=0.2)
    monkeypatch.setattr("galactica.ask.deciding.calibration", lambda: lenient)
    found = answer(Asked(question=read_question(WHO, "en"), holdings=Shelf(PAINTER), reader=RuleReader()))
    assert found.text == "Ida van Berg"
    citation = found.statements[0].citations[0]
    assert citation.quote[slice(*citation.mark)] == "Berg"
