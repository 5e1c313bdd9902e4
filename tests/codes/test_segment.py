"""Cutting text into passages and sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.segment import FEWEST, MOST, count_words, passages, sentences


def said(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    assert said("It rained. Nobody came. Why?  So it goes!") == ["It rained.", "Nobody came.", "Why?", "So it goes!"]


def test_initials_abbreviations_and_lower_case_do_not_end_one() -> None:
    text = "Dr. J. R. Smith met the U.S. Senate at 5 p.m. in the hall. He left."
    assert said(text) == ["Dr. J. R. Smith met the U.S. Senate at 5 p.m. in the hall.", "He left."]


def test_quotes_and_brackets_stay_with_their_sentence() -> None:
    assert said('She said "Go." Then (as told.) He went.') == ['She said "Go."', "Then (as told.)", "He went."]


def test_chinese_japanese_and_hindi_stops_end_sentences_without_a_space() -> None:
    assert said("波兰是一个国家。首都是华沙！") == ["波兰是一个国家。", "首都是华沙！"]
    assert said("「はい。」彼は言った。終わり") == ["「はい。」", "彼は言った。", "終わり"]
    assert said("यह एक वाक्य है। यह दूसरा है।") == ["यह एक वाक्य है।", "यह दूसरा है।"]


def test_thai_breaks_at_its_spaces() -> None:
    assert said("กรุงเทพมหานคร เป็นเมืองหลวง ของไทย") == ["กรุงเทพมหานคร", "เป็นเมืองหลวง", "ของไทย"]


def test_words_of_scripts_without_spaces_are_counted_by_their_length() -> None:
    assert count_words("four words of text") == 4
    assert 4 <= count_words("波兰是一个国家。") <= 6
    assert 2 <= count_words("กรุงเทพมหานคร") <= 4
    assert count_words("") == 0


def line(n: int, word: str = "word") -> str:
    return " ".join([word] * n) + "."


def test_short_lines_are_joined_until_there_is_enough() -> None:
    text = "\n".join([line(30)] * 4)
    spans = passages(text)
    assert [count_words(text[a:b]) for a, b in spans] == [120]


def test_a_line_over_the_limit_is_cut_between_sentences() -> None:
    text = " ".join(["Aa " + line(39)] * 10)
    spans = passages(text)
    assert all(FEWEST <= count_words(text[a:b]) <= MOST for a, b in spans)
    assert all(text[b - 1] == "." for _, b in spans)


def test_a_heading_goes_with_what_follows_it() -> None:
    first, head, second = line(80), "History", line(90)
    text = f"{first}\n{head}\n{second}"
    start = len(first) + 1
    spans = passages(text, [(start, start + len(head))])
    assert [text[a:b] for a, b in spans] == [first, f"{head}\n{second}"]


def test_a_heading_at_the_very_end_is_not_lost() -> None:
    first, head = line(80), "See also"
    text = f"{first}\n{head}"
    spans = passages(text, [(len(first) + 1, len(text))])
    assert text[spans[-1][0] : spans[-1][1]].endswith(head)


def test_unbroken_text_is_cut_anyway() -> None:
    text = "ก" * 5000
    assert all(b - a < 1500 for a, b in passages(text))


_TEXT = st.text(alphabet=st.sampled_from("ab .?!\n波。กา\tA"), max_size=3000)


@given(_TEXT, st.data())
def test_passages_hold_every_visible_character_once_and_in_order(text: str, data: st.DataObject) -> None:
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    heads = []
    for s in data.draw(st.lists(st.sampled_from(starts), unique=True, max_size=5).map(sorted)):
        end = text.find("\n", s)
        heads.append((s, len(text) if end < 0 else end))
    spans = passages(text, heads)
    position = 0
    for a, b in spans:
        assert position <= a < b <= len(text)
        assert not text[position:a].strip(), "text between passages"
        assert text[a:b].strip() == text[a:b]
        position = b
    assert not text[position:].strip()


def test_one_endless_line_takes_no_more_than_its_share() -> None:
    # A search that reads on to the end of the line for each part would not come back from these for minutes.
    for phrase in ("波兰是一个国家，首都是华沙。", "ภาษาไทย เป็นภาษา ที่มี ", "é word. " + "." * 2000 + "x"):
        text = phrase * (2_000_000 // len(phrase))
        spans = passages(text)
        assert sum(count_words(text[a:b]) <= MOST for a, b in spans) >= len(spans) - 1
        assert text[spans[-1][0] : spans[-1][1]] == text[spans[-1][0] :].rstrip()


def test_a_run_of_stops_ends_a_sentence_once() -> None:
    assert said("Wait… What?!” So...  Yes") == ["Wait…", "What?!”", "So...", "Yes"]
    assert said("Contents.......7 and on") == ["Contents.......7 and on"]


def test_a_question_on_a_line_of_its_own_goes_with_its_answer() -> None:
    words = " ".join(["word"] * 100)
    text = f"{words}\nHow many steps are there?\n{words}\n问：为什么？\n答：因为下雨。{words}"
    assert [text[a:b].split("\n")[0] for a, b in passages(text)][1:] == ["How many steps are there?", "问：为什么？"]


def test_a_long_line_that_ends_as_a_question_and_nothing_but_questions_are_cut_like_text() -> None:
    words = " ".join(["word"] * 100)
    long = " ".join(["word"] * 50) + "?"
    text = f"{words}\n{long}\n{words}"
    assert [text[a:b].count("\n") for a, b in passages(text)] == [0, 1]
    assert len(passages("\n".join(["What is it?"] * 100))) > 1
