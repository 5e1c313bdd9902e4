"""What a reader's training goes through, round by round."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

pytest.importorskip("tokenizers")

from galactica.train import reader_rounds
from galactica.train.reader_rounds import LessonRounds, RoundInputs, processes_to_make_rounds
from galactica.train.reading.example_table import ExampleTable
from galactica.train.reading.exchanging import PieceDictionary
from galactica.train.reading.lesson import Graded, Lesson, ReaderPlan, Real

from .reading.small import PIECES, VOCABULARY

PLAN = ReaderPlan(epochs=3, talked=0.0, exchanged=0.5, translated=0.0, claims=0.5, spoiled=0.5, kept=0.5, seed=7)


def real(number: int) -> Real:
    text = f"the town was built in {1901 + number % 6} by amber. the river is a harbour of boats."
    start = text.index("amber")
    return Real(question=f"who built town {number}?", passage=text, title="", answers=((start, start + 5),))


def inputs(**changed: object) -> RoundInputs:
    found = RoundInputs(
        asked=[real(number) for number in range(80)],
        made=[Lesson(question="when?", passage="built in 1901", answers=((9, 13),)) for _ in range(10)],
        graded=[Graded(question="who?", passage="the boats", near=0.3)] * 40,
        vocabulary=VOCABULARY,
        plan=PLAN,
    )
    return replace(found, **changed)  # type: ignore[arg-type]


def alike(one: ExampleTable, other: ExampleTable) -> bool:
    return all(
        np.array_equal(
            np.nan_to_num(getattr(one, each.name).astype(float), nan=-9),
            np.nan_to_num(getattr(other, each.name).astype(float), nan=-9),
        )
        for each in fields(ExampleTable)
    )


def test_made_lessons_come_first_and_some_of_them_again_in_each_round() -> None:
    rounds = LessonRounds(inputs())
    assert [rounds.like(number) for number in range(len(rounds))] == [0, 1, 1, 1]
    assert len(rounds.table(0)) == 10
    sizes = [len(LessonRounds(inputs(made=())).table(number)) for number in range(3)]
    assert [len(rounds.table(number)) for number in (1, 2, 3)] == [size + 5 for size in sizes]
    assert all(size > 80 + 40 for size in sizes)


def test_each_round_is_another_and_the_same_whoever_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_rounds, "PARTS", 4)
    alone = LessonRounds(inputs())
    assert not alike(alone.table(1), alone.table(2))
    assert alike(alone.table(2), LessonRounds(inputs()).table(2))


def test_processes_make_the_rounds_that_one_makes() -> None:
    alone, together = LessonRounds(inputs()), LessonRounds(inputs(), processes=2)
    try:
        for number in (0, 1, 2, 3, 1):
            assert alike(alone.table(number), together.table(number))
    finally:
        together.close()


def test_words_are_exchanged_as_the_plan_says_and_by_the_numbers_of_what_is_learned() -> None:
    count = len(PIECES)
    words = PieceDictionary(choices=np.full((1, count, 3), 7, np.int32), opens=np.ones(count, np.bool_))
    exchange = LessonRounds(inputs(words=words)).exchanged(1)
    assert exchange is not None
    ids, numbers = np.full((50, 8), 9, np.int64), np.arange(50)
    assert np.array_equal(exchange(ids, numbers), exchange(ids, numbers))
    assert not np.array_equal(exchange(ids, numbers), exchange(ids, numbers + 1))
    assert 0.1 < (exchange(ids, numbers) == 7).mean() < 0.45
    assert LessonRounds(inputs()).exchanged(1) is None
    assert LessonRounds(inputs(words=words, plan=replace(PLAN, exchanged=0.0))).exchanged(1) is None


def test_a_training_that_learns_nothing_has_no_rounds_but_windows_to_round_by() -> None:
    rounds = LessonRounds(inputs(plan=replace(PLAN, epochs=0), made=()))
    assert len(rounds) == 0
    assert len(rounds.shown(12)) == 12


def test_a_processor_is_left_to_what_learns() -> None:
    assert processes_to_make_rounds("cpu") == 0
    assert processes_to_make_rounds("cuda") >= 1
