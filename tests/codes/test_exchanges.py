"""What is asked and what is told to it goes together, in every form of talk."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.exchanges import exchanges

from .test_turns import OTHERS, TALKS

ASKED = {
    "letters": ["Q. Who are you?", "Q. Since when?"],
    "Arabic": ["س: من أنت؟", "س: منذ متى؟"],
    "dashes": ["— Кто вы?", "— С каких пор?", "— А отец?"],
    "questions with answers": ["How old is it?", "May I visit?", "What does it cost?"],
    "a play": ["HOST:\nWelcome.", "HOST:\nWho are you?"],
}


@pytest.mark.parametrize("name", ASKED)
def test_an_exchange_begins_with_who_asks(name: str) -> None:
    text = TALKS[name]
    assert [text[slice(*each.asked)] for each in exchanges(text) if each.asked is not None] == ASKED[name]


def test_what_goes_on_in_further_lines_belongs_to_the_turn() -> None:
    text = TALKS["long answers"]
    assert [[text[a:b] for a, b in each.told] for each in exchanges(text)] == [
        ["A: A miller.\nI mill.\nEvery day."],
        ["A: Since the flood.\nIt rose.\nI ran."],
    ]


def test_several_may_tell_before_who_asks_speaks_again() -> None:
    text = "Ann: Why?\nBob: No key.\nEve: None.\nAnn: Where?\nBob: Lost.\nEve: Gone."
    first, second = exchanges(text)
    assert [text[a:b] for a, b in first.told] == ["Bob: No key.", "Eve: None."]
    assert text[slice(*second.whole)] == "Ann: Where?\nBob: Lost.\nEve: Gone."


def test_a_heading_is_an_exchange_in_which_nobody_asks() -> None:
    first = exchanges(f"The mill at Ostrel\n\n{TALKS['letters']}")[0]
    assert (first.asked, first.told) == (None, ((0, 18),))


def test_a_question_that_goes_on_in_a_line_is_no_answer() -> None:
    text = "— Who are you?\n— A miller.\n— And you?\n— I bake.\n— For whom?\n— For all."
    assert [len(each.told) for each in exchanges(text)] == [1, 1, 1]


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_texts_have_none(text: str) -> None:
    assert exchanges(text) == []


@given(st.lists(st.sampled_from(["Ann: Why?", "Bob: So.", "It rose.", "", "Eve 00:12", "— Who?", "Q: Is it?"])))
def test_every_line_of_talk_is_in_one_exchange_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = [
        span for each in exchanges(text) for span in (*([each.asked] if each.asked is not None else []), *each.told)
    ]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    if spans:
        assert "".join(text[a:b] for a, b in spans).replace("\n", "") == text.replace("\n", "")
