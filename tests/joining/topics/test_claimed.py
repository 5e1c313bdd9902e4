"""What the claims of two articles say of whether they are about one thing."""

from __future__ import annotations

import pytest

from galactica.joining.topics.claimed import NONE, ONE, SEVERAL, claim_key, claim_keys, claims_apart, claims_level
from galactica.joining.topics.learning import UNKNOWN
from galactica.joining.topics.thing import Thing
from galactica.model import Claim


def thing(*claims: Claim) -> Thing:
    return Thing(
        source="s",
        path="p",
        title="T",
        language="en",
        claims=tuple(sorted({key for each in claims for key in claim_keys(each)})),
    )


def claim(name: str, value: str, kind: str = "item", unit: str = "", time: str = "") -> Claim:
    return Claim(source="s", path="p", property=name, kind=kind, value=value, unit=unit, origin="sentence", time=time)


def area(value: str, unit: str = "kilometre**2") -> Claim:
    return claim("area", value, "quantity", unit)


ISLAND = thing(claim("capital", "Roseau"), area("751"), claim("official_language", "English"))
REPUBLIC = thing(claim("capital", "Santo Domingo"), area("48670"), claim("official_language", "Spanish"))


def test_two_claims_of_one_value_that_differ_keep_two_articles_apart() -> None:
    assert claims_apart(ISLAND, REPUBLIC)
    assert claims_level(ISLAND, REPUBLIC) == NONE


def test_what_also_agrees_does_not_outweigh_what_differs() -> None:
    both = claim("located_in", "the Caribbean")
    one, other = thing(claim("capital", "Roseau"), area("751"), both), thing(claim("capital", "Paris"), area("9"), both)
    assert claims_level(one, other) == NONE
    assert claims_apart(one, other)


def test_one_that_differs_is_no_proof() -> None:
    assert not claims_apart(thing(claim("capital", "Roseau")), thing(claim("capital", "Paris")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((claim("capital", "Kinshasa"), area("2344858")), (claim("capital", "金沙萨"), area("2345000"))),
        ((claim("capital", "Washington, D.C."), area("177")), (claim("capital", "Washington"), area("150"))),
        ((claim("capital", "Astana"), area("2")), (claim("capital", "Astana"), area("9"))),
    ],
)
def test_other_scripts_other_words_and_other_ways_of_counting_are_no_difference(
    one: tuple[Claim, ...], other: tuple[Claim, ...]
) -> None:
    assert not claims_apart(thing(*one), thing(*other))


def test_amounts_are_compared_whatever_their_units() -> None:
    assert claim_key(area("2.58999", "mile**2")) == claim_key(area("6.70804", "kilometre**2"))
    assert claims_level(thing(area("1")), thing(area("1.0"))) == ONE


def test_several_that_agree_say_more_than_one_and_nothing_common_says_nothing() -> None:
    assert claims_level(ISLAND, ISLAND) == SEVERAL
    assert claims_level(ISLAND, thing(claim("population", "7", "quantity"))) == UNKNOWN
    assert claims_level(ISLAND, thing()) == UNKNOWN


def test_days_of_birth_years_apart_differ_and_values_that_are_no_numbers_do_not_stop_it() -> None:
    born = [
        thing(claim("date_of_birth", day, "time"), area(size)) for day, size in (("1809-02-12", "1"), ("1901", "9"))
    ]
    assert claims_apart(*born)
    assert not claims_apart(thing(area("many"), claim("height", "?")), thing(area("few"), claim("height", "!")))


def test_amounts_that_are_near_and_people_that_changed_say_nothing() -> None:
    one = thing(claim("area", "301338", "quantity", "kilometre**2"), claim("population", "60", "quantity"))
    other = thing(claim("area", "301340", "quantity", "kilometre**2"), claim("population", "62", "quantity"))
    assert claims_level(one, other) == UNKNOWN


def town(size: str, height: str, people: str, year: str = "2009") -> Thing:
    """A town of a region in which another has its name."""
    told = (claim("located_in", "Elmland"), claim("instance_of", "town"), area(size))
    return thing(
        *told, claim("elevation", height, "quantity", "metre"), claim("population", people, "quantity", time=year)
    )


def test_three_amounts_that_are_all_others_keep_two_towns_apart_whatever_else_agrees() -> None:
    assert claims_apart(town("927", "238", "38446"), town("945", "275", "42553"))


def test_one_amount_that_is_nearly_the_same_or_people_of_another_year_do_not() -> None:
    assert not claims_apart(town("927", "238", "38446"), town("928", "275", "42553"))
    assert not claims_apart(town("927", "238", "38446"), town("945", "275", "42553", year="2014"))
    assert claims_level(town("927", "238", "38446"), town("945", "275", "42553", year="2014")) == SEVERAL


def test_people_of_one_year_agree_once() -> None:
    one, other = (thing(claim("population", "7", "quantity", time="2009")) for _ in range(2))
    assert claims_level(one, other) == ONE
