"""What claims say of a thing: the newest value with all who say it, what it was before."""

from __future__ import annotations

import pytest

from galactica.ask.claimed.choosing import values_now
from galactica.ask.evidence import resolves
from galactica.joining.disagreements.group import ClaimGroup, GroupKind
from galactica.library import Library
from galactica.model import Verdict
from galactica.model.claim import Claim
from tests.joining.disagreements.claims import CHANGING, ONE, claim, only


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the capital of Varaland?", "Holm"),
        ("capital of Ostia", "Vik"),
        ("Who is the head of state of Varaland?", "Eva Lind"),
        ("What is the population of Varaland?", "812,300"),
        ("瓦拉国的首都是哪里？", "霍尔姆"),
        ("瓦拉国的面积是多少？", "4,120平方公里"),
    ],
)
def test_a_property_of_a_thing_is_answered_from_claims(library: Library, question: str, text: str) -> None:
    found = library.ask(question, reader="rules")
    assert (found.verdict, found.text) == (Verdict.ANSWERED, text)
    assert len(found.positions) == 1


def test_all_sources_that_say_the_same_are_quoted_word_for_word(library: Library) -> None:
    (side,) = library.ask("What is the area of Nordia?", reader="rules").positions
    assert [each.source for each in side.citations] == ["almanac", "yearbook"]
    for each in side.citations:
        assert resolves(each, library.holdings.page(each.edition, each.id))
        assert each.quote[slice(*each.mark)] == "9,850 km2"


def test_the_newest_value_is_given_and_those_before_it_are_a_series(library: Library) -> None:
    found = library.ask("What is the population of Varaland?", reader="rules")
    assert [(each.value, each.time, each.basis) for each in found.positions] == [("812,300", "2024", "said")]
    assert [(each.value, each.time) for each in found.series] == [("798,000", "2014")]
    assert found.series[0].citations[0].source == "yearbook"


def test_a_year_that_is_asked_for_chooses_what_held_then(library: Library) -> None:
    assert library.ask("What was the population of Varaland in 2014?", reader="rules").text == "798,000"
    assert library.ask("Who was the head of state of Varaland in 2013?", reader="rules").text == "Ann Lee"


def test_agreeing_sources_make_it_likelier_than_one(library: Library) -> None:
    two = library.ask("What is the area of Nordia?", reader="rules").confidence
    one = library.ask("What is the area of Ostia?", reader="rules").confidence
    assert one < two <= 0.99


def test_only_sources_that_are_wanted_count(library: Library) -> None:
    found = library.ask("What is the population of Varaland?", reader="rules", sources=["yearbook"])
    assert found.text == "798,000"


def _claim(value: str, source: str, time: str) -> Claim:
    return claim(value, source, property="population", time=time)


def test_what_differs_at_one_time_stays_two_sides() -> None:
    group = only([claim("5", "a", time="2020"), claim("7", "b", time="2020")], CHANGING)
    values = values_now(group, 0)
    assert values is not None
    assert sorted(side.value for side in values.current) == ["5", "7"]


def test_what_differs_is_newer_than_what_was() -> None:
    told = [_claim("5", "a", "2020"), _claim("7", "b", "2020"), _claim("3", "c", "1990")]
    values = values_now(only(told, CHANGING), 0)
    assert values is not None
    assert sorted(side.value for side in values.current) == ["5", "7"]
    assert [side.value for side in values.earlier] == ["3"]


def test_what_never_changes_and_differs_has_all_its_sides() -> None:
    values = values_now(only([claim("5", "a", time="2020"), claim("7", "b", time="1990")], CHANGING), 1990)
    assert values is not None
    assert [side.value for side in values.current] == ["7"]
    values = values_now(only([claim("5", "a"), claim("7", "b")], ONE), 0)
    assert values is not None
    assert len(values.current) == 2


def test_in_a_year_of_which_nothing_is_said_nothing_is_told() -> None:
    assert values_now(only([claim("5", "a", time="2020"), claim("7", "b", time="2010")], CHANGING), 1975) is None


def test_what_is_only_planned_is_no_current_value() -> None:
    group = ClaimGroup(property="population", kind=GroupKind.AGREE)
    values = values_now(group, 0)
    assert values is not None
    assert values.current == ()
