"""The built-in atlas and almanac: every figure with its year and source, two languages, no broken link."""

import posixpath
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from galactica.errors import InputError
from galactica.model import Document
from galactica.sources.contract import SourceOptions
from galactica.sources.starter import almanac as almanac_module
from galactica.sources.starter.atlas import ALMANAC, FORMAT, superlatives, tables
from galactica.sources.starter.atlas.wording import (
    day,
    enumerated,
    number,
    place_coordinates,
    power,
    sized,
    value_of,
    year,
)
from tests.sources.promised import check_built_in


def read(form, word):
    with form.open(Path(word), SourceOptions()) as opened:
        return list(opened.read())


@pytest.fixture(scope="module")
def atlas(built_in):
    return {document.path: document for document in built_in("atlas:")[1]}


@pytest.fixture(scope="module")
def almanac(built_in):
    return {document.path: document for document in built_in("almanac:")[1]}


def test_each_word_opens_its_own_source_only():
    assert FORMAT.recognise(Path("atlas:"), b"") == ALMANAC.recognise(Path("almanac:"), b"") == 100
    assert FORMAT.recognise(Path("almanac:"), b"") == FORMAT.recognise(Path("atlas"), b"") == 0
    with pytest.raises(InputError):
        FORMAT.open(Path("almanac:"), SourceOptions())


def test_the_almanac_is_found_under_its_own_module_name():
    assert almanac_module.FORMAT is ALMANAC


def test_sources_say_their_terms():
    opened = FORMAT.open(Path("atlas:"), SourceOptions(title="Mine"))
    assert (opened.source.key, opened.source.language, opened.source.licence) == ("galactica-atlas", "mul", "CC0-1.0")
    assert opened.source.title == "Mine"
    assert "World Factbook" in opened.source.attribution
    assert ALMANAC.open(Path("almanac:"), SourceOptions()).source.key == "galactica-almanac"


@pytest.mark.parametrize("word", ["atlas:", "almanac:"])
def test_they_keep_the_contract_of_all_sources(built_in, word):
    check_built_in(word, *built_in(word))


def test_reading_twice_gives_the_same(atlas, almanac):
    assert read(FORMAT, "atlas:") == list(atlas.values())
    assert read(ALMANAC, "almanac:") == list(almanac.values())


def test_it_covers_the_world_the_elements_the_planets_and_the_units(atlas):
    english = [path for path in atlas if not path.startswith("zh/")]
    assert sum(path.startswith("element/") for path in english) == 118
    assert sum(path.startswith("unit/") for path in english) == 29
    assert sum(path.startswith("space/") for path in english) == 14
    assert len(tables.places()) == 261
    assert {"list/population", "list/area", "list/elements", "list/planets", "list/si-base-units"} <= set(english)


@pytest.mark.parametrize("book", ["atlas", "almanac"])
def test_every_article_exists_in_both_languages_and_they_link_to_each_other(book, request):
    documents = request.getfixturevalue(book)
    for path, document in documents.items():
        other = path.removeprefix("zh/") if path.startswith("zh/") else f"zh/{path}"
        assert other in documents, path
        assert document.language == ("zh-Hans" if path.startswith("zh/") else "en")
        assert other in links(document)


@pytest.mark.parametrize("book", ["atlas", "almanac"])
def test_no_internal_link_is_broken(book, request):
    documents = request.getfixturevalue(book)
    broken = [(path, link) for path, one in documents.items() for link in links(one) if link not in documents]
    assert not broken


@pytest.mark.parametrize("book", ["atlas", "almanac"])
def test_the_markup_is_balanced_and_of_few_tags(book, request):
    for document in request.getfixturevalue(book).values():
        checker = Balance()
        checker.feed(document.content)
        assert not checker.open, document.path
        assert checker.seen <= {"p", "h2", "table", "tr", "th", "td", "ul", "li", "a", "strong", "sup"}


@pytest.mark.parametrize("book", ["atlas", "almanac"])
def test_aliases_are_sorted_unique_and_not_the_title(book, request):
    for document in request.getfixturevalue(book).values():
        assert list(document.aliases) == sorted(set(document.aliases))
        assert document.title not in document.aliases
        assert document.title
        assert document.categories


def test_a_country_reads_as_a_page(atlas):
    poland = atlas["country/PL"]
    text = plain(poland)
    assert poland.title == "Poland"
    assert text.startswith("Poland is a country in Central Europe. Its capital is Warsaw. It covers 312,685 km².")
    assert {"PL", "POL", "Republic of Poland", "Polska", "Polish"} <= set(poland.aliases)
    assert '<a href="DE">Germany</a>' in poland.content
    assert '<a href="../zh/country/PL">波兰</a>' in poland.content
    assert "<th>Lowest point</th><td>near Raczki Elblaskie, −2 m</td><td>2026 edition</td>" in poland.content


def test_a_country_reads_as_chinese(atlas):
    document = atlas["zh/country/PL"]
    assert document.title == "波兰"
    assert plain(document).startswith(
        "波兰（英语：Poland），全称波兰共和国，是位于中欧的国家，首都为华沙。面积312,685平方千米，人口约3,875万（2024年）。"
    )
    assert {"波兰共和国", "波蘭"} <= set(document.aliases)
    assert '<a href="DE">德国</a>' in document.content
    assert '<a href="../../country/PL">Poland</a>' in document.content


def test_common_names_lead_to_countries(atlas):
    assert {"USA", "US", "United States of America", "America"} <= set(atlas["country/US"].aliases)
    assert "美國" in atlas["zh/country/US"].aliases
    assert "Burma" in atlas["country/MM"].aliases
    assert "Swaziland" in atlas["country/SZ"].aliases
    assert "紐西蘭" in atlas["zh/country/NZ"].aliases


def test_disputed_and_dependent_places_are_said_to_be_so(atlas):
    assert "its political status is disputed" in plain(atlas["country/TW"])
    assert "special administrative region of China" in plain(atlas["country/HK"])
    assert "is a territory of the United States" in plain(atlas["country/GU"])
    assert "是美国的领地" in plain(atlas["zh/country/GU"])


def test_sources_that_disagree_stand_side_by_side(atlas, almanac):
    saturn = atlas["space/saturn"].content
    assert "Sources disagree: known moons" in saturn
    assert "<td>82</td><td>October 2019</td>" in saturn
    assert "<td>274</td><td>March 2025</td>" in saturn
    assert "9,826,675 km²" in atlas["country/US"].content
    assert "9,833,517 km²" in atlas["country/US"].content
    everest = almanac["mountain/everest"].content
    assert all(height in everest for height in ("8,848 m", "8,850 m", "8,848.86 m", "8,844.43 m"))
    assert "各来源说法不一：海拔" in almanac["zh/mountain/everest"].content


def test_the_two_sources_give_different_values_on_the_same_subject(atlas, almanac):
    assert atlas["country/PL"].title == almanac["country/PL"].title
    assert "38,746,310" in atlas["country/PL"].content
    assert "38,539,000" in almanac["country/PL"].content
    assert "38,746,310" not in almanac["country/PL"].content


def test_every_figure_names_a_known_publisher_and_subject():
    publishers = {row["key"] for row in tables.rows("publications")}
    subjects = {row["path"] for row in tables.rows("subjects")} | set(tables.places())
    for row in tables.rows("figures"):
        assert row["source"] in publishers
        assert row["path"] in subjects
        assert row["year"] or row["source"] == "factbook"
    assert {row["source"] for row in tables.rows("moons")} <= publishers


def test_tables_join_without_a_gap():
    places = tables.places()
    assert {row["gec"] for name in ("facts", "borders", "spoken", "names") for row in tables.rows(name)} <= set(places)
    assert {place.currency for place in places.values()} - {""} <= {row["code"] for row in tables.rows("currencies")}
    regions = {row["code"] for row in tables.rows("regions")}
    assert {place.region for place in places.values()} - {"OCE", "WLD"} <= regions
    assert {place.sovereign for place in places.values()} - {""} <= set(tables.by_alpha2())
    paths = [place.path for place in places.values()]
    assert len(set(paths)) == len(paths)


def test_every_country_has_what_a_reader_looks_for_first():
    for place in tables.places().values():
        if place.kind == "country":
            assert place.capital.en, place.name.en
            assert place.capital.zh, place.name.en
            assert place.zh_official or place.gec == "af", place.name.en
            for fact in ("area_land", "population", "highest"):
                has = (place.gec, fact) in tables.factbook_facts() or (
                    place.gec,
                    "area_total",
                ) in tables.factbook_facts()
                assert has, (place.name.en, fact)


def test_land_and_water_are_no_more_than_the_whole():
    facts = tables.factbook_facts()
    for gec in tables.places():
        parts = [facts.get((gec, fact)) for fact in ("area_total", "area_land", "area_water")]
        # the factbook's own sums are off by the sea in these
        if all(parts) and gec not in {"io", "sh"}:
            total, land, water = (float(part.value) for part in parts)
            assert land + water <= total * 1.01 + 1, gec


def test_borders_are_seen_from_both_sides():
    pairs = {(gec, other) for gec, found in tables.borders().items() for other, _ in found}
    lone = {(a, b) for a, b in pairs if (b, a) not in pairs and b in tables.places() and a != "ee"}
    assert len(lone) < 12, sorted(lone)


def test_elements_are_in_order_and_their_electrons_add_up():
    rows = tables.rows("elements")
    assert [int(row["number"]) for row in rows] == list(range(1, 119))
    assert len({row["symbol"] for row in rows}) == len({row["zh"] for row in rows}) == 118
    core = {"He": 2, "Ne": 10, "Ar": 18, "Kr": 36, "Xe": 54, "Rn": 86}
    for row in rows:
        if row["configuration"]:
            parts = row["configuration"].split()
            count = sum(core[part[1:-1]] if part[0] == "[" else int(part[2:]) for part in parts)
            assert count == int(row["number"]), row["name"]
        if row["melting_k"] and row["boiling_k"] and row["symbol"] != "He":
            assert float(row["melting_k"]) < float(row["boiling_k"]), row["name"]


def test_names_that_mean_two_things_say_which(atlas):
    assert atlas["element/Hg"].title == "Mercury (element)"
    assert atlas["space/mercury"].title == "Mercury (planet)"
    assert "Mercury" in atlas["element/Hg"].aliases
    assert "Mercury" in atlas["space/mercury"].aliases


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (number("-1234567.50"), "−1,234,567.50"),
        (sized("1407181209", "zh", 4), "14.07亿"),
        (sized("1407181209", "en", 3), "1.41 billion"),
        (sized("415306", "en", 3), "415,000"),
        (sized("7592", "zh", 4), "7,592"),
        (sized("3732000000000", "en"), "3.732 trillion"),
        (sized("3732000000000", "zh"), "3.732万亿"),
        (day("1918-11-11", "en"), "11 November 1918"),
        (day("1918-11-11", "zh"), "1918年11月11日"),
        (day("2019-10", "en"), "October 2019"),
        (year("2020-25", "en"), "2020–25"),
        (year("2020-21", "zh"), "2020–21年"),
        (year("", "zh"), "2026年版"),
        (place_coordinates("52 00 N, 20 05 W", "en"), "52°00′ N, 20°05′ W"),
        (place_coordinates("52 00 N, 20 05 W", "zh"), "北纬52°00′，西经20°05′"),
        (enumerated(["a", "b", "c"], "en"), "a, b and c"),
        (enumerated(["甲", "乙", "丙"], "zh"), "甲、乙和丙"),
        (power("5.97e24"), "5.97 × 10²⁴"),
        (value_of("gdp_per_capita", "45100", "en"), "$45,100"),
        (value_of("area_total", "312685", "zh"), "312,685平方千米"),
    ],
)
def test_values_are_written_as_people_write_them(said, expected):
    assert said == expected


def links(document: Document) -> set[str]:
    base = posixpath.dirname(document.path)
    hrefs = re.findall(r'href="([^"]+)"', document.content)
    return {posixpath.normpath(posixpath.join(base, unquote(href))) for href in hrefs if ":" not in href}


def plain(document: Document) -> str:
    return re.sub(r"<[^>]+>", "", document.content)


def cells(document: Document) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:a|strong)[^>]*>", "", document.content)).split())


class Balance(HTMLParser):
    """Counts open tags."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_country_says_at_a_glance_what_is_asked_most(atlas):
    text = cells(atlas["country/PL"])
    for row in ("Capital Warsaw", "Official languages Polish", "Number of neighbouring countries 7"):
        assert row in text
    assert "官方语言 波兰语" in cells(atlas["zh/country/PL"])


def test_a_capital_keeps_the_points_of_its_initials(atlas):
    assert "Capital Washington, D.C. Official languages" in cells(atlas["country/US"])
    assert "Number of neighbouring countries 4, and Gibraltar" in cells(atlas["country/ES"])


def test_overviews_say_what_is_the_most_of_its_kind(atlas):
    area, planets = plain(atlas["list/area"]), plain(atlas["list/planets"])
    assert "Russia is the largest country in the world, with an area of 17,098,242 km²." in area
    assert "The Holy See (Vatican City) is the smallest country in the world, with an area of 0.44 km²." in area
    assert "Jupiter is the largest planet of the Solar System, with an equatorial diameter of 142,984 km." in planets
    assert "Russia and China are the countries with the most neighbours, 14 each." in plain(atlas["list/neighbours"])
    assert "俄罗斯是世界上面积最大的国家" in plain(atlas["zh/list/area"])


def test_nothing_is_called_the_least_where_a_value_is_missing():
    values = {"a": Decimal(1), "b": Decimal(2)}
    found = superlatives.extremes(["a", "b", "c"], values.get)
    assert found is not None
    most, least = found
    assert (most, least[1]) == ((Decimal(2), ["b"]), [])
    assert superlatives.extremes(["c"], values.get) is None


def test_a_radius_is_half_the_diameter(atlas):
    text = cells(atlas["space/saturn"])
    assert "Equatorial diameter 120,536 km" in text
    assert "Equatorial radius 60,268 km" in text
    assert "Known moons 274 March 2025" in text


def test_a_country_is_found_by_its_name_in_other_languages(atlas):
    assert {"Alemania", "Allemagne", "Германии", "ألمانيا"} <= set(atlas["country/DE"].aliases)
    names = [name for every in tables.exonyms().values() for name in every]
    english = {place.name.en for place in tables.places().values()}
    assert not {name for name in names if names.count(name) > 1}
    assert len(english & set(names)) < 60
