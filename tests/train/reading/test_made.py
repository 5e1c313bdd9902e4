"""Lessons made without anybody who asked."""

from __future__ import annotations

import random

import pytest

from galactica.train.reading import asked, made, phrasing, spans, spoiling
from galactica.train.reading.lesson import Real
from galactica.train.reading.spans import AnswerKind

SENTENCE = (
    "In 1529 the painter Albrecht Altdorfer completed 55 panels for Duke William because the duke had ordered them."
)
PASSAGES = [
    "Altdorfer was born at Regensburg. He painted the Battle of Alexander for Duke William in 1529. The work shows "
    "soldiers on a plain below the mountains. It was the largest of 55 panels.",
    "Duke William of Bavaria had the Battle of Alexander painted for his summer house. The duke paid "
    "200 guilders for it. Another painter had asked for 300 guilders in 1527.",
    "Regensburg made Altdorfer a member of its council in 1519. He built the fortifications of the city until 1535. "
    "He died in 1538 and left his house to his sisters.",
]


def kinds(text: str) -> dict[str, AnswerKind]:
    return {text[each.start : each.end]: each.kind for each in spans.candidates(text)}


def test_what_could_be_an_answer_is_told_by_how_it_is_written() -> None:
    found = kinds(SENTENCE)
    assert found["1529"] is AnswerKind.YEAR
    assert found["Albrecht Altdorfer"] is AnswerKind.NAME
    assert found["55"] is AnswerKind.NUMBER
    assert found["the duke had ordered them"] is AnswerKind.REASON
    assert kinds('She sang "Blue Moon" on 5 May 1921.') == {
        "Blue Moon": AnswerKind.TITLE,
        "5 May 1921": AnswerKind.DATE,
    }


@pytest.mark.parametrize("text", ["", " ", "\x00\ud800", "(((((", "1" * 5000, "A" * 5000, '"' * 999, "a b " * 2000])
def test_no_text_breaks_the_making_of_lessons(text: str) -> None:
    list(spans.candidates(text))
    made.lessons(text, [text, text], most=3, unanswered=0.3, known=lambda word: False, seed="x")


def test_the_word_that_asks_takes_the_place_of_a_subject() -> None:
    text = "Amber Birch was painted in 1901."
    answer = next(each for each in spans.candidates(text) if each.kind is AnswerKind.NAME)
    asked_for = {
        phrasing.question(text, answer, title="", known=lambda word: True, chance=random.Random(seed))
        for seed in range(40)
    }
    assert any(each in asked_for for each in ("Who was painted in 1901?", "What was painted in 1901?"))


def test_an_auxiliary_comes_before_the_subject_and_the_preposition_goes() -> None:
    text = "The harbour was built by two brothers in 1901."
    answer = next(each for each in spans.candidates(text) if each.kind is AnswerKind.YEAR)
    asked_for = {
        phrasing.question(text, answer, title="", known=lambda word: True, chance=random.Random(seed))
        for seed in range(60)
    }
    assert "When was the harbour built by two brothers?" in asked_for


def test_the_same_seed_makes_the_same_lessons_and_each_answer_stands_in_its_passage() -> None:
    once, again = (
        made.lessons("Altdorfer", PASSAGES, most=40, unanswered=0.3, known=lambda word: True, seed="a")
        for _ in range(2)
    )
    assert once == again
    assert len(once) > 20
    for lesson in once:
        for start, end in lesson.answers:
            assert lesson.passage[start:end].strip()
    assert {bool(lesson.answers) for lesson in once} == {True, False}


def test_what_stands_in_two_passages_is_asked_of_the_other() -> None:
    found = made.lessons("Altdorfer", PASSAGES, most=200, unanswered=0.0, known=lambda word: True, seed="b")
    recurring = [each for each in found if "guilders" in each.question and each.passage == PASSAGES[0]]
    recurring += [each for each in found if "painted" in each.question.lower() and each.passage == PASSAGES[1]]
    assert recurring


def test_an_unanswerable_question_is_another_one_or_asked_of_another_passage() -> None:
    real = Real(
        question="When did Altdorfer paint the largest battle for Duke William?",
        passage=PASSAGES[0],
        answers=made.answer_places("1529", PASSAGES[0]),
        others=(PASSAGES[1], PASSAGES[2]),
    )
    lessons = [each for seed in range(30) for each in asked.lessons([real], 1.0, str(seed))]
    without = [each for each in lessons if not each.answers]
    assert {each.passage == real.passage for each in without} == {True, False}
    assert all((each.question, each.passage) != (real.question, real.passage) for each in without)
    assert all(each.passage[a:b] == "1529" for each in lessons for a, b in each.answers)


def test_a_spoiled_question_has_another_name_number_or_an_opposite() -> None:
    question = "Who painted the largest picture of Regensburg in 1529?"
    found = {spoiling.spoiled(question, " ".join(PASSAGES), random.Random(seed)) for seed in range(40)}
    assert question not in found
    assert any("smallest" in each for each in found)
    assert any("1529" not in each for each in found)
    assert spoiling.spoiled("why so", "", random.Random(0)) == ""


def test_a_changed_passage_keeps_its_answer() -> None:
    start = PASSAGES[0].index("He painted")
    place = spoiling.sentence_of(PASSAGES[0], start, start + 5)
    keep = made.answer_places("1529", PASSAGES[0])
    found = {spoiling.changed(PASSAGES[0], place, keep, random.Random(seed)) for seed in range(20)} - {""}
    assert found
    assert all("1529" in each and each != PASSAGES[0] for each in found)
