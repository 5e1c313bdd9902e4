"""What claims say of a thing: the newest value with all who say it, what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica.ask.claimed.choosing import values_now
from galactica.ask.evidence import resolves
from galactica.joining.disagreements.group import ClaimGroup, GroupKind
from galactica.library import Library, join, open_library
from galactica.model import Verdict
from galactica.model.claim import Claim
from tests.ask.claimed.shelf import country, row
from tests.joining.disagreements.claims import CHANGING, MANY, ONE, claim, only
from tests.joining.making import built


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


def _joined(folder: Path, **sources: list[dict[str, object]]) -> Path:
    with built(folder, **sources) as edition:
        for stage in ("claims", "topics", "properties"):
            join(edition.path, only=stage)
    return edition.path


@pytest.fixture(scope="module")
def two_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A country whose capital two Chinese sources name and an English one, which nothing says is the same."""
    body = f"<p>瓦拉国是一个国家。</p><table>{row('首都', '霍尔姆')}</table>"
    both: dict[str, object] = {"path": "V", "identifiers": ["wikidata:Q1"]}
    chinese = [both | {"title": "瓦拉国", "aliases": ["Varaland"], "body": body, "language": "zh"}]
    english = [both | {"title": "Varaland", "body": country("Varaland", 2024), "language": "en"}]
    folder = tmp_path_factory.mktemp("scripts")
    with open_library([_joined(folder, nianjian=chinese, dili=chinese, almanac=english)]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Quelle est la capitale du Varaland ?", "Holm"),
        ("What is the capital of Varaland?", "Holm"),
        ("瓦拉国的首都是哪里？", "霍尔姆"),
    ],
)
def test_of_names_in_two_scripts_the_one_nearer_to_the_question_is_given(
    two_scripts: Library, question: str, text: str
) -> None:
    found = two_scripts.ask(question, reader="rules")
    assert (found.verdict, found.text) == (Verdict.ANSWERED, text)
    assert [each.value for each in found.others] == ([] if text == "霍尔姆" else ["霍尔姆"])


def test_a_value_that_could_not_be_compared_is_one_that_a_thing_has(two_scripts: Library) -> None:
    assert two_scripts.ask("Which country has the capital Holm?", reader="rules").text == "Varaland"


def test_editions_that_say_different_things_of_one_topic_are_two_sides(tmp_path: Path) -> None:
    paths = []
    for capital in ("Holm", "Malm"):
        body = country("Varaland", 2024, capital=capital)
        articles: list[dict[str, object]] = [{"path": "V", "title": "Varaland", "body": body, "language": "en"}]
        paths.append(_joined(tmp_path / capital, almanac=articles))
    with open_library(paths) as library:
        found = library.ask("What is the capital of Varaland?", reader="rules")
    assert found.verdict == Verdict.DISPUTED
    for side in found.positions:
        assert all(side.value in each.quote for each in side.citations)
    assert {side.value for side in found.positions} == {"Holm", "Malm"}


def test_what_could_not_be_compared_is_neither_limited_nor_a_side() -> None:
    told = [claim(name, source, "item") for name, source in (("霍尔姆", "a"), ("霍尔姆", "b"), ("Holm", "c"))]
    values = values_now(only([*told, claim("Ask", "d", "item", said="planned")]), 0)
    assert values is not None
    assert [side.value for side in values.current] == ["霍尔姆"]
    assert [side.value for side in values.uncompared] == ["Holm"]
    assert [each.claim.value for each in values.limited] == ["Ask"]


def test_what_somebody_was_is_not_told_beside_what_they_are() -> None:
    told = [claim("Ann Lee", "a", "item"), claim("Bo Ek", "b", "item"), claim("Cy Dahl", "c", "item", said="former")]
    values = values_now(only(told, MANY), 0)
    assert values is not None
    assert {side.value for side in values.current} == {"Ann Lee", "Bo Ek"}
    assert [each.claim.value for each in values.limited] == ["Cy Dahl"]
