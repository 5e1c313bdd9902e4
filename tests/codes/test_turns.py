"""Whether people talk in a text is told by its form, in any language; so is who asks, and what an answer answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.segment import FEWEST, passages
from galactica.codes.turns import asking_lines, in_turn, is_talk, question_above

TALKS = {
    "letters": "Q. Who are you?\nA. A miller.\nQ. Since when?\nA. Since the flood.",
    "numbers": "Q1: Who are you?\nA1: A miller.\nQ2: Since when?\nA2: Since the flood.",
    "Arabic": "س: من أنت؟\nج: أنا طحان.\nس: منذ متى؟\nج: منذ الفيضان.",
    "Japanese": "記者：どなたですか？\n粉屋：粉屋です。\n記者：いつから？\n粉屋：洪水からです。",
    "Hindi": "प्रश्न: आप कौन हैं?\nउत्तर: मैं चक्की वाला हूँ।\nप्रश्न: कब से?\nउत्तर: बाढ़ से।",
    "French": "Journaliste : Qui êtes-vous ?\nOtto : Je suis meunier.\nJournaliste : Depuis quand ?\n"
    "Otto : Depuis la crue.",
    "a chat": "12/03/2024, 14:05 - Anna: Where are you?\n12/03/2024, 14:06 - Otto Reed: At the mill\n"
    "12/03/2024, 14:07 - Anna: Bring flour\n12/03/2024, 14:09 - Otto Reed: ok, two sacks",
    "a chat of another make": "[12.03.24, 14:05:33] Anna: Where?\n[12.03.24, 14:05:59] Otto: At the mill\n"
    "\u200e[12.03.24, 14:06:33] Anna: Bring flour\n[12.03.24, 14:09:01] Otto: ok",
    "a channel": "[14:05] <anna> where are you\n[14:06] <otto> mill\n[14:06] <anna> bring flour\n[14:07] <otto> ok",
    "times behind names": "Anna (00:05): Where?\nOtto (00:09): At the mill.\nAnna (00:15): Why?\n"
    "Otto (1:00:09): To mill.",
    "names on lines of their own": "Anna Holm  0:03\nWelcome, Otto.\nOtto Reed  0:09\nThank you.\nAnna Holm  0:12\n"
    "Tell us of the mill.\nOtto Reed  1:00:12\nIt is old.",
    "Chinese messages": "张三 2024-03-12 14:05:33\n你在哪里\n李四 2024-03-12 14:06:02\n磨坊\n"
    "张三 2024-03-12 14:06:33\n带面粉\n李四 2024-03-12 14:07:02\n好",
    "a play": "HOST:\nWelcome.\nOTTO:\nThanks.\nHOST:\nWho are you?\nOTTO:\nA miller.",
    "dashes": "— Кто вы?\n— Мельник.\n— С каких пор?\n— После потопа.\n— А отец?\n— Тоже.",
    "questions with answers": "The mill\nHow old is it?\nIt was built in 1711.\nMay I visit?\nYes, on Sundays.\n"
    "What does it cost?\nTwo crowns.",
    "long answers": "Q: Who are you?\nA: A miller.\nI mill.\nEvery day.\nQ: Since when?\n"
    "A: Since the flood.\nIt rose.\nI ran.",
}

OTHERS = {
    "a choice": "1. Which is right?\nA. Paris\nB. London\nC. Rome\n2. Which is wrong?\nA. Paris\nB. London\nC. Rome",
    "a list": "– flour\n– salt\n– water\n– yeast\n– time",
    "times": "12:30 begins\n12:40 ends\n12:50 begins\n13:00 ends\n13:10 begins",
    "steps": "1. Mill the corn.\n2. Take water.\n3. Wait.\n4. Bake it.\n5. Eat.",
    "names with initials": "A. Holm milled.\nB. Reed baked.\nC. Fenn ate.\nD. Pell slept.",
}


@pytest.mark.parametrize("text", TALKS.values(), ids=TALKS)
def test_talk_is_told_by_its_form(text: str) -> None:
    assert is_talk(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_lists_and_tables_are_no_talk(text: str) -> None:
    assert not is_talk(text)
    assert not asking_lines(text)


TELL = "Anna: Tell us about yourself.\nOtto: I mill.\nAnna: Since when?\nOtto: The flood.\nAnna: And she?\nOtto: So-so."


def test_whoever_asks_asks_without_a_question_mark_too() -> None:
    assert sorted(TELL[start : start + 10] for start in asking_lines(TELL)) == [
        "Anna: And ",
        "Anna: Sinc",
        "Anna: Tell",
    ]


def test_where_everybody_asks_nobody_does() -> None:
    text = "Anna: Why?\nOtto: Why not?\nAnna: Who?\nOtto: You?"
    assert is_talk(text)
    assert not asking_lines(text)


def test_what_is_asked_without_a_mark_goes_with_its_answer_into_one_passage() -> None:
    long = " ".join(["we ground the corn of the whole valley"] * 9)
    text = "\n".join(f"Anna: Tell us of year {n}.\nOtto: In year {n} {long}." for n in range(6))
    text = text.replace("Tell us of year 3.", "And year 3?").replace("Tell us of year 4.", "And year 4?")
    text = text.replace("Tell us of year 5.", "And year 5?")
    cut = [text[start:end] for start, end in passages(text)]
    assert len(cut) > 3
    assert all(each.startswith("Anna: ") and len(each.split()) >= FEWEST for each in cut)


def question_of(text: str, told: str) -> str | None:
    span = question_above(text, text.index(told))
    return None if span is None else text[slice(*span)]


def test_an_answer_knows_what_was_asked() -> None:
    assert question_of(TELL, "The flood") == "Anna: Since when?"
    assert question_of(TELL, "I mill") == "Anna: Tell us about yourself."
    assert question_of(TALKS["long answers"], "I ran") == "Q: Since when?"
    assert question_of(TALKS["questions with answers"], "Yes") == "May I visit?"
    assert question_of(TALKS["dashes"], "После") == "— С каких пор?"
    assert question_of(TALKS["a play"], "A miller") is not None


def test_a_question_and_what_others_say_later_answer_nothing() -> None:
    assert question_of(TELL, "Since when") is None
    minutes = "Anna: Who has the key?\nOtto: Not I.\nMia: I have.\nOtto: Good.\nAnna: Well.\nAnna: So.\nMia: At last."
    assert question_of(minutes, "I have") == "Anna: Who has the key?"
    assert question_of(minutes, "At last") is None
    assert question_of("Who has the key?\nOtto has it.", "Otto has") is None


def test_a_question_far_above_is_not_asked_any_more() -> None:
    text = TALKS["letters"] + "\n" + "It rose and rose and nobody slept that night.\n" * 100 + "The end."
    assert question_above(text, len(text) - 2) is None


def test_a_line_below_a_name_is_in_its_turn() -> None:
    play = TALKS["a play"]
    assert in_turn(play, play.index("Thanks"))
    assert in_turn(TELL, TELL.index("mill"))
    assert not in_turn(TALKS["questions with answers"], 3)


@given(st.text(alphabet="Aa:：?？ \n—.<>[]1()", max_size=300), st.integers(0, 300))
def test_nothing_raises_and_what_is_asked_stands_above(text: str, place: int) -> None:
    place = min(place, len(text))
    assert all(text[start - 1 : start] in ("", "\n") for start in asking_lines(text))
    span = question_above(text, place)
    assert span is None or 0 <= span[0] < span[1] <= place


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a:" * 50_000, "Q:\n" * 30_000, "—\n" * 50_000, "A 1:1\n" * 20_000, "?\n" * 50_000]
)
def test_endless_text_is_looked_at_once(text: str) -> None:
    assert isinstance(is_talk(text), bool)
    assert len(asking_lines(text)) <= text.count("\n") + 1
    question_above(text, len(text))
