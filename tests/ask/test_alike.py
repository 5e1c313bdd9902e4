"""What one sentence says of a place in two ways is one answer, and an article's own thing is nobody else."""

from __future__ import annotations

import pytest

from galactica.ask.alike import put_together
from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.marking import marks_worth_reading
from galactica.ask.question import read_question
from galactica.model import Article

from .group.pretended import Pointing, Shelf, article

ISLES = article("Isles", "The Isles are rocks in the northern Vara channel, about 160 km west of Sund.")
LIFE = article("Ada Thorn", "Augusta Ada Reed, Countess of Thorn, was a writer. Karl Reed was the father of Ada Thorn.")


def ask(question: str, reader: Pointing, *articles: Article) -> Asked:
    return Asked(question=read_question(question, "en"), holdings=Shelf(*articles), reader=reader)


@pytest.mark.parametrize(("places", "number"), [(True, 1), (False, 2)])
def test_two_places_beside_each_other_are_one_answer(places: bool, number: int) -> None:
    asked = ask("where are the isles", Pointing(northern_Vara_channel=6.0, about_160_km_west_of_Sund=5.0), ISLES)
    marked = marks_worth_reading(asked, worth_reading(asked, searched_for(asked)))
    assert len(put_together(marked, places=places)) == number


def test_who_somebody_is_to_the_thing_is_not_the_thing() -> None:
    reader = Pointing(Augusta_Ada_Reed=6.0, Karl_Reed=5.0)
    assert answer(ask("who was the father of ada thorn", reader, LIFE)).text == "Karl Reed"
