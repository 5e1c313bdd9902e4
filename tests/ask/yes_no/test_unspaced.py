"""Yes or no in Chinese is said where a sentence of the article says or denies just what is asked, and quoted."""

from __future__ import annotations

import pytest

from tests.ask.yes_no.shelf import told


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("塔博是有袋类动物吗？", "是: 塔博（英语：Tarbo），全称小塔博"),
        ("塔博是不是动物", "是: 塔博（英语：Tarbo），全称小塔博"),
        ("塔博吃草吗", "是: 它们吃草"),
        ("塔博有尾巴吗", "是: 塔博有很长的尾巴"),
        ("塔博有没有角", "不是: 塔博没有角"),
        ("塔博吃肉吗", "不是: 塔博不吃肉"),
        ("克洛是行星吗", "不是: 克洛是矮行星"),
        ("塔博位于维拉吗", "是: 塔博是位于维拉的动物"),
        ("托比酸有毒吗", "是: 托比酸是一种酸，可用于治疗胃炎，有剧毒"),
        ("托比酸能治疗胃炎吗", "是: 托比酸用于治疗胃炎"),
        ("托比酸可以治疗头痛吗", "不是: 托比酸不能治疗头痛"),
    ],
)
def test_a_sentence_that_says_so_is_quoted(question: str, answer: str) -> None:
    assert told(question, "zh").startswith(answer)


@pytest.mark.parametrize(
    "question",
    [
        "克洛是港口吗",  # it was one
        "克洛是城市吗",  # one sentence says so, another one denies it
        "塔博是候鸟吗",  # perhaps
        "塔博有尾吗",  # a part of a word
        "塔博吃什么",
    ],
)
def test_of_anything_else_nothing_is_told(question: str) -> None:
    assert told(question, "zh") == ""


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
    assert told(question, "zh").partition(":")[0] == answer
