"""The rule reader reads what it is given, in any language, and is a reader as the contract says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.contract import Given
from galactica.ask.rules import RuleReader, definitions

READER = RuleReader()


def best(question: str, text: str, language: str = "en", title: str = "") -> str:
    spans = READER.read(question, [Given(text=text, title=title, language=language)], most=1)
    return spans[0].text if spans else ""


@pytest.mark.parametrize(
    ("question", "text", "right"),
    [
        ("When was the bridge built?", "The bridge was built in 1823 by Maria Holt for the town.", "1823"),
        ("Who built the bridge?", "The bridge was built in 1823 by Maria Holt for the town.", "Maria Holt"),
        ("How many arches does it have?", "It has three towers. The bridge has 14 arches of stone.", "14"),
        ("Which river does Warsaw stand on?", "Warsaw stands on the Vistula River in Poland.", "Vistula"),
    ],
)
def test_plain_questions_are_answered(question: str, text: str, right: str) -> None:
    assert right in best(question, text)


def test_what_is_x_is_answered_by_what_stands_after_x_is() -> None:
    text = "Photosynthesis is a process by which plants turn light into food. It needs water."
    assert best("What is photosynthesis?", text) == "a process by which plants turn light into food"
    begins = "The word tarbo can be used in several ways, but the most common is in the north. A tarbo is a spade."
    assert [begins[slice(*span[1:])] for span in definitions(begins, "tarbo", "en", titled=True)] == ["a spade"]
    assert "细胞" in best("什么是光合作用？", "光合作用是植物细胞利用光能的过程。", "zh")


@pytest.mark.parametrize(
    ("language", "question", "text", "right"),
    [
        ("zh", "桥建于哪一年？", "这座桥建于1823年，由玛丽设计。", "1823"),
        ("de", "Wann wurde die Brücke gebaut?", "Die Brücke wurde 1823 von Maria Holt gebaut.", "1823"),
        ("ru", "В каком году построен мост?", "Мост был построен в 1823 году.", "1823"),
        ("ar", "متى بني الجسر؟", "بني الجسر في عام 1823 في المدينة.", "1823"),
        ("hi", "पुल कब बना?", "पुल 1823 में बना था।", "1823"),
        ("el", "Πότε χτίστηκε η γέφυρα;", "Η γέφυρα χτίστηκε το 1823.", "1823"),
    ],
)
def test_it_reads_other_languages(language: str, question: str, text: str, right: str) -> None:
    assert right in best(question, text, language)


def test_a_sentence_that_has_the_question_beats_one_that_has_not() -> None:
    passages = [
        Given(text="The tower was built in 1700.", language="en"),
        Given(text="The Green Bridge was built in 1823.", language="en"),
    ]
    spans = READER.read("When was the Green Bridge built?", passages)
    assert spans[0].passage == 1


def test_spans_are_stretches_of_their_passage_and_in_order() -> None:
    passages = [Given(text="Rain fell in May. Snow fell in June 1990.", language="en"), Given(text="")]
    spans = READER.read("When did snow fall?", passages, most=2)
    assert spans == sorted(spans, key=lambda span: -span.score)
    for span in spans:
        assert span.text == passages[span.passage].text[span.start : span.end] != ""
        assert 0 <= span.score <= 1


def test_a_passage_is_read_alike_alone_and_among_others() -> None:
    one = Given(text="The bridge was built in 1823.", language="en")
    other = Given(text="The tower was built in 1700.", language="en")
    alone = READER.read("When was the bridge built?", [one])
    among = [span for span in READER.read("When was the bridge built?", [other, one]) if span.passage == 1]
    assert [(s.start, s.end, s.margin) for s in alone] == [(s.start, s.end, s.margin) for s in among]


@given(st.text(max_size=100), st.text(max_size=400), st.sampled_from(("en", "zh", "th", "ar", "", "xx")))
def test_nothing_raises_for_any_text(question: str, text: str, language: str) -> None:
    for span in READER.read(question, [Given(text=text, title=question, language=language)]):
        assert span.text == text[span.start : span.end] != ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("阿尔多瓦的首都是哪里？", "绿桥城"),
        ("阿爾多瓦的首都是什麼？", "绿桥城"),
        ("阿尔多瓦的面积有多少？", "1,204平方千米"),
    ],
)
def test_what_is_asked_of_something_in_chinese_stands_behind_its_noun(question: str, answer: str) -> None:
    text = (
        "阿尔多瓦（英语：Aldova），全称阿尔多瓦公国，是位于北方的国家，首都为绿桥城。面积：1,204平方千米。与瓦拉接壤。"
    )
    first, *_ = RuleReader().read(question, [Given(text=text, title="阿尔多瓦", language="zh")])
    assert first.text == answer
    other = RuleReader().read(question, [Given(text=text, title="瓦拉", language="zh")])
    assert all(span.margin < first.margin for span in other)
