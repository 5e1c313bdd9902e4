"""A thing that a question calls by more or less than the title is found, where the article says so itself."""

from __future__ import annotations

import pytest

from galactica.ask.described import thing_described

from .group.pretended import Shelf, article

SHELF = Shelf(
    article("瓦拉靈", "《瓦拉靈》是松德的一部恐怖片，由伊達·索恩執導。", language="zh"),
    article("廣沙 (選區)", "廣沙（）是松德縣議會下轄的選區，1991年設立。", language="zh"),
    article("卡尔·里德", "卡尔·里德（），松德演员。", language="zh"),
    article("瓦拉大学", "瓦拉大学是松德的一所大学，设有医学院，1912年成立。", language="zh"),
    article("共产党", "共产党是一种政党，日本和中国都有。", language="zh"),
    article("伊万·索恩", "伊万·索恩是诗人。", language="zh"),
    article("安娜·索恩", "安娜·索恩是画家。", language="zh"),
)


def described(called: str) -> str:
    found = thing_described(called, SHELF.passages(called, limit=8), SHELF.page)
    return found.title if found is not None else ""


@pytest.mark.parametrize(
    ("called", "title"),
    [
        ("恐怖片瓦拉灵", "瓦拉靈"),
        ("那部恐怖片瓦拉灵", "瓦拉靈"),
        ("松德的广沙选区", "廣沙 (選區)"),
        ("演员里德", "卡尔·里德"),
        ("卡尔里德", "卡尔·里德"),
        ("爱情片瓦拉灵", ""),  # not what the article says
        ("日本共产党", ""),  # another thing of its kind
        ("瓦拉灵的导演", ""),
        ("瓦拉大学医学院", ""),  # a part of it
        ("索恩", ""),  # two of that name
        ("诗人索恩", ""),
    ],
)
def test_only_what_the_article_says_describes_its_thing(called: str, title: str) -> None:
    assert described(called) == title
