"""Pairs of a question and a passage of another article are as near as the teacher's vectors say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from galactica.train.graded import AMONG, graded_pairs
from galactica.train.reading.lesson import Real

TOPICS = ("bridge", "rice", "star", "horse")


def real(number: int, topic: str, *, russian: bool = False) -> Real:
    text = f"Река {topic} <{number}> есть" if russian else f"The {topic} number <{number}> is here"
    start = text.index("<")
    return Real(
        question=f"which {topic}?", passage=text, title=f"{topic} {number}", answers=((start, text.index(">") + 1),)
    )


ASKED = [real(n, topic, russian=n % 2 == 1) for topic in TOPICS for n in range(20)]


def by_topic(texts: Sequence[str], kind: str, scripts: Sequence[str]) -> NDArray[np.float32]:
    """A direction for each topic."""
    return np.array([[float(topic in text) for topic in TOPICS] for text in texts], np.float32)


def test_the_nearest_of_both_scripts_are_taken_and_graded() -> None:
    pairs = graded_pairs(ASKED, 1.0, by_topic, "s")
    assert pairs == graded_pairs(ASKED, 1.0, by_topic, "s") != graded_pairs(ASKED, 1.0, by_topic, "other")
    for pair in pairs:
        topic = pair.question.removeprefix("which ").removesuffix("?")
        assert topic in pair.passage  # there are more of a topic than are looked at
        assert pair.near == pytest.approx(0.9526, abs=1e-3)
    assert {("Река" in pair.passage) for pair in pairs} == {True, False}


def test_what_holds_the_answer_or_is_of_the_same_article_is_no_pair() -> None:
    asked = [Real(question="who?", passage=f"Moon {n}", title="Moon", answers=((0, 4),)) for n in range(AMONG + 3)]
    assert graded_pairs(asked, 1.0, by_topic, "s") == []
    apart = [Real(question="who?", passage=f"Moon {n}", title=f"{n}", answers=((0, 4),)) for n in range(AMONG + 3)]
    assert graded_pairs(apart, 1.0, by_topic, "s") == []


def test_far_passages_are_graded_low_and_without_questions_there_are_none() -> None:
    asked = [real(0, "bridge"), *(real(n, "rice") for n in range(AMONG + 2))]
    (far,) = [pair for pair in graded_pairs(asked, 1.0, by_topic, "s") if "bridge" in pair.question]
    assert far.near < 0.01
    assert graded_pairs([], 1.0, by_topic, "s") == graded_pairs(asked, 0.0, by_topic, "s") == []
