"""An answer stands in a passage as words of its own, or it does not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.evaluate.answer_match import answer_form, comparable, stands


def stands_in(answer: str, text: str) -> bool:
    return stands(answer_form(answer), comparable(text))


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("radium", "Curie discovered Radium."),
        ("Radium.", "radium and polonium"),
        ("Saint Bernadette", "to saint\n  bernadette in 1858"),
        ("'the Main Building'", "Atop the main building’s dome"),
        ("Sao Paulo", "in São Paulo"),
        ("São Paulo", unicodedata.normalize("NFD", "in São Paulo")),
        ("1939–45", "from 1939-45"),
        ("5", "about 5."),
        ("5", "5, 6 and 7"),
        ("$5.2", "it costs $5.2 now"),
        ("C++", "written in C++ and C"),
        ("136 次", "超过了136次的"),
        ("308", "只丢了 308分"),
        ("龍", "这条龙很大"),
        ("卡万·肖特", "锋卡万·肖特以"),
        ("สยาม", "ประเทศสยามเดิม"),
        ("한국", "한국은 나라"),
        ("की", "खोज की थी"),
        ("...", "wait... what"),
    ],
)
def test_an_answer_stands(answer: str, text: str) -> None:
    assert stands_in(answer, text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("art", "a party"),
        ("art", "arts"),
        ("36", "136 次"),
        ("5", "5,200 people"),
        ("5", "1.5 m"),
        ("5", "5.25"),
        ("car", "नcar"),
        ("कि", "किसने"),
        ("radium", ""),
        ("", "anything"),
        ("  ", "any thing"),
        ("北京", "北 方 京"),
    ],
)
def test_an_answer_does_not_stand(answer: str, text: str) -> None:
    assert not stands_in(answer, text)


def test_a_later_place_counts_where_an_earlier_does_not() -> None:
    assert stands_in("art", "party, then art")


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_an_answer_between_spaces_always_stands(before: str, answer: str, after: str) -> None:
    form = answer_form(answer)
    if form:
        assert stands(form, comparable(f"{before} \u2003| {answer.strip()} | {after}"))
