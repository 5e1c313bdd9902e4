"""A sentence that says just what is asked, in the question's own words, makes its answer probable at least."""

from __future__ import annotations

from dataclasses import replace

import pytest

from galactica.ask import marking
from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.confidence import WORDED
from galactica.ask.question import read_question
from galactica.ask.rules import RuleReader
from galactica.ask.worded import says_so
from galactica.model import Verdict

from .group.pretended import Pointing, Shelf, article

SAID = (
    (
        "who invented the loom?",
        "Loom",
        "The invention of the modern loom is credited to Karl Reed of Padua.",
        "Karl Reed",
    ),
    ("who invented the loom", "Loom", "It was invented by Karl Reed.", "Karl Reed"),
    ("who killed gandor", "Gandor", "Karl Reed, a weaver, assassinated Gandor on 3 May 1948.", "Karl Reed"),
    ("where in the body is velin made", "Velin", "Velin is produced in the liver and released at night.", "liver"),
    (
        "when did the elms win the river cup?",
        "The Elms",
        "They won the River Cup in Aldova on 6 April 1974.",
        "6 April 1974",
    ),
    ("when did the elms win the river cup?", "The Elms", "In 1974 the Elms won the River Cup.", "1974"),
    ("how many hearts has a squill got", "Squill", "A squill has three hearts.", "three"),
    ("how many hearts do squills have", "Squill", "They have three hearts.", "three"),
    ("what do squills eat", "Squill", "Squills eat leaves and stems.", "leaves and stems"),
    (
        "why was the green wall built",
        "Green Wall",
        "The Green Wall was built to keep the goats out.",
        "to keep the goats out",
    ),
    ("what causes velin fever", "Velin fever", "Velin fever is caused by tiny worms.", "tiny worms"),
    ("where do squills live", "Squill", "Squills live in Aldova.", "Aldova"),
    ("what is the seat of aldova", "Aldova", "The seat of Aldova is Vara.", "Vara"),
)

NOT_SAID = (
    ("who invented the loom", "Loom", "It was not invented by Karl Reed.", "Karl Reed"),
    ("who invented the loom", "Loom", "Legend says that it was invented by Karl Reed.", "Karl Reed"),
    ("who invented the loom", "Loom", "Karl Reed visited Ada, and the loom was invented there.", "Karl Reed"),
    ("who invented the loom", "Loom", "Karl Reed may have invented the loom.", "Karl Reed"),
    ("who invented the loom", "Loom", "Karl Reed invented the shuttle of the loom.", "Karl Reed"),
    ("who painted the loom", "Loom", "Karl Reed invented the loom.", "Karl Reed"),
    ("what songs did ada thorn?", "Bell", "Ada Thorn sings songs like The Mill.", "The Mill"),
    ("what is the seat of aldova", "History of Aldova", "Their seat there was Vara, across from Aldova.", "Vara"),
    ("how many green parks are there?", "List of parks", "Three green towns have parks.", "Three"),
    ("when did the elms win the cup", "The Elms", "They won the cup in 1970 and sang again in 1974.", "1974"),
    ("where was gandor born", "Ada Gandor", "Ada Gandor was born in Vara.", "Vara"),
    ("who built the elm", "Elm Mill", "The Elm Mill was built by Karl Reed.", "Karl Reed"),
    ("what is a loom used for", "Loom", "The toy loom is used to teach children.", "teach children"),
    ("how many people died in the red fever", "Red fever", "Half of 100,000 people died.", "100,000"),
    ("who is the minister of aldova?", "Aldova", "The minister of Aldova is the head of state.", "head of state"),
    ("where do squills live", "Squill", "Squills live in small groups of five.", "small groups of five"),
    ("did Karl Reed invent the loom?", "Loom", "Karl Reed invented the loom.", "Karl Reed"),
)


def says(question: str, title: str, text: str, told: str, language: str = "en") -> bool:
    start = text.index(told)
    return says_so(read_question(question, language), text, title, start, start + len(told), language)


@pytest.mark.parametrize(("question", "title", "text", "told"), SAID)
def test_what_a_sentence_says_in_the_words_of_the_question_is_said(
    question: str, title: str, text: str, told: str
) -> None:
    assert says(question, title, text, told)


@pytest.mark.parametrize(("question", "title", "text", "told"), NOT_SAID)
def test_what_is_denied_reported_or_said_of_something_else_is_not_said(
    question: str, title: str, text: str, told: str
) -> None:
    assert not says(question, title, text, told)


def test_of_languages_whose_words_are_not_known_nothing_is_told() -> None:
    assert not says("wer erfand den Webstuhl", "Webstuhl", "Karl Reed erfand den Webstuhl.", "Karl Reed", "de")


def test_an_answer_that_is_said_so_comes_before_one_that_is_only_near() -> None:
    loom = article("Loom", "The loom was known to Otto Krug of Vara. The loom was invented by Karl Reed.")
    reader = Pointing(Karl_Reed=0.2, Otto_Krug=1.0)
    asked = Asked(question=read_question("Who invented the loom?", "en"), holdings=Shelf(loom), reader=reader)
    assert (answer(asked).verdict, answer(asked).text) == (Verdict.PROBABLY, "Karl Reed")


def test_it_is_probable_however_little_its_signals_say(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Loom work is old. Of the many people of Vara, in the year 1811, the loom was invented by Karl Reed."
    asked = Asked(
        question=read_question("Who invented the loom?", "en"),
        holdings=Shelf(article("Loom", text), article("Vara", "Karl Reed of Vara had a mill, and Ada Thorn a loom.")),
        reader=RuleReader(),
    )
    assert answer(asked).confidence >= WORDED
    monkeypatch.setattr(marking, "says_so", lambda *_: False)
    assert answer(replace(asked)).confidence < WORDED
