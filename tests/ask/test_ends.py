"""Answers begin and end as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.ends import asked_end_of_life, one_end, plain_ends, what_it_became
from galactica.ask.question import read_question


@pytest.mark.parametrize(
    ("text", "marked", "plain"),
    [
        ("It will close its gates in October 2016).", "in October 2016)", "in October 2016"),
        ("Ana Gil (1882 – 1945) wrote it.", "(1882 – 1945", "1882 – 1945"),
        ("Ana Gil (1882 – 1945) wrote it.", "Gil (1882 – 1945", "Gil (1882 – 1945)"),
        ('They came to be known as "Spanish" dollars.', 'Spanish" dollars', '"Spanish" dollars'),
        ('It is called "the Reed" today.', 'the Reed"', '"the Reed"'),
        ('It is called "the Reed" today.', '"the Reed', '"the Reed"'),
        ("قامت في 8 فبراير 1861، من قبل", "8 فبراير 1861،", "8 فبراير 1861"),
        ("خلال القرن الخامس والسادس الميلادي.", "القرن الخامس والسادس الميلادي.", "القرن الخامس والسادس الميلادي"),
        (
            "画期的なのは、「蓋をした瓶」と「しない瓶」である。",
            "、「蓋をした瓶」と「しない瓶」",
            "「蓋をした瓶」と「しない瓶」",
        ),
        ("他写了《春》和《秋》。", "春》和《秋", "《春》和《秋》"),
        ("It fell to -12 °C.", "-12 °C", "-12 °C"),
        ("It was made by Reed Inc. in Oslo.", "Reed Inc.", "Reed Inc."),
        ("He came from the U.S. in May.", "the U.S.", "the U.S."),
        ("It is f(x) and g(y).", "f(x)", "f(x)"),
        ("It is a (very) old one.", "very) old one", "(very) old one"),
    ],
)
def test_what_belongs_to_what_stands_beside_is_left_out_and_what_lacks_is_added(
    text: str, marked: str, plain: str
) -> None:
    start = text.index(marked)
    assert text[slice(*plain_ends(text, start, start + len(marked)))] == plain


@given(st.text(alphabet='ab ()[]「」"“”,.、-1', max_size=30), st.data())
def test_something_that_says_something_is_left_and_doing_it_again_changes_nothing_much(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = plain_ends(text, start, end)
    assert 0 <= first <= last <= len(text)
    if any(letter.isalnum() for letter in text[start:end]):
        assert any(letter.isalnum() for letter in text[first:last])


@pytest.mark.parametrize(
    ("question", "language", "side"),
    [
        ("When was Ana Gil born?", "en", "born"),
        ("When did Ana Gil die?", "en", "died"),
        ("阿娜什么时候去世？", "zh", "died"),
        ("Когда родился Иван?", "ru", "born"),
        ("When did Ana Gil write it?", "en", ""),
        ("When was Ana Gil born and when did she die?", "en", ""),
        ("Milloin Ana syntyi?", "fi", ""),
    ],
)
def test_which_end_of_a_life_is_asked_for(question: str, language: str, side: str) -> None:
    assert asked_end_of_life(read_question(question, language)) == side


@pytest.mark.parametrize(
    ("text", "side", "end"),
    [
        ("1882 – 1945", "born", "1882"),
        ("1882–1945", "died", "1945"),
        ("3 May 1882 – 7 June 1945", "died", "7 June 1945"),
        ("1882年3月4日—1945年7月8日", "born", "1882年3月4日"),
        ("1882 – 1945", "", "1882 – 1945"),
        ("12–17", "born", "12–17"),
        ("3 May 1882", "died", "3 May 1882"),
    ],
)
def test_of_both_ends_of_a_life_the_one_that_is_asked_for_is_the_answer(text: str, side: str, end: str) -> None:
    assert text[slice(*one_end(text, 0, len(text), side))] == end


@pytest.mark.parametrize(
    ("text", "marked", "language", "became"),
    [
        ("Sports day was moved from 12 June to 19 June.", "12 June to 19 June", "en", "19 June"),
        ("The town, renamed from Ilbeth to Reedham, lies here.", "Ilbeth to Reedham", "en", "Reedham"),
        ("Sports day lasts from 12 June to 19 June.", "12 June to 19 June", "en", "12 June to 19 June"),
        ("It was moved from 12 June.", "12 June", "en", "12 June"),
        ("It was moved from A to B to C.", "A to B to C", "en", "A to B to C"),
        ("Der Termin wurde vom 3. Mai auf den 9. Mai verlegt.", "3. Mai auf den 9. Mai", "de", "den 9. Mai"),
        ("会议从6月12日改到6月19日举行。", "6月12日改到6月19日", "zh", "6月19日"),
        ("会议从6月12日到6月19日举行。", "6月12日到6月19日", "zh", "6月12日到6月19日"),
    ],
)
def test_of_a_change_what_it_became_is_the_answer(text: str, marked: str, language: str, became: str) -> None:
    start = text.index(marked)
    first, last = what_it_became(text, start, start + len(marked), language)
    assert text[first:last].strip() == became
