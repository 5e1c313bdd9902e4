"""Where an answer stands makes it likelier: in the article that is asked about, at its beginning, more than once."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import pytest

from galactica.ask.alike import Same, put_together
from galactica.ask.asked import Asked
from galactica.ask.confidence import confidence
from galactica.ask.contract import Reader
from galactica.ask.disputes import may_be_the_same
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.kinds import Kind
from galactica.ask.marking import marks_worth_reading
from galactica.ask.proving import Proved, prove_answers
from galactica.ask.question import read_question
from galactica.ask.standing import MOST_AGREEING, NAMES, standing, standing_signals, standing_weights
from galactica.ask.weighing import chance
from galactica.model import Article

from .group.pretended import Pointing, Shelf, article

QUESTION = "Who is behind the Green Bridge?"
TELLS = "Maria Holt stands behind the Green Bridge."
FILLING = "\n".join(f"Much else is told of the town in the year {year}. " * 40 for year in (1801, 1802, 1803))


class Doubtful(Pointing):
    """Reads as the trained reader would, as far as weights go by its name."""

    name = "trained"


def looked(
    *articles: Article, reader: Reader | None = None, question: str = QUESTION
) -> tuple[Asked, Proved, Sequence[Same]]:
    asked = Asked(
        question=read_question(question, "en"), holdings=Shelf(*articles), reader=reader or Doubtful(Maria_Holt=1.0)
    )
    worth = worth_reading(asked, searched_for(asked))
    groups = put_together(marks_worth_reading(asked, worth))
    return asked, prove_answers(asked, groups)[0][0], groups


def signals(*articles: Article, question: str = QUESTION) -> dict[str, float]:
    return standing_signals(*looked(*articles, question=question), 0.0)


def test_there_are_weights_for_the_trained_reader_and_what_speaks_for_an_answer_counts_for_it() -> None:
    own = standing_weights()["trained"]
    assert set(own) == set(NAMES)
    assert all(own[name] > 0 for name in ("logit", "agreeing", "named", "beginning"))


def test_the_beginning_of_an_article_counts() -> None:
    first, later = article("Green Bridge", f"{TELLS}\n{FILLING}"), article("Green Bridge", f"{FILLING}\n{TELLS}")
    assert [signals(each)["beginning"] for each in (first, later)] == [1.0, 0.0]
    likely = [confidence(*looked(each)) for each in (first, later)]
    assert likely[0] > likely[1]


def test_an_article_that_the_question_names_counts() -> None:
    own, another = article("Green Bridge", f"{TELLS}\n{FILLING}"), article("Oldham", f"{TELLS}\n{FILLING}")
    assert [signals(each)["named"] for each in (own, another)] == [1.0, 0.0]
    assert confidence(*looked(own)) > confidence(*looked(another))


def test_passages_that_give_the_same_in_other_words_count_up_to_a_bound() -> None:
    def told(*values: str) -> list[Article]:
        return [article(f"Town {n}", f"The Green Bridge is {value} long.\n{FILLING}") for n, value in enumerate(values)]

    def agreeing(*values: str) -> float:
        reader = Doubtful(**{value.replace(" ", "_"): 2.0 - n for n, value in enumerate(dict.fromkeys(values))})
        asked, first, groups = looked(*told(*values), reader=reader, question="How long is the Green Bridge?")
        return standing_signals(asked, first, groups, 0.0)["agreeing"]

    assert agreeing("480 m") == 0
    assert agreeing("480 m", "480 metres") == 1
    assert agreeing("480 m", "600 m") == 0
    assert agreeing(*["480 m"] * 6) == MOST_AGREEING


def test_nothing_is_told_of_what_was_not_learned_from() -> None:
    paragraph = article("Green Bridge", TELLS)
    assert standing(*looked(paragraph), 0.0) is None
    whole = article("Green Bridge", f"{TELLS}\n{FILLING}")
    assert standing(*looked(whole), 0.0) is not None
    asked, first, groups = looked(whole, reader=Pointing(Maria_Holt=1.0))
    assert standing(asked, first, groups, 0.0) is None, "another reader"
    asked, first, groups = looked(whole)
    german = dataclasses.replace(asked, question=read_question("Wer steht hinter der Brücke?", "de"))
    assert standing(german, first, groups, 0.0) is None
    own = article("Green Bridge", f"{TELLS}\n{FILLING}", language="de")
    _, first_german, groups_german = looked(own)
    assert standing(german, first_german, groups_german, 0.0) is None, "both in a language that was not learned from"
    chinese = dataclasses.replace(asked, question=read_question("绿桥后面是谁？", "zh"))
    assert standing(chinese, first, groups, 0.0) is None, "the article is in another language"
    _, in_chinese, groups_chinese = looked(article("Green Bridge", f"{TELLS}\n{FILLING}", language="zh"))
    assert standing(chinese, in_chinese, groups_chinese, 0.0) is not None
    yes = dataclasses.replace(asked, question=read_question("Is Maria Holt behind the Green Bridge?", "en"))
    assert standing(yes, first, groups, 0.0) is None


def test_the_probability_follows_the_weights() -> None:
    asked, first, groups = looked(article("Green Bridge", f"{TELLS}\n{FILLING}"))
    own, told = standing_weights()["trained"], standing_signals(asked, first, groups, 1.5)
    logit = standing(asked, first, groups, 1.5)
    assert logit is not None
    assert math.isclose(logit, sum(own[name] * told[name] for name in NAMES))
    assert 0 < chance(logit) < 1


@pytest.mark.parametrize(
    ("one", "other", "kind", "agree"),
    [
        ("1930", "in July 1930", Kind.DATE, True),
        ("1930", "1931", Kind.DATE, False),
        ("1930", "the king", Kind.DATE, False),
        ("4810 m", "4,810 metres", Kind.MEASURE, True),
        ("4810 m", "3724 m", Kind.MEASURE, False),
        ("the architect I. M. Pei", "I.M. Pei", Kind.PERSON, True),
        ("Norway", "Denmark and Sweden", Kind.NAME, False),
    ],
)
def test_answers_agree_where_one_says_the_same_or_less(one: str, other: str, kind: Kind, agree: bool) -> None:
    assert may_be_the_same(one, other, kind) is agree
    assert may_be_the_same(other, one, kind) is agree
