"""Statements made of questions and passages: which are supported, and which words are not."""

from __future__ import annotations

import random

import pytest

from galactica.train.reading.lesson import Real
from galactica.train.reading.statements import exchanged, made_statements, other_number, shorter, with_answer

PASSAGE = (
    "Arden is a harbour town on the coast of Norland. It was founded in 1204 by Hal Berg, a merchant from Osby. "
    "The old bridge (rebuilt twice) has twelve arches, and the market is held on Friday. In 1890 a fire burned "
    "the first town hall."
)


def asked(question: str, answer: str) -> Real:
    start = PASSAGE.index(answer)
    return Real(question=question, title="Arden", passage=PASSAGE, answers=((start, start + len(answer)),))


ASKED = (
    asked("When was Arden founded?", "1204"),
    asked("Who founded Arden?", "Hal Berg"),
    asked("What did the fire of 1890 burn?", "the first town hall"),
    asked("How many arches does the old bridge have?", "twelve"),
)


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("When was Arden founded?", "1204", "was Arden founded 1204"),
        ("Who founded Arden?", "Hal Berg", "Hal Berg founded Arden"),
        ("In what year did the fire burn the hall?", "1890", "did the fire burn the hall in 1890"),
        ("What company did Hal Berg own?", "Osby Salt", "did Hal Berg own Osby Salt"),
        ("谁建立了雅顿？", "贝格", "贝格建立了雅顿"),
        ("¿Quién fundó Arden?", "Hal Berg", "¿ Hal Berg fundó Arden"),
    ],
)
def test_a_question_is_said_with_its_answer(question: str, answer: str, said: str) -> None:
    found = with_answer(question, answer)
    assert found is not None
    assert found[0] == said
    assert found[0][slice(*found[1])] == answer


def test_a_question_that_asks_in_no_known_way_is_not_said() -> None:
    assert with_answer("Arden and its founder", "Hal Berg") is None
    assert with_answer("", "Hal Berg") is None


def test_statements_are_supported_by_their_quotation_or_wrong_in_the_words_that_are_doubted() -> None:
    made = [each for number in range(200) for each in made_statements(ASKED, 1.5, str(number))]
    assert {each.supported for each in made} == {True, False}
    assert all(each.question == "" and each.quotation for each in made)
    lower = PASSAGE.lower()
    for each in made:
        start, end = each.doubted
        doubted = each.answer[start:end]
        assert not (each.supported and doubted)
        assert each.supported or doubted or each.answer
        if doubted.isdigit():
            stands = f"founded {doubted}" in each.answer and doubted == "1204"
            assert not stands or "1204" not in each.quotation
    wrong = {each.answer[slice(*each.doubted)] for each in made if each.doubted[1]}
    assert len(wrong) > 5
    assert any(word.lower() in lower for word in wrong)
    assert made_statements(ASKED, 0.0, "seed") == []
    assert made_statements(ASKED, 1.5, "7") == made_statements(ASKED, 1.5, "7")


def test_what_is_exchanged_is_marked() -> None:
    sentence = "It was founded in 1204 by Hal Berg, a merchant from Osby."
    for number in range(60):
        found = exchanged(sentence, PASSAGE, random.Random(number))
        if found is None:
            continue
        text, (start, end) = found
        assert text != sentence
        if end > start:
            assert sentence.startswith(text[:start])
            assert sentence.endswith(text[end:])
            assert text[start:end] not in sentence or text[start:end] == ""


def test_numbers_become_others() -> None:
    for number in range(50):
        chance = random.Random(number)
        assert other_number("in 1204", chance) != "in 1204"
        assert other_number("7", chance) != "7"
        assert other_number("0", chance) != "0"


def test_a_sentence_is_said_without_brackets_and_perhaps_only_as_far_as_a_comma() -> None:
    sentence = "The old bridge (rebuilt twice) has twelve arches, and the market is held on Friday."
    found = {shorter(sentence, random.Random(number)) for number in range(20)}
    whole = "The old bridge has twelve arches, and the market is held on Friday."
    assert found == {whole, "The old bridge has twelve arches"}
