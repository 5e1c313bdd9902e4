"""Questions about what another question asks for are asked in two steps, and both are quoted."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.question import read_question
from galactica.ask.stepwise import in_steps, two_questions
from galactica.model import Answer, Verdict

from .group.pretended import Pointing, Shelf, article

BOOK = article("The Mill", "The Mill is a novel. The author of The Mill is Ada Thorn.")
WRITER = article("Ada Thorn", "Ada Thorn is a writer. She was raised in Vara. Her brother is Karl Reed.")
SHELF = Shelf(BOOK, WRITER)


def steps(question: str) -> list[tuple[str, str]]:
    return [(each.inner, each.outer("X")) for each in two_questions(question, "en")]


def ask(question: str, **words: float) -> Answer:
    asked = Asked(question=read_question(question, "en"), holdings=SHELF, reader=Pointing(**words))
    return in_steps(asked, answer) or answer(asked)


@pytest.mark.parametrize(
    ("question", "inner", "outer"),
    [
        ("where was the author of the mill born", "who is the author of the mill?", "where was X born"),
        ("who is the wife of the author of the mill?", "who is the author of the mill?", "who is the wife of X?"),
        ("What is the capital of the country where Vara is?", "in which country is Vara?", "What is the capital of X?"),
        ("where did the man who painted the mill live", "who painted the mill?", "where did X live"),
        (
            "what is the population of the capital of aldova",
            "what is the capital of aldova?",
            "what is the population of X",
        ),
    ],
)
def test_the_inner_part_is_asked_first(question: str, inner: str, outer: str) -> None:
    assert steps(question)[0] == (inner, outer)


@pytest.mark.parametrize(
    "question",
    [
        "who is the author of the mill",
        "what is the capital of Aldova?",
        "tell me the author of the mill",
        "what is the name of the capital of Aldova",
        "where is the mill",
    ],
)
def test_a_question_of_one_step_is_not_taken_apart(question: str) -> None:
    assert steps(question) == []
    assert not list(two_questions("wo wurde der Autor von Die Mühle geboren", "de"))


def test_both_answers_are_quoted_and_the_first_is_told() -> None:
    found = ask("where was the author of The Mill raised?", Ada_Thorn=5.0, Vara=6.0)  # the likeliest is told
    assert found.text == "Vara"
    assert found.verdict in (Verdict.ANSWERED, Verdict.PROBABLY)
    assert {each.title for told in found.statements for each in told.citations} == {"The Mill", "Ada Thorn"}
    assert any("who is the author of The Mill?" in note and "Ada Thorn" in note for note in found.notes)


def test_it_is_no_likelier_than_either_step() -> None:
    second = ask("where was Ada Thorn raised?", Ada_Thorn=5.0, Vara=5.0)
    first = ask("who is the author of The Mill?", Ada_Thorn=5.0, Vara=5.0)
    both = ask("where was the author of The Mill raised?", Ada_Thorn=5.0, Vara=5.0)
    assert both.confidence == pytest.approx(first.confidence * second.confidence)


def test_where_a_step_is_not_found_nothing_is_answered_in_its_place() -> None:
    found = ask("where was the author of The Mill raised?", Vara=5.0, Ada_Thorn=-9.0)
    assert not any("First asked" in note for note in found.notes)
