"""Whether a question singles out the row in which a reader has marked something."""

from __future__ import annotations

import pytest

from galactica.ask.question import read_question
from galactica.ask.sought import question_language
from galactica.ask.tabular.singled import guessed_among_rows

from ..group.pretended import Shelf, article

HEADS = "<tr><th>Name</th><th>Age</th><th>Village</th><th>Trade</th></tr>"
ROWS = (
    "<tr><td>Awa Ndiaye</td><td>34</td><td>Pire</td><td>weaver</td></tr>"
    "<tr><td>Modou Fall</td><td>61</td><td>Kelle</td><td>smith</td></tr>"
    "<tr><td>Fatou Sarr</td><td>19</td><td>Pire</td><td></td></tr>"
)


def guessed(question: str, marked: str, *, heads: str = HEADS, rows: str = ROWS) -> bool:
    shelf = Shelf(article("Patients", body=f"<table>{heads}{rows}</table>"))
    place = shelf.titled("Patients")
    page = shelf.page(*place) if place is not None else None
    assert page is not None
    start = page.text.index(marked)
    known = read_question(question, question_language(question, shelf.languages))
    return guessed_among_rows(known, page, start, start + len(marked))


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("Who is the oldest?", "Awa Ndiaye"),
        ("Quelle est la personne la plus âgée ?", "Fatou Sarr"),
        ("Qual è la persona più anziana?", "Awa Ndiaye"),  # of no language whose words are known here
        ("Which patient is from Pire?", "Awa Ndiaye"),  # two are
        ("How many patients are from Kelle?", "61"),  # that is an age
        ("Who is older than Modou Fall?", "Modou Fall"),
        ("What is the trade of Fatou Sarr?", "19"),  # nothing is said of it
    ],
)
def test_a_row_that_is_not_singled_out_is_a_guess(question, marked):
    assert guessed(question, marked)


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("How old is Modou Fall?", "61"),
        ("Which patient is from Kelle?", "Modou Fall"),
        ("Where does Awa Ndiaye live?", "Pire"),
        ("Who is the smith?", "Modou Fall"),
    ],
)
def test_a_row_that_is_singled_out_is_none(question, marked):
    assert not guessed(question, marked)


STOCK = "<tr><th>Item</th><th>Stock</th><th>Price</th></tr>"
ITEMS = (
    "<tr><td>Sugar</td><td>800 g</td><td>1.20</td></tr>"
    "<tr><td>Salt</td><td>5 kg</td><td>2.50</td></tr>"
    "<tr><td>Rice</td><td></td><td>30</td></tr>"
)


@pytest.mark.parametrize(
    ("question", "marked", "guess"),
    [
        ("How much sugar is there?", "1.20", True),  # what it costs
        ("How much sugar is in stock?", "800", False),
        ("How much does sugar cost?", "1.20", False),
        ("How much rice is there?", "30", False),  # the only amount of its row
    ],
)
def test_an_amount_of_a_row_with_several_is_a_guess_where_no_column_is_asked_for(question, marked, guess):
    assert guessed(question, marked, heads=STOCK, rows=ITEMS) is guess


def test_a_row_that_says_itself_that_it_is_the_most_is_none():
    rows = "<tr><td>Largest city</td><td>Rome</td></tr><tr><td>Capital</td><td>Oslo</td></tr>" * 2
    assert not guessed("Which is the largest city?", "Rome", heads="<tr><th>What</th><th>Where</th></tr>", rows=rows)


def test_a_table_without_heads_is_left_to_the_reader():
    assert not guessed("Who is the oldest?", "Awa Ndiaye", heads="")
