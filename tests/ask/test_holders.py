"""Who holds an office now is nobody who is dead, and nobody of whom a sentence says that it was so."""

from __future__ import annotations

import pytest

from galactica.ask.evidence import cite
from galactica.ask.holders import holder_words, may_hold_now
from galactica.ask.question import read_question

from .group.pretended import Shelf, article

SHELF = Shelf(
    article("Odo II of Norra", "Odo II (3 May 1857 – 25 November 1885) is the best known king of Norra."),
    article(
        "Norra",
        "The current king of Norra is Karl Reed. In 1942 Queen Ida promised a bridge. Norra is governed by the King of "
        "Norra. Eva Berg was the first president of Norra.",
    ),
    article("Karl Reed", "Karl Reed (born 3 May 1957) is the king of Norra."),
    article("诺拉", "诺拉是一个国家。卡尔是诺拉国王。"),
    article("奥多", "奥多（1857年5月3日—1885年11月25日）是诺拉国王。", language="zh"),
)


def may(question: str, language: str, title: str, answer: str) -> bool:
    place = SHELF.titled(title)
    page = SHELF.page(*place) if place is not None else None
    assert page is not None
    at = page.text.index(answer)
    start = max(page.text.rfind(". ", 0, at) + 2, 0) if ". " in page.text[:at] else 0
    stops = [each for each in (page.text.find(mark, at + len(answer)) for mark in ".。") if each >= 0]
    return may_hold_now(read_question(question, language), answer, cite(page, start, min(stops) + 1), page)


@pytest.mark.parametrize(
    ("question", "language", "title", "answer"),
    [
        ("Who is the king of Norra?", "en", "Odo II of Norra", "Odo II"),  # dead
        ("who is the queen of norra", "en", "Norra", "Ida"),  # it was so
        ("who's the president of Norra", "en", "Norra", "Eva Berg"),
        ("Who is the king of Norra", "en", "Norra", "King of Norra"),  # the question's own words
        ("Qui est le roi de Norra ?", "fr", "Odo II of Norra", "Odo II"),
        ("¿Quién es la presidenta de Norra?", "es", "Norra", "Eva Berg"),
        ("Wer ist der König von Norra?", "de", "Odo II of Norra", "Odo II"),
        ("诺拉国王是谁？", "zh", "奥多", "奥多"),
    ],
)
def test_who_held_an_office_once_does_not_hold_it_now(question: str, language: str, title: str, answer: str) -> None:
    assert not may(question, language, title, answer)


@pytest.mark.parametrize(
    ("question", "language", "title", "answer"),
    [
        ("Who is the king of Norra?", "en", "Norra", "Karl Reed"),
        ("Who is the king of Norra?", "en", "Karl Reed", "Karl Reed"),
        ("Who was the king of Norra?", "en", "Odo II of Norra", "Odo II"),  # then
        ("Who is the king of Norra in 1880?", "en", "Odo II of Norra", "Odo II"),
        ("Who is the author of the bridge?", "en", "Norra", "Ida"),  # no office
        ("Quis est rex Norrae?", "la", "Odo II of Norra", "Odo II"),  # a language that the table lacks
        ("诺拉国王是谁？", "zh", "诺拉", "卡尔"),
    ],
)
def test_anybody_else_may(question: str, language: str, title: str, answer: str) -> None:
    assert may(question, language, title, answer)


def test_the_words_of_a_language_are_those_of_the_table() -> None:
    assert holder_words("en") is not None
    assert holder_words("xx") is None
