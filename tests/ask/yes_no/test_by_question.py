"""Yes or no by what another question finds: the answer to that one is compared, and quoted."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.question import read_question
from galactica.ask.reckoned import reckoned
from galactica.ask.yes_no.by_question import by_question
from galactica.model import Answer, Verdict
from tests.ask.group.pretended import Pointing, Shelf, article

SHELF = Shelf(
    article("Ida Thorn", "Ida Thorn (3 May 1850 – 2 April 1920) was a Danish painter. She was born in Vara."),
    article("Karl Reed", "Karl Reed (1 May 1830 – 2 April 1880) was a Danish baker. He was born in Norra."),
    article("The Mill", "The Mill is a novel by Ida Thorn. It is short."),
    article("Vara", "Vara is a city in Aldova."),
    article("Norra", "Norra is a town in Aldova."),
    article("Aldova", "Aldova is a country in the north. Its capital is Vara."),
)


def ask(question: str) -> Answer | None:
    asked = Asked(question=read_question(question, "en"), holdings=SHELF, reader=Pointing())
    return by_question(asked, answer, lambda: reckoned(asked))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("was ida thorn born in 1850", "Yes"),
        ("was ida thorn born in 1851?", "No"),
        ("was ida thorn born in norra", "No"),
        ("is norra the capital of aldova", "No"),
        ("did ida thorn write the mill", "Yes"),
        ("did karl reed write the mill", "No"),
    ],
)
def test_what_is_found_is_compared(question: str, text: str) -> None:
    found = ask(question)
    assert found is not None
    assert found.verdict in (Verdict.ANSWERED, Verdict.PROBABLY)
    assert found.text == text
    assert any("First asked" in note for note in found.notes)
    assert all(each.citations for each in found.statements)


def test_what_a_sentence_says_at_once_and_the_answer_quotes_too_is_told_once() -> None:
    found = ask("was ida thorn born in vara")
    assert found is not None
    assert (found.text, found.verdict) == ("Yes", Verdict.PROBABLY)
    assert len(found.statements) == 1


@pytest.mark.parametrize(
    "question",
    [
        "was ida thorn born in aldova",  # a town may lie there
        "was ida thorn born in the north",
        "did gus lind write the mill",  # nobody here is called so
        "was ida thorn born",
        "who wrote the mill",
        "did karl reed write a book",
    ],
)
def test_where_both_may_be_right_nothing_is_told(question: str) -> None:
    assert ask(question) is None


DENSE = Shelf(
    article("瓦拉灵", "《瓦拉灵》是一部恐怖片，由里德·索恩執導，于2015年上映。", language="zh"),
    article("伊达", "伊达（1950年5月3日－），松德女演员，日本画家。", language="zh"),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("瓦拉灵是里德·索恩导演的吗？", "是"),
        ("瓦拉灵是不是里德·索恩导演的", "是"),
        ("瓦拉灵是2015年上映的吗", "是"),
        ("瓦拉灵是2014年上映的吗", "不是"),
        ("瓦拉灵是索恩娜导演的吗", None),  # somebody else may have helped
        ("瓦拉灵是里德·索导演的吗", None),  # a part of a name
    ],
)
def test_in_chinese_names_are_compared_whole(question: str, text: str | None) -> None:
    asked = Asked(question=read_question(question, "zh"), holdings=DENSE, reader=Pointing())
    found = by_question(asked, answer, lambda: reckoned(asked))
    assert (found.text if found is not None else None) == text
