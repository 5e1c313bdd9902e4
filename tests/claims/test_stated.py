"""Claims of statements."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from galactica.claims.stated import statement_claims
from galactica.model import Qualifier, SourceStatement
from galactica.model.claim import PLANNED, Claim, said_outright


def made(name: str, kind: str, value: str = "", **more: Any) -> tuple[list[Claim], Counter[tuple[str, str, str]]]:
    left: Counter[tuple[str, str, str]] = Counter()
    statement = SourceStatement(
        source="s", path="p", subject="wikidata:Q1", property=name, kind=kind, value=value, **more
    )
    return list(statement_claims(statement, left)), left


def test_numbers_of_wikidata_become_properties_and_units() -> None:
    (claim,), _ = made("wikidata:P2046", "quantity", "173.49", unit="wikidata:Q712226", bounds=("173.49", "173.49"))
    assert (claim.property, claim.value, claim.unit, claim.bounds) == ("area", "173.49", "kilometre**2", ())
    assert (claim.subject, claim.origin, claim.start, claim.end) == ("wikidata:Q1", "statement", 0, 0)


def test_what_the_table_does_not_hold_stays_in_the_sources_words() -> None:
    (claim,), _ = made("wikidata:P99999", "quantity", "1", unit="wikidata:Q99")
    assert (claim.property, claim.unit) == ("wikidata:P99999", "wikidata:Q99")


def test_qualifiers_say_when_it_holds() -> None:
    at = (Qualifier(property="wikidata:P585", kind="time", value="1970"),)
    assert made("wikidata:P1082", "quantity", "5", qualifiers=at)[0][0].time == "1970"
    since = (Qualifier(property="wikidata:P580", kind="time", value="1990-10-03"),)
    assert made("wikidata:P17", "item", "wikidata:Q183", qualifiers=since)[0][0].time == "1990-10-03/.."


def test_what_a_source_does_not_stand_by_is_no_plain_claim() -> None:
    (claim,), _ = made("wikidata:P36", "item", "wikidata:Q2", rank="deprecated")
    assert not said_outright(claim)
    (claim,), _ = made("wikidata:P36", "item", "wikidata:Q2", rank="preferred")
    assert said_outright(claim)
    circa = (Qualifier(property="wikidata:P1480", kind="item", value="wikidata:Q5727902"),)
    (claim,), _ = made("wikidata:P569", "time", "1300", qualifiers=circa)
    assert not said_outright(claim)


def test_fields_of_the_factbook_are_read() -> None:
    (claim,), _ = made("Capital: name", "text", "Ham")
    assert (claim.property, claim.kind, claim.value) == ("capital", "item", "Ham")
    (claim,), _ = made("Executive branch: chief of state", "text", "Queen ADA (since 1 May 1990)")
    assert (claim.property, claim.value, claim.time) == ("head_of_state", "Queen ADA", "1990-05-01/..")
    crown, left = made("Executive branch: chief of state", "text", "Queen ADA; represented by Governor Ben STONE")
    assert [each.value for each in crown] == ["Queen ADA"]
    assert sum(left.values()) == 1
    found, _ = made("Land boundaries: border countries", "text", "Wickland 12 km; Elmland 1,300 km")
    assert [each.value for each in found] == ["Wickland", "Elmland"]
    estimate = (Qualifier(property="estimate", kind="text", value="est."),)
    (claim,), _ = made("Population: total", "quantity", "12", qualifiers=estimate)
    assert said_outright(claim)


def test_a_bare_year_of_a_field_of_dates_is_a_time() -> None:
    (claim,), _ = made("Independence", "quantity", "1278")
    assert (claim.kind, claim.value) == ("time", "1278")
    (claim,), _ = made("Airports", "quantity", "1278")
    assert claim.kind == "quantity"


def test_what_is_expected_is_a_plan() -> None:
    (claim,), _ = made("Executive branch: expected date of next election", "quantity", "2027")
    assert (claim.kind, [each.property for each in claim.qualifiers]) == ("time", [PLANNED])
    assert not said_outright(claim)


def test_the_year_of_a_history_is_not_when_it_holds() -> None:
    year = (Qualifier(property="point in time", kind="time", value="1960"),)
    (claim,), _ = made("National holiday", "text", "Borg Day, 4 May (1960)", qualifiers=year)
    assert claim.time == ""
    (claim,), _ = made("Heliports", "quantity", "5", qualifiers=year)
    assert claim.time == "1960"


@pytest.mark.parametrize("said", ["NA", "n/a"])
def test_what_is_not_available_is_no_value(said: str) -> None:
    found, left = made("Irrigated land", "text", said)
    assert found == []
    assert sum(left.values()) == 1
    assert len(made("Political parties", "text", "none")[0]) == 1


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mount Elm 958 m", "Mount Elm"),
        ("Mount Elm (Mont Orme) 2,764 m", "Mount Elm (Mont Orme)"),
        ("Mount Elm (a volcano; the highest on Fog Island) 4,048 m", "Mount Elm"),
        ("Elm Pit -86 m\nnote - the deepest there is", "Elm Pit"),
        ("Elm Glacier more than -3,500 m (in the ocean the Elm Deep)", "Elm Glacier"),
        ("unnamed location 5 m", ""),
        ("sea level", ""),
        ("North Elm: Hill 5 m", ""),
    ],
)
def test_the_highest_point_is_named_without_its_height(said: str, name: str) -> None:
    found, left = made("Elevation: highest point", "text", said)
    assert [each.value for each in found] == ([name] if name else [])
    assert sum(left.values()) == (not name)
    assert not found or (found[0].property, found[0].kind) == ("highest_point", "item")


def test_a_field_of_a_year_says_when() -> None:
    (claim,), _ = made(
        "Gini Index coefficient - distribution of family income: "
        "Gini Index coefficient - distribution of family income 2018",
        "quantity",
        "34.5",
    )
    assert (claim.property, claim.value, claim.time) == ("gini", "34.5", "2018")


def test_fields_that_others_speak_of_too_have_their_units() -> None:
    (claim,), _ = made("Total fertility rate", "quantity", "1.8", unit="children born/woman")
    assert (claim.property, claim.unit) == ("fertility_rate", "")
    (claim,), _ = made("Coastline", "quantity", "926", unit="km")
    assert (claim.property, claim.unit) == ("coastline", "kilometre")
    (claim,), _ = made("Life expectancy at birth: total population", "quantity", "83.4", unit="years")
    assert (claim.property, claim.unit) == ("life_expectancy", "year")
    (claim,), _ = made("Literacy: total population", "quantity", "87.2", unit="%")
    assert (claim.property, claim.unit) == ("literacy", "percent")


def test_what_says_no_value_is_counted() -> None:
    for kind in ("none", "unknown"):
        found, left = made("wikidata:P36", kind)
        assert found == []
        assert sum(left.values()) == 1
    found, left = made("Government type", "text", "none")
    assert found == []
    assert sum(left.values()) == 1


def test_what_is_said_of_an_entry_is_no_claim() -> None:
    assert made("sitelink", "text", "Ham")[0] == []


def test_who_is_second_in_an_office_is_not_who_holds_it() -> None:
    told = (
        "Prime Minister Anna BROOK (since 3 May 2020); Deputy Prime Minister Bo EK (since 4 May 2020); Vice-President X"
    )
    found, _ = made("Executive branch: head of government", "text", told)
    assert [(each.value, each.time) for each in found] == [("Prime Minister Anna BROOK", "2020-05-03/..")]


@pytest.mark.parametrize(
    ("text", "tongues"),
    [
        ("Aldovan (official) 91%, Sundish 6%, other 3% (2011 est.)", ["Aldovan"]),
        ("Varan or Vara (official) 25.3%, Sundish (official) 14.8%", ["Varan or Vara", "Sundish"]),
        ("Aldovan (official); note - Sundish (official) is spoken by few", ["Aldovan"]),
        ("Aldovan (official regional language) 33%, Varan (official national language) 29%", ["Varan"]),
        ("Sundish (official, taught in schools), and Varan (official)", ["Sundish", "Varan"]),
        ("Aldovan 99.5% (official), Sundish 10.2%", ["Aldovan"]),
        ("Sundish only (official), other dialects (official)", []),
        ("Aldovan, Sundish", []),
    ],
)
def test_languages_that_the_factbook_marks_as_official_are_so(text: str, tongues: list[str]) -> None:
    found, _ = made("Languages", "text", text)
    assert [each.value for each in found if each.property == "official_language"] == tongues
    assert found[-1].value == text
