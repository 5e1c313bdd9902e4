"""Two answers contradict each other where both cannot be right, and only then."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.disputes import agrees_in_words, disputed
from galactica.ask.kinds import Kind
from galactica.ask.question import read_question
from galactica.model import Verdict

from .group.pretended import Pointing, Shelf, article

CASES = tomllib.loads((Path(__file__).parent / "disputes.toml").read_text("utf-8"))["case"]


def test_there_are_at_least_fifty_cases_of_both_sorts() -> None:
    assert len(CASES) >= 50
    assert sum(case["disputed"] for case in CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['one']} / {case['other']}")
def test_made_cases_both_ways_round(case: dict[str, Any]) -> None:
    one, other = case.get("languages", "en en").split()
    assert disputed(case["one"], case["other"], Kind(case["kind"]), languages=(one, other)) == case["disputed"]
    assert disputed(case["other"], case["one"], Kind(case["kind"]), languages=(other, one)) == case["disputed"]


def asked(shelf: Shelf, **words: float) -> Asked:
    return Asked(
        question=read_question("When was the Green Bridge built?", "en"), holdings=shelf, reader=Pointing(**words)
    )


BUILT = "The Green Bridge was built in {} by the town of Aldova, which paid for it with a tax on salt."


def test_two_sources_that_differ_are_both_shown() -> None:
    shelf = Shelf(
        article("Green Bridge", BUILT.format(1823), source="atlas", modified="2001-01-01"),
        article("Green Bridge", BUILT.format(1832), source="wiki", modified="2020-01-01"),
    )
    found = answer(asked(shelf, **{"1823": 5.0, "1832": 4.0}))
    assert found.verdict is Verdict.DISPUTED
    assert [position.value for position in found.positions] == ["1823", "1832"]
    assert [position.citations[0].source for position in found.positions] == ["atlas", "wiki"]
    assert [position.citations[0].date for position in found.positions] == ["2001-01-01", "2020-01-01"]


def test_one_source_does_not_dispute_itself() -> None:
    shelf = Shelf(article("Green Bridge", BUILT.format(1823)), article("Bridges", BUILT.format(1832)))
    assert answer(asked(shelf, **{"1823": 5.0, "1832": 4.0})).verdict is Verdict.ANSWERED


def test_a_source_that_speaks_of_something_else_disputes_nothing() -> None:
    shelf = Shelf(
        article("Green Bridge", BUILT.format(1823), source="atlas"),
        article("Red Tower", "The Red Tower, which one sees from the river, was built in 1832.", source="wiki"),
    )
    assert answer(asked(shelf, **{"1823": 5.0, "1832": 4.0})).verdict is Verdict.ANSWERED


def test_a_coarser_date_of_another_source_agrees() -> None:
    shelf = Shelf(
        article("Green Bridge", BUILT.format("May 1823"), source="atlas"),
        article("Green Bridge", BUILT.format(1823), source="wiki"),
    )
    assert answer(asked(shelf, **{"May_1823": 5.0, "1823": 4.0})).verdict is Verdict.ANSWERED


def test_what_another_source_says_of_what_may_be_another_thing_stands_beside_the_answer() -> None:
    shelf = Shelf(
        article("Green Bridge", BUILT.format(1823), source="atlas"),
        article("Bridges", "The Bridge was built in 1832.", source="wiki"),
    )
    found = answer(asked(shelf, **{"1823": 5.0, "1832": 2.0}))
    assert found.verdict is Verdict.ANSWERED
    assert (found.text, found.positions) == ("1823", ())
    assert [(other.value, other.citations[0].source) for other in found.others] == [("1832", "wiki")]
    assert 0 < found.others[0].support < found.confidence


def test_beside_an_answer_stands_nothing_that_agrees_and_nothing_of_its_own_source() -> None:
    coarse = Shelf(
        article("Green Bridge", BUILT.format("May 1823"), source="atlas"),
        article("Green Bridge", BUILT.format(1823), source="wiki"),
    )
    own = Shelf(article("Green Bridge", BUILT.format(1823)), article("Bridges", BUILT.format(1832)))
    assert answer(asked(coarse, **{"May 1823": 5.0, "1823": 4.0})).others == ()
    assert answer(asked(own, **{"1823": 5.0, "1832": 4.0})).others == ()


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("badminton player", "singer", False),
        ("football", "American football", True),
        ("football", "Football", True),
        ("1,200 people", "about 1,200", True),
        ("1,200", "4,700", False),
    ],
)
def test_values_of_any_kind_agree_by_their_words(one: str, other: str, agree: bool) -> None:
    assert agrees_in_words(one, other) is agree
    assert agrees_in_words(other, one) is agree
