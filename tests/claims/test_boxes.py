"""Claims of infoboxes."""

from __future__ import annotations

import pytest

from galactica.model.claim import said_outright

from .written import box, claims, columns, left, said


def test_a_row_says_of_the_articles_thing_what_its_name_is_called() -> None:
    found = claims(box(("Capital", "Brookham"), ("Population (2019)", "1,234,567"), ("Colour", "green")))
    assert [(each.property, each.value, each.time) for each in found] == [
        ("capital", "Brookham", ""),
        ("population", "1234567", "2019"),
    ]
    assert {each.origin for each in found} == {"infobox"}
    assert {each.subject for each in found} == {""}


def test_a_row_below_a_heading_is_named_by_both() -> None:
    body = (
        '<table><tbody><tr><th colspan="2">Area</th></tr><tr><th>• Total</th><td>12 km2</td></tr>'
        "<tr><th>• Land</th><td>10 km2</td></tr><tr><th>• Rank</th><td>5 km2</td></tr>"
        '<tr><th colspan="2">Population (2011)</th></tr><tr><th>• Total</th><td>400</td></tr>'
        "<tr><th>• Urban</th><td>300</td></tr><tr><th>• Density</th><td>33/km2</td></tr></tbody></table>"
    )
    assert said(body) == [
        ("", "area", "12 kilometre**2"),
        ("", "land_area", "10 kilometre**2"),
        ("", "population", "400"),
        ("", "population_density", "33 /km2"),
    ]
    assert [each.time for each in claims(body)] == ["", "", "2011", "2011"]


def test_a_unit_may_stand_in_the_name() -> None:
    assert said(box(("Area (km²)", "12.50"), ("Population density (km²)", "33"))) == [
        ("", "area", "12.50 kilometre**2"),
        ("", "population_density", "33 /km2"),
    ]


def test_a_row_may_say_of_which_time_another_is() -> None:
    found = claims(box(("Population total", "1234"), ("Population as of", "2011")))
    assert [(each.value, each.time) for each in found] == [("1234", "2011")]


def test_birth_gives_a_date_and_a_place() -> None:
    body = box(("Born", "Ada Mary Brook\n5 May 1813\nHam, England"), ("Died", "1 March 1870 (aged 56), Ham"))
    assert [each for each in said(body) if each[1].startswith("date")] == [
        ("", "date_of_birth", "1813-05-05"),
        ("", "date_of_death", "1870-03-01"),
    ]
    assert ("", "place_of_death", "Ham") in said(body)


def test_what_a_person_has_not_is_somebody_elses() -> None:
    body = box(("Born", "5 May 1813"), ("Prime Minister", "Ben Stone"), ("State", "Ohio"))
    assert said(body) == [("", "date_of_birth", "1813-05-05")]
    assert left(body)["infobox", "head_of_government", "another-thing"] == 1


def test_a_director_needs_a_film() -> None:
    assert said(box(("Director", "Ada Brook"), ("Opened", "1990"))) == [("", "opened", "1990")]
    assert ("", "director", "Ada Brook") in said(box(("Director", "Ada Brook"), ("Running time", "90 minutes")))


def test_a_second_box_counts_only_under_the_articles_name() -> None:
    other = box(("Capital", "Elsewhere"), caption="Another land")
    same = box(("Currency", "Brook"), caption="Brookland")
    assert said(box(("Capital", "Brookham"), caption="The Land of Brooks") + "\n" + other + "\n" + same) == [
        ("", "capital", "Brookham"),
        ("", "currency", "Brook"),
    ]


def test_below_headings_a_property_must_stand_in_one_box_alone() -> None:
    body = (
        "<h2>Model A</h2>\n"
        + box(("Length", "4 m"), ("Width", "1 m"))
        + "\n<h2>Model B</h2>\n"
        + box(("Length", "5 m"), ("Mass", "9 kg"), ("Top speed", "9 km/h"))
    )
    assert said(body) == [
        ("", "width", "1 metre"),
        ("", "mass", "9 kilogram"),
        ("", "speed", "9 km/h"),
    ]


@pytest.mark.parametrize(
    ("name", "cell", "reason"),
    [
        ("Population", "many", "empty"),
        ("Population", "12–14", "words-behind"),
        ("Population", "12 (men), 14 (women)", "several-numbers"),
        ("Population", "1.5", "no-whole-number"),
        ("Area", "12", "no-unit"),
        ("Area", "12 kg", "no-unit"),
        ("Founded", "before 1990", "words-before"),
        ("Founded", "1990–1995", "several-dates"),
        ("Founded", "31 February 1990", "no-such-date"),
        ("Capital", "The seat moves. It was Ham until 1990.", "no-name"),
        ("Coordinates", "north", "no-place"),
        ("Coordinates", "95°N 10°E", "no-place"),
        ("Website", "none of ours", "no-address"),
        ("Occupation", "agriculture 85%, industry 15%", "no-name"),
    ],
)
def test_what_is_not_understood_is_counted_and_not_guessed(name: str, cell: str, reason: str) -> None:
    body = box((name, cell))
    assert said(body) == []
    assert [key[2] for key in left(body)] in ([reason], ["several-numbers"], ["number-behind"], ["words-behind"])


def test_what_is_about_so_much_planned_or_disputed_is_no_plain_claim() -> None:
    cells = ("about 500", "over 500", "500 (planned)", "500+")
    for cell in cells:
        (claim,) = claims(box(("Population", cell)))
        assert not said_outright(claim), cell
    (plain,) = claims(box(("Population", "500 (2011 census)")))
    assert said_outright(plain)
    assert plain.time == "2011"


def test_names_are_parted_outside_of_links_and_lose_their_notes() -> None:
    body = (
        "<table><tbody><tr><th>Occupation</th><td>writer, painter, cook, song and dance</td></tr><tr><th>Award</th><td>"
        '<a href="./A">Prize of Arts, Letters</a> (1990), <a href="./B">Brook Medal</a> (1991–93)</td></tr>'
        "<tr><th>Currency</th><td>Brook<sup>d</sup></td></tr></tbody></table>"
    )
    found = claims(body)
    assert [(each.value, each.time) for each in found] == [
        ("writer", ""),
        ("painter", ""),
        ("cook", ""),
        ("Prize of Arts, Letters", "1990"),
        ("Brook Medal", "1991/1993"),
        ("Brook", ""),
    ]


def test_a_cell_with_a_table_inside_is_left_alone() -> None:
    inner = "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    rows = f"<tr><th>Capital</th><td>Ham {inner}</td></tr><tr><th>Area</th><td>2 km2</td></tr>"
    body = f"<table><tbody>{rows}</tbody></table>"
    assert said(body) == [("", "area", "2 kilometre**2")]


def test_a_table_with_headings_is_no_box() -> None:
    assert {each[0] for each in said(columns(("Town", "Population"), ("Ham", "12"), ("Wick", "13")))} == {"Ham", "Wick"}


def test_and_parts_whole_names_alone() -> None:
    assert said(box(("Founders", "Ada Brook and Ben Stone"))) == [
        ("", "founder", "Ada Brook"),
        ("", "founder", "Ben Stone"),
    ]
    assert said(box(("Founders", "Ada and Ben Brook"))) == []
    assert said(box(("Genre", "Jump, rhythm and blues"))) == [("", "genre", "Jump")]
    assert said(box(("Composer", 'Ada Brook ("One, Two" and "Three")'))) == [("", "composer", "Ada Brook")]
    assert left(box(("Founders", "Ada and Ben Brook")))["infobox", "founder", "joint-inside"] == 1


@pytest.mark.parametrize("cell", ["See list of towns", "Ham:\nWick", "Brookland", "Ham Street 12", "Ham, an island"])
def test_what_leads_elsewhere_is_no_value(cell: str) -> None:
    assert said(box(("Location", cell))) == []


def test_a_table_of_the_weather_says_nothing_of_the_place() -> None:
    assert said("<h2>Climate</h2>\n" + box(("Location", "Ham, Brookland"), ("January", "3 °C"))) == []


def test_a_date_beside_a_population_is_no_events() -> None:
    assert said(box(("Date", "May 2010"), ("Location", "Ham"))) == [
        ("", "event_date", "2010-05"),
        ("", "located_in", "Ham"),
    ]
    body = box(("Date", "May 2010"), ("Location", "Ham"), ("Population", "12"))
    assert said(body) == [("", "located_in", "Ham"), ("", "population", "12")]


def test_lengths_of_borders_are_no_part_of_names() -> None:
    assert said(box(("Border countries", "Elmland 37 km; Wickland 1,599 km"))) == [
        ("", "borders", "Elmland"),
        ("", "borders", "Wickland"),
    ]


def test_a_chain_of_places_that_breaks_lines_is_not_cut() -> None:
    assert said(box(("Headquarters", "Ham, W.B.,\nBrookland"), ("Founded", "1890"))) == [("", "founded", "1890")]


def test_that_there_is_none_is_no_value() -> None:
    body = box(("Ngôn ngữ chính thức", "Không có; tiếng Anh"), ("Dân số", "12"))
    assert ("", "official_language", "Không có") not in said(body, language="vi")


def test_a_box_below_a_heading_that_hardly_names_properties_is_somebody_elses() -> None:
    months = tuple((f"Record {number}", f"{number}.5") for number in range(12))
    body = f"<h2>Weather</h2>{box(('Location', 'Ham'), *months, ('Date', '3 May 2013'))}"
    assert said(body) == []


def test_a_domain_begins_with_a_point() -> None:
    assert said(box(("Population", "12"), ("Internet TLD", "ccTLD (rarely used)\n.us"))) == [("", "population", "12")]


def test_how_many_languages_is_no_language() -> None:
    body = box(("Available in", "Over 110 languages"), ("Language", "Over 110 languages"), ("Population", "12"))
    assert said(body) == [("", "population", "12")]


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("波兰、德国、法国和荷兰", ["波兰", "德国", "法国", "荷兰"]),
        ("以色列和埃及", ["以色列", "埃及"]),
        ("利比亞、蘇丹與埃及", ["利比亞", "蘇丹", "埃及"]),
        ("波斯尼亚和黑塞哥维那", ["波斯尼亚和黑塞哥维那"]),
        ("克罗地亚、波斯尼亚和黑塞哥维那", ["克罗地亚", "波斯尼亚和黑塞哥维那"]),
        ("波斯尼亚和黑塞哥维那和克罗地亚", ["波斯尼亚和黑塞哥维那", "克罗地亚"]),
        ("中非共和国、埃及", ["中非共和国", "埃及"]),
        ("榆木和橡城", []),
    ],
)
def test_a_chinese_and_parts_the_last_of_a_list_and_two_countries(cell: str, values: list[str]) -> None:
    if "、" not in cell and len(values) > 1:
        pytest.importorskip("babel")
    told = said(box(("邻国", cell), ("首都", "河城")), title="桦国", language="zh-Hans")
    assert [value for _, name, value in told if name == "borders"] == values


def test_a_chinese_and_parts_what_ends_alike() -> None:
    told = said(box(("官方语言", "法语和德语"), ("首都", "河城")), title="桦国", language="zh-Hans")
    assert [value for _, name, value in told if name == "official_language"] == ["法语", "德语"]
