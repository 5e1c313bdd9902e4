"""Claims of tables with headings."""

from __future__ import annotations

from .written import claims, columns, left, said


def test_a_row_names_the_thing_and_a_column_the_property() -> None:
    body = columns(("Town", "Population (2011)", "Area (km²)"), ("Ham", "1,200", "4.0"), ("Wick (north)", "900", "2.5"))
    found = claims(body)
    assert [(each.subject, each.property, each.value, each.unit, each.time) for each in found] == [
        ("Ham", "population", "1200", "", "2011"),
        ("Ham", "area", "4.0", "kilometre**2", ""),
        ("Wick", "population", "900", "", "2011"),
        ("Wick", "area", "2.5", "kilometre**2", ""),
    ]
    assert {each.origin for each in found} == {"table"}


def test_numbers_in_order_and_years_name_nothing() -> None:
    body = columns(
        ("No.", "Year", "Town", "Mayor"), ("1", "1990", "Ham", "Ada Brook"), ("2", "1991", "Wick", "Ben Stone")
    )
    assert said(body) == [("Ham", "head_of_government", "Ada Brook"), ("Wick", "head_of_government", "Ben Stone")]


def test_rows_that_add_up_are_left_out() -> None:
    body = columns(("Town", "Population"), ("Ham", "12"), ("Wick", "13"), ("Total", "25"), ("Total of towns", "25"))
    assert [each[0] for each in said(body)] == ["Ham", "Wick"]


def test_a_table_of_years_is_about_the_articles_thing() -> None:
    body = columns(("Year", "Population", "Mayor"), ("1990", "1,200", "Ada Brook"), ("2000", "1,300", "Ben Stone"))
    found = claims(body, title="Ham")
    assert [(each.subject, each.property, each.value, each.time) for each in found] == [
        ("", "population", "1200", "1990"),
        ("", "population", "1300", "2000"),
    ]


def test_headings_above_each_other_are_read_together() -> None:
    body = (
        '<table><tbody><tr><th rowspan="2">Town</th><th colspan="2">Population</th></tr>'
        "<tr><th>2001</th><th>2011</th></tr>"
        "<tr><td>Ham</td><td>10</td><td>12</td></tr><tr><td>Wick</td><td>20</td><td>22</td></tr></tbody></table>"
    )
    assert [(each.subject, each.value, each.time) for each in claims(body)] == [
        ("Ham", "10", "2001"),
        ("Ham", "12", "2011"),
        ("Wick", "20", "2001"),
        ("Wick", "22", "2011"),
    ]


def test_a_part_of_a_property_is_not_the_whole() -> None:
    body = (
        '<table><tbody><tr><th rowspan="2">Town</th><th colspan="2">Population</th></tr>'
        "<tr><th>Urban</th><th>Total</th></tr>"
        "<tr><td>Ham</td><td>10</td><td>12</td></tr><tr><td>Wick</td><td>20</td><td>22</td></tr></tbody></table>"
    )
    assert said(body) == [("Ham", "population", "12"), ("Wick", "population", "22")]


def test_a_cell_that_spans_rows_stands_in_each_of_them() -> None:
    body = (
        "<table><tbody><tr><th>Town</th><th>County</th><th>Population</th></tr>"
        '<tr><td>Ham</td><td rowspan="2">Brookshire</td><td>10</td></tr>'
        "<tr><td>Wick</td><td>20</td></tr></tbody></table>"
    )
    assert said(body) == [
        ("Ham", "located_in", "Brookshire"),
        ("Ham", "population", "10"),
        ("Wick", "located_in", "Brookshire"),
        ("Wick", "population", "20"),
    ]


def test_names_that_come_twice_name_no_row() -> None:
    body = columns(("Town", "Population"), ("Ham", "10"), ("Ham", "20"), ("Ham", "30"), ("Wick", "40"))
    assert said(body) == []
    assert left(body)["table", "", "no-subject"] == 1


def test_a_table_without_a_property_gives_nothing() -> None:
    assert said(columns(("Game", "Score"), ("Ham – Wick", "2:1"), ("Wick – Ham", "0:0"))) == []


def test_spans_beyond_all_measure_are_cut() -> None:
    wide = (
        '<table><tbody><tr><th colspan="9999999">Town</th></tr><tr><td rowspan="99999999">Ham</td></tr></tbody></table>'
    )
    assert said(wide) == []


def test_amounts_are_of_the_nearest_year_before_them() -> None:
    heads = ("Year", "Population", "Year", "Population")
    body = columns(heads, ("1990", "1,200", "2000", "1,300"), ("1995", "1,250", "2005", "1,350"))
    assert [(each.value, each.time) for each in claims(body)] == [
        ("1200", "1990"),
        ("1300", "2000"),
        ("1250", "1995"),
        ("1350", "2005"),
    ]


def test_sorts_of_people_are_no_things_that_have_a_population() -> None:
    assert said(columns(("Nationality", "Population"), ("Elmish", "12"), ("Wickish", "13"))) == []


def test_a_second_table_beside_the_first_is_not_read_as_the_firsts() -> None:
    heads = ("", "Town", "Population", "", "Town", "Population")
    body = columns(heads, ("1", "Ham", "1,200", "3", "Wold", "700"), ("2", "Wick", "900", "4", "Eaves", "600"))
    assert said(body) == [("Ham", "population", "1200"), ("Wick", "population", "900")]


def test_an_area_around_a_town_is_not_the_town() -> None:
    assert said(columns(("Metropolitan Area", "Population"), ("Ham", "1,200"), ("Wick", "900"))) == []


def test_a_row_that_is_but_planned_is_left_out() -> None:
    rows = [
        (name, f"{number}2 ha") for number, name in enumerate(("Ham", "Wick (planned)", "Wold", "Eaves", "Kerr"), 1)
    ]
    assert [each[0] for each in said(columns(("Park", "Area"), *rows))] == ["Ham", "Wold", "Eaves", "Kerr"]
