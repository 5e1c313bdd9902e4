"""What letters stand for, by the words whose first letters spell them."""

from __future__ import annotations

import pytest

from galactica.ask.expansions import expansion
from tests.ask.group.pretended import ROOT, Shelf, article


def expanded(title: str, text: str) -> list[str]:
    shelf = Shelf(article(title, text))
    place = shelf.titled(title)
    assert place is not None
    page = shelf.page(ROOT, place[1])
    assert page is not None
    return [page.text[each.start : each.end] for each in expansion(page)]


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("LERE", "LERE, from Low Energy Radio Exchange, is old.", "Low Energy Radio Exchange"),
        (
            "Tasler",
            "It is “tiny ammeters by stray lights of every range”.",
            "tiny ammeters by stray lights of every range",
        ),
        ("lofter", 'It stands for "light of four towers and every road".', "light of four towers and every road"),
        ("lofter", 'It stands for "light of four towers and every house".', ""),
        ("lofter", "Light of four towers. Every road is long.", ""),
        ("RISM", "A Reduced Instruction Set Machine (RISM) does little.", "Reduced Instruction Set Machine"),
        ("UN", "The United Nations are many.", ""),
        ("Low Energy", "Low Energy is a state.", ""),
    ],
)
def test_words_that_spell_a_title_are_what_it_stands_for(title: str, text: str, found: str) -> None:
    assert expanded(title, text) == ([found] if found else [])


def test_where_two_runs_of_words_spell_it_nothing_is_told() -> None:
    assert expanded("LER", "LER is Low Energy Radio, or Late Evening Rest.") == []


def test_the_same_words_twice_are_one() -> None:
    assert expanded("LER", "Low Energy Radio (LER) is new. Low Energy Radio is quick.") == ["Low Energy Radio"]
