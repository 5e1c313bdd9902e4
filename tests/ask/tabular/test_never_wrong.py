"""Tables whose most would be told wrongly, were each number taken for what it looks like."""

from __future__ import annotations

import pytest

from galactica.model import Verdict

from .test_told import ask, sheet

TABLES = {
    "towns": "Town;Region;Inhabitants\nDakar;Dakar;900\nPikine;Dakar;800\nTotal Dakar;;1700\nThies;Thies;300",
    "temples": "Building;Year\nTemple;753 BC\nForum;509 BC\nArch;27 BC",
    "pupils": "Student;Year;Mark\nAnn;1;12\nBob;2;15\nCid;3;9",
    "joined": "Student;Year\nAnn;2019\nBob;2021\nCid;2020",
    "goods": "Item;Price;Currency\nLamp;100;USD\nRadio;5000;XOF\nDrill;80;EUR",
    "store": "Product;Quantity;Unit\nRice;500;g\nOil;2;kg\nSalt;30;g",
    "millions": "Town;Population (thousands)\nA;900\nB;1.2 million\nC;300",
    "produits": "Produit;Poids\nRiz;1.250\nMil;3.100\nSucre;5",
    "samples": "Sample;Lead\nA;>100\nB;2\nC;3\nD;4\nE;5\nF;6",
    "ranges": "Sample;Lead\nA;50-60\nB;2\nC;3\nD;4\nE;5\nF;6",
    "accounts": "Client;Balance\nAnn;(500)\nBob;120\nCid;30\nDan;40\nEve;50\nFay;60",
}
PRICES = "Medicine;Price\nQuinine;12.40\nZinc;0.35\nFolic;2.05"


@pytest.mark.parametrize(
    ("table", "question"),
    [
        ("towns", "Which town has the most inhabitants?"),
        ("temples", "Which building is the oldest?"),
        ("pupils", "Who is the oldest student?"),
        ("joined", "Which student is the oldest?"),
        ("goods", "Which item is the most expensive?"),
        ("goods", "What is the highest price?"),
        ("store", "Which product has the largest quantity?"),
        ("millions", "Which town has the largest population?"),
        ("produits", "Quel produit a le plus grand poids ?"),
        ("samples", "Which sample has the highest lead?"),
        ("ranges", "Which sample has the highest lead?"),
        ("accounts", "Which client has the lowest balance?"),
    ],
)
def test_a_most_that_may_be_wrong_is_not_told(table, question):
    assert ask(question, sheet(table, TABLES[table])).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("table", "question", "text"),
    [
        ("Building;Year\nTemple;1753\nForum;1509\nArch;1927", "Which building is the oldest?", "Forum"),
        ("Student;Age\nAnn;12\nBob;15\nCid;13", "Who is the oldest student?", "Bob"),
        ("Item;Price;Currency\nLamp;100;EUR\nRadio;5000;EUR\nDrill;80;EUR", "Which item is the cheapest?", "Drill"),
        ("Sample;Lead\nA;much\nB;2\nC;3\nD;4\nE;5\nF;6", "Which sample has the highest lead?", "F"),
        ("Stadt;Einwohner\nAlt;1.234\nNeu;900\nHof;40", "Welche Stadt hat die meisten Einwohner?", "Alt"),
        ("Produit;Poids\nRiz;1,250\nMil;3,1\nSucre;5", "Quel produit a le plus grand poids ?", "Sucre"),
    ],
)
def test_tables_like_these_that_can_be_compared_are(table, question, text):
    assert ask(question, sheet("a table", table)).text == text


@pytest.mark.parametrize(
    "question",
    [
        "How much is the cheapest medicine?",
        "How much does the most expensive medicine cost?",
        "What is the price of the cheapest medicine?",
    ],
)
def test_a_name_is_no_answer_to_how_much(question):
    assert ask(question, sheet("medicines", PRICES)).verdict is Verdict.NOT_FOUND
