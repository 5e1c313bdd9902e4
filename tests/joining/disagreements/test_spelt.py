"""Names of one thing that are written apart: what the table's examples say holds, whichever name comes first."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from galactica.joining.disagreements.group import GroupKind
from galactica.joining.disagreements.spelt import may_be_spellings, one_but_for_kind, own_words
from tests.joining.disagreements.claims import MANY, ONE, claim, only, values

EXAMPLES = tomllib.loads(files("galactica.joining.disagreements").joinpath("spelt.toml").read_text("utf-8"))["examples"]


@pytest.mark.parametrize(("one", "other"), EXAMPLES["one"])
def test_names_are_one_but_for_what_says_what_they_name(one: str, other: str) -> None:
    assert one_but_for_kind(one, other)
    assert one_but_for_kind(other, one)


@pytest.mark.parametrize(("one", "other"), [*EXAMPLES["two"], *EXAMPLES["alike"], *EXAMPLES["unlike"]])
def test_other_names_are_not_one_by_that(one: str, other: str) -> None:
    assert not one_but_for_kind(one, other)
    assert not one_but_for_kind(other, one)


@pytest.mark.parametrize(("one", "other"), EXAMPLES["alike"])
def test_names_whose_words_sound_alike_may_be_spellings_of_one(one: str, other: str) -> None:
    assert may_be_spellings(one, other)
    assert may_be_spellings(other, one)


@pytest.mark.parametrize(("one", "other"), [*EXAMPLES["two"], *EXAMPLES["unlike"]])
def test_names_with_another_word_are_no_spellings_of_one(one: str, other: str) -> None:
    assert not may_be_spellings(one, other)
    assert not may_be_spellings(other, one)


def test_names_in_other_scripts_and_long_ones_are_left_as_they_are() -> None:
    assert own_words("富士山").every == ()
    assert own_words("the hill that stands far behind the last of the old mills").every == ()
    assert not may_be_spellings("北京", "背景")
    assert not one_but_for_kind("", "")


def test_what_may_be_spellings_stands_side_by_side_and_does_not_differ() -> None:
    names = [claim("Baekdu Mountain", kind="item"), claim("Paektu-san", "b", "item")]
    group = only(names, ONE)
    assert group.kind is GroupKind.SEVERAL
    assert sorted(values(group)) == ["Baekdu Mountain", "Paektu-san"]
    assert only([*names, claim("Elm Peak", "c", "item")], ONE).kind is GroupKind.DIFFER


def test_neighbours_that_sound_alike_are_two() -> None:
    names = [claim("Iran", kind="item"), claim("Iraq", "b", "item")]
    assert values(only(names, MANY)) == ["Iran", "Iraq"]


def test_a_mountain_under_another_word_for_it_is_one() -> None:
    names = [claim("Mount Damavand", kind="item"), claim("Kuh-e Damavand", "b", "item")]
    assert only(names, ONE).kind is GroupKind.ROUNDING
