"""Yes or no in Chinese is said where a sentence of the article says or denies just what is asked, and quoted."""

from __future__ import annotations

import pytest

from galactica.ask.asked import Asked
from galactica.ask.claimed.affirmed_unspaced import affirmed_unspaced
from galactica.ask.claimed.articles import ClaimsOfArticles
from galactica.ask.question import read_question
from tests.ask.group.pretended import Pointing, Shelf, article

SHELF = Shelf(
    article(
        "塔博",
        "塔博（英语：Tarbo），全称小塔博，是一种会飞的有袋类动物。它们吃草，也吃树叶。塔博有很长的尾巴。塔博没有角。"
        "塔博不吃肉。塔博可能是候鸟。塔博是位于维拉的动物。",
        language="zh",
    ),
    article("克洛", "克洛是矮行星。克洛曾是港口。克洛是城市。克洛不是城市。", language="zh"),
)


def told(question: str) -> str:
    asked = Asked(question=read_question(question, "zh"), holdings=SHELF, reader=Pointing())
    found = affirmed_unspaced(asked, ClaimsOfArticles(SHELF))
    return "" if found is None else f"{found.text}: {found.values[0].value}"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("塔博是有袋类动物吗？", "是: 塔博（英语：Tarbo），全称小塔博"),
        ("塔博是不是动物", "是: 塔博（英语：Tarbo），全称小塔博"),
        ("塔博吃草吗", "是: 它们吃草"),
        ("塔博有尾巴吗", "是: 塔博有很长的尾巴"),
        ("塔博有没有角", "不是: 塔博没有角"),
        ("塔博吃肉吗", "不是: 塔博不吃肉"),
        ("塔博位于维拉吗", "是: 塔博是位于维拉的动物"),
    ],
)
def test_a_sentence_that_says_so_is_quoted(question: str, answer: str) -> None:
    assert told(question).startswith(answer)


@pytest.mark.parametrize(
    "question",
    [
        "克洛是行星吗",  # a dwarf planet
        "克洛是港口吗",  # it was one
        "克洛是城市吗",  # one sentence says so, another one denies it
        "塔博是候鸟吗",  # perhaps
        "塔博有尾吗",  # a part of a word
        "塔博吃什么",
    ],
)
def test_of_anything_else_nothing_is_told(question: str) -> None:
    assert told(question) == ""


OTHERS = Shelf(
    article(
        "维拉",
        "维拉不是最大的城市。维拉没有白色围墙。维拉有一个敌人拆围墙。维拉是旧首都。维拉是代理港口。在小说中，维拉是王国。"
        "维拉是不是岛屿？维拉是不是海湾仍有人问。维拉位于日本的北方。维拉不是山峰。维拉有石头砌成的钟楼。维拉没有任何河流。",
        language="zh",
    ),
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("维拉是城市吗", ""),  # not the greatest
        ("维拉有围墙吗", ""),  # no white one
        ("维拉是首都吗", ""),  # it was
        ("维拉是港口吗", ""),
        ("维拉是王国吗", ""),  # in a novel
        ("维拉是岛屿吗", ""),  # that is a question
        ("维拉是海湾吗", ""),
        ("维拉位于日本吗", ""),  # north of it
        ("维拉是山峰吗", "不是"),
        ("维拉有钟楼吗", "是"),
        ("维拉有河流吗", "不是"),
    ],
)
def test_less_than_what_is_asked_tells_nothing(question: str, answer: str) -> None:
    asked = Asked(question=read_question(question, "zh"), holdings=OTHERS, reader=Pointing())
    found = affirmed_unspaced(asked, ClaimsOfArticles(OTHERS))
    assert (found.text if found is not None else "") == answer
