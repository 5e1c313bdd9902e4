"""What is read speaks of what is asked, and the article that a question names is always among it."""

from __future__ import annotations

import pytest

from galactica.ask.answering import answer
from galactica.ask.asked import Asked
from galactica.ask.bearing import speaks_of
from galactica.ask.finding import READ, searched_for, worth_reading
from galactica.ask.question import read_question
from galactica.model import Verdict

from .group.pretended import Pointing, Shelf, article


def titles(question: str, shelf: Shelf) -> list[str]:
    asked = Asked(question=read_question(question, "en"), holdings=shelf, reader=Pointing())
    return [hit.title for hit in worth_reading(asked, searched_for(asked))]


def test_a_passage_that_only_says_the_verb_of_a_question_is_not_read() -> None:
    shelf = Shelf(
        article("Penicillin", "Penicillin was discovered by Ada Holm."),
        *(article(f"Moon {n}", f"This moon was discovered by Karl Reed in 19{n + 10}.") for n in range(9)),
    )
    assert titles("Who discovered penicillin?", shelf) == ["Penicillin"]


@pytest.mark.parametrize(
    ("question", "text", "title", "language", "speaks"),
    [
        ("Who invented the telephone?", "The telephone was invented by Holm.", "Talk", "en", True),
        ("Who invented the telephone?", "The battery was invented by Holm.", "Talk", "en", False),
        ("Where was Ada Holm born?", "She was born in Ulm.", "Ada Holm", "en", True),
        ("Where was Ada Holm born?", "She was born in Ulm.", "Otto Reed", "en", False),
        ("Who built the Green Bridge?", "Die Green Bridge baute Holm.", "Brücke", "de", True),
        ("Who built the Green Bridge?", "Otto Reed kam 1823 nach Ulm.", "Reed", "de", False),
        ("What is it?", "Anything at all.", "Any", "en", True),
    ],
)
def test_a_passage_speaks_of_a_question_where_what_it_is_about_stands_there(
    question: str, text: str, title: str, language: str, speaks: bool
) -> None:
    assert speaks_of(read_question(question, "en"), text, (title,), language) is speaks


def test_other_names_of_an_article_in_another_language_are_its_own() -> None:
    assert speaks_of(read_question("绿桥在哪里？", "zh"), "It crosses the Vara.", ("Green Bridge", "绿桥"), "en")
    assert not speaks_of(read_question("绿桥在哪里？", "zh"), "It crosses the Vara.", ("Green Bridge",), "en")


def test_the_article_that_a_question_names_is_read_however_search_likes_it() -> None:
    crowd = [
        article(f"Festival {n}", "The capital festival of Aldovia has songs of the capital of Aldovia in Vara.")
        for n in range(24)
    ]
    named = article("Aldovia", "Aldovia lies on the sea.\nIts capital is Ulmen.")
    shelf = Shelf(*crowd, named)
    found = titles("Which festival song names the capital of Aldovia?", shelf)
    assert "Aldovia" in found
    assert len(found) <= READ


def test_what_came_nearest_is_shown_where_nothing_speaks_of_what_is_asked() -> None:
    shelf = Shelf(article("Moon", "This moon was discovered by Karl Reed."))
    found = answer(
        Asked(
            question=read_question("Who discovered penicillin?", "en"), holdings=shelf, reader=Pointing(Karl_Reed=5.0)
        )
    )
    assert found.verdict is Verdict.NOT_FOUND
    assert found.near[0].quote == "This moon was discovered by Karl Reed."
