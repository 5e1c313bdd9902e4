"""A country of the World Factbook is an article, and every field of it a statement with its wording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import Edition
from galactica.library import build
from galactica.model import Document, Rejected, Source, SourceStatement
from galactica.model.projection import project
from galactica.refine.clean import clean
from galactica.sources.contract import Item
from galactica.sources.factbook import Country, recognise
from galactica.sources.factbook_values import field_value, wording
from galactica.sources.formats import open_source
from tests.sources.countries import TEXTS, UTOPIA


def read(path: Path, value: object = UTOPIA) -> list[Item]:
    path.write_text(json.dumps(value), encoding="utf-8")
    with open_source(path) as source:
        assert source.source.key == "world-factbook"
        return list(source.read())


def statements(items: list[Item]) -> dict[str, SourceStatement]:
    return {each.path: each for each in items if isinstance(each, SourceStatement)}


def texts(held: object) -> list[str]:
    if isinstance(held, str):
        return [held] if held else []
    return [text for inside in held.values() for text in texts(inside)] if isinstance(held, dict) else []


def test_every_text_is_a_statement_and_stands_on_the_page(tmp_path: Path) -> None:
    items = read(tmp_path / "ut.json")
    made = statements(items)
    assert len(made) == len(texts(UTOPIA)) == TEXTS
    (page,) = [each for each in items if isinstance(each, Document)]
    words = " ".join(project(clean(page.content, base="ut").body).split())
    for text in texts(UTOPIA):
        assert " ".join(wording(text).split()) in words
    assert sorted(wording(text) for text in texts(UTOPIA)) == sorted(each.text or each.value for each in made.values())


def test_a_country_is_an_article_under_its_short_name(tmp_path: Path) -> None:
    (page,) = [each for each in read(tmp_path / "ut.json") if isinstance(each, Document)]
    assert (page.path, page.title, page.aliases) == ("ut", "Utopia", ("Commonwealth of Utopia",))
    rows = project(clean(page.content, base="ut").body).split("\n")
    assert "Population\t3,040,500 (2024 est.)" in rows
    assert "Population: male\t1,520,000" in rows
    assert "Capital\tAmaurot" in rows
    assert "border countries\tnone" in rows
    assert "Real GDP growth rate\t3.1% (2023 est.)" in rows
    assert "Real GDP growth rate 2022\t-0.5% (2022 est.)" in rows
    assert "Languages\tUtopian (official) 98%, other 2% (2014/15 est.)" in rows
    assert "Area, note\tnote: at low tide" in rows
    assert "etymology" in rows
    assert "Languages – samples" in rows


def test_a_statement_says_what_is_understood_and_keeps_the_wording(tmp_path: Path) -> None:
    made = statements(read(tmp_path / "ut.json"))
    population = made["ut/People and Society/Population/total"]
    assert (population.subject, population.property) == ("path:ut", "Population: total")
    assert (population.kind, population.value, population.unit) == ("quantity", "3040500", "")
    assert population.text == "3,040,500 (2024 est.)"
    assert [(each.property, each.value) for each in population.qualifiers] == [
        *(("point in time", "2024"), ("estimate", "est.")),
    ]
    area = made["ut/Geography/Area/total"]
    assert (area.value, area.unit, area.text) == ("1500000", "sq km", "1.5 million sq km")
    assert made["ut/Geography/Geographic coordinates"].value == "52.216667,-21.016667;u=1853"
    assert made["ut/Government/Independence"].value == "1516-10-04"
    king = made["ut/Government/Executive branch/chief of state"]
    assert [(each.property, each.value) for each in king.qualifiers] == [("start time", "2020-05-05")]


@pytest.mark.parametrize(
    ("words", "kind", "value", "unit"),
    [
        ("19,674,004 (2025 est.)", "quantity", "19674004", ""),
        ("$52.895 billion (2024 est.)", "quantity", "52895000000", "$"),
        ("2.98% (2025 est.)", "quantity", "2.98", "%"),
        ("24.4% of total population (2023)", "quantity", "24.4", "% of total population"),
        ("0 km (landlocked)", "quantity", "0", "km"),
        ("8.75 deaths/1,000 population (2025 est.)", "quantity", "8.75", "deaths/1,000 population"),
        ("-0.12 migrant(s)/1,000 population", "quantity", "-0.12", "migrant(s)/1,000 population"),
        ("9M", "text", "9M", ""),
        ("4 October (1966)", "text", "4 October (1966)", ""),
        ("18 years of age; universal", "text", "18 years of age; universal", ""),
        ("23 provinces; Batha, Borkou", "text", "23 provinces; Batha, Borkou", ""),
        (
            "643,801 sq km ; 551,500 sq km (metropolitan France)",
            "text",
            "643,801 sq km ; 551,500 sq km (metropolitan France)",
            "",
        ),
        ("11 August 1960 (from France)", "time", "1960-08-11", ""),
        ("31 February 1960", "text", "31 February 1960", ""),
        ("April 2029", "time", "2029-04", ""),
        ("1 0000", "text", "1 0000", ""),
    ],
)
def test_a_value_is_read_only_where_nothing_is_left_over(words: str, kind: str, value: str, unit: str) -> None:
    found = field_value(words)
    assert (found.kind, found.value, found.unit) == (kind, value, unit)


@pytest.mark.parametrize(
    ("brackets", "when"),
    [
        ("2020-25 est.", "2020/2025"),
        ("2014/15 est.", "2014/2015"),
        ("July 2020", "2020-07"),
        ("1 July 2020", "2020-07-01"),
        ("2022-2024 est.", "2022/2024"),
    ],
)
def test_the_last_brackets_say_the_time(brackets: str, when: str) -> None:
    assert field_value(f"4.1% ({brackets})").qualifiers[0].value == when
    assert field_value(f"something ({brackets})").qualifiers[0].value == when


def test_files_without_a_countrys_name_are_called_by_their_code(tmp_path: Path) -> None:
    ocean = {"Geography": UTOPIA["Geography"]}
    assert [each.title for each in read(tmp_path / "xo.json", ocean) if isinstance(each, Document)] == ["Indian Ocean"]
    assert [each.title for each in read(tmp_path / "qq.json", ocean) if isinstance(each, Document)] == ["qq"]


@pytest.mark.parametrize(
    "text", ['{"Introduction": {"count": 261}}', '{"name": "x"}', "[]", '{"Introduction": "text"}']
)
def test_other_json_is_left_to_others(text: str) -> None:
    assert recognise("x.json", text.encode()) == 0


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda e: st.lists(e, max_size=3) | st.dictionaries(st.sampled_from(["text", "note", "a", "a ", "a/b", ""]), e),
        max_leaves=20,
    )
)
def test_whatever_stands_in_a_file_is_stated_or_counted(value: Any) -> None:
    country = Country("x", "k")
    country.read({"Geography": value})
    made = country.document()

    def held(inside: Any) -> int:
        if isinstance(inside, dict):
            return sum(map(held, inside.values()))
        if isinstance(inside, list):
            return sum(map(held, inside))
        return 1 if inside != "" else 0

    assert len(country.statements) + sum(count for _, count in made.dropped) == held(value)
    assert len({each.path for each in country.statements}) == len(country.statements)


def test_a_broken_file_is_one_clear_refusal(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    (shelf / "europe").mkdir(parents=True)
    (shelf / "europe" / "ut.json").write_text(json.dumps(UTOPIA))
    (shelf / "europe" / "xx.json").write_text(json.dumps(UTOPIA)[:500])
    with open_source(shelf) as source:
        items = list(source.read())
    assert [(each.where, each.reason) for each in items if isinstance(each, Rejected)] == [("xx.json", "malformed")]


def test_the_files_of_all_regions_are_one_source_and_those_of_another_date_another(tmp_path: Path) -> None:
    for name in ("2021/europe/ut", "2021/asia/ab", "2024/europe/ut"):
        path = tmp_path / "factbook" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(UTOPIA))
    build(tmp_path / "out.edition", [str(tmp_path / "factbook")], workers=1, meaning=False)
    with Edition.open(tmp_path / "out.edition") as edition:
        articles = sorted((article.source, article.path) for _, article in edition.scan())
        assert articles == [("2024/world-factbook", "ut"), ("world-factbook", "ab"), ("world-factbook", "ut")]
        assert sum(1 for _ in edition.statements()) == 3 * TEXTS
        assert edition.info.rejected == 0


def test_folders_called_by_a_day_are_sources_of_that_day(tmp_path: Path) -> None:
    days = ("2021-02-15", "2023-04-27")
    for day in days:
        path = tmp_path / day / "utopia" / "ut.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(UTOPIA), encoding="utf-8")
    build(tmp_path / "out.edition", [str(tmp_path / day) for day in days], workers=1, meaning=False)
    with Edition.open(tmp_path / "out.edition") as edition:
        found = {source.key: source.date for source in edition.sources if source.format == "factbook"}
    assert found == {"world-factbook": days[0], f"world-factbook {days[1]}": days[1]}


def test_a_folder_of_dated_folders_holds_sources_of_their_days(tmp_path: Path) -> None:
    for day in ("2021-02-15", "2023-04-27"):
        path = tmp_path / "all" / day / "ut.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(UTOPIA), encoding="utf-8")
    with open_source(tmp_path / "all") as source:
        dates = sorted(each.date for each in source.read() if isinstance(each, Source) and each.format == "factbook")
    assert dates == ["2021-02-15", "2023-04-27"]
