"""Answers over all rows of a table."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.question import read_question
from galactica.ask.sought import question_language
from galactica.model import Answer, Verdict

from ..group.pretended import Pointing, Shelf, article

TOWNS = """Ville;Région;Habitants;Altitude
Dakar;Dakar;1 146 053;22 m
Thiès;Thiès;317 763;70 m
Podor;Saint-Louis;11 869;8 m
Mbour;Thiès;232 777;
Kédougou;Kédougou;30 051;178 m
Total;;1 738 513;"""
STOCK = """Medicine;Price (EUR);Stock;Expiry
Quinine;12.40;45;2028-01-31
Zinc;0.35;0;2026-12-24
Folic acid;0.35;480;2028-09-12
Ibuprofen;2.05;0;2027-01-05"""
GOODS = "商品;价格（元）;库存;产地\n龙井茶;268;42;杭州\n陈醋;15.5;130;太原\n豆瓣酱;22;0;成都\n花椒;60;75;成都"


def sheet(title: str, text: str):
    first, *rows = [line.split(";") for line in text.splitlines()]
    head = "".join(f"<th>{cell}</th>" for cell in first)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return article(
        title,
        body=f'<table id="sheet:{title}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>',
        language="und",
    )


def ask(question: str, *pages) -> Answer:
    shelf = Shelf(*pages)
    return answer(
        Asked(
            question=read_question(question, question_language(question, shelf.languages)),
            holdings=shelf,
            reader=Pointing(),
        )
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Quelle ville a le plus d'habitants ?", "Dakar"),
        ("Quelle ville a le moins d'habitants ?", "Podor"),
        ("Quelle est la plus grande ville ?", "Dakar"),
        ("Quelle est la ville la plus haute ?", "Kédougou"),
        ("Quelle est la ville la plus peuplée de la région de Thies ?", "Thiès"),
        ("Combien de villes sont dans la région de Thies ?", "2"),
        ("Quelles villes sont dans la région de Thiès ?", "Thiès, Mbour"),
    ],
)
def test_a_table_of_towns_is_asked(question, text):
    assert ask(question, sheet("villes", TOWNS)).text == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which medicine is the most expensive?", "Quinine"),
        ("What is the cheapest medicine?", "Zinc, Folic acid"),
        ("What is the highest price?", "12.40"),
        ("Which medicine expires first?", "Zinc"),
        ("Which medicines are out of stock?", "Zinc, Ibuprofen"),
        ("How many medicines are out of stock?", "2"),
    ],
)
def test_a_stock_is_asked(question, text):
    assert ask(question, sheet("medicines", STOCK)).text == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("哪种商品最贵？", "龙井茶"),
        ("哪个商品库存最多？", "陈醋"),
        ("哪些商品缺货？", "豆瓣酱"),
        ("产地是成都的商品有几种？", "2"),
        ("花椒的产地是哪里？", "成都"),
        ("豆瓣酱的价钱是多少？", "22"),
    ],
)
def test_a_table_in_chinese_is_asked(question, text):
    assert ask(question, sheet("商店", GOODS)).text == text


@pytest.mark.parametrize(
    "question",
    [
        "Quelle ville a le plus de mosquées ?",
        "Quelle région a le plus d'habitants ?",
        "Quelle ville a plus d'habitants que Podor ?",
        "Quelle est la deuxième plus grande ville ?",
        "Combien d'habitants y a-t-il en tout ?",
        "Combien de villes ne sont pas dans la région de Thiès ?",
    ],
)
def test_what_is_not_understood_whole_is_not_answered(question):
    assert ask(question, sheet("villes", TOWNS)).verdict is Verdict.NOT_FOUND


def test_rows_and_empty_cells_are_told_with_the_row_that_is_quoted():
    found = ask("Quelle est la ville la plus haute ?", sheet("villes", TOWNS))
    assert [str(note) for note in found.notes] == [
        "Taken over the 5 rows of the table “villes”.",
        "Compared by “Altitude”.",
        "Left out, because their cell is empty: 1; because it cannot be compared: 0.",
    ]
    (value,) = found.values
    assert (value.of, value.value) == ("Kédougou", "178 m")
    assert "30 051" in value.citations[0].quote


def test_a_column_of_mixed_money_and_one_of_unread_cells_have_no_most():
    mixed = "Culture;Dépense;Dose\nMil;45 000 FCFA;one\nMaïs;75 $;5\nNiébé;18 000 FCFA;7"
    for question in ("Quelle culture a la plus grande dépense ?", "Quelle culture a la plus grande dose ?"):
        assert ask(question, sheet("recoltes", mixed)).verdict is Verdict.NOT_FOUND


def test_a_row_that_sums_up_the_others_is_not_the_most_under_another_name():
    budget = "Poste;Montant\nSalaires;12500\nLoyer;4000\nEau;1500\nTout;18000"
    assert ask("Quel poste a le plus grand montant ?", sheet("budget", budget)).verdict is Verdict.NOT_FOUND


def test_a_density_is_no_population():
    dense = "City;Population density\nAlton;1250\nBerry;900\nCorby;300"
    assert ask("Which city has the largest population?", sheet("cities", dense)).verdict is Verdict.NOT_FOUND


def test_a_cell_with_several_values_makes_a_count_unsure():
    visits = "Patient;Village\nAwa;Pire\nModou;Pire, Kelle\nFatou;Kelle"
    assert ask("How many patients are from Pire?", sheet("visits", visits)).verdict is Verdict.NOT_FOUND


def test_a_part_of_a_sheet_and_two_tables_that_differ_say_nothing():
    question = "Quelle ville a le plus d'habitants ?"
    assert ask(question, sheet("villes (1–7)", TOWNS)).verdict is Verdict.NOT_FOUND
    other = sheet("autres", "Ville;Habitants\nRome;9\nOslo;7\nPau;1")
    assert ask(question, sheet("villes", TOWNS), other).verdict is Verdict.NOT_FOUND


def test_a_table_of_an_article_answers_only_what_has_its_heading():
    rows = "<tr><td>Váh</td><td>403</td></tr><tr><td>Hron</td><td>298</td></tr><tr><td>Nitra</td><td>197</td></tr>"
    body = f"<p>Rivers.</p><table><tr><th>River</th><th>Length</th></tr>{rows}</table>"
    assert ask("Which river is the longest?", article("Rivers of Slovakia", body=body)).verdict is Verdict.NOT_FOUND
    assert ask("Which river is the longest?", article("River", body=body)).text == "Váh"


@pytest.mark.parametrize("question", ["", "?", "most", "Which", "最", "largest " * 60, "\x00 most \ud800"])
def test_anything_that_can_be_typed_is_borne(question):
    ask(question, sheet("medicines", STOCK))
