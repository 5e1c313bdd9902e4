"""Means by language, and what is said when two runs are compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import UsageError
from galactica.evaluate.report import EvaluationSettings, Outcome, Run, compared, evaluated

SETTINGS = EvaluationSettings(by="words", limit=100, editions=("ab" * 32,))


def outcome(identity: str, value: float, *, language: str = "en", milliseconds: float = 1.0) -> Outcome:
    return Outcome(
        id=identity,
        language=language,
        text="?",
        rule="answer",
        rank=1 if value else 0,
        milliseconds=milliseconds,
        values=(value,),
    )


def run(*outcomes: Outcome, measures: tuple[str, ...] = ("recall@1",), settings: EvaluationSettings = SETTINGS) -> Run:
    return Run(settings=settings, measures=measures, outcomes=outcomes, asked=len(outcomes))


def many(values: list[float]) -> Run:
    return run(*(outcome(str(number), value) for number, value in enumerate(values)))


def test_means_are_given_for_all_and_for_each_language() -> None:
    found = evaluated(run(outcome("1", 1), outcome("2", 0), outcome("1", 1, language="de")))
    assert [(group.language, group.questions) for group in found.groups] == [("", 3), ("de", 1), ("en", 2)]
    assert [group.measures[0].value for group in found.groups] == pytest.approx([2 / 3, 1, 1 / 2])
    for group in found.groups:
        assert all(0 <= one.low <= one.value <= one.high <= 1 for one in group.measures)
    assert found.rules == (("answer", 3),)


def test_one_language_is_not_given_twice() -> None:
    assert [group.language for group in evaluated(run(outcome("1", 1))).groups] == [""]


def test_times_are_given_as_middle_and_tail() -> None:
    found = evaluated(run(*(outcome(str(number), 1, milliseconds=float(number)) for number in range(101))))
    assert (found.p50, found.p99) == pytest.approx((50, 99))


def test_nothing_asked_is_nothing_measured() -> None:
    with pytest.raises(UsageError, match="No question"):
        evaluated(run())


def test_the_better_run_is_ahead() -> None:
    good, bad = many([1, 1, 1, 0] * 25), many([1, 0, 0, 0] * 25)
    for now, earlier, sign, ahead in ((good, bad, 1, "now"), (bad, good, -1, "earlier")):
        (one,) = compared(now, earlier).measures
        assert one.difference == pytest.approx(sign * 0.5)
        assert one.low <= one.difference <= one.high
        assert one.p < 0.01
        assert one.ahead == ahead


def test_a_difference_that_chance_explains_puts_neither_ahead() -> None:
    (one,) = compared(many([1, 0, 1, 0, 1]), many([0, 1, 0, 1, 1])).measures
    assert one.ahead == "neither"
    assert one.p > 0.3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_a_run_compared_with_itself_has_no_difference(values: list[float]) -> None:
    (one,) = compared(many(values), many(values)).measures
    assert (one.difference, one.low, one.high, one.p, one.ahead) == (0, 0, 0, 1, "neither")


def test_only_questions_of_both_runs_are_compared() -> None:
    found = compared(
        run(outcome("1", 1), outcome("2", 0), outcome("3", 1, language="de")),
        run(outcome("2", 0), outcome("1", 0), outcome("3", 0, language="en"), outcome("4", 0)),
    )
    assert (found.questions, found.only_now, found.only_earlier) == (2, 1, 2)
    assert found.measures[0].difference == pytest.approx(0.5)


def test_measures_are_matched_by_name() -> None:
    now = run(replace(outcome("1", 1), values=(0.5, 0.25)), measures=("recall@1", "mrr@100"))
    earlier = run(replace(outcome("1", 1), values=(0.75, 0.5)), measures=("mrr@50", "recall@1"))
    (one,) = compared(now, earlier).measures
    assert (one.name, one.now, one.earlier) == ("recall@1", 0.5, 0.5)


def test_other_settings_are_named() -> None:
    now = run(outcome("1", 1), settings=replace(SETTINGS, by="meaning"))
    earlier = run(replace(outcome("1", 1), rule="article+answer"))
    assert compared(now, earlier).differs == ("by: words then, meaning now", "rule: article+answer then, answer now")
    assert compared(now, now).differs == ()


def test_runs_with_nothing_in_common_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="no question in common"):
        compared(run(outcome("1", 1)), run(outcome("2", 1)))
    with pytest.raises(UsageError, match="no measure in common"):
        compared(run(outcome("1", 1)), run(outcome("1", 1), measures=("mrr@5",)))
