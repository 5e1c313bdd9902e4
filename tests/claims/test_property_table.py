"""The table of properties: whole, without two that cannot be told apart, each found by what it is called."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations

import pytest

from galactica.claims.property_table import (
    LONGEST_NAME,
    Property,
    known_properties,
    name_key,
    properties_called,
    property_of_wikidata,
)
from galactica.languages import known_languages
from galactica.values.units import known_units

LANGUAGES = ("en", "zh", "ja", "de", "fr", "es", "it", "pt", "ru", "ar")
KINDS = ("text", "item", "quantity", "time", "place", "url")
TABLE = known_properties()


@pytest.mark.parametrize("each", TABLE.values(), ids=lambda each: each.id)
def test_each_property_is_whole(each: Property) -> None:
    assert re.fullmatch(r"[a-z_]+", each.id)
    assert each.kind in KINDS
    assert set(each.names) >= set(LANGUAGES)
    assert set(each.names) <= set(known_languages())
    assert all(re.fullmatch(r"P[1-9]\d*", number) for number in each.wikidata)
    assert set(each.beside) <= set(TABLE)
    assert all(name_key(name) and len(name) <= LONGEST_NAME for names in each.names.values() for name in names)


@pytest.mark.parametrize("each", [each for each in TABLE.values() if each.kind == "quantity"], ids=lambda each: each.id)
def test_each_quantity_says_what_its_unit_measures(each: Property) -> None:
    if each.measures == "count":
        assert each.unit == ""
    else:
        assert known_units()[each.unit].measures == each.measures


def test_what_is_no_quantity_has_no_unit() -> None:
    assert not [each.id for each in TABLE.values() if each.kind != "quantity" and each.measures + each.unit]


def test_no_number_of_wikidata_is_that_of_two_properties() -> None:
    numbers = [number for each in TABLE.values() for number in each.wikidata]
    assert len(numbers) == len(set(numbers))
    assert property_of_wikidata("P36") == TABLE["capital"]
    assert property_of_wikidata("P999999") is None


def test_properties_of_one_name_are_told_apart_by_their_values() -> None:
    same = []
    for language in sorted({tag for each in TABLE.values() for tag in each.names}):
        called = defaultdict(list)
        for each in TABLE.values():
            keys = {name_key(name) for name in each.names.get(language, ())} | each.params
            for key in keys | each.named.get(language, frozenset()):
                called[key].append(each)
        for key, several in called.items():
            for one, other in combinations(several, 2):
                if (one.kind, one.measures) == (other.kind, other.measures):
                    same.append(f"{language} {key}: {one.id}, {other.id}")
    assert same == []


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("en", "Population", "population"),
        ("en", "Population_total", "population"),
        ("vi", "Population total", "population"),
        ("en", "• Total area", "area"),
        ("en", "Area (km²)", "area"),
        ("en-GB", "CAPITAL:", "capital"),
        ("zh-Hant", "首都", "capital"),
        ("zh-Hant", "總人口", "population"),
        ("zh", "面積(平方公里)", "area"),
        ("de", "Höhe über dem Meeresspiegel", "elevation"),
        ("ru", "Столица", "capital"),
        ("ar", "العاصمة", "capital"),
    ],
)
def test_a_property_is_found_by_what_it_is_called(language: str, name: str, said: str) -> None:
    assert [each.id for each in properties_called(name, language)] == [said]


def test_a_name_may_be_that_of_two_properties() -> None:
    assert [each.id for each in properties_called("Born", "en")] == ["date_of_birth", "place_of_birth"]
    assert [each.id for each in properties_called("Length", "en")] == ["length", "duration"]


@pytest.mark.parametrize("name", ["", "  ", "()", "Notes", "x" * 10_000, "(" * 79, "\u0000"])
def test_what_is_no_name_is_no_property(name: str) -> None:
    assert properties_called(name, "en") == ()


def test_a_name_in_another_language_is_not_taken_for_it() -> None:
    assert properties_called("Einwohnerzahl", "en") == ()
    assert properties_called("Number of inhabitants", "und") == ()


def test_a_property_has_a_name_in_every_language() -> None:
    assert TABLE["capital"].label("de") == "hauptstadt"
    assert TABLE["capital"].label("eo") == "capital"


@pytest.mark.parametrize("each", [each for each in TABLE.values() if each.examples], ids=lambda each: each.id)
def test_the_examples_are_called_as_the_property(each: Property) -> None:
    for language, name, _, _ in each.examples:
        assert each in properties_called(name, language)
