"""What cannot be of the kind that is asked for is no answer: a colour is nobody, a place no time."""

from __future__ import annotations

import pytest

from galactica.ask.answer_types import may_be_asked_for
from galactica.ask.question import read_question
from galactica.model import Citation


def cited(text: str, quote: str, language: str) -> Citation:
    at = quote.index(text)
    return Citation(
        edition="ab" * 32,
        id=b"1" * 16,
        title="",
        language=language,
        source="",
        source_title="",
        path="",
        url="",
        licence="",
        date="",
        passage=0,
        start=0,
        end=len(quote),
        quote=quote,
        mark=(at, at + len(text)),
    )


def may_be(question: str, text: str, quote: str, language: str = "en", *, sentence: bool = False) -> bool:
    citation = cited(text, quote, language)
    return may_be_asked_for(read_question(question, language), text, citation, sentence=sentence)


@pytest.mark.parametrize(
    ("question", "text", "quote"),
    [
        ("Who painted the gym?", "green", "The gym was painted green."),
        ("who painted the gym", "1954", "The gym was painted in 1954."),
        ("who won", "12 May", "It was won on 12 May."),
        ("when was the gym painted", "in Vara", "It was painted in Vara."),
        ("where was the gym painted", "12 May 1954", "It was painted on 12 May 1954."),
        ("how many gyms are there", "the north", "The gyms are in the north."),
        ("how many teeth does it have", "fourth", "Its fourth tooth is the longest."),
        ("how many teeth does it have", "the 4th tooth", "The longest is the 4th tooth."),
        ("how tall is the bean", "Height cm", "Height cm"),
        ("how long did it take", "hours", "It took hours."),
        ("who sits there", "Library users can ask the staff", "Library users can ask the staff there."),
    ],
)
def test_what_cannot_be_is_refused(question: str, text: str, quote: str) -> None:
    assert not may_be(question, text, quote)


@pytest.mark.parametrize(
    ("question", "text", "quote"),
    [
        ("Who painted the gym?", "Ida Thorn", "Ida Thorn painted the gym."),
        ("who painted the gym", "students", "The gym was painted by students."),
        ("who painted the gym", "a local painter", "The gym was painted by a local painter."),
        ("who painted the gym", "ida", "ida: i painted the gym"),
        ("who painted the gym", "the 2nd Army", "The gym was painted by the 2nd Army."),
        ("who painted the gym", "people who were there", "It was painted by people who were there."),
        ("who painted the gym", "Will Smith", "Will Smith painted the gym."),
        ("when was the gym painted", "after the war", "It was painted after the war."),
        ("when was the gym painted", "in summer", "It was painted in summer."),
        ("how many gyms are there", "several", "There are several gyms."),
        ("how many of the gyms are green", "a fifth", "Of the gyms a fifth is green."),
        ("what number was he", "fourth", "He was the fourth."),
        ("why was the gym painted", "green", "The gym was painted green."),
    ],
)
def test_what_may_be_passes(question: str, text: str, quote: str) -> None:
    assert may_be(question, text, quote)


def test_in_talk_a_whole_sentence_may_tell_who_it_was() -> None:
    assert may_be("who painted the gym", "My aunt has.", "My aunt has.", sentence=True)
    assert not may_be("who painted the gym", "My aunt has", "My aunt has.")


def test_in_scripts_without_capitals_letters_are_enough() -> None:
    assert may_be("谁画了它？", "老师", "它是老师画的。", "zh")
    assert not may_be("谁画了它？", "1954年5月12日", "它画于1954年5月12日。", "zh")


@pytest.mark.parametrize(
    ("question", "text", "quote", "may"),
    [
        ("这张单曲出了几个版本", "12張", "這是她的第12張單曲。", False),
        ("这张单曲出了几个版本", "3張", "她有3張單曲。", False),
        ("这张单曲出了几个版本", "5種版本", "單曲有5種版本。", True),
        ("瓦拉有几个人", "3人", "瓦拉有3人。", True),
        ("这是第几张单曲", "第12張", "這是她的第12張單曲。", True),
        ("瓦拉的女主角是谁演的", "黄柏", "《瓦拉》是喜剧片，由黄柏执导。", False),
        ("瓦拉是谁导的", "黄柏", "《瓦拉》是喜剧片，由黄柏执导。", True),
        ("瓦拉是哪家公司开发的", "松德公司", "瓦拉由松德公司授权，里德负责开发。", False),
        ("瓦拉是哪家公司发行的", "松德公司", "瓦拉由松德公司开发及发行。", True),
        ("瓦拉为什么叫瓦拉", "瓦拉又称带翼女神", "瓦拉又称带翼女神，是一种硬币。", False),
        ("瓦拉为什么叫瓦拉", "因形似竹笋", "瓦拉因形似竹笋而得名。", True),
        ("瓦拉在哪个省", "乌克兰", "瓦拉位于乌克兰。", False),
        ("瓦拉在哪个省", "四川省雅安市", "瓦拉位于四川省雅安市。", True),
    ],
)
def test_a_noun_asks_for_what_it_names(question: str, text: str, quote: str, may: bool) -> None:
    assert may_be(question, text, quote, "zh") is may


def test_a_division_has_its_noun_in_its_name_and_a_city_need_not() -> None:
    assert may_be("柳山在哪个省", "东江省", "柳山在东江省。", "zh")
    assert not may_be("柳山在哪个省", "柳河", "柳山在柳河边。", "zh")
    assert may_be("哪个城市是秘鲁的首都", "利马", "秘鲁的首都是利马。", "zh")


def test_where_the_language_of_an_article_is_not_known_it_is_judged_by_that_of_the_question() -> None:
    question, text = read_question("how tall is the bean", "en"), "Height cm"
    assert not may_be_asked_for(question, text, cited(text, text, "und"))
    assert may_be_asked_for(question, "87 cm", cited("87 cm", "87 cm", "und"))
