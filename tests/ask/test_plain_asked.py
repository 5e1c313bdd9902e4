"""What denies, or names two things, is asked plainly of neither: no row states it."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.ask.sought import question_language
from galactica.ask.stated import stated
from galactica.ask.widening import whole_initials, with_point
from galactica.model import Verdict

from .group.pretended import Shelf, article
from .test_stated import table

SHELF = Shelf(
    article(
        "Orland",
        body="<p>Orland is a country.</p>"
        + table("Capital|Port Vell, O.T.", "Nickname|The Pearl", "Population|91,400"),
        aliases=("Kingdom of Orland",),
    ),
    article("Velland", body="<p>Velland is a country.</p>" + table("Capital|Sarn", "Population|55,210")),
    article("Bricks and Mortar", body="<p>It is a town.</p>" + table("Population|7,301")),
    article("奥兰国", body="<p>奥兰国是国家。</p>" + table("首都|韦尔港", "别称|明珠"), language="zh"),
    article("维兰国", body="<p>维兰国是国家。</p>" + table("首都|萨恩", "邻国数量|3"), language="zh"),
    article("Mora", body="<p>Mora is a planet.</p>" + table("Mean distance from the Sun|91,000,000 km")),
    article("the Sun", "The Sun is a star."),
)


def told(question: str) -> list[str]:
    language = question_language(question, SHELF.languages)
    asked = Asked(question=read_question(question, language), holdings=SHELF, reader=RuleReader())
    found = stated(asked, asked.passages(limit=8))
    return [each.hit.text[each.start - each.hit.start : each.end - each.hit.start] for each in found]


@pytest.mark.parametrize(
    "question",
    [
        "What is not the capital of Orland?",
        "What isn't the capital of Velland?",
        "Which is never the capital of Orland?",
        "Was ist nicht die Hauptstadt von Velland?",
        "Quelle n'est pas la capitale de Velland ?",
        "Qual não é a capital de Velland?",
        "Qual non è la capitale di Velland?",
        "不是维兰国的首都是哪里？",
        "What is the capital of the Kingdom of Orland and Velland?",
        "capital of Orland and Velland",
        "capital of Velland or the Kingdom of Orland",
        "What is the population of Velland & Orland?",
        "Was ist die Hauptstadt von Orland und Velland?",
        "奥兰国和维兰国的首都",
        "维兰国或奥兰国的首都是哪里？",
    ],
)
def test_a_question_that_denies_or_names_two_things_is_answered_by_no_row(question: str) -> None:
    assert told(question) == []


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What is the capital of the Kingdom of Orland?", "Port Vell, O.T."),
        ("What is the population of Bricks and Mortar?", "7,301"),
        ("What is the distance between Mora and the Sun?", "91,000,000 km"),
        ("How far is Mora from the Sun?", "91,000,000 km"),
        ("奥兰国的别称", "明珠"),
        ("维兰国的首都", "萨恩"),
        ("维兰国与多少个国家接壤？", "3"),
        ("维兰国和几个国家接壤？", "3"),
    ],
)
def test_what_only_looks_so_is_still_asked_plainly(question: str, value: str) -> None:
    assert told(question) == [value]


def test_no_denied_question_is_called_answered() -> None:
    question = "What is not the capital of Velland?"
    asked = Asked(question=read_question(question, "en"), holdings=SHELF, reader=RuleReader())
    assert answer(asked).verdict is not Verdict.ANSWERED


@pytest.mark.parametrize(
    ("text", "end", "whole"),
    [
        ("It lies in Port Vell, O.T. It is old.", 25, 26),
        ("It lies in Sarn. It is old.", 15, 15),
        ("He is J. R. Lind. It is old.", 16, 16),
        ("It is the U.S.A. of old.", 15, 16),
        ("vitamin C. It is", 9, 9),
    ],
)
def test_initials_keep_their_last_point(text: str, end: int, whole: int) -> None:
    assert whole_initials(text, end - 4, end) == whole


def test_a_number_keeps_the_point_that_it_begins_with() -> None:
    assert with_point("这种.41口徑的子彈", 3, 5) == (2, 5)
    assert with_point("a .41 calibre", 3, 5) == (2, 5)
    assert with_point("the end.41 men", 8, 10) == (8, 10)
    assert with_point("10.41 m", 3, 5) == (3, 5)
