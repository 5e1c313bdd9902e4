"""The everyday questions: each can be judged, and what was looked at is apart from what was not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.ask_cases import DAILY, EVERYDAY, ORDINARY, PLAIN, WEEKLY, YES_NO, contains, judged

from galactica.model import Answer, Verdict

LINES = [json.loads(line) for line in EVERYDAY.read_text(encoding="utf-8").splitlines()]


def test_each_question_has_an_article_that_answers_it_or_no_answer() -> None:
    for line in LINES:
        assert (line["answers"] is None) == (not line["article"])
        assert line["edition"] in ("enwiki", "zhwiki")
        assert all(contains(each, [each]) for each in line["answers"] or ())


def test_both_parts_are_as_large_and_share_no_question() -> None:
    counts = Counter(line["part"] for line in LINES)
    assert counts == {"develop": 66, "held": 66}
    assert len({line["question"] for line in LINES}) == len(LINES)


@pytest.mark.parametrize("path", [ORDINARY, PLAIN, YES_NO], ids=lambda path: path.stem)
def test_each_shape_of_shaped_questions_is_in_both_parts(path: Path) -> None:
    shaped = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len({line["question"] for line in shaped}) == len(shaped) >= 120
    for line in shaped:
        assert (line["answers"] is None) == (not line["article"]) == (line["shape"] == "null")
        assert all(contains(each, [each]) for each in line["answers"] or ())
    shapes = {part: {line["shape"] for line in shaped if line["part"] == part} for part in ("develop", "held")}
    assert shapes["develop"] == shapes["held"]
    assert not {line["question"] for line in shaped} & {line["question"] for line in LINES}


@pytest.mark.parametrize(("path", "english"), [(DAILY, 120), (WEEKLY, 100)], ids=["daily", "weekly"])
def test_what_was_written_to_be_held_back_is_about_articles_that_nothing_else_asks_about(
    path: Path, english: int
) -> None:
    held = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert Counter(line["edition"] for line in held) == {"enwiki": english, "zhwiki": 60}
    assert {line["part"] for line in held} == {"held"}
    for line in held:
        assert (line["answers"] is None) == (not line["article"]) == (line["shape"] == "null")
        assert all(contains(each, [each]) for each in line["answers"] or ())
    about = [line["article"] for line in held if line["article"]]
    assert len(set(about)) == len(about)
    assert len({line["question"] for line in held}) == len(held)
    for other in path.parent.glob("*.jsonl"):
        if other != path:
            others = [json.loads(line) for line in other.read_text(encoding="utf-8").splitlines()]
            assert not {line.get("article", "") for line in others} & set(about), other.name
            assert not {line["question"] for line in others} & {line["question"] for line in held}, other.name


@pytest.mark.parametrize(("said", "right"), [("是", True), ("不是", False), ("Yes", False), ("免費", True)])
def test_an_answer_of_yes_or_no_is_compared_whole(said: str, right: bool) -> None:
    answer = Answer(question="是免費的嗎", verdict=Verdict.ANSWERED, text=said, confidence=0.9)
    assert judged(answer, ["是", "免費"]) == ("right" if right else "wrong")


def test_a_number_may_be_said_in_digits() -> None:
    assert contains("a total of 3 cups", ["three"])
    assert not contains("33 cups", ["three"])
    assert not contains("three cups", ["four"])
