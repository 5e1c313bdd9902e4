"""What is known of a property when its claims are compared."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from galactica.claims.property_table import property_of_factbook
from galactica.joining.disagreements.natures import is_field_of_numbers, nature_of

from .claims import claim

FIELDS = tomllib.loads(files("galactica.joining.disagreements").joinpath("fields.toml").read_text("utf-8"))["changes"]


def test_the_table_says_whether_there_is_one_value() -> None:
    assert nature_of("area").single
    assert nature_of("population").changes
    assert nature_of("wikidata:P2046").single
    assert not nature_of("words of a source").single
    assert not nature_of("place_of_birth").single  # Berlin lies in Germany


def test_a_field_of_numbers_has_one_at_a_time() -> None:
    number = claim("31.5", unit="percent", origin="statement")
    found = nature_of("Land use: forest", [number, number])
    assert found.single
    assert found.changes


def test_notes_in_a_field_of_numbers_may_be_several() -> None:
    number = claim("31.5", unit="percent", origin="statement")
    note = claim("mostly birch", kind="text", origin="statement")
    assert not nature_of("Land use: forest", [number, note]).single
    row = claim("31.5", unit="percent", origin="table")
    assert not nature_of("Land use: forest", [row]).single


@pytest.mark.parametrize("name", ["Exports: Exports 2022", "Coal: Coal 2020", "Budget: revenues", "Land: forest"])
def test_a_year_in_the_name_and_what_is_not_listed_are_no_such_field(name: str) -> None:
    assert not is_field_of_numbers(name)


def test_what_the_table_of_properties_holds_is_in_no_other() -> None:
    assert sorted(FIELDS) == FIELDS
    assert [name for name in FIELDS if property_of_factbook(name) is not None] == []
