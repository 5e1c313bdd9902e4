"""The starter library answers plain questions about its own tables, and none wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.ask_starter import right
from benchmarks.starter_questions import questions

from galactica.library import Library, build, open_library
from galactica.model import Verdict

EVERY = 4
"""Every fourth question is asked here; `python -m benchmarks.ask_starter` asks all."""


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    out: Path = tmp_path_factory.mktemp("starter") / "starter.edition"
    build(out, ["atlas:", "almanac:"], meaning=False, workers=1)
    with open_library([out]) as library:
        yield library


def test_there_are_a_hundred_in_english_and_fifty_in_chinese_none_twice() -> None:
    every = questions()
    assert [sum(plain.language == tag for plain in every) for tag in ("en", "zh")] == [100, 50]
    assert len({plain.question for plain in every}) == 150
    assert questions() == every


def test_plain_questions_are_answered_rightly(starter: Library) -> None:
    some = questions()[::EVERY]
    found = [(plain, starter.ask(plain.question)) for plain in some]
    told = [(plain, answer) for plain, answer in found if answer.verdict is not Verdict.NOT_FOUND]
    assert [plain.question for plain, answer in told if not right(plain, answer)] == []
    assert 10 * len(told) >= 9 * len(some)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("波兰的首都", ("华沙",)),
        ("capital Poland", ("Warsaw",)),
        ("How many moons does Saturn have?", ("274", "145")),
        ("Which country has the most neighbours?", ("Russia and China",)),
        ("Which planet is the biggest?", ("Jupiter",)),
        ("世界上最大的国家是哪个？", ("俄罗斯",)),
        ("Which element has the atomic number 79?", ("Gold",)),
    ],
)
def test_what_readme_and_demo_ask_is_answered(starter: Library, question: str, answers: tuple[str, ...]) -> None:
    found = starter.ask(question)
    assert tuple(position.value for position in found.positions) or (found.text,) == answers
    assert found.verdict is not Verdict.NOT_FOUND


@pytest.mark.parametrize(
    "question", ["What is the capital of Narnia?", "who is the president of France?", "法国总统是谁"]
)
def test_what_it_does_not_hold_is_not_answered(starter: Library, question: str) -> None:
    assert starter.ask(question).verdict is Verdict.NOT_FOUND
