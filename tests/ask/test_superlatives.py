"""The most of its kind is told only by a sentence that says exactly that of one thing."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.ask.sought import question_language
from galactica.ask.superlative_words import most_apposed, most_in, ranks_lower
from galactica.ask.superlatives import superlative
from galactica.model import Answer, Verdict

from .group.pretended import Shelf, article

LIST = article(
    "List of lakes by area",
    "The Vara is the largest lake in the world, with an area of 900 km². The Sund is the smallest lake in the world. "
    "The Elm is the second largest lake in Nordia. Ash is one of the deepest lakes. "
    "Holm is the largest salt lake, with 20 km². Nordia and Sund have the most neighbours, 4 each.",
)
CHINESE = article(
    "湖泊面积列表", "瓦拉湖是世界上面积最大的湖泊，面积900平方千米。松德湖是北国第二大的湖泊。", language="zh"
)
SHELF = Shelf(LIST, CHINESE)


def ask(question: str) -> Answer:
    language = question_language(question, ("en", "zh"))
    return answer(Asked(question=read_question(question, language), holdings=SHELF, reader=RuleReader()))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is the largest lake in the world?", "The Vara"),
        ("Which lake is the biggest?", "The Vara"),
        ("biggest lake on earth", "The Vara"),
        ("What is the largest lake by area?", "The Vara"),
        ("Which is the smallest lake?", "The Sund"),
        ("What is the largest salt lake?", "Holm"),
        ("世界上最大的湖泊是哪个？", "瓦拉湖"),
        ("哪个湖泊面积最大？", "瓦拉湖"),
    ],
)
def test_the_sentence_that_says_so_answers(question: str, name: str) -> None:
    found = ask(question)
    assert (found.verdict, found.text) == (Verdict.ANSWERED, name)
    assert name in found.statements[0].citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "What is the largest lake in Nordia?",
        "What is the deepest lake?",
        "What is the second largest lake in Nordia?",
        "How large is the largest lake in the world?",
        "Is the Vara the largest lake in the world?",
        "What is the largest?",
        "哪个湖泊人口最多？",
        "非洲最大的湖泊是哪个？",
        "Welcher See ist der größte?",
    ],
)
def test_another_thing_is_not_told(question: str) -> None:
    language = question_language(question, ("en", "zh"))
    asked = Asked(question=read_question(question, language), holdings=SHELF, reader=RuleReader())
    assert superlative(asked, asked.passages(limit=8)) == []


def test_ways_of_saying_the_same_are_the_same() -> None:
    ways = (
        "Which country has the most neighbours?",
        "the country with the most neighbors",
        "What country borders the most countries?",
    )
    found = [most_in(way, "en") for way in ways]
    assert [most and most.of for most in found] == ["neighbours_most"] * 3
    assert most_in("Which is the largest and the deepest lake?", "en") is None


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Orcas, the largest species of dolphin, have teeth.", "Orcas"),
        ("It was moved from Vara, Aldova's largest city, to Norra.", "Vara"),
        ("It was moved from Vara, Aldova's fourth largest city, to Norra.", ""),
        ("He saw Vara, the second largest city in Aldova.", ""),
        ("He saw the city, the largest in Aldova.", ""),
    ],
)
def test_it_may_be_said_beside_a_name(told: str, name: str) -> None:
    found = [told[start:end] for _, start, end in most_apposed(told, "en")]
    assert found == ([name] if name else [])


def test_what_is_said_beside_a_name_is_probable() -> None:
    shelf = Shelf(article("Vara", "Vara is old. The court left Vara, Aldova's largest city, in 1998."))
    asked = Asked(
        question=read_question("what is the biggest city in Aldova", "en"), holdings=shelf, reader=RuleReader()
    )
    found = answer(asked)
    assert (found.text, found.verdict) == ("Vara", Verdict.PROBABLY)


def test_the_second_is_not_the_first() -> None:
    assert ranks_lower("It is the country's second largest city.", "en")
    assert not ranks_lower("It is the largest city; the second river is there.", "en")
