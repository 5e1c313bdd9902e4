"""The words of questions over several things: each example of the tables is read as it says."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from galactica.ask.claimed.sorts import of_sort, sort_called, sort_words
from galactica.ask.claimed.words import compared_by, compared_in
from galactica.ask.properties import properties
from galactica.ask.superlative_words import superlative_words
from galactica.claims.property_table import known_properties
from galactica.joining.properties.kept import TopicEntry, TopicTitle

TABLE = tomllib.loads(files("galactica.ask.claimed").joinpath("words.toml").read_text("utf-8"))
EXAMPLES = [each["question"] for each in TABLE["example"]]


@pytest.mark.parametrize(("language", "question", "line", "first", "second"), EXAMPLES)
def test_examples_are_read_as_they_say(language: str, question: str, line: str, first: str, second: str) -> None:
    assert compared_in(question, [first, second], language) == compared_by(line)
    assert compared_by(line) is not None


@pytest.mark.parametrize(
    "question", ["Is Vara bigger and richer than Sund?", "Is Vara bigger than Sund was in 1900?", "Vara or Sund?"]
)
def test_a_question_that_says_more_compares_nothing(question: str) -> None:
    assert compared_in(question, ["Vara", "Sund"], "en") is None


def test_what_is_compared_is_a_property_of_claims() -> None:
    for text in TABLE["by"].values():
        assert {name.removeprefix("#") for name in text.split()} <= set(known_properties())


def test_every_property_that_is_asked_for_names_claims_that_there_are() -> None:
    for each in properties():
        assert set(each.claims) <= set(known_properties()), each.name


def test_every_property_of_claims_can_be_asked_for() -> None:
    asked = {name for each in properties() for name in each.claims}
    assert set(known_properties()) <= asked


def test_superlatives_without_claims_are_left_to_sentences() -> None:
    lines = {name for words in superlative_words().values() for _, name in words.phrases}
    assert {line for line in lines if compared_by(line) is None} >= {"moons_most", "near_sun"}


def entry(topic: str, *sorts: str, has: str = "") -> TopicEntry:
    return TopicEntry(
        topic=topic,
        members=(TopicTitle(row=0, language="en", title=topic),),
        sorts=sorts,
        has=frozenset(has.split()),
    )


def test_a_thing_is_of_a_sort_by_the_end_of_what_it_is_said_to_be() -> None:
    topics = [
        entry("a", "a landlocked country"),
        entry("b", "Former countries"),
        entry("c", "a country house"),
        entry("d", "一个国家"),
        entry("e", has="capital government_type"),
        entry("f"),
    ]
    assert [each.topic for each in of_sort(topics, sort_called("countries", "en"))] == ["a", "d", "e"]


def test_a_sort_that_no_table_has_is_called_by_its_own_words() -> None:
    topics = [entry("a", "a stone bridge"), entry("b", "Bridges"), entry("c", "a bridge builder")]
    assert [each.topic for each in of_sort(topics, sort_called("bridges", "en"))] == ["a", "b"]


def test_the_longest_name_of_a_sort_is_found() -> None:
    assert sort_words("Which chemical element is the heaviest?", "en") == "chemical element"
    assert sort_words("哪个国家最大？", "zh") == "国家"
    assert sort_words("Who was it?", "en") == ""
