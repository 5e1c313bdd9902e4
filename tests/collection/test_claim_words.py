"""A claim in words: names of properties, units as people write them, and no name that only programs use."""

from __future__ import annotations

import pytest

from galactica.claims.property_table import known_properties, property_label, property_meant, property_named
from galactica.collection.claim_words import claim_said, value_said
from galactica.model.claim import ESTIMATED, Claim
from galactica.model.document import Qualifier
from galactica.values.units import known_units, unit_sign


def claim(name: str, kind: str, value: str, unit: str = "", **more: object) -> Claim:
    about = {"source": "s", "path": "p", "origin": "sentence", "start": 0, "end": 0, "value_start": 0, "value_end": 0}
    return Claim(property=name, kind=kind, value=value, unit=unit, **(about | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "english", "chinese"),
    [
        (claim("area", "quantity", "643801", "kilometre**2"), "area = 643,801 km²", "面积 = 643,801 km²"),
        (claim("instance_of", "text", "a land"), "what it is = a land", "是什么 = a land"),
        (claim("life_expectancy", "quantity", "1", "year"), "life expectancy = 1 year", "预期寿命 = 1 年"),
        (claim("life_expectancy", "quantity", "82.5", "year"), "life expectancy = 82.5 years", "预期寿命 = 82.5 年"),
        (claim("capital", "item", "Oslo", subject="Norway"), "Norway: capital = Oslo", "Norway: 首都 = Oslo"),
        (claim("wikidata:P36", "item", "Oslo"), "capital = Oslo", "首都 = Oslo"),
        (
            claim(
                "population", "quantity", "5000", time="2010", qualifiers=(Qualifier(property=ESTIMATED, kind="text"),)
            ),
            "population = 5,000 (2010) [estimated]",
            "人口 = 5,000 (2010) [估计]",
        ),
        (claim("Colour of the roof", "text", "red"), "Colour of the roof = red", "Colour of the roof = red"),
    ],
)
def test_a_claim_is_said_in_words(made: Claim, english: str, chinese: str) -> None:
    assert claim_said(made) == english
    assert claim_said(made, language="zh-Hans") == chinese


def test_a_value_is_said_alone_with_its_time() -> None:
    assert value_said(claim("population", "quantity", "13000", time="2021")) == "13,000 (2021)"


def test_no_property_and_no_unit_is_shown_by_the_name_that_programs_use() -> None:
    labels = [property_label(name, language) for name in known_properties() for language in ("en", "zh")]
    assert [label for label in labels if "_" in label] == []
    signs = [unit_sign(name, "2", language) for name in known_units() for language in ("en", "zh")]
    assert [sign for sign in signs if "**" in sign or "_" in sign] == []
    assert unit_sign("wikidata:Q712226") == "km²"
    assert unit_sign("EUR") == "EUR"


def test_a_property_is_meant_by_its_id_or_by_what_it_is_called() -> None:
    names = ("area", "What it is", "birthplace", "no such thing")
    assert [property_meant(name) for name in names] == ["area", "instance_of", "place_of_birth", "no such thing"]
    assert property_named("area").names["zh"] == "面积"
