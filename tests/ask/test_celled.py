"""A cell of a table, by its row and its column."""

from __future__ import annotations

import pytest

from galactica.ask.asked import Asked
from galactica.ask.celled import MOST_WORDS, cells_asked
from galactica.ask.question import read_question
from galactica.ask.sought import question_language

from .group.pretended import Pointing, Shelf, article

HEADS = "<tr><th>Medicine</th><th>Adult dose</th><th>Price (EUR)</th><th>Stock</th></tr>"
ROWS = (
    "<tr><td>Paracetamol</td><td>500 mg every 6 hours</td><td>1250.50</td><td>340</td></tr>"
    "<tr><td>Quinine</td><td>600 mg every 8 hours</td><td></td><td>45</td></tr>"
)
STOCK = article("Medicines", body=f"<table>{HEADS}{ROWS}</table>")
FRENCH = article(
    "Médicaments",
    body="<table><tr><th>Médicament</th><th>Dose adulte</th><th>Prix</th></tr>"
    "<tr><td>Amoxicilline</td><td>1 g deux fois par jour</td><td>2500</td></tr></table>",
    language="fr",
)


def cells(question: str, *pages) -> list[str]:
    shelf = Shelf(*(pages or (STOCK,)))
    asked = Asked(
        question=read_question(question, question_language(question, shelf.languages)),
        holdings=shelf,
        reader=Pointing(),
    )
    found = cells_asked(asked, shelf.passages(question, limit=20))
    return [one.hit.text[one.start - one.hit.start : one.end - one.hit.start] for one in found]


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("How much quinine is in stock?", "45"),
        ("quinine stock", "45"),
        ("price of Paracetamol", "1250.50"),
        ("What is the adult dose of paracetamol?", "500 mg every 6 hours"),
        ("dose of paracetamol", "500 mg every 6 hours"),
    ],
)
def test_a_cell_is_told_by_its_row_and_column(question, cell):
    assert cells(question) == [cell]


def test_an_apostrophe_before_a_row_changes_nothing():
    assert cells("Quel est le prix de l'amoxicilline ?", FRENCH) == ["2500"]


@pytest.mark.parametrize(
    "question",
    [
        "price of aspirin",  # no such row
        "How many children take quinine in stock?",  # more is asked
        "price of quinine",  # the cell is empty
        "Paracetamol",
        "stock",
        "medicine",
        "",
        "stock " + "quinine and more words " * MOST_WORDS,
    ],
)
def test_anything_else_tells_nothing(question):
    assert cells(question) == []


def test_two_columns_that_are_as_well_asked_for_tell_nothing():
    heads = HEADS.replace("Price (EUR)", "Child dose")
    assert cells("dose of quinine", article("Doses", body=f"<table>{heads}{ROWS}</table>")) == []


def test_the_noun_of_a_column_has_to_be_asked_for():
    rows = "<tr><td>Alton</td><td>1200</td></tr>"
    dense = article("Towns", body=f"<table><tr><th>Town</th><th>Population density</th></tr>{rows}</table>")
    assert cells("population of Alton", dense) == []
    assert cells("density of Alton", dense) == ["1200"]
    french = article("Villes", body=f"<table><tr><th>Ville</th><th>Densité de population</th></tr>{rows}</table>")
    assert cells("Quelle est la population d'Alton ?", french) == []
    assert cells("Quelle est la densité d'Alton ?", french) == ["1200"]


def test_two_tables_that_say_different_things_tell_nothing():
    other = article("Older list", body=f"<table>{HEADS}{ROWS.replace('45', '44')}</table>")
    assert cells("quinine stock", STOCK, other) == []
    assert cells("quinine stock", STOCK, article("Copy", body=f"<table>{HEADS}{ROWS}</table>")) == ["45"]
