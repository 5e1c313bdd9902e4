"""What a clause of the article on a thing says of it, in a script without spaces, answers in everyday words."""

from __future__ import annotations

import pytest

from galactica.ask.asked import Asked
from galactica.ask.phrased_unspaced import phrased_unspaced, unspaced_phrasing_words
from galactica.ask.question import read_question

from .group.pretended import Pointing, Shelf, article

SHELF = Shelf(
    article(
        "瓦拉塔",
        "瓦拉塔位於松德縣，該塔為四方形七層石塔，通高12.7公尺，占地面積232平方公尺，因形似竹筍而得名。塔內共有八級石階。",
        language="zh",
    ),
    article(
        "卡尔·里德",
        "卡尔·里德（），松德将军。他的父亲被敌军杀害。1920年，里德因肺病去世，葬于瓦拉城。",
        language="zh",
    ),
    article("托比林", "托比林是一种药物，用于治疗胃炎和头痛，又称托比酸，由松德药厂生产。", language="zh"),
    article("伊达·索恩", "伊达·索恩（），松德足球运动员，司职后卫，现效力瓦拉队。她可能因病去世。", language="zh"),
)

PARTS = Shelf(
    article("瓦拉河橋", "瓦拉河橋位於松德縣。西引橋長167米，東引橋長238米。該橋主橋長90米。", language="zh"),
    article("瓦拉洞", "瓦拉洞位於松德縣。該洞鑿於宋代，現存石窟1個，窟寬5.2米，高6.8米。", language="zh"),
    article(
        "瓦拉谷", "《瓦拉谷》是電視劇。第一季共有8集，翌年續訂了第二季。2017年宣布拍攝第三季，會有20集。", language="zh"
    ),
    article("安娜·里德", "安娜·里德（），松德足球运动员。她目前是「瓦拉天使」中的一員。", language="zh"),
    article(
        "瓦拉園", "瓦拉園位於松德縣。瓦拉園球場位於園的西北，占地面積3萬平方米。水域面積2平方公里。", language="zh"
    ),
    article("瓦拉局", "瓦拉局是一個機構。瓦拉局原隸屬於松德縣政府。", language="zh"),
    article("瓦拉賽", "瓦拉賽是一項比賽。開幕式在松德市舉行。", language="zh"),
    article("松德中學", "松德中學是一所學校。2014年，全國作文大會在瓦拉大學舉行，該校學生得獎。", language="zh"),
    article("颱風瓦琳", "颱風瓦琳是一個風暴。瓦琳於7月13日形成，並在7月17日在松德登陸。", language="zh"),
)


def told(question: str, shelf: Shelf = SHELF) -> str:
    asked = Asked(question=read_question(question, "zh"), holdings=shelf, reader=Pointing())
    found = phrased_unspaced(asked)
    return found[0].hit.text[found[0].start - found[0].hit.start : found[0].end - found[0].hit.start] if found else ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("瓦拉塔有几层", "七層"),
        ("瓦拉塔有多高", "12.7公尺"),
        ("瓦拉塔占地多大", "232平方公尺"),
        ("瓦拉塔的名字怎么来的", "因形似竹筍而得名"),
        ("瓦拉塔一共几级", ""),  # no counter word that is known
        ("卡尔里德是怎么死的", "因肺病去世"),
        ("里德将军葬在哪里", "葬于瓦拉城"),
        ("托比林是治什么的？", "用于治疗胃炎和头痛"),
        ("托比林又叫什么", "托比酸"),
        ("伊达·索恩踢什么位置", "后卫"),
        ("伊达·索恩是怎么死的", ""),  # perhaps
        ("托比林有多高", ""),
        ("托比林治胃炎吗", ""),  # yes or no
    ],
)
def test_a_clause_on_the_thing_itself_tells(question: str, answer: str) -> None:
    assert told(question) == answer


@pytest.mark.parametrize(
    "question",
    [
        "瓦拉河桥有多长",  # its approaches and its main part
        "瓦拉洞有多高",  # a cave in it
        "瓦拉谷有几集",  # of one season
        "安娜·里德现在效力于哪个球队",
        "瓦拉园占地多大",  # a court there, its water
        "瓦拉局归谁管",  # not any more
        "瓦拉赛在哪里举行",  # its opening
        "松德中学在哪里举行",  # what all the country held
    ],
)
def test_what_is_said_of_a_part_or_of_another_time_tells_nothing(question: str) -> None:
    assert told(question, PARTS) == ""


def test_a_sentence_may_begin_with_the_end_of_a_name() -> None:
    assert told("台风瓦琳在哪里登陆", PARTS) == "在松德"


def test_all_ways_can_be_read() -> None:
    words = unspaced_phrasing_words("zh")
    assert words is not None
    assert all(way.said for way in words.of.values())
    assert unspaced_phrasing_words("en") is None
