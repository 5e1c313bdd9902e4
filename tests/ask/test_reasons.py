"""A reason is told by a sentence that says what is asked and joins it, as a whole clause."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from galactica.ask.asked import Asked
from galactica.ask.question import read_question
from galactica.ask.reasons import reasons
from tests.ask.group.pretended import Pointing, Shelf, article

SHELF = Shelf(
    article(
        "Tarbo",
        "Tarbos dig deep burrows because the ground above is too hot, and sleep there. Due to the long "
        "winter, tarbos store "
        "seeds. Tarbos paint their eggs red in order to hide them from foxes. Tarbos cannot swim as a result of "
        "their short legs. "
        "Tarbos sing at night. This is because their enemies sleep. The tarbo used horns to dig. "
        "The rain had washed away the path; therefore tarbos moved north. Foxes bark because tarbos sleep.",
    ),
)


MERGED = Shelf(article("Firm", "Due to high costs, merged firms raised prices. Old firms split because of debts."))


def told(question: str, shelf: Shelf = SHELF) -> str:
    asked = Asked(question=read_question(question, "en"), holdings=shelf, reader=Pointing())
    found = reasons(asked)
    return " ".join(each.hit.text[each.start - each.hit.start : each.end - each.hit.start] for each in found)


def test_a_participle_before_its_noun_does_not_say_that_it_is_done() -> None:
    assert told("why do firms merge", MERGED) == ""
    assert told("why do old firms split", MERGED) == "because of debts"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("why do tarbos dig burrows", "because the ground above is too hot"),
        ("why do tarbos store seeds?", "Due to the long winter"),
        ("why do tarbos paint their eggs red", "in order to hide them from foxes"),
        ("why can't tarbos swim", "as a result of their short legs"),
        ("why do tarbos sing at night", "their enemies sleep"),
        ("why did tarbos move north", "The rain had washed away the path"),
    ],
)
def test_the_whole_clause_is_told(question: str, answer: str) -> None:
    assert told(question) == answer


@pytest.mark.parametrize(
    "question",
    [
        "why do tarbos swim",  # they cannot
        "why do tarbos bark",  # foxes do
        "why do tarbos dig wells",
        "who digs burrows",
    ],
)
def test_of_anything_else_no_reason_is_told(question: str) -> None:
    assert told(question) == ""


@pytest.mark.parametrize("language", ["en", "zh", "de", "fr", "es"])
def test_the_example_of_each_language_holds(language: str) -> None:
    table = tomllib.loads(files("galactica.ask").joinpath("reasons.toml").read_text("utf-8"))
    question, text, reason = table[language]["example"]
    title = {"zh": "塔博"}.get(language, "Tarbo")
    shelf = Shelf(article(title, text, language=language, aliases=("tarbos",)))
    asked = Asked(question=read_question(question, language), holdings=shelf, reader=Pointing())
    (found,) = reasons(asked)
    assert found.hit.text[found.start - found.hit.start : found.end - found.hit.start] == reason


UNDONE = Shelf(
    article(
        "Ida Thorn",
        "Thorn failed to win the Cup because of an injury. Thorn was unable to leave Vara due to the war. Some "
        "believe Thorn painted horses because she was poor. Thorn almost sold a house because it leaked. Thorn stopped "
        "singing because of a cold.",
    ),
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("why did ida thorn win the cup", ""),
        ("why did ida thorn fail to win the cup", "because of an injury"),
        ("why did ida thorn leave vara", ""),
        ("why did ida thorn paint horses", ""),
        ("why did ida thorn sell a house", ""),
        ("why did ida thorn sing", ""),
        ("why did ida thorn stop singing", "because of a cold"),
    ],
)
def test_what_failed_or_is_only_believed_has_no_reason(question: str, answer: str) -> None:
    asked = Asked(question=read_question(question, "en"), holdings=UNDONE, reader=Pointing())
    found = reasons(asked)
    assert " ".join(each.hit.text[each.start - each.hit.start : each.end - each.hit.start] for each in found) == answer


@pytest.mark.parametrize(
    ("language", "question", "text", "answer"),
    [
        ("de", "warum graben tarbos höhlen", "Tarbos graben Höhlen um 1900.", ""),
        ("de", "warum graben tarbos höhlen", "Um 1900, in Norra, graben Tarbos Höhlen.", ""),
        ("de", "warum graben tarbos höhlen", "Tarbos graben Höhlen und sind damit selten.", ""),
        ("de", "warum graben tarbos höhlen", "Tarbos graben Höhlen, um zu schlafen.", "um zu schlafen"),
        (
            "fr",
            "pourquoi les tarbos creusent-ils des terriers",
            "Comme les rats, les tarbos creusent des terriers.",
            "",
        ),
        ("es", "por qué los tarbos cavan madrigueras", "Como las ratas, los tarbos cavan madrigueras.", ""),
    ],
)
def test_small_words_that_join_more_than_reasons_join_none(
    language: str, question: str, text: str, answer: str
) -> None:
    shelf = Shelf(article("Tarbo", text, language=language, aliases=("tarbos",)))
    asked = Asked(question=read_question(question, language), holdings=shelf, reader=Pointing())
    found = reasons(asked)
    assert " ".join(each.hit.text[each.start - each.hit.start : each.end - each.hit.start] for each in found) == answer


NAMES = Shelf(
    article(
        "Vara",
        "Vara lies on a lake. The part built in 1624 is often referred to as the Grid because of its streets. The "
        "water there is poor because it is not cleaned. Vara was named after Karl Var, who built it. Due to the lake, "
        "Vara is called wet. As a result of the quarrel, Vara closed its harbour.",
    ),
    article("Old Vara", "The Grid of Old Vara is a street. Vara Holm was named Ada in honor of her aunt."),
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("why is the grid called that", "because of its streets"),  # referred to as
        (
            "why is water poor in vara",
            "because it is not cleaned",
        ),  # the reason denies; the article is on what is there
        ("why is vara called vara", "named after Karl Var"),
        ("why is old vara called old vara", ""),  # somebody else was named so
        ("why did vara close its harbour", ""),  # "the quarrel" only points back
    ],
)
def test_what_something_is_called_and_what_is_in_a_place_has_its_reason(question: str, answer: str) -> None:
    asked = Asked(question=read_question(question, "en"), holdings=NAMES, reader=Pointing())
    found = reasons(asked, NAMES.passages(question, limit=10))
    told = " ".join(each.hit.text[each.start - each.hit.start : each.end - each.hit.start] for each in found)
    assert told.startswith(answer) if answer else not told, told
