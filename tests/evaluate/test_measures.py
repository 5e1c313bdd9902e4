"""Measures against values worked out by hand or published."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.evaluate.judge import Judgement, JudgingRule, judge
from galactica.evaluate.measures import measure_names, measured, ndcg
from galactica.evaluate.question import Question

from .samples import hit

JUDGED = measure_names(100, judged=True)
PLAIN = measure_names(100, judged=False)
GRADED = Question(id="q", text="?", relevant=tuple((f"d{gain}{copy}", gain) for gain in (1, 2, 3) for copy in "ab"))


def test_the_names_say_how_deep_each_looks() -> None:
    assert PLAIN == ("recall@1", "recall@5", "recall@20", "mrr@100", "ndcg@10")
    assert JUDGED[:4] == ("success@1", "success@5", "success@20", "recall@1")
    assert measure_names(5, judged=False) == ("recall@1", "recall@5", "mrr@5", "ndcg@5")


@pytest.mark.parametrize(
    ("rank", "values"),
    [
        (1, (1, 1, 1, 1, 1)),
        (2, (0, 1, 1, 1 / 2, 0.6309297535714575)),  # 1 / log2(3)
        (3, (0, 1, 1, 1 / 3, 0.5)),  # 1 / log2(4)
        (7, (0, 0, 1, 1 / 7, 1 / 3)),  # 1 / log2(8)
        (20, (0, 0, 1, 1 / 20, 0)),
        (100, (0, 0, 0, 1 / 100, 0)),
        (101, (0, 0, 0, 0, 0)),
    ],
)
def test_one_right_passage(rank: int, values: tuple[float, ...]) -> None:
    assert measured(PLAIN, Judgement(right=((rank, 1),), ideal=(1,))) == pytest.approx(values)


def test_nothing_right_is_nothing() -> None:
    assert set(measured(JUDGED, Judgement(right=(), ideal=(3, 1)))) == {0.0}


def test_several_relevant_documents_are_recalled_in_part() -> None:
    # Four relevant; found at 2, 4 and 21.
    values = dict(
        zip(JUDGED, measured(JUDGED, Judgement(right=((2, 1), (4, 1), (21, 1)), ideal=(1,) * 4)), strict=True)
    )
    assert [values[f"success@{cut}"] for cut in (1, 5, 20)] == [0, 1, 1]
    assert [values[f"recall@{cut}"] for cut in (1, 5, 20)] == [0, 0.5, 0.5]
    assert values["mrr@100"] == 0.5
    ideal = 1 + 1 / log2(3) + 1 / 2 + 1 / log2(5)
    assert values["ndcg@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)


def test_graded_gains_give_the_published_value() -> None:
    # The worked example of https://en.wikipedia.org/wiki/Discounted_cumulative_gain: gains 3 2 3 0 1 2, and two more
    # documents of gain 3 and 2 that were not found; DCG 6.861, ideal 8.740, nDCG 0.785.
    verdict = Judgement(right=((1, 3), (2, 2), (3, 3), (5, 1), (6, 2)), ideal=(3, 3, 3, 2, 2, 2, 1))
    assert ndcg(verdict, 6) == pytest.approx(0.785, abs=5e-4)
    assert ndcg(verdict, 6) == pytest.approx(6.861 / 8.740, abs=2e-4)


@pytest.mark.parametrize(
    ("grades", "order", "values"),
    [
        (
            "d4:1 d5:2 d6:4 d13:4 d14:2 d15:3 d17:2 d18:2 d26:4",
            "d26 d16 d11 d10 d23 d1 d5 d29 d7 d20 d9 d28 d17 d13 d0 d19 d22 d6 d12 d21 d14 d15 d3 d8",
            (1, 1, 1, 0.1111111111111111, 0.1111111111111111, 0.5555555555555556, 1, 0.36174322248803764),
        ),
        (
            "d7:2 d11:1 d12:2 d18:3 d20:2 d23:2 d25:3 d27:2 d28:4",
            "d3 d22 d17 d15 d0 d25 d4 d7 d14 d16 d20 d24 d12 d18 d10 d13 d23 d28 d6 d19 d8 d9 d21 d5",
            (0, 0, 1, 0, 0, 0.7777777777777778, 0.16666666666666666, 0.1498869375697703),
        ),
    ],
)
def test_judged_rankings_have_the_values_of_trec_eval(grades: str, order: str, values: tuple[float, ...]) -> None:
    # Computed by trec_eval (pytrec_eval-terrier 0.5.11): success, recall, recip_rank, ndcg_cut_10.
    relevant = tuple((name, int(gain)) for name, _, gain in (pair.partition(":") for pair in grades.split()))
    hits = [
        hit(path=f"{name}.txt", identity=number, passage=part)
        for number, name in enumerate(order.split())
        for part in range(1 + number % 3)
    ]
    verdict = judge(Question(id="q", text="?", relevant=relevant), JudgingRule.DOCUMENT, hits)
    assert measured(JUDGED, verdict) == pytest.approx(values, abs=1e-12)


def test_the_best_order_is_1_even_where_more_is_relevant_than_fits() -> None:
    right = tuple((place, 2) for place in range(1, 16))
    assert ndcg(Judgement(right=right, ideal=(2,) * 15), 10) == pytest.approx(1)


orders = st.lists(st.sampled_from([*(name for name, _ in GRADED.relevant), "x", "y", "z"]), max_size=40)


@given(orders)
def test_every_measure_lies_between_0_and_1(order: list[str]) -> None:
    hits = [hit(path=name, identity=number) for number, name in enumerate(order)]
    values = measured(JUDGED, judge(GRADED, JudgingRule.DOCUMENT, hits))
    assert all(0 <= value <= 1 + 1e-12 for value in values)


@given(orders, st.integers(0, 5))
def test_wrong_hits_after_the_right_ones_change_nothing(order: list[str], more: int) -> None:
    hits = [hit(path=name, identity=number) for number, name in enumerate(order)]
    longer = [*hits, *(hit(path="wrong", identity=1_000 + number) for number in range(more))]
    before, after = (measured(JUDGED, judge(GRADED, JudgingRule.DOCUMENT, one)) for one in (hits, longer))
    assert before == after


@given(st.integers(1, 60), st.integers(0, 60))
def test_a_right_hit_further_down_is_never_better(place: int, further: int) -> None:
    near, far = (measured(PLAIN, Judgement(right=((at, 1),), ideal=(1,))) for at in (place, place + further))
    assert all(a >= b for a, b in zip(near, far, strict=True))
