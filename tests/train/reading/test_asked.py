"""Lessons of questions that people asked: answers in any script, unanswerable ones, claims."""

from __future__ import annotations

import pytest

from galactica.train.reading.asked import lessons, made_claims
from galactica.train.reading.lesson import Real
from galactica.train.reading.made import answer_places

TOWNS = tuple(
    Real(
        question=f"When was {name} founded?",
        title=name,
        passage=f"{name} lies on the river Vara. It was founded in {year} by {who}. Its harbour is old and quiet.",
        answers=answer_places(str(year), f"{name} lies on the river Vara. It was founded in {year} by {who}."),
        others=(f"{name} has a harbour where boats were founded on sand, and a market that is held on Sundays.",),
    )
    for name, year, who in (("Arden", 1204, "Hal Berg"), ("Belfort", 1311, "Ann Dahl"), ("Corvey", 1420, "Tom Elk"))
)


@pytest.mark.parametrize(
    ("answer", "text", "places"),
    [
        ("1901", "in 1901, not 19011", ((3, 7),)),
        ("华沙", "首都是华沙。", ((3, 5),)),
        ("서울", "서울에서 열렸다", ((0, 2),)),
        ("cat", "concatenate", ((3, 6),)),
        ("cat", "a cat, concatenate", ((2, 5),)),
        ("", "text", ()),
        ("x", "abc", ()),
    ],
)
def test_an_answer_stands_as_a_word_of_its_own_else_inside_of_words(
    answer: str, text: str, places: tuple[tuple[int, int], ...]
) -> None:
    assert answer_places(answer, text) == places


def test_every_question_is_a_lesson_and_some_are_made_unanswerable_the_same_for_the_same_seed() -> None:
    made = lessons(TOWNS, 1.0, "seed")
    assert made == lessons(TOWNS, 1.0, "seed") != lessons(TOWNS, 1.0, "other")
    real = [each for each in made if each.answers]
    assert len(real) == len(TOWNS)
    assert all(each.relevant for each in real)
    assert {each.relevant for each in made if not each.answers} <= {None, False}
    for each in (each for number in range(30) for each in lessons(TOWNS, 1.0, str(number))):
        if each.relevant is False:
            assert "market" in each.passage or each.question.split()[2] not in each.passage
            assert each.title in ("", each.passage.split()[0])
        elif not each.answers and each.question == TOWNS[0].question:
            assert each.passage != TOWNS[0].passage  # then something of the passage was changed


def test_a_question_is_asked_of_another_article_by_its_title() -> None:
    found = {each.question for number in range(60) for each in lessons(TOWNS, 1.0, str(number)) if not each.answers}
    others = {f"When was {name} founded?" for name in ("Belfort", "Corvey")}
    assert found & others


def test_claims_are_supported_by_their_sentence_and_wrong_ones_are_answers_of_other_questions() -> None:
    passage = TOWNS[0].passage
    start = passage.index("Hal Berg")
    both = (
        TOWNS[0],
        Real(question="Who founded Arden?", title="Arden", passage=passage, answers=((start, start + 8),)),
    )
    made = [each for number in range(40) for each in made_claims(both, 1.0, str(number))]
    assert {each.supported for each in made} == {True, False}
    for each in made:
        right = "1204" if each.question.startswith("When") else "Hal Berg"
        if each.supported:
            assert each.answer == right
            assert right in each.quotation
        else:
            assert each.answer != right or right not in each.quotation
    assert made_claims(both, 0.0, "seed") == []
