"""Cells that answer: rows, columns, lists, and what is no answer."""

from __future__ import annotations

from galactica.ask.group.tables import cells_for, rows_of_article
from galactica.ask.holdings import Page
from galactica.ask.named import keys_of
from galactica.ask.sought import sought
from tests.ask.group.pretended import Shelf, article

RACES = (
    "<p>Races were held in Elmland.</p><h2>Winners</h2><table><tr><th>Year</th><th>Winner</th><th>Time</th></tr>"
    "<tr><td>1990</td><td>Ann Lee</td><td>2:11</td></tr><tr><td>1991</td><td>Bob Ray</td><td>2:09</td></tr></table>"
    "<h2>Facts</h2><ul><li>Founded: 1889</li><li>Length: 42 km</li></ul>"
)


def page(body: str = RACES, title: str = "Elmland race", language: str = "en") -> Page:
    shelf = Shelf(article(title, body=body, language=language))
    place = shelf.titled(title)
    assert place is not None
    found = shelf.page(*place)
    assert found is not None
    return found


def answers(question: str, on: Page | None = None, language: str = "en") -> list[str]:
    on = on or page()
    cells = cells_for(on, sought(question, language), frozenset(keys_of(question, language)))
    return [on.text[cell.start : cell.end] for cell in cells]


def test_rows_are_lines_and_cells_are_spans():
    on = page()
    rows = list(rows_of_article(on))
    assert [[on.text[a:b] for a, b in row.cells] for row in rows[:3]] == [
        ["Year", "Winner", "Time"],
        ["1990", "Ann Lee", "2:11"],
        ["1991", "Bob Ray", "2:09"],
    ]
    assert rows[2].head == ("Year", "Winner", "Time")
    assert rows[2].above == "Winners"


def test_the_row_and_the_column_meet():
    assert answers("Who was the winner of the Elmland race in 1991?")[0] == "Bob Ray"
    assert answers("What was the time of the winner of the Elmland race in 1990?")[0] in ("2:11", "Ann Lee")


def test_a_line_of_a_list_is_a_row_of_two_cells():
    assert answers("When was the Elmland race founded?") == ["1889"]
    assert answers("What is the length of the Elmland race?") == ["42 km"]


def test_a_number_is_not_answered_with_words_nor_a_person_with_a_number():
    body = "<table><tr><th>Fact</th><th>Value</th></tr><tr><td>Population</td><td>unknown</td></tr></table>"
    assert answers("How many is the population of Elmland?", page(body, "Elmland")) == []
    body = "<table><tr><th>Fact</th><th>Value</th></tr><tr><td>Mayor</td><td>1990</td></tr></table>"
    assert answers("Who is the mayor of Elmland?", page(body, "Elmland")) == []


def test_what_only_the_title_names_is_no_answer():
    assert answers("What is an Elmland race?") == []


def test_chinese_tables_are_read_by_their_letters():
    body = "<table><tr><th>项目</th><th>数值</th></tr><tr><th>人口</th><td>1200万</td></tr></table>"
    assert answers("波兰的人口是多少？", page(body, "波兰", "zh"), "zh") == ["1200万"]


def test_endless_tables_are_read_only_so_far():
    body = "<table>" + "<tr><td>Population</td><td>1</td></tr>" * 5000 + "</table>"
    assert len(list(rows_of_article(page(body)))) == 2000
    wide = "<table><tr>" + "<td>Population</td>" * 500 + "</tr></table>"
    assert all(len(row.cells) <= 30 for row in rows_of_article(page(wide)))
