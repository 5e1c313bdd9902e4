"""A name that no title and no table has finds the article whose title sounds like it, where that is sure."""

from __future__ import annotations

import pytest

from galactica.ask.across import across
from galactica.ask.asked import Asked
from galactica.ask.question import read_question
from galactica.ask.sought import question_language
from galactica.ask.wishes import asked_of_any

from .group.pretended import Pointing, Shelf, article

SHELF = Shelf(
    article("Anatoly Karpov", "Anatoly Karpov (born 23 May 1951) is a chess player."),
    article("Henry Kissinger", "Henry Kissinger (born 27 May 1923) is a diplomat."),
    article("Benoit Mandelbrot", "Benoit Mandelbrot (20 November 1924 – 14 October 2010) was a mathematician."),
    article("Benedict Cumberland", "Benedict Cumberland is a ship. It was built in 1890."),
    article("Manitoba", "Manitoba is a province. Its capital is Winnipeg."),
    article("Cameroon", "Cameroon is a country."),
)


def put(question: str, shelf: Shelf = SHELF) -> str:
    read = read_question(question, question_language(question, shelf.languages))
    return across(Asked(question=read, holdings=shelf, reader=Pointing())).question.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Когда родился Анатолий Карпов?", "when was Anatoly Karpov born"),
        ("Kiedy urodził się Anatolij Karpow?", "when was Anatoly Karpov born"),
        ("Де народився Бенуа Мандельброт?", "where was Benoit Mandelbrot born"),
        ("हेनरी किसिंजर का जन्म कब हुआ", "when was Henry Kissinger born"),
        ("헨리 키신저는 언제 태어났나요?", "when was Henry Kissinger born"),
        ("曼尼托巴的首都是哪里", "what is the capital of Manitoba"),
        ("Где Манитоба?", "where is Manitoba situated"),
        ("Où se trouve Manitoba ?", "where is Manitoba situated"),
        ("Dove si trova Manitoba?", "where is Manitoba situated"),
    ],
)
def test_a_name_that_sounds_like_a_title_is_that_of_its_article(question: str, expected: str) -> None:
    assert put(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Когда родился Анатолий Собчак?",  # nobody here
        "Когда родился Бенедикт Камберленд?",  # a ship is not born
        "Анатолий Карпов и Анатолий Собчак",  # asks for nothing
        "когда родился магазин",
    ],
)
def test_what_is_not_sure_is_asked_as_it_was_typed(question: str) -> None:
    assert put(question) == question


def test_of_two_that_sound_alike_neither_is_meant() -> None:
    both = Shelf(
        article("Anatoly Karpov", "Anatoly Karpov (born 23 May 1951) is a chess player."),
        article("Anatoli Karpow", "Anatoli Karpow (born 1 June 1930) was a painter."),
    )
    assert put("Когда родился Анатолий Карпов?", both) == "Когда родился Анатолий Карпов?"


@pytest.mark.parametrize(
    ("question", "language", "thing", "name"),
    [
        ("프랑스의 수도는 어디인가요?", "ko", "프랑스", "capital"),
        ("에펠탑의 높이는 얼마인가요?", "ko", "에펠탑", "height"),
        ("전화기를 발명한 사람은 누구인가요", "ko", "전화기", "inventor"),
        ("누가 햄릿을 썼나요", "ko", "햄릿", "author"),
        ("제단자리는 무엇인가요", "ko", "제단자리는", "definition"),
        ("Chi ha scritto l'Amleto?", "it", "Amleto", "author"),
        ("Dove si trova Parma?", "it", "Parma", "located_in"),
        ("Quanti abitanti ha Parma?", "it", "Parma", "population"),
        ("Kto napisał Hamleta?", "pl", "Hamleta", "author"),
        ("Jaka jest stolica Francji?", "pl", "Francji", "capital"),
        ("Hoeveel inwoners heeft Parma?", "nl", "Parma", "population"),
        ("waar is George Lucas geboren", "nl", "George Lucas", "place_of_birth"),
        ("Хто написав Гамлета?", "uk", "Гамлета", "author"),
        ("Яка столиця Франції?", "uk", "Франції", "capital"),
        ("Ai phát hiện ra oxi?", "vi", "oxi", "discoverer"),
        ("Henry Fielding sinh năm nào?", "vi", "Henry Fielding", "born"),
        ("Quand est né John Irving ?", "fr", "John Irving", "born"),  # "ne" denies, "né" does not
    ],
)
def test_what_is_asked_of_whatever_a_thing_is_called(question: str, language: str, thing: str, name: str) -> None:
    assert question_language(question, ("en",)) == language
    found = asked_of_any(read_question(question, language))
    assert (thing, name) in [(wish.thing, wish.property.name if wish.property else "") for wish in found]


@pytest.mark.parametrize("question", ["", "?", "Chopin", "Когда?", "为什么天是蓝的", "x" * 400])
def test_what_asks_for_no_property_asks_it_of_nothing(question: str) -> None:
    assert asked_of_any(read_question(question, question_language(question, ("en",)))) == []


def test_what_is_known_to_be_something_else_is_not_what_sounds_alike() -> None:
    pytest.importorskip("babel")
    shelf = Shelf(article("South Africa", "South Africa is a country. Its currency is the rand."))
    assert put("¿Cuál es la moneda de África?", shelf) == "¿Cuál es la moneda de África?"
    assert put("¿Cuál es la moneda de Sudáfrica?", shelf) == "what is the currency of South Africa"
