"""What makes a hit right, by each of the three rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from galactica.errors import UsageError
from galactica.evaluate.judge import Judgement, JudgingRule, judge, judging_rule
from galactica.evaluate.question import Question

from .samples import hit

ASKED = Question(id="q", text="?", answers=("radium", "Ra"), title="Marie Curie")
JUDGED = Question(id="q", text="?", relevant=(("d1", 3), ("d2", 1)), set_aside=("d0",))
NOTHING = Judgement(right=(), ideal=(1,))


def first(place: int) -> Judgement:
    return Judgement(right=((place, 1),), ideal=(1,))


def test_by_the_answer_any_article_will_do() -> None:
    hits = [hit("polonium"), hit("Radium!", title="Elements"), hit("radium", title="Marie Curie")]
    assert judge(ASKED, JudgingRule.ANSWER, hits) == first(2)


def test_by_the_article_and_the_answer_both_must_be_there() -> None:
    hits = [hit("radium", title="Elements"), hit("polonium", title="Marie Curie"), hit("Ra", title="MARIE_CURIE")]
    assert judge(ASKED, JudgingRule.ARTICLE, hits) == first(3)
    assert judge(ASKED, JudgingRule.ARTICLE, hits[:2]) == NOTHING
    assert judge(ASKED, JudgingRule.ARTICLE, ()) == NOTHING


def test_an_expression_is_right_where_it_matches() -> None:
    asked = Question(id="q", text="?", pattern="Mari[ea] C", title="Marie Curie")
    hits = [hit("Maria Curie"), hit("Marie Curie", title="Marie Curie")]
    assert judge(asked, JudgingRule.ANSWER, hits) == first(1)
    assert judge(asked, JudgingRule.ARTICLE, hits) == first(2)


def test_passages_of_one_document_count_once_at_the_first() -> None:
    hits = [
        hit(path="x.txt", identity=9),
        hit(path="x.txt", identity=9, passage=1),
        hit(path="d2.txt", identity=2),
        hit(path="d2.txt", identity=2, passage=1),
        hit(path="d1.txt", identity=1),
    ]
    assert judge(JUDGED, JudgingRule.DOCUMENT, hits) == Judgement(right=((2, 1), (3, 3)), ideal=(3, 1))


def test_what_is_set_aside_takes_no_place() -> None:
    hits = [hit(path="d0", identity=1), hit(path="d1", identity=2)]
    assert judge(JUDGED, JudgingRule.DOCUMENT, hits).right == ((1, 3),)


@pytest.mark.parametrize(
    ("path", "title", "known"),
    [
        ("d1", "", True),
        ("d1.txt", "", True),
        ("folder/d1.html", "", True),
        ("folder/d1", "", True),
        ("1", "d1", True),
        ("1", "d1.md", True),
        ("d1/x", "", False),
        ("xd1", "d1x", False),
        ("", "", False),
        ("d1.5", "d1 and d2", False),
    ],
)
def test_a_document_is_called_by_its_path_or_title(path: str, title: str, known: bool) -> None:
    assert bool(judge(JUDGED, JudgingRule.DOCUMENT, [hit(path=path, title=title)]).right) is known


def test_a_question_is_judged_by_the_strictest_rule_it_has_the_data_for() -> None:
    assert judging_rule(ASKED) is JudgingRule.ARTICLE
    assert judging_rule(replace(ASKED, foreign_title=True)) is JudgingRule.ANSWER
    assert judging_rule(replace(ASKED, title="")) is JudgingRule.ANSWER
    assert judging_rule(replace(ASKED, relevant=(("d", 1),))) is JudgingRule.DOCUMENT
    assert judging_rule(replace(ASKED, foreign_title=True), JudgingRule.ARTICLE) is JudgingRule.ARTICLE


@pytest.mark.parametrize(
    ("question", "rule", "word"),
    [
        (ASKED, JudgingRule.DOCUMENT, "--qrels"),
        (replace(ASKED, title=""), JudgingRule.ARTICLE, "title"),
        (JUDGED, JudgingRule.ANSWER, "answers"),
    ],
)
def test_a_rule_that_the_question_has_no_data_for_is_refused(question: Question, rule: JudgingRule, word: str) -> None:
    with pytest.raises(UsageError, match=rule.value.replace("+", r"\+")) as raised:
        judging_rule(question, rule)
    assert word in raised.value.remedy
